"""Case tasks: made, found, moved, withdrawn; those of a roadmap come by `from_events`."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.audiences import Audience
from storage.people.people import Role
from storage.scopes import Scope, ScopeKind, covered
from storage.tasks import programmes
from storage.times import moment, stored
from surveys.tasks import Content, Dates, Kind, Level

MAX_BYTES = 20_000_000
"""What `getFile` gives a bot: 20 MB (core.telegram.org/bots/api#getfile)."""
MAX_ITEMS = 20


TRAINEES = Audience(roles=(Role.TRAINEE,))

TITLE = 120
"""Characters of a title."""


class Reach(StrEnum):
    """Of whom a task is asked."""

    AUDIENCE = "audience"  # a rule: roles, municipalities, networks, people
    GROUP = "group"  # the trainees of a group
    EVENT = "event"  # whoever signed up for the event or came


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a work is judged by; `points` is the most it can bring."""

    id: int
    title: str
    points: int


@dataclass(frozen=True, slots=True)
class Template:
    """A file given out with the task, by Telegram's own id."""

    kind: str  # document, photo or video
    file_id: str
    file_unique_id: str
    name: str


@dataclass(frozen=True, slots=True)
class NewTask:
    """What a task is made of. `file_types` are values of storage.file_types.FileType.

    `event_id` is the row of a roadmap it comes from; `for_event_id` the event whose people it is
    asked of, with `Reach.EVENT`. `programme`: it becomes the last stage of its group's programme.
    """

    scope: Scope
    title: str
    body: str
    kind: Kind
    level: Level | None
    dates: Dates
    reach: Reach = Reach.AUDIENCE
    audience: Audience = TRAINEES
    group_id: int | None = None
    event_id: int | None = None
    for_event_id: int | None = None
    stage: int | None = None
    programme: bool = False
    after_previous: bool = False
    number: str = ""
    accepts: tuple[Content, ...] = ()
    file_types: tuple[str, ...] = ()
    max_items: int = MAX_ITEMS
    max_bytes: int = MAX_BYTES
    review_by: datetime | None = None
    attempts: int | None = None
    criteria: tuple[tuple[str, int], ...] = ()
    templates: tuple[Template, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A task as it stands. `revision` grows with each date that moves."""

    id: int
    scope: Scope
    event_id: int | None
    for_event_id: int | None
    reach: Reach
    audience: Audience
    group_id: int | None
    stage: int | None
    after_previous: bool
    number: str
    title: str
    body: str
    kind: Kind
    level: Level | None
    accepts: tuple[Content, ...]
    file_types: tuple[str, ...]
    max_items: int
    max_bytes: int
    dates: Dates
    review_by: datetime | None
    attempts: int | None
    revision: int
    created_by: int | None
    withdrawn: bool
    criteria: tuple[Criterion, ...]

    @property
    def most_points(self) -> int:
        """The points of a perfect work; 0 where it is accepted or returned only."""
        return sum(one.points for one in self.criteria)


TASK = """
SELECT t.*, (SELECT json_group_array(json_array(c.id, c.title, c.points)) FROM
  (SELECT id, title, points FROM task_criteria WHERE task_id = t.id ORDER BY position) c)
  AS criteria
FROM tasks t
"""


def task_of(row: sqlite3.Row) -> Task:
    """The task of a row selected with `TASK`."""
    return Task(
        id=row["id"],
        scope=Scope(ScopeKind(row["scope_kind"]), row["scope_ref"]),
        event_id=row["event_id"],
        for_event_id=row["for_event_id"],
        reach=Reach(row["reach"]),
        audience=Audience.model_validate_json(row["audience"]),
        group_id=row["group_id"],
        stage=row["stage"],
        after_previous=bool(row["after_previous"]),
        number=row["number"],
        title=row["title"],
        body=row["body"],
        kind=Kind(row["kind"]),
        level=None if row["level"] is None else Level(row["level"]),
        accepts=tuple(map(Content, json.loads(row["accepts"]))),
        file_types=tuple(json.loads(row["file_types"])),
        max_items=row["max_items"],
        max_bytes=row["max_bytes"],
        dates=Dates(moment(row["opens_at"]), moment(row["due_at"]), moment(row["cutoff_at"])),
        review_by=moment(row["review_until"]),
        attempts=row["attempts"],
        revision=row["revision"],
        created_by=row["created_by"],
        withdrawn=row["withdrawn_at"] is not None,
        criteria=tuple(Criterion(*one) for one in json.loads(row["criteria"])),
    )


def create(
    conn: sqlite3.Connection,
    new: NewTask,
    *,
    author: int | None,
    now: datetime,
    request_key: str | None = None,
) -> int:
    """Make a task; the same request handled again finds the one it made."""
    if request_key is not None:
        made = made_by(conn, request_key)
        if made is not None:
            return made
    stage = programmes.next_stage(conn, new.group_id) if new.programme else new.stage
    if stage is None and new.after_previous:
        message = "a task that waits for the stage before needs its own place"
        raise ValueError(message)
    values: dict[str, str | int | None] = {
        "scope_kind": new.scope.kind,
        "scope_ref": new.scope.ref,
        "event_id": new.event_id,
        "for_event_id": new.for_event_id,
        "reach": new.reach,
        "audience": new.audience.model_dump_json(),
        "group_id": new.group_id,
        "stage": stage,
        "after_previous": int(new.after_previous),
        "number": new.number,
        "title": new.title,
        "body": new.body,
        "kind": new.kind,
        "level": new.level,
        "accepts": json.dumps(new.accepts),
        "file_types": json.dumps(new.file_types),
        "max_items": new.max_items,
        "max_bytes": min(new.max_bytes, MAX_BYTES),
        "opens_at": stored(new.dates.opens),
        "due_at": stored(new.dates.due),
        "cutoff_at": stored(new.dates.cutoff),
        "review_until": stored(new.review_by),
        "attempts": new.attempts,
        "created_by": author,
        "created_at": stored(now),
        "request_key": request_key,
    }
    names, places = ", ".join(values), ", ".join("?" * len(values))
    row = conn.execute(
        f"INSERT INTO tasks ({names}) VALUES ({places}) RETURNING id",  # noqa: S608 - names of ours
        tuple(values.values()),
    ).fetchone()
    number = int(row[0])
    conn.executemany(
        "INSERT INTO task_criteria (task_id, position, title, points) VALUES (?, ?, ?, ?)",
        [(number, place, *one) for place, one in enumerate(new.criteria)],
    )
    conn.executemany(
        "INSERT INTO task_files (task_id, kind, file_id, file_unique_id, name)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(number, one.kind, one.file_id, one.file_unique_id, one.name) for one in new.templates],
    )
    return number


def made_by(conn: sqlite3.Connection, request_key: str) -> int | None:
    """The task that this request made."""
    row = conn.execute("SELECT id FROM tasks WHERE request_key = ?", (request_key,)).fetchone()
    return None if row is None else int(row[0])


def find(conn: sqlite3.Connection, task_id: int) -> Task | None:
    """One task, for anybody: whether it may be shown is the caller's question."""
    row = conn.execute(f"{TASK} WHERE t.id = ?", (task_id,)).fetchone()
    return None if row is None else task_of(row)


def find_for_staff(conn: sqlite3.Connection, task_id: int, scopes: Sequence[Scope]) -> Task | None:
    """One task whose scope lies within the asker's."""
    task = find(conn, task_id)
    return task if task is not None and covered(conn, scopes, task.scope) else None


def list_for_staff(conn: sqlite3.Connection, scopes: Sequence[Scope]) -> list[Task]:
    """The tasks within the scopes that are still asked, newest first."""
    rows = conn.execute(f"{TASK} WHERE t.withdrawn_at IS NULL ORDER BY t.id DESC")
    return [task for row in rows if covered(conn, scopes, (task := task_of(row)).scope)]


def waiting(conn: sqlite3.Connection) -> dict[int, int]:
    """How many works of each task wait for their review."""
    rows = conn.execute(
        "SELECT task_id, count(*) FROM submissions WHERE state = 'waiting' GROUP BY task_id"
    )
    return {row[0]: row[1] for row in rows}


def templates(conn: sqlite3.Connection, task_id: int) -> list[Template]:
    """The files given out with the task."""
    rows = conn.execute(
        "SELECT kind, file_id, file_unique_id, name FROM task_files WHERE task_id = ? ORDER BY id",
        (task_id,),
    )
    return [Template(*row) for row in rows]


def move(
    conn: sqlite3.Connection,
    task_id: int,
    *,
    due: datetime | None,
    cutoff: datetime | None,
) -> bool:
    """Set deadline and cut-off; True if anything changed (then one corrected notice goes out)."""
    return (
        conn.execute(
            "UPDATE tasks SET due_at = ?1, cutoff_at = ?2, revision = revision + 1"
            " WHERE id = ?3 AND (due_at IS NOT ?1 OR cutoff_at IS NOT ?2)",
            (stored(due), stored(cutoff), task_id),
        ).rowcount
        > 0
    )


def withdraw(conn: sqlite3.Connection, task_id: int, *, now: datetime) -> None:
    """Ask it no longer. What was handed in stays and can still be judged."""
    conn.execute(
        "UPDATE tasks SET withdrawn_at = ? WHERE id = ? AND withdrawn_at IS NULL",
        (stored(now), task_id),
    )


def extend(
    conn: sqlite3.Connection,
    task_id: int,
    people: Iterable[int],
    due: datetime,
    *,
    granted_by: int,
    now: datetime,
) -> None:
    """Give people until then; an extension given before is replaced."""
    conn.executemany(
        "INSERT INTO task_extensions (task_id, person_id, due_at, granted_by, granted_at)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET due_at = excluded.due_at,"
        " granted_by = excluded.granted_by, granted_at = excluded.granted_at",
        [(task_id, person, stored(due), granted_by, stored(now)) for person in people],
    )
