"""«Участники»: people by municipality, community, organisation, beside the period before."""

from collections.abc import Iterator, Mapping

from reports.region_comparing import beside, compared
from reports.region_figures import Figures, Heads
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


def sums(rows: list[list[TableCell]], places: range) -> list[Computed]:
    """The totals of these columns."""
    return [
        Computed(sum(cell for row in rows if isinstance(cell := row[place], int)), Rule.SUM)
        for place in places
    ]


def quotient(part: float, whole: float, left: int, right: int) -> Computed:
    """A share that can be checked."""
    return Computed(part / whole if whole else None, Rule.QUOTIENT, left, right)


def _municipalities(figures: Figures, labels: RegionLabels) -> Table:
    names, heads = labels.measures, figures.data.headcounts
    now = figures.heads(lambda one: one.municipality)
    then = figures.heads(lambda one: one.municipality, before=True)
    organisations: dict[str, int] = {}
    for municipality, organisation in figures.heads(
        lambda one: (one.municipality, one.organisation)
    ):
        organisations[municipality] = organisations.get(municipality, 0) + bool(organisation)
    rows: list[list[TableCell]] = []
    for town in figures.municipalities:
        here = now.get(town, Heads())
        row: list[TableCell] = [town, here.people, here.new, here.unreachable, here.active]
        row += [quotient(here.active, here.people, 4, 1), organisations.get(town, 0)]
        if figures.previous is not None:
            row += beside(here.activity, then.get(town, Heads()).activity, 5, 7)
        if heads:
            row += [heads.get(town), quotient(here.people, heads.get(town, 0), 1, len(row))]
        rows.append(row)
    counted = sums(rows, range(1, 5))
    people, active = int(counted[0].value or 0), int(counted[3].value or 0)
    total: list[TableCell] = [labels.total, *counted, quotient(active, people, 4, 1)]
    total += sums(rows, range(6, 7))
    columns = [
        Column(labels.municipality),
        *(
            Column(title, Format.INTEGER)
            for title in (names.people, names.new, names.unreachable, names.active)
        ),
        Column(names.activity, Format.SHARE),
        Column(names.organisations, Format.INTEGER),
    ]
    if figures.previous is not None:
        columns += compared(names.activity, Format.SHARE, labels)
        # Below a filter the sum is of the rows left, and nothing of the period before would be.
        total += [None, None]
    if heads:
        columns += [Column(names.headcount, Format.INTEGER), Column(names.coverage, Format.SHARE)]
        total += [*sums(rows, range(len(columns) - 2, len(columns) - 1)), None]
    # Coverage of those municipalities only whose headcount is known would mislead here.
    return Table("", tuple(columns), rows, total, filtered=True)


def _communities(figures: Figures, labels: RegionLabels) -> Table:
    now = figures.heads(lambda one: one.community)
    then = figures.heads(lambda one: one.community, before=True)
    order = sorted(now, key=lambda name: (-now[name].people, name))
    named = {name or labels.unknown: now[name] for name in order}
    past = {name or labels.unknown: one for name, one in then.items()}
    return _people_table(labels.community, named, past, figures, labels)


def _organisations(figures: Figures, labels: RegionLabels) -> Table:
    several = len(figures.municipalities) > 1
    now = figures.heads(lambda one: (one.municipality, one.organisation))
    then = figures.heads(lambda one: (one.municipality, one.organisation), before=True)

    def named(found: Mapping[tuple[str, str], Heads]) -> dict[str, Heads]:
        return {
            " · ".join(filter(None, (town if several else "", school or labels.unknown))): one
            for (town, school), one in sorted(found.items())
        }

    return _people_table(labels.organisation, named(now), named(then), figures, labels)


def _people_table(
    title: str,
    now: Mapping[str, Heads],
    then: Mapping[str, Heads],
    figures: Figures,
    labels: RegionLabels,
) -> Table:
    """People and their activity, by whatever `now` is by, beside the period before."""
    names = labels.measures
    rows: list[list[TableCell]] = []
    for name, one in now.items():
        row: list[TableCell] = [name, one.people, one.new, one.active]
        row.append(quotient(one.active, one.people, 3, 1))
        if figures.previous is not None:
            row += beside(one.activity, then.get(name, Heads()).activity, 4, 5)
        rows.append(row)
    columns = [
        Column(title),
        Column(names.people, Format.INTEGER),
        Column(names.new, Format.INTEGER),
        Column(names.active, Format.INTEGER),
        Column(names.activity, Format.SHARE),
    ]
    whole = sum(now.values(), start=Heads())
    total: list[TableCell] = [labels.total, *sums(rows, range(1, 4))]
    total.append(quotient(whole.active, whole.people, 3, 1))
    if figures.previous is not None:
        columns += compared(names.activity, Format.SHARE, labels)
        total += beside(whole.activity, sum(then.values(), start=Heads()).activity, 4, 5)
    return Table("", tuple(columns), rows, total)
