"""Planning in turns: what is urgent waits for nothing that is only much."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from roadmap.reminding import Rules
from scheduler import digests, planning
from storage.database import Database, connect_file
from storage.events import attending, events, own_times, reminding
from storage.events.attending import Choice
from storage.migrating import migrate
from storage.questionnaires import inviting
from storage.scopes import REGION
from tests.kit.forms import NOW, opened, register
from tests.kit.people import registered
from tests.kit.world import World

MOSCOW = ZoneInfo("Europe/Moscow")
PEOPLE = 7
BIG = ("people", "invitees", "signups", "attendances", "outbox", "responses", "own_times")


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect_file(tmp_path / "bot.sqlite3")) as raw:
        migrate(raw)
        yield raw


def meeting_within_the_hour(conn: sqlite3.Connection) -> int:
    """All but the first are coming; the last chose to be reminded two hours before."""
    event = conn.execute(
        "INSERT INTO events (scope_kind, scope_ref, title, created_at)"
        " VALUES ('region', '', 'Семинар', '2026-09-01T06:00:00Z') RETURNING id"
    ).fetchone()["id"]
    assert REGION.kind == "region"
    number = events.add_occurrence(conn, event, window=(None, None))
    start = NOW + timedelta(minutes=50)
    events.name_time(conn, number, start, start + timedelta(hours=2), now=NOW - timedelta(days=9))
    for index in range(PEOPLE):
        person = register(conn, index + 1)
        if index:
            attending.say(conn, number, person, Choice.COMING, now=NOW - timedelta(days=1))
    own_times.choose(conn, person, "2h", on=True, usual=(), now=NOW - timedelta(days=5))
    return number


async def test_a_reminder_an_hour_before_comes_before_the_invitations_of_the_whole_region(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inviting, "AT_ONCE", 2)
    monkeypatch.setattr(reminding, "AT_ONCE", 2)
    db = await Database.open(tmp_path / "bot.sqlite3")
    await db.write(meeting_within_the_hour)
    await db.write(opened)
    assert await planning.plan(db, NOW.astimezone(MOSCOW)) > 0

    def put(raw: sqlite3.Connection) -> list[str]:
        rows = raw.execute("SELECT key FROM outbox ORDER BY id")
        return [row["key"].split(":")[0] for row in rows]

    keys = await db.read(put)
    await db.close()
    reminders = [place for place, key in enumerate(keys) if key == "event-reminder"]
    assert len([key for key in keys if key == "campaign"]) == PEOPLE + 1, "the author as well"
    assert reminders[0] == 0
    assert max(reminders) < len(keys) - 3, "most invitations come after the last reminder"


async def test_planners_take_turns_and_a_broken_one_holds_up_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    left = {"a": 3, "b": 1}

    def planner(name: str) -> planning.Planner:
        async def plan(_: Database, __: datetime) -> int:
            said.append(name)
            left[name] -= 1
            return max(0, left[name] + 1)

        return plan

    async def broken(_: Database, __: datetime) -> int:
        said.append("broken")
        raise ValueError

    monkeypatch.setattr(planning, "PLANNERS", [planner("a"), broken, planner("b")])
    db = await Database.open(tmp_path / "bot.sqlite3")
    assert await planning.plan(db, NOW) == 3 + 2 + 1 + 1
    await db.close()
    assert said == ["a", "broken", "b", "a", "b", "a", "a"]


def test_reminders_are_put_in_steps_each_once_and_noted_when_all_have_one(
    conn: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminding, "AT_ONCE", 2)
    number = meeting_within_the_hour(conn)
    steps = []
    while count := reminding.plan(conn, Rules(zone=MOSCOW), now=NOW):
        steps.append(count)
    assert max(steps) == 2
    keys = Counter(
        row["key"] for row in conn.execute("SELECT key FROM outbox WHERE kind = 'event-reminder'")
    )
    assert sum(name.split(":")[3] == "1h" for name in keys) == PEOPLE - 2
    assert sum(name.split(":")[3] == "2h" for name in keys) == 1
    assert set(keys.values()) == {1}
    runs = {
        row["name"]: (row["state"], row["recipients"])
        for row in conn.execute("SELECT * FROM reminder_runs WHERE occurrence_id = ?", (number,))
    }
    assert runs["1h"] == ("planned", PEOPLE - 2)
    assert runs["own:2h"] == ("planned", 1)


def test_a_beat_with_nothing_to_do_reads_no_large_table_from_end_to_end(
    conn: sqlite3.Connection,
) -> None:
    meeting_within_the_hour(conn)
    opened(conn)
    rules = Rules(zone=MOSCOW)
    while reminding.plan(conn, rules, now=NOW) + inviting.plan(conn, now=NOW):
        pass
    asked: list[str] = []
    conn.set_trace_callback(asked.append)
    assert reminding.plan(conn, rules, now=NOW) + inviting.plan(conn, now=NOW) == 0
    conn.set_trace_callback(None)
    steps = [
        row["detail"]
        for one in asked
        if one.lstrip().startswith(("SELECT", "WITH"))
        for row in conn.execute(f"EXPLAIN QUERY PLAN {one}")
    ]
    assert any("invitees_person (person_id=? AND invited_at>?)" in step for step in steps), steps
    aliases = {"p": "people", "i": "invitees", "j": "invitees", "r": "responses", "s": "signups"}
    scanned = {
        aliases.get(step.split()[1], step.split()[1]) for step in steps if step.startswith("SCAN ")
    }
    assert scanned & {*BIG} <= {"people"}, "an audience is a rule over people; all else is indexed"


async def test_planning_goes_on_while_digests_are_made(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await registered(world, "Пётр", "Зимин")
    making, over = asyncio.Event(), asyncio.Event()
    planned = asyncio.Event()

    async def slow(*_: object, **__: object) -> int:
        making.set()
        await over.wait()
        return 0

    async def plan(*_: object, **__: object) -> int:
        if making.is_set():
            planned.set()
        return 0

    monkeypatch.setattr(digests, "make_due", slow)
    monkeypatch.setattr(planning, "plan", plan)
    world.app.beats.making.start()
    await making.wait()
    world.app.beats.planning.start()
    async with asyncio.timeout(60):
        await planned.wait()
    over.set()
    await asyncio.gather(world.app.beats.making.stop(1), world.app.beats.planning.stop(1))
