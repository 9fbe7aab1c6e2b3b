"""Who is in a group of trainees, and who leads it; a typed name narrows the list."""

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.filters import May
from bot.rights import Action
from bot.screens import show
from bot.situation import Situation
from bot.tasks import group_screens as screens
from bot.tasks.group_callbacks import Heads, Members, SetHead, SetMember, TakeIn
from storage.people import roster
from storage.scopes import Scope
from storage.tasks import groups as trainee_groups
from storage.tasks.groups import Group

router = Router(name="group-members")
MAY = May(Action.SET_TASKS)


class Choosing(StatesGroup):
    """What is typed is a name to look for in the list of the data's `group`."""

    member = State()
    head = State()


@router.callback_query(Members.filter(), MAY)
async def show_members(
    press: CallbackQuery, callback_data: Members, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Everybody who may be in the group; a page of a search keeps its words."""
    group = await _find(situation, callback_data.group, scopes)
    if group is None:
        await show(press, screens.gone())
        return
    query = await _query(situation, group) if callback_data.page else ""
    await _keep(situation, Choosing.member, group, query)
    await show(press, await screens.members(situation, group, callback_data.page, query))


@router.message(StateFilter(Choosing.member), F.text, ~F.text.startswith("/"), MAY)
async def find_member(message: Message, situation: Situation, scopes: tuple[Scope, ...]) -> None:
    """Those of this name."""
    group = await _find(situation, await _open_group(situation), scopes)
    if group is None:
        await show(message, screens.gone())
        return
    query = (message.text or "").strip()[:100]
    await _keep(situation, Choosing.member, group, query)
    await show(message, await screens.members(situation, group, 0, query))


@router.callback_query(SetMember.filter(), MAY)
async def set_member(
    press: CallbackQuery, callback_data: SetMember, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """One more of the territory's trainees, or one less."""
    group = await _find(situation, callback_data.group, scopes)
    if group is None:
        await show(press, screens.gone())
        return
    possible, _ = await screens.candidates(situation, group, "")
    person = callback_data.person
    if person in {one.id for one in possible}:
        db, now, by = situation.db, situation.now, situation.by
        if callback_data.on:
            await db.write(trainee_groups.add, group.id, [person], now=now, by=by)
        else:
            await db.write(trainee_groups.remove, group.id, person, now=now, by=by)
    await _show_members(press, situation, group, callback_data.page, scopes)


@router.callback_query(TakeIn.filter(), MAY)
async def take_in(
    press: CallbackQuery, callback_data: TakeIn, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Everybody on the page."""
    group = await _find(situation, callback_data.group, scopes)
    if group is None:
        await show(press, screens.gone())
        return
    found, _ = await screens.candidates(situation, group, await _query(situation, group))
    here = [one.id for one in screens.page_of(found, callback_data.page)]
    await situation.db.write(trainee_groups.add, group.id, here, now=situation.now, by=situation.by)
    await _show_members(press, situation, group, callback_data.page, scopes)


@router.callback_query(Heads.filter(), MAY)
async def show_heads(
    press: CallbackQuery, callback_data: Heads, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Who leads the group."""
    group = await _find(situation, callback_data.group, scopes)
    if group is None:
        await show(press, screens.gone())
        return
    await _keep(situation, Choosing.head, group, "")
    await show(press, await screens.heads(situation, group, scopes, callback_data.page, ""))


@router.message(StateFilter(Choosing.head), F.text, ~F.text.startswith("/"), MAY)
async def find_head(message: Message, situation: Situation, scopes: tuple[Scope, ...]) -> None:
    """People of this name."""
    group = await _find(situation, await _open_group(situation), scopes)
    if group is None:
        await show(message, screens.gone())
        return
    query = (message.text or "").strip()[:100]
    await _keep(situation, Choosing.head, group, query)
    await show(message, await screens.heads(situation, group, scopes, 0, query))


@router.callback_query(SetHead.filter(), MAY)
async def set_head(
    press: CallbackQuery, callback_data: SetHead, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Somebody within the scopes leads the group, or no longer."""
    db = situation.db
    group = await _find(situation, callback_data.group, scopes)
    if group is None:
        await show(press, screens.gone())
        return
    on, person = callback_data.on, callback_data.person
    leading = {one.id for one in await db.read(trainee_groups.heads, group.id)}
    if person in leading or await db.read(roster.card, scopes, person) is not None:
        await db.write(trainee_groups.set_head, group, person, on=on, by=situation.by)
    query = await _query(situation, group)
    await show(press, await screens.heads(situation, group, scopes, callback_data.page, query))


async def _show_members(
    press: CallbackQuery,
    situation: Situation,
    group: Group,
    page: int,
    scopes: tuple[Scope, ...],
) -> None:
    query = await _query(situation, group)
    await _keep(situation, Choosing.member, group, query)
    now = await _find(situation, group.id, scopes)  # with as many members as there are by now
    await show(press, await screens.members(situation, now or group, page, query))


async def _find(situation: Situation, number: int, scopes: tuple[Scope, ...]) -> Group | None:
    return await situation.db.read(trainee_groups.find, number, scopes)


async def _keep(situation: Situation, state: State, group: Group, query: str) -> None:
    await situation.state.set_state(state)
    await situation.state.set_data({"group": group.id, "query": query})


async def _open_group(situation: Situation) -> int:
    return int((await situation.state.get_data()).get("group", 0))


async def _query(situation: Situation, group: Group) -> str:
    """What was typed last for this group; '' for another."""
    data = await situation.state.get_data()
    return str(data.get("query", "")) if data.get("group") == group.id else ""
