"""Groups of trainees: who goes through a programme of tasks together, and since when."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage import outbox
from storage.audit import By, Deed, Value, record
from storage.people.people import PERSON, Person, person_of
from storage.scopes import Scope, ScopeKind, covered
from storage.times import stored

HEAD = "task-group-head"
"""Kind of the notice to whoever begins to lead a group."""


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
    conn: sqlite3.Connection,
    title: str,
    scope: Scope,
    *,
    author: int | None,
    now: datetime,
    by: By | None = None,
) -> int:
    """A group of this title within the scope; the one that is there, if there is."""
    made = conn.execute(
        "INSERT INTO trainee_groups (title, scope_kind, scope_ref, created_by, created_at)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (title, scope.kind, scope.ref, author, stored(now)),
    ).rowcount
    row = conn.execute(
        "SELECT id FROM trainee_groups WHERE title = ? AND scope_kind = ? AND scope_ref = ?",
        (title, scope.kind, scope.ref),
    ).fetchone()
    number = int(row[0])
    if made:
        record(conn, by, Deed.GROUP_MADE, object=f"group:{number}", after={"title": title})
    return number


def add(
    conn: sqlite3.Connection,
    group_id: int,
    people: Iterable[int],
    *,
    now: datetime,
    by: By | None = None,
) -> None:
    """Take people in; who is in stays since when they were, who had left begins anew."""
    for person in people:
        changed = conn.execute(
            "INSERT INTO trainee_group_members (group_id, person_id, joined_at) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET joined_at = excluded.joined_at, left_at = NULL"
            " WHERE left_at IS NOT NULL",
            (group_id, person, stored(now)),
        ).rowcount
        _record_member(conn, by, group_id, person, on=True, changed=changed)


def remove(
    conn: sqlite3.Connection,
    group_id: int,
    person_id: int,
    *,
    now: datetime,
    by: By | None = None,
) -> None:
    """Somebody leaves: nothing new is asked of them, what they handed in stays."""
    changed = conn.execute(
        "UPDATE trainee_group_members SET left_at = ?"
        " WHERE group_id = ? AND person_id = ? AND left_at IS NULL",
        (stored(now), group_id, person_id),
    ).rowcount
    _record_member(conn, by, group_id, person_id, on=False, changed=changed)


def _record_member(
    conn: sqlite3.Connection, by: By | None, group_id: int, person: int, *, on: bool, changed: int
) -> None:
    if changed:
        thing, after = f"group:{group_id}", {"in": on}
        record(conn, by, Deed.GROUP_MEMBERS, about=person, object=thing, after=after)


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


def rename(conn: sqlite3.Connection, group: Group, title: str, *, by: By | None = None) -> bool:
    """Another title; False if a group of the same territory has it."""
    taken = conn.execute(
        "SELECT 1 FROM trainee_groups WHERE title = ? AND scope_kind = ? AND scope_ref = ?"
        " AND id <> ?",
        (title, group.scope.kind, group.scope.ref, group.id),
    ).fetchone()
    if taken is not None:
        return False
    if title != group.title:
        conn.execute("UPDATE trainee_groups SET title = ? WHERE id = ?", (title, group.id))
        before, after = {"name": group.title}, {"name": title}
        thing = f"group:{group.id}"
        record(conn, by, Deed.GROUP_RENAMED, object=thing, before=before, after=after)
    return True


def dissolve(conn: sqlite3.Connection, group: Group, *, by: By | None = None) -> bool:
    """End a group; False if tasks were given out to it: they would be asked of nobody."""
    given_out = conn.execute("SELECT 1 FROM tasks WHERE group_id = ?", (group.id,)).fetchone()
    if given_out is not None:
        return False
    gone = conn.execute("DELETE FROM trainee_groups WHERE id = ?", (group.id,)).rowcount
    if gone:
        before: dict[str, Value] = {"title": group.title, "people": group.members}
        thing = f"group:{group.id}"
        record(conn, by, Deed.GROUP_DISSOLVED, object=thing, before=before)
    return True


def members(conn: sqlite3.Connection, group_id: int) -> list[Person]:
    """Who is in the group now, by name."""
    rows = conn.execute(
        f"{PERSON} JOIN trainee_group_members m ON m.person_id = p.id"
        " WHERE m.group_id = ? AND m.left_at IS NULL AND p.registered_at IS NOT NULL"
        " ORDER BY p.search, p.id",
        (group_id,),
    )
    return [person_of(row) for row in rows]


def heads(conn: sqlite3.Connection, group_id: int) -> list[Person]:
    """Who leads the group, by name."""
    rows = conn.execute(
        f"{PERSON} JOIN trainee_group_heads h ON h.person_id = p.id"
        " WHERE h.group_id = ? ORDER BY p.search, p.id",
        (group_id,),
    )
    return [person_of(row) for row in rows]


def set_head(conn: sqlite3.Connection, group: Group, person_id: int, *, on: bool, by: By) -> None:
    """Let somebody lead the group, and tell them; or no longer."""
    if on:
        changed = conn.execute(
            "INSERT INTO trainee_group_heads VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (group.id, person_id, stored(by.at)),
        ).rowcount
    else:
        changed = conn.execute(
            "DELETE FROM trainee_group_heads WHERE group_id = ? AND person_id = ?",
            (group.id, person_id),
        ).rowcount
    if not changed:
        return
    record(conn, by, Deed.GROUP_HEAD, about=person_id, object=f"group:{group.id}", after={"on": on})
    if on:
        outbox.put(
            conn,
            f"group:{group.id}:head:{stored(by.at)}:person:{person_id}",
            person_id=person_id,
            kind=HEAD,
            due_at=by.at,
            payload={"group": group.id},
        )


def led_by(conn: sqlite3.Connection, person_id: int) -> list[Group]:
    """The groups that somebody leads, by title."""
    rows = conn.execute(
        f"{_GROUP} JOIN trainee_group_heads h ON h.group_id = g.id WHERE h.person_id = ?"
        " ORDER BY g.title, g.id",
        (person_id,),
    )
    return [_group(row) for row in rows]


def readable(
    conn: sqlite3.Connection, group_id: int, person_id: int, scopes: Sequence[Scope]
) -> Group | None:
    """A group whose journal somebody may read: they lead it, or give tasks out there."""
    row = conn.execute(f"{_GROUP} WHERE g.id = ?", (group_id,)).fetchone()
    if row is None:
        return None
    group = _group(row)
    leads = conn.execute(
        "SELECT 1 FROM trainee_group_heads WHERE group_id = ? AND person_id = ?",
        (group_id, person_id),
    ).fetchone()
    return group if leads is not None or covered(conn, scopes, group.scope) else None
