"""/people: staff find somebody within their scope and see who they are."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message

from bot import search
from bot.callbacks import SEARCH_LETTERS, AuditRows, Go, PeoplePage, PersonCard, Place, RemoveRole
from bot.command_menu import set_personal_commands
from bot.filters import May
from bot.keyboards import arrows, button, keyboard, rows, to_menu
from bot.people.register_callbacks import Relink
from bot.rights import Action, roles_of, scopes_for
from bot.scope_keys import ref_key, scope_by_key
from bot.screens import Screen, show
from bot.situation import Situation
from bot.texts import audit as audit_words
from bot.texts import finding_people as words
from bot.texts import register as register_words
from bot.texts.people import short_name
from storage.database import Database
from storage.people import people, places, roster
from storage.people.people import Grant, Person
from storage.scopes import Scope

router = Router(name="finding_people")


class Finding(StatesGroup):
    """The list is open: what is typed is a name to look for."""

    name = State()


@router.message(Command("people"), May(Action.SEE_PEOPLE))
async def list_people(
    message: Message,
    command: CommandObject,
    db: Database,
    state: FSMContext,
    scopes: tuple[Scope, ...],
) -> None:
    """Everybody in scope, or those of the name behind the command."""
    await state.set_state(Finding.name)
    await show(message, await _page(db, scopes, search.folded(command.args or "")))


@router.callback_query(Go.filter(F.to == Place.PEOPLE), May(Action.SEE_PEOPLE))
async def open_list(
    press: CallbackQuery, db: Database, state: FSMContext, scopes: tuple[Scope, ...]
) -> None:
    """From the menu."""
    await state.set_state(Finding.name)
    await show(press, await _page(db, scopes, ""))


@router.message(StateFilter(Finding.name), F.text, ~F.text.startswith("/"), May(Action.SEE_PEOPLE))
async def find_by_name(message: Message, db: Database, scopes: tuple[Scope, ...]) -> None:
    """A name, or the beginning of one."""
    await show(message, await _page(db, scopes, search.folded(message.text or "")))


@router.callback_query(PeoplePage.filter(), May(Action.SEE_PEOPLE))
async def turn_page(
    press: CallbackQuery,
    callback_data: PeoplePage,
    db: Database,
    state: FSMContext,
    scopes: tuple[Scope, ...],
) -> None:
    """Another page of the same search; typing a name works again."""
    await state.set_state(Finding.name)
    found = search.folded(callback_data.search)
    await show(press, await _page(db, scopes, found, callback_data.page))


@router.callback_query(PersonCard.filter(), May(Action.SEE_PEOPLE))
async def show_card(
    press: CallbackQuery,
    callback_data: PersonCard,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """Who somebody is; a person who left, or is out of scope, is not there."""
    someone = await situation.db.write(
        roster.open_card, scopes, callback_data.person, by=situation.by
    )
    if someone is None:
        await show(press, Screen(words.GONE, keyboard(_to_list(callback_data.page))))
        return
    await show(press, await _card(situation, someone, callback_data.page))


@router.callback_query(RemoveRole.filter(), May(Action.REMOVE_ROLES))
async def remove_role(
    press: CallbackQuery,
    callback_data: RemoveRole,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """Ask once more, then take the role away; taken away already, it says the same."""
    db = situation.db
    someone = await db.read(roster.card, scopes, callback_data.person)
    scope = scope_by_key(callback_data.kind, callback_data.ref)
    if someone is None or scope is None:
        await show(press, Screen(words.GONE, keyboard(_to_list(0))))
        return
    role = Grant(callback_data.role, scope)
    if not callback_data.sure:
        titles = await db.read(places.titles)
        sure = callback_data.model_copy(update={"sure": True})
        await show(
            press,
            Screen(
                words.sure_to_remove(someone, role, titles),
                keyboard(
                    [button(words.REMOVE_YES, sure)],
                    [button(words.KEEP, PersonCard(person=someone.id))],
                ),
            ),
        )
        return
    await db.write(roster.remove_grant, scopes, someone.id, role, by=situation.by)
    changed = await db.read(people.by_id, someone.id)
    if changed is not None:
        await set_personal_commands(situation.bot, changed, situation.admin_ids)
        await show(press, await _card(situation, changed, 0, first=words.REMOVED))


async def _page(db: Database, scopes: tuple[Scope, ...], wanted: str, number: int = 0) -> Screen:
    wanted = wanted[:SEARCH_LETTERS].strip()
    found = await db.read(roster.page, scopes, search=wanted, number=number)

    def turn(page: int) -> PeoplePage:
        return PeoplePage(page=page, search=wanted)

    buttons = [
        button(
            words.line(short_name(someone), someone.municipality or ""),
            PersonCard(person=someone.id, page=found.number),
        )
        for someone in found.people
    ]
    everybody = [button(words.EVERYBODY, PeoplePage())] if wanted else []
    return Screen(
        words.found(found.total, wanted),
        keyboard(
            *rows(buttons),
            arrows(turn, page=found.number, last=found.pages - 1),
            everybody,
            to_menu(),
        ),
    )


async def _card(situation: Situation, someone: Person, page: int, *, first: str = "") -> Screen:
    titles = await situation.db.read(places.titles)
    removable = (
        someone.grants
        if scopes_for(situation.person, Action.REMOVE_ROLES, situation.admin_ids)
        else ()
    )
    buttons = [
        [
            button(
                words.remove(role, titles),
                RemoveRole(
                    person=someone.id,
                    role=role.role,
                    kind=role.scope.kind,
                    ref=ref_key(role.scope),
                    sure=False,
                ),
            )
        ]
        for role in removable
    ]
    text = words.card(
        someone,
        roles_of(someone, situation.admin_ids),
        titles,
        situation.now,
        situation.zone,
        first=first,
    )
    relink = (
        [button(register_words.RELINK, Relink(person=someone.id))]
        if scopes_for(situation.person, Action.RELINK, situation.admin_ids)
        else []
    )
    log = (
        [button(audit_words.BUTTON, AuditRows(person=someone.id))]
        if scopes_for(situation.person, Action.SEE_AUDIT, situation.admin_ids)
        else []
    )
    return Screen(text, keyboard(*buttons, relink, log, _to_list(page)))


def _to_list(page: int) -> list[InlineKeyboardButton]:
    return [button(words.TO_LIST, PeoplePage(page=page))]
