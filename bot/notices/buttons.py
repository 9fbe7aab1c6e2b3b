"""Where a button under a notice may lead inside the bot.

A part of the bot that can be led to enters a `Target`: which of its things an author may choose,
and the button's data for one of them. Its words stand in bot/texts/notices.py under its name.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.campaigns.callbacks import Look
from bot.events.callbacks import EventCard
from bot.situation import Situation
from bot.tasks.callbacks import TaskCard
from bot.texts.answering import titled
from storage.events import agenda
from storage.notices.notices import Button
from storage.questionnaires import overseeing
from storage.questionnaires.campaigns import Phase
from storage.scopes import Scope, covered
from storage.tasks import tasks

BEFORE, AHEAD = timedelta(days=7), timedelta(days=60)
"""Meetings that a notice may still be about."""


@dataclass(frozen=True)
class Target:
    """`offered`: (id, title) of what the author may choose now; `data` of the button for an id."""

    offered: Callable[[Situation, tuple[Scope, ...]], Awaitable[list[tuple[int, str]]]]
    data: Callable[[int], CallbackData]


async def _surveys(situation: Situation, scopes: tuple[Scope, ...]) -> list[tuple[int, str]]:
    seen = await situation.db.read(overseeing.list_for_staff, scopes)
    return [
        (one.campaign.id, titled(one.campaign.title, one.campaign.subject))
        for one in seen
        if one.campaign.phase(situation.now) is not Phase.CLOSED
    ]


async def _tasks(situation: Situation, scopes: tuple[Scope, ...]) -> list[tuple[int, str]]:
    found = await situation.db.read(tasks.list_for_staff, scopes)
    return [(one.id, one.title) for one in found]


async def _events(situation: Situation, scopes: tuple[Scope, ...]) -> list[tuple[int, str]]:
    today = situation.local.date()
    found = await situation.db.read(agenda.between, today - BEFORE, today + AHEAD, situation.zone)
    return [
        (one.id, titled(one.title, one.label))
        for one in found
        if not one.cancelled
        and not one.withdrawn
        and await situation.db.read(covered, scopes, one.scope)
    ]


targets: dict[str, Target] = {
    "survey": Target(_surveys, lambda number: Look(campaign=number)),
    "event": Target(_events, lambda number: EventCard(meeting=number)),
    "task": Target(_tasks, lambda number: TaskCard(task=number)),
}


def drawn(one: Button) -> InlineKeyboardButton | None:
    """The button as Telegram takes it; None for a target this release does not know."""
    if one.url:
        return InlineKeyboardButton(text=one.label, url=one.url)
    target = targets.get(one.target)
    if target is None:
        return None
    return InlineKeyboardButton(text=one.label, callback_data=target.data(one.ref).pack())
