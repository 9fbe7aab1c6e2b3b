"""Satisfaction by municipality: the ranking, and the heat map by questionnaire."""

from collections.abc import Iterator

from reports.region_comparing import beside, compared
from reports.region_data import Questioned
from reports.region_figures import Figures
from reports.region_labels import RegionLabels
from reports.region_turns import Turn, together, turn, turn_in
from reports.report import (
    TOO_FEW,
    Block,
    Cell,
    Chart,
    Column,
    Comparison,
    Computed,
    Format,
    Heading,
    Note,
    Records,
    Rule,
    Table,
    TableCell,
)
from surveys import statistics


def blocks(figures: Figures, labels: RegionLabels) -> Iterator[Block]:
    """The ranking of municipalities with its chart, then the questionnaires themselves."""
    opened = figures.opened(figures.data.period)
    if not opened:
        yield Note(labels.no_questionnaires)
        return
    if any(one.anonymous and one.whole is None for one in opened):
        yield Note(labels.open_anonymous)
    if any(one.anonymous for one in opened):
        yield Note(labels.hidden)
    yield from _ranking(figures, opened, labels)
    yield Heading(labels.questionnaires)
    yield _questionnaires(figures, opened, labels)


def _ranking(figures: Figures, opened: list[Questioned], labels: RegionLabels) -> Iterator[Block]:
    names = labels.measures
    past = figures.opened(figures.previous)
    turns = {place: _went(opened, place) for place in figures.municipalities}
    before = {place: _went(past, place).satisfied for place in figures.municipalities}
    shares = {place: share.value for place, one in turns.items() if (share := one.satisfied)}
    places = statistics.ranks(shares)
    earlier = {place: share.value for place, share in before.items() if share}
    ranked = statistics.ranks(earlier)
    order = sorted(turns, key=lambda place: (place not in shares, -shares.get(place, 0), place))
    rows: list[list[TableCell]] = []
    for place in order:
        hidden = any(of.anonymous and of.invited.get(place) for of in opened)
        row = [place, *_parts(turns[place], hidden=hidden), places.get(place)]
        if figures.previous is not None:
            row += [ranked.get(place), *beside(shares.get(place), earlier.get(place), 5, 13)]
        rows.append(row)
    columns = [
        Column(labels.municipality),
        *_columns(labels),
        Column(names.rank, Format.INTEGER),
    ]
    if figures.previous is not None:
        columns.append(Column(labels.earlier.format(measure=names.rank), Format.INTEGER))
        columns += compared(names.satisfied, Format.SHARE, labels)
    total = _total(list(turns.values()), labels)
    total += [None] * (len(columns) - len(total))
    table = Table("", tuple(columns), rows, total, labels.zones, filtered=True)
    yield table
    if len(shares) > 1:
        yield Chart(labels.ranking, Comparison.RANKING, table, 0, (5,), len(shares))


def _went(questioned: list[Questioned], place: str) -> Turn:
    return together(turn_in(one, place) for one in questioned)


def _columns(labels: RegionLabels) -> tuple[Column, ...]:
    names = labels.measures
    return (
        Column(names.invited, Format.INTEGER),
        Column(names.responded, Format.INTEGER),
        Column(names.rate, Format.SHARE),
        Column(names.content, Format.INTEGER),
        Column(names.satisfied, Format.SHARE, zoned=True),
        Column(names.asked, Format.INTEGER),
        Column(names.low, Format.SHARE),
        Column(names.high, Format.SHARE),
        Column(names.mean, Format.NUMBER),
        Column(names.median, Format.NUMBER),
    )


def _parts(one: Turn, *, hidden: bool) -> list[TableCell]:
    """Invited … median, beginning in the second column of a table.

    `hidden`: where nothing can be shown it is because of the few, and not that nobody was asked.
    """
    grades, share = one.grades, one.satisfied
    if grades is None:
        return [one.invited or None, *[TOO_FEW if hidden else None] * 9]
    found: list[TableCell] = [
        one.invited or None,
        grades.people,
        Computed(one.rate, Rule.QUOTIENT, 2, 1),
    ]
    if share is None or share.interval is None:
        return [*found, *[None] * 7]
    return [
        *found,
        grades.content,
        Computed(share.value, Rule.QUOTIENT, 4, 6),
        grades.asked,
        share.interval.low,
        share.interval.high,
        one.mean,
        one.median,
    ]


def _total(turns: list[Turn], labels: RegionLabels) -> list[TableCell]:
    """Sums of what is shown, with the shares made of the sums."""
    shown = [one.grades for one in turns if one.grades is not None]
    invited = sum(one.invited for one in turns)
    people = sum(one.people for one in shown)
    content, asked = sum(one.content for one in shown), sum(one.asked for one in shown)
    return [
        labels.total,
        Computed(invited, Rule.SUM),
        Computed(people, Rule.SUM),
        Computed(people / invited if invited else None, Rule.QUOTIENT, 2, 1),
        Computed(content, Rule.SUM),
        Computed(content / asked if asked else None, Rule.QUOTIENT, 4, 6),
        Computed(asked, Rule.SUM),
        None,
        None,
        None,
        None,
    ]


def _questionnaires(figures: Figures, opened: list[Questioned], labels: RegionLabels) -> Table:
    """Each beside all of the same form in the period before: a monitoring beside the last one."""
    past = figures.opened(figures.previous)
    rows: list[list[TableCell]] = []
    for one in opened:
        went = turn(one, figures.view)
        row = [one.name, *_parts(went, hidden=one.anonymous), one.opened, one.closes]
        if figures.previous is not None:
            same = (turn(of, figures.view) for of in past if of.form == one.form)
            row += beside(_value(went), _value(together(same)), 5, 13)
        rows.append(row)
    columns = [
        Column(labels.questionnaire),
        *_columns(labels),
        Column(labels.opened, Format.DATE),
        Column(labels.closes, Format.DATE),
    ]
    if figures.previous is not None:
        columns += compared(labels.same_form, Format.SHARE, labels)
    return Table("", tuple(columns), rows)


def _value(one: Turn) -> float | None:
    share = one.satisfied
    return None if share is None else share.value


def heat(figures: Figures, labels: RegionLabels) -> Iterator[Records]:
    """Municipalities × questionnaires in the region's zones; nothing without any."""
    opened = [one for one in figures.opened(figures.data.period) if one.measured]
    if not opened:
        return
    columns = (
        Column(labels.municipality),
        Column(labels.total, Format.SHARE, zoned=True),
        *(
            Column(f"{one.name} · {one.opened:%d.%m.%y}", Format.SHARE, zoned=True)
            for one in opened
        ),
    )

    def row(place: str) -> list[Cell]:
        together_ = _went(opened, place).satisfied
        cells: list[Cell] = [place, None if together_ is None else together_.value]
        for one in opened:
            share = turn_in(one, place).satisfied
            asked = one.invited.get(place)
            cells.append(share.value if share else TOO_FEW if asked and one.anonymous else None)
        return cells

    yield Records(labels.sheets.heat, columns, lambda: figures.municipalities, row, frozen=1)
