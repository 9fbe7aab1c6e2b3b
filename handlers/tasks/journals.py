"""Journals of trainees for whoever leads them, within their scopes."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.filters import May
from bot.keyboards import button, keyboard, pages, to_menu
from bot.rights import Action
from bot.screens import Screen, show
from bot.settings import Settings
from bot.situation import Situation
from bot.tasks import journal
from bot.tasks.callbacks import JournalOf, Trainees
from bot.texts import task_report as words
from bot.texts.people import full_name, short_name
from storage import audit
from storage.audit import Deed
from storage.people import roster
from storage.scopes import Scope
from storage.tasks import reports as task_reports

router = Router(name="journals")
MAY = May(Action.SET_TASKS)
SIZE = 16


@router.callback_query(Trainees.filter(), MAY)
async def choose(
    press: CallbackQuery, callback_data: Trainees, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """The trainees within the scopes, by name."""
    found = await situation.db.read(task_reports.trainees, scopes)
    made = [button(short_name(one), JournalOf(person=one.id)) for one in found]
    page = callback_data.page
    shown = pages(made, lambda to: Trainees(page=to), page=page, size=SIZE, columns=2)
    await show(
        press, Screen(words.TRAINEES if made else words.NO_TRAINEES, keyboard(*shown, to_menu()))
    )


@router.callback_query(JournalOf.filter(), MAY)
async def show_one(
    press: CallbackQuery,
    callback_data: JournalOf,
    situation: Situation,
    scopes: tuple[Scope, ...],
    settings: Settings,
) -> None:
    """One trainee's journal, in the chat or as a workbook."""
    person = await situation.db.read(roster.card, scopes, callback_data.person)
    back = [button(words.TO_TRAINEES, Trainees())]
    if person is None:
        await show(press, Screen(words.GONE, keyboard(back)))
    elif callback_data.file:
        await situation.db.write(
            audit.record,
            situation.by,
            Deed.WORKS_EXPORTED,
            object=f"trainee:{person.id}",
            about=person.id,
        )
        await journal.send(press, situation, person, settings)
    else:
        await situation.db.write(audit.record_view, situation.by, Deed.JOURNAL_OPENED, person.id)
        text = await journal.in_chat(situation, person, who=full_name(person))
        file = [button(words.OWN_FILE, JournalOf(person=person.id, file=True))]
        await show(press, Screen(text, keyboard(file, back)))
