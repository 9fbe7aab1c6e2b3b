"""/audit: admins read what staff did, the newest first."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.callbacks import AuditPage, Go, Place
from bot.filters import May
from bot.keyboards import arrows, keyboard, to_menu
from bot.rights import Action
from bot.screens import Screen, show
from bot.situation import Situation
from bot.texts import audit as words
from storage import audit
from storage.people import places, roster
from storage.questionnaires import campaigns
from storage.scopes import Scope

router = Router(name="auditing")
MAY = May(Action.SEE_AUDIT)


@router.message(Command("audit"), MAY)
@router.callback_query(Go.filter(F.to == Place.AUDIT), MAY)
@router.callback_query(AuditPage.filter(), MAY)
async def show_log(
    event: Message | CallbackQuery,
    situation: Situation,
    scopes: tuple[Scope, ...],
    callback_data: AuditPage | Go | None = None,
) -> None:
    """A page; whoever was erased since has no name any more."""
    db = situation.db
    wanted = callback_data.page if isinstance(callback_data, AuditPage) else 0
    found = await db.read(audit.page, number=wanted)
    ids = {one for entry in found.entries for one in (entry.actor, entry.about) if one is not None}
    names = words.Names(
        people=await db.read(roster.among, scopes, ids),
        campaigns={one.id: one for one in await db.read(campaigns.every)},
        networks=await db.read(places.titles),
    )
    text = words.log(found, names, situation.now, situation.zone)
    turn = arrows(lambda page: AuditPage(page=page), page=found.number, last=found.pages - 1)
    await show(event, Screen(text, keyboard(turn, to_menu())))
