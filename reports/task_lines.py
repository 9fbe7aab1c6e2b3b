"""What all reports on case tasks stand on: the words, one person with one task, the counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from reports.report import (
    Cell,
    Column,
    Format,
    Records,
    Words,
)
from surveys.tasks import Standing


@dataclass(frozen=True)
class Labels:
    """The words; fields whose comment names `{fields}` are templates."""

    words: Words
    summary: str
    people: str
    tasks: str
    asked: str
    nothing: str
    waiting: str
    returned: str
    accepted: str
    first: str
    second: str
    later: str
    late: str
    share_first: str
    review_time: str
    hours: str
    mean_points: str
    most: str
    out_of: str  # {points given} {the most}
    by_municipality: str
    by_level: str
    by_group: str
    by_task: str
    municipality: str
    level: str
    no_level: str
    group: str
    task: str
    trainee: str
    organisation: str
    standing: str
    attempts: str
    due: str
    submitted: str
    late_by: str
    points: str
    comment: str
    criterion: str
    at_risk: str
    yes: str
    total: str
    events: str
    visits: str
    programme: str
    event: str
    day: str
    journal: str
    no_events: str
    no_tasks: str
    subtitle: str  # {date}
    standings: dict[Standing, str]
    files: dict[str, str]


@dataclass(frozen=True)
class Line:
    """One person and one task. Moments are naive, in the reader's zone.

    `most`: what `total` is out of, the criteria that have points together; None where none has.
    """

    task: str
    level: str
    group: str
    person: str
    municipality: str
    organisation: str
    standing: Standing
    attempts: int
    due: datetime | None
    submitted_at: datetime | None
    late: timedelta
    waited: timedelta | None
    points: tuple[int | None, ...]
    comment: str
    at_risk: bool = False
    most: int | None = None

    @property
    def total(self) -> int | None:
        """All points together; None where none were given."""
        given = [one for one in self.points if one is not None]
        return sum(given) if given else None


def counts(lines: Iterable[Line]) -> tuple[int, ...]:
    """Asked, nothing, waiting, returned, accepted, at the 1st, 2nd, later attempt, late."""
    found = list(lines)
    accepted = [line.attempts for line in found if line.standing is Standing.ACCEPTED]
    waiting = sum(line.standing is Standing.WAITING for line in found)
    handed_in = sum(line.attempts > 0 for line in found)
    return (
        len(found),
        len(found) - handed_in,
        waiting,
        handed_in - waiting - len(accepted),
        len(accepted),
        sum(attempt == 1 for attempt in accepted),
        sum(attempt == 2 for attempt in accepted),
        sum(attempt > 2 for attempt in accepted),
        sum(line.late > timedelta(0) for line in found),
    )


def people_sheet(
    lines: Sequence[Line], criteria: Sequence[str] | None, labels: Labels, title: str = ""
) -> Records:
    """Everybody with each of their tasks; a column for each of `criteria`, where there are any."""
    columns = [
        Column(labels.trainee),
        Column(labels.municipality),
        Column(labels.organisation),
        Column(labels.task),
        Column(labels.level),
        Column(labels.standing),
        Column(labels.attempts, Format.INTEGER),
        Column(labels.due, Format.MOMENT),
        Column(labels.submitted, Format.MOMENT),
        Column(labels.late_by),
        *(Column(name, Format.INTEGER) for name in criteria or ()),
        Column(labels.points, Format.INTEGER),
        Column(labels.comment),
        Column(labels.at_risk),
    ]

    def row(line: Line) -> tuple[Cell, ...]:
        return (
            line.person,
            line.municipality,
            line.organisation,
            line.task,
            line.level,
            labels.standings[line.standing],
            line.attempts,
            line.due,
            line.submitted_at,
            lateness(line, labels),
            *(line.points if criteria else ()),
            line.total,
            line.comment,
            labels.yes if line.at_risk else "",
        )

    return Records(title or labels.people, tuple(columns), lambda: lines, row, frozen=1)


def lateness(line: Line, labels: Labels) -> str:
    """«2 дн. 3 ч», '' where it was in time."""
    minutes = int(line.late.total_seconds() // 60)
    if line.late <= timedelta(0):
        return ""
    days, hours = divmod(max(1, minutes // 60), 24)
    return labels.files["late"].format(days=days, hours=hours)
