"""Case tasks: made by hand or from an event of the roadmap, found, moved, withdrawn."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from roadmap.model import Task as RoadmapTask
from roadmap.vocabulary import LEVEL_STEMS
from storage.audiences import Audience
from storage.people.people import Role
from storage.scopes import Scope, ScopeKind, covered
from storage.times import moment, stored
from surveys.tasks import Content, Dates, Kind, Level

MAX_BYTES = 20_000_000
"""What `getFile` gives a bot: 20 MB (core.telegram.org/bots/api#getfile)."""
MAX_ITEMS = 20
_LEVELS = dict(zip(LEVEL_STEMS, Level, strict=True))


TRAINEES = Audience(roles=(Role.TRAINEE,))


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
    """What a task is made of. `file_types` are values of storage.file_types.FileType."""

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
    stage: int | None = None
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
    if new.stage is None and new.group_id is not None and new.after_previous:
        message = "a task that waits for the stage before needs its own place"
        raise ValueError(message)
    number = int(
        conn.execute(
            "INSERT INTO tasks (scope_kind, scope_ref, event_id, reach, audience, group_id, stage,"
            " after_previous, number, title, body, kind, level, accepts, file_types, max_items,"
            " max_bytes, opens_at, due_at, cutoff_at, review_until, attempts, created_by,"
            " created_at, request_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
            " ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                new.scope.kind,
                new.scope.ref,
                new.event_id,
                new.reach,
                new.audience.model_dump_json(),
                new.group_id,
                new.stage,
                int(new.after_previous),
                new.number,
                new.title,
                new.body,
                new.kind,
                new.level,
                json.dumps(new.accepts),
                json.dumps(new.file_types),
                new.max_items,
                min(new.max_bytes, MAX_BYTES),
                stored(new.dates.opens),
                stored(new.dates.due),
                stored(new.dates.cutoff),
                stored(new.review_by),
                new.attempts,
                author,
                stored(now),
                request_key,
            ),
        ).fetchone()[0]
    )
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


def from_event(
    conn: sqlite3.Connection,
    event_id: int,
    *,
    author: int | None,
    zone: tzinfo,
    now: datetime,
) -> int | None:
    """Make or update the task of an event, as the event stands now.

    Called whenever a roadmap is imported or an event is changed; calling it again changes nothing.
    It opens with the event: a year's tasks given out on one day would only be noise.
    The last day to hand in ends at midnight of `zone`. A moved date sends one corrected notice.

    Returns:
        The task's id; None if the event has no task (one it had before is withdrawn).
    """
    event = conn.execute("SELECT * FROM events WHERE id = ?", (event_id,)).fetchone()
    row = conn.execute("SELECT id FROM tasks WHERE event_id = ?", (event_id,)).fetchone()
    if event is None or event["task"] is None or event["withdrawn_at"] is not None:
        if row is not None:
            withdraw(conn, row["id"], now=now)
        return None
    read = RoadmapTask.model_validate_json(event["task"])
    due = (
        None if read.due is None else datetime.combine(read.due + timedelta(days=1), time(0), zone)
    )
    title = read.text if len(read.text) <= TITLE else read.text[: TITLE - 1].rstrip() + "…"
    level = None if read.level is None else _LEVELS.get(read.level)
    opens = max(_begins(conn, event_id, zone) or now, now)
    if due is not None and opens >= due:  # the term of the task ends before the event's own
        opens = now
    if row is None:
        return create(
            conn,
            NewTask(
                scope=Scope(ScopeKind(event["scope_kind"]), event["scope_ref"]),
                title=title,
                body=read.text,
                kind=Kind.OTHER,
                level=level,
                dates=Dates(opens, due),
                event_id=event_id,
                number=event["number"],
            ),
            author=author,
            now=now,
        )
    number = int(row["id"])
    conn.execute(
        "UPDATE tasks SET title = ?, body = ?, level = coalesce(?, level), number = ?,"
        " withdrawn_at = NULL WHERE id = ?",
        (title, read.text, level, event["number"], number),
    )
    conn.execute(
        "UPDATE tasks SET opens_at = ? WHERE id = ? AND opens_at > ?",
        (stored(opens), number, stored(now)),
    )
    task = find(conn, number)
    if task is not None and due is not None:
        cutoff = task.dates.cutoff
        if cutoff is not None and task.dates.due is not None:
            cutoff += due - task.dates.due
        move(conn, number, due=due, cutoff=cutoff)
    return number


def _begins(conn: sqlite3.Connection, event_id: int, zone: tzinfo) -> datetime | None:
    """When the first meeting of an event begins: its hour, else the first day of its window."""
    row = conn.execute(
        "SELECT min(starts_at) AS starts, min(window_start) AS day FROM occurrences"
        " WHERE event_id = ? AND cancelled_at IS NULL",
        (event_id,),
    ).fetchone()
    starts: str | None = row["starts"]
    if starts is not None:
        return moment(starts)
    if row["day"] is None:
        return None
    return datetime.combine(date.fromisoformat(row["day"]), MORNING, zone)


MORNING = time(9)
TITLE = 120
"""Characters of a title."""
