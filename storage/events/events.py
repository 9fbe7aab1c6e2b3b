"""Events and their meetings (occurrences): what is when and where, and who holds it.

An event is what the plan names; an occurrence is one meeting of it: a stage, a quarter, the only
day. An occurrence starts as a window («ноябрь») and becomes a day and an hour when its organiser
names them. Whoever reads for staff passes scopes; a person's own view goes by the audience.
"""

import json
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from storage.audiences import Audience
from storage.audit import By, Deed, record
from storage.scopes import Scope, ScopeKind
from storage.times import moment, stored

EVERYBODY = Audience()


@dataclass(frozen=True, slots=True)
class Meeting:
    """An occurrence with what its event says. Moments are aware UTC, window dates are local.

    `starts_at` is None until the organiser has named it; `sequence` is the calendar entry's;
    `moves` counts how often the hour changed after it was named. `reminders` are minutes before
    the start.
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
    precision: str = "none"
    ongoing: bool = False
    audience: Audience = EVERYBODY
    task: str = ""
    moves: int = 0
    named_at: datetime | None = None
    reminders: tuple[int, ...] = (10080, 1440, 60)
    survey_days: int = 7
    campaign_id: int | None = None
    survey_form: str | None = None
    """The questionnaire asked afterwards; None is the bot's own."""

    @property
    def day(self) -> date | None:
        """The first day, where the plan names days and nobody has named the hour yet."""
        return self.window_start if self.precision == "day" and self.starts_at is None else None

    @property
    def dated(self) -> bool:
        """Whether it is known on which day it is."""
        return self.starts_at is not None or self.day is not None

    def span(self, zone: tzinfo) -> tuple[date, date] | None:
        """First and last local day on which it is or may be; None where no term is known."""
        if self.starts_at is not None:
            first = self.starts_at.astimezone(zone).date()
            return first, (self.ends_at or self.starts_at).astimezone(zone).date()
        if self.window_end is not None:
            return self.window_start or self.window_end, self.window_end
        return None if self.window_start is None else (self.window_start, self.window_start)

    def over(self, now: datetime, zone: tzinfo) -> bool:
        """Whether it lies behind; a window is over after its last day."""
        if self.ends_at is not None:
            return self.ends_at <= now
        span = self.span(zone)
        return span is not None and span[1] < now.astimezone(zone).date()

    def check_in_open(self, now: datetime) -> bool:
        """From `AROUND` before the start to `AROUND` after the end."""
        if self.starts_at is None or self.ends_at is None or self.cancelled:
            return False
        return self.starts_at - AROUND <= now <= self.ends_at + AROUND


AROUND = timedelta(hours=1)
"""How long before the start and after the end people may check in."""


MEETING = """
SELECT o.id, o.event_id, e.number, e.section, e.title, o.label, e.audience_text, e.responsible,
  e.term, e.scope_kind, e.scope_ref, o.window_start, o.window_end, o.starts_at, o.ends_at, o.place,
  o.link, o.capacity, o.uid, o.sequence, o.cancelled_at, e.withdrawn_at, o.check_in,
  e.precision, e.ongoing, e.audience, json_extract(e.task, '$.text') AS task, o.moves, o.moved_at,
  o.reminders, o.survey_days, o.campaign_id, o.survey_form
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
        precision=row["precision"],
        ongoing=bool(row["ongoing"]),
        audience=Audience.model_validate_json(row["audience"]),
        task=row["task"] or "",
        moves=row["moves"],
        named_at=moment(row["moved_at"]),
        reminders=tuple(json.loads(row["reminders"])),
        survey_days=row["survey_days"],
        campaign_id=row["campaign_id"],
        survey_form=row["survey_form"],
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


def one_more(
    conn: sqlite3.Connection,
    event_id: int,
    *,
    starts_at: datetime,
    ends_at: datetime,
    request_key: str,
    by: By | None = None,
) -> int:
    """Another meeting of an event at a named hour; made once per `request_key`."""
    row = conn.execute(
        "SELECT id FROM occurrences WHERE request_key = ?", (request_key,)
    ).fetchone()
    if row is not None:
        return int(row["id"])
    number = add_occurrence(conn, event_id, starts_at=starts_at, ends_at=ends_at)
    conn.execute("UPDATE occurrences SET request_key = ? WHERE id = ?", (request_key, number))
    after = {"starts": stored(starts_at)}
    record(conn, by, Deed.EVENT_MADE, object=f"meeting:{number}", after=after)
    return number


def name_time(
    conn: sqlite3.Connection,
    occurrence_id: int,
    starts_at: datetime,
    ends_at: datetime,
    *,
    now: datetime,
    place: str | None = None,
    link: str | None = None,
) -> bool:
    """Name or move day, hour and place; True if anything changed (then the calendar entry grows).

    A place or link of None stays as it was. Saying the same again changes nothing, so that the
    same update handled twice sends no second correction.
    """
    known = (
        "(starts_at IS NOT NULL"
        " OR (SELECT e.precision FROM events e WHERE e.id = event_id) = 'day')"
    )
    timed = "(starts_at IS NOT ?1 OR ends_at IS NOT ?2)"
    moved = "starts_at IS NOT NULL AND (starts_at <> ?1 OR ends_at IS NOT ?2)"
    changed = conn.execute(
        "UPDATE occurrences SET starts_at = ?1, ends_at = ?2, place = coalesce(?3, place),"  # noqa: S608 - the condition is ours
        f" link = coalesce(?4, link), sequence = sequence + {known},"
        f" moves = moves + ({moved}), moved_at = CASE WHEN {timed} THEN ?6 ELSE moved_at END"
        " WHERE id = ?5 AND cancelled_at IS NULL AND (starts_at IS NOT ?1 OR ends_at IS NOT ?2"
        " OR place <> coalesce(?3, place) OR link <> coalesce(?4, link))",
        (stored(starts_at), stored(ends_at), place, link, occurrence_id, stored(now)),
    ).rowcount
    return changed > 0


def name_place(
    conn: sqlite3.Connection,
    occurrence_id: int,
    *,
    place: str | None = None,
    link: str | None = None,
) -> bool:
    """Name or change place and link apart from the hour; True if anything changed."""
    changed = conn.execute(
        "UPDATE occurrences SET place = coalesce(?1, place), link = coalesce(?2, link),"
        " sequence = sequence + (starts_at IS NOT NULL) WHERE id = ?3 AND cancelled_at IS NULL"
        " AND (place <> coalesce(?1, place) OR link <> coalesce(?2, link))",
        (place, link, occurrence_id),
    ).rowcount
    return changed > 0


def set_window(conn: sqlite3.Connection, occurrence_id: int, start: date, end: date) -> None:
    """The term of a meeting whose day is not known yet; both days are in it."""
    conn.execute(
        "UPDATE occurrences SET window_start = ?, window_end = ? WHERE id = ?",
        (start.isoformat(), end.isoformat(), occurrence_id),
    )


def set_capacity(conn: sqlite3.Connection, occurrence_id: int, capacity: int | None) -> None:
    """How many may come; None is as many as like."""
    conn.execute("UPDATE occurrences SET capacity = ? WHERE id = ?", (capacity, occurrence_id))


def set_reminder(conn: sqlite3.Connection, occurrence_id: int, minutes: int, *, on: bool) -> None:
    """Remind so many minutes before the start, or not."""
    row = conn.execute(
        "SELECT reminders FROM occurrences WHERE id = ?", (occurrence_id,)
    ).fetchone()
    if row is None:
        return
    kept = {each for each in json.loads(row["reminders"]) if each != minutes}
    chosen = sorted(kept | ({minutes} if on else set()), reverse=True)
    conn.execute(
        "UPDATE occurrences SET reminders = ? WHERE id = ?", (json.dumps(chosen), occurrence_id)
    )


def set_survey_days(conn: sqlite3.Connection, occurrence_id: int, days: int) -> None:
    """How long the questionnaire after it will stay open; 0 is no questionnaire."""
    conn.execute("UPDATE occurrences SET survey_days = ? WHERE id = ?", (days, occurrence_id))


def set_survey_form(conn: sqlite3.Connection, occurrence_id: int, form: str | None) -> None:
    """Which questionnaire is asked afterwards; None is the bot's own."""
    conn.execute("UPDATE occurrences SET survey_form = ? WHERE id = ?", (form, occurrence_id))


def set_audience(conn: sqlite3.Connection, event_id: int, audience: Audience) -> None:
    """Whom the event is for from now on."""
    conn.execute(
        "UPDATE events SET audience = ? WHERE id = ?", (audience.model_dump_json(), event_id)
    )


def add_organiser(
    conn: sqlite3.Connection, event_id: int, person_id: int, *, by: By | None = None
) -> None:
    """This person holds the event."""
    added = conn.execute(
        "INSERT INTO event_organisers (event_id, person_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (event_id, person_id),
    ).rowcount
    if added:
        record(conn, by, Deed.EVENT_TAKEN_OVER, object=f"event:{event_id}")


def organisers(conn: sqlite3.Connection, event_id: int) -> list[int]:
    """Ids of who holds the event; where nobody was named, of who brought it into the bot."""
    rows = conn.execute(
        "SELECT person_id FROM event_organisers WHERE event_id = ? ORDER BY person_id", (event_id,)
    ).fetchall()
    if rows:
        return [row["person_id"] for row in rows]
    row = conn.execute("SELECT created_by FROM events WHERE id = ?", (event_id,)).fetchone()
    return [] if row is None or row["created_by"] is None else [row["created_by"]]


def create(
    conn: sqlite3.Connection,
    scope: Scope,
    title: str,
    *,
    created_by: int,
    request_key: str,
    now: datetime,
    by: By | None = None,
) -> int:
    """An event made by hand, with one meeting whose id is returned; made once per `request_key`."""
    row = conn.execute("SELECT id FROM events WHERE request_key = ?", (request_key,)).fetchone()
    if row is None:
        event = conn.execute(
            "INSERT INTO events (scope_kind, scope_ref, title, created_by, created_at, request_key)"
            " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
            (scope.kind, scope.ref, title, created_by, stored(now), request_key),
        ).fetchone()["id"]
        add_organiser(conn, event, created_by)
        number = add_occurrence(conn, event)
        record(conn, by, Deed.EVENT_MADE, object=f"meeting:{number}", after={"title": title})
        return number
    found = conn.execute(
        "SELECT min(id) AS id FROM occurrences WHERE event_id = ?", (row["id"],)
    ).fetchone()
    return int(found["id"])


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of an event, kept by Telegram; `kind` is document or photo."""

    file_id: str
    unique_id: str
    name: str
    kind: str


def attach(conn: sqlite3.Connection, event_id: int, file: Attached) -> None:
    """Add a file; the same file again changes nothing."""
    conn.execute(
        "INSERT INTO event_files (event_id, file_id, file_unique_id, name, kind)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (event_id, file.file_id, file.unique_id, file.name, file.kind),
    )


def files(conn: sqlite3.Connection, event_id: int) -> list[Attached]:
    """Files of an event in the order in which they were added."""
    rows = conn.execute(
        "SELECT file_id, file_unique_id, name, kind FROM event_files"
        " WHERE event_id = ? ORDER BY id",
        (event_id,),
    )
    return [
        Attached(row["file_id"], row["file_unique_id"], row["name"], row["kind"]) for row in rows
    ]


def cancel(
    conn: sqlite3.Connection, occurrence_id: int, *, now: datetime, by: By | None = None
) -> bool:
    """Cancel a meeting; True the first time."""
    changed = conn.execute(
        "UPDATE occurrences SET cancelled_at = ?, sequence = sequence + 1"
        " WHERE id = ? AND cancelled_at IS NULL",
        (stored(now), occurrence_id),
    ).rowcount
    if changed:
        record(conn, by, Deed.EVENT_CANCELLED, object=f"meeting:{occurrence_id}")
    return changed > 0
