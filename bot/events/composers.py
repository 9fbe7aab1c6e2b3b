"""What events have to say, worded when it is sent: does it still apply, and how is it now?"""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any

from aiogram import Bot

from bot.delivery.composers import Composer, Drop, Later, Letter, Manner, composers, manners
from bot.events.callbacks import Manage, Name, What
from bot.events.screens import Standing, card_of, standing
from bot.keyboards import button, keyboard
from bot.screens import Screen, edit
from bot.texts import events as words
from storage import mutes, peace
from storage.database import Connection, Database
from storage.events import notices as event_notices
from storage.events.attending import Choice
from storage.events.reminding import EVERYBODY_FROM
from storage.mutes import Timing
from storage.peace import Topic
from storage.people.people import Person


async def reminder(
    db: Database, person: Person, payload: Mapping[str, Any], now: datetime
) -> Screen | Letter | Drop | Later:
    """A meeting is near; also to somebody who has not said yet whether they come."""
    found, muted = await db.read(_look, person, int(payload["meeting"]))
    if found is None or not found.concerns:
        return Drop("not-theirs")
    timing = mutes.timing_of(int(payload["minutes"]))
    # A time that the person chose is wanted, whatever was switched off before.
    off = timing.value in muted and not payload.get("own")
    reason = _why_not(found, payload, now) or ("muted" if off else None)
    if reason is not None:
        return Drop(reason)
    head = words.reminder if _comes(found) else words.announcement
    return _with(head(found.meeting, now, _zone(now)), card_of(found, now, _zone(now)))


def _why_not(found: Standing, payload: Mapping[str, Any], now: datetime) -> str | None:
    """Why a reminder no longer applies, as things are now."""
    meeting = found.meeting
    reasons = {
        "cancelled": meeting.cancelled or meeting.withdrawn,
        "moved": meeting.moves != payload["moves"],
        "too-late": meeting.starts_at is not None and meeting.starts_at <= now,
        "declined": found.choice is Choice.DECLINED,
        "not-coming": not _comes(found) and int(payload["minutes"]) < EVERYBODY_FROM,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def _comes(found: Standing) -> bool:
    said_yes = found.choice in (Choice.COMING, Choice.ONLINE)
    return said_yes and found.queue is None


async def changed(
    db: Database, person: Person, payload: Mapping[str, Any], now: datetime
) -> Screen | Letter | Drop | Later:
    """A meeting was moved, cancelled or named."""
    found, _ = await db.read(_look, person, int(payload["meeting"]))
    if found is None:
        return Drop("gone")
    if found.choice is Choice.DECLINED:
        return Drop("declined")
    return _with(_news(found), _card(found, now))


async def correction(
    db: Database, person: Person, payload: Mapping[str, Any], now: datetime
) -> Screen | Letter | Drop | Later:
    """What the chat already shows about the meeting is made true again."""
    found, _ = await db.read(_look, person, int(payload["meeting"]))
    if found is None:
        return Drop("gone")
    screen = _with(words.CORRECTED_MARK, _card(found, now))
    message = int(payload["message"])

    async def send(bot: Bot, chat: int) -> tuple[int, ...] | Drop:
        if not await edit(bot, chat, message, screen):
            return Drop("not-editable")
        return (message,)

    return Letter(send, headline="")


async def seat(
    db: Database, person: Person, payload: Mapping[str, Any], now: datetime
) -> Screen | Letter | Drop | Later:
    """A place became free for somebody who waited."""
    found, _ = await db.read(_look, person, int(payload["meeting"]))
    if found is None or found.choice is not Choice.COMING or found.queue is not None:
        return Drop("no-place")
    if found.meeting.cancelled or found.meeting.over(now, _zone(now)):
        return Drop("cancelled")
    return _with(words.SEAT_FREE, _card(found, now))


async def question(
    db: Database, person: Person, payload: Mapping[str, Any], now: datetime
) -> Screen | Letter | Drop | Later:
    """An organiser is asked for day, hour and place."""
    found, muted = await db.read(_look, person, int(payload["meeting"]))
    if found is None or found.meeting.cancelled or found.meeting.withdrawn:
        return Drop("cancelled")
    if found.meeting.starts_at is not None:
        return Drop("named")
    if Timing.QUESTION.value in muted:
        return Drop("muted")
    number = found.meeting.id
    return Screen(
        words.question(found.meeting, now, _zone(now)),
        keyboard(
            [button(words.NAME_NOW, Name(meeting=number, what=What.WHEN))],
            [button(words.MANAGE, Manage(meeting=number))],
        ),
    )


def _look(
    conn: Connection, person: Person, meeting_id: int
) -> tuple[Standing | None, frozenset[str]]:
    return standing(conn, meeting_id, person, ()), peace.muted_topics(conn, person.id)


def _news(found: Standing) -> str:
    if found.meeting.cancelled or found.meeting.withdrawn:
        return words.CHANGED_CANCELLED
    return words.CHANGED_NOW if found.meeting.dated else words.CHANGED_OPEN


def _card(found: Standing, now: datetime) -> Screen:
    return card_of(found, now, _zone(now), reached=True)


def _with(head: str, screen: Screen) -> Screen:
    return Screen(f"{head}\n\n{screen.text}", screen.keyboard)


def _zone(now: datetime) -> tzinfo:
    zone = now.tzinfo
    assert zone is not None  # noqa: S101 - the sender gives a local moment
    return zone


_kinds: dict[str, Composer] = {
    event_notices.REMINDER: reminder,
    event_notices.ANNOUNCEMENT: reminder,
    event_notices.CHANGED: changed,
    event_notices.CORRECTION: correction,
    event_notices.SEAT: seat,
    event_notices.QUESTION: question,
}
composers.update(_kinds)
manners.update(
    {
        event_notices.REMINDER: Manner(topic=Topic.EVENTS, waits=False),
        event_notices.ANNOUNCEMENT: Manner(topic=Topic.EVENTS, unasked=True),
    }
)
