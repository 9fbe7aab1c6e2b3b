"""The group report of a closed screening, from its frozen summary: nothing else is looked at.

Described by meaning; `reports.workbook` prints it, `picture` draws the same on one page. Groups
that may not be shown stand as `TOO_FEW`, whatever the reason.
"""

from collections.abc import Iterator

from reports.report import Column, Note, Page, Report, Table
from reports.screening.attention import attention
from reports.screening.data import Data
from reports.screening.groups import places, positions, schools, services
from reports.screening.labels import Labels
from reports.screening.summary import summary


def describe(data: Data, labels: Labels) -> Report:
    """The whole report."""
    subtitle = labels.under(data)
    sheets = (
        (labels.summary, labels.title, summary),
        (labels.attention, labels.attention, attention),
        (labels.places, labels.places, places),
        (labels.schools, labels.schools, schools),
        (labels.positions, labels.positions, positions),
        (labels.services, labels.services, services),
        (labels.method, labels.method, _method),
    )
    return Report(
        title=labels.title,
        subject=data.subject,
        made_at=data.made_at.astimezone(data.zone).replace(tzinfo=None),
        sheets=tuple(
            Page(title, tuple(blocks(data, labels)), heading, subtitle)
            for title, heading, blocks in sheets
        ),
        words=labels.words,
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
