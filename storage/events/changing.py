"""A meeting that its organiser changes: whatever it is, the log says what is different then."""

import sqlite3
from collections.abc import Callable
from typing import TypeVar

from storage.audit import By, Deed, Value, record
from storage.events import events
from storage.events.events import Meeting
from storage.times import stored

Result = TypeVar("Result")


def recorded(
    conn: sqlite3.Connection,
    occurrence_id: int,
    change: Callable[[sqlite3.Connection, int], Result],
    *,
    by: By,
) -> Result:
    """Carry a change out; nothing is noted where it changed nothing (the same press again)."""
    before = _said(events.find(conn, occurrence_id))
    result = change(conn, occurrence_id)
    after = _said(events.find(conn, occurrence_id))
    different = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    if different:
        record(
            conn,
            by,
            Deed.EVENT_CHANGED,
            object=f"meeting:{occurrence_id}",
            before={name: before[name] for name in different if name in before},
            after={name: after[name] for name in different if name in after},
        )
    return result


def _said(meeting: Meeting | None) -> dict[str, Value]:
    """What the log keeps of a meeting; a link lets in whoever has it, so its own words are not."""
    if meeting is None:
        return {}
    found: dict[str, Value | None] = {
        "starts": None if meeting.starts_at is None else stored(meeting.starts_at),
        "ends": None if meeting.ends_at is None else stored(meeting.ends_at),
        "place": meeting.place or None,
        "link": len(meeting.link) or None,
        "places": meeting.capacity,
        "reminders": [str(one) for one in meeting.reminders],
        "days": meeting.survey_days,
        "form": meeting.survey_form,
        "audience": meeting.audience.model_dump_json(exclude_defaults=True),
    }
    return {name: value for name, value in found.items() if value is not None}
