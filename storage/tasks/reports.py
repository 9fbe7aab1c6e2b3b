"""How a task goes and what a trainee has done: the figures behind cards, workbooks and journals."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from storage.people import people
from storage.people.people import Person
from storage.scopes import Scope, municipalities_in, organisations_in
from storage.tasks import audience as task_audience
from storage.tasks import reviews, submissions
from storage.tasks.audience import Assigned
from storage.tasks.submissions import Submission
from storage.tasks.tasks import TASK, Task, task_of
from storage.times import moment, stored
from surveys import tasks as rules
from surveys.tasks import Standing, VersionState


@dataclass(frozen=True, slots=True)
class Row:
    """One person and one task. `points` by criterion, of the last finished review.

    `spoken`: its comment is a voice message.

    `attempts` counts judged and waiting ones; `late` is of the first version in seconds; `waited`
    is the mean time from handing in to a verdict.
    """

    person: Person
    standing: Standing
    due: datetime | None
    attempts: int
    late: int
    submitted_at: datetime | None
    accepted_at: datetime | None
    points: dict[int, int]
    comment: str
    waited: timedelta | None
    spoken: bool = False
    at_risk: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of people; `accepted` by the attempt at which it was."""

    asked: int = 0
    nothing: int = 0
    waiting: int = 0
    returned: int = 0
    late: int = 0
    accepted: dict[int, int] = field(default_factory=dict)

    @property
    def accepted_in_all(self) -> int:
        """At whichever attempt."""
        return sum(self.accepted.values())


@dataclass(frozen=True, slots=True)
class Visit:
    """An event somebody came to."""

    title: str
    day: datetime | None


def rows(
    conn: sqlite3.Connection, task: Task, scopes: Sequence[Scope], *, now: datetime
) -> list[Row]:
    """Everybody within the scopes of whom the task is asked, by municipality and name."""
    inside = _insider(conn, scopes)
    found = []
    for each in task_audience.assigned(conn, task):
        person = people.by_id(conn, each.person_id)
        if person is None or not inside(person):
            continue
        found.append(_row(conn, each, person, now))
    return sorted(
        found,
        key=lambda row: (
            row.person.municipality or "",
            row.person.surname or "",
            row.person.first_name or "",
            row.person.id,
        ),
    )


def progress(of: Sequence[Row]) -> Progress:
    """The counts of `rows`; whoever it is not open to yet counts as asked only."""
    standings = Counter(row.standing for row in of)
    none = {Standing.OVERDUE, Standing.THIS_WEEK, Standing.LATER, Standing.MISSED}
    return Progress(
        asked=len(of),
        nothing=sum(row.standing in none and not row.attempts for row in of),
        waiting=standings[Standing.WAITING],
        returned=sum(
            row.attempts > 0 and row.standing not in {Standing.WAITING, Standing.ACCEPTED}
            for row in of
        ),
        late=sum(row.late > 0 for row in of),
        accepted=dict(
            sorted(Counter(row.attempts for row in of if row.standing is Standing.ACCEPTED).items())
        ),
    )


def trainees(conn: sqlite3.Connection, scopes: Sequence[Scope]) -> list[Person]:
    """Every registered trainee within the scopes, by name."""
    inside = _insider(conn, scopes)
    found = conn.execute(
        f"{people.PERSON} WHERE p.registered_at IS NOT NULL AND EXISTS (SELECT 1 FROM grants g"  # noqa: S608 - a constant of ours
        " WHERE g.person_id = p.id AND g.role = 'trainee') ORDER BY p.search, p.id"
    )
    return [person for row in found if inside(person := people.person_of(row))]


def visits(conn: sqlite3.Connection, person_id: int) -> list[Visit]:
    """The events somebody came to, oldest first."""
    found = conn.execute(
        "SELECT e.title, o.label, coalesce(o.starts_at, a.marked_at) AS day FROM attendances a"
        " JOIN occurrences o ON o.id = a.occurrence_id JOIN events e ON e.id = o.event_id"
        " WHERE a.person_id = ? ORDER BY day, a.occurrence_id",
        (person_id,),
    )
    return [
        Visit(" ".join(filter(None, (row["title"], row["label"]))), moment(row["day"]))
        for row in found
    ]


def journal(conn: sqlite3.Connection, person: Person, *, now: datetime) -> list[tuple[Task, Row]]:
    """Every task of somebody, in the order of deadlines."""
    found = [
        (each.task, _row(conn, each, person, now))
        for each in task_audience.of_person(conn, person.id, now=now)
    ]
    return sorted(found, key=lambda pair: (stored(pair[1].due) if pair[1].due else "9", pair[0].id))


def group_tasks(conn: sqlite3.Connection, group_id: int) -> list[Task]:
    """The programme of a group, stage by stage, then what stands outside it."""
    found = conn.execute(
        f"{TASK} WHERE t.group_id = ? AND t.withdrawn_at IS NULL"
        " ORDER BY t.stage IS NULL, t.stage, t.id",
        (group_id,),
    )
    return [task_of(row) for row in found]


def works(
    conn: sqlite3.Connection, task: Task, scopes: Sequence[Scope]
) -> list[tuple[Person, Submission]]:
    """Every version handed in for a task within the scopes, for the archive."""
    inside = _insider(conn, scopes)
    found = []
    for row in conn.execute(
        f"{submissions.SUBMISSION} WHERE s.task_id = ? AND s.state NOT IN ('draft', 'replaced')"
        " ORDER BY s.person_id, s.version",
        (task.id,),
    ).fetchall():
        own = submissions.submission_of(row)
        person = people.by_id(conn, own.person_id)
        if person is not None and inside(person):
            found.append((person, own))
    return found


def _row(conn: sqlite3.Connection, each: Assigned, person: Person, now: datetime) -> Row:
    handed_in = [
        own
        for own in submissions.history(conn, each.task.id, person.id)
        if own.state is not VersionState.REPLACED
    ]
    waits: list[timedelta] = []
    points: dict[int, int] = {}
    comment, spoken, accepted_at = "", False, None
    for own in handed_in:
        review = reviews.of_submission(conn, own.id)
        if review is None or review.decided_at is None or own.submitted_at is None:
            continue
        waits.append(review.decided_at - own.submitted_at)
        points, comment = review.points, review.comment
        spoken = review.voice_file_id is not None
        if own.state is VersionState.ACCEPTED:
            accepted_at = review.decided_at
    newest = rules.last(each.versions)
    return Row(
        person=person,
        standing=each.standing(now),
        due=each.due,
        attempts=0 if newest is None else newest.attempt,
        late=handed_in[0].late if handed_in else 0,
        submitted_at=handed_in[-1].submitted_at if handed_in else None,
        accepted_at=accepted_at,
        points=points,
        comment=comment,
        spoken=spoken,
        waited=sum(waits, timedelta()) / len(waits) if waits else None,
    )


def _insider(conn: sqlite3.Connection, scopes: Sequence[Scope]) -> Callable[[Person], bool]:
    """Whether somebody lies within the scopes, asked of many people."""
    towns, organisations = municipalities_in(conn, scopes), organisations_in(conn, scopes)
    return lambda person: (
        towns is None or person.municipality in towns or person.organisation_id in organisations
    )
