"""The screening as a health record: what the files hold at each moment, what nobody can tell."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from scheduler import screening as clock
from storage.backups import backup
from storage.database import Database
from storage.questionnaires import publishing, responses, submitting
from storage.questionnaires.campaigns import Cell
from storage.questionnaires.responses import Entry
from storage.screening import sealing as screening_sealing
from storage.screening import secrets as screening_secrets
from storage.screening import taking as screening
from storage.screening import wordings as screening_wordings
from storage.screening.sealing import SIZE, packed, proof_of, unpacked
from storage.screening.taking import Ready, Step
from surveys.boyko import score
from surveys.boyko_form import FORM
from surveys.boyko_words import load_wording, wording
from tests.kit.forms import NOW, register
from tests.kit.screening import ANSWERS, SECRET, begun, opened_screening, submitted

PEOPLE = 40
LATER = NOW + timedelta(days=60)


def secret_of(_campaign: int) -> bytes:
    return SECRET


def told_apart(number: int) -> dict[int, bool]:
    """Answers that no other person gives: the worst case for anonymity."""
    dice = random.Random(number)
    return {item: dice.random() < 0.5 for item in range(1, 85)}


def counts(conn: sqlite3.Connection, *tables: str) -> list[int]:
    return [conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]


def test_answers_are_packed_and_unpacked_without_loss() -> None:
    for seed in range(50):
        answers = told_apart(seed)
        assert unpacked(packed(answers)) == answers
        assert len(packed(answers)) == 11


def test_a_submitted_form_leaves_no_draft_and_is_boxed_with_declared_cells_only(
    conn: sqlite3.Connection,
) -> None:
    person = register(conn, 501)
    campaign = opened_screening(conn)
    assert campaign.anonymous, "whatever was asked for when it was opened"
    assert campaign.cells == tuple(Cell)
    code = submitted(conn, campaign, person)
    assert counts(conn, "screening_drafts", "screening_answers", "screening_boxes") == [0, 0, 1]
    found = screening_sealing.find(conn, code, secret_of)
    assert found is not None
    entry = found[1]
    assert entry.result == score(ANSWERS)
    assert entry.cells == {
        "municipality": "Крымский район",
        "organisation": "",
        "position": "teachers",
        "service": "3-9",
    }
    assert (entry.wording, entry.key) == ("свои-слова-1", "boyko84-sum30-v1")
    assert responses.peek(conn, campaign.id, person, now=NOW).entry is Entry.SENT


def test_every_box_has_one_size_whatever_the_school_is_called(conn: sqlite3.Connection) -> None:
    campaign = opened_screening(conn)
    for number in range(5):
        person = register(conn, 600 + number, "Крымский район" if number % 2 else "г. Анапа")
        conn.execute(
            "INSERT INTO organisations (municipality, name, sound) VALUES ('x', ?, ?)",
            ("Ш" * (10 + 40 * number), str(number)),
        )
        conn.execute(
            "UPDATE people SET organisation_id = last_insert_rowid() WHERE id = ?", (person,)
        )
        submitted(conn, campaign, person, told_apart(number))
    sizes = {len(row[0]) for row in conn.execute("SELECT box FROM screening_boxes")}
    assert sizes == {12 + SIZE + 16}


def test_an_incomplete_form_has_no_result_and_cannot_be_sealed(conn: sqlite3.Connection) -> None:
    person = register(conn, 501)
    campaign = opened_screening(conn)
    draft = begun(conn, campaign, person, dict.fromkeys(range(1, 84), True))
    assert not isinstance(screening.ready(conn, draft, person, now=NOW), Ready)
    assert not screening_sealing.seal(conn, draft, person, SECRET, answer_buttons="za1", now=NOW)


def test_a_draft_is_nobody_elses(conn: sqlite3.Connection) -> None:
    anna, boris = register(conn, 501), register(conn, 502)
    campaign = opened_screening(conn)
    draft = begun(conn, campaign, anna)
    assert screening.own(conn, draft, boris) is None
    assert screening.record(conn, draft, boris, 1, yes=True, now=NOW).step is Step.GONE
    assert not isinstance(screening.ready(conn, draft, boris, now=NOW), Ready)
    assert not screening.stop(conn, draft, boris, now=NOW)
    assert not screening_sealing.seal(conn, draft, boris, SECRET, answer_buttons="za1", now=NOW)


def test_the_way_of_other_questionnaires_is_closed_to_a_screening(conn: sqlite3.Connection) -> None:
    person = register(conn, 501)
    campaign = opened_screening(conn)
    found = responses.start_or_continue(conn, campaign.id, person, now=NOW)
    assert found.entry is Entry.SCREENING
    assert counts(conn, "responses", "sealed_responses") == [0, 0]
    assert submitting.submit(conn, 1, person, now=NOW).response is None


def test_a_result_shown_before_a_crash_is_shown_again_with_the_same_code(
    conn: sqlite3.Connection,
) -> None:
    person = register(conn, 501)
    draft = begun(conn, opened_screening(conn), person)
    first = screening.ready(conn, draft, person, now=NOW)
    second = screening.ready(conn, draft, person, now=NOW)
    assert isinstance(first, Ready)
    assert isinstance(second, Ready)
    assert first.code == second.code
    screening.record(conn, draft, person, 5, yes=not ANSWERS[5], now=NOW)
    third = screening.ready(conn, draft, person, now=NOW)
    assert isinstance(third, Ready)
    assert third.code != first.code, "other answers are another entry"


def test_only_the_code_finds_an_entry_and_deletes_it_before_and_after_the_closing(
    conn: sqlite3.Connection,
) -> None:
    campaign = opened_screening(conn)
    codes = [submitted(conn, campaign, register(conn, 600 + n), told_apart(n)) for n in range(4)]
    assert screening_sealing.find(conn, "A" * 16, secret_of) is None
    assert screening_sealing.delete(conn, codes[0], secret_of)
    assert not screening_sealing.delete(conn, codes[0], secret_of)
    assert screening_sealing.settle(conn, secret_of, now=LATER) == [campaign.id]
    found = screening_sealing.find(conn, codes[1], secret_of)
    assert found is not None
    assert found[1].result == score(told_apart(1))
    assert screening_sealing.delete(conn, codes[1], secret_of)
    assert counts(conn, "screening_entries", "participations") == [2, 4]
    kept = {row[0] for row in conn.execute("SELECT proof FROM screening_entries")}
    assert kept == {proof_of(codes[2]), proof_of(codes[3])}


def test_deleting_an_entry_does_not_change_what_was_counted(conn: sqlite3.Connection) -> None:
    campaign = opened_screening(conn)
    codes = [submitted(conn, campaign, register(conn, 600 + n), told_apart(n)) for n in range(12)]
    screening_sealing.settle(conn, secret_of, now=LATER)
    before = screening_sealing.summary_of(conn, campaign.id)
    screening_sealing.delete(conn, codes[0], secret_of)
    assert screening_sealing.summary_of(conn, campaign.id) == before
    assert before is not None
    assert before.everybody is not None
    assert before.everybody.people == 12


async def test_the_secret_is_destroyed_at_the_closing_and_drafts_are_gone(tmp_path: Path) -> None:
    db = await Database.open(tmp_path / "bot.sqlite3")
    campaign = await db.write(opened_screening)
    secret = screening_secrets.secret_of(tmp_path, campaign.id)
    assert secret == screening_secrets.secret_of(tmp_path, campaign.id)
    assert (tmp_path / "secrets" / f"{campaign.id}.key").stat().st_mode & 0o777 == 0o600
    person = await db.write(register, 501)
    await db.write(submitted, campaign, person, secret=secret)
    await db.write(begun, campaign, await db.write(register, 502))
    assert await clock.settle(db, NOW, folder=tmp_path) == 0
    assert await clock.settle(db, LATER, folder=tmp_path) == 1
    assert await clock.settle(db, LATER, folder=tmp_path) == 0
    assert list((tmp_path / "secrets").iterdir()) == []
    assert await db.read(counts, "screening_drafts", "screening_boxes", "screening_entries") == [
        0,
        0,
        1,
    ]
    await db.close()


async def test_after_stopping_no_byte_of_the_answers_is_left_in_any_file(tmp_path: Path) -> None:
    """Answers are bits, so the code that goes with them is searched for instead."""
    db = await Database.open(tmp_path / "bot.sqlite3")
    person = await db.write(register, 501)
    draft = await db.write(lambda conn: begun(conn, opened_screening(conn), person))
    ready = await db.write(screening.ready, draft, person, now=NOW)
    assert isinstance(ready, Ready)
    code = ready.code.encode()
    assert any(code in file.read_bytes() for file in tmp_path.iterdir()), "the search can find it"
    await db.write(screening.stop, draft, person, now=NOW)
    await db.truncate_wal()
    assert [
        file.name for file in tmp_path.rglob("*") if file.is_file() and code in file.read_bytes()
    ] == []
    await db.close()


@pytest.mark.parametrize("closed", [False, True], ids=["while it is open", "after the closing"])
async def test_after_submitting_no_file_holds_code_or_answers_in_the_clear(
    tmp_path: Path, closed: bool
) -> None:
    db = await Database.open(tmp_path / "bot.sqlite3")
    campaign = await db.write(opened_screening)
    secret_for = partial(screening_secrets.secret_of, tmp_path)
    codes = []
    for number in range(PEOPLE):
        person = await db.write(register, 600 + number)
        codes.append(
            await db.write(
                submitted, campaign, person, told_apart(number), secret=secret_for(campaign.id)
            )
        )
        await db.truncate_wal()
    await backup.make(db, tmp_path / "copies" / "copy.sqlite3")
    if closed:
        await clock.settle(db, LATER, folder=tmp_path)
    held = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert all(code.encode() not in held for code in codes)
    found = [packed(told_apart(number)) in held for number in range(PEOPLE)]
    assert all(found) if closed else not any(found), "in the clear only once nobody can be named"
    if closed:
        copied = (tmp_path / "copies" / "copy.sqlite3").read_bytes()
        assert not any(packed(told_apart(number)) in copied for number in range(PEOPLE))
    await db.close()


async def test_a_copy_of_the_database_holds_no_unfinished_screening(tmp_path: Path) -> None:
    db = await Database.open(tmp_path / "bot.sqlite3")
    person = await db.write(register, 501)
    draft = await db.write(lambda conn: begun(conn, opened_screening(conn), person))
    ready = await db.write(screening.ready, draft, person, now=NOW)
    assert isinstance(ready, Ready)
    await backup.make(db, tmp_path / "copy.sqlite3")
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
        copy.row_factory = sqlite3.Row
        assert counts(copy, "screening_drafts", "screening_answers") == [0, 0]
    assert ready.code.encode() not in (tmp_path / "copy.sqlite3").read_bytes()
    assert await db.read(counts, "screening_answers") == [84], "the original keeps it"
    await db.close()


def test_after_the_closing_an_entry_says_nothing_of_its_person(conn: sqlite3.Connection) -> None:
    """The only methodist of a village would be known by the groups beside the answers."""
    campaign = opened_screening(conn)
    code = submitted(conn, campaign, register(conn, 501), service="20-up")
    for number in range(11):
        submitted(conn, campaign, register(conn, 600 + number), told_apart(number))
    screening_sealing.settle(conn, secret_of, now=LATER)
    rows = conn.execute("SELECT DISTINCT cells FROM screening_entries").fetchall()
    assert [row[0] for row in rows] == ["{}"]
    found = screening_sealing.find(conn, code, secret_of)
    assert found is not None
    assert found[1].cells == {}
    assert found[1].result == score(ANSWERS)
    summary = screening_sealing.summary_of(conn, campaign.id)
    assert summary is not None
    assert list(summary.services) == [], "eleven and one: the one would be found"


# The linkage attack: whoever has every file of the bot, without the campaign's secret, orders
# people and entries in every way the files offer and pairs them off.

Order = Callable[[sqlite3.Connection, bytes, list[bytes]], list[int]]


def hits(guess: list[int], truth: list[int]) -> int:
    return sum(one == other for one, other in zip(guess, truth, strict=True))


async def test_no_order_in_the_files_links_people_to_entries(tmp_path: Path) -> None:
    """Each attack pairs the k-th person with the k-th entry; by chance one pair in all is right.

    Eight rounds of 40 people: by chance 8 right in all, more than 24 with a probability below
    0.00001 (the number of fixed points is Poisson with mean 1 in each round).
    """
    right: dict[str, int] = {}
    for number in range(8):
        folder = tmp_path / str(number)
        folder.mkdir()
        for name, found in (await attacked(folder, number)).items():
            right[name] = right.get(name, 0) + found
    assert set(right) == {
        "register and entries as the tables give them",
        "register and entries as the pages hold them",
        "people by last message, entries as the pages hold them",
        "people by consent, boxes of the copy as its pages hold them",
        "people who came between two copies, boxes that came between them",
    }
    assert all(found <= 24 for found in right.values()), right


async def attacked(folder: Path, seed: int) -> dict[str, int]:
    dice = random.Random(seed)
    db = await Database.open(folder / "bot.sqlite3")
    campaign = await db.write(opened_screening)
    people = [await db.write(register, 600 + number) for number in range(PEOPLE)]
    coming = dice.sample(range(PEOPLE), PEOPLE)
    answers = {people[n]: packed(told_apart(1000 * seed + n)) for n in range(PEOPLE)}
    secret_for = partial(screening_secrets.secret_of, folder)
    for place, number in enumerate(coming):
        if place == PEOPLE - 1:
            await backup.make(db, folder / "before.sqlite3")
        await db.write(
            submitted,
            campaign,
            people[number],
            told_apart(1000 * seed + number),
            secret=secret_for(campaign.id),
            now=NOW + timedelta(minutes=place),
        )
        await db.truncate_wal()
    await backup.make(db, folder / "copy.sqlite3")
    await clock.settle(db, LATER, folder=folder)
    await db.close()
    content = (folder / "bot.sqlite3").read_bytes()
    with closing(sqlite3.connect(folder / "bot.sqlite3")) as conn:
        register_order = [
            row[0]
            for row in conn.execute("SELECT person_id FROM participations ORDER BY person_id")
        ]
        entries = [row[0] for row in conn.execute("SELECT answers FROM screening_entries")]
        by_consent = [
            row[0]
            for row in conn.execute(
                "SELECT person_id FROM consents WHERE kind = 'screening' ORDER BY given_at"
            )
        ]
    on_pages = sorted(entries, key=content.index)
    truth = {answer: person for person, answer in answers.items()}
    assert len(on_pages) == len(by_consent) == PEOPLE

    def paired(persons: list[int], guesses: list[bytes]) -> int:
        return hits(persons, [truth[each] for each in guesses])

    # A box of the copy is opened by nobody; its place is tried against the entries' order.
    with closing(sqlite3.connect(folder / "copy.sqlite3")) as copy:
        boxes = [row[0] for row in copy.execute("SELECT box FROM screening_boxes")]
    pages = (folder / "copy.sqlite3").read_bytes()
    by_page = sorted(range(PEOPLE), key=lambda place: pages.index(boxes[place][:64]))
    with closing(sqlite3.connect(folder / "before.sqlite3")) as copy:
        earlier = {row[0] for row in copy.execute("SELECT box FROM screening_boxes")}
    (fresh,) = [place for place in range(PEOPLE) if boxes[place] not in earlier]
    return {
        "register and entries as the tables give them": paired(register_order, entries),
        "register and entries as the pages hold them": paired(register_order, on_pages),
        "people by last message, entries as the pages hold them": paired(by_consent, on_pages),
        "people by consent, boxes of the copy as its pages hold them": paired(
            by_consent, [entries[place] for place in by_page]
        ),
        "people who came between two copies, boxes that came between them": paired(
            by_consent[-1:], [entries[fresh]]
        ),
    }


def test_a_copy_tells_who_came_but_its_boxes_open_with_the_secret_alone(
    conn: sqlite3.Connection,
) -> None:
    campaign = opened_screening(conn)
    code = submitted(conn, campaign, register(conn, 501))
    assert screening_sealing.find(conn, code, lambda _: bytes(32)) is None
    assert screening_sealing.find(conn, code, secret_of) is not None


def test_a_loaded_wording_is_asked_from_the_next_screening_on(conn: sqlite3.Connection) -> None:
    first = opened_screening(conn)
    licensed = wording("лицензия", "лицензия", {n: f"Утверждение {n}." for n in range(1, 85)})
    screening_wordings.activate(conn, licensed, author=None, now=NOW)
    again = screening_wordings.activate(conn, licensed, author=None, now=NOW)
    assert (again.version, again.name, again.own_words) == (2, "лицензия", False)
    second = opened_screening(conn, key="second")
    assert screening_wordings.statement(conn, first, 1) == load_wording().statements[0]
    assert screening_wordings.statement(conn, second, 1) == "Утверждение 1."
    assert screening_wordings.edition_of(conn, first).own_words
    screening_wordings.publish_own(conn, now=NOW)
    assert screening_wordings.current(conn).name == "лицензия", "a restart changes nothing"
    screening_wordings.activate(conn, load_wording(), author=None, now=NOW)
    assert screening_wordings.current(conn).own_words
    newest = publishing.published_version(conn, FORM)
    assert newest is not None
    assert newest.version == 3
