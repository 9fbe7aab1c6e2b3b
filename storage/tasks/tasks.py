"""Case tasks as they stand: what each is, and finding them; `making` and `changing` write them."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.audiences import Audience
from storage.people.people import Role
from storage.scopes import Scope, ScopeKind, covered
from storage.times import moment
from surveys.task_dates import Dates
from surveys.tasks import Content, Kind, Level

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

    def points_of(self, given: Mapping[int, int]) -> tuple[int, int] | None:
        """Points given by criterion → (all together, the most of those criteria); None for none.

        A work can be returned before every criterion has its points.
        """
        scored = [one for one in self.criteria if one.id in given]
        most = sum(one.points for one in scored)
        return (sum(given[one.id] for one in scored), most) if scored else None


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
