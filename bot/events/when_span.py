"""Reading from when to when something is: «24 ноября 15:00-17:00», «5 декабря с 10:00 до 13:00»."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from bot.when import read_moment

USUAL = timedelta(hours=2)
"""How long a meeting lasts of which only the start is said."""
LONGEST = timedelta(days=31)

_CLOCK = r"(\d{1,2})[:.](\d{2})"
_HOURS = re.compile(rf"[\s,]*(?:\bс\s+|\bв\s+)?\b{_CLOCK}\s*(?:-|–|—|\bдо\b)\s*{_CLOCK}\s*$")
_HOUR = re.compile(rf"[\s,]*(?:\bс\s+|\bв\s+)?(?<![\d.]){_CLOCK}\s*$")
_TO = re.compile(r"\s(?:-|–|—)\s|\s+до\s+")


class SpanFault(StrEnum):
    """Why a text is no span; worded in bot/texts/managing.py."""

    UNREADABLE = "unreadable"
    NO_HOUR = "no-hour"
    BACKWARDS = "backwards"
    TOO_LONG = "too-long"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Span:
    """Both moments aware, in the zone of `now`; the end lies behind the start."""

    start: datetime
    end: datetime


def read_span(text: str, now: datetime) -> Span | SpanFault:
    """From when to when; without an end, `USUAL` long. Both days may be named («… – …»)."""
    text = " ".join(text.split())
    hours = _HOURS.search(text)
    if hours is None:
        parts = _TO.split(text)
        if len(parts) == 2:
            start, end = (_moment(part, now) for part in parts)
            if isinstance(start, SpanFault) or isinstance(end, SpanFault):
                return start if isinstance(start, SpanFault) else SpanFault.UNREADABLE
            return _checked(start, end, now)
        start = _moment(text, now)
        return start if isinstance(start, SpanFault) else _checked(start, start + USUAL, now)
    day = text[: hours.start()]
    try:
        first = time(int(hours[1]), int(hours[2]))
        last = time(int(hours[3]), int(hours[4]))
    except ValueError:
        return SpanFault.UNREADABLE
    start = _moment(f"{day} {first:%H:%M}", now)
    if isinstance(start, SpanFault):
        return start
    return _checked(start, start.replace(hour=last.hour, minute=last.minute), now)


def _moment(text: str, now: datetime) -> datetime | SpanFault:
    hour = _HOUR.search(text)
    if hour is None:
        found = read_moment(text, now, otherwise=time(0))
        return SpanFault.UNREADABLE if found is None else SpanFault.NO_HOUR
    plain = f"{text[: hour.start()]} {hour[1]}:{hour[2]}".strip()
    return read_moment(plain, now, otherwise=time(0)) or SpanFault.UNREADABLE


def _checked(start: datetime, end: datetime, now: datetime) -> Span | SpanFault:
    if end <= start:
        return SpanFault.BACKWARDS
    if end - start > LONGEST:
        return SpanFault.TOO_LONG
    return SpanFault.PAST if end <= now else Span(start, end)
