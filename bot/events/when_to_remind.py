"""Reading when to remind: «за 2 часа», «накануне в 19:30», «за 3 дня в 10:00»."""

import re
from datetime import time, timedelta
from enum import StrEnum

from roadmap.offsets import FARTHEST, SOONEST, AtHour, Offset
from roadmap.reminding import QuietHours

EVENING = time(18)
"""«накануне», without an hour."""

_NUMBERS = {
    "один": 1, "одну": 1, "одни": 1, "два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5,
    "десять": 10, "пятнадцать": 15, "двадцать": 20, "тридцать": 30, "сорок": 40,
}  # fmt: skip
_UNITS = {
    "мин": timedelta(minutes=1),
    "полчаса": timedelta(minutes=30),
    "ч": timedelta(hours=1),
    "д": timedelta(days=1),
    "сут": timedelta(days=1),
    "нед": timedelta(days=7),
}
_CLOCK = r"(?:\s*,?\s*(?:в|во|к)\s+(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?(?:\s*ч\w*\.?)?)"
_FORMS = (
    re.compile(
        r"(?:за\s+)?(?:(?P<number>\d{1,4}|[а-я]+)\s*)??"
        r"(?P<unit>мин(?:ут[уы]?)?|полчаса|ч(?:ас(?:а|ов)?)?|день|дн(?:я|ей)|сутки|суток"
        r"|недел[юиья]+)\.?(?:\s+до(?:\s+(?:начала|мероприятия|события))*)?" + _CLOCK + "?"
    ),
    re.compile(r"(?:вечером\s+)?(?P<eve>накануне)(?:\s+вечером)?" + _CLOCK + "?"),
    re.compile(
        r"(?:(?:утром\s+)?в\s+(?:тот\s+же\s+|этот\s+)?(?P<same>день)"
        r"(?:\s+(?:начала|мероприятия|события))?|утром)" + _CLOCK
    ),
)


class OwnTimeFault(StrEnum):
    """Why a text is no time of a reminder; worded in bot/texts/own_times.py."""

    UNREADABLE = "unreadable"
    QUIET = "quiet"
    TOO_SOON = "too-soon"
    TOO_EARLY = "too-early"


def read_own_time(text: str) -> Offset | OwnTimeFault:
    """How long before a start; an hour of the day must lie outside the quiet hours."""
    said = " ".join(text.lower().replace("ё", "е").split()).strip(" .,!")
    said = re.sub(r"^напом\w+\s+", "", said)
    for form in _FORMS:
        match = form.fullmatch(said)
        if match is not None:
            return _offset(match.groupdict())
    return OwnTimeFault.UNREADABLE


def _offset(said: dict[str, str | None]) -> Offset | OwnTimeFault:
    try:
        hour = time(int(said["hour"]), int(said["minute"] or 0)) if said["hour"] else None
    except ValueError:
        return OwnTimeFault.UNREADABLE
    if hour is not None and QuietHours().hold(hour):
        return OwnTimeFault.QUIET
    if said.get("eve"):
        return AtHour(1, hour or EVENING)
    if not said.get("unit"):
        return OwnTimeFault.UNREADABLE if hour is None else AtHour(0, hour)
    return _long(said["number"], str(said["unit"]), hour)


def _long(number: str | None, unit: str, hour: time | None) -> Offset | OwnTimeFault:
    if number is not None and not number.isdecimal() and number not in _NUMBERS:
        return OwnTimeFault.UNREADABLE
    count = 1 if number is None else _NUMBERS.get(number) or int(number)
    length = count * next(one for stem, one in _UNITS.items() if unit.startswith(stem))
    if length > FARTHEST:
        return OwnTimeFault.TOO_EARLY
    if hour is not None:
        return AtHour(length.days, hour) if length.days else OwnTimeFault.UNREADABLE
    return length if length >= SOONEST else OwnTimeFault.TOO_SOON
