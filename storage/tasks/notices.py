"""What the bot says about tasks of itself: new ones, moved deadlines, more time, reminders.

Planned here as rows of the outbox; whether each still applies is asked again when it is sent, by
the same `storage.tasks.audience` that draws the person's list.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from storage import facts, outbox
from storage.audit import By, Deed, record
from storage.people import zones
from storage.tasks import audience as task_audience
from storage.tasks import changing
from storage.tasks.tasks import TASK, Task, task_of
from storage.times import stored
from surveys import task_reminders as reminding
from surveys import tasks as rules
from surveys.task_reminders import Reminder
from surveys.tasks import Standing

NEW = "task-new"
MOVED = "task-moved"
EXTENDED = "task-extended"
REMINDER = "task-reminder"

LAST = "tasks-planned"
"""The fact that holds the minute that was last planned: nobody needs reminders to the second."""

OVER = timedelta(days=60)
"""So long after its deadline nothing of a task is planned any more."""


def plan(conn: sqlite3.Connection, now: datetime, zone: ZoneInfo) -> int:
    """Put what is due; returns how many. Called at every beat, works once a minute.

    A task nobody was told of, or whose dates moved, is seen to at once.
    """
    minute = stored(now)[:16]
    every = facts.get(conn, LAST) != minute
    where = "1" if every else "t.told < t.revision"
    rows = conn.execute(
        f"{TASK} WHERE t.withdrawn_at IS NULL AND t.opens_at <= ?1 AND {where}"
        " AND coalesce(t.cutoff_at, t.due_at, ?1) > ?2",
        (stored(now), stored(now - OVER)),
    ).fetchall()
    own = {person: zones.zone_of(one.zone, zone) for person, one in zones.chosen(conn).items()}
    put = 0
    for row in rows:
        task = task_of(row)
        put += _plan_task(conn, task, told=row["told"], now=now, zone=zone, own=own)
    if every:
        facts.put(conn, LAST, minute)
    return put


def _plan_task(
    conn: sqlite3.Connection,
    task: Task,
    *,
    told: int,
    now: datetime,
    zone: ZoneInfo,
    own: Mapping[int, ZoneInfo],
) -> int:
    planned = outbox.keys(conn, f"task:{task.id}:")
    put = 0
    for each in task_audience.assigned(conn, task):
        if rules.last(each.versions) is not None or each.standing(now) is Standing.NOT_OPEN:
            continue
        person = each.person_id
        key = f"task:{task.id}:new:person:{person}"
        payload = {"task": task.id}
        if key not in planned and not rules.missed(each.dates, each.versions, now):
            put += outbox.put(conn, key, person_id=person, kind=NEW, due_at=now, payload=payload)
        elif told not in {-1, task.revision}:
            put += outbox.put(
                conn,
                f"task:{task.id}:moved:{task.revision}:person:{person}",
                person_id=person,
                kind=MOVED,
                due_at=now,
                payload=payload | {"revision": task.revision},
            )
        due = each.dates.due
        for reminder in reminding.reminders_due(each.dates, now, own.get(person, zone)):
            key = f"task:{task.id}:{reminder.name}:{stored(due)}:person:{person}"
            if due is None or key in planned:
                continue
            put += outbox.put(
                conn,
                key,
                person_id=person,
                kind=REMINDER,
                due_at=now,
                payload=payload | {"reminder": reminder.name, "due": stored(due)},
                expires_at=now + reminding.REMINDER_LIFE if reminder is Reminder.AFTER else due,
            )
    if told != task.revision:
        conn.execute("UPDATE tasks SET told = ? WHERE id = ?", (task.revision, task.id))
    return put


def extend_and_tell(
    conn: sqlite3.Connection,
    task_id: int,
    people: Iterable[int],
    due: datetime,
    *,
    granted_by: int,
    now: datetime,
) -> None:
    """Give people until then, and tell each of them once."""
    chosen = tuple(people)
    until = stored(due)
    known = {
        row["person_id"]
        for row in conn.execute(
            "SELECT person_id FROM task_extensions WHERE task_id = ? AND due_at = ?",
            (task_id, until),
        )
    }
    changing.extend(conn, task_id, chosen, due, granted_by=granted_by, now=now)
    by, thing, after = By(granted_by, now), f"task:{task_id}", {"until": until}
    for person in chosen:
        if person not in known:
            record(conn, by, Deed.TASK_EXTENDED, about=person, object=thing, after=after)
        outbox.put(
            conn,
            f"task:{task_id}:extended:{stored(due)}:person:{person}",
            person_id=person,
            kind=EXTENDED,
            due_at=now,
            payload={"task": task_id, "due": stored(due)},
        )
