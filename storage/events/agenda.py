"""Which meetings concern somebody: by the audience of each event, or by what staff answer for.

One rule for lists, cards, reminders and the dry run: `concerns` asks the audience as it stands.
"""

import sqlite3
from collections.abc import Iterable
from datetime import date, timedelta, tzinfo

from storage import audiences
from storage.audiences import Audience
from storage.events import attending
from storage.events.events import MEETING, Meeting, meeting_of
from storage.scopes import Scope, covered

DAY = timedelta(days=1)


def between(conn: sqlite3.Connection, first: date, last: date, zone: tzinfo) -> list[Meeting]:
    """Meetings that are, or may be, on one of these local days; in order of time.

    Cancelled ones are among them (whoever signed up looks for it), withdrawn ones too.
    """
    rows = conn.execute(
        f"{MEETING} WHERE (o.starts_at IS NOT NULL AND o.starts_at < ?2"
        "  AND coalesce(o.ends_at, o.starts_at) >= ?1)"
        " OR (o.starts_at IS NULL AND coalesce(o.window_start, o.window_end) <= ?4"
        "  AND coalesce(o.window_end, o.window_start) >= ?3)",
        (
            (first - DAY).isoformat(),
            (last + 2 * DAY).isoformat(),
            first.isoformat(),
            last.isoformat(),
        ),
    )
    found = []
    for meeting in map(meeting_of, rows):
        span = meeting.span(zone)
        if span is not None and span[0] <= last and span[1] >= first:
            found.append((span, meeting))
    found.sort(key=lambda pair: (pair[0][0], str(pair[1].starts_at or ""), pair[1].id))
    return [meeting for _, meeting in found]


def without_term(conn: sqlite3.Connection) -> list[Meeting]:
    """Meetings of which nothing is known yet, neither day nor month."""
    rows = conn.execute(
        f"{MEETING} WHERE o.starts_at IS NULL AND o.window_start IS NULL"
        " AND o.window_end IS NULL AND o.cancelled_at IS NULL AND e.withdrawn_at IS NULL"
        " ORDER BY o.id"
    )
    return [meeting_of(row) for row in rows]


def concerning(
    conn: sqlite3.Connection, meetings: Iterable[Meeting], person_id: int
) -> list[Meeting]:
    """Those of the meetings that are for this person, or that they said something about."""
    said = {
        row["occurrence_id"]
        for row in conn.execute(
            "SELECT occurrence_id FROM signups WHERE person_id = ?", (person_id,)
        )
    }
    known: dict[tuple[Audience, Scope], bool] = {}
    found = []
    for meeting in meetings:
        key = (meeting.audience, meeting.scope)
        if key not in known:
            known[key] = audiences.includes(conn, *key, person_id)
        gone = meeting.cancelled or meeting.withdrawn
        if meeting.id in said or (known[key] and not gone):
            found.append(meeting)
    return found


def concerns(conn: sqlite3.Connection, meeting: Meeting, person_id: int) -> bool:
    """Whether the meeting is for this person, or they said something about it, or came."""
    if audiences.includes(conn, meeting.audience, meeting.scope, person_id):
        return True
    return attending.knows(conn, meeting.id, person_id)


def answered_for(
    conn: sqlite3.Connection,
    meetings: Iterable[Meeting],
    scopes: Iterable[Scope],
    person_id: int,
) -> list[Meeting]:
    """Those that staff with these scopes manage."""
    wide = tuple(scopes)
    return [one for one in meetings if manages(conn, one, wide, person_id)]


def manages(
    conn: sqlite3.Connection, meeting: Meeting, scopes: Iterable[Scope], person_id: int
) -> bool:
    """Whether somebody with these scopes may change the meeting: theirs by scope or by name."""
    if covered(conn, scopes, meeting.scope):
        return True
    row = conn.execute(
        "SELECT 1 FROM event_organisers WHERE event_id = ? AND person_id = ?",
        (meeting.event_id, person_id),
    ).fetchone()
    return row is not None


def visited(conn: sqlite3.Connection, person_id: int) -> list[Meeting]:
    """The meetings the person came to, the latest first."""
    rows = conn.execute(
        f"{MEETING} JOIN attendances a ON a.occurrence_id = o.id WHERE a.person_id = ?"
        " ORDER BY coalesce(o.starts_at, o.window_start) DESC, o.id DESC",
        (person_id,),
    )
    return [meeting_of(row) for row in rows]
