"""The tasks a coordinator gives out: how each goes, who has not handed in, more time, files."""

import tempfile
from pathlib import Path

from aiogram import F, Router
from aiogram.enums import ChatAction
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, FSInputFile, Message

from bot.filters import May
from bot.keyboards import button, keyboard
from bot.rights import Action
from bot.screens import Screen, acknowledge, edit, show
from bot.settings import Settings
from bot.situation import Situation
from bot.tasks import archive as works
from bot.tasks import desk_screens as screens
from bot.tasks import reporting as task_reporting
from bot.tasks.callbacks import (
    Desk,
    DeskCard,
    Extend,
    MoveDue,
    NotIn,
    TaskReport,
    Tick,
    WholeReport,
    Withdraw,
    Works,
)
from bot.tasks.form import EVENING
from bot.texts import task_desk as words
from bot.texts import task_report as report_words
from bot.when import read_moment
from storage.scopes import Scope
from storage.tasks import audience as task_audience
from storage.tasks import groups as trainee_groups
from storage.tasks import notices as task_notices
from storage.tasks import reports as task_reports
from storage.tasks import submissions, tasks
from storage.tasks.tasks import Task
from surveys import tasks as rules

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
    task = await _find(situation, callback_data.task, scopes)
    await show(
        press,
        screens.gone() if task is None else await screens.card(situation, task, scopes),
    )


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
    task = await _find(situation, callback_data.task, scopes)
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


@router.callback_query(MoveDue.filter(), MAY)
async def move(
    press: CallbackQuery, callback_data: MoveDue, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Ask for the new deadline."""
    task = await _find(situation, callback_data.task, scopes)
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
    task = await _find(situation, number, scopes)
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
    await situation.db.write(tasks.move, task.id, due=dates.due, cutoff=dates.cutoff)
    moved = await _find(situation, number, scopes)
    await show(message, await screens.card(situation, moved or task, scopes, note=words.MOVED))
    await situation.state.clear()


@router.callback_query(Withdraw.filter(), MAY)
async def withdraw(
    press: CallbackQuery, callback_data: Withdraw, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Ask once more, then ask the task no longer."""
    task = await _find(situation, callback_data.task, scopes)
    if task is None:
        await show(press, screens.gone())
        return
    if not callback_data.sure:
        sure = [button(words.WITHDRAW_SURE, Withdraw(task=task.id, sure=True))]
        keep = [button(words.KEEP, DeskCard(task=task.id))]
        await show(press, Screen(words.sure_to_withdraw(task), keyboard(sure, keep)))
        return
    await situation.db.write(tasks.withdraw, task.id, now=situation.now)
    await show(press, Screen(words.WITHDRAWN, keyboard(screens.to_desk())))


@router.callback_query(TaskReport.filter(), MAY)
async def report(
    press: CallbackQuery,
    callback_data: TaskReport,
    situation: Situation,
    scopes: tuple[Scope, ...],
    settings: Settings,
) -> None:
    """The workbook of the task, as one with these scopes may see it."""
    task = await _find(situation, callback_data.task, scopes)
    if task is None:
        await show(press, screens.gone())
        return
    bot, chat = situation.bot, situation.telegram_id
    message = await show(press, Screen(words.MAKING_FILE))
    await bot.send_chat_action(chat, ChatAction.UPLOAD_DOCUMENT)
    found = await situation.db.read(task_reports.rows, task, scopes, now=situation.now)
    with tempfile.TemporaryDirectory(dir=settings.data_dir) as folder:
        target = Path(folder) / "report.xlsx"
        await task_reporting.write_task(task, found, target, situation.local)
        name = task_reporting.file_name(words.report_name(task), "xlsx")
        await bot.send_document(chat, FSInputFile(target, filename=name))
    await edit(bot, chat, message, await screens.card(situation, task, scopes))


@router.callback_query(WholeReport.filter(), MAY)
async def report_all(
    press: CallbackQuery, situation: Situation, scopes: tuple[Scope, ...], settings: Settings
) -> None:
    """The workbook of all tasks within the scopes."""
    db, bot, chat = situation.db, situation.bot, situation.telegram_id
    message = await show(press, Screen(words.MAKING_FILE))
    await bot.send_chat_action(chat, ChatAction.UPLOAD_DOCUMENT)
    found = [
        (task, await db.read(task_reports.rows, task, scopes, now=situation.now))
        for task in await db.read(tasks.list_for_staff, scopes)
    ]
    everybody = {row.person.id for _, rows in found for row in rows}
    missed = await db.read(task_audience.missed_by, everybody, now=situation.now)
    groups = {one.id: one.title for one in await db.read(trainee_groups.listed, scopes)}
    risky = frozenset(person for person, count in missed.items() if rules.at_risk(count))
    with tempfile.TemporaryDirectory(dir=settings.data_dir) as folder:
        target = Path(folder) / "report.xlsx"
        await task_reporting.write_all(found, groups, risky, target, situation.local)
        name = task_reporting.file_name(report_words.ALL_NAME, "xlsx")
        await bot.send_document(chat, FSInputFile(target, filename=name))
    await edit(bot, chat, message, await screens.listing(situation, scopes, 0))


@router.callback_query(Works.filter(), MAY)
async def send_works(
    press: CallbackQuery,
    callback_data: Works,
    situation: Situation,
    scopes: tuple[Scope, ...],
    settings: Settings,
) -> None:
    """Everything handed in, as one archive or several that Telegram takes."""
    db, bot, chat = situation.db, situation.bot, situation.telegram_id
    task = await _find(situation, callback_data.task, scopes)
    if task is None:
        await show(press, screens.gone())
        return
    found = [
        (person, own, await db.read(submissions.items, own.id))
        for person, own in await db.read(task_reports.works, task, scopes)
    ]
    divided = works.parts(works.entries(task, found, settings.data_dir, situation.local))
    if not divided:
        await acknowledge(press, words.NO_WORKS, alert=True)
        return
    message = await show(press, Screen(words.MAKING_FILE))
    note = ""
    with tempfile.TemporaryDirectory(dir=settings.data_dir) as folder:
        for place, part in enumerate(divided, 1):
            target = Path(folder) / "works.zip"
            await bot.send_chat_action(chat, ChatAction.UPLOAD_DOCUMENT)
            try:
                await works.pack_elsewhere(part, target)
            except works.PackingFailedError:
                note = words.FILE_FAILED
                break
            name = words.works_name(task, place, len(divided))
            sent = FSInputFile(target, filename=task_reporting.file_name(name, "zip"))
            await bot.send_document(chat, sent)
    await edit(bot, chat, message, await screens.card(situation, task, scopes, note=note))


async def _show_not_in(
    press: CallbackQuery,
    situation: Situation,
    number: int,
    scopes: tuple[Scope, ...],
    page: int,
    *,
    note: str = "",
) -> None:
    task = await _find(situation, number, scopes)
    if task is None:
        await show(press, screens.gone())
        return
    ticked = await _ticked(situation, number)
    await show(
        press,
        await screens.not_in(situation, task, scopes, page, ticked=ticked, note=note),
    )


async def _find(situation: Situation, number: int, scopes: tuple[Scope, ...]) -> Task | None:
    return await situation.db.read(tasks.find_for_staff, number, scopes)


async def _ticked(situation: Situation, number: int) -> frozenset[int]:
    """Who is ticked for this task; ticks of another task are none."""
    kept = (await situation.state.get_data()).get(screens.TICKED) or [0]
    return frozenset(kept[1:]) if kept[0] == number else frozenset()
