"""Periods that summaries are made of, each with the one before it to compare with."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum


class PeriodKind(StrEnum):
    """How long a period is; a school year runs from 1 September to 31 August."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ALL = "all"


EPOCH = date(2020, 1, 1)
"""Before anything the bot could know."""


@dataclass(frozen=True)
class Period:
    """Days from `start` to before `end`."""

    kind: PeriodKind
    start: date
    end: date

    @property
    def last(self) -> date:
        """The last day that belongs to it."""
        return self.end - timedelta(days=1)

    def previous(self, today: date) -> "Period | None":
        """The one just before; None where nothing can be before.

        A period that is not over yet is compared with the same number of days of the one before:
        a whole year beside eleven weeks would show a fall where there is none.
        """
        if self.kind is PeriodKind.ALL:
            return None
        before = period_of(self.kind, self.start - timedelta(days=1))
        if today >= self.last:
            return before
        passed = max((today - self.start).days + 1, 1)
        return replace(before, end=min(before.start + timedelta(days=passed), before.end))

    @property
    def whole(self) -> bool:
        """Whether all of its days belong to it."""
        return self.kind is PeriodKind.ALL or self.end == period_of(self.kind, self.start).end

    def bounds(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """Its first moment and the first moment after it, in UTC."""
        first, after = (datetime.combine(day, time.min, zone) for day in (self.start, self.end))
        return first.astimezone(UTC), after.astimezone(UTC)

    @property
    def school_year(self) -> str:
        """The school year of its last day: «2026-2027»."""
        start = _school_year(self.last)
        return f"{start.year}-{start.year + 1}"


def period_of(kind: PeriodKind, day: date) -> Period:
    """The period of that kind that the day lies in; ALL ends with the day."""
    match kind:
        case PeriodKind.WEEK:
            start = day - timedelta(days=day.weekday())
            return Period(kind, start, start + timedelta(days=7))
        case PeriodKind.MONTH:
            start = day.replace(day=1)
            return Period(kind, start, _months_later(start, 1))
        case PeriodKind.QUARTER:
            start = date(day.year, day.month - (day.month - 1) % 3, 1)
            return Period(kind, start, _months_later(start, 3))
        case PeriodKind.YEAR:
            start = _school_year(day)
            return Period(kind, start, start.replace(year=start.year + 1))
        case PeriodKind.ALL:
            return Period(kind, EPOCH, day + timedelta(days=1))


def months(period: Period) -> tuple[Period, ...]:
    """The calendar months that the period touches, the last twelve at most."""
    found: list[Period] = []
    month = period_of(PeriodKind.MONTH, period.last)
    while month.end > period.start and len(found) < 12:
        found.append(month)
        month = period_of(PeriodKind.MONTH, month.start - timedelta(days=1))
    return tuple(reversed(found))


def _school_year(day: date) -> date:
    return date(day.year if day.month >= 9 else day.year - 1, 9, 1)


def _months_later(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, 1)
