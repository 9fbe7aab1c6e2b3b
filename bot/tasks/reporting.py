"""The workbooks of tasks and journals: rows of the store → lines of a report → a file."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from bot.texts.groups import JOURNAL
from bot.texts.people import short_name
from bot.texts.task_report import ALL_TITLE, LABELS, SPOKEN, level
from bot.texts.tasks import named
from reports.group_report import Trainee, describe_group
from reports.report import Report
from reports.task_lines import Line
from reports.task_report import describe_all, describe_task
from reports.trainee_journal import describe_journal
from reports.workbook import write
from storage.files import names as file_names
from storage.people.people import Person
from storage.tasks.group_journal import Member
from storage.tasks.groups import Group
from storage.tasks.reports import Row, Visit
from storage.tasks.tasks import Task


async def write_task(task: Task, rows: Sequence[Row], target: Path, now: datetime) -> None:
    """One task; `now` is in the network's zone."""
    lines = [line(task, row, now) for row in rows]
    criteria = [(one.title, one.points) for one in task.criteria]
    title = named(task.number, task.title)
    report = describe_task(title, criteria, lines, made_at=naive(now), labels=LABELS)
    await _write(report, target)


async def write_all(
    found: Iterable[tuple[Task, Sequence[Row]]],
    groups: Mapping[int, str],
    at_risk: frozenset[int],
    target: Path,
    now: datetime,
) -> None:
    """All tasks of a scope; `groups` is id → title."""
    lines = [
        line(
            task,
            row,
            now,
            group=groups.get(task.group_id or 0, ""),
            at_risk=row.person.id in at_risk,
        )
        for task, rows in found
        for row in rows
    ]
    await _write(describe_all(ALL_TITLE, lines, made_at=naive(now), labels=LABELS), target)


async def write_journal(
    person: Person,
    visits: Sequence[Visit],
    found: Sequence[tuple[Task, Row]],
    target: Path,
    now: datetime,
) -> None:
    """A trainee's journal."""
    where = ", ".join(filter(None, (person.organisation, person.municipality)))
    report = describe_journal(
        " ".join(filter(None, (person.surname, person.first_name, person.patronymic))),
        where,
        [
            (one.title, None if one.day is None else naive(one.day.astimezone(now.tzinfo)))
            for one in visits
        ],
        [line(task, row, now) for task, row in found],
        made_at=naive(now),
        labels=LABELS,
    )
    await _write(report, target)


async def write_group(group: Group, members: Sequence[Member], target: Path, now: datetime) -> None:
    """The journal of a group."""
    stages = {
        task.id: task
        for member in members
        for task, _ in member.tasks
        if task.group_id == group.id and task.stage is not None and not task.withdrawn
    }
    programme = sorted(stages.values(), key=lambda task: task.stage or 0)
    trainees = []
    for member in members:
        own = {task.id: line(task, row, now, at_risk=member.at_risk) for task, row in member.tasks}
        trainees.append(
            Trainee(
                person=short_name(member.person),
                visits=tuple(
                    (one.title, None if one.day is None else naive(one.day.astimezone(now.tzinfo)))
                    for one in member.visits
                ),
                lines=tuple(own.values()),
                stages=tuple(own.get(task.id) for task in programme),
                at_risk=member.at_risk,
            )
        )
    titles = [named(task.number, task.title) for task in programme]
    report = describe_group(
        f"{JOURNAL}: {group.title}", titles, trainees, made_at=naive(now), labels=LABELS
    )
    await _write(report, target)


def line(task: Task, row: Row, now: datetime, *, group: str = "", at_risk: bool = False) -> Line:
    """A row of the store as the report's own value."""
    person, points = row.person, task.points_of(row.points)

    def local(moment: datetime | None) -> datetime | None:
        return None if moment is None else naive(moment.astimezone(now.tzinfo))

    return Line(
        task=named(task.number, task.title),
        level=level(task),
        group=group,
        person=short_name(person),
        municipality=person.municipality or "",
        organisation=person.organisation or "",
        standing=row.standing,
        attempts=row.attempts,
        due=local(row.due),
        submitted_at=local(row.submitted_at),
        late=timedelta(seconds=row.late),
        waited=row.waited,
        points=tuple(row.points.get(one.id) for one in task.criteria),
        comment=SPOKEN if row.spoken else row.comment,
        at_risk=at_risk or row.at_risk,
        most=None if points is None else points[1],
    )


def naive(moment: datetime) -> datetime:
    """Without its zone: workbooks have none, and the reader's is meant."""
    return moment.replace(tzinfo=None, microsecond=0)


def file_name(words: str, ending: str) -> str:
    """A name that every file system takes."""
    return f"{file_names.part(words, fallback='report')}.{ending}"


async def _write(report: Report, target: Path) -> None:
    await asyncio.to_thread(write, report, target)
