"""The first sheet: how many took part, phases, symptoms, the last screening, what helps."""

from collections.abc import Iterator

from reports.report import (
    Chart,
    Column,
    Comparison,
    Figure,
    Figures,
    Format,
    Heading,
    Note,
    Table,
)
from reports.screening.data import Data
from reports.screening.labels import Labels
from reports.screening.shares import dominant, formed, share_of, with_interval
from surveys.boyko_key import Degree
from surveys.screening_attention import standouts
from surveys.screening_groups import Figures as Counts

DEGREES = (Degree.FORMED, Degree.FORMING, Degree.NONE)
"""Of a phase, worst first: the order of the charts."""

Block = Note | Heading | Figures | Table | Chart


def summary(data: Data, labels: Labels) -> Iterator[Block]:
    """Its blocks."""
    everybody = data.summary.everybody
    if everybody is None:
        yield Note(labels.too_few_all)
        return
    yield Figures(labels.main, tuple(_main(data, everybody, labels)))
    yield Note(labels.hidden)
    yield from _phases(everybody, labels)
    order = sorted(range(len(everybody.symptoms)), key=lambda index: -dominant(everybody, index))
    yield from _symptoms(everybody, order, labels)
    yield from _earlier(data, everybody, labels)
    yield Heading(labels.prevention_title)
    for index in order[:3]:
        if dominant(everybody, index):
            yield Note(f"{labels.symptoms[index]}. {labels.prevention[index]}")
    yield Note(labels.prevention_always)


def _phases(everybody: Counts, labels: Labels) -> Iterator[Block]:
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


def _symptoms(everybody: Counts, order: list[int], labels: Labels) -> Iterator[Block]:
    symptoms = Table(
        labels.symptoms_title,
        (
            Column(labels.symptom),
            Column(labels.dominant, Format.SHARE),
            Column(labels.low, Format.SHARE),
            Column(labels.top, Format.SHARE),
        ),
        [
            (labels.symptoms[index], *with_interval(each))
            for index in order
            for each in [share_of(dominant(everybody, index), everybody)]
        ],
    )
    yield symptoms
    yield Chart(labels.symptoms_chart, Comparison.RANKING, symptoms, 0, (1,))


def _main(data: Data, everybody: Counts, labels: Labels) -> Iterator[Figure]:
    asked = sum(data.invited.values())
    yield Figure(labels.asked, asked, Format.INTEGER)
    if data.whole and data.heads:
        # Headcounts of whole municipalities where they are known, else of their schools.
        yield Figure(
            labels.heads,
            sum(data.headcount(name) or 0 for name in data.municipalities()),
            Format.INTEGER,
        )
    yield Figure(labels.took_part, everybody.people, Format.INTEGER)
    if asked:
        yield Figure(labels.rate, everybody.people / asked, Format.SHARE)
    high = share_of(everybody.high, everybody)
    yield Figure(
        labels.high,
        high.value,
        Format.SHARE,
        interval=None if high.interval is None else (high.interval.low, high.interval.high),
        note=labels.high_note,
    )
    if any(place.organisations for place in data.summary.places.values()):
        yield Figure(
            labels.attention_figure,
            len(standouts(data.summary, data.places)),
            Format.INTEGER,
            note=labels.attention_note,
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
                share_of(formed(before, index), before).value,
                *with_interval(share_of(formed(everybody, index), everybody)),
            )
            for index, name in enumerate(labels.phases)
        ],
    )
