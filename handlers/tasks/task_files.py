"""What comes out of tasks as files: workbooks of one or all, every work as an archive."""

from pathlib import Path

from aiogram import Router
from aiogram.enums import ChatAction
from aiogram.types import CallbackQuery, FSInputFile

from bot.filters import May
from bot.rights import Action
from bot.screens import Screen, acknowledge, edit, show
from bot.settings import Settings
from bot.situation import Situation
from bot.tasks import archive as works
from bot.tasks import desk_screens as screens
from bot.tasks import reporting as task_reporting
from bot.tasks.desk import find
from bot.tasks.desk_callbacks import TaskReport, WholeReport, Works
from bot.texts import task_desk as words
from bot.texts import task_report as report_words
from storage import audit
from storage.audit import Deed
from storage.files.scratch import scratch
from storage.scopes import Scope
from storage.tasks import audience as task_audience
from storage.tasks import groups as trainee_groups
from storage.tasks import reports as task_reports
from storage.tasks import submissions, tasks
from surveys import tasks as rules

router = Router(name="task-files")
MAY = May(Action.SET_TASKS)


@router.callback_query(TaskReport.filter(), MAY)
async def report(
    press: CallbackQuery,
    callback_data: TaskReport,
    situation: Situation,
    scopes: tuple[Scope, ...],
    settings: Settings,
) -> None:
    """The workbook of the task, as one with these scopes may see it."""
    task = await find(situation, callback_data.task, scopes)
    if task is None:
        await show(press, screens.gone())
        return
    bot, chat = situation.bot, situation.telegram_id
    await _record(situation, f"task:{task.id}")
    message = await show(press, Screen(words.MAKING_FILE))
    await bot.send_chat_action(chat, ChatAction.UPLOAD_DOCUMENT)
    found = await situation.db.read(task_reports.rows, task, scopes, now=situation.now)
    with scratch(settings.data_dir) as folder:
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
    await _record(situation, "")
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
    with scratch(settings.data_dir) as folder:
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
    task = await find(situation, callback_data.task, scopes)
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
    await _record(situation, f"task:{task.id}")
    message = await show(press, Screen(words.MAKING_FILE))
    note = ""
    with scratch(settings.data_dir) as folder:
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


async def _record(situation: Situation, thing: str) -> None:
    """Before the file is made: none ever leaves without its row."""
    await situation.db.write(audit.record, situation.by, Deed.WORKS_EXPORTED, object=thing)
