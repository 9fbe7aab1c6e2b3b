"""The rules of case tasks: dates that hold for one person, lateness, attempts, stages, risk.

Everything about one person's task is derived from values: the task's dates, when the person joined,
an extension, and the versions they handed in. The person's list, the reminder at send time and the
coordinator's «кто не сдал» ask the same functions, so none of them can contradict another.
All moments are aware.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from surveys.task_dates import Dates


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


AFTER_RETURN: Final = timedelta(days=3)
"""Time to improve a returned work, even where the deadline or the cut-off would come earlier."""
SOON: Final = timedelta(days=7)
AT_RISK: Final = 2
"""Missed tasks after which a trainee is marked."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version as these rules see it."""

    state: VersionState
    attempt: int
    submitted_at: datetime | None = None
    decided_at: datetime | None = None


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
