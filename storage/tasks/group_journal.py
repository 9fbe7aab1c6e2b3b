"""The journal of a group: how far each of its trainees has come."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from storage.people.people import Person
from storage.tasks import audience, groups, programmes, reports, tasks
from storage.tasks.groups import Group
from storage.tasks.reports import Row, Visit
from storage.tasks.tasks import Task
from surveys import tasks as rules
from surveys.tasks import Standing


@dataclass(frozen=True, slots=True)
class Member:
    """One of the group: visits, every task asked of them, and what that comes to."""

    person: Person
    visits: tuple[Visit, ...]
    tasks: tuple[tuple[Task, Row], ...]
    now: datetime

    def count(self, *standings: Standing) -> int:
        """How many tasks stand so."""
        return sum(row.standing in standings for _, row in self.tasks)

    @property
    def points(self) -> int:
        """All points of finished reviews together."""
        return sum(sum(row.points.values()) for _, row in self.tasks)

    @property
    def at_risk(self) -> bool:
        """Whether so many tasks were missed that somebody should ask after them."""
        missed = sum(
            not row.attempts and row.due is not None and self.now >= row.due
            for _, row in self.tasks
            if row.standing in {Standing.OVERDUE, Standing.MISSED}
        )
        return rules.at_risk(missed)


def read(conn: sqlite3.Connection, group: Group, *, now: datetime) -> list[Member]:
    """Everybody in the group, by name."""
    return [
        Member(
            person,
            tuple(reports.visits(conn, person.id)),
            tuple(reports.journal(conn, person, now=now)),
            now,
        )
        for person in groups.members(conn, group.id)
    ]


def programme(
    conn: sqlite3.Connection, group: Group, *, now: datetime
) -> list[tuple[Task, int, int]]:
    """Each stage with how many of the group were accepted, and of how many it is asked by now."""
    found = []
    for number in programmes.stages(conn, group.id):
        task = tasks.find(conn, number)
        if task is None:
            continue
        standings = [each.standing(now) for each in audience.assigned(conn, task)]
        found.append((task, standings.count(Standing.ACCEPTED), len(standings)))
    return found
