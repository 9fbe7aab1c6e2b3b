"""What is due when: reminders to people who come, questions to the organiser.

Every message has a moment, and a later one at which it has lost its sense (the next message of its
row, the start of the event). Between the two it is due; after that it is too late, and counted.
The clock is given.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from roadmap.offsets import Offset, before, days_before, name_of

OFFSETS = (timedelta(days=7), timedelta(days=1), timedelta(hours=1))
FIRST_QUESTION = timedelta(
    days=21
)  # before the window opens: time to find a day, place and speaker
QUESTION_AGAIN = timedelta(days=7)
ONE_DAY = timedelta(days=1)


class Kind(StrEnum):
    """Kinds of messages; a person can mute each."""

    REMINDER = "reminder"
    NAME_DAY = "name-day"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Local hours in which the bot starts nothing itself: from `start` over midnight to `end`."""

    start: time = time(21)
    end: time = time(8)

    def hold(self, local: time) -> bool:
        """Whether it is quiet at this local time."""
        if self.start <= self.end:
            return self.start <= local < self.end
        return local >= self.start or local < self.end


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of the calendar.

    `start` (aware) if day and hour are named; `day` if only the day is; `window` if neither is.
    `revision` grows when it is moved, so that it is announced anew.
    """

    id: int
    revision: int = 0
    start: datetime | None = None
    day: date | None = None
    window: tuple[date, date] | None = None
    cancelled: bool = False
    offsets: tuple[timedelta, ...] = OFFSETS


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message is for; nothing that was due before `joined_at` reaches them.

    `own` are the times this person chose for reminders instead of the event's.
    """

    id: int
    joined_at: datetime
    muted: frozenset[Kind] = frozenset()
    own: tuple[Offset, ...] | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """Zone of the network and its quiet hours; `day_starts` stands in for an hour not named."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Moscow"))
    quiet: QuietHours = QuietHours()
    day_starts: time = time(10)


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one person. `key` is natural: the same message always has the same."""

    key: str
    kind: Kind
    event: int
    person: int
    due_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """Messages to send now, those to come, and how many lost their sense unsent."""

    now: tuple[Message, ...]
    later: tuple[Message, ...]
    too_late: int


def due(messages: Iterable[Message], now: datetime, sent: frozenset[str] = frozenset()) -> Due:
    """Sort messages by the clock; those whose key is in `sent` are done with."""
    open_ = [message for message in messages if message.key not in sent]
    return Due(
        now=tuple(m for m in open_ if m.due_at <= now < m.expires_at),
        later=tuple(m for m in open_ if m.due_at > now),
        too_late=sum(1 for m in open_ if m.expires_at <= now),
    )


def reminders(event: Happening, person: Recipient, rules: Rules) -> list[Message]:
    """Reminders of an event whose day is named, in order of time, each due before the next.

    An offset of less than a day is left out while the hour is not named. A moment in quiet hours
    waits for their end, or comes the evening before if it would then be too late.
    """
    if event.cancelled or Kind.REMINDER in person.muted:
        return []
    start = _start(event, rules)
    if start is None:
        return []
    chosen: Iterable[Offset] = event.offsets if person.own is None else person.own
    named = [
        (name_of(offset), _loud(moment, start, rules))
        for offset in sorted(set(chosen), key=lambda each: (days_before(each), name_of(each)))[::-1]
        if (moment := before(start, offset, rules.zone)) < start
        and (event.start or days_before(offset) >= ONE_DAY)
    ]
    return _row(Kind.REMINDER, event, person, named, start)


def questions(event: Happening, organiser: Recipient, rules: Rules) -> list[Message]:
    """To the organiser of an event with a window only: when exactly? Weekly until it closes."""
    if event.cancelled or event.window is None or event.start or event.day:
        return []
    if Kind.NAME_DAY in organiser.muted:
        return []
    opens, closes = event.window
    last = datetime.combine(closes + ONE_DAY, time(0), rules.zone)
    named = []
    day, n = opens - FIRST_QUESTION, 1
    while day <= closes:
        moment = datetime.combine(day, rules.day_starts, rules.zone)
        named.append((str(n), _loud(moment, last, rules)))
        day, n = day + QUESTION_AGAIN, n + 1
    # An organiser named late is asked at once: the last question that passed is still open.
    passed = [i for i, (_, at) in enumerate(named) if at <= organiser.joined_at]
    if passed:
        named[passed[-1]] = (named[passed[-1]][0], _loud(organiser.joined_at, last, rules))
    return _row(Kind.NAME_DAY, event, organiser, named, last)


def _start(event: Happening, rules: Rules) -> datetime | None:
    if event.start is not None:
        return event.start
    if event.day is not None:
        return datetime.combine(event.day, rules.day_starts, rules.zone)
    return None


def _row(
    kind: Kind,
    event: Happening,
    person: Recipient,
    named: Sequence[tuple[str, datetime]],
    end: datetime,
) -> list[Message]:
    """Messages that replace one another; what was due before a person joined is none of theirs."""
    messages = []
    in_time = sorted(named, key=lambda item: item[1])
    for i, (name, at) in enumerate(in_time):
        expires = in_time[i + 1][1] if i + 1 < len(in_time) else end
        if at >= person.joined_at and at < expires:
            key = f"{kind}:event:{event.id}:{event.revision}:{name}:person:{person.id}"
            messages.append(Message(key, kind, event.id, person.id, at, expires))
    return messages


def _loud(at: datetime, before: datetime, rules: Rules) -> datetime:
    """The moment itself, or the nearest that is not quiet and still comes `before`."""
    local = at.astimezone(rules.zone)
    quiet = rules.quiet
    if not quiet.hold(local.time()):
        return at
    morning = local.date() + (ONE_DAY if local.time() >= quiet.end else timedelta(0))
    ends = datetime.combine(morning, quiet.end, rules.zone)
    if ends < before:
        return ends
    # The last full hour before the quiet began: «tomorrow at 7» is said the evening before.
    over_midnight = quiet.start > quiet.end
    evening = morning - ONE_DAY if over_midnight else morning
    return datetime.combine(evening, quiet.start, rules.zone) - timedelta(hours=1)
