"""A trainee's journal: events visited, tasks done, points and comments."""

from collections.abc import Sequence
from datetime import datetime

from reports.report import (
    Column,
    Figure,
    Figures,
    Format,
    Note,
    Page,
    Report,
    Table,
)
from reports.task_lines import Labels, Line, lateness
from surveys.tasks import Standing


def describe_journal(
    who: str,
    where: str,
    visits: Sequence[tuple[str, datetime | None]],
    lines: Sequence[Line],
    *,
    made_at: datetime,
    labels: Labels,
) -> Report:
    """A trainee's journal: events visited, tasks with attempts, points and comments."""
    events = Table(
        labels.events,
        (Column(labels.event), Column(labels.day, Format.DATE)),
        [(title, day.date() if day else None) for title, day in visits],
    )
    tasks = Table(
        labels.tasks,
        (
            Column(labels.task),
            Column(labels.level),
            Column(labels.standing),
            Column(labels.attempts, Format.INTEGER),
            Column(labels.due, Format.MOMENT),
            Column(labels.submitted, Format.MOMENT),
            Column(labels.late_by),
            Column(labels.points),
            Column(labels.comment),
        ),
        [
            (
                line.task,
                line.level,
                labels.standings[line.standing],
                line.attempts or None,
                line.due,
                line.submitted_at,
                lateness(line, labels),
                "" if line.most is None else labels.out_of.format(line.total, line.most),
                line.comment,
            )
            for line in lines
        ],
    )
    done = sum(line.standing is Standing.ACCEPTED for line in lines)
    figures = Figures(
        labels.summary,
        (
            Figure(labels.visits, len(visits), Format.INTEGER),
            Figure(labels.asked, len(lines), Format.INTEGER),
            Figure(labels.accepted, done, Format.INTEGER),
        ),
    )
    return Report(
        title=labels.journal,
        subject=who,
        made_at=made_at,
        sheets=(
            Page(
                labels.journal,
                (
                    figures,
                    events if visits else Note(labels.no_events),
                    tasks if lines else Note(labels.no_tasks),
                ),
                heading=f"{labels.journal}: {who}",
                subtitle=where,
            ),
        ),
        words=labels.words,
    )
