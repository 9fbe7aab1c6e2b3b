"""A coordinator looks a read roadmap over: its summary, its doubts one by one; confirms it."""

import asyncio
import tempfile
from functools import partial
from pathlib import Path
from typing import Protocol

from aiogram import F, Router
from aiogram.enums import ParseMode
from aiogram.filters import Filter, StateFilter
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
from storage.events.roadmaps import Import
from storage.scopes import Scope

router = Router(name="looking-over-roadmaps")
MAY = May(Action.IMPORT_ROADMAPS)

LONGEST_TERM = 300


class OfDraft(Protocol):
    """The data of every button here."""

    draft: int


class WithDraft(Filter):
    """Passes where the button's draft is there for the person, and hands it over as `draft`."""

    async def __call__(
        self,
        _press: CallbackQuery,
        callback_data: OfDraft,
        situation: Situation,
        scopes: tuple[Scope, ...],
    ) -> dict[str, Import]:
        """{} (the filter fails) where it is not: `say_it_is_gone` then answers."""
        draft = await draft_of(situation, scopes, callback_data.draft)
        return {} if draft is None else {"draft": draft}


@router.callback_query(ImportCard.filter(), MAY, WithDraft())
async def show_summary(
    press: CallbackQuery,
    callback_data: ImportCard,
    draft: Import,
    situation: Situation,
) -> None:
    """The summary."""
    await _leave_term(situation)
    await show(press, await card_of(situation, draft, table=callback_data.table))


@router.callback_query(ImportDoubt.filter(), MAY, WithDraft())
async def show_doubt(
    press: CallbackQuery,
    callback_data: ImportDoubt,
    draft: Import,
    situation: Situation,
) -> None:
    """The next doubt, or the summary behind the last."""
    await _leave_term(situation)
    await _show_next(press, situation, draft, callback_data.after)


@router.callback_query(SettleDoubt.filter(), MAY, WithDraft())
async def settle(
    press: CallbackQuery,
    callback_data: SettleDoubt,
    draft: Import,
    situation: Situation,
) -> None:
    """It was read rightly; the next doubt."""
    key = callback_data.key
    changed = await situation.db.write(
        roadmaps.change, draft.id, lambda roadmap: settled(roadmap, key)
    )
    await _show_next(press, situation, changed)


@router.callback_query(CorrectTerm.filter(), MAY, WithDraft())
async def ask_term(
    press: CallbackQuery,
    callback_data: CorrectTerm,
    draft: Import,
    situation: Situation,
) -> None:
    """The term is typed next."""
    if callback_data.place >= len(draft.roadmap.events):
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
    await _show_next(message, situation, changed)


@router.callback_query(ImportTable.filter(), MAY, WithDraft())
async def send_table(press: CallbackQuery, draft: Import, situation: Situation) -> None:
    """The spreadsheet of what was understood."""
    await acknowledge(press)
    report = screens.table(draft.roadmap, situation.local)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roadmap.xlsx"
        await asyncio.to_thread(write, report, path)
        name = file_name(words.TABLE_NAME, draft.roadmap.title or "")
        await situation.bot.send_document(
            situation.telegram_id, FSInputFile(path, filename=name), parse_mode=ParseMode.HTML
        )


@router.callback_query(ImportChanges.filter(), MAY, WithDraft())
async def show_changes(
    press: CallbackQuery,
    callback_data: ImportChanges,
    draft: Import,
    situation: Situation,
) -> None:
    """What a corrected file changes."""
    preview = await preview_of(situation, draft)
    await show(press, screens.changes(draft, preview, callback_data.page, situation.local))


@router.callback_query(ConfirmImport.filter(), MAY, WithDraft())
async def confirm(
    press: CallbackQuery,
    callback_data: ConfirmImport,
    draft: Import,
    situation: Situation,
) -> None:
    """Make it the calendar."""
    if not (draft.roadmap.year or draft.year):
        await show(press, gone())
        return
    done = await situation.db.write(
        partial(
            roadmaps.confirm,
            keep_removed=callback_data.keep,
            keep_by_hand=not callback_data.table,
            audience_of=audience_of,
            author=situation.person.id,
            now=situation.at_home,
            by=situation.by,
        ),
        draft.id,
    )
    if done is None:
        await show(press, gone())
    else:
        keep, table = callback_data.keep, callback_data.table
        await show(press, screens.done(done, keep=keep, table=table))


@router.callback_query(DropImport.filter(), MAY, WithDraft())
async def drop(press: CallbackQuery, draft: Import, situation: Situation) -> None:
    """Nothing of it is wanted."""
    await situation.db.write(roadmaps.drop, draft.id)
    await show(press, Screen(words.DROPPED, keyboard(to_menu())))


@router.callback_query(ImportCard.filter(), MAY)
@router.callback_query(ImportDoubt.filter(), MAY)
@router.callback_query(SettleDoubt.filter(), MAY)
@router.callback_query(CorrectTerm.filter(), MAY)
@router.callback_query(ImportTable.filter(), MAY)
@router.callback_query(ImportChanges.filter(), MAY)
@router.callback_query(ConfirmImport.filter(), MAY)
@router.callback_query(DropImport.filter(), MAY)
async def say_it_is_gone(press: CallbackQuery) -> None:
    """Confirmed or given up already, or not of their territory."""
    await show(press, gone())


async def _show_next(
    event: CallbackQuery | Message, situation: Situation, draft: Import | None, after: str = ""
) -> None:
    """The doubt behind `after`, or the summary behind the last; None: the draft is gone."""
    following = None if draft is None else screens.doubt(draft, after)
    if draft is None:
        await show(event, gone())
    elif following is None:
        notice = words.LAST_DOUBT if after else words.NO_DOUBTS_LEFT
        await show(event, await card_of(situation, draft), notice=notice)
    else:
        await show(event, following)


async def _leave_term(situation: Situation) -> None:
    if await situation.state.get_state() == Importing.term.state:
        await situation.state.clear()
