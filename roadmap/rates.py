"""How often within the months that are named: «сентябрь – май, 1 раз в месяц» is nine meetings."""

from collections.abc import Sequence

from roadmap.elements import Rate
from roadmap.model import Window
from roadmap.periods import Period, last_day

MONTHS_OF_A_YEAR = 12


def parted(windows: Sequence[Window], rate: Rate) -> list[Window] | None:
    """Each window of whole months cut into as many equal parts as the rate has meetings in it.

    None where that says nothing: the rate is so many times a *year* (then it holds for the windows
    as they are), a window is not of whole months, or the meetings do not come out even.
    """
    if not rate.within_year:
        return None
    found: list[Window] = []
    for window in windows:
        months = _whole_months(window)
        times, rest = divmod(rate.per_year * months, MONTHS_OF_A_YEAR)
        if window.start is None or window.end is None or rest or not times:
            return None
        parts = Period(window.start, window.end).parts(times)
        found += [Window(start=start, end=end, label=window.label) for start, end in parts]
    return found


def _whole_months(window: Window) -> int:
    """How many; 0 where the edges are not those of months."""
    start, end = window.start, window.end
    if start is None or end is None or start.day != 1:
        return 0
    if end.day != last_day(end.year, end.month):
        return 0
    return (end.year - start.year) * MONTHS_OF_A_YEAR + end.month - start.month + 1
