"""«Обзор»: the key figures with their change, the target indicators, the course by month."""

from collections.abc import Iterator

from reports.periods import Period, months
from reports.region_comparing import CHANGES
from reports.region_figures import Figures, Standing
from reports.region_indicators import indicator_table
from reports.region_labels import RegionLabels
from reports.region_turns import NOTHING, together, turn
from reports.report import (
    Block,
    Cell,
    Chart,
    Column,
    Comparison,
    Computed,
    Format,
    Heading,
    Note,
    Rule,
    Shown,
    Table,
    TableCell,
)
from reports.summary import TARGET
from surveys.statistics import Share


def blocks(figures: Figures, labels: RegionLabels) -> Iterator[Block]:
    """Key figures beside those of the period before, indicators, the course by month."""
    data, previous = figures.data, figures.previous
    now, before = figures.standing(data.period), figures.standing(previous)
    if now is None:
        return
    past = labels.before.format(period=labels.period(previous)) if previous else labels.before
    columns = [Column(labels.figure), Column(labels.now, Format.INTEGER)]
    if previous is not None:
        columns += [Column(past, Format.INTEGER), Column(labels.change, Format.CHANGE)]
    columns += [
        Column(labels.target, Format.SHARE),
        Column(labels.measures.low, Format.SHARE),
        Column(labels.measures.high, Format.SHARE),
    ]
    rows = [
        [name, *_compared(value, then, previous, form), *rest]
        for name, value, then, form, rest in _key_rows(now, before, labels)
    ]
    yield Table(labels.key_figures, tuple(columns), rows)
    if any(one.anonymous for one in figures.questioned):
        yield Note(labels.hidden)
    if data.left_out:
        yield Note(labels.left_out.format(count=data.left_out))
    yield Heading(labels.indicators)
    yield indicator_table(figures, labels)
    yield from _course(figures, labels)


def _key_rows(
    now: Standing, before: Standing | None, labels: RegionLabels
) -> Iterator[tuple[str, Cell, Cell, Format, list[TableCell]]]:
    names, blank = labels.measures, list[TableCell]([None, None, None])
    for name, value, past in zip(
        (
            names.people,
            names.new,
            names.unreachable,
            names.active,
            names.organisations,
            names.planned,
            names.held,
            names.without_day,
            names.said,
            names.came,
            names.questionnaires,
            names.responded,
        ),
        _counts(now),
        [None] * 12 if before is None else _counts(before),
        strict=True,
    ):
        yield name, value, past, Format.INTEGER, blank
    asked, then = now.asked, NOTHING if before is None else before.asked
    yield names.rate, asked.rate, then.rate, Format.SHARE, blank
    share, earlier = asked.satisfied, then.satisfied
    bounds: list[TableCell] = [TARGET, None, None]
    if share is not None and share.interval is not None:
        bounds = [TARGET, share.interval.low, share.interval.high]
    yield names.satisfied, _value(share), _value(earlier), Format.SHARE, bounds
    yield names.mean, asked.mean, then.mean, Format.NUMBER, blank
    yield names.median, asked.median, then.median, Format.NUMBER, blank


def _counts(one: Standing) -> list[int | None]:
    met, grades = one.meetings, one.asked.grades
    return [
        one.people,
        one.new,
        one.unreachable,
        one.active,
        one.organisations,
        met.planned,
        met.held,
        met.without_day,
        met.said,
        met.came,
        one.questionnaires,
        None if grades is None else grades.people,
    ]


def _value(share: Share | None) -> float | None:
    return None if share is None else share.value


def _compared(value: Cell, then: Cell, previous: Period | None, form: Format) -> list[TableCell]:
    if previous is None:
        return [Shown(value, form)]
    change = CHANGES[form]
    known = isinstance(value, int | float) and isinstance(then, int | float)
    difference = float(value) - float(then) if known else None  # type: ignore[arg-type]  # numbers
    return [
        Shown(value, form),
        Shown(then, form),
        Shown(Computed(difference, Rule.DIFFERENCE, 1, 2), change),
    ]


def _course(figures: Figures, labels: RegionLabels) -> Iterator[Block]:
    names = labels.measures
    rows: list[tuple[Cell, ...]] = []
    for month in months(figures.data.period):
        asked = together(turn(one, figures.view) for one in figures.opened(month))
        if asked.grades is not None:
            rows.append((labels.period(month), asked.rate, _value(asked.satisfied)))
    if len(rows) < 2:
        return
    yield Heading(labels.course)
    table = Table(
        "",
        (
            Column(labels.month),
            Column(names.rate, Format.SHARE),
            Column(names.satisfied, Format.SHARE, zoned=True),
        ),
        rows,
    )
    yield table
    yield Chart(labels.course, Comparison.COURSE, table, 0, (1, 2))
