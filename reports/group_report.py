"""The journal of a group as a report: who has come how far, stage by stage, every visit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from reports.report import (
    Block,
    Cell,
    Column,
    Figure,
    Figures,
    Format,
    Note,
    Page,
    Records,
    Report,
    Table,
)
from reports.task_lines import Labels, Line, counts, people_sheet
from surveys.tasks import Standing


@dataclass(frozen=True)
class Trainee:
    """One of the group; `visits` are title and day, `stages` their line of each stage."""

    person: str
    visits: tuple[tuple[str, datetime | None], ...]
    lines: tuple[Line, ...]
    stages: tuple[Line | None, ...]
    at_risk: bool


def describe_group(
    title: str,
    stages: Sequence[str],
    trainees: Sequence[Trainee],
    *,
    made_at: datetime,
    labels: Labels,
) -> Report:
    """A group: totals, a row for each trainee, the programme as a grid, every task and visit."""
    every = [line for one in trainees for line in one.lines]
    blocks: list[Block] = [
        _figures(trainees, every, labels),
        _people(trainees, labels) if trainees else Note(labels.no_tasks),
    ]
    if stages and trainees:
        blocks.append(_programme(stages, trainees, labels))
    visits = [(one.person, *visit) for one in trainees for visit in one.visits]
    subtitle = labels.subtitle.format(date=made_at.strftime("%d.%m.%Y %H:%M"))
    return Report(
        title=title,
        subject="",
        made_at=made_at,
        sheets=(
            Page(labels.summary, tuple(blocks), heading=title, subtitle=subtitle),
            people_sheet(every, None, labels, labels.tasks),
            Records(
                labels.events,
                (Column(labels.trainee), Column(labels.event), Column(labels.day, Format.DATE)),
                lambda: visits,
                _visit,
                frozen=1,
            ),
        ),
        words=labels.words,
    )


def _visit(visit: tuple[str, str, datetime | None]) -> tuple[Cell, ...]:
    who, what, day = visit
    return (who, what, day.date() if day else None)


def _figures(trainees: Sequence[Trainee], every: Sequence[Line], labels: Labels) -> Figures:
    found = counts(every)
    values = (
        (labels.people, len(trainees)),
        (labels.visits, sum(len(one.visits) for one in trainees)),
        (labels.asked, found[0]),
        (labels.waiting, found[2]),
        (labels.accepted, found[4]),
        (labels.late, found[8]),
    )
    return Figures(
        labels.summary, tuple(Figure(name, value, Format.INTEGER) for name, value in values)
    )


def _people(trainees: Sequence[Trainee], labels: Labels) -> Table:
    names = (
        labels.visits,
        labels.asked,
        labels.nothing,
        labels.waiting,
        labels.returned,
        labels.accepted,
        labels.first,
        labels.late,
        labels.points,
    )
    columns = (
        Column(labels.trainee),
        *(Column(name, Format.INTEGER) for name in names),
        Column(labels.at_risk),
    )

    def row(who: str, some: Sequence[Trainee], risk: str) -> tuple[Cell, ...]:
        lines = [line for one in some for line in one.lines]
        asked, nothing, waiting, returned, accepted, first, *_, late = counts(lines)
        points = sum(line.total or 0 for line in lines)
        visits = sum(len(one.visits) for one in some)
        numbers = (visits, asked, nothing, waiting, returned, accepted, first, late, points)
        return (who, *numbers, risk)

    rows = [row(one.person, [one], labels.yes if one.at_risk else "") for one in trainees]
    return Table(labels.people, columns, rows, total=row(labels.total, trainees, ""))


def _programme(stages: Sequence[str], trainees: Sequence[Trainee], labels: Labels) -> Table:
    columns = (
        Column(labels.trainee),
        *(Column(f"{place}. {title}") for place, title in enumerate(stages, 1)),
    )
    rows = [(one.person, *(_stage(line, labels) for line in one.stages)) for one in trainees]
    return Table(labels.programme, columns, rows)


def _stage(line: Line | None, labels: Labels) -> str:
    """«принято, 8», «на доработке»; a late one says that it was."""
    if line is None:
        return "—"
    parts = [labels.standings[line.standing]]
    if line.standing is Standing.ACCEPTED and line.total is not None:
        parts.append(str(line.total))
    if line.late > timedelta(0):
        parts.append(labels.late.lower())
    return ", ".join(parts)
