"""Tasks that come from section 4 of a roadmap: made with the event, and changed as it changes."""

import sqlite3
from datetime import date, datetime, time, timedelta, tzinfo

from roadmap.model import Task as RoadmapTask
from roadmap.vocabulary import LEVEL_STEMS
from storage.scopes import Scope, ScopeKind
from storage.tasks.changing import move, withdraw
from storage.tasks.making import NewTask, create
from storage.tasks.tasks import TITLE, find
from storage.times import moment, stored
from surveys.task_dates import Dates
from surveys.tasks import Kind, Level

_LEVELS = dict(zip(LEVEL_STEMS, Level, strict=True))
MORNING = time(9)


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
