"""The rules of case tasks: dates that hold for one person, lateness, attempts, stages, risk.

Everything about one person's task is derived from values: the task's dates, when the person joined,
an extension, and the versions they handed in. The person's list, the reminder at send time and the
coordinator's «кто не сдал» ask the same functions, so none of them can contradict another.
All moments are aware.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import IntEnum, StrEnum
from typing import Final


class Kind(StrEnum):
    """What the trainee makes; the kinds named in the network's roadmaps."""

    TEST = "test"
    CASE = "case"
    PRESENTATION = "presentation"
    PROJECT = "project"
    BOOKLET = "booklet"
    REPORT = "report"
    ESSAY = "essay"
    NOTEBOOK = "notebook"
    FEEDBACK = "feedback"
    MASTER_CLASS = "master-class"
    NORMATIVE = "normative"
    MODEL = "model"
    EXPERTISE = "expertise"
    DIAGNOSTICS = "diagnostics"
    OTHER = "other"


class Level(StrEnum):
    """How independent the work is."""

    REPRODUCTIVE = "reproductive"
    CREATIVE = "creative"
    INNOVATIVE = "innovative"


class Content(StrEnum):
    """What a submission may consist of."""

    TEXT = "text"
    LINK = "link"
    DOCUMENT = "document"
    PHOTO = "photo"
    VIDEO = "video"
    VOICE = "voice"


class VersionState(StrEnum):
    """Where one version stands. `REPLACED`: a newer one came before it was judged."""

    DRAFT = "draft"
    WAITING = "waiting"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    REPLACED = "replaced"


class Standing(StrEnum):
    """Where one person stands with a task, most pressing first: the order of their list."""

    OVERDUE = "overdue"
    THIS_WEEK = "this-week"
    RETURNED = "returned"
    LATER = "later"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    MISSED = "missed"
    NOT_OPEN = "not-open"


class Refusal(StrEnum):
    """Why nothing can be handed in now."""

    NOT_OPEN = "not-open"
    CUT_OFF = "cut-off"
    NO_ATTEMPTS = "no-attempts"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class Reminder(IntEnum):
    """When somebody who has not handed in is reminded: seconds before (after: negative) due."""

    WEEK = 7 * 24 * 3600
    DAY = 24 * 3600
    HOURS = 3 * 3600
    AFTER = -3600


FAIR: Final = timedelta(days=14)
"""A late joiner has as long as the others had, but no more than this."""

AFTER_RETURN: Final = timedelta(days=3)
"""Time to improve a returned work, even where the deadline or the cut-off would come earlier."""

SOON: Final = timedelta(days=7)
AT_RISK: Final = 2
"""Missed tasks after which a trainee is marked."""

QUIET_FROM: Final = time(21)
QUIET_UNTIL: Final = time(8)
BEFORE_QUIET: Final = time(20, 30)
"""The network's quiet hours; what must come before them comes at half past eight."""

REMINDER_LIFE: Final = timedelta(hours=12)
"""A reminder not sent within this is too late and is dropped (after a long outage)."""


@dataclass(frozen=True, slots=True)
class Dates:
    """`due` None: no deadline; `cutoff` None: late work is taken for ever."""

    opens: datetime
    due: datetime | None = None
    cutoff: datetime | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One version as these rules see it."""

    state: VersionState
    attempt: int
    submitted_at: datetime | None = None
    decided_at: datetime | None = None


def effective(
    dates: Dates, *, joined: datetime | None = None, extended: datetime | None = None
) -> Dates:
    """The dates that hold for one person.

    Whoever joined (or whose stage opened) after the task did has as long as the others had, at
    most `FAIR`; an extension only ever gives more. The cut-off keeps its distance to the deadline.
    """
    opens, due = dates.opens, dates.due
    if joined is not None and joined > opens:
        opens = joined
        if due is not None:
            due = max(due, joined + min(max(due - dates.opens, timedelta(0)), FAIR))
    if due is not None and extended is not None:
        due = max(due, extended)
    cutoff = dates.cutoff
    if cutoff is not None and due is not None and dates.due is not None:
        cutoff += due - dates.due
    return Dates(opens, due, cutoff)


def asked_of(dates: Dates, joined: datetime | None) -> bool:
    """Whether the task is meant for somebody who joined then: not if it was over already."""
    end = dates.cutoff or dates.due
    return joined is None or end is None or joined < end


def last(versions: Sequence[Version]) -> Version | None:
    """The newest version that was handed in (drafts and replaced ones are none)."""
    counted = [
        one for one in versions if one.state not in {VersionState.DRAFT, VersionState.REPLACED}
    ]
    return max(counted, key=lambda one: one.attempt, default=None)


def attempt_of_next(versions: Sequence[Version]) -> int:
    """The attempt that the next version belongs to: a return begins a new one."""
    newest = last(versions)
    if newest is None:
        return 1
    return newest.attempt + (newest.state is VersionState.RETURNED)


def after_return(dates: Dates, versions: Sequence[Version]) -> Dates:
    """The dates once a work was returned: at least `AFTER_RETURN` to improve it."""
    newest = last(versions)
    if newest is None or newest.state is not VersionState.RETURNED or newest.decided_at is None:
        return dates
    until = newest.decided_at + AFTER_RETURN
    return Dates(
        dates.opens,
        None if dates.due is None else max(dates.due, until),
        None if dates.cutoff is None else max(dates.cutoff, until),
    )


def refusal(
    dates: Dates,
    versions: Sequence[Version],
    *,
    attempts: int | None,
    now: datetime,
    withdrawn: bool = False,
) -> Refusal | None:
    """Why nothing can be handed in now; None if something can.

    Args:
        dates: `effective` ones.
        versions: all of this person for this task.
        attempts: how many the task allows; None is any number.
        now: the moment.
        withdrawn: the task is no longer asked.
    """
    newest = last(versions)
    if newest is not None and newest.state is VersionState.ACCEPTED:
        return Refusal.ACCEPTED
    if withdrawn:
        return Refusal.WITHDRAWN
    if now < dates.opens:
        return Refusal.NOT_OPEN
    if attempts is not None and attempt_of_next(versions) > attempts:
        return Refusal.NO_ATTEMPTS
    held = after_return(dates, versions)
    if held.cutoff is not None and now >= held.cutoff:
        return Refusal.CUT_OFF
    return None


def late(dates: Dates, versions: Sequence[Version], submitted: datetime) -> timedelta:
    """By how much a version handed in then is late; zero if it is not."""
    due = after_return(dates, versions).due
    return timedelta(0) if due is None else max(submitted - due, timedelta(0))


def standing(dates: Dates, versions: Sequence[Version], now: datetime) -> Standing:  # noqa: PLR0911 - the states in the order in which they hold
    """Where the person stands; `dates` are `effective` ones."""
    newest = last(versions)
    if newest is not None:
        if newest.state is VersionState.WAITING:
            return Standing.WAITING
        if newest.state is VersionState.ACCEPTED:
            return Standing.ACCEPTED
    held = after_return(dates, versions)
    if now < held.opens:
        return Standing.NOT_OPEN
    if held.cutoff is not None and now >= held.cutoff:
        return Standing.MISSED
    if held.due is not None and now >= held.due:
        return Standing.OVERDUE
    if newest is not None:
        return Standing.RETURNED
    return Standing.THIS_WEEK if held.due and held.due - now <= SOON else Standing.LATER


def by_urgency(of: Standing, due: datetime | None) -> tuple[int, float]:
    """The key that sorts a person's list: what presses most stands first."""
    return list(Standing).index(of), due.timestamp() if due else float("inf")


def missed(dates: Dates, versions: Sequence[Version], now: datetime) -> bool:
    """Whether the deadline passed with nothing handed in."""
    return last(versions) is None and dates.due is not None and now >= dates.due


def at_risk(missed_tasks: int) -> bool:
    """Whether somebody is marked after so many missed tasks."""
    return missed_tasks >= AT_RISK


def awake(moment: datetime) -> datetime:
    """The moment (in the network's zone), or the evening before if it falls into quiet hours.

    Most deadlines are midnight: «за три часа» would wait for the morning and come too late.
    """
    at = moment.time()
    if QUIET_UNTIL <= at < QUIET_FROM:
        return moment
    day = moment.date() if at >= QUIET_FROM else moment.date() - timedelta(days=1)
    return datetime.combine(day, BEFORE_QUIET, moment.tzinfo)


def reminder_moment(reminder: Reminder, due: datetime, zone: tzinfo) -> datetime:
    """When this reminder goes out: not in quiet hours, and then rather before them than after.

    The one after the deadline is in no hurry: the outbox holds it until the morning.
    """
    moment = due.astimezone(zone) - timedelta(seconds=reminder.value)
    return moment if reminder is Reminder.AFTER else awake(moment)


def reminders_due(dates: Dates, now: datetime, zone: tzinfo) -> list[Reminder]:
    """The reminders whose moment has come and is not long past; `dates` are `effective` ones.

    A reminder whose moment lay before the task opened to the person is none: «осталось 7 дней»
    would come together with the task itself.
    """
    if dates.due is None:
        return []
    due = dates.due
    return [
        one
        for one in Reminder
        if dates.opens < (moment := reminder_moment(one, due, zone)) <= now < moment + REMINDER_LIFE
    ]


def stage_opens(
    dates: Dates, *, after_previous: bool, previous_accepted: datetime | None
) -> datetime | None:
    """When a stage opens to a person; None while the stage before is not accepted."""
    if not after_previous:
        return dates.opens
    return None if previous_accepted is None else max(dates.opens, previous_accepted)


def moved(dates: Dates, due: datetime) -> Dates:
    """The dates with another deadline; the cut-off keeps its distance to it."""
    cutoff = dates.cutoff
    if cutoff is not None and dates.due is not None:
        cutoff += due - dates.due
    return Dates(dates.opens, due, cutoff)


def longer(due: datetime, days: int, now: datetime) -> datetime:
    """An extension: so many days from the later of today and the deadline, at the deadline's hour.

    `due` is in the network's zone. From the task's deadline, not from an extension before: the same
    button pressed twice gives the same.
    """
    day = max(due.date(), now.astimezone(due.tzinfo).date())
    return datetime.combine(day + timedelta(days=days), due.timetz())
