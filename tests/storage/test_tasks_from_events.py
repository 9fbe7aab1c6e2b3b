"""A row of section 4 becomes a task, follows its row, and ends with it."""

import json
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from storage.events import events
from storage.tasks import from_events, tasks
from storage.tasks.tasks import Task
from surveys.tasks import Level
from tests.kit.forms import register

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")
READ = {
    "text": "Методическая разработка урока",
    "level": "продуктивный творческий",
    "term": "до 8 декабря 2026 г.",
    "due": "2026-12-08",
}


def an_event(conn: sqlite3.Connection, task: Mapping[str, str] | None) -> int:
    row = conn.execute(
        "INSERT INTO events (scope_kind, scope_ref, number, section, title, task, created_at)"
        " VALUES ('region', '', '4.1', 4, 'Семинар', ?, '2026-11-22T06:00:00Z') RETURNING id",
        (None if task is None else json.dumps(task),),
    ).fetchone()
    return int(row["id"])


def given_out(conn: sqlite3.Connection, event: int) -> Task | None:
    author = register(conn, 900)
    number = from_events.from_event(conn, event, author=author, zone=MOSCOW, now=NOW)
    return None if number is None else tasks.find(conn, number)


def test_the_last_day_ends_at_midnight_of_the_network(conn: sqlite3.Connection) -> None:
    task = given_out(conn, an_event(conn, READ))
    assert task is not None
    assert task.dates.due == datetime(2026, 12, 9, 0, 0, tzinfo=MOSCOW)
    assert (task.number, task.level) == ("4.1", Level.CREATIVE)
    assert task.dates.opens == NOW


def test_it_opens_with_the_event(conn: sqlite3.Connection) -> None:
    event = an_event(conn, READ)
    day = NOW.date() + timedelta(days=2)
    events.add_occurrence(conn, event, window=(day, day))
    task = given_out(conn, event)
    assert task is not None
    assert task.dates.opens == datetime(2026, 11, 24, 9, 0, tzinfo=MOSCOW)


def test_said_again_it_changes_nothing_and_a_moved_date_is_one_revision(
    conn: sqlite3.Connection,
) -> None:
    event = an_event(conn, READ)
    first, second = given_out(conn, event), given_out(conn, event)
    assert first == second
    moved = json.dumps(READ | {"due": "2026-12-15"})
    conn.execute("UPDATE events SET task = ? WHERE id = ?", (moved, event))
    third = given_out(conn, event)
    assert third is not None
    assert first is not None
    assert (third.id, third.revision) == (first.id, first.revision + 1)
    assert third.dates.due == datetime(2026, 12, 16, 0, 0, tzinfo=MOSCOW)


def test_an_event_without_a_task_has_none_and_a_withdrawn_one_no_longer(
    conn: sqlite3.Connection,
) -> None:
    assert given_out(conn, an_event(conn, None)) is None
    event = an_event(conn, READ)
    task = given_out(conn, event)
    assert task is not None
    conn.execute("UPDATE events SET withdrawn_at = '2026-11-23T06:00:00Z' WHERE id = ?", (event,))
    assert given_out(conn, event) is None
    withdrawn = tasks.find(conn, task.id)
    assert withdrawn is not None
    assert withdrawn.withdrawn
