"""What organisers set by hand and a corrected roadmap says otherwise.

A table brings a term and words about the audience; organisers then name the day and hour, narrow
the audience, add meetings. Nothing of theirs is overwritten unseen: the coordinator is shown each
such thing and what was set by hand stays unless they say otherwise. Place, link, files and added
meetings are never the table's, so a corrected table leaves them alone in any case.

An audience is by hand if it is not what the table's own words meant.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, tzinfo
from enum import StrEnum

from roadmap.changes import Pair
from roadmap.model import Event, Window
from storage.audiences import Audience
from storage.events.events import MEETING, Meeting, meeting_of

AudienceOf = Callable[[str], Audience]
"""What the table's words about the audience mean as a rule."""


class What(StrEnum):
    """What was set by hand; worded in `bot/texts`."""

    AUDIENCE = "audience"
    HOUR = "hour"  # the day that was named lies outside the new term
    SURPLUS = "surplus"  # its day was named, and the new terms are fewer than the meetings


@dataclass(frozen=True, slots=True)
class ByHand:
    """One thing of an event as the corrected table has it; `meeting` None for the audience."""

    event: Event
    what: What
    meeting: Meeting | None = None


def differing(
    conn: sqlite3.Connection, event_id: int, pair: Pair, audience_of: AudienceOf, zone: tzinfo
) -> list[ByHand]:
    """What of this event was set by hand and would be lost if the table were followed."""
    found = []
    if "audience" in pair.fields and audience_by_hand(conn, event_id, pair, audience_of):
        found.append(ByHand(pair.after, What.AUDIENCE))
    if pair.moved:
        wanted: list[Window | None] = list(pair.after.windows) or [None]
        meetings = of_table(conn, event_id)
        for meeting, window in zip(meetings, wanted, strict=False):
            if meeting.starts_at is not None and not inside(meeting, window, zone):
                found.append(ByHand(pair.after, What.HOUR, meeting))
        found += [
            ByHand(pair.after, What.SURPLUS, meeting)
            for meeting in meetings[len(wanted) :]
            if meeting.starts_at is not None
        ]
    return found


def audience_by_hand(
    conn: sqlite3.Connection, event_id: int, pair: Pair, audience_of: AudienceOf
) -> bool:
    """Whether somebody chose another audience than the table meant, earlier or now."""
    row = conn.execute("SELECT audience FROM events WHERE id = ?", (event_id,)).fetchone()
    stands = Audience.model_validate_json(row["audience"])
    meant = (audience_of(pair.before.audience), audience_of(pair.after.audience))
    return stands not in meant


def of_table(conn: sqlite3.Connection, event_id: int) -> list[Meeting]:
    """The meetings that came from the table's terms and stand: not those added by hand."""
    rows = conn.execute(
        f"{MEETING} WHERE o.event_id = ? AND o.cancelled_at IS NULL AND o.request_key IS NULL"
        " ORDER BY o.id",
        (event_id,),
    )
    return [meeting_of(row) for row in rows]


def inside(meeting: Meeting, window: Window | None, zone: tzinfo) -> bool:
    """Whether the named day fits the term; no term at all fits every day."""
    if window is None or meeting.starts_at is None:
        return True
    day: date = meeting.starts_at.astimezone(zone).date()
    after = window.start is None or window.start <= day
    return after and (window.end is None or day <= window.end)
