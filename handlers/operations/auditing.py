"""/audit: admins read what staff did, the newest first."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.callbacks import AuditPage, AuditRows, Go, PersonCard, Place
from bot.filters import May
from bot.keyboards import Row, arrows, button, keyboard, to_menu
from bot.rights import Action
from bot.screens import Screen, show
from bot.situation import Situation
from bot.texts import audit as words
from bot.texts import finding_people as people_words
from storage import audit
from storage.audit import Kind
from storage.people import places, roster
from storage.questionnaires import campaigns
from storage.scopes import Scope

router = Router(name="auditing")
MAY = May(Action.SEE_AUDIT)


@router.message(Command("audit"), MAY)
@router.callback_query(Go.filter(F.to == Place.AUDIT), MAY)
@router.callback_query(AuditPage.filter(), MAY)
@router.callback_query(AuditRows.filter(), MAY)
async def show_log(
    event: Message | CallbackQuery,
    situation: Situation,
    scopes: tuple[Scope, ...],
    callback_data: AuditRows | AuditPage | Go | None = None,
) -> None:
    """A page; whoever was erased since has no name any more."""
    db = situation.db
    wanted = callback_data if isinstance(callback_data, AuditRows) else AuditRows()
    if isinstance(callback_data, AuditPage):
        wanted = AuditRows(page=callback_data.page)
    person = wanted.person or None
    found = await db.read(audit.page, number=wanted.page, kind=wanted.kind, person=person)
    ids = {one for entry in found.entries for one in (entry.actor, entry.about) if one is not None}
    names = words.Names(
        people=await db.read(roster.among, scopes, ids | ({person} if person else set())),
        campaigns={one.id: one for one in await db.read(campaigns.every)},
        networks=await db.read(places.titles),
    )
    text = words.log(found, names, situation.now, situation.zone, kind=wanted.kind, person=person)
    turn = arrows(
        lambda page: wanted.model_copy(update={"page": page}),
        page=found.number,
        last=found.pages - 1,
    )
    kinds = [
        button(words.choice(kind, wanted.kind), AuditRows(kind=kind, person=wanted.person))
        for kind in Kind
    ]
    await show(event, Screen(text, keyboard(turn, kinds[:2], kinds[2:], _back(person))))


def _back(person: int | None) -> Row:
    if person is None:
        return to_menu()
    return [button(people_words.TO_CARD, PersonCard(person=person))]
