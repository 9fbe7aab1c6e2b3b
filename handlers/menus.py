"""/start again, /menu, /help, /cancel: the ways to find one's way."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.callbacks import Go, Place
from bot.menu import help_screen, menu
from bot.screens import show
from bot.situation import Situation
from bot.texts import menu as words
from handlers.deep_links import follow
from storage.people.people import Person

router = Router(name="menus")


@router.message(Command("start"))
async def start_again(message: Message, command: CommandObject, situation: Situation) -> None:
    """A link is followed at once; without one, the menu."""
    if command.args:
        await show(message, await follow(command.args, situation))
    else:
        await show(message, menu(situation.person, situation.admin_ids))


@router.message(Command("menu"))
@router.callback_query(Go.filter(F.to == Place.MENU))
async def show_menu(
    event: Message | CallbackQuery, person: Person, admin_ids: frozenset[int]
) -> None:
    """The main menu by right."""
    await show(event, menu(person, admin_ids))


@router.message(Command("help"))
@router.callback_query(Go.filter(F.to == Place.HELP))
async def show_help(
    event: Message | CallbackQuery, person: Person, admin_ids: frozenset[int]
) -> None:
    """Every command of this person."""
    await show(event, help_screen(person, admin_ids))


@router.message(Command("cancel"))
async def cancel(
    message: Message, person: Person, admin_ids: frozenset[int], *, left_form: bool
) -> None:
    """The form was left by the command itself (bot/updates/middleware.py); say so."""
    first = words.CANCELLED if left_form else words.NOTHING_TO_CANCEL
    await show(message, menu(person, admin_ids, first=first))
