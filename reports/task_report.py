"""Reports on case tasks: one task in detail, and all tasks of a scope.

Works are counted by what their last version came to. A share «с первой попытки» is of those
accepted, so that a task just given out does not look failed.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from reports.report import (
    Block,
    Cell,
    Column,
    Figure,
    Figures,
    Format,
    Page,
    Report,
    Table,
)
from reports.task_lines import Labels, Line, counts, people_sheet


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
