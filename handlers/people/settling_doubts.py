"""Doubts of the register: whether a row and somebody who registered alone are one person."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.command_menu import set_personal_commands
from bot.filters import May
from bot.people import register_screens as screens
from bot.people.register_callbacks import RegisterDoubt, SettleDoubt
from bot.rights import Action, may_give
from bot.screens import show
from bot.situation import Situation
from bot.texts import register as words
from storage.people import people, register_matching
from storage.scopes import Scope, covered

router = Router(name="settling_doubts")
MAY = May(Action.LOAD_REGISTER)
Scopes = tuple[Scope, ...]


@router.callback_query(RegisterDoubt.filter(), MAY)
async def show_doubt(
    press: CallbackQuery, callback_data: RegisterDoubt, situation: Situation, scopes: Scopes
) -> None:
    """One row beside one person."""
    await show(press, await screens.doubt(situation, scopes, callback_data.place))


@router.callback_query(SettleDoubt.filter(), MAY)
async def settle_doubt(
    press: CallbackQuery, callback_data: SettleDoubt, situation: Situation, scopes: Scopes
) -> None:
    """They are one, or two; a role that the row brings must be the decider's to give."""
    db = situation.db
    waiting = {(row.id, who): row for row, who in await db.read(register_matching.doubts, scopes)}
    row = waiting.get((callback_data.row, callback_data.person))
    given = None if row is None or not callback_data.same else row.entry.grant
    if given is not None and not await db.read(
        covered, may_give(situation.person, given.role, situation.admin_ids), given.scope
    ):
        await show(press, await screens.doubt(situation, scopes, 0, first=words.ROLE_NOT_YOURS))
        return
    await db.write(
        register_matching.settle,
        scopes,
        callback_data.row,
        callback_data.person,
        same=callback_data.same,
        by=situation.by,
    )
    changed = await db.read(people.by_id, callback_data.person)
    if given is not None and changed is not None:
        await set_personal_commands(situation.bot, changed, situation.admin_ids)
    await show(press, await screens.doubt(situation, scopes, 0, first=words.SETTLED))
