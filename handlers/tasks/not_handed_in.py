"""Who has handed in nothing, and more time for one, for those ticked, for everybody shown."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.filters import May
from bot.rights import Action
from bot.screens import acknowledge, show
from bot.situation import Situation
from bot.tasks import desk_screens as screens
from bot.tasks.desk import find
from bot.tasks.desk_callbacks import Extend, NotIn, Tick
from bot.texts import task_desk as words
from storage.scopes import Scope
from storage.tasks import notices as task_notices
from storage.tasks import reports as task_reports
from surveys import task_dates as rules

router = Router(name="not-handed-in")
MAY = May(Action.SET_TASKS)


@router.callback_query(NotIn.filter(), MAY)
async def show_not_in(
    press: CallbackQuery, callback_data: NotIn, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Who has handed in nothing."""
    await _show_not_in(press, situation, callback_data.task, scopes, callback_data.page)


@router.callback_query(Tick.filter(), MAY)
async def tick(
    press: CallbackQuery, callback_data: Tick, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Tick somebody; who is ticked waits in the dialog."""
    ticked = await _ticked(situation, callback_data.task)
    one = frozenset({callback_data.person})
    ticked = ticked | one if callback_data.on else ticked - one
    await situation.state.update_data({screens.TICKED: [callback_data.task, *sorted(ticked)]})
    await _show_not_in(press, situation, callback_data.task, scopes, callback_data.page)


@router.callback_query(Extend.filter(), MAY)
async def extend(
    press: CallbackQuery, callback_data: Extend, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """More time for those ticked or for everybody shown: only those who may be extended are."""
    task = await find(situation, callback_data.task, scopes)
    if task is None or task.dates.due is None or task.withdrawn:
        await show(press, screens.gone())
        return
    if callback_data.everybody:
        here, _, _ = await screens.page_of(situation, task, scopes, callback_data.page)
        chosen = {each.person_id for each in here}
    else:
        wanted = await _ticked(situation, task.id)
        every = await situation.db.read(task_reports.rows, task, scopes, now=situation.now)
        chosen = {row.person.id for row in every if row.person.id in wanted and not row.attempts}
    if not chosen:
        await acknowledge(press, words.NOBODY_TICKED, alert=True)
        return
    # From the later of now and the deadline of the task, at its hour: pressing twice gives once.
    due = rules.longer(task.dates.due.astimezone(situation.zone), callback_data.days, situation.now)
    await situation.db.write(
        task_notices.extend_and_tell,
        task.id,
        sorted(chosen),
        due,
        granted_by=situation.person.id,
        now=situation.now,
    )
    await situation.state.update_data({screens.TICKED: []})
    note = words.extended(len(chosen))
    await _show_not_in(press, situation, task.id, scopes, callback_data.page, note=note)


async def _show_not_in(
    press: CallbackQuery,
    situation: Situation,
    number: int,
    scopes: tuple[Scope, ...],
    page: int,
    *,
    note: str = "",
) -> None:
    task = await find(situation, number, scopes)
    if task is None:
        await show(press, screens.gone())
        return
    ticked = await _ticked(situation, number)
    await show(
        press,
        await screens.not_in(situation, task, scopes, page, ticked=ticked, note=note),
    )


async def _ticked(situation: Situation, number: int) -> frozenset[int]:
    """Who is ticked for this task; ticks of another task are none."""
    kept = (await situation.state.get_data()).get(screens.TICKED) or [0]
    return frozenset(kept[1:]) if kept[0] == number else frozenset()
