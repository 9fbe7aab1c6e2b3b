"""Reading a moment somebody typed: «25 ноября 10:00», «завтра», «05.12.2026 9:30»."""

import re
from datetime import date, datetime, time

from surveys.engine import Accepted, accept
from surveys.questionnaire import Date, Questionnaire

_CLOCK = re.compile(r"[\s,]*(?:\b\w\b\s*)?\b(\d{1,2}):(\d{2})\s*$")
_FORM = Questionnaire(
    id="when",
    version=1,
    title="when",
    items=(Date(name="day", label="day", constraint=". >= today()", required=True),),
)


def read_moment(text: str, now: datetime, *, otherwise: time) -> datetime | None:
    """The moment in the zone of `now`, at `otherwise` where no hour is given; None if unreadable.

    A day without a year is the next such day; a time alone is that time today.
    """
    clock = _CLOCK.search(text)
    hour = otherwise
    if clock is not None:
        try:
            hour = time(int(clock[1]), int(clock[2]))
        except ValueError:
            return None
        text = text[: clock.start()]
    if not text.strip():
        return now.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)
    read = accept(_FORM, "day", text, {}, now=now)
    if not isinstance(read, Accepted) or not isinstance(read.answer, str):
        return None
    return datetime.combine(date.fromisoformat(read.answer), hour, now.tzinfo)
