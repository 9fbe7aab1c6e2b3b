"""The table by municipality, ranked by the share of the satisfied, with its chart."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports import figures
from reports.hiding import Hiding
from reports.item_tables import Counted
from reports.labels import MunicipalityLabels
from reports.report import (
    TOO_FEW,
    Block,
    Cell,
    Chart,
    Column,
    Comparison,
    Format,
    Heading,
    Table,
)
from reports.responses import CampaignData
from reports.tally import Municipality, Tally
from surveys import statistics


@dataclass(frozen=True)
class _Row:
    name: str
    cells: tuple[Cell, ...]
    rank: float  # of the satisfied; without it, of the response rate
    plotted: bool


def blocks(
    data: CampaignData,
    tally: Tally,
    hiding: Hiding,
    satisfaction: list[Counted],
    labels: MunicipalityLabels,
) -> Iterator[Block]:
    """Nothing where there is but one municipality: the key figures say it already."""
    groups: set[Municipality] = {*(name for name in data.invited if data.invited[name])}
    groups |= {name for name in tally.people if tally.people[name]}
    if hiding.scope is not None:
        groups &= hiding.scope
    if len(groups) < 2:
        return
    rows = [
        _row(group, data=data, tally=tally, hiding=hiding, satisfaction=satisfaction, labels=labels)
        for group in groups
    ]
    rows.sort(key=lambda row: (not row.plotted, -row.rank, row.name))
    measured = bool(satisfaction)
    table = Table(
        "",
        _columns(labels, measured=measured),
        [row.cells for row in rows],
        note=labels.zones if measured else "",
    )
    yield Heading(labels.title)
    yield table
    if measured and (plotted := sum(row.plotted for row in rows)):
        yield Chart(labels.chart, Comparison.RANKING, table, 0, (4,), plotted)


def _columns(labels: MunicipalityLabels, *, measured: bool) -> tuple[Column, ...]:
    columns = (
        Column(labels.municipality),
        Column(labels.invited, Format.INTEGER),
        Column(labels.responded, Format.INTEGER),
        Column(labels.rate, Format.SHARE),
    )
    if not measured:
        return columns
    return (
        *columns,
        Column(labels.satisfied, Format.SHARE, zoned=True),
        Column(labels.low, Format.SHARE),
        Column(labels.high, Format.SHARE),
        Column(labels.mean, Format.NUMBER),
    )


def _row(
    group: Municipality,
    *,
    data: CampaignData,
    tally: Tally,
    hiding: Hiding,
    satisfaction: list[Counted],
    labels: MunicipalityLabels,
) -> _Row:
    name = labels.unknown if group is None else group
    invited = data.invited.get(group, 0) if group is not None else 0
    width = 6 if satisfaction else 2
    if group in hiding.municipalities:
        return _Row(name, (name, invited or None, *[TOO_FEW] * width), 0, plotted=False)
    people = tally.people[group]
    rate = people / invited if invited else None
    cells: tuple[Cell, ...] = (name, invited or None, people, rate)
    if not satisfaction:
        return _Row(name, cells, rate or 0, plotted=True)
    found = statistics.share(tally.content[group], tally.asked[group])
    if found is None or found.interval is None:
        return _Row(name, (*cells, None, None, None, None), rate or 0, plotted=False)
    # An item that is hidden for this municipality stays out of its mean too: a second report
    # with the other items' means could be subtracted from it.
    grades = sum(
        (
            figures.grades_of(each.item, each.tally.counts((group,)))
            for each in satisfaction
            if group not in hiding.by_item.get(each.item.name, ())
        ),
        start=figures.no_grades(),
    )
    mean: Cell = figures.mean(grades)
    if mean is None and hiding.anonymous:
        mean = TOO_FEW
    return _Row(
        name,
        (*cells, found.value, found.interval.low, found.interval.high, mean),
        found.value,
        plotted=True,
    )
