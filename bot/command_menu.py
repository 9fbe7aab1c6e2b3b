"""Telegram's own command menu and the texts of the bot's profile.

Everybody sees the commands for everybody; a chat of staff gets its own list. Refusals only cost
the comfort of the menu (an admin who never wrote has no chat yet), so they are logged and passed.
"""

import logging
from collections.abc import Collection, Iterable

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from bot.menu import Command, commands_for
from bot.texts import menu as words
from storage.people.people import Person

log = logging.getLogger(__name__)


async def publish(bot: Bot, staff: Iterable[Person], admin_ids: Collection[int]) -> None:
    """Once at start: the general menu, the profile's texts, and the menu of every staff chat."""
    general = _listed(commands_for(None, ()))
    try:
        await bot.set_my_commands(general, scope=BotCommandScopeAllPrivateChats())
        await bot.set_my_commands(general)
        await bot.set_my_description(words.DESCRIPTION)
        await bot.set_my_short_description(words.SHORT_DESCRIPTION)
    except TelegramAPIError as error:
        log.warning("the general command menu was refused (%s)", type(error).__name__)
    for person in staff:
        await set_personal_commands(bot, person, admin_ids)


async def set_personal_commands(bot: Bot, person: Person, admin_ids: Collection[int]) -> None:
    """Give one chat the commands of its person; called whenever their roles change."""
    if person.telegram_id is None:
        return
    scope = BotCommandScopeChat(chat_id=person.telegram_id)
    own = commands_for(person, admin_ids)
    try:
        if own == commands_for(None, ()):
            await bot.delete_my_commands(scope=scope)
        else:
            await bot.set_my_commands(_listed(own), scope=scope)
    except TelegramAPIError as error:
        log.warning("a personal command menu was refused (%s)", type(error).__name__)


def _listed(commands: Iterable[Command]) -> list[BotCommand]:
    return [
        BotCommand(command=command.name, description=words.COMMANDS[command.name])
        for command in commands
    ]
