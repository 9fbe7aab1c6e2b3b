"""A lost phone: a coordinator makes a code, the new account follows it."""

import base64
import hashlib
import hmac
from datetime import timedelta

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.callbacks import PersonCard
from bot.command_menu import set_personal_commands
from bot.filters import May
from bot.keyboards import button, keyboard, to_menu
from bot.menu import menu
from bot.people.register_callbacks import Relink
from bot.rights import Action
from bot.screens import Screen, show
from bot.situation import Situation
from bot.texts import finding_people
from bot.texts import register as words
from handlers.deep_links import deep_link
from storage.people import people, relinking, roster
from storage.people.relinking import Relinked
from storage.scopes import Scope

router = Router(name="relinking")

PREFIX = "rl_"
VALID = timedelta(days=3)


@router.callback_query(Relink.filter(), May(Action.RELINK))
async def make_code(
    press: CallbackQuery,
    callback_data: Relink,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """Ask once more, then make the link; the same press makes the same one."""
    db, bot = situation.db, situation.bot
    someone = await db.read(roster.card, scopes, callback_data.person)
    if someone is None:
        await show(press, Screen(finding_people.GONE, keyboard(to_menu())))
        return
    back = [button(words.RELINK_KEEP, PersonCard(person=someone.id))]
    if not callback_data.sure:
        sure = [button(words.RELINK_SURE, Relink(person=someone.id, sure=True))]
        await show(press, Screen(words.relink_sure(someone), keyboard(sure, back)))
        return
    seed = f"relink:{someone.id}:{press.id}".encode()
    digest = hmac.new(bot.token.encode(), seed, hashlib.sha256).digest()
    code = base64.urlsafe_b64encode(digest[:12]).decode()
    until = situation.now + VALID
    if not await db.write(relinking.create, scopes, someone.id, code, until=until, by=situation.by):
        await show(press, Screen(words.RELINK_WIDER, keyboard(back)))
        return
    username = (await bot.me()).username
    link = f"https://t.me/{username}?start={PREFIX}{code}"
    await show(press, Screen(words.relink_code(link), keyboard(to_menu())))


@deep_link(PREFIX, early=True)
async def follow_code(code: str, situation: Situation) -> Screen:
    """The new account; straight after the consent, so that nobody gets acquainted twice."""
    db = situation.db
    outcome = await db.write(relinking.follow, code, situation.person.id, now=situation.now)
    if outcome is not Relinked.DONE:
        return menu(situation.person, situation.admin_ids, first=words.relinked(outcome))
    await situation.state.clear()
    person = await db.read(people.find, situation.telegram_id) or situation.person
    await set_personal_commands(situation.bot, person, situation.admin_ids)
    return menu(person, situation.admin_ids, first=words.relinked(outcome))
