"""What may be switched off within a topic (storage/peace.py): by how early a reminder comes."""

from enum import StrEnum


class Timing(StrEnum):
    """Reminders of events by how early they come, and the questions to organisers."""

    WEEK = "reminder-week"
    DAY = "reminder-day"
    HOUR = "reminder-hour"
    QUESTION = "event-question"


WEEK_FROM = 3 * 1440
DAY_FROM = 12 * 60


def timing_of(minutes: int) -> Timing:
    """Which one a reminder so many minutes before the start is."""
    if minutes >= WEEK_FROM:
        return Timing.WEEK
    return Timing.DAY if minutes >= DAY_FROM else Timing.HOUR
