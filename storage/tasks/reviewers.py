"""Whose works somebody may review: their scopes, and among experts those a task is entrusted to.

Whoever gives tasks out (coordinators, admins) sees every work of their scopes. An expert sees a
work of theirs only where nobody in particular reviews the task, or they do.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storage.audit import By, Deed, record
from storage.people.people import PERSON, Person, Role, person_of
from storage.scopes import PERSON_PLACE, Scope, covered, municipalities_of, within
from storage.tasks.tasks import Task


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who reviews: `scopes` where they may, `leads` where they see the works of every task."""

    id: int
    scopes: tuple[Scope, ...]
    leads: tuple[Scope, ...] = ()

    def sees(self, task: str) -> tuple[str, list[str | int]]:
        """The SQL condition that a work of the person `p` is theirs to see, with its arguments.

        `task` is an SQL expression of ours for the task's id.
        """
        everywhere, first = within(self.leads, *PERSON_PLACE)
        entrusted, second = within(self.scopes, *PERSON_PLACE)
        return (
            f"({everywhere} OR ({entrusted} AND (NOT EXISTS (SELECT 1 FROM task_reviewers x"  # noqa: S608 - the expressions are ours
            f" WHERE x.task_id = {task}) OR EXISTS (SELECT 1 FROM task_reviewers x"
            f" WHERE x.task_id = {task} AND x.person_id = ?))))",
            [*first, *second, self.id],
        )


def leading(person_id: int, scopes: Sequence[Scope]) -> Reviewer:
    """Somebody who gives tasks out within these scopes."""
    return Reviewer(person_id, tuple(scopes), tuple(scopes))


def experts(conn: sqlite3.Connection, task: Task, scopes: Sequence[Scope]) -> list[Person]:
    """The experts who can be entrusted with a task: their territory meets it; by name."""
    wanted = municipalities_of(conn, task.scope)
    found = []
    for row in conn.execute(
        f"{PERSON} WHERE p.registered_at IS NOT NULL AND EXISTS (SELECT 1 FROM grants g"  # noqa: S608 - a constant of ours
        " WHERE g.person_id = p.id AND g.role = 'expert') ORDER BY p.search, p.id"
    ).fetchall():
        person = person_of(row)
        own = [grant.scope for grant in person.grants if grant.role is Role.EXPERT]
        near = any(
            covered(conn, scopes, scope) or covered(conn, [scope], task.scope) for scope in own
        )
        if near and any(
            covered(conn, [task.scope], scope)
            or covered(conn, [scope], task.scope)
            or _meet(wanted, municipalities_of(conn, scope))
            for scope in own
        ):
            found.append(person)
    return found


def of_task(conn: sqlite3.Connection, task_id: int) -> frozenset[int]:
    """Who is entrusted with a task; nobody means every expert of the territory."""
    rows = conn.execute("SELECT person_id FROM task_reviewers WHERE task_id = ?", (task_id,))
    return frozenset(row[0] for row in rows)


def entrust(
    conn: sqlite3.Connection,
    task: Task,
    person_id: int,
    scopes: Sequence[Scope],
    *,
    on: bool,
    by: By | None = None,
) -> bool:
    """Entrust an expert with a task, or no longer; False if they are none of `experts`."""
    if on and person_id not in {one.id for one in experts(conn, task, scopes)}:
        return False
    change = (
        "INSERT INTO task_reviewers VALUES (?, ?) ON CONFLICT DO NOTHING"
        if on
        else "DELETE FROM task_reviewers WHERE task_id = ? AND person_id = ?"
    )
    if conn.execute(change, (task.id, person_id)).rowcount:
        thing = f"task:{task.id}"
        record(conn, by, Deed.TASK_ENTRUSTED, about=person_id, object=thing, after={"on": on})
    return True


def _meet(one: Iterable[str] | None, other: Iterable[str] | None) -> bool:
    if one is None or other is None:
        return True
    return bool(frozenset(one) & frozenset(other))
