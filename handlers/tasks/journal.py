"""/journal: one's own journal of a trainee, in the chat and as a workbook."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.callbacks import Go, Place
from bot.keyboards import button, keyboard, to_menu
from bot.rights import Action, scopes_for
from bot.screens import Screen, show
from bot.settings import Settings
from bot.situation import Situation
from bot.tasks import journal
from bot.tasks.callbacks import Journal, Trainees
from bot.tasks.group_callbacks import MyGroups
from bot.texts import groups as group_words
from bot.texts import task_report as words
from storage.tasks import groups as trainee_groups

router = Router(name="journal")


@router.message(Command("journal"))
@router.callback_query(Go.filter(F.to == Place.JOURNAL))
@router.callback_query(Journal.filter(~F.file))
async def show_journal(event: Message | CallbackQuery, situation: Situation) -> None:
    """Events visited and tasks done; staff also get the way to those of others."""
    own = situation.person
    text = await journal.in_chat(situation, own, who="")
    rows = [[button(words.OWN_FILE, Journal(file=True))]] if text != words.NOTHING_YET else []
    if scopes_for(own, Action.SET_TASKS, situation.admin_ids):
        rows.append([button(words.OTHERS, Trainees())])
    if await situation.db.read(trainee_groups.led_by, own.id):
        rows.append([button(group_words.MY_GROUPS, MyGroups())])
    await show(event, Screen(text, keyboard(*rows, to_menu())))


@router.callback_query(Journal.filter(F.file))
async def send_journal(press: CallbackQuery, situation: Situation, settings: Settings) -> None:
    """The workbook of one's own journal."""
    await journal.send(press, situation, situation.person, settings)
