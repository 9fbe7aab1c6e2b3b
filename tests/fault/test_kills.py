"""The real process, over HTTP, killed again and again while twenty people answer."""

import asyncio
import random
import signal
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sandbox.telegram import Telegram
from storage import outbox
from storage.database import Database
from storage.failpoints import POINTS
from storage.people import people
from tests.fault.answering import (
    CANARY,
    PEOPLE,
    Respondent,
    expected_answers,
    found_answers,
    prepare,
)
from tests.fault.lives import Life, Nursery, nursery
from tests.kit.over_http import local_telegram
from tests.kit.world import TOKEN

pytestmark = pytest.mark.fault

AT_RANDOM = 56
AT_EACH_POINT = 7
SHUTDOWN = [point for point in POINTS if point.startswith("shutdown-")]
OUTBOX = [point for point in POINTS if point.startswith("outbox-")]
WORKS = [
    point
    for point in POINTS
    if point.split("-")[0] in {"file", "item", "submission", "notice", "digest"}
]
"""Points that answering does not pass: works and digests have their own tests beside this."""
ON_THE_WAY = [point for point in POINTS if point not in (*SHUTDOWN, *OUTBOX, *WORKS)]


async def one_life(bots: Nursery, kind: str, chance: random.Random, patience: float = 15) -> str:
    """One bot from birth to its violent end; what it died of."""
    if kind == "random":
        life = await bots.born()
        await asyncio.sleep(chance.uniform(0.05, 0.9))
        life.signal(signal.SIGKILL)
    elif kind in SHUTDOWN:
        life = await bots.born(kind)
        await asyncio.sleep(chance.uniform(0.3, 0.9))
        life.signal(signal.SIGTERM)
    else:
        life = await bots.born(f"{kind}:{chance.randint(1, 6)}")
    try:
        async with asyncio.timeout(patience):
            status = await asyncio.shield(ending := asyncio.ensure_future(life.end()))
    except TimeoutError:
        life.signal(signal.SIGKILL)  # nothing was left for it to do
        await ending
        return f"{kind} not reached"
    assert status == -signal.SIGKILL, f"{kind}: ended by itself with {status}"
    return kind


async def up(life: Life, telegram: Telegram, folder: Path) -> None:
    """Wait until this very bot holds the folder and asks for updates.

    The poll of one killed before may still seem to wait: its end is noticed a little later.
    """
    async with asyncio.timeout(60):
        while (folder / "bot.lock").read_text(encoding="utf-8") != str(life.pid):
            await asyncio.sleep(0.05)
        while telegram.polling._waiting is None:
            await asyncio.sleep(0.05)


async def everything_handled(telegram: Telegram, folder: Path) -> None:
    """Wait until the bot owes nobody anything."""
    async with asyncio.timeout(60):
        while len(telegram.updates) or waiting(folder):
            await asyncio.sleep(0.2)


def waiting(folder: Path) -> int:
    # Looked at from outside, read-only and between writes: this test is not the product.
    with closing(sqlite3.connect(f"file:{folder / 'bot.sqlite3'}?mode=ro", uri=True)) as conn:
        query = "SELECT count(*) FROM inbox WHERE state = 'new'"
        return int(conn.execute(query).fetchone()[0])


def killed(deaths: Counter[str]) -> int:
    return sum(count for kind, count in deaths.items() if "not reached" not in kind)


async def test_a_hundred_kills_lose_no_answer_double_none_and_leave_nobody_stuck(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "data"
    opened = await prepare(folder)
    chance = random.Random(20261122)
    points = [point for point in (*ON_THE_WAY, *SHUTDOWN) for _ in range(AT_EACH_POINT)]
    kinds = ["random"] * AT_RANDOM + points
    chance.shuffle(kinds)
    deaths: Counter[str] = Counter()
    async with local_telegram() as (telegram, address):
        for person in PEOPLE:
            telegram.add_person(CANARY, person_id=person)
        settings = {"bot_token": TOKEN, "bot_api_url": address, "data_dir": str(folder)}
        async with nursery(settings, tmp_path / "log") as bots:
            answering = asyncio.gather(
                *(Respondent(telegram, person).answer_everything() for person in PEOPLE)
            )
            for kind in kinds:
                deaths[await one_life(bots, kind, chance)] += 1
            while killed(deaths) < 100:  # some points were not reached
                deaths[await one_life(bots, "random", chance)] += 1
            last = await bots.born()
            await answering
            await up(last, telegram, folder)
            await everything_handled(telegram, folder)
            last.signal(signal.SIGTERM)
            assert await last.end() == 0
    for number, campaign in enumerate(opened, start=1):
        assert found_answers(folder, campaign) == expected_answers(number)
    with closing(sqlite3.connect(folder / "bot.sqlite3")) as conn:
        kept = "SELECT DISTINCT state, payload IS NULL FROM inbox"
        assert conn.execute(kept).fetchall() == [("done", 1)]
    assert killed(deaths) >= 100, deaths
    assert {point for point in (*ON_THE_WAY, *SHUTDOWN) if deaths[point]} == {
        *ON_THE_WAY,
        *SHUTDOWN,
    }, deaths
    log = (tmp_path / "log").read_text(encoding="utf-8")
    for canary in (TOKEN, TOKEN.split(":")[1], CANARY):
        assert canary not in log


LANES = {outbox.NOTICE: "личное", outbox.BROADCAST: "общее"}


def plan_messages(conn: sqlite3.Connection) -> None:
    """Three notices and three broadcasts to everybody."""
    for person in PEOPLE:
        row = people.find(conn, person)
        assert row is not None
        for lane, word in LANES.items():
            for number in range(3):
                outbox.put(
                    conn,
                    f"drill:{lane}:{number}:{person}",
                    person_id=row.id,
                    kind="drill",
                    payload={"text": f"{word} {number}"},
                    lane=lane,
                    due_at=datetime.now(UTC),
                )


async def test_kills_of_the_sender_repeat_a_notice_once_and_a_broadcast_never(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "data"
    await prepare(folder)
    chance = random.Random(7)
    db = await Database.open(folder / "bot.sqlite3")
    await db.write(plan_messages)
    await db.close()
    async with local_telegram() as (telegram, address):
        for person in PEOPLE:
            telegram.add_person(CANARY, person_id=person)
            telegram.start(person)
        settings = {"bot_token": TOKEN, "bot_api_url": address, "data_dir": str(folder)}
        async with nursery(settings, tmp_path / "log") as bots:
            for _ in range(5):
                for point in OUTBOX:
                    assert await one_life(bots, point, chance, patience=60) == point
            last = await bots.born()
            await up(last, telegram, folder)
            async with asyncio.timeout(60):
                while in_doubt(folder):
                    await asyncio.sleep(0.2)
            last.signal(signal.SIGTERM)
            assert await last.end() == 0
        told = {p: Counter(m.text for m in telegram.history(p) if m.outgoing) for p in PEOPLE}
    with closing(sqlite3.connect(folder / "bot.sqlite3")) as conn:
        states = dict(conn.execute("SELECT key, state FROM outbox WHERE kind = 'drill'"))
    for person in PEOPLE:
        for number in range(3):
            notice = told[person][f"личное {number}"]
            cast = told[person][f"общее {number}"]
            assert notice in {1, 2} or states[f"drill:1:{number}:{person}"] == "unknown"
            assert cast == 1 or (cast, states[f"drill:2:{number}:{person}"]) == (0, "unknown")


def in_doubt(folder: Path) -> int:
    with closing(sqlite3.connect(f"file:{folder / 'bot.sqlite3'}?mode=ro", uri=True)) as conn:
        query = "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending') AND kind='drill'"
        return int(conn.execute(query).fetchone()[0])
