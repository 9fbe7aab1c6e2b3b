"""«Мероприятия»: every event of the period; by section, beside the period before."""

from collections.abc import Iterator

from reports.region_comparing import beside, compared
from reports.region_data import Meeting
from reports.region_figures import Figures
from reports.region_labels import RegionLabels
from reports.region_turns import turn
from reports.report import (
    TOO_FEW,
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
    """Every event, then what was held by section of the roadmaps."""
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
                _whose(one, figures, labels),
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


def _whose(one: Meeting, figures: Figures, labels: RegionLabels) -> str:
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
                row += beside(counted.held, then.held, 2, 5)
                row += beside(counted.came, then.came, 4, 7)
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
            columns += compared(name, Format.INTEGER, labels)
    total = [_sum(row[place] for row in rows) for place in range(1, len(columns))]
    return Table("", tuple(columns), rows, [labels.total, *total])


def _sum(cells: Iterator[TableCell]) -> Computed:
    values = (cell.value if isinstance(cell, Computed) else cell for cell in cells)
    return Computed(sum(cell for cell in values if isinstance(cell, int | float)), Rule.SUM)
