"""Organisations as people typed them: coordinators rename one, or make two of them one."""

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message

from bot.callbacks import Go, Place
from bot.filters import May
from bot.keyboards import button, keyboard, pages
from bot.people.register_callbacks import (
    MergeOrganisation,
    OrganisationCard,
    Organisations,
    RenameOrganisation,
)
from bot.rights import Action
from bot.screens import Screen, show
from bot.search import folded, organisation, presentable, sound
from bot.situation import Situation
from bot.texts import organisations as words
from storage.people import organisations
from storage.people.organisations import Organisation
from storage.scopes import Scope

router = Router(name="tidying-organisations")
MAY = May(Action.TIDY_ORGANISATIONS)
Scopes = tuple[Scope, ...]

PAGE = 10
LETTERS = 12
"""Of a search that a button carries on."""
SHORTEST, LONGEST = 2, 200


class Tidying(StatesGroup):
    """What is typed is a search, or the new name."""

    search = State()
    name = State()


@router.callback_query(Organisations.filter(), MAY)
async def show_list(
    press: CallbackQuery, callback_data: Organisations, situation: Situation, scopes: Scopes
) -> None:
    """A page of them; what is typed next is looked for."""
    await situation.state.set_state(Tidying.search)
    await show(press, await _list(situation, scopes, callback_data.search, callback_data.page))


@router.message(StateFilter(Tidying.search), F.text, ~F.text.startswith("/"), MAY)
async def find(message: Message, situation: Situation, scopes: Scopes) -> None:
    """A part of a name."""
    await show(message, await _list(situation, scopes, message.text or "", 0))


@router.callback_query(OrganisationCard.filter(), MAY)
async def show_card(
    press: CallbackQuery, callback_data: OrganisationCard, situation: Situation, scopes: Scopes
) -> None:
    """One of them."""
    await show(press, await _card(situation, scopes, callback_data.organisation))


@router.callback_query(RenameOrganisation.filter(), MAY)
async def ask_name(
    press: CallbackQuery, callback_data: RenameOrganisation, situation: Situation
) -> None:
    """The name comes next."""
    await situation.state.set_state(Tidying.name)
    await situation.state.set_data({"organisation": callback_data.organisation})
    back = button(words.BACK, OrganisationCard(organisation=callback_data.organisation))
    await show(press, Screen(words.ASK_NAME, keyboard([back])))


@router.message(StateFilter(Tidying.name), F.text, ~F.text.startswith("/"), MAY)
async def take_name(message: Message, situation: Situation, scopes: Scopes) -> None:
    """The new name; one that is another's already leads to merging."""
    name = presentable(message.text or "")
    number = int((await situation.state.get_data())["organisation"])
    if not SHORTEST <= len(name) <= LONGEST:
        back = button(words.BACK, OrganisationCard(organisation=number))
        await show(message, Screen(words.NAME_FAULT, keyboard([back])))
        return
    await situation.state.clear()
    other = await situation.db.write(
        organisations.rename, scopes, number, name, sound(name), by=situation.by
    )
    if other is None:
        await show(message, await _card(situation, scopes, number, first=words.RENAMED))
        return
    kept = await situation.db.read(organisations.card, scopes, other)
    merge = button(words.MERGE, MergeOrganisation(gone=number, kept=other))
    text = words.GONE if kept is None else words.same_sound(kept)
    await show(message, Screen(text, keyboard([merge] if kept else [], _to_list())))


@router.callback_query(MergeOrganisation.filter(), MAY)
async def merge(
    press: CallbackQuery, callback_data: MergeOrganisation, situation: Situation, scopes: Scopes
) -> None:
    """Choose the other, ask once more, then make them one."""
    chosen, db = callback_data, situation.db
    gone = await db.read(organisations.card, scopes, chosen.gone)
    if gone is None:
        await show(press, Screen(words.GONE, keyboard(_to_list())))
        return
    if not chosen.kept:
        await show(press, await _choose(situation, scopes, gone, chosen.page))
        return
    kept = await db.read(organisations.card, scopes, chosen.kept)
    if kept is None or kept.municipality != gone.municipality:
        await show(press, Screen(words.GONE, keyboard(_to_list())))
    elif not chosen.sure:
        yes = button(words.MERGE_SURE, chosen.model_copy(update={"sure": True}))
        back = button(words.BACK, OrganisationCard(organisation=gone.id))
        await show(press, Screen(words.sure(gone, kept), keyboard([yes], [back])))
    else:
        await db.write(organisations.merge, scopes, gone.id, kept.id, by=situation.by)
        await show(press, await _card(situation, scopes, kept.id, first=words.MERGED))


async def _list(situation: Situation, scopes: Scopes, search: str, page: int) -> Screen:
    search = " ".join(search.split())[:LETTERS].strip()
    every = await situation.db.read(organisations.listed, scopes)
    wanted = folded(search).split()
    found = [one for one in every if all(word in folded(one.name) for word in wanted)]
    town = len({one.municipality for one in every}) > 1
    buttons = [
        button(words.line(one, town=town), OrganisationCard(organisation=one.id)) for one in found
    ]
    shown = pages(
        buttons, lambda number: Organisations(page=number, search=search), page=page, size=PAGE
    )
    return Screen(words.found(len(found), search), keyboard(*shown, _to_register()))


async def _card(situation: Situation, scopes: Scopes, number: int, *, first: str = "") -> Screen:
    one = await situation.db.read(organisations.card, scopes, number)
    if one is None:
        return Screen(words.GONE, keyboard(_to_list()))
    return Screen(
        words.card(one, first=first),
        keyboard(
            [button(words.RENAME, RenameOrganisation(organisation=one.id))],
            [button(words.MERGE, MergeOrganisation(gone=one.id))],
            _to_list(),
        ),
    )


async def _choose(situation: Situation, scopes: Scopes, gone: Organisation, page: int) -> Screen:
    every = await situation.db.read(organisations.listed, scopes)
    others = [one for one in every if one.municipality == gone.municipality and one.id != gone.id]
    _, likely = organisation(gone.name, [(one.id, one.name) for one in others])
    others.sort(key=lambda one: likely.index(one.id) if one.id in likely else len(likely))
    buttons = [
        button(words.line(one, town=False), MergeOrganisation(gone=gone.id, kept=one.id))
        for one in others
    ]
    shown = pages(
        buttons, lambda number: MergeOrganisation(gone=gone.id, page=number), page=page, size=PAGE
    )
    back = [button(words.BACK, OrganisationCard(organisation=gone.id))]
    return Screen(words.CHOOSE if others else words.ALONE, keyboard(*shown, back))


def _to_list() -> list[InlineKeyboardButton]:
    return [button(words.TO_LIST, Organisations())]


def _to_register() -> list[InlineKeyboardButton]:
    return [button(words.BACK, Go(to=Place.REGISTER))]
