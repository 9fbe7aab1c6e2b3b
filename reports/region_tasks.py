"""Case tasks of the period: the way from given to accepted, by municipality and by level."""

from collections.abc import Iterator, Mapping

from reports.region_comparing import beside, compared
from reports.region_data import TaskCount
from reports.region_figures import Figures
from reports.region_labels import RegionLabels
from reports.report import (
    Block,
    Chart,
    Column,
    Comparison,
    Computed,
    Format,
    Heading,
    Note,
    Rule,
    Table,
    TableCell,
)


def blocks(figures: Figures, labels: RegionLabels) -> Iterator[Block]:
    """The funnel, then who did what."""
    counts = figures.tasks()
    if not counts:
        yield Note(labels.no_tasks)
        return
    before = figures.tasks(before=True)
    yield from _funnel(counts, None if figures.previous is None else before, labels)
    yield Heading(labels.by_municipality)
    towns = {one.municipality or labels.unknown: one for one in counts}
    past = {one.municipality or labels.unknown: one for one in before}
    yield _table(labels.municipality, towns, past, figures, labels, filtered=True)
    levels = figures.tasks_by_level()
    if any(one.level for one in levels):
        yield Heading(labels.by_level)
        named, earlier = (
            {labels.levels.get(one.level, labels.unknown): one for one in found}
            for found in (levels, figures.tasks_by_level(before=True))
        )
        yield _table(labels.level, named, earlier, figures, labels)


def _funnel(
    counts: list[TaskCount], before: list[TaskCount] | None, labels: RegionLabels
) -> Iterator[Block]:
    names = labels.measures
    stages = (names.given, names.submitted, names.accepted, names.at_first)
    rows: list[list[TableCell]] = []
    then = None if before is None else _stages(before)
    for place, (stage, count) in enumerate(zip(stages, now := _stages(counts), strict=True)):
        part = _part(count, now[0])
        row: list[TableCell] = [stage, count, part]
        if then is not None:
            row += [then[place], *beside(part, _part(then[place], then[0]), 2, 4)]
        rows.append(row)
    columns = [
        Column(labels.stage),
        Column(labels.value, Format.INTEGER),
        Column(labels.part, Format.PART),
    ]
    if then is not None:
        columns.append(Column(labels.earlier.format(measure=labels.value), Format.INTEGER))
        columns += compared(labels.part, Format.SHARE, labels)
    funnel = Table("", tuple(columns), rows)
    yield Heading(labels.funnel)
    yield funnel
    yield Chart(labels.funnel, Comparison.RANKING, funnel, 0, (2,))


def _stages(counts: list[TaskCount]) -> list[int]:
    return [
        sum(one.given for one in counts),
        sum(one.submitted for one in counts),
        sum(one.accepted for one in counts),
        sum(one.at_first for one in counts),
    ]


def _part(count: int, whole: int) -> float | None:
    return count / whole if whole else None


def _share(one: TaskCount) -> float | None:
    return one.accepted / one.given if one.given else None


def _numbers(one: TaskCount) -> list[TableCell]:
    return [
        one.given,
        one.submitted,
        one.accepted,
        one.at_first,
        one.at_second,
        one.later,
        one.late,
        one.waiting,
        Computed(_share(one), Rule.QUOTIENT, 3, 1),
    ]


def _columns(title: str, labels: RegionLabels) -> Iterator[Column]:
    names = labels.measures
    yield Column(title)
    for name in (
        names.given,
        names.submitted,
        names.accepted,
        names.at_first,
        names.at_second,
        names.later,
        names.late,
        names.waiting,
    ):
        yield Column(name, Format.INTEGER)
    yield Column(labels.accepted_share, Format.SHARE)


def _table(
    title: str,
    now: Mapping[str, TaskCount],
    then: Mapping[str, TaskCount],
    figures: Figures,
    labels: RegionLabels,
    *,
    filtered: bool = False,
) -> Table:
    """By whatever `now` is by, the share of the accepted beside that of the period before."""
    columns = list(_columns(title, labels))
    rows: list[list[TableCell]] = []
    for name, one in now.items():
        row = [name, *_numbers(one)]
        if figures.previous is not None:
            past = then.get(name)
            row += beside(_share(one), None if past is None else _share(past), 9, 10)
        rows.append(row)
    if figures.previous is not None:
        columns += compared(labels.accepted_share, Format.SHARE, labels)
    sums = [
        Computed(sum(cell for row in rows if isinstance(cell := row[place], int)), Rule.SUM)
        for place in range(1, 9)
    ]
    given, accepted = sums[0].value or 0, sums[2].value or 0
    share = Computed(accepted / given if given else None, Rule.QUOTIENT, 3, 1)
    rest: list[TableCell] = [None] * (len(columns) - 10)
    total = [labels.total, *sums, share, *rest]
    return Table("", tuple(columns), rows, total, filtered=filtered)
