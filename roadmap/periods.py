"""Calendar and school years, and where a month or day without a year falls in one."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """The years a plan is for: whole calendar years, or school years (1 September to 31 August)."""

    start: date
    end: date

    @classmethod
    def calendar(cls, first: int, last: int | None = None) -> "Period":
        """A calendar year, or the run of them from `first` to `last`."""
        return cls(date(first, 1, 1), date(last or first, 12, 31))

    @classmethod
    def school(cls, first: int, last: int | None = None) -> "Period":
        """The school year that begins in `first`, or the run of them that ends in `last`."""
        return cls(date(first, 9, 1), date(last or first + 1, 8, 31))

    @classmethod
    def parse(cls, text: str) -> "Period | None":
        """«2022», «2021-2022» (a school year) or «2020-2023» (calendar years); None if neither."""
        match = re.fullmatch(r"\s*(20\d\d)(?:\s*[-–/]\s*(20\d\d))?\s*", text)
        if not match:
            return None
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first:
            return None
        return cls.school(first) if last == first + 1 else cls.calendar(first, last)

    @property
    def is_school(self) -> bool:
        """Whether it runs from September to August."""
        return self.start.month != 1

    @property
    def is_one_calendar_year(self) -> bool:
        """Whether it is a single year from January to December."""
        return not self.is_school and self.start.year == self.end.year

    @property
    def label(self) -> str:
        """As people write it: «2022», «2026-2027»."""
        first, last = self.start.year, self.end.year
        return str(first) if first == last else f"{first}-{last}"

    def parts(self, n: int) -> list[tuple[date, date]]:
        """`n` equal parts: whole months where twelve (or all months) divide by n, else days."""
        months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
        if months % n == 0:
            step = months // n
            starts = [add_months(self.start, i * step) for i in range(n + 1)]
        else:
            days = (self.end - self.start).days + 1
            starts = [self.start + timedelta(days=days * i // n) for i in range(n + 1)]
        return [(a, b - ONE_DAY) for a, b in pairwise(starts)]


def add_months(day: date, months: int) -> date:
    """The first of the month `months` after that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def last_day(year: int, month: int) -> int:
    """Number of days in a month."""
    return calendar.monthrange(year, month)[1]
