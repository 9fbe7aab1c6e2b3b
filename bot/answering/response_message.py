"""The one message of a chat that shows a response, from the first item to the thanks."""

from contextlib import suppress
from datetime import datetime

from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, Message

from bot.answering import screens
from bot.screens import Screen, edit, send, show
from bot.situation import Situation
from bot.texts import answering as words
from bot.texts import forms
from storage.questionnaires import responses
from storage.questionnaires.responses import Response
from storage.questionnaires.steps import Outcome, Verdict
from surveys.answers import shown
from surveys.engine import Ask


async def present(
    event: Message | CallbackQuery,
    situation: Situation,
    response: Response | None,
    screen: Screen,
    *,
    notice: str | None = None,
) -> None:
    """Show the response in its one message, and remember which one that is.

    A press brings its own message; after something typed it is the one remembered. Another
    message that showed the response before only says that it goes on below.
    """
    bot, chat = situation.bot, situation.telegram_id
    if response is None:
        await show(event, screen, notice=notice)
        return
    known = response.message_id
    if isinstance(event, CallbackQuery):
        # Whoever presses an answer is answering: a form that waits for words waits no longer.
        await situation.state.set_state(None)
        now_shown = await show(event, screen, notice=notice)
    else:
        edited = known is not None and await edit(bot, chat, known, screen)
        now_shown = known if edited and known is not None else await send(bot, chat, screen)
    if now_shown == known:
        return
    await situation.db.write(responses.remember_message, response.id, response.person_id, now_shown)
    if known is not None:
        with suppress(TelegramBadRequest):
            await edit(bot, chat, known, Screen(words.MOVED_DOWN))


async def move_down(situation: Situation, response: Response, screen: Screen) -> None:
    """Show the response below what was sent since, in a message of its own."""
    bot, chat, known = situation.bot, situation.telegram_id, response.message_id
    now_shown = await send(bot, chat, screen)
    await situation.db.write(responses.remember_message, response.id, response.person_id, now_shown)
    if known is not None:
        with suppress(TelegramBadRequest):  # older than 48 hours
            await bot.delete_message(chat, known)


async def answer_message(
    message: Message, outcome: Outcome, situation: Situation, *, asked: Response, also: str = ""
) -> None:
    """The screen after a message was taken as an answer; the message then leaves the chat.

    `also` stands beside what was recorded.
    """
    now = situation.local
    response = outcome.response
    if response is None:
        await show(message, screens.gone())
        return
    if outcome.verdict is Verdict.CLOSED:
        screen = screens.closed(response.campaign, sent=response.submitted_at is not None)
    else:
        notice = None
        if outcome.verdict is Verdict.REFUSED:
            notice = refused(response, outcome, now=now)
        elif outcome.verdict is Verdict.REVIEW:
            notice = words.AT_REVIEW
        elif outcome.verdict is Verdict.RECORDED:
            notice = _recorded(asked, response, now=now)
            notice = " ".join(filter(None, (notice, also))) or None
        screen = screens.answering(response, now=now, notice=notice)
    await present(message, situation, response, screen)
    with suppress(TelegramBadRequest):  # older than 48 hours, or removed by the person
        await message.delete()


def refused(response: Response, outcome: Outcome, *, now: datetime) -> str | None:
    """Why the answer was not taken, in words for its item."""
    step = response.step(now)
    if outcome.refusal is None or not isinstance(step, Ask):
        return None
    return forms.refused(step.item, outcome.refusal)


def _recorded(before: Response, after: Response, *, now: datetime) -> str | None:
    """What was taken, in the words the summary will show."""
    step = before.step(now)
    if not isinstance(step, Ask):
        return None
    given = shown(step.item, after.answers.get(step.item.name))
    return None if given is None else words.recorded(given)
