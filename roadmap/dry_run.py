"""A year in advance: who gets what in which week, and what the coordinator should look at."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import holidays

from roadmap.periods import Period
from roadmap.reminding import Happening, Message, Recipient, Rules, questions, reminders

MOST_A_WEEK = 3


class CautionCode(StrEnum):
    """What to look at before the year begins; worded in `bot/texts`."""

    HOLIDAY = "holiday"  # name
    WEEKEND = "weekend"
    NO_DAY = "no_day"
    NO_QUESTIONNAIRE = "no_questionnaire"
    TOO_MANY = "too_many"  # messages


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to look at about an event, or about one person's week (its Monday)."""

    code: CautionCode
    event: int | None = None
    person: int | None = None
    week: date | None = None
    name: str = ""
    messages: int = 0


@dataclass(frozen=True, slots=True)
class Week:
    """Messages of the week that begins on `monday`, in order of time."""

    monday: date
    messages: tuple[Message, ...]

    def per_person(self) -> Counter[int]:
        """How many messages each person gets."""
        return Counter(message.person for message in self.messages)


@dataclass(frozen=True, slots=True)
class Planned:
    """An event with those whom it concerns now; the real send looks them up again."""

    event: Happening
    recipients: tuple[Recipient, ...]
    organisers: tuple[Recipient, ...]
    has_questionnaire: bool


@dataclass(frozen=True, slots=True)
class DryRun:
    """Every week of the period (also empty ones) and the warnings."""

    weeks: tuple[Week, ...]
    warnings: tuple[Caution, ...]


def simulate(plan: Sequence[Planned], period: Period, rules: Rules) -> DryRun:
    """What would be sent in `period` if nothing changed."""
    weeks = _weeks(plan, period, rules)
    free = holidays.country_holidays(
        "RU", years=range(period.start.year, period.end.year + 2), language="ru"
    )
    warnings = [w for planned in plan for w in _of_event(planned, rules, free)]
    for week in weeks:
        warnings += [
            Caution(CautionCode.TOO_MANY, person=person, week=week.monday, messages=count)
            for person, count in sorted(week.per_person().items())
            if count > MOST_A_WEEK
        ]
    return DryRun(tuple(weeks), tuple(warnings))


def _weeks(plan: Iterable[Planned], period: Period, rules: Rules) -> list[Week]:
    monday = _monday(period.start)
    by_week: dict[date, list[Message]] = {}
    while monday <= period.end:
        by_week[monday] = []
        monday += timedelta(days=7)
    for planned in plan:
        messages = [m for r in planned.recipients for m in reminders(planned.event, r, rules)]
        messages += [m for o in planned.organisers for m in questions(planned.event, o, rules)]
        for message in messages:
            day = message.due_at.astimezone(rules.zone).date()
            if period.start <= day <= period.end:
                by_week[_monday(day)].append(message)
    return [
        Week(monday, tuple(sorted(messages, key=lambda m: (m.due_at, m.key))))
        for monday, messages in by_week.items()
    ]


def _of_event(planned: Planned, rules: Rules, free: holidays.HolidayBase) -> Iterable[Caution]:
    event = planned.event
    if event.cancelled:
        return
    day = event.start.astimezone(rules.zone).date() if event.start else event.day
    if day is None:
        yield Caution(CautionCode.NO_DAY, event=event.id)
    elif day in free:
        yield Caution(CautionCode.HOLIDAY, event=event.id, name=free.get(day) or "")
    elif not free.is_working_day(day):
        yield Caution(CautionCode.WEEKEND, event=event.id)
    if not planned.has_questionnaire:
        yield Caution(CautionCode.NO_QUESTIONNAIRE, event=event.id)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
