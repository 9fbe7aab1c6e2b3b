"""The group report of a closed screening, from its frozen summary: nothing else is looked at.

Described by meaning; `reports.workbook` prints it, `picture` draws the same on one page. Groups
that may not be shown stand as `TOO_FEW`, whatever the reason.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from reports import pictures
from reports.drawing import png
from reports.report import (
    TOO_FEW,
    Cell,
    Chart,
    Column,
    Comparison,
    Figure,
    Figures,
    Format,
    Heading,
    Note,
    Page,
    Report,
    Table,
    Words,
)
from surveys.boyko_key import Degree
from surveys.screening_groups import Figures as Counts
from surveys.screening_groups import Summary
from surveys.statistics import Share, share

DEGREES = (Degree.FORMED, Degree.FORMING, Degree.NONE)
"""Of a phase, worst first: the order of the charts."""
MOST = 12
"""Bars of a ranking in the picture: what a phone shows without scrolling far."""


@dataclass(frozen=True, slots=True)
class Data:
    """What a reader may see of a screening.

    Attributes:
        subject: of the campaign.
        opens_at, closes_at, made_at: aware moments; `zone` is the reader's.
        summary: the frozen one; the reader's territories are `places`, None for all of them.
        earlier: the summary of the last screening of the same territory, if there was one.
        invited: people asked, by municipality.
        heads: people who work there by (municipality, organisation), '' for all of it.
    """

    subject: str
    opens_at: datetime
    closes_at: datetime
    made_at: datetime
    zone: ZoneInfo
    summary: Summary
    invited: Mapping[str, int]
    heads: Mapping[tuple[str, str], int]
    places: frozenset[str] | None = None
    earlier: Summary | None = None

    @property
    def whole(self) -> bool:
        """Whether the reader sees the whole campaign."""
        return self.places is None

    def municipalities(self) -> list[str]:
        """The reader's, by name, whether anything of them is shown or not."""
        known = {name for name in self.invited if name} | set(self.summary.places)
        return sorted(known if self.places is None else known & self.places)


@dataclass(frozen=True, slots=True)
class Labels:
    """Every word; `bot/texts/screening_report.py` fills them in."""

    words: Words
    title: str
    summary: str
    places: str
    schools: str
    positions: str
    services: str
    method: str
    subtitle: str  # {subject} {opens} {closes}
    main: str
    asked: str
    heads: str
    took_part: str
    rate: str
    high: str
    high_note: str
    phases_title: str
    phase: str
    phases: Sequence[str]
    degrees: Mapping[Degree, str]
    phases_chart: str
    formed_title: str
    symptoms_title: str
    symptom: str
    symptoms: Sequence[str]
    dominant: str
    symptoms_chart: str
    people: str
    low: str
    top: str
    earlier_title: str
    earlier_high: str
    now_high: str
    no_earlier: str
    prevention_title: str
    prevention: Sequence[str]  # by symptom
    prevention_always: str
    municipality: str
    school: str
    position: str
    position_groups: Mapping[str, str]
    service: str
    service_groups: Mapping[str, str]
    services_chart: str
    places_chart: str
    phase_formed: str  # {phase}
    too_few_all: str
    hidden: str
    picture_foot: str
    no_schools: str
    no_positions: str
    no_services: str
    method_terms: tuple[tuple[str, str], ...]
    term: str
    definition: str
    editions: str  # {wordings} {keys}


def describe(data: Data, labels: Labels) -> Report:
    """The whole report."""
    subtitle = _subtitle(data, labels)
    return Report(
        title=labels.title,
        subject=data.subject,
        made_at=data.made_at.astimezone(data.zone).replace(tzinfo=None),
        sheets=(
            Page(labels.summary, tuple(_summary(data, labels)), labels.title, subtitle),
            Page(labels.places, tuple(_places(data, labels)), labels.places, subtitle),
            Page(labels.schools, tuple(_schools(data, labels)), labels.schools, subtitle),
            Page(labels.positions, tuple(_positions(data, labels)), labels.positions, subtitle),
            Page(labels.services, tuple(_services(data, labels)), labels.services, subtitle),
            Page(labels.method, tuple(_method(data, labels)), labels.method, subtitle),
        ),
        words=labels.words,
    )


def picture(data: Data, labels: Labels) -> bytes | None:
    """The summary on one page, as PNG; None where there is nothing to show."""
    everybody = data.summary.everybody
    if everybody is None:
        return None
    shares = [_share(_formed(everybody, index), everybody) for index in range(len(labels.phases))]
    ranked = sorted(
        (
            (labels.symptoms[index], _share(counts.get(Degree.DOMINANT, 0), everybody))
            for index, counts in enumerate(everybody.symptoms)
        ),
        key=lambda pair: -pair[1].value,
    )
    places = sorted(
        (
            (
                name,
                _share(data.summary.places[name].figures.high, data.summary.places[name].figures),
            )
            for name in data.municipalities()
            if name in data.summary.places
        ),
        key=lambda pair: -pair[1].value,
    )
    asked = sum(data.invited.values())
    panels: list[pictures.Panel] = [
        pictures.Facts(
            (
                (str(everybody.people), labels.took_part),
                (pictures.percent(everybody.people / asked) if asked else "–", labels.rate),
                (pictures.percent(_share(everybody.high, everybody).value), labels.high),
            )
        ),
        _bars(labels.formed_title, zip(labels.phases, shares, strict=True)),
        _bars(labels.symptoms_chart, ranked[:6]),
    ]
    if places:
        panels.append(_bars(labels.places_chart, places[:MOST]))
    return png(
        pictures.Picture(
            title=labels.title,
            subtitle=_subtitle(data, labels),
            panels=tuple(panels),
            foot=labels.picture_foot,
        )
    )


def _subtitle(data: Data, labels: Labels) -> str:
    opens, closes = (
        f"{each.astimezone(data.zone):%d.%m.%Y}" for each in (data.opens_at, data.closes_at)
    )
    return labels.subtitle.format(subject=data.subject, opens=opens, closes=closes)


def _bars(title: str, rows: Iterable[tuple[str, Share]]) -> pictures.Bars:
    return pictures.Bars(
        title=title,
        bars=tuple(
            pictures.Bar(
                name,
                each.value,
                low=each.interval.low if each.interval else None,
                high=each.interval.high if each.interval else None,
            )
            for name, each in rows
        ),
    )


def _summary(data: Data, labels: Labels) -> Iterator[Note | Heading | Figures | Table | Chart]:
    everybody = data.summary.everybody
    if everybody is None:
        yield Note(labels.too_few_all)
        return
    yield Figures(labels.main, tuple(_main(data, everybody, labels)))
    yield Note(labels.hidden)
    phases = Table(
        labels.phases_title,
        (
            Column(labels.phase),
            *(Column(labels.degrees[degree], Format.PART) for degree in DEGREES),
        ),
        [
            (
                name,
                *(counts.get(degree, 0) / everybody.people for degree in DEGREES),
            )
            for name, counts in zip(labels.phases, everybody.phases, strict=True)
        ],
    )
    yield phases
    yield Chart(labels.phases_chart, Comparison.PARTS, phases, 0, (1, 2, 3), grades=3)
    order = sorted(
        range(len(everybody.symptoms)),
        key=lambda index: -everybody.symptoms[index].get(Degree.DOMINANT, 0),
    )
    symptoms = Table(
        labels.symptoms_title,
        (
            Column(labels.symptom),
            Column(labels.dominant, Format.SHARE),
            Column(labels.low, Format.SHARE),
            Column(labels.top, Format.SHARE),
        ),
        [
            (labels.symptoms[index], *_with_interval(each))
            for index in order
            for each in [_share(everybody.symptoms[index].get(Degree.DOMINANT, 0), everybody)]
        ],
    )
    yield symptoms
    yield Chart(labels.symptoms_chart, Comparison.RANKING, symptoms, 0, (1,))
    yield from _earlier(data, everybody, labels)
    yield Heading(labels.prevention_title)
    for index in order[:3]:
        if everybody.symptoms[index].get(Degree.DOMINANT, 0):
            yield Note(f"{labels.symptoms[index]}. {labels.prevention[index]}")
    yield Note(labels.prevention_always)


def _main(data: Data, everybody: Counts, labels: Labels) -> Iterator[Figure]:
    asked = sum(data.invited.values())
    yield Figure(labels.asked, asked, Format.INTEGER)
    if data.whole and data.heads:
        # Headcounts of whole municipalities where they are known, else of their schools.
        yield Figure(
            labels.heads,
            sum(_heads(data, name) or 0 for name in data.municipalities()),
            Format.INTEGER,
        )
    yield Figure(labels.took_part, everybody.people, Format.INTEGER)
    if asked:
        yield Figure(labels.rate, everybody.people / asked, Format.SHARE)
    high = _share(everybody.high, everybody)
    yield Figure(
        labels.high,
        high.value,
        Format.SHARE,
        interval=None if high.interval is None else (high.interval.low, high.interval.high),
        note=labels.high_note,
    )


def _earlier(data: Data, everybody: Counts, labels: Labels) -> Iterator[Note | Heading | Table]:
    before = None if data.earlier is None else data.earlier.everybody
    if before is None:
        yield Heading(labels.earlier_title)
        yield Note(labels.no_earlier)
        return
    yield Table(
        labels.earlier_title,
        (
            Column(labels.phase),
            Column(labels.earlier_high, Format.SHARE),
            Column(labels.now_high, Format.SHARE),
            Column(labels.low, Format.SHARE),
            Column(labels.top, Format.SHARE),
        ),
        [
            (
                name,
                _share(_formed(before, index), before).value,
                *_with_interval(_share(_formed(everybody, index), everybody)),
            )
            for index, name in enumerate(labels.phases)
        ],
    )


def _places(data: Data, labels: Labels) -> Iterator[Note | Table | Chart]:
    shown: list[tuple[Cell, ...]] = []
    hidden: list[tuple[Cell, ...]] = []
    for name in data.municipalities():
        place = data.summary.places.get(name)
        base = _heads(data, name) or data.invited.get(name) or None
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


def _schools(data: Data, labels: Labels) -> Iterator[Note | Table]:
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


def _positions(data: Data, labels: Labels) -> Iterator[Note | Table]:
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


def _services(data: Data, labels: Labels) -> Iterator[Note | Table | Chart]:
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


def _method(data: Data, labels: Labels) -> Iterator[Note | Table]:
    yield Table(
        labels.method, (Column(labels.term), Column(labels.definition)), list(labels.method_terms)
    )
    yield Note(
        labels.editions.format(
            wordings=", ".join(data.summary.wordings), keys=", ".join(data.summary.keys)
        )
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
        *_with_interval(_share(figures.high, figures)),
        *(_formed(figures, index) / figures.people for index in range(len(figures.phases))),
    )


def _by_high(row: Sequence[Cell]) -> tuple[float, str]:
    high = row[4]
    return (-high if isinstance(high, float) else 1.0, str(row[0]))


def _heads(data: Data, name: str) -> int | None:
    return data.heads.get((name, ""))


def _formed(figures: Counts, phase: int) -> int:
    return figures.phases[phase].get(Degree.FORMED, 0)


def _share(count: int, figures: Counts) -> Share:
    found = share(count, figures.people)
    assert found is not None  # noqa: S101 - nobody is in no group that is shown
    return found


def _with_interval(found: Share) -> tuple[Cell, Cell, Cell]:
    if found.interval is None:
        return (found.value, None, None)
    return (found.value, found.interval.low, found.interval.high)
