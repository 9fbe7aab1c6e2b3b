"""Shares of the people of a group, with their intervals."""

from reports.report import Cell
from surveys.boyko_key import Degree
from surveys.screening_groups import Figures
from surveys.statistics import Share, share


def formed(figures: Figures, phase: int) -> int:
    """How many have this phase formed."""
    return figures.phases[phase].get(Degree.FORMED, 0)


def dominant(figures: Figures, symptom: int) -> int:
    """In how many this symptom dominates."""
    return figures.symptoms[symptom].get(Degree.DOMINANT, 0)


def share_of(count: int, figures: Figures) -> Share:
    """So many of the group."""
    found = share(count, figures.people)
    assert found is not None  # noqa: S101 - nobody is in no group that is shown
    return found


def with_interval(found: Share) -> tuple[Cell, Cell, Cell]:
    """The share and both ends of its interval, as cells."""
    if found.interval is None:
        return (found.value, None, None)
    return (found.value, found.interval.low, found.interval.high)
