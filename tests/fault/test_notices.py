"""A notice to thousands while the process is killed fifty times: nobody twice, nobody forgotten."""

import asyncio
import random
import signal
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.delivery.outbox import AT_ONCE
from bot.notices.callbacks import Turn, TurnNotice
from bot.people import consent
from sandbox.telegram import Telegram
from storage.audiences import Audience
from storage.database import Database
from storage.notices import notices
from storage.notices.notices import Content
from storage.people import organisations, people
from storage.people.people import Field, Grant, Role
from storage.scopes import REGION
from storage.times import stored
from tests.fault.lives import Nursery, nursery
from tests.kit.forms import register
from tests.kit.over_http import local_telegram
from tests.kit.world import TOKEN

pytestmark = pytest.mark.fault

AUTHOR = 9001
PEOPLE = range(10_001, 14_001)
BLOCKED = frozenset(range(10_050, 14_001, 100))
TEXT = "Семинар переносится"
POINTS = ("outbox-claimed-before-send", "outbox-sent-before-mark")
AT_RANDOM = 24
AT_EACH_POINT = 10
PAUSES = 6


def fill(conn: sqlite3.Connection) -> int:
    now = datetime.now(UTC)
    for telegram_id in (AUTHOR, *PEOPLE):
        person = register(conn, telegram_id)
        people.consent(conn, person, consent.CURRENT, now=now, kind=people.PERSONAL_DATA)
        if telegram_id == AUTHOR:
            school = organisations.add(conn, "Крымский район", "МБОУ СОШ № 5", "сош 5")
            people.say(conn, person, {Field.ORGANISATION: school}, search="")
            author = person
            grant = Grant(Role.ORGANISER, REGION)
            conn.execute(
                "INSERT INTO grants (person_id, role, scope_kind, granted_at)"
                " VALUES (?, ?, 'region', ?)",
                (person, grant.role, stored(now)),
            )
    return notices.create(
        conn,
        Content(text=TEXT),
        Audience(),
        REGION,
        author=author,
        starts_at=now,
        request_key="drill",
        now=now,
        urgent=True,  # whatever the hour is
    ).id


def ask(folder: Path, query: str) -> list[tuple[int | str, ...]]:
    # Looked at from outside, read-only and between writes: this test is not the product.
    with closing(sqlite3.connect(f"file:{folder / 'bot.sqlite3'}?mode=ro", uri=True)) as conn:
        return conn.execute(query).fetchall()


def count(folder: Path, condition: str) -> int:
    [(found,)] = ask(folder, f"SELECT count(*) FROM outbox WHERE notice_id = 1 AND {condition}")
    return int(found)


def state(folder: Path) -> str:
    return str(ask(folder, "SELECT state FROM notices WHERE id = 1")[0][0])


async def until_state(folder: Path, *wanted: str) -> None:
    async with asyncio.timeout(30):
        while state(folder) not in wanted:
            await asyncio.sleep(0.05)


def press(telegram: Telegram, to: Turn) -> None:
    shown = telegram.send_text(AUTHOR, "/menu")
    telegram.press(AUTHOR, shown.message_id, data=TurnNotice(notice=1, to=to).pack())


async def killed(bots: Nursery, kind: str, chance: random.Random, telegram: Telegram) -> bool:
    """One life and its violent end; False if the point was not reached."""
    if kind == "random":
        life = await bots.born()
        await asyncio.sleep(chance.uniform(0.4, 1.2))
        life.signal(signal.SIGKILL)
    elif kind == "notice-pausing":
        life = await bots.born(kind)
        await asyncio.sleep(chance.uniform(0.2, 0.6))
        press(telegram, Turn.PAUSE)
    else:
        life = await bots.born(f"{kind}:{chance.randint(1, 40)}")
    try:
        async with asyncio.timeout(15):
            status = await asyncio.shield(ending := asyncio.ensure_future(life.end()))
    except TimeoutError:
        life.signal(signal.SIGKILL)
        await ending
        return False
    assert status == -signal.SIGKILL, f"{kind}: ended by itself with {status}"
    return True


async def test_fifty_kills_send_nothing_twice_and_leave_nobody_unattempted(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    db = await Database.open(folder / "bot.sqlite3")
    await db.write(fill)
    await db.close()
    chance = random.Random(20261122)
    kinds = ["random"] * AT_RANDOM + ["notice-pausing"] * PAUSES
    kinds += [point for point in POINTS for _ in range(AT_EACH_POINT)]
    chance.shuffle(kinds)
    kills, in_doubt = Counter[str](), 0
    async with local_telegram() as (telegram, address):
        for person in (AUTHOR, *PEOPLE):
            telegram.add_person("Саша", person_id=person)
            telegram.chats[person].started = True
        for person in BLOCKED:
            telegram.chats[person].blocked = True
        # Slow enough that every life finds the notice under way.
        telegram.faults.add("latency", methods=["sendMessage"], seconds=0.04)
        settings = {"bot_token": TOKEN, "bot_api_url": address, "data_dir": str(folder)}
        async with nursery(settings, tmp_path / "log") as bots:
            for kind in kinds:
                kills[kind] += await killed(bots, kind, chance, telegram)
                left = count(folder, "state = 'sending'")
                assert left <= AT_ONCE
                in_doubt += left
                if kind == "notice-pausing":
                    # The press is handled again by the next life; nothing is lost of a pause.
                    life = await bots.born()
                    await until_state(folder, "paused", "done")
                    held = count(folder, "state = 'sent'")
                    await asyncio.sleep(0.3)
                    assert count(folder, "state = 'sent'") <= held + AT_ONCE
                    press(telegram, Turn.RESUME)
                    await until_state(folder, "sending", "done")
                    life.signal(signal.SIGKILL)
                    await life.end()
                    in_doubt += count(folder, "state = 'sending'")
            assert count(folder, "state = 'waiting'"), "over before the last kill: send to more"
            telegram.faults.clear()
            last = await bots.born()
            await until_state(folder, "done")
            last.signal(signal.SIGTERM)
            assert await last.end() == 0
        came = {
            person: sum(one.outgoing and one.text == TEXT for one in telegram.history(person))
            for person in (AUTHOR, *PEOPLE)
        }
    assert sum(kills.values()) >= 48, kills
    rows = ask(
        folder,
        "SELECT p.telegram_id, o.state, coalesce(o.reason, '') FROM outbox o"
        " JOIN people p ON p.id = o.person_id WHERE o.notice_id = 1 AND o.kind = 'notice-urgent'",
    )
    account = {int(row[0]): (str(row[1]), str(row[2])) for row in rows}
    assert set(account) == {AUTHOR, *PEOPLE}
    assert max(came.values()) == 1
    for person, (found, reason) in account.items():
        if found == "sent":
            assert came[person] == 1
        elif found == "unknown":
            assert reason == "interrupted"
        else:
            assert (found, reason) == ("failed", "blocked")
            assert person in BLOCKED
            assert came[person] == 0
    unknown = sum(found == "unknown" for found, _ in account.values())
    assert unknown == in_doubt
    assert ask(folder, "SELECT planned FROM notices") == [(len(account),)]
