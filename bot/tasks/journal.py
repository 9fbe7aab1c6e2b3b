"""Somebody's journal of a trainee, in the chat and as a workbook: whoever may see it."""

from pathlib import Path

from aiogram.types import CallbackQuery, FSInputFile

from bot.screens import acknowledge
from bot.settings import Settings
from bot.situation import Situation
from bot.tasks import reporting as task_reporting
from bot.texts import task_report as words
from bot.texts.people import short_name
from storage.files.scratch import scratch
from storage.people.people import Person
from storage.tasks import reports as task_reports


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
