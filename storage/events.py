"""Events, their meetings (occurrences), who said they would come and who came.

An event is what the plan names; an occurrence is one meeting of it: a stage, a quarter, the only
day. An occurrence starts as a window («ноябрь») and becomes a day and an hour when its organiser
names them. Whoever reads for staff passes scopes; a person's own view goes by the audience.
"""

import secrets
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from storage.scopes import Scope, ScopeKind
from storage.times import moment, stored


class Choice(StrEnum):
    """What a person answers to the card of an event."""

    COMING = "coming"
    ONLINE = "online"
    DECLINED = "declined"


class How(StrEnum):
    """By what an attendance is known."""

    CODE = "code"
    ORGANISER = "organiser"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Meeting:
    """An occurrence with what its event says. Moments are aware UTC, window dates are local.

    `starts_at` is None until the organiser has named it; `sequence` is the calendar entry's.
    """

    id: int
    event_id: int
    number: str
    section: int | None
    title: str
    label: str
    audience_text: str
    responsible: str
    term: str
    scope: Scope
    window_start: date | None
    window_end: date | None
    starts_at: datetime | None
    ends_at: datetime | None
    place: str
    link: str
    capacity: int | None
    uid: str
    sequence: int
    cancelled: bool
    withdrawn: bool
    check_in: str


MEETING = """
SELECT o.id, o.event_id, e.number, e.section, e.title, o.label, e.audience_text, e.responsible,
  e.term, e.scope_kind, e.scope_ref, o.window_start, o.window_end, o.starts_at, o.ends_at, o.place,
  o.link, o.capacity, o.uid, o.sequence, o.cancelled_at, e.withdrawn_at, o.check_in
FROM occurrences o JOIN events e ON e.id = o.event_id
"""


def meeting_of(row: sqlite3.Row) -> Meeting:
    """The meeting of a row selected with `MEETING`."""
    return Meeting(
        id=row["id"],
        event_id=row["event_id"],
        number=row["number"],
        section=row["section"],
        title=row["title"],
        label=row["label"],
        audience_text=row["audience_text"],
        responsible=row["responsible"],
        term=row["term"],
        scope=Scope(ScopeKind(row["scope_kind"]), row["scope_ref"]),
        window_start=_day(row["window_start"]),
        window_end=_day(row["window_end"]),
        starts_at=moment(row["starts_at"]),
        ends_at=moment(row["ends_at"]),
        place=row["place"],
        link=row["link"],
        capacity=row["capacity"],
        uid=row["uid"],
        sequence=row["sequence"],
        cancelled=row["cancelled_at"] is not None,
        withdrawn=row["withdrawn_at"] is not None,
        check_in=row["check_in"],
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def find(conn: sqlite3.Connection, occurrence_id: int) -> Meeting | None:
    """One meeting, for anybody: whether it may be shown is the caller's question."""
    row = conn.execute(f"{MEETING} WHERE o.id = ?", (occurrence_id,)).fetchone()
    return None if row is None else meeting_of(row)


def by_check_in(conn: sqlite3.Connection, code: str) -> Meeting | None:
    """The meeting whose QR code carries this secret."""
    row = conn.execute(f"{MEETING} WHERE o.check_in = ?", (code,)).fetchone()
    return None if row is None else meeting_of(row)


def add_occurrence(
    conn: sqlite3.Connection,
    event_id: int,
    *,
    label: str = "",
    window: tuple[date | None, date | None] = (None, None),
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> int:
    """One more meeting of an event; its calendar id and check-in secret are made here, once."""
    start, end = window
    return int(
        conn.execute(
            "INSERT INTO occurrences (event_id, label, window_start, window_end, starts_at,"
            " ends_at, uid, check_in) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                event_id,
                label,
                start and start.isoformat(),
                end and end.isoformat(),
                stored(starts_at),
                stored(ends_at),
                secrets.token_hex(16),
                secrets.token_urlsafe(12),
            ),
        ).fetchone()[0]
    )


def name_time(
    conn: sqlite3.Connection,
    occurrence_id: int,
    starts_at: datetime,
    ends_at: datetime,
    *,
    place: str | None = None,
    link: str | None = None,
) -> bool:
    """Name or move day, hour and place; True if anything changed (then the calendar entry grows).

    A place or link of None stays as it was. Saying the same again changes nothing, so that the
    same update handled twice sends no second correction.
    """
    changed = conn.execute(
        "UPDATE occurrences SET starts_at = ?1, ends_at = ?2, place = coalesce(?3, place),"
        " link = coalesce(?4, link), sequence = sequence + (starts_at IS NOT NULL)"
        " WHERE id = ?5 AND cancelled_at IS NULL AND (starts_at IS NOT ?1 OR ends_at IS NOT ?2"
        " OR place <> coalesce(?3, place) OR link <> coalesce(?4, link))",
        (stored(starts_at), stored(ends_at), place, link, occurrence_id),
    ).rowcount
    return changed > 0


def cancel(conn: sqlite3.Connection, occurrence_id: int, *, now: datetime) -> bool:
    """Cancel a meeting; True the first time."""
    return (
        conn.execute(
            "UPDATE occurrences SET cancelled_at = ?, sequence = sequence + 1"
            " WHERE id = ? AND cancelled_at IS NULL",
            (stored(now), occurrence_id),
        ).rowcount
        > 0
    )


def say(
    conn: sqlite3.Connection,
    occurrence_id: int,
    person_id: int,
    choice: Choice,
    *,
    now: datetime,
) -> None:
    """Record what a person says. Changing to «приду» again goes to the end of the queue."""
    conn.execute(
        "INSERT INTO signups (occurrence_id, person_id, choice, said_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (occurrence_id, person_id) DO UPDATE"
        " SET choice = excluded.choice, said_at = excluded.said_at"
        " WHERE choice <> excluded.choice",
        (occurrence_id, person_id, choice, stored(now)),
    )


def choice_of(conn: sqlite3.Connection, occurrence_id: int, person_id: int) -> Choice | None:
    """What the person said last."""
    row = conn.execute(
        "SELECT choice FROM signups WHERE occurrence_id = ? AND person_id = ?",
        (occurrence_id, person_id),
    ).fetchone()
    return None if row is None else Choice(row["choice"])


def seated(conn: sqlite3.Connection, occurrence_id: int) -> tuple[list[int], list[int]]:
    """Ids of those with a place and of the waiting list, in order of saying.

    Only «приду» needs a place; whoever declines frees theirs for the first who waits.
    """
    rows = conn.execute(
        "SELECT person_id FROM signups WHERE occurrence_id = ? AND choice = 'coming'"
        " ORDER BY said_at, id",
        (occurrence_id,),
    ).fetchall()
    people = [row["person_id"] for row in rows]
    capacity = conn.execute(
        "SELECT capacity FROM occurrences WHERE id = ?", (occurrence_id,)
    ).fetchone()
    places = len(people) if capacity is None or capacity[0] is None else capacity[0]
    return people[:places], people[places:]


def mark_attended(
    conn: sqlite3.Connection,
    occurrence_id: int,
    people: Iterable[int],
    how: How,
    *,
    marked_by: int | None,
    now: datetime,
) -> int:
    """Note that people came; who is noted already stays as first noted. How many were new."""
    return conn.executemany(
        "INSERT INTO attendances (occurrence_id, person_id, how, marked_by, marked_at)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(occurrence_id, person, how, marked_by, stored(now)) for person in people],
    ).rowcount


def unmark_attended(conn: sqlite3.Connection, occurrence_id: int, person_id: int) -> None:
    """Take back a mark made in error."""
    conn.execute(
        "DELETE FROM attendances WHERE occurrence_id = ? AND person_id = ?",
        (occurrence_id, person_id),
    )


def attended(conn: sqlite3.Connection, occurrence_id: int) -> list[int]:
    """Ids of those who came."""
    rows = conn.execute(
        "SELECT person_id FROM attendances WHERE occurrence_id = ? ORDER BY marked_at, person_id",
        (occurrence_id,),
    )
    return [row["person_id"] for row in rows]
