"""«Сети»: each network with its members, what it did against its plan and against last time."""

from collections.abc import Iterator

from reports.periods import Period
from reports.region_comparing import beside, compared
from reports.region_data import NetworkInfo
from reports.region_figures import Figures
from reports.region_labels import RegionLabels
from reports.region_people import quotient, sums
from reports.region_turns import Turn, together, turn
from reports.report import (
    Block,
    Column,
    Computed,
    Format,
    Heading,
    Note,
    Rule,
    Table,
    TableCell,
)


def blocks(figures: Figures, labels: RegionLabels) -> Iterator[Block]:
    """Each network: members, events against the plan by section, activity, satisfaction."""
    if not figures.networks:
        yield Note(labels.no_networks)
        return
    names = labels.measures
    rows = [_network(figures, network, labels) for network in figures.networks]
    columns = [
        Column(labels.network),
        Column(labels.network_kind),
        Column(labels.leader),
        Column(labels.members, Format.INTEGER),
        Column(names.planned, Format.INTEGER),
        Column(names.held, Format.INTEGER),
        Column(names.translating, Format.INTEGER),
        Column(names.came, Format.INTEGER),
        Column(names.people, Format.INTEGER),
        Column(names.active, Format.INTEGER),
        Column(names.activity, Format.SHARE),
        Column(names.satisfied, Format.SHARE, zoned=True),
    ]
    total: list[TableCell] = [labels.total, None, None, None, *sums(rows, range(4, 8))]
    total += [None, None, None, None]
    yield Table("", tuple(columns), rows, total, filtered=True)
    if figures.previous is not None:
        yield Heading(labels.before.format(period=labels.period(figures.previous)))
        yield _compared(figures, labels)
    yield Heading(labels.by_section)
    yield _by_section(figures, labels)
    yield Heading(labels.members)
    yield Table(
        "",
        (Column(labels.network), Column(labels.members)),
        [(network.title, ", ".join(network.members)) for network in figures.networks],
    )


def _network(figures: Figures, network: NetworkInfo, labels: RegionLabels) -> list[TableCell]:
    period = figures.data.period
    view = figures.network_view(network)
    standing = figures.standing(period, view)
    own = figures.own_meetings(network, period)
    counted = figures.counted(own, view)
    went: Turn = together(turn(one, view) for one in figures.opened(period))
    share = went.satisfied
    people, active = (standing.people, standing.active) if standing else (0, 0)
    return [
        network.title,
        labels.network_kinds.get(network.kind, network.kind),
        network.leader,
        len(network.members),
        counted.planned,
        counted.held,
        figures.translating(own),
        counted.came,
        people,
        active,
        quotient(active, people, 9, 8),
        None if share is None else share.value,
    ]


def _compared(figures: Figures, labels: RegionLabels) -> Table:
    """What each network did beside what it did in the previous period, in its make-up of today."""
    names = labels.measures
    measures = (
        (names.held, Format.INTEGER),
        (names.translating, Format.INTEGER),
        (names.activity, Format.SHARE),
        (names.satisfied, Format.SHARE),
    )
    columns = [Column(labels.network)]
    for name, form in measures:
        zoned = name == names.satisfied
        columns += [Column(name, form, zoned), *compared(name, form, labels, zoned=zoned)]
    rows: list[list[TableCell]] = []
    for network in figures.networks:
        now = _measured(figures, network, figures.data.period)
        then = _measured(figures, network, figures.previous)
        row: list[TableCell] = [network.title]
        for value, past in zip(now, then, strict=True):
            row += [value, *beside(value, past, len(row), len(row) + 1)]
        rows.append(row)
    total: list[TableCell] = [labels.total]
    for place in (1, 4):
        held, before = sums(rows, range(place, place + 2))
        changed = Computed(
            (held.value or 0) - (before.value or 0), Rule.DIFFERENCE, place, place + 1
        )
        total += [held, before, changed]
    return Table("", tuple(columns), rows, [*total, *[None] * 6])


def _measured(
    figures: Figures, network: NetworkInfo, period: Period | None
) -> tuple[int, int, float | None, float | None]:
    """Events held, of them translating; activity and satisfaction of the members' people."""
    view = figures.network_view(network)
    own = figures.own_meetings(network, period)
    standing = figures.standing(period, view)
    share = together(turn(one, view) for one in figures.opened(period)).satisfied
    activity = None
    if standing is not None and standing.people:
        activity = standing.active / standing.people
    held = figures.counted(own, view).held
    return held, figures.translating(own), activity, None if share is None else share.value


def _by_section(figures: Figures, labels: RegionLabels) -> Table:
    """Held of planned events, network by section."""
    period = figures.data.period
    rows: list[list[TableCell]] = []
    for network in figures.networks:
        own = figures.own_meetings(network, period)
        row: list[TableCell] = [network.title]
        for section in labels.sections:
            counted = figures.counted(one for one in own if one.section == section)
            row += [counted.held, counted.planned]
        rows.append(row)
    columns = [Column(labels.network)]
    for title in labels.sections.values():
        columns += [
            Column(f"{title}: {labels.measures.held.lower()}", Format.INTEGER),
            Column(f"{title}: {labels.plan.lower()}", Format.INTEGER),
        ]
    return Table("", tuple(columns), rows, [labels.total, *sums(rows, range(1, len(columns)))])
