"""Roadmaps in the store: a file that was read is a draft until it is confirmed, then a calendar.

A roadmap belongs to a scope (a network, the region) and a year. A corrected file is matched with
what stands by `roadmap.changes`; nothing doubles, and what people signed up for is never dropped:
it is cancelled with a notice, or kept, as the coordinator says.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from roadmap.changes import Changes, Pair, compare
from roadmap.model import Event, Roadmap, Window
from roadmap.settling import without
from roadmap.text import fold
from storage.audiences import Audience
from storage.events import events
from storage.events import notices as event_notices
from storage.scopes import Scope, ScopeKind, covered
from storage.tasks import from_events
from storage.times import stored

DRAFT, CONFIRMED, DROPPED = "draft", "confirmed", "dropped"

AudienceOf = Callable[[str], Audience]
"""What the table's words about the audience mean as a rule."""


@dataclass(frozen=True, slots=True)
class Import:
    """A file as read, with the doubts that are still open."""

    id: int
    scope: Scope
    roadmap: Roadmap
    file_name: str
    file_id: str
    year: str
    state: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What confirming would do; `signed_up` counts people by place of the event in `removed`."""

    first: bool
    changes: Changes
    signed_up: tuple[int, ...]


def begin(
    conn: sqlite3.Connection,
    scope: Scope,
    roadmap: Roadmap,
    *,
    file_name: str,
    file_id: str,
    year: str,
    author: int,
    source_key: str,
    now: datetime,
) -> int:
    """Keep a read file as a draft; the same `source_key` again is the same draft."""
    conn.execute(
        "INSERT INTO roadmap_imports (scope_kind, scope_ref, document, file_name, file_id, year,"
        " created_by, created_at, source_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (source_key) DO NOTHING",
        (
            scope.kind,
            scope.ref,
            roadmap.model_dump_json(),
            file_name,
            file_id,
            year,
            author,
            stored(now),
            source_key,
        ),
    )
    row = conn.execute(
        "SELECT id FROM roadmap_imports WHERE source_key = ?", (source_key,)
    ).fetchone()
    return int(row["id"])


def find(conn: sqlite3.Connection, import_id: int) -> Import | None:
    """One import; whether the asker may see its scope is the caller's question."""
    row = conn.execute("SELECT * FROM roadmap_imports WHERE id = ?", (import_id,)).fetchone()
    if row is None:
        return None
    return Import(
        row["id"],
        Scope(ScopeKind(row["scope_kind"]), row["scope_ref"]),
        Roadmap.model_validate_json(row["document"]),
        row["file_name"],
        row["file_id"],
        row["year"],
        row["state"],
    )


def change(
    conn: sqlite3.Connection, import_id: int, alter: Callable[[Roadmap], Roadmap], year: str = ""
) -> Import | None:
    """Alter a draft's document in one step (a doubt settled, a term corrected, a year said)."""
    found = find(conn, import_id)
    if found is not None and found.state == DRAFT:
        conn.execute(
            "UPDATE roadmap_imports SET document = ?, year = ? WHERE id = ?",
            (alter(found.roadmap).model_dump_json(), year or found.year, import_id),
        )
    return find(conn, import_id)


def drop(conn: sqlite3.Connection, import_id: int) -> None:
    """Nothing of this draft is wanted."""
    conn.execute(
        "UPDATE roadmap_imports SET state = 'dropped', document = ?"
        " WHERE id = ? AND state = 'draft'",
        (Roadmap(title=None, year=None, doubts=(), events=()).model_dump_json(), import_id),
    )


def preview(conn: sqlite3.Connection, draft: Import) -> Preview:
    """What confirming this draft would do now."""
    roadmap = _roadmap_id(conn, draft)
    standing = {} if roadmap is None else _standing(conn, roadmap, withdrawn=False)
    changes = compare([event for event, _ in standing.values()], _after(draft))
    ids = {id(event): number for event, number in standing.values()}
    counts = tuple(_signed_up(conn, ids[id(event)]) for event in changes.removed)
    return Preview(roadmap is None, changes, counts)


def confirm(
    conn: sqlite3.Connection,
    import_id: int,
    *,
    keep_removed: bool,
    audience_of: AudienceOf,
    author: int,
    now: datetime,
) -> Preview | None:
    """Make the draft the calendar; None if it is no draft any more.

    `keep_removed`: events that the corrected table has no longer stay as they are; otherwise they
    are withdrawn and their meetings cancelled, and whoever signed up is told. Days are those of
    the zone of `now`.
    """
    draft = find(conn, import_id)
    if draft is None or draft.state != DRAFT:
        return None
    shown = preview(conn, draft)
    roadmap = _roadmap_id(conn, draft)
    if roadmap is None:
        roadmap = conn.execute(
            "INSERT INTO roadmaps (scope_kind, scope_ref, year, updated_at) VALUES (?, ?, ?, ?)"
            " RETURNING id",
            (draft.scope.kind, draft.scope.ref, _year(draft), stored(now)),
        ).fetchone()["id"]
    conn.execute(
        "UPDATE roadmaps SET title = ?, updated_at = ? WHERE id = ?",
        (draft.roadmap.title or "", stored(now), roadmap),
    )
    _Applying(conn, draft.scope, int(roadmap), audience_of, author, now).apply(
        _after(draft), keep_removed=keep_removed
    )
    conn.execute("UPDATE roadmap_imports SET state = 'confirmed' WHERE id = ?", (import_id,))
    return shown


def _after(draft: Import) -> list[Event]:
    return [without(event) for event in draft.roadmap.events]


def _year(draft: Import) -> str:
    return draft.roadmap.year or draft.year


def _roadmap_id(conn: sqlite3.Connection, draft: Import) -> int | None:
    row = conn.execute(
        "SELECT id FROM roadmaps WHERE scope_kind = ? AND scope_ref = ? AND year = ?",
        (draft.scope.kind, draft.scope.ref, _year(draft)),
    ).fetchone()
    return None if row is None else int(row["id"])


def _standing(
    conn: sqlite3.Connection, roadmap_id: int, *, withdrawn: bool
) -> dict[int, tuple[Event, int]]:
    rows = conn.execute(
        "SELECT id, document FROM events WHERE roadmap_id = ? AND document IS NOT NULL"
        " AND (withdrawn_at IS NOT NULL) = ? ORDER BY id",
        (roadmap_id, withdrawn),
    )
    return {row["id"]: (Event.model_validate_json(row["document"]), int(row["id"])) for row in rows}


def _signed_up(conn: sqlite3.Connection, event_id: int) -> int:
    row = conn.execute(
        "SELECT count(DISTINCT s.person_id) AS n FROM signups s"
        " JOIN occurrences o ON o.id = s.occurrence_id"
        " WHERE o.event_id = ? AND s.choice <> 'declined'",
        (event_id,),
    ).fetchone()
    return int(row["n"])


@dataclass(frozen=True, slots=True)
class _Applying:
    """Writes the difference between what stands and a corrected table."""

    conn: sqlite3.Connection
    scope: Scope
    roadmap_id: int
    audience_of: AudienceOf
    author: int
    now: datetime

    def apply(self, after: list[Event], *, keep_removed: bool) -> None:
        standing = _standing(self.conn, self.roadmap_id, withdrawn=False)
        ids = {id(event): number for event, number in standing.values()}
        changes = compare([event for event, _ in standing.values()], after)
        for pair in (*changes.changed, *changes.moved):
            self._change(ids[id(pair.before)], pair)
        if not keep_removed:
            for event in changes.removed:
                self._withdraw(ids[id(event)])
        # What was withdrawn earlier and stands in the table again is the same event, not a twin.
        gone = _standing(self.conn, self.roadmap_id, withdrawn=True)
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
        self._write(number, pair.after)
        if "audience" in pair.fields:
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
        """Give the standing meetings the new terms in order; then add the rest, or cancel it."""
        standing = [
            int(row["id"])
            for row in self.conn.execute(
                "SELECT id FROM occurrences WHERE event_id = ? AND cancelled_at IS NULL"
                " ORDER BY id",
                (number,),
            )
        ]
        wanted: list[Window | None] = list(windows) or [None]
        for meeting, window in zip(standing, wanted, strict=False):
            self.conn.execute(
                "UPDATE occurrences SET label = ? WHERE id = ?",
                ((window and window.label) or "", meeting),
            )
            edges = (_iso(window.start if window else None), _iso(window.end if window else None))
            if event_notices.window_changed(self.conn, meeting, edges, self.now):
                event_notices.changed(self.conn, meeting, now=self.now)
        for window in wanted[len(standing) :]:
            events.add_occurrence(
                self.conn,
                number,
                label=(window and window.label) or "",
                window=(window.start, window.end) if window else (None, None),
            )
        for meeting in standing[len(wanted) :]:
            self._cancel(meeting)

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
