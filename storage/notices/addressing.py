"""Whom a notice goes to where only a look at the tasks can tell: who has not handed in.

`storage.audiences` evaluates a rule as one condition of SQL; whether somebody is asked for a task
and has handed it in is decided by the rules of tasks, person by person, for all screens alike. So
an audience is settled first: what is said of tasks becomes a list of people, of this moment.
"""

import sqlite3
from datetime import datetime

from storage import audiences
from storage.audiences import Audience, Reach
from storage.scopes import REGION, Scope
from storage.tasks import audience as task_audience
from storage.tasks import tasks

NOBODY = 0
"""No person's id: an empty list would mean anybody."""


def settled(conn: sqlite3.Connection, audience: Audience, *, now: datetime) -> Audience:
    """The audience with everything said of tasks looked up."""
    people = audience.people
    if audience.unsubmitted:
        owing = _owing(conn, audience.unsubmitted, now=now)
        people = tuple(sorted(owing & set(people) if people else owing)) or (NOBODY,)
    return audience.model_copy(
        update={
            "people": people,
            "unsubmitted": (),
            "also": tuple(settled(conn, one, now=now) for one in audience.also),
            "but": tuple(settled(conn, one, now=now) for one in audience.but),
        }
    )


def reach(conn: sqlite3.Connection, audience: Audience, scope: Scope, *, now: datetime) -> Reach:
    """The live count shown while it is being chosen."""
    return audiences.reach(conn, settled(conn, audience, now=now), scope)


def _owing(conn: sqlite3.Connection, numbers: tuple[int, ...], *, now: datetime) -> set[int]:
    """Who has handed in nothing of one of these tasks; nobody of a task that is withdrawn."""
    found: set[int] = set()
    for number in numbers:
        task = tasks.find(conn, number)
        if task is not None and not task.withdrawn:
            # The scope of the notice narrows it afterwards, like everything else.
            waited_for = task_audience.not_handed_in(conn, task, (REGION,), now=now)
            found.update(each.person_id for each in waited_for)
    return found
