"""How long before a start a reminder comes: so many minutes, or days before at an hour of the day.

Each has a name that stands in keys, buttons and rows: «7d», «1h», «90m», «1d@1800».
"""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
SOONEST = timedelta(minutes=5)
"""Less before a start nobody reads in time."""
FARTHEST = timedelta(days=30)

_NAME = re.compile(r"(\d{1,4})(?:([hm])|d(?:@([01]\d|2[0-3])([0-5]\d))?)")


@dataclass(frozen=True, slots=True)
class AtHour:
    """So many days before the day of the start, at a local hour; 0 is the day itself."""

    days: int
    hour: time


Offset = timedelta | AtHour


def name_of(offset: Offset) -> str:
    """«7d», «1h», «90m», «1d@1800»."""
    if isinstance(offset, AtHour):
        return f"{offset.days}d@{offset.hour:%H%M}"
    minutes = int(offset.total_seconds() // 60)
    if minutes % 1440 == 0:
        return f"{minutes // 1440}d"
    return f"{minutes // 60}h" if minutes % 60 == 0 else f"{minutes}m"


def offset_of(name: str) -> Offset | None:
    """The offset of a name; None if it is none or lies outside `SOONEST`…`FARTHEST`."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    number, unit = int(match[1]), match[2]
    if match[3]:
        return AtHour(number, time(int(match[3]), int(match[4]))) if number <= 30 else None
    offset = timedelta(**{{"h": "hours", "m": "minutes"}.get(unit or "", "days"): number})
    return offset if SOONEST <= offset <= FARTHEST else None


def before(start: datetime, offset: Offset, zone: ZoneInfo) -> datetime:
    """The moment that lies so long before an (aware) start."""
    if isinstance(offset, timedelta):
        return start - offset
    day = start.astimezone(zone).date() - timedelta(days=offset.days)
    return datetime.combine(day, offset.hour, zone)


def days_before(offset: Offset) -> timedelta:
    """How early it is, roughly: an hour of the day counts as its whole days."""
    return timedelta(days=offset.days) if isinstance(offset, AtHour) else offset
