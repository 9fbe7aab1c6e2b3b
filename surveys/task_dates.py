"""The dates of a task that hold for one person: joined late, extended, a stage, moved."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

FAIR: Final = timedelta(days=14)
"""A late joiner has as long as the others had, but no more than this."""


@dataclass(frozen=True, slots=True)
class Dates:
    """`due` None: no deadline; `cutoff` None: late work is taken for ever."""

    opens: datetime
    due: datetime | None = None
    cutoff: datetime | None = None


def effective(
    dates: Dates, *, joined: datetime | None = None, extended: datetime | None = None
) -> Dates:
    """The dates that hold for one person.

    Whoever joined (or whose stage opened) after the task did has as long as the others had, at
    most `FAIR`; an extension only ever gives more. The cut-off keeps its distance to the deadline.
    """
    opens, due = dates.opens, dates.due
    if joined is not None and joined > opens:
        opens = joined
        if due is not None:
            due = max(due, joined + min(max(due - dates.opens, timedelta(0)), FAIR))
    if due is not None and extended is not None:
        due = max(due, extended)
    cutoff = dates.cutoff
    if cutoff is not None and due is not None and dates.due is not None:
        cutoff += due - dates.due
    return Dates(opens, due, cutoff)


def asked_of(dates: Dates, joined: datetime | None) -> bool:
    """Whether the task is meant for somebody who joined then: not if it was over already."""
    end = dates.cutoff or dates.due
    return joined is None or end is None or joined < end


def stage_opens(
    dates: Dates, *, after_previous: bool, previous_accepted: datetime | None
) -> datetime | None:
    """When a stage opens to a person; None while the stage before is not accepted."""
    if not after_previous:
        return dates.opens
    return None if previous_accepted is None else max(dates.opens, previous_accepted)


def moved(dates: Dates, due: datetime) -> Dates:
    """The dates with another deadline; the cut-off keeps its distance to it."""
    cutoff = dates.cutoff
    if cutoff is not None and dates.due is not None:
        cutoff += due - dates.due
    return Dates(dates.opens, due, cutoff)


def longer(due: datetime, days: int, now: datetime) -> datetime:
    """An extension: so many days from the later of today and the deadline, at the deadline's hour.

    `due` is in the network's zone. From the task's deadline, not from an extension before: the same
    button pressed twice gives the same.
    """
    day = max(due.date(), now.astimezone(due.tzinfo).date())
    return datetime.combine(day + timedelta(days=days), due.timetz())
