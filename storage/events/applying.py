"""The difference between a standing roadmap and a corrected table, written into the calendar."""

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from roadmap.changes import Pair, compare
from roadmap.model import Event, Window
from roadmap.text import fold
from storage.events import events
from storage.events import notices as event_notices
from storage.events.by_hand import AudienceOf, audience_by_hand, inside, of_table
from storage.scopes import Scope, ScopeKind, covered
from storage.tasks import from_events
from storage.times import stored


def standing(
    conn: sqlite3.Connection, roadmap_id: int, *, withdrawn: bool
) -> dict[int, tuple[Event, int]]:
    """Events of a roadmap as their table last had them, with their ids, by id."""
    rows = conn.execute(
        "SELECT id, document FROM events WHERE roadmap_id = ? AND document IS NOT NULL"
        " AND (withdrawn_at IS NOT NULL) = ? ORDER BY id",
        (roadmap_id, withdrawn),
    )
    return {row["id"]: (Event.model_validate_json(row["document"]), int(row["id"])) for row in rows}


@dataclass(frozen=True, slots=True)
class Applying:
    """Writes the difference between what stands and a corrected table."""

    conn: sqlite3.Connection
    scope: Scope
    roadmap_id: int
    audience_of: AudienceOf
    author: int
    now: datetime
    keep_by_hand: bool = True

    def apply(self, after: list[Event], *, keep_removed: bool) -> None:
        """Write it; `keep_removed`: events that are in the table no longer stay."""
        stands = standing(self.conn, self.roadmap_id, withdrawn=False)
        ids = {id(event): number for event, number in stands.values()}
        changes = compare([event for event, _ in stands.values()], after)
        for pair in (*changes.changed, *changes.moved):
            self._change(ids[id(pair.before)], pair)
        if not keep_removed:
            for event in changes.removed:
                self._withdraw(ids[id(event)])
        # What was withdrawn earlier and stands in the table again is the same event, not a twin.
        gone = standing(self.conn, self.roadmap_id, withdrawn=True)
        gone = {key: found for key, found in gone.items() if key not in ids.values()}
        gone_ids = {id(event): number for event, number in gone.values()}
        returned = compare([event for event, _ in gone.values()], changes.added)
        for pair in (*returned.same, *returned.changed, *returned.moved):
            self._revive(gone_ids[id(pair.before)])
            self._change(gone_ids[id(pair.before)], pair)
        for event in returned.added:
            self._add(event)
        self._give_out_tasks()

    def _give_out_tasks(self) -> None:
        """The tasks of section 4, as their rows say now; those of withdrawn events end."""
        rows = self.conn.execute(
            "SELECT id FROM events WHERE roadmap_id = ? ORDER BY id", (self.roadmap_id,)
        ).fetchall()
        zone = self.now.tzinfo or UTC
        for row in rows:
            from_events.from_event(
                self.conn, row["id"], author=self.author, zone=zone, now=self.now
            )

    def _add(self, event: Event) -> None:
        number = int(
            self.conn.execute(
                "INSERT INTO events (roadmap_id, scope_kind, scope_ref, title, created_by,"
                " created_at) VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
                (
                    self.roadmap_id,
                    self.scope.kind,
                    self.scope.ref,
                    event.title,
                    self.author,
                    stored(self.now),
                ),
            ).fetchone()["id"]
        )
        self._write(number, event)
        events.set_audience(self.conn, number, self.audience_of(event.audience))
        for window in event.windows or (None,):
            events.add_occurrence(
                self.conn,
                number,
                label=(window and window.label) or "",
                window=(window.start, window.end) if window else (None, None),
            )

    def _change(self, number: int, pair: Pair) -> None:
        chosen = audience_by_hand(self.conn, number, pair, self.audience_of)
        self._write(number, pair.after)
        if "audience" in pair.fields and not (chosen and self.keep_by_hand):
            events.set_audience(self.conn, number, self.audience_of(pair.after.audience))
        if pair.moved:
            self._move(number, pair.after.windows)

    def _write(self, number: int, event: Event) -> None:
        self.conn.execute(
            "UPDATE events SET number = ?, section = ?, title = ?, audience_text = ?,"
            " responsible = ?, term = ?, precision = ?, ongoing = ?, task = ?, document = ?"
            " WHERE id = ?",
            (
                event.number,
                event.section,
                event.title,
                event.audience,
                event.responsible,
                event.term,
                event.precision,
                event.ongoing,
                event.task and event.task.model_dump_json(),
                event.model_dump_json(),
                number,
            ),
        )
        for person in responsible_people(self.conn, self.scope, event.responsible):
            events.add_organiser(self.conn, number, person)

    def _move(self, number: int, windows: Iterable[Window]) -> None:
        """Give the table's meetings the new terms in order; then add the rest, or cancel it.

        Meetings added by hand are none of the table's; of what was named by hand see
        `keep_by_hand`.
        """
        meetings = of_table(self.conn, number)
        wanted: list[Window | None] = list(windows) or [None]
        for meeting, window in zip(meetings, wanted, strict=False):
            self.conn.execute(
                "UPDATE occurrences SET label = ? WHERE id = ?",
                ((window and window.label) or "", meeting.id),
            )
            edges = (_iso(window.start if window else None), _iso(window.end if window else None))
            keep = self.keep_by_hand or inside(meeting, window, self.now.tzinfo or UTC)
            if event_notices.window_changed(
                self.conn, meeting.id, edges, keep_hour=keep, now=self.now
            ):
                event_notices.changed(self.conn, meeting.id, now=self.now)
        for window in wanted[len(meetings) :]:
            events.add_occurrence(
                self.conn,
                number,
                label=(window and window.label) or "",
                window=(window.start, window.end) if window else (None, None),
            )
        for meeting in meetings[len(wanted) :]:
            if not (self.keep_by_hand and meeting.starts_at is not None):
                self._cancel(meeting.id)

    def _withdraw(self, number: int) -> None:
        self.conn.execute(
            "UPDATE events SET withdrawn_at = ? WHERE id = ?", (stored(self.now), number)
        )
        for row in self.conn.execute(
            "SELECT id FROM occurrences WHERE event_id = ? AND cancelled_at IS NULL"
            " AND (ends_at IS NULL OR ends_at > ?)",
            (number, stored(self.now)),
        ).fetchall():
            self._cancel(row["id"])

    def _cancel(self, meeting: int) -> None:
        if events.cancel(self.conn, meeting, now=self.now):
            event_notices.changed(self.conn, meeting, now=self.now)

    def _revive(self, number: int) -> None:
        for row in self.conn.execute(
            "SELECT o.id FROM occurrences o JOIN events e ON e.id = o.event_id"
            " WHERE e.id = ? AND o.cancelled_at >= e.withdrawn_at",
            (number,),
        ).fetchall():
            self.conn.execute(
                "UPDATE occurrences SET cancelled_at = NULL, sequence = sequence + 1 WHERE id = ?",
                (row["id"],),
            )
            event_notices.changed(self.conn, row["id"], now=self.now)
        self.conn.execute("UPDATE events SET withdrawn_at = NULL WHERE id = ?", (number,))


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def responsible_people(conn: sqlite3.Connection, scope: Scope, text: str) -> list[int]:
    """Organisers and coordinators of the scope whose surname stands in «ответственный»."""
    words = set(re.findall(r"[\w-]+", fold(text)))
    if not words:
        return []
    rows = conn.execute(
        "SELECT p.id, p.surname, g.scope_kind, g.scope_ref FROM people p"
        " JOIN grants g ON g.person_id = p.id WHERE g.role IN ('organiser', 'coordinator')"
        " AND p.surname IS NOT NULL ORDER BY p.id"
    ).fetchall()
    return sorted(
        {
            row["id"]
            for row in rows
            if fold(row["surname"]) in words
            and covered(conn, [Scope(ScopeKind(row["scope_kind"]), row["scope_ref"])], scope)
        }
    )
