"""Groups of trainees: the list, a new one, its title, dissolving it."""

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.filters import May
from bot.keyboards import button, keyboard
from bot.rights import Action
from bot.screens import Screen, show
from bot.situation import Situation
from bot.tasks import group_screens as screens
from bot.tasks.group_callbacks import GroupCard, Groups, NewGroup, RemoveGroup, RenameGroup
from bot.texts import groups as words
from storage.scopes import Scope, ScopeKind
from storage.tasks import groups as trainee_groups

router = Router(name="trainee-groups")
MAY = May(Action.SET_TASKS)


class Naming(StatesGroup):
    """A title is typed: of a new group (`kind`, `ref` of its scope), or of the data's `group`."""

    new = State()
    other = State()


@router.callback_query(Groups.filter(), MAY)
async def show_groups(
    press: CallbackQuery, callback_data: Groups, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """The groups within the scopes."""
    await situation.state.clear()
    await show(press, await screens.listing(situation, scopes, callback_data.page))


@router.callback_query(GroupCard.filter(), MAY)
async def show_group(
    press: CallbackQuery, callback_data: GroupCard, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """One group."""
    await situation.state.clear()
    group = await situation.db.read(trainee_groups.find, callback_data.group, scopes)
    await show(press, screens.gone() if group is None else await screens.card(situation, group))


@router.callback_query(NewGroup.filter(), MAY)
async def begin(
    press: CallbackQuery, callback_data: NewGroup, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Whoever has one territory is not asked for it; then the title is typed."""
    chosen = [one for one in scopes if screens.scope_key(one) == callback_data.scope]
    scope = scopes[0] if len(scopes) == 1 else next(iter(chosen), None)
    if scope is None:
        await show(press, await screens.territory(situation, scopes))
        return
    await situation.state.set_state(Naming.new)
    await situation.state.set_data({"kind": scope.kind.value, "ref": scope.ref})
    await show(press, Screen(words.ASK_TITLE, keyboard(screens.to_groups())))


@router.message(StateFilter(Naming.new), F.text, ~F.text.startswith("/"), MAY)
async def take_title(message: Message, situation: Situation, scopes: tuple[Scope, ...]) -> None:
    """A title of its own within the territory; the same message handled again makes none anew."""
    data = await situation.state.get_data()
    scope = Scope(ScopeKind(data["kind"]), data["ref"])
    title = _title(message)
    if title is None:
        await show(message, Screen(words.TITLE_FAULT, keyboard(screens.to_groups())))
        return
    if scope not in scopes:
        await situation.state.clear()
        await show(message, screens.gone())
        return
    number = await situation.db.write(
        trainee_groups.create,
        title,
        scope,
        author=situation.person.id,
        now=situation.now,
        by=situation.by,
    )
    group = await situation.db.read(trainee_groups.find, number, scopes)
    await show(message, screens.gone() if group is None else await screens.card(situation, group))
    await situation.state.clear()


@router.callback_query(RenameGroup.filter(), MAY)
async def ask_title(
    press: CallbackQuery,
    callback_data: RenameGroup,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """What is typed next is the title."""
    group = await situation.db.read(trainee_groups.find, callback_data.group, scopes)
    if group is None:
        await show(press, screens.gone())
        return
    await situation.state.set_state(Naming.other)
    await situation.state.set_data({"group": group.id})
    await show(press, Screen(words.ASK_TITLE, keyboard(screens.to_group(group.id))))


@router.message(StateFilter(Naming.other), F.text, ~F.text.startswith("/"), MAY)
async def rename(message: Message, situation: Situation, scopes: tuple[Scope, ...]) -> None:
    """Another title, unless a neighbour has it."""
    number = int((await situation.state.get_data()).get("group", 0))
    group = await situation.db.read(trainee_groups.find, number, scopes)
    if group is None:
        await situation.state.clear()
        await show(message, screens.gone())
        return
    title = _title(message)
    done = title is not None and await situation.db.write(
        trainee_groups.rename, group, title, by=situation.by
    )
    if not done:
        fault = words.TITLE_FAULT if title is None else words.TITLE_TAKEN
        await show(message, Screen(fault, keyboard(screens.to_group(number))))
        return
    group = await situation.db.read(trainee_groups.find, number, scopes) or group
    await show(message, await screens.card(situation, group))
    await situation.state.clear()


@router.callback_query(RemoveGroup.filter(), MAY)
async def remove(
    press: CallbackQuery,
    callback_data: RemoveGroup,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """Ask once more, then dissolve; not where tasks were given out."""
    group = await situation.db.read(trainee_groups.find, callback_data.group, scopes)
    if group is None:
        await show(press, screens.gone())
        return
    if not callback_data.sure:
        sure = [button(words.REMOVE_SURE, RemoveGroup(group=group.id, sure=True))]
        keep = [button(words.KEEP, GroupCard(group=group.id))]
        await show(press, Screen(words.sure_to_remove(group), keyboard(sure, keep)))
        return
    if await situation.db.write(trainee_groups.dissolve, group, by=situation.by):
        await show(press, Screen(words.REMOVED, keyboard(screens.to_groups())))
        return
    await show(press, await screens.card(situation, group, note=words.HAS_TASKS))


def _title(message: Message) -> str | None:
    title = " ".join((message.text or "").split())
    return title if 3 <= len(title) <= 80 else None
