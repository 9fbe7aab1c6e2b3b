"""When somebody who has not handed in is reminded, by the deadline that holds for them."""

from datetime import datetime, time, timedelta, tzinfo
from enum import IntEnum
from typing import Final

from surveys.task_dates import Dates


class Reminder(IntEnum):
    """When somebody who has not handed in is reminded: seconds before (after: negative) due."""

    WEEK = 7 * 24 * 3600
    DAY = 24 * 3600
    HOURS = 3 * 3600
    AFTER = -3600


QUIET_FROM: Final = time(21)
QUIET_UNTIL: Final = time(8)
BEFORE_QUIET: Final = time(20, 30)
"""The network's quiet hours; what must come before them comes at half past eight."""
REMINDER_LIFE: Final = timedelta(hours=12)
"""A reminder not sent within this is too late and is dropped (after a long outage)."""


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
