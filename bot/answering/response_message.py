"""The one message of a chat that shows a response, from the first item to the thanks."""

from contextlib import suppress

from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, Message

from bot.screens import Screen, edit, send, show
from bot.situation import Situation
from bot.texts import answering as words
from storage.questionnaires import responses
from storage.questionnaires.responses import Response


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
