"""Events whose people a task can be asked of: whoever signed up for one of its meetings or came."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from storage.scopes import Scope, ScopeKind, covered
from storage.times import moment

BACK = timedelta(days=120)
AHEAD = timedelta(days=200)
"""How far from today a meeting may lie for its event to be offered: half a school year."""

PEOPLE = """
SELECT s.person_id, min(s.said_at) AS since FROM signups s
 JOIN occurrences o ON o.id = s.occurrence_id
 WHERE o.event_id = ?1 AND s.choice <> 'declined' GROUP BY s.person_id
UNION ALL
SELECT a.person_id, min(a.marked_at) FROM attendances a
 JOIN occurrences o ON o.id = a.occurrence_id WHERE o.event_id = ?1 GROUP BY a.person_id
"""
"""Whoever signed up for a meeting of the event `?1` or came to one, and since when."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """An event as something to choose: its first day (None: not known yet) and its people now."""

    id: int
    title: str
    day: date | None
    people: int


def offered(conn: sqlite3.Connection, scopes: Sequence[Scope], *, now: datetime) -> list[Gathering]:
    """The events within the scopes that were lately or come soon, nearest first."""
    found = [
        one
        for row in conn.execute(_GATHERING).fetchall()
        if covered(conn, scopes, Scope(ScopeKind(row["scope_kind"]), row["scope_ref"]))
        and _near(one := _gathering(conn, row), now.date())
    ]
    return sorted(found, key=lambda one: (_far(one, now.date()), one.id))


def find(conn: sqlite3.Connection, event_id: int, scopes: Sequence[Scope]) -> Gathering | None:
    """One event, if within the scopes."""
    row = conn.execute(f"{_GATHERING} AND e.id = ?", (event_id,)).fetchone()
    if row is None or not covered(
        conn, scopes, Scope(ScopeKind(row["scope_kind"]), row["scope_ref"])
    ):
        return None
    return _gathering(conn, row)


_GATHERING = """
SELECT e.id, e.title, e.scope_kind, e.scope_ref,
  (SELECT min(coalesce(o.starts_at, o.window_start)) FROM occurrences o
   WHERE o.event_id = e.id AND o.cancelled_at IS NULL) AS day
FROM events e WHERE e.withdrawn_at IS NULL
"""


def _gathering(conn: sqlite3.Connection, row: sqlite3.Row) -> Gathering:
    people = conn.execute(
        f"SELECT count(DISTINCT person_id) FROM ({PEOPLE})",  # noqa: S608 - a constant of ours
        (row["id"],),
    ).fetchone()[0]
    day: str | None = row["day"]
    if day is None:
        return Gathering(row["id"], row["title"], None, people)
    starts = moment(day).date() if "T" in day else date.fromisoformat(day)
    return Gathering(row["id"], row["title"], starts, people)


def _near(one: Gathering, today: date) -> bool:
    return one.day is None or today - BACK <= one.day <= today + AHEAD


def _far(one: Gathering, today: date) -> timedelta:
    return timedelta.max if one.day is None else abs(one.day - today)
