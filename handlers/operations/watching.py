"""/status: admins see how the bot does."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.callbacks import Go, Place
from bot.filters import May
from bot.keyboards import button, keyboard, to_menu
from bot.operations import composers as trouble_composers  # noqa: F401 - enters its kind
from bot.operations.status import Status
from bot.rights import Action
from bot.screens import Screen, show
from bot.situation import Situation
from bot.texts import operations as words

router = Router(name="watching")
MAY = May(Action.SEE_STATUS)


@router.message(Command("status"), MAY)
@router.callback_query(Go.filter(F.to == Place.STATUS), MAY)
async def show_status(
    event: Message | CallbackQuery,
    situation: Situation,
    status: Callable[[datetime], Awaitable[Status]],
) -> None:
    """As it is now; the button looks again."""
    found = await status(situation.local)
    await show(
        event,
        Screen(
            words.status(found, situation.local),
            keyboard([button(words.AGAIN, Go(to=Place.STATUS))], to_menu()),
        ),
    )
