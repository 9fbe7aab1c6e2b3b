import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from storage.database import connect_file
from storage.events import attending, events
from storage.events.attending import Choice, How
from storage.migrating import migrate
from storage.people import people

NOW = datetime(2026, 10, 1, 6, 0, tzinfo=UTC)
START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
END = START + timedelta(hours=2)


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = connect_file(tmp_path / "bot.sqlite3")
    migrate(connection)
    yield connection
    connection.close()


@pytest.fixture
def meeting(conn: sqlite3.Connection) -> int:
    conn.execute(
        "INSERT INTO events (id, scope_kind, title, created_at) VALUES (1, 'region', 'Семинар', ?)",
        ("2026-10-01T06:00:00Z",),
    )
    return events.add_occurrence(conn, 1, window=(date(2026, 11, 1), date(2026, 11, 30)))


@pytest.fixture
def teachers(conn: sqlite3.Connection) -> list[int]:
    return [people.arrive(conn, 100 + n, payload=None, now=NOW).id for n in range(5)]


def test_a_meeting_is_a_window_until_its_hour_is_named(
    conn: sqlite3.Connection, meeting: int
) -> None:
    before = events.find(conn, meeting)
    assert before is not None
    assert (before.window_start, before.starts_at) == (date(2026, 11, 1), None)
    assert events.name_time(conn, meeting, START, END, now=NOW, place="Тимашевск, ДК")
    after = events.find(conn, meeting)
    assert after is not None
    assert (after.starts_at, after.place, after.sequence) == (START, "Тимашевск, ДК", 0)


def test_the_calendar_entry_grows_only_when_something_changed(
    conn: sqlite3.Connection, meeting: int
) -> None:
    events.name_time(conn, meeting, START, END, now=NOW)
    assert not events.name_time(conn, meeting, START, END, now=NOW)
    assert events.name_time(
        conn, meeting, START + timedelta(days=1), END + timedelta(days=1), now=NOW
    )
    assert events.cancel(conn, meeting, now=NOW)
    assert not events.cancel(conn, meeting, now=NOW)
    found = events.find(conn, meeting)
    assert found is not None
    assert (found.sequence, found.cancelled) == (2, True)


def test_a_cancelled_meeting_cannot_be_moved(conn: sqlite3.Connection, meeting: int) -> None:
    events.cancel(conn, meeting, now=NOW)
    assert not events.name_time(conn, meeting, START, END, now=NOW)


def test_places_go_by_order_and_a_freed_one_to_the_first_who_waits(
    conn: sqlite3.Connection, meeting: int, teachers: list[int]
) -> None:
    conn.execute("UPDATE occurrences SET capacity = 2")
    for minute, person in enumerate(teachers[:4]):
        attending.say(conn, meeting, person, Choice.COMING, now=NOW + timedelta(minutes=minute))
    attending.say(conn, meeting, teachers[4], Choice.ONLINE, now=NOW)
    assert attending.seated(conn, meeting) == (teachers[:2], teachers[2:4])
    attending.say(conn, meeting, teachers[0], Choice.DECLINED, now=NOW + timedelta(hours=1))
    assert attending.seated(conn, meeting) == (teachers[1:3], [teachers[3]])
    attending.say(conn, meeting, teachers[0], Choice.COMING, now=NOW + timedelta(hours=2))
    assert attending.seated(conn, meeting) == (teachers[1:3], [teachers[3], teachers[0]])


def test_saying_the_same_twice_keeps_the_place_in_the_queue(
    conn: sqlite3.Connection, meeting: int, teachers: list[int]
) -> None:
    attending.say(conn, meeting, teachers[0], Choice.COMING, now=NOW)
    attending.say(conn, meeting, teachers[1], Choice.COMING, now=NOW + timedelta(minutes=1))
    attending.say(conn, meeting, teachers[0], Choice.COMING, now=NOW + timedelta(minutes=2))
    assert attending.seated(conn, meeting)[0] == teachers[:2]
    assert attending.choice_of(conn, meeting, teachers[0]) is Choice.COMING
    assert attending.choice_of(conn, meeting, teachers[4]) is None


def test_attendance_is_noted_once_and_can_be_taken_back(
    conn: sqlite3.Connection, meeting: int, teachers: list[int]
) -> None:
    assert (
        attending.mark_attended(conn, meeting, teachers[:2], How.CODE, marked_by=None, now=NOW) == 2
    )
    assert (
        attending.mark_attended(conn, meeting, teachers[:3], How.LIST, marked_by=None, now=NOW) == 1
    )
    attending.unmark_attended(conn, meeting, teachers[0])
    assert attending.attended(conn, meeting) == teachers[1:3]


def test_a_check_in_secret_finds_its_meeting_only(conn: sqlite3.Connection, meeting: int) -> None:
    other = events.add_occurrence(conn, 1)
    found = [events.find(conn, each) for each in (meeting, other)]
    secrets = [each.check_in for each in found if each]
    assert len(set(secrets)) == 2
    by_code = events.by_check_in(conn, secrets[0])
    assert by_code is not None
    assert by_code.id == meeting
    assert events.by_check_in(conn, "guess") is None
