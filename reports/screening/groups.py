"""The sheets of groups: municipalities, schools, positions, lengths of service."""

from collections.abc import Iterable, Iterator, Sequence

from reports.report import TOO_FEW, Cell, Chart, Column, Comparison, Format, Note, Table
from reports.screening.data import Data
from reports.screening.labels import Labels
from reports.screening.shares import formed, share_of, with_interval
from surveys.screening_groups import Figures as Counts


def places(data: Data, labels: Labels) -> Iterator[Note | Table | Chart]:
    """Every municipality; those that may not be shown stand last."""
    shown: list[tuple[Cell, ...]] = []
    hidden: list[tuple[Cell, ...]] = []
    for name in data.municipalities():
        place = data.summary.places.get(name)
        base = data.headcount(name) or data.invited.get(name) or None
        if place is None:
            hidden.append((name, base, *[TOO_FEW] * 8))
        else:
            shown.append((name, base, *_row(place.figures, base)))
    shown.sort(key=_by_high)
    table = Table(
        labels.places,
        (Column(labels.municipality), *_columns(labels)),
        [*shown, *hidden],
        note=labels.hidden,
    )
    yield table
    if shown:
        yield Chart(labels.places_chart, Comparison.RANKING, table, 0, (4,), len(shown))


def schools(data: Data, labels: Labels) -> Iterator[Note | Table]:
    """Those that may be shown, the highest share of a high level first."""
    rows: list[tuple[Cell, ...]] = [
        (school, name, heads, *_row(figures, heads))
        for name in data.municipalities()
        if name in data.summary.places
        for school, figures in data.summary.places[name].organisations.items()
        for heads in [data.heads.get((name, school))]
    ]
    if not rows:
        yield Note(labels.no_schools)
        return
    rows.sort(key=lambda row: _by_high(row[1:]))
    yield Table(
        labels.schools,
        (Column(labels.school), Column(labels.municipality), *_columns(labels)),
        rows,
        note=labels.hidden,
    )


def positions(data: Data, labels: Labels) -> Iterator[Note | Table]:
    """Groups of positions, without regard to territory."""
    if not data.summary.positions:
        yield Note(labels.no_positions)
        return
    yield _groups(
        labels.positions,
        labels.position,
        [
            (labels.position_groups.get(group, group), figures)
            for group, figures in data.summary.positions.items()
        ],
        labels,
    )


def services(data: Data, labels: Labels) -> Iterator[Note | Table | Chart]:
    """Lengths of service, without regard to territory."""
    if not data.summary.services:
        yield Note(labels.no_services)
        return
    rows = [
        (name, data.summary.services[group])
        for group, name in labels.service_groups.items()
        if group in data.summary.services
    ]
    table = _groups(labels.services, labels.service, rows, labels)
    yield table
    if len(rows) > 1:
        yield Chart(labels.services_chart, Comparison.RANKING, table, 0, (2,))


def _groups(title: str, name: str, rows: Iterable[tuple[str, Counts]], labels: Labels) -> Table:
    """A table of groups without headcounts: nobody counts how many of them work there."""
    columns = _columns(labels)
    return Table(
        title,
        (Column(name), columns[1], *columns[3:]),
        [(group, *_row(figures, None)[:1], *_row(figures, None)[2:]) for group, figures in rows],
        note=labels.hidden,
    )


def _columns(labels: Labels) -> tuple[Column, ...]:
    return (
        Column(labels.heads, Format.INTEGER),
        Column(labels.people, Format.INTEGER),
        Column(labels.rate, Format.SHARE),
        Column(labels.high, Format.SHARE),
        Column(labels.low, Format.SHARE),
        Column(labels.top, Format.SHARE),
        *(Column(labels.phase_formed.format(phase=name), Format.SHARE) for name in labels.phases),
    )


def _row(figures: Counts, base: int | None) -> tuple[Cell, ...]:
    rate = figures.people / base if base and base >= figures.people else None
    return (
        figures.people,
        rate,
        *with_interval(share_of(figures.high, figures)),
        *(formed(figures, index) / figures.people for index in range(len(figures.phases))),
    )


def _by_high(row: Sequence[Cell]) -> tuple[float, str]:
    high = row[4]
    return (-high if isinstance(high, float) else 1.0, str(row[0]))
