"""Where spans fall in the calendar: the year from the span itself, its neighbours, or the plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from roadmap.elements import Deadline, Point, Span, WholeYear, Year
from roadmap.model import DoubtCode
from roadmap.periods import ONE_DAY, Period, last_day

Dated = Span | Deadline
Stretch = tuple[date | None, date | None]
A_LEAP_YEAR = 2024


@dataclass(frozen=True, slots=True)
class NotPlaced(Exception):  # noqa: N818 - an answer about a text, not a fault of the program
    """Why a span has no single place in the calendar."""

    code: DoubtCode


def period_of(year: Year) -> Period:
    """The period that a year or a pair of years in the text stands for."""
    if isinstance(year, int):
        return Period.calendar(year)
    if year.school is None:
        raise NotPlaced(DoubtCode.YEAR_AMBIGUOUS)
    if year.school:
        return Period.school(year.first, year.last)
    return Period.calendar(year.first, year.last)


def place(items: Sequence[Dated | WholeYear], period: Period | None) -> list[tuple[Dated, Stretch]]:
    """Dates of each span in the order written. Raises `NotPlaced`.

    A year beside a span wins; then one that stands alone («2021 г.: март, апрель», «март, апрель,
    2021»); then that of a neighbour, as long as the list stays in order («сентябрь, декабрь 2020»);
    then the plan's period.
    """
    spans = [item for item in items if not isinstance(item, WholeYear)]
    periods = _standing_years(items, period)
    placed: list[Stretch | None] = [_with_own_year(span) for span in spans]
    has_year = any(placed)
    if spans and all(placed):
        _refuse_other_years(items, [stretch for stretch in placed if stretch])
    for i in reversed(range(len(spans))):
        if placed[i] is None and (after := _next(placed[i + 1 :])):
            placed[i] = _beside(spans[i], after, periods[i], before=True)
    for i, span in enumerate(spans):
        if placed[i] is None and has_year and (earlier := _next(placed[:i][::-1])):
            placed[i] = _beside(span, earlier, periods[i], before=False)
        elif placed[i] is None:
            placed[i] = _within(span, periods[i])
    return [(span, stretch) for span, stretch in zip(spans, placed, strict=True) if stretch]


def _refuse_other_years(items: Sequence[Dated | WholeYear], placed: Sequence[Stretch]) -> None:
    """«май 2026 или 2027»: a year that stands alone, and holds none of the dates that have theirs.

    Left out, it would be lost without a word.
    """
    for item in items:
        if isinstance(item, WholeYear):
            period = period_of(item.year)
            if not any(period.start <= _edge(stretch) <= period.end for stretch in placed):
                raise NotPlaced(DoubtCode.YEAR_AMBIGUOUS)


def _standing_years(
    items: Sequence[Dated | WholeYear], period: Period | None
) -> list[Period | None]:
    """For each span the year that stands alone before it or, if none leads, after it."""
    leading = isinstance(items[0], WholeYear) if items else False
    found: list[Period | None] = []
    current: Period | None = None
    for item in items if leading else list(reversed(items)):
        if isinstance(item, WholeYear):
            current = period_of(item.year)
        else:
            found.append(current or period)
    return found if leading else found[::-1]


def _next(placed: Sequence[Stretch | None]) -> Stretch | None:
    return next((stretch for stretch in placed if stretch), None)


def _day(month_day: tuple[int, int], year: int) -> date | None:
    month, day = month_day
    try:
        return date(year, month, day or last_day(year, month))
    except ValueError:
        return None


def _at(dated: Dated, first_year: int, last_year: int | None = None) -> Stretch | None:
    """Dates if it starts in `first_year`; it ends as soon after as it can, or in `last_year`."""
    first, last = _points(dated)
    start = _day(first.start, first_year)
    edge = last.start if _ends_before(dated) else last.end
    end = _day(edge, first_year if last_year is None else last_year)
    if last_year is None and start and end and end < start:
        end = _day(edge, first_year + 1)
    if start is None or end is None:
        return None
    if _ends_before(dated):
        end -= ONE_DAY
    if isinstance(dated, Deadline):
        return None, end
    return start, None if dated.open_end else end


def _points(dated: Dated) -> tuple[Point, Point]:
    if isinstance(dated, Deadline):
        assert dated.point is not None  # noqa: S101 - the caller gives the plan's end to such ones
        return dated.point, dated.point
    return dated.first, dated.last


def _ends_before(dated: Dated) -> bool:
    return not dated.inclusive if isinstance(dated, Deadline) else dated.until


def _with_own_year(dated: Dated) -> Stretch | None:
    """Dates by the years written in the span; None if it has none."""
    first, last = _points(dated)
    if first.year is None and last.year is None:
        return None
    pairs = [y for y in (first.year, last.year) if y is not None and not isinstance(y, int)]
    if pairs:
        return _within(dated, period_of(pairs[0]))
    in_order = first.start <= last.start
    first_year, last_year = first.year, last.year
    if not isinstance(first_year, int):
        first_year = int(last_year) - (not in_order)  # type: ignore[arg-type] # not both are None
    if not isinstance(last_year, int):
        last_year = first_year + (not in_order)
    stretch = _at(dated, first_year, last_year)
    if stretch is None:
        raise NotPlaced(DoubtCode.IMPOSSIBLE_DATE)
    if stretch[0] and stretch[1] and stretch[1] < stretch[0]:
        raise NotPlaced(DoubtCode.BACKWARDS)
    return stretch


def _edge(stretch: Stretch) -> date:
    edge = stretch[0] or stretch[1]
    assert edge is not None  # noqa: S101 - a stretch is open on one side at most
    return edge


def _beside(dated: Dated, other: Stretch, period: Period | None, *, before: bool) -> Stretch:
    """The year of a neighbour, if the list stays in order; else the plan's if it is next to it."""
    year = _edge(other).year
    same = _at(dated, year)
    if same and (_edge(same) <= _edge(other) if before else _edge(same) >= _edge(other)):
        return same
    if period is None:
        raise NotPlaced(DoubtCode.YEAR_AMBIGUOUS)
    within = _within(dated, period)
    if _edge(within).year not in ({year - 1, year} if before else {year, year + 1}):
        raise NotPlaced(DoubtCode.YEAR_AMBIGUOUS)
    return within


def _within(dated: Dated, period: Period | None) -> Stretch:
    """The one place in the plan's period. A range may leave a plan for a calendar year forwards."""
    if period is None:
        possible_at_all = _at(dated, A_LEAP_YEAR)
        raise NotPlaced(DoubtCode.YEAR_UNKNOWN if possible_at_all else DoubtCode.IMPOSSIBLE_DATE)
    years = range(period.start.year - 1, period.end.year + 2)
    possible = [stretch for year in years if (stretch := _at(dated, year))]
    if not possible:
        raise NotPlaced(DoubtCode.IMPOSSIBLE_DATE)
    found = [stretch for stretch in possible if _fits(dated, stretch, period)]
    if len(found) > 1:
        raise NotPlaced(DoubtCode.YEAR_AMBIGUOUS)
    if not found:
        raise NotPlaced(_why_outside(dated, period))
    return found[0]


def _fits(dated: Dated, stretch: Stretch, period: Period) -> bool:
    start, end = stretch
    if start is not None and not period.start <= start <= period.end:
        return False
    if end is None:
        return True
    across_new_year = isinstance(dated, Span) and dated.first is not dated.last
    if start is not None and across_new_year and period.is_one_calendar_year:
        return True
    return period.start <= end <= period.end


def _why_outside(dated: Dated, period: Period) -> DoubtCode:
    first, last = _points(dated)
    years = range(period.start.year, period.end.year + 1)
    if any(_day(md, year) is None for md in (first.start, last.end) for year in years):
        return DoubtCode.IMPOSSIBLE_DATE  # 29 February of a common year
    return DoubtCode.RANGE_LEAVES_PLAN
