"""A coordinator looks a read roadmap over: its summary, its doubts one by one; confirms it."""

import asyncio
import tempfile
from functools import partial
from pathlib import Path

from aiogram import F, Router
from aiogram.enums import ParseMode
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, FSInputFile, Message

from bot.campaigns.reporting import file_name
from bot.events import roadmap_screens as screens
from bot.events.audience import audience_of
from bot.events.callbacks import (
    ConfirmImport,
    CorrectTerm,
    DropImport,
    ImportCard,
    ImportChanges,
    ImportDoubt,
    ImportTable,
    SettleDoubt,
)
from bot.events.imports import card_of, draft_of, gone, preview_of
from bot.filters import May
from bot.keyboards import button, keyboard, to_menu
from bot.rights import Action
from bot.screens import Screen, acknowledge, show
from bot.situation import Situation
from bot.texts import importing as words
from handlers.events.importing_roadmaps import Importing
from reports.workbook import write
from roadmap.settling import retermed, settled
from storage.events import roadmaps
from storage.scopes import Scope

router = Router(name="looking-over-roadmaps")
MAY = May(Action.IMPORT_ROADMAPS)

LONGEST_TERM = 300


@router.callback_query(ImportCard.filter(), MAY)
async def show_summary(
    press: CallbackQuery,
    callback_data: ImportCard,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """The summary."""
    await _leave_term(situation)
    draft = await draft_of(situation, scopes, callback_data.draft)
    table = callback_data.table
    await show(press, gone() if draft is None else await card_of(situation, draft, table=table))


@router.callback_query(ImportDoubt.filter(), MAY)
async def show_doubt(
    press: CallbackQuery,
    callback_data: ImportDoubt,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """The next doubt, or the summary behind the last."""
    await _leave_term(situation)
    draft = await draft_of(situation, scopes, callback_data.draft)
    if draft is None:
        await show(press, gone())
        return
    following = screens.doubt(draft, callback_data.after)
    notice = words.LAST_DOUBT if callback_data.after else words.NO_DOUBTS_LEFT
    if following is None:
        await show(press, await card_of(situation, draft), notice=notice)
    else:
        await show(press, following)


@router.callback_query(SettleDoubt.filter(), MAY)
async def settle(
    press: CallbackQuery,
    callback_data: SettleDoubt,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """It was read rightly; the next doubt."""
    draft = await draft_of(situation, scopes, callback_data.draft)
    if draft is None:
        await show(press, gone())
        return
    key = callback_data.key
    changed = await situation.db.write(
        roadmaps.change, draft.id, lambda roadmap: settled(roadmap, key)
    )
    following = None if changed is None else screens.doubt(changed, "")
    if changed is None:
        await show(press, gone())
    elif following is None:
        await show(press, await card_of(situation, changed), notice=words.NO_DOUBTS_LEFT)
    else:
        await show(press, following)


@router.callback_query(CorrectTerm.filter(), MAY)
async def ask_term(
    press: CallbackQuery,
    callback_data: CorrectTerm,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """The term is typed next."""
    draft = await draft_of(situation, scopes, callback_data.draft)
    if draft is None or callback_data.place >= len(draft.roadmap.events):
        await show(press, gone())
        return
    await situation.state.set_state(Importing.term)
    await situation.state.set_data({"draft": draft.id, "place": callback_data.place})
    back = button(words.TO_SUMMARY, ImportCard(draft=draft.id))
    await show(press, Screen(words.ASK_TERM, keyboard([back])))


@router.message(StateFilter(Importing.term), F.text, ~F.text.startswith("/"), MAY)
async def take_term(message: Message, situation: Situation, scopes: tuple[Scope, ...]) -> None:
    """The corrected term is read as the table's own; what it leaves doubtful is asked next."""
    data = await situation.state.get_data()
    draft = await draft_of(situation, scopes, data["draft"])
    if draft is None:
        await show(message, gone())
        return
    text, place = (message.text or "")[:LONGEST_TERM], int(data["place"])
    changed = await situation.db.write(
        roadmaps.change, draft.id, lambda roadmap: retermed(roadmap, place, text)
    )
    await situation.state.clear()
    if changed is None:
        await show(message, gone())
        return
    following = screens.doubt(changed, "")
    await show(message, following or await card_of(situation, changed))


@router.callback_query(ImportTable.filter(), MAY)
async def send_table(
    press: CallbackQuery,
    callback_data: ImportTable,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """The spreadsheet of what was understood."""
    await acknowledge(press)
    draft = await draft_of(situation, scopes, callback_data.draft)
    if draft is None:
        await show(press, gone())
        return
    report = screens.table(draft.roadmap, situation.local)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roadmap.xlsx"
        await asyncio.to_thread(write, report, path)
        name = file_name(words.TABLE_NAME, draft.roadmap.title or "")
        await situation.bot.send_document(
            situation.telegram_id, FSInputFile(path, filename=name), parse_mode=ParseMode.HTML
        )


@router.callback_query(ImportChanges.filter(), MAY)
async def show_changes(
    press: CallbackQuery,
    callback_data: ImportChanges,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """What a corrected file changes."""
    draft = await draft_of(situation, scopes, callback_data.draft)
    if draft is None:
        await show(press, gone())
        return
    preview = await preview_of(situation, draft)
    await show(press, screens.changes(draft, preview, callback_data.page, situation.local))


@router.callback_query(ConfirmImport.filter(), MAY)
async def confirm(
    press: CallbackQuery,
    callback_data: ConfirmImport,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """Make it the calendar."""
    draft = await draft_of(situation, scopes, callback_data.draft)
    if draft is None or not (draft.roadmap.year or draft.year):
        await show(press, gone())
        return
    done = await situation.db.write(
        partial(
            roadmaps.confirm,
            keep_removed=callback_data.keep,
            keep_by_hand=not callback_data.table,
            audience_of=audience_of,
            author=situation.person.id,
            now=situation.local,
            by=situation.by,
        ),
        draft.id,
    )
    if done is None:
        await show(press, gone())
    else:
        keep, table = callback_data.keep, callback_data.table
        await show(press, screens.done(done, keep=keep, table=table))


@router.callback_query(DropImport.filter(), MAY)
async def drop(
    press: CallbackQuery,
    callback_data: DropImport,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """Nothing of it is wanted."""
    draft = await draft_of(situation, scopes, callback_data.draft)
    if draft is None:
        await show(press, gone())
        return
    await situation.db.write(roadmaps.drop, draft.id)
    await show(press, Screen(words.DROPPED, keyboard(to_menu())))


async def _leave_term(situation: Situation) -> None:
    if await situation.state.get_state() == Importing.term.state:
        await situation.state.clear()
