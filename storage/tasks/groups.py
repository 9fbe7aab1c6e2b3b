"""Groups of trainees: who goes through a programme of tasks together, and since when."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.scopes import Scope, ScopeKind, covered
from storage.times import stored


@dataclass(frozen=True, slots=True)
class Group:
    """A group; `members` counts those who are in it now."""

    id: int
    title: str
    scope: Scope
    members: int


_GROUP = """
SELECT g.id, g.title, g.scope_kind, g.scope_ref,
  (SELECT count(*) FROM trainee_group_members m WHERE m.group_id = g.id AND m.left_at IS NULL)
    AS members
FROM trainee_groups g
"""


def _group(row: sqlite3.Row) -> Group:
    scope = Scope(ScopeKind(row["scope_kind"]), row["scope_ref"])
    return Group(row["id"], row["title"], scope, row["members"])


def create(
    conn: sqlite3.Connection, title: str, scope: Scope, *, author: int | None, now: datetime
) -> int:
    """A group of this title within the scope; the one that is there, if there is."""
    conn.execute(
        "INSERT INTO trainee_groups (title, scope_kind, scope_ref, created_by, created_at)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (title, scope.kind, scope.ref, author, stored(now)),
    )
    row = conn.execute(
        "SELECT id FROM trainee_groups WHERE title = ? AND scope_kind = ? AND scope_ref = ?",
        (title, scope.kind, scope.ref),
    ).fetchone()
    return int(row[0])


def add(conn: sqlite3.Connection, group_id: int, people: Iterable[int], *, now: datetime) -> None:
    """Take people in; who is in stays since when they were, who had left begins anew."""
    conn.executemany(
        "INSERT INTO trainee_group_members (group_id, person_id, joined_at) VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET joined_at = excluded.joined_at, left_at = NULL"
        " WHERE left_at IS NOT NULL",
        [(group_id, person, stored(now)) for person in people],
    )


def remove(conn: sqlite3.Connection, group_id: int, person_id: int, *, now: datetime) -> None:
    """Somebody leaves: nothing new is asked of them, what they handed in stays."""
    conn.execute(
        "UPDATE trainee_group_members SET left_at = ?"
        " WHERE group_id = ? AND person_id = ? AND left_at IS NULL",
        (stored(now), group_id, person_id),
    )


def listed(conn: sqlite3.Connection, scopes: Sequence[Scope]) -> list[Group]:
    """The groups within the scopes, by title."""
    rows = conn.execute(f"{_GROUP} ORDER BY g.title, g.id")
    return [group for row in rows if covered(conn, scopes, (group := _group(row)).scope)]


def find(conn: sqlite3.Connection, group_id: int, scopes: Sequence[Scope]) -> Group | None:
    """One group, if within the scopes."""
    row = conn.execute(f"{_GROUP} WHERE g.id = ?", (group_id,)).fetchone()
    if row is None:
        return None
    group = _group(row)
    return group if covered(conn, scopes, group.scope) else None
