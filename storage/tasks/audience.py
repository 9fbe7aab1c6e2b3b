"""Of whom a task is asked, since when, and where each of them stands: one answer for all screens.

The trainee's list, the reminder at send time, «кто не сдал» and the reports all come from here.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage import audiences
from storage.people.people import Role
from storage.scopes import Scope, within
from storage.tasks import of_events, programmes
from storage.tasks.tasks import TASK, Reach, Task, task_of
from storage.times import moment, stored
from surveys import task_dates
from surveys import tasks as rules
from surveys.task_dates import Dates
from surveys.tasks import Standing, Version, VersionState


@dataclass(frozen=True, slots=True)
class Assigned:
    """A task as it stands for one person; `dates` are the effective ones, `versions` oldest first.

    `opens` None in a programme means that the stage before must be accepted first (the dates are
    then those of the task).
    """

    task: Task
    person_id: int
    dates: Dates
    versions: tuple[Version, ...]
    waits_for_previous: bool
    extended: datetime | None

    def standing(self, now: datetime) -> Standing:
        """See `surveys.tasks.standing`."""
        if self.waits_for_previous and not self.versions:
            return Standing.NOT_OPEN
        return rules.standing(self.dates, self.versions, now)

    def refusal(self, now: datetime) -> rules.Refusal | None:
        """See `surveys.tasks.refusal`."""
        if self.waits_for_previous and rules.last(self.versions) is None:
            return rules.Refusal.NOT_OPEN
        return rules.refusal(
            self.dates,
            self.versions,
            attempts=self.task.attempts,
            now=now,
            withdrawn=self.task.withdrawn,
        )

    @property
    def due(self) -> datetime | None:
        """The deadline that holds for this person now."""
        return rules.after_return(self.dates, self.versions).due

    @property
    def cutoff(self) -> datetime | None:
        """The cut-off that holds for this person now."""
        return rules.after_return(self.dates, self.versions).cutoff

    @property
    def draft(self) -> bool:
        """Whether something is being collected."""
        return any(one.state is VersionState.DRAFT for one in self.versions)


def assigned(
    conn: sqlite3.Connection, task: Task, *, people: Iterable[int] | None = None
) -> list[Assigned]:
    """Everybody the task is asked of, or those of `people` among them; by id.

    Whoever handed something in stays, even when the rule no longer covers them.
    """
    wanted = None if people is None else frozenset(people)
    joined = _joined(conn, task, wanted)
    versions = _versions(conn, task.id, wanted)
    for person, handed_in in versions.items():
        if rules.last(handed_in) is not None:
            joined.setdefault(person, None)
    extended = _extensions(conn, task.id, wanted)
    earlier = programmes.before(conn, task.group_id, task.stage) if task.after_previous else None
    accepted = {} if earlier is None else programmes.accepted(conn, earlier)
    found = []
    for person in sorted(joined):
        opens = task_dates.stage_opens(
            task.dates,
            after_previous=earlier is not None,
            previous_accepted=accepted.get(person),
        )
        since = max(filter(None, (joined[person], opens)), default=None)
        own = versions.get(person, ())
        if not own and opens is not None and not task_dates.asked_of(task.dates, joined[person]):
            continue
        found.append(
            Assigned(
                task=task,
                person_id=person,
                dates=task_dates.effective(task.dates, joined=since, extended=extended.get(person)),
                versions=own,
                waits_for_previous=opens is None,
                extended=extended.get(person),
            )
        )
    return found


def one(conn: sqlite3.Connection, task: Task, person_id: int) -> Assigned | None:
    """The task as it stands for one person; None if it is not asked of them."""
    return next(iter(assigned(conn, task, people=(person_id,))), None)


def asked_of(conn: sqlite3.Connection, task_id: int, person_id: int) -> Assigned | None:
    """The same, by the number of the task."""
    row = conn.execute(f"{TASK} WHERE t.id = ?", (task_id,)).fetchone()
    return None if row is None else one(conn, task_of(row), person_id)


def of_person(conn: sqlite3.Connection, person_id: int, *, now: datetime) -> list[Assigned]:
    """A person's list, most urgent first; withdrawn tasks only where something was handed in."""
    rows = conn.execute(
        f"{TASK} WHERE t.withdrawn_at IS NULL OR EXISTS (SELECT 1 FROM submissions s"  # noqa: S608 - a constant of ours
        " WHERE s.task_id = t.id AND s.person_id = ? AND s.state <> 'draft') ORDER BY t.id",
        (person_id,),
    ).fetchall()
    found = [each for row in rows if (each := one(conn, task_of(row), person_id)) is not None]
    return sorted(found, key=lambda each: rules.by_urgency(each.standing(now), each.due))


def not_handed_in(
    conn: sqlite3.Connection, task: Task, scopes: Sequence[Scope], *, now: datetime
) -> list[Assigned]:
    """Who has handed in nothing of an open task, within the asker's scopes."""
    inside = _inside(conn, scopes)
    return [
        each
        for each in assigned(conn, task)
        if rules.last(each.versions) is None
        and each.standing(now) is not Standing.NOT_OPEN
        and (inside is None or each.person_id in inside)
    ]


def missed_by(conn: sqlite3.Connection, people: Iterable[int], *, now: datetime) -> dict[int, int]:
    """How many tasks each of these people has missed, over all tasks of the network."""
    wanted = tuple(people)
    counted = dict.fromkeys(wanted, 0)
    rows = conn.execute(
        f"{TASK} WHERE t.withdrawn_at IS NULL AND t.due_at <= ?", (stored(now),)
    ).fetchall()
    for row in rows:
        for each in assigned(conn, task_of(row), people=wanted):
            counted[each.person_id] += rules.missed(each.dates, each.versions, now)
    return counted


def _inside(conn: sqlite3.Connection, scopes: Sequence[Scope]) -> frozenset[int] | None:
    condition, arguments = within(scopes, "municipality", "organisation_id")
    if condition == "1":
        return None
    rows = conn.execute(f"SELECT id FROM people WHERE {condition}", arguments)  # noqa: S608 - the condition is ours
    return frozenset(row[0] for row in rows)


def _joined(
    conn: sqlite3.Connection, task: Task, wanted: frozenset[int] | None
) -> dict[int, datetime | None]:
    """Since when each person belongs to those the task is asked of."""
    some = None if wanted is None else json.dumps(sorted(wanted))
    if task.reach is Reach.GROUP:
        rows = conn.execute(
            "SELECT m.person_id, m.joined_at FROM trainee_group_members m"
            " JOIN people p ON p.id = m.person_id WHERE m.group_id = ?1 AND m.left_at IS NULL"
            " AND p.registered_at IS NOT NULL"
            " AND (?2 IS NULL OR m.person_id IN (SELECT value FROM json_each(?2)))",
            (task.group_id, some),
        )
    elif task.reach is Reach.EVENT:
        rows = conn.execute(
            "SELECT p.id, min(e.since) FROM people p"  # noqa: S608 - a constant of ours
            f" JOIN ({of_events.PEOPLE}) e ON e.person_id = p.id"
            " WHERE p.registered_at IS NOT NULL"
            " AND (?2 IS NULL OR p.id IN (SELECT value FROM json_each(?2))) GROUP BY p.id",
            (task.for_event_id, some),
        )
    else:
        if wanted is not None and len(wanted) == 1:
            (only,) = wanted
            members = [only] if audiences.includes(conn, task.audience, task.scope, only) else []
        else:
            members = audiences.members(conn, task.audience, task.scope)
            members = [each for each in members if wanted is None or each in wanted]
        since = (
            "coalesce((SELECT min(g.granted_at) FROM grants g"
            " WHERE g.person_id = p.id AND g.role = 'trainee'), p.registered_at)"
            if Role.TRAINEE in task.audience.roles
            else "p.registered_at"
        )
        rows = conn.execute(
            f"SELECT p.id, {since} FROM people p WHERE p.id IN (SELECT value FROM json_each(?))",  # noqa: S608 - one of two expressions of ours
            (json.dumps(members),),
        )
    return {row[0]: moment(row[1]) for row in rows}


def _versions(
    conn: sqlite3.Connection, task_id: int, wanted: frozenset[int] | None
) -> dict[int, tuple[Version, ...]]:
    rows = conn.execute(
        "SELECT s.person_id, s.state, s.attempt, s.submitted_at, r.decided_at FROM submissions s"
        " LEFT JOIN reviews r ON r.submission_id = s.id AND r.verdict IS NOT NULL"
        " WHERE s.task_id = ?1 AND (?2 IS NULL OR s.person_id IN (SELECT value FROM json_each(?2)))"
        " ORDER BY s.version",
        (task_id, None if wanted is None else json.dumps(sorted(wanted))),
    )
    found: dict[int, tuple[Version, ...]] = {}
    for row in rows:
        version = Version(
            VersionState(row["state"]),
            row["attempt"],
            moment(row["submitted_at"]),
            moment(row["decided_at"]),
        )
        found[row["person_id"]] = (*found.get(row["person_id"], ()), version)
    return found


def _extensions(
    conn: sqlite3.Connection, task_id: int, wanted: frozenset[int] | None
) -> dict[int, datetime]:
    rows = conn.execute(
        "SELECT person_id, due_at FROM task_extensions WHERE task_id = ?", (task_id,)
    )
    return {row[0]: moment(row[1]) for row in rows if wanted is None or row[0] in wanted}
