"""The region's workbook by meaning: nine sheets about one view and one period."""

from collections.abc import Iterator

from reports import region_people, region_satisfaction, region_tasks
from reports.periods import Period, months
from reports.region_data import Meeting, RegionData
from reports.region_figures import NOTHING, Figures, Standing, View, together, turn
from reports.region_indicators import indicator_table
from reports.region_labels import RegionLabels
from reports.region_tidy import tidy
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
    Page,
    Report,
    Rule,
    Shown,
    Table,
    TableCell,
)
from reports.summary import TARGET
from surveys.statistics import Share

_CHANGES = {
    Format.INTEGER: Format.CHANGE,
    Format.NUMBER: Format.DRIFT,
    Format.SHARE: Format.POINTS,
}


def describe_region(data: RegionData, view: View, labels: RegionLabels, *, about: str) -> Report:
    """The workbook; `about` says in words whom it covers."""
    figures = Figures(data, view)
    made = data.made_at.astimezone(data.zone).replace(tzinfo=None)
    subtitle = labels.subtitle.format(
        view=about, period=labels.period(data.period), made=f"{made:%d.%m.%Y %H:%M}"
    )

    def page(title: str, blocks: Iterator[Block]) -> Page:
        return Page(title, tuple(blocks), heading=title, subtitle=subtitle)

    sheets = labels.sheets
    return Report(
        title=labels.title,
        subject=about,
        made_at=made,
        sheets=(
            page(sheets.overview, _overview(figures, labels)),
            page(sheets.meetings, _meetings(figures, labels)),
            page(sheets.satisfaction, region_satisfaction.blocks(figures, labels)),
            *region_satisfaction.heat(figures, labels),
            page(sheets.tasks, region_tasks.blocks(figures, labels)),
            page(sheets.people, region_people.blocks(figures, labels)),
            page(sheets.networks, region_people.networks(figures, labels)),
            tidy(figures, labels),
            page(sheets.method, _method(labels)),
        ),
        words=labels.words,
    )


def _overview(figures: Figures, labels: RegionLabels) -> Iterator[Block]:
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
    change = _CHANGES[form]
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


def _meetings(figures: Figures, labels: RegionLabels) -> Iterator[Block]:
    met, names = figures.met(figures.data.period), labels.measures
    if not met:
        yield Note(labels.no_meetings)
        return
    asked = {one.id: one for one in figures.questioned}
    rows: list[list[TableCell]] = []
    for one in met:
        held = figures.is_held(one)
        state = "held" if held else "planned" if one.starts_at else "no-day"
        questioned = asked.get(one.campaign or 0)
        went = None if questioned is None else turn(questioned, figures.view)
        anonymous = questioned is not None and questioned.anonymous
        hidden = TOO_FEW if anonymous and went is not None and went.grades is None else None
        share = None if went is None else went.satisfied
        rows.append(
            [
                one.title,
                one.number,
                one.day,
                labels.states[state],
                whose(one, figures, labels),
                figures.view.people(one.said),
                figures.view.people(one.came) if held else None,
                hidden if went is None or went.grades is None else went.grades.people,
                hidden if share is None else share.value,
            ]
        )
    columns = (
        Column(labels.meeting),
        Column(labels.number),
        Column(labels.date, Format.DATE),
        Column(labels.state),
        Column(labels.whose),
        Column(names.said, Format.INTEGER),
        Column(names.came, Format.INTEGER),
        Column(names.responded, Format.INTEGER),
        Column(names.satisfied, Format.SHARE, zoned=True),
    )
    total: list[TableCell] = [labels.total, None, None, None, None]
    total += [_sum(row[place] for row in rows) for place in (5, 6, 7)]
    yield Table("", columns, rows, [*total, None], labels.zones, filtered=True)
    yield Heading(labels.by_section)
    yield _sections(figures, met, labels)


def whose(one: Meeting, figures: Figures, labels: RegionLabels) -> str:
    """The network or municipality of an event; the region's own are the region's."""
    if one.area.municipality:
        return one.area.municipality
    titles = {network.id: network.title for network in figures.data.networks}
    return titles.get(one.area.network, labels.whole)


def _sections(figures: Figures, met: list[Meeting], labels: RegionLabels) -> Table:
    names, previous = labels.measures, figures.previous
    past = figures.met(previous)
    rows: list[list[TableCell]] = []
    for section in (*labels.sections, None):
        of = [one for one in met if one.section == section]
        if of or section is not None:
            counted = figures.counted(of)
            title = labels.sections[section] if section else labels.no_section
            row: list[TableCell] = [title, counted.planned, counted.held, counted.without_day]
            row.append(counted.came)
            if previous is not None:
                then = figures.counted(one for one in past if one.section == section)
                row += [then.held, Computed(counted.held - then.held, Rule.DIFFERENCE, 2, 5)]
                row += [then.came, Computed(counted.came - then.came, Rule.DIFFERENCE, 4, 7)]
            rows.append(row)
    columns = [
        Column(labels.section),
        Column(names.planned, Format.INTEGER),
        Column(names.held, Format.INTEGER),
        Column(names.without_day, Format.INTEGER),
        Column(names.came, Format.INTEGER),
    ]
    if previous is not None:
        for name in (names.held, names.came):
            columns += [
                Column(labels.earlier.format(measure=name), Format.INTEGER),
                Column(labels.change_of.format(measure=name.lower()), Format.CHANGE),
            ]
    total = [_sum(row[place] for row in rows) for place in range(1, len(columns))]
    return Table("", tuple(columns), rows, [labels.total, *total])


def _sum(cells: Iterator[TableCell]) -> Computed:
    values = (cell.value if isinstance(cell, Computed) else cell for cell in cells)
    return Computed(sum(cell for cell in values if isinstance(cell, int | float)), Rule.SUM)


def _method(labels: RegionLabels) -> Iterator[Block]:
    yield Table("", (Column(labels.term), Column(labels.definition)), labels.definitions)
