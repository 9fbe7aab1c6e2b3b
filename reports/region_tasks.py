"""Case tasks of the period: the way from given to accepted, by municipality and by level."""

from collections.abc import Iterator

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
    yield from _funnel(counts, labels)
    yield Heading(labels.by_municipality)
    before = {one.municipality: one for one in figures.tasks(before=True)}
    rows = []
    for one in counts:
        row = [one.municipality or labels.unknown, *_numbers(one)]
        if figures.previous is not None:
            then = before.get(one.municipality)
            earlier = None if then is None else _share(then)
            now = _share(one)
            change = None if now is None or earlier is None else now - earlier
            row += [earlier, Computed(change, Rule.DIFFERENCE, 9, 10)]
        rows.append(row)
    columns = list(_columns(labels.municipality, labels))
    if figures.previous is not None:
        past = labels.before.format(period=labels.period(figures.previous))
        columns += [Column(past, Format.SHARE), Column(labels.points, Format.POINTS)]
    yield _table(columns, rows, labels, filtered=True)
    levels = figures.tasks_by_level()
    if any(one.level for one in levels):
        yield Heading(labels.by_level)
        named = [[labels.levels.get(one.level, labels.unknown), *_numbers(one)] for one in levels]
        yield _table(list(_columns(labels.level, labels)), named, labels)


def _funnel(counts: list[TaskCount], labels: RegionLabels) -> Iterator[Block]:
    names = labels.measures
    stages = (
        (names.given, sum(one.given for one in counts)),
        (names.submitted, sum(one.submitted for one in counts)),
        (names.accepted, sum(one.accepted for one in counts)),
        (names.at_first, sum(one.at_first for one in counts)),
    )
    whole = stages[0][1]
    funnel = Table(
        "",
        (
            Column(labels.stage),
            Column(labels.value, Format.INTEGER),
            Column(labels.part, Format.PART),
        ),
        [(stage, count, count / whole if whole else None) for stage, count in stages],
    )
    yield Heading(labels.funnel)
    yield funnel
    yield Chart(labels.funnel, Comparison.RANKING, funnel, 0, (2,))


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
    columns: list[Column],
    rows: list[list[TableCell]],
    labels: RegionLabels,
    *,
    filtered: bool = False,
) -> Table:
    sums = [
        Computed(sum(cell for row in rows if isinstance(cell := row[place], int)), Rule.SUM)
        for place in range(1, 9)
    ]
    given, accepted = sums[0].value or 0, sums[2].value or 0
    share = Computed(accepted / given if given else None, Rule.QUOTIENT, 3, 1)
    rest: list[TableCell] = [None] * (len(columns) - 10)
    total = [labels.total, *sums, share, *rest]
    return Table("", tuple(columns), rows, total, filtered=filtered)
