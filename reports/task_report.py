"""Reports on case tasks: one task in detail, all tasks of a scope, and a trainee's journal.

Works are counted by what their last version came to. A share «с первой попытки» is of those
accepted, so that a task just given out does not look failed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from reports.report import (
    Block,
    Cell,
    Column,
    Figure,
    Figures,
    Format,
    Note,
    Page,
    Records,
    Report,
    Table,
    Words,
)
from surveys.tasks import Standing


@dataclass(frozen=True)
class Labels:
    """The words; fields whose comment names `{fields}` are templates."""

    words: Words
    summary: str
    people: str
    tasks: str
    asked: str
    nothing: str
    waiting: str
    returned: str
    accepted: str
    first: str
    second: str
    later: str
    late: str
    share_first: str
    review_time: str
    hours: str
    mean_points: str
    most: str
    by_municipality: str
    by_level: str
    by_group: str
    by_task: str
    municipality: str
    level: str
    no_level: str
    group: str
    task: str
    trainee: str
    organisation: str
    standing: str
    attempts: str
    due: str
    submitted: str
    late_by: str
    points: str
    comment: str
    criterion: str
    at_risk: str
    yes: str
    total: str
    events: str
    visits: str
    programme: str
    event: str
    day: str
    journal: str
    no_events: str
    no_tasks: str
    subtitle: str  # {date}
    standings: dict[Standing, str]
    files: dict[str, str]


@dataclass(frozen=True)
class Line:
    """One person and one task. Moments are naive, in the reader's zone."""

    task: str
    level: str
    group: str
    person: str
    municipality: str
    organisation: str
    standing: Standing
    attempts: int
    due: datetime | None
    submitted_at: datetime | None
    late: timedelta
    waited: timedelta | None
    points: tuple[int | None, ...]
    comment: str
    at_risk: bool = False

    @property
    def total(self) -> int | None:
        """All points together; None where none were given."""
        given = [one for one in self.points if one is not None]
        return sum(given) if given else None


def describe_task(
    title: str,
    criteria: Sequence[tuple[str, int]],
    lines: Sequence[Line],
    *,
    made_at: datetime,
    labels: Labels,
) -> Report:
    """One task: how it goes, by municipality, points by criterion, and everybody."""
    blocks: tuple[Block, ...] = (
        _figures(lines, labels),
        _table(
            labels.by_municipality, labels.municipality, lines, lambda x: x.municipality, labels
        ),
        *_criteria(criteria, lines, labels),
    )
    subtitle = labels.subtitle.format(date=made_at.strftime("%d.%m.%Y %H:%M"))
    return Report(
        title=title,
        subject="",
        made_at=made_at,
        sheets=(
            Page(labels.summary, blocks, heading=title, subtitle=subtitle),
            people_sheet(lines, [name for name, _ in criteria], labels),
        ),
        words=labels.words,
    )


def describe_all(title: str, lines: Sequence[Line], *, made_at: datetime, labels: Labels) -> Report:
    """All tasks of a scope: by task, level, municipality and group, and everybody."""
    blocks: list[Block] = [
        _figures(lines, labels),
        _table(labels.by_task, labels.task, lines, lambda x: x.task, labels),
        _table(labels.by_level, labels.level, lines, lambda x: x.level or labels.no_level, labels),
        _table(
            labels.by_municipality, labels.municipality, lines, lambda x: x.municipality, labels
        ),
    ]
    if any(line.group for line in lines):
        grouped = [line for line in lines if line.group]
        blocks.append(_table(labels.by_group, labels.group, grouped, lambda x: x.group, labels))
    subtitle = labels.subtitle.format(date=made_at.strftime("%d.%m.%Y %H:%M"))
    return Report(
        title=title,
        subject="",
        made_at=made_at,
        sheets=(
            Page(labels.summary, tuple(blocks), heading=title, subtitle=subtitle),
            people_sheet(lines, None, labels),
        ),
        words=labels.words,
    )


def describe_journal(
    who: str,
    where: str,
    visits: Sequence[tuple[str, datetime | None]],
    lines: Sequence[Line],
    *,
    made_at: datetime,
    labels: Labels,
) -> Report:
    """A trainee's journal: events visited, tasks with attempts, points and comments."""
    events = Table(
        labels.events,
        (Column(labels.event), Column(labels.day, Format.DATE)),
        [(title, day.date() if day else None) for title, day in visits],
    )
    tasks = Table(
        labels.tasks,
        (
            Column(labels.task),
            Column(labels.level),
            Column(labels.standing),
            Column(labels.attempts, Format.INTEGER),
            Column(labels.due, Format.MOMENT),
            Column(labels.late_by),
            Column(labels.points, Format.INTEGER),
            Column(labels.comment),
        ),
        [
            (
                line.task,
                line.level,
                labels.standings[line.standing],
                line.attempts,
                line.due,
                _late(line, labels),
                line.total,
                line.comment,
            )
            for line in lines
        ],
    )
    done = sum(line.standing is Standing.ACCEPTED for line in lines)
    figures = Figures(
        labels.summary,
        (
            Figure(labels.events, len(visits), Format.INTEGER),
            Figure(labels.asked, len(lines), Format.INTEGER),
            Figure(labels.accepted, done, Format.INTEGER),
        ),
    )
    return Report(
        title=labels.journal,
        subject=who,
        made_at=made_at,
        sheets=(
            Page(
                labels.journal,
                (
                    figures,
                    events if visits else Note(labels.no_events),
                    tasks if lines else Note(labels.no_tasks),
                ),
                heading=f"{labels.journal}: {who}",
                subtitle=where,
            ),
        ),
        words=labels.words,
    )


def _figures(lines: Sequence[Line], labels: Labels) -> Figures:
    found = counts(lines)
    waits = [line.waited for line in lines if line.waited is not None]
    hours = sum(wait.total_seconds() for wait in waits) / len(waits) / 3600 if waits else None
    names = (
        labels.asked,
        labels.nothing,
        labels.waiting,
        labels.returned,
        labels.accepted,
        labels.first,
        labels.second,
        labels.later,
        labels.late,
    )
    return Figures(
        labels.summary,
        (
            *(
                Figure(name, value, Format.INTEGER)
                for name, value in zip(names, found, strict=True)
            ),
            Figure(labels.share_first, _share_first(found), Format.SHARE),
            Figure(labels.review_time, hours, Format.NUMBER, note=labels.hours),
        ),
    )


def counts(lines: Iterable[Line]) -> tuple[int, ...]:
    """Asked, nothing, waiting, returned, accepted, at the 1st, 2nd, later attempt, late."""
    found = list(lines)
    accepted = [line.attempts for line in found if line.standing is Standing.ACCEPTED]
    waiting = sum(line.standing is Standing.WAITING for line in found)
    handed_in = sum(line.attempts > 0 for line in found)
    return (
        len(found),
        len(found) - handed_in,
        waiting,
        handed_in - waiting - len(accepted),
        len(accepted),
        sum(attempt == 1 for attempt in accepted),
        sum(attempt == 2 for attempt in accepted),
        sum(attempt > 2 for attempt in accepted),
        sum(line.late > timedelta(0) for line in found),
    )


def _share_first(counts: Sequence[int]) -> float | None:
    return counts[5] / counts[4] if counts[4] else None


def _table(
    title: str,
    of: str,
    lines: Sequence[Line],
    by: Callable[[Line], str],
    labels: Labels,
) -> Table:
    names = sorted({by(line) for line in lines})
    columns = (
        Column(of),
        *(
            Column(name, Format.INTEGER)
            for name in (
                labels.asked,
                labels.nothing,
                labels.waiting,
                labels.returned,
                labels.accepted,
                labels.first,
                labels.second,
                labels.later,
                labels.late,
            )
        ),
        Column(labels.share_first, Format.SHARE),
    )

    def row(name: str, some: Iterable[Line]) -> tuple[Cell, ...]:
        found = counts(some)
        return (name, *found, _share_first(found))

    return Table(
        title,
        columns,
        [row(name, [line for line in lines if by(line) == name]) for name in names],
        total=row(labels.total, lines) if lines else None,
    )


def _criteria(
    criteria: Sequence[tuple[str, int]], lines: Sequence[Line], labels: Labels
) -> tuple[Table, ...]:
    if not criteria:
        return ()
    rows = []
    for place, (name, most) in enumerate(criteria):
        given = [
            points
            for line in lines
            if place < len(line.points) and (points := line.points[place]) is not None
        ]
        rows.append((name, most, sum(given) / len(given) if given else None))
    columns = (
        Column(labels.criterion),
        Column(labels.most, Format.INTEGER),
        Column(labels.mean_points, Format.NUMBER),
    )
    return (Table(labels.points, columns, rows),)


def people_sheet(
    lines: Sequence[Line], criteria: Sequence[str] | None, labels: Labels, title: str = ""
) -> Records:
    """Everybody with each of their tasks; a column for each of `criteria`, where there are any."""
    columns = [
        Column(labels.trainee),
        Column(labels.municipality),
        Column(labels.organisation),
        Column(labels.task),
        Column(labels.level),
        Column(labels.standing),
        Column(labels.attempts, Format.INTEGER),
        Column(labels.due, Format.MOMENT),
        Column(labels.submitted, Format.MOMENT),
        Column(labels.late_by),
        *(Column(name, Format.INTEGER) for name in criteria or ()),
        Column(labels.points, Format.INTEGER),
        Column(labels.comment),
        Column(labels.at_risk),
    ]

    def row(line: Line) -> tuple[Cell, ...]:
        return (
            line.person,
            line.municipality,
            line.organisation,
            line.task,
            line.level,
            labels.standings[line.standing],
            line.attempts,
            line.due,
            line.submitted_at,
            _late(line, labels),
            *(line.points if criteria else ()),
            line.total,
            line.comment,
            labels.yes if line.at_risk else "",
        )

    return Records(title or labels.people, tuple(columns), lambda: lines, row, frozen=1)


def _late(line: Line, labels: Labels) -> str:
    """«2 дн. 3 ч», '' where it was in time."""
    minutes = int(line.late.total_seconds() // 60)
    if line.late <= timedelta(0):
        return ""
    days, hours = divmod(max(1, minutes // 60), 24)
    return labels.files["late"].format(days=days, hours=hours)
