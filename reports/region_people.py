"""People by municipality, community and organisation; networks with what they did."""

from collections.abc import Iterator

from reports.region_data import NetworkInfo
from reports.region_figures import TRANSLATING_SECTION, Figures, Turn, together, turn
from reports.region_labels import RegionLabels
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
    """Municipalities with coverage, communities, organisations."""
    if not figures.data.headcounts:
        yield Note(labels.no_headcount)
    yield _municipalities(figures, labels)
    yield Heading(labels.people_by_community)
    yield _communities(figures, labels)
    yield Heading(labels.by_organisation)
    yield _organisations(figures, labels)


def _sums(rows: list[list[TableCell]], places: range) -> list[Computed]:
    return [
        Computed(sum(cell for row in rows if isinstance(cell := row[place], int)), Rule.SUM)
        for place in places
    ]


def _share(part: float, whole: float, left: int, right: int) -> Computed:
    return Computed(part / whole if whole else None, Rule.QUOTIENT, left, right)


def _municipalities(figures: Figures, labels: RegionLabels) -> Table:
    names, heads = labels.measures, figures.data.headcounts
    counted: dict[str, list[int]] = {place: [0, 0, 0, 0] for place in figures.municipalities}
    for one in figures.data.people:
        if one.municipality in counted and figures.view.community in {None, one.community}:
            for place, number in enumerate((one.people, one.new, one.unreachable, one.active)):
                counted[one.municipality][place] += number
    organisations: dict[str, int] = dict.fromkeys(counted, 0)
    for municipality, organisation in figures.by_organisation():
        organisations[municipality] = organisations.get(municipality, 0) + bool(organisation)
    past = _activity_before(figures)
    rows: list[list[TableCell]] = []
    for town, numbers in counted.items():
        people, active = numbers[0], numbers[3]
        row: list[TableCell] = [town, *numbers, _share(active, people, 4, 1), organisations[town]]
        if past is not None:
            then = past.get(town)
            change = None if then is None or not people else active / people - then
            row += [then, Computed(change, Rule.DIFFERENCE, 5, 7)]
        if heads:
            row += [heads.get(town), _share(people, heads.get(town, 0), 1, len(row))]
        rows.append(row)
    sums = _sums(rows, range(1, 5))
    people, active = int(sums[0].value or 0), int(sums[3].value or 0)
    total: list[TableCell] = [labels.total, *sums, _share(active, people, 4, 1)]
    total += _sums(rows, range(6, 7))
    columns = [
        Column(labels.municipality),
        *(
            Column(title, Format.INTEGER)
            for title in (names.people, names.new, names.unreachable, names.active)
        ),
        Column(names.activity, Format.SHARE),
        Column(names.organisations, Format.INTEGER),
    ]
    if past is not None:
        columns += [
            Column(labels.earlier.format(measure=names.activity), Format.SHARE),
            Column(labels.points, Format.POINTS),
        ]
        total += [None, None]
    if heads:
        columns += [Column(names.headcount, Format.INTEGER), Column(names.coverage, Format.SHARE)]
        total += [*_sums(rows, range(len(columns) - 2, len(columns) - 1)), None]
    # Coverage of those municipalities only whose headcount is known would mislead here.
    return Table(
        "",
        tuple(columns),
        rows,
        total,
        filtered=True,
    )


def _activity_before(figures: Figures) -> dict[str, float] | None:
    """The share of the active in the previous period by municipality; None: there is none."""
    if figures.previous is None or figures.data.people_before is None:
        return None
    counted: dict[str, list[int]] = {}
    for one in figures.data.people_before:
        if figures.view.community in {None, one.community}:
            people = counted.setdefault(one.municipality, [0, 0])
            people[0] += one.people
            people[1] += one.active
    return {place: active / people for place, (people, active) in counted.items() if people}


def _communities(figures: Figures, labels: RegionLabels) -> Table:
    names = labels.measures
    found: dict[str, list[int]] = {}
    for one in figures.data.people:
        mine = figures.view.holds(one.municipality)
        if mine and figures.view.community in {None, one.community}:
            counts = found.setdefault(one.community, [0, 0, 0])
            for place, number in enumerate((one.people, one.new, one.active)):
                counts[place] += number
    rows: list[list[TableCell]] = [
        [name or labels.unknown, *counts, _share(counts[2], counts[0], 3, 1)]
        for name, counts in sorted(found.items(), key=lambda pair: (-pair[1][0], pair[0]))
    ]
    return _people_table(labels.community, rows, labels, names.activity)


def _people_table(
    title: str, rows: list[list[TableCell]], labels: RegionLabels, activity: str
) -> Table:
    names = labels.measures
    sums = _sums(rows, range(1, 4))
    share = _share(sums[2].value or 0, sums[0].value or 0, 3, 1)
    return Table(
        "",
        (
            Column(title),
            Column(names.people, Format.INTEGER),
            Column(names.new, Format.INTEGER),
            Column(names.active, Format.INTEGER),
            Column(activity, Format.SHARE),
        ),
        rows,
        [labels.total, *sums, share],
    )


def _organisations(figures: Figures, labels: RegionLabels) -> Table:
    several = len(figures.municipalities) > 1
    found = sorted(figures.by_organisation().items(), key=lambda pair: pair[0])
    rows: list[list[TableCell]] = [
        [
            " · ".join(
                filter(None, (municipality if several else "", organisation or labels.unknown))
            ),
            people,
            new,
            active,
            _share(active, people, 3, 1),
        ]
        for (municipality, organisation), (people, new, active) in found
    ]
    return _people_table(labels.organisation, rows, labels, labels.measures.activity)


def networks(figures: Figures, labels: RegionLabels) -> Iterator[Block]:
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
    total: list[TableCell] = [labels.total, None, None, None, *_sums(rows, range(4, 8))]
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
    translating = sum(one.section == TRANSLATING_SECTION and figures.is_held(one) for one in own)
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
        translating,
        counted.came,
        people,
        active,
        _share(active, people, 9, 8),
        None if share is None else share.value,
    ]


def _compared(figures: Figures, labels: RegionLabels) -> Table:
    """Held meetings and satisfaction of each network beside those of the previous period."""
    names = labels.measures
    rows: list[list[TableCell]] = []
    for network in figures.networks:
        view = figures.network_view(network)
        row: list[TableCell] = [network.title]
        now, then = (
            figures.counted(figures.own_meetings(network, period), view).held
            for period in (figures.data.period, figures.previous)
        )
        row += [now, then, Computed(now - then, Rule.DIFFERENCE, 1, 2)]
        share, past = (
            together(turn(one, view) for one in figures.opened(period)).satisfied
            for period in (figures.data.period, figures.previous)
        )
        row += [None if one is None else one.value for one in (share, past)]
        change = None if share is None or past is None else share.value - past.value
        rows.append([*row, Computed(change, Rule.DIFFERENCE, 4, 5)])
    columns = (
        Column(labels.network),
        Column(names.held, Format.INTEGER),
        Column(labels.earlier.format(measure=names.held), Format.INTEGER),
        Column(labels.change_of.format(measure=names.held.lower()), Format.CHANGE),
        Column(names.satisfied, Format.SHARE, zoned=True),
        Column(labels.earlier.format(measure=names.satisfied), Format.SHARE, zoned=True),
        Column(labels.points, Format.POINTS),
    )
    held, before = _sums(rows, range(1, 3))
    changed = Computed((held.value or 0) - (before.value or 0), Rule.DIFFERENCE, 1, 2)
    total: list[TableCell] = [labels.total, held, before, changed, None, None, None]
    return Table("", columns, rows, total)


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
    return Table("", tuple(columns), rows, [labels.total, *_sums(rows, range(1, len(columns)))])
