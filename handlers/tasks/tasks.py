"""The tasks a coordinator gives out: how each goes, a new deadline, asking one no longer."""

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.filters import May
from bot.keyboards import button, keyboard
from bot.rights import Action
from bot.screens import Screen, show
from bot.situation import Situation
from bot.tasks import desk_screens as screens
from bot.tasks.desk import find
from bot.tasks.desk_callbacks import Desk, DeskCard, MoveDue, Withdraw
from bot.tasks.draft import EVENING
from bot.texts import task_desk as words
from bot.when import read_moment
from storage.scopes import Scope
from storage.tasks import changing
from surveys import task_dates as rules

router = Router(name="tasks")
MAY = May(Action.SET_TASKS)


class Moving(StatesGroup):
    """A new deadline for all is being typed."""

    due = State()


@router.callback_query(Desk.filter(), MAY)
async def show_desk(
    press: CallbackQuery, callback_data: Desk, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """What is given out within the scopes; a draft of a new task is left."""
    await situation.state.clear()
    await show(press, await screens.listing(situation, scopes, callback_data.page))


@router.callback_query(DeskCard.filter(), MAY)
async def show_card(
    press: CallbackQuery, callback_data: DeskCard, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """How one goes."""
    await situation.state.clear()
    task = await find(situation, callback_data.task, scopes)
    await show(
        press,
        screens.gone() if task is None else await screens.card(situation, task, scopes),
    )


@router.callback_query(MoveDue.filter(), MAY)
async def move(
    press: CallbackQuery, callback_data: MoveDue, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Ask for the new deadline."""
    task = await find(situation, callback_data.task, scopes)
    if task is None or task.withdrawn:
        await show(press, screens.gone())
        return
    await situation.state.set_state(Moving.due)
    await situation.state.set_data({"task": task.id})
    back = [button(words.TO_CARD, DeskCard(task=task.id))]
    await show(press, Screen(words.ASK_DUE, keyboard(back)))


@router.message(StateFilter(Moving.due), F.text, ~F.text.startswith("/"), MAY)
async def take_due(message: Message, situation: Situation, scopes: tuple[Scope, ...]) -> None:
    """The new deadline for all; whoever has not handed in is told once."""
    number = int((await situation.state.get_data()).get("task", 0))
    task = await find(situation, number, scopes)
    if task is None or task.withdrawn:
        await show(message, screens.gone())
        return
    when = read_moment(message.text or "", situation.local, otherwise=EVENING)
    if when is None or when <= situation.now:
        note = words.NOT_A_MOMENT if when is None else words.IN_THE_PAST
        back = [button(words.TO_CARD, DeskCard(task=task.id))]
        await show(message, Screen(f"{note}\n\n{words.ASK_DUE}", keyboard(back)))
        return
    dates = rules.moved(task.dates, when)
    await situation.db.write(
        changing.move, task.id, due=dates.due, cutoff=dates.cutoff, by=situation.by
    )
    moved = await find(situation, number, scopes)
    await show(message, await screens.card(situation, moved or task, scopes, note=words.MOVED))
    await situation.state.clear()


@router.callback_query(Withdraw.filter(), MAY)
async def withdraw(
    press: CallbackQuery, callback_data: Withdraw, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Ask once more, then ask the task no longer."""
    task = await find(situation, callback_data.task, scopes)
    if task is None:
        await show(press, screens.gone())
        return
    if not callback_data.sure:
        sure = [button(words.WITHDRAW_SURE, Withdraw(task=task.id, sure=True))]
        keep = [button(words.KEEP, DeskCard(task=task.id))]
        await show(press, Screen(words.sure_to_withdraw(task), keyboard(sure, keep)))
        return
    await situation.db.write(changing.withdraw, task.id, now=situation.now, by=situation.by)
    await show(press, Screen(words.WITHDRAWN, keyboard(screens.to_desk())))
