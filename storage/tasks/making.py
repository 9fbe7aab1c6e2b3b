"""Giving a task out: what it is made of, and its row with criteria and template files."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from storage.audiences import Audience
from storage.audit import By, Deed, record
from storage.scopes import Scope
from storage.tasks import programmes
from storage.tasks.tasks import MAX_BYTES, MAX_ITEMS, TRAINEES, Reach, Template
from storage.times import stored
from surveys.task_dates import Dates
from surveys.tasks import Content, Kind, Level


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


def create(
    conn: sqlite3.Connection,
    new: NewTask,
    *,
    author: int | None,
    now: datetime,
    request_key: str | None = None,
    by: By | None = None,
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
    record(conn, by, Deed.TASK_GIVEN, object=f"task:{number}", after={"title": new.title})
    return number


def made_by(conn: sqlite3.Connection, request_key: str) -> int | None:
    """The task that this request made."""
    row = conn.execute("SELECT id FROM tasks WHERE request_key = ?", (request_key,)).fetchone()
    return None if row is None else int(row[0])
