import json
import sqlite3
from pathlib import Path

import pytest

from storage.database import Database
from storage.questionnaires import (
    answering,
    exports,
    overseeing,
    responses,
    sealing,
    submitting,
)
from storage.questionnaires.campaigns import Cell
from storage.questionnaires.responses import Entry
from storage.questionnaires.submitting import Sent
from storage.times import stored
from surveys.questionnaire import Anonymity
from tests.kit.forms import NOW, opened, register
from tests.storage.test_answering import FULL

WORDS = "ПРИМЕТА-8c1f"
CHAT = 501


def answer_all(conn: sqlite3.Connection, campaign_id: int, person: int) -> int:
    entered = responses.start_or_continue(conn, campaign_id, person, now=NOW)
    assert entered.response is not None
    for name, value in (FULL | {"words": WORDS}).items():
        answering.record_answer(conn, entered.response.id, person, name, value, now=NOW)
    return entered.response.id


def receive(conn: sqlite3.Connection) -> None:
    press = {
        "update_id": 2,
        "callback_query": {
            "id": "7",
            "data": "submit",
            "from": {"id": CHAT, "first_name": "Саша"},
            "message": {"message_id": 3, "text": f"Всё верно? {WORDS}", "chat": {"id": CHAT}},
        },
    }
    message = {"update_id": 1, "message": {"text": WORDS, "chat": {"id": CHAT}}}
    for number, update in ((1, message), (2, press)):
        conn.execute(
            "INSERT INTO inbox (update_id, chat, received_at, payload) VALUES (?, ?, ?, ?)",
            (number, CHAT, stored(NOW), json.dumps(update, ensure_ascii=False).encode()),
        )


async def test_after_sending_the_words_stand_once_in_the_files_and_away_from_the_person(
    tmp_path: Path,
) -> None:
    db = await Database.open(tmp_path / "bot.sqlite3")
    person = await db.write(register, CHAT)
    campaign = await db.write(lambda conn: opened(conn, anonymity=Anonymity.ANONYMOUS))
    await db.write(receive)
    await db.write(
        lambda conn: conn.execute("UPDATE inbox SET state = 'aside' WHERE update_id = 1")
    )
    response = await db.write(answer_all, campaign.id, person)
    sent = await db.write(submitting.submit, response, person, now=NOW)
    assert sent.sent is Sent.SEALED
    await db.truncate_wal()

    # While the bot runs: both the main file and the log beside it.
    held = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert held.count(WORDS.encode()) == 1
    place = held.index(WORDS.encode())
    near = held[place - 400 : place + 200]
    assert str(CHAT).encode() not in near

    def traces(conn: sqlite3.Connection) -> dict[str, int]:
        return {
            table: conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("responses", "answers", "sealed_responses", "participations")
        }

    assert await db.read(traces) == {
        "responses": 0,
        "answers": 0,
        "sealed_responses": 1,
        "participations": 1,
    }
    pressed = await db.read(
        lambda conn: conn.execute("SELECT payload FROM inbox WHERE update_id = 2").fetchone()[0]
    )
    assert json.loads(pressed)["callback_query"]["data"] == "submit", "the press is still to handle"
    await db.close()


def test_a_sealed_response_keeps_the_declared_cells_only(conn: sqlite3.Connection) -> None:
    person = register(conn, CHAT, "Тихорецкий район")
    campaign = opened(conn, anonymity=Anonymity.ANONYMOUS)
    assert campaign.cells == (Cell.MUNICIPALITY,)
    submitting.submit(conn, answer_all(conn, campaign.id, person), person, now=NOW)
    (found,) = exports.responses(conn, campaign)
    assert found.municipality == "Тихорецкий район"
    assert (found.position, found.organisation, found.surname, found.submitted_at) == (
        None,
        None,
        None,
        None,
    )
    assert found.answers["words"] == WORDS
    columns = {row[1] for row in conn.execute("PRAGMA table_info(sealed_responses)")}
    assert columns == {"campaign_id", "key", "cells", "answers"}


def test_whoever_took_part_is_not_asked_again_and_changes_nothing(
    conn: sqlite3.Connection,
) -> None:
    person = register(conn, CHAT)
    campaign = opened(conn, anonymity=Anonymity.ANONYMOUS)
    response = answer_all(conn, campaign.id, person)
    submitting.submit(conn, response, person, now=NOW)
    assert submitting.submit(conn, response, person, now=NOW).sent is Sent.GONE
    assert responses.start_or_continue(conn, campaign.id, person, now=NOW).entry is Entry.SENT
    assert responses.reopen(conn, response, person, now=NOW) is None
    assert responses.mine(conn, person, now=NOW).to_answer == []
    assert conn.execute("SELECT count(*) FROM sealed_responses").fetchone()[0] == 1


def test_after_the_closing_the_file_does_not_tell_the_order_in_which_people_answered(
    conn: sqlite3.Connection, tmp_path: Path
) -> None:
    campaign = opened(conn, anonymity=Anonymity.ANONYMOUS)
    people = [register(conn, 600 + index) for index in range(12)]
    for person in people:
        entered = responses.start_or_continue(conn, campaign.id, person, now=NOW)
        assert entered.response is not None
        for name, value in (FULL | {"words": f"мнение-{person:04}"}).items():
            answering.record_answer(conn, entered.response.id, person, name, value, now=NOW)
        submitting.submit(conn, entered.response.id, person, now=NOW)
    late = register(conn, 700)
    responses.start_or_continue(conn, campaign.id, late, now=NOW)
    overseeing.close_now(conn, campaign.id, now=NOW)
    assert sealing.settle(conn, now=NOW) == 1
    assert sealing.settle(conn, now=NOW) == 0
    assert conn.execute("SELECT count(*) FROM responses").fetchone()[0] == 0, "drafts are erased"
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = (tmp_path / "bot.sqlite3").read_bytes()
    by_key = [
        json.loads(row[0])["words"]
        for row in conn.execute("SELECT answers FROM sealed_responses ORDER BY key")
    ]
    on_disk = sorted(by_key, key=lambda words: content.index(words.encode()))
    assert on_disk in (by_key, by_key[::-1])
    assert len(by_key) == 12


def test_a_closed_anonymous_campaign_is_never_opened_again(conn: sqlite3.Connection) -> None:
    campaign = opened(conn, anonymity=Anonymity.ANONYMOUS)
    overseeing.close_now(conn, campaign.id, now=NOW)
    assert not overseeing.prolong(conn, campaign.id, campaign.closes_at, now=NOW)
    named = opened(conn, key="two")
    overseeing.close_now(conn, named.id, now=NOW)
    assert overseeing.prolong(conn, named.id, named.closes_at, now=NOW)


@pytest.mark.parametrize("anonymity", list(Anonymity))
def test_no_way_of_sending_leaves_an_anonymous_answer_with_a_name(
    conn: sqlite3.Connection, anonymity: Anonymity
) -> None:
    person = register(conn, CHAT)
    campaign = opened(conn, anonymity=anonymity)
    submitting.submit(conn, answer_all(conn, campaign.id, person), person, now=NOW)
    named = conn.execute("SELECT count(*) FROM responses WHERE submission IS NOT NULL").fetchone()
    assert named[0] == (anonymity is Anonymity.NAMED)
