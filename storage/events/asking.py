"""Asking those who hold a meeting that has no day yet: when, exactly?

What is asked when is decided by `roadmap.reminding`; here are the rows.
"""

import sqlite3
from datetime import datetime

from roadmap.reminding import Happening, Recipient, Rules, questions
from storage import outbox
from storage.events import events
from storage.events.events import MEETING, Meeting, meeting_of
from storage.events.notices import QUESTION
from storage.events.reminding import DEADLINE_OPENS, FARTHEST, SETTLING, happening
from storage.times import moment

ASKED_AT_MOST = 4
"""Questions about one meeting to one organiser: a window may be as long as the school year."""


def ask_organisers(conn: sqlite3.Connection, rules: Rules, *, now: datetime) -> int:
    """Put the question for day and hour to those who hold a meeting that has none."""
    put = 0
    today = now.astimezone(rules.zone).date()
    rows = conn.execute(
        f"{MEETING} WHERE o.starts_at IS NULL AND o.cancelled_at IS NULL AND e.ongoing = 0"
        " AND e.withdrawn_at IS NULL AND coalesce(o.window_end, o.window_start) >= ?"
        " AND coalesce(o.window_start, o.window_end) <= ?",
        (today.isoformat(), (today + FARTHEST + DEADLINE_OPENS).isoformat()),
    ).fetchall()
    for meeting in map(meeting_of, rows):
        put += _ask(conn, meeting, rules, now=now)
    return put


def _ask(conn: sqlite3.Connection, meeting: Meeting, rules: Rules, *, now: datetime) -> int:
    created = conn.execute(
        "SELECT created_at FROM events WHERE id = ?", (meeting.event_id,)
    ).fetchone()["created_at"]
    seen = happening(meeting)
    if seen.window is None or now < moment(created) + SETTLING:
        return 0
    # Where the plan names the day, the hour is asked for: to that question it is a window too.
    asked = Happening(seen.id, window=seen.window)
    put = 0
    for person in events.organisers(conn, meeting.event_id):
        for message in questions(asked, Recipient(person, moment(created)), rules):
            if message.due_at <= now < message.expires_at:
                if _asked(conn, meeting.id, person) >= ASKED_AT_MOST:
                    break
                number = message.key.split(":")[4]
                put += outbox.put(
                    conn,
                    f"{QUESTION}:{meeting.id}:{seen.window[0]}:{number}:person:{person}",
                    person_id=person,
                    kind=QUESTION,
                    payload={"meeting": meeting.id},
                    due_at=now,
                    expires_at=message.expires_at,
                )
    return put


def _asked(conn: sqlite3.Connection, meeting_id: int, person_id: int) -> int:
    row = conn.execute(
        "SELECT count(*) AS n FROM outbox WHERE person_id = ? AND kind = ?"
        " AND json_extract(payload, '$.meeting') = ?",
        (person_id, QUESTION, meeting_id),
    ).fetchone()
    return int(row["n"])
