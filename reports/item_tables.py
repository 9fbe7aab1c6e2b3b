"""Tables and charts of single questions for the first sheet."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reports import figures
from reports.hiding import Hiding
from reports.joining import JoinedItem, is_closed, is_graded
from reports.labels import ItemLabels
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
from reports.tally import ItemTally, Tally, Value
from surveys.questionnaire import Band, Calculate, Decimal, Integer, Range, Rank, SelectMultiple

WIDEST_SCALE = 7
"""Scales with more values (0–10, per cent) get a table of their own instead of columns."""
ROWS_PER_CHART = 14
"""More questions in one chart cannot be read on a printed page."""


@dataclass(frozen=True)
class Counted:
    """An item with its number in the questionnaire and its counts as this reader may see them."""

    number: int
    item: JoinedItem
    tally: ItemTally
    visible: frozenset[str | None] | None
    shown: bool
    anonymous: bool
    labels: ItemLabels

    @property
    def people(self) -> int:
        """How many people answered it."""
        return self.tally.people(self.visible)

    @property
    def counts(self) -> dict[Value, int]:
        """How often each value was given."""
        return self.tally.counts(self.visible)

    @property
    def title(self) -> str:
        """Number and question, with a word where it was dropped."""
        label = self.item.label
        if isinstance(self.item.item, Range):
            label = self._with_ends(label, self.item.item)
        if self.item.removed:
            label = self.labels.removed.format(label=label)
        return self.labels.numbered.format(number=self.number, label=label)

    def _with_ends(self, label: str, item: Range) -> str:
        ends = [
            self.labels.scale_end.format(value=f"{value:g}", label=words)
            for value, words in ((item.start, item.start_label), (item.end, item.end_label))
            if words
        ]
        return f"{label} ({', '.join(ends)})" if ends else label

    def base(self) -> Cell:
        """The number of people as it may be shown."""
        return self.people if self.shown else TOO_FEW


def counted(
    items: Sequence[JoinedItem], tally: Tally, hiding: Hiding, labels: ItemLabels
) -> list[Counted]:
    """All items, numbered from 1, each with what is visible of it."""
    found = []
    for number, item in enumerate(items, start=1):
        visible = hiding.visible(item.name)
        each = tally.items[item.name]
        shown = hiding.shows(each.people(visible))
        found.append(Counted(number, item, each, visible, shown, hiding.anonymous, labels))
    return found


def grade_blocks(items: Sequence[Counted], labels: ItemLabels) -> Iterator[Block]:
    """The questions answered by grades, those of one scale in a table with a chart."""
    alike: dict[tuple[str, ...], list[Counted]] = {}
    for each in filter(_in_columns, items):
        alike.setdefault(tuple(name for _, name in _marks(each.item)), []).append(each)
    parts = [
        (names, group[start : start + ROWS_PER_CHART])
        for names, group in alike.items()
        for start in range(0, len(group), ROWS_PER_CHART)
    ]
    for part, (names, group) in enumerate(parts, start=1):
        title = labels.grades
        if len(parts) > 1:
            title = labels.grades_part.format(part=part, parts=len(parts))
        yield Heading(title)
        # Hidden ones stand last, so that the chart can leave them out.
        yield from _grade_tables(names, sorted(group, key=lambda each: not each.shown), labels)


def other_blocks(items: Sequence[Counted], labels: ItemLabels) -> Iterator[Block]:
    """The other questions, each in the form that suits it."""
    rest = [each for each in items if not _in_columns(each)]
    if rest:
        yield Heading(labels.others)
    numbers: list[Counted] = []
    written: list[Counted] = []
    for each in rest:
        if isinstance(each.item.item, Rank):
            yield from _rank_blocks(each, labels)
        elif is_closed(each.item.item) or isinstance(each.item.item, Range):
            yield from _choice_blocks(each, labels)
        elif isinstance(each.item.item, Integer | Decimal | Calculate):
            numbers.append(each)
        else:
            written.append(each)
    if numbers:
        yield _number_table(numbers, labels)
    if written:
        yield Table(
            labels.open_questions,
            (Column(labels.question), Column(labels.people, Format.INTEGER)),
            [(each.title, each.base()) for each in written],
            note=labels.where_anonymous if written[0].anonymous else labels.where_named,
        )


def band_blocks(
    bands: Sequence[Band], items: Sequence[Counted], labels: ItemLabels
) -> Iterator[Block]:
    """How many people came into each band of a computed result; lowest first."""
    scored = {band.item for band in bands}
    found = [each for each in items if each.item.name in scored]
    if found:
        yield Heading(labels.results)
    for each in found:
        own = sorted((one for one in bands if one.item == each.item.name), key=lambda one: one.low)
        counts = figures.grades_of(each.item, each.counts)
        rows: list[Sequence[Cell]] = []
        for band in own:
            span = "–".join(dict.fromkeys((f"{band.low:g}", f"{band.high:g}")))
            name = labels.band.format(span=span, text=band.text)
            times = sum(n for value, n in counts.items() if band.low <= value <= band.high)
            share = times / each.people if each.people else None
            rows.append((name, times, share) if each.shown else (name, TOO_FEW, TOO_FEW))
        columns = (
            Column(labels.result),
            Column(labels.count, Format.INTEGER),
            Column(labels.share, Format.PART),
        )
        yield Table(each.title, columns, rows, (labels.people, each.base(), None))


def _in_columns(each: Counted) -> bool:
    return is_graded(each.item) and len(figures.scale(each.item)) <= WIDEST_SCALE


def _marks(item: JoinedItem) -> tuple[tuple[Value, str], ...]:
    """The values of a graded item with their words: grades worst first, then those without."""
    if isinstance(item.item, Range):
        return tuple((value, f"{value:g}") for value in figures.scale(item))
    codes = [*figures.scale(item), *(code for code in item.choices if code not in item.scores)]
    return tuple((code, item.choices[str(code)]) for code in codes)


def _grade_tables(
    names: tuple[str, ...], group: Sequence[Counted], labels: ItemLabels
) -> Iterator[Block]:
    grades = len(figures.scale(group[0].item))
    lead = [
        Column(labels.question),
        Column(labels.people, Format.INTEGER),
        Column(labels.mean, Format.NUMBER),
        Column(labels.median, Format.NUMBER),
    ]
    if grades == 5:  # «the two highest of five» means nothing on other scales
        lead.append(Column(labels.high_share, Format.SHARE, zoned=True))
    shares = Table(
        labels.shares,
        (*lead, *(Column(name, Format.PART) for name in names)),
        [_share_row(each, len(lead) - 1 + len(names), high=grades == 5) for each in group],
    )
    yield shares
    if drawn := sum(each.shown for each in group):
        series = tuple(range(len(lead), len(lead) + len(names)))
        yield Chart(labels.shares_chart, Comparison.PARTS, shares, 0, series, drawn, grades)
    yield Table(
        labels.counts,
        (
            Column(labels.question),
            Column(labels.people, Format.INTEGER),
            *(Column(name, Format.INTEGER) for name in names),
        ),
        [_count_row(each, 1 + len(names)) for each in group],
    )


def _share_row(each: Counted, width: int, *, high: bool) -> Sequence[Cell]:
    if not each.shown:
        return (each.title, *[TOO_FEW] * width)
    counts = each.counts
    grades = figures.grades_of(each.item, counts)
    satisfied = sum(counts.get(value, 0) for value in figures.satisfying(each.item))
    cells: list[Cell] = [each.title, each.people, figures.mean(grades), figures.median(grades)]
    if high:
        cells.append(satisfied / grades.total() if grades else None)
    return (*cells, *(counts.get(value, 0) / each.people for value, _ in _marks(each.item)))


def _count_row(each: Counted, width: int) -> Sequence[Cell]:
    if not each.shown:
        return (each.title, *[TOO_FEW] * width)
    counts = each.counts
    return (each.title, each.people, *(counts.get(value, 0) for value, _ in _marks(each.item)))


def _choice_blocks(each: Counted, labels: ItemLabels) -> Iterator[Block]:
    columns = (
        Column(labels.choice),
        Column(labels.count, Format.INTEGER),
        Column(labels.share, Format.PART),
    )
    note = labels.several if isinstance(each.item.item, SelectMultiple) else ""
    pairs: Iterable[tuple[Value, str]] = each.item.choices.items()
    if isinstance(each.item.item, Range):
        pairs = _marks(each.item)
    counts = each.counts
    people = each.people
    rows: list[Sequence[Cell]] = [
        (name, counts.get(code, 0), counts.get(code, 0) / people)
        if each.shown
        else (name, TOO_FEW, TOO_FEW)
        for code, name in pairs
    ]
    table = Table(each.title, columns, rows, (labels.people, each.base(), None), note)
    yield table
    if each.shown and len(rows) > 1:
        yield Chart(each.title, Comparison.RANKING, table, 0, (2,))


def _rank_blocks(each: Counted, labels: ItemLabels) -> Iterator[Block]:
    columns = (
        Column(labels.choice),
        Column(labels.first, Format.INTEGER),
        Column(labels.place, Format.NUMBER),
    )
    places: dict[str, list[tuple[int, int]]] = {code: [] for code in each.item.choices}
    for value, times in each.counts.items():
        if isinstance(value, tuple):
            places.setdefault(value[0], []).append((value[1], times))
    rows: list[tuple[Cell, ...]] = []
    for code, found in places.items():
        name = each.item.choices.get(code, code)
        total = sum(times for _, times in found)
        if not each.shown:
            rows.append((name, TOO_FEW, TOO_FEW))
        elif total:
            average = sum(place * times for place, times in found) / total
            rows.append((name, sum(times for place, times in found if place == 1), average))
    if each.shown:
        rows.sort(key=lambda row: row[2])  # type: ignore[arg-type,return-value]  # means only
    yield Table(each.title, columns, rows, (labels.people, each.base(), None), labels.ranks)


def _number_table(items: Iterable[Counted], labels: ItemLabels) -> Table:
    rows: list[Sequence[Cell]] = []
    for each in items:
        grades = figures.grades_of(each.item, each.counts)
        rows.append(
            (each.title, each.people, figures.mean(grades), figures.median(grades))
            if each.shown
            else (each.title, TOO_FEW, TOO_FEW, TOO_FEW)
        )
    return Table(
        labels.numbers,
        (
            Column(labels.question),
            Column(labels.people, Format.INTEGER),
            Column(labels.mean, Format.NUMBER),
            Column(labels.median, Format.NUMBER),
        ),
        rows,
    )
