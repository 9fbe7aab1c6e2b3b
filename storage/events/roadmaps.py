"""Roadmaps in the store: a file that was read is a draft until it is confirmed, then a calendar.

A roadmap belongs to a scope (a network, the region) and a year. A corrected file is matched with
what stands by `roadmap.changes`; nothing doubles, and what people signed up for is never dropped:
it is cancelled with a notice, or kept, as the coordinator says.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from roadmap.changes import Changes, compare
from roadmap.model import Event, Roadmap
from roadmap.settling import without
from storage.audit import By, Deed, Value, record
from storage.events import applying
from storage.events.by_hand import AudienceOf, ByHand, differing
from storage.scopes import Scope, ScopeKind
from storage.times import stored

DRAFT, CONFIRMED, DROPPED = "draft", "confirmed", "dropped"


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
    """What confirming would do; `signed_up` counts people by place of the event in `removed`.

    `by_hand` is what organisers set and the table says otherwise: kept, or not, as is confirmed.
    """

    first: bool
    changes: Changes
    signed_up: tuple[int, ...]
    by_hand: tuple[ByHand, ...] = ()


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


def preview(
    conn: sqlite3.Connection, draft: Import, *, audience_of: AudienceOf, zone: tzinfo
) -> Preview:
    """What confirming this draft would do now."""
    roadmap = _roadmap_id(conn, draft)
    standing = {} if roadmap is None else applying.standing(conn, roadmap, withdrawn=False)
    changes = compare([event for event, _ in standing.values()], _after(draft))
    ids = {id(event): number for event, number in standing.values()}
    counts = tuple(_signed_up(conn, ids[id(event)]) for event in changes.removed)
    hand = tuple(
        one
        for pair in (*changes.changed, *changes.moved)
        for one in differing(conn, ids[id(pair.before)], pair, audience_of, zone)
    )
    return Preview(roadmap is None, changes, counts, hand)


def confirm(
    conn: sqlite3.Connection,
    import_id: int,
    *,
    keep_removed: bool,
    keep_by_hand: bool = True,
    audience_of: AudienceOf,
    author: int,
    now: datetime,
    by: By | None = None,
) -> Preview | None:
    """Make the draft the calendar; None if it is no draft any more.

    `keep_removed`: events that the corrected table has no longer stay as they are; otherwise they
    are withdrawn and their meetings cancelled, and whoever signed up is told. `keep_by_hand`: what
    organisers set stays where the table says otherwise. Days are those of the zone of `now`.
    """
    draft = find(conn, import_id)
    if draft is None or draft.state != DRAFT:
        return None
    shown = preview(conn, draft, audience_of=audience_of, zone=now.tzinfo or UTC)
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
    applying.Applying(
        conn, draft.scope, int(roadmap), audience_of, author, now, keep_by_hand=keep_by_hand
    ).apply(_after(draft), keep_removed=keep_removed)
    conn.execute("UPDATE roadmap_imports SET state = 'confirmed' WHERE id = ?", (import_id,))
    after: dict[str, Value] = {"events": len(draft.roadmap.events)}
    record(conn, by, Deed.ROADMAP_LOADED, object=f"roadmap:{roadmap}", after=after)
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


def _signed_up(conn: sqlite3.Connection, event_id: int) -> int:
    row = conn.execute(
        "SELECT count(DISTINCT s.person_id) AS n FROM signups s"
        " JOIN occurrences o ON o.id = s.occurrence_id"
        " WHERE o.event_id = ? AND s.choice <> 'declined'",
        (event_id,),
    ).fetchone()
    return int(row["n"])
