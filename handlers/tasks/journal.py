"""/journal: one's own journal of a trainee, in the chat and as a workbook."""

from pathlib import Path

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, FSInputFile, Message

from bot.callbacks import Go, Place
from bot.keyboards import button, keyboard, to_menu
from bot.rights import Action, scopes_for
from bot.screens import Screen, acknowledge, show
from bot.settings import Settings
from bot.situation import Situation
from bot.tasks import reporting as task_reporting
from bot.tasks.callbacks import Journal, Trainees
from bot.tasks.group_callbacks import MyGroups
from bot.texts import groups as group_words
from bot.texts import task_report as words
from bot.texts.people import short_name
from storage.files.scratch import scratch
from storage.people.people import Person
from storage.tasks import groups as trainee_groups
from storage.tasks import reports as task_reports

router = Router(name="journal")


@router.message(Command("journal"))
@router.callback_query(Go.filter(F.to == Place.JOURNAL))
@router.callback_query(Journal.filter(~F.file))
async def show_journal(event: Message | CallbackQuery, situation: Situation) -> None:
    """Events visited and tasks done; staff also get the way to those of others."""
    own = situation.person
    text = await in_chat(situation, own, who="")
    rows = [[button(words.OWN_FILE, Journal(file=True))]] if text != words.NOTHING_YET else []
    if scopes_for(own, Action.SET_TASKS, situation.admin_ids):
        rows.append([button(words.OTHERS, Trainees())])
    if await situation.db.read(trainee_groups.led_by, own.id):
        rows.append([button(group_words.MY_GROUPS, MyGroups())])
    await show(event, Screen(text, keyboard(*rows, to_menu())))


@router.callback_query(Journal.filter(F.file))
async def send_journal(press: CallbackQuery, situation: Situation, settings: Settings) -> None:
    """The workbook of one's own journal."""
    await send(press, situation, situation.person, settings)


async def in_chat(situation: Situation, person: Person, *, who: str) -> str:
    """Somebody's journal in words."""
    db = situation.db
    visits = await db.read(task_reports.visits, person.id)
    found = await db.read(task_reports.journal, person, now=situation.now)
    return words.journal(who, visits, found, situation.local)


async def send(
    press: CallbackQuery, situation: Situation, person: Person, settings: Settings
) -> None:
    """Somebody's journal as a workbook, below the message that was pressed."""
    await acknowledge(press)
    db = situation.db
    visits = await db.read(task_reports.visits, person.id)
    found = await db.read(task_reports.journal, person, now=situation.now)
    name = f"{words.LABELS.journal} – {short_name(person)}"
    with scratch(settings.data_dir) as folder:
        target = Path(folder) / "journal.xlsx"
        await task_reporting.write_journal(person, visits, found, target, situation.local)
        await situation.bot.send_document(
            situation.telegram_id,
            FSInputFile(target, filename=task_reporting.file_name(name, "xlsx")),
        )
