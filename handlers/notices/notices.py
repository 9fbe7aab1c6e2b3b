"""A notice that is confirmed: how it goes, pausing, the account."""

from pathlib import Path

from aiogram import Router
from aiogram.types import CallbackQuery, FSInputFile

from bot.campaigns.reporting import ReportFailedError, file_name, make
from bot.filters import May
from bot.keyboards import button, keyboard
from bot.notices import composers as notice_composers  # noqa: F401 - enters its kinds
from bot.notices.callbacks import (
    Missed,
    NoticeCard,
    Sheet,
    Turn,
    TurnNotice,
)
from bot.notices.screens import gone, missed, show_card, to_card
from bot.notices.sheet import NoticeOrder
from bot.rights import Action
from bot.screens import Screen, acknowledge, show
from bot.settings import Settings
from bot.situation import Situation
from bot.texts import notice_sheet
from bot.texts import notices as words
from bot.texts.notice_text import headline
from storage import audit
from storage.audit import Deed
from storage.files.scratch import scratch
from storage.notices import notices, steering
from storage.scopes import Scope

router = Router(name="notices")
MAY = May(Action.BROADCAST)
Scopes = tuple[Scope, ...]


@router.callback_query(NoticeCard.filter(), MAY)
async def watch(
    press: CallbackQuery, callback_data: NoticeCard, situation: Situation, scopes: Scopes
) -> None:
    """How it stands; its author watches it in this message from now on."""
    await show_card(press, callback_data.notice, situation, scopes)


@router.callback_query(TurnNotice.filter(), MAY)
async def turn(
    press: CallbackQuery, callback_data: TurnNotice, situation: Situation, scopes: Scopes
) -> None:
    """Pause, resume, cancel: at any moment before the last row."""
    number, db = callback_data.notice, situation.db
    notice = await db.read(notices.find_for_staff, number, scopes)
    if notice is None:
        await show(press, gone())
        return
    if callback_data.to is Turn.CANCEL and not callback_data.sure:
        sure = button(words.CANCEL_SURE, TurnNotice(notice=number, to=Turn.CANCEL, sure=True))
        await show(press, Screen(words.SURE_CANCEL, keyboard([sure], to_card(number))))
        return
    if callback_data.to is Turn.PAUSE:
        done = await db.write(steering.pause, number)
    elif callback_data.to is Turn.RESUME:
        done = await db.write(steering.resume, number)
    else:
        done = await db.write(steering.cancel, number, by=situation.by)
    await show_card(press, number, situation, scopes, notice="" if done else words.NO_CHANGE)


@router.callback_query(Missed.filter(), MAY)
async def show_missed(
    press: CallbackQuery, callback_data: Missed, situation: Situation, scopes: Scopes
) -> None:
    """Whom it did not reach, and why."""
    notice = await situation.db.read(notices.find_for_staff, callback_data.notice, scopes)
    if notice is None:
        await show(press, gone())
        return
    await show(press, await missed(situation, notice, callback_data.page))


@router.callback_query(Sheet.filter(), MAY)
async def sheet(
    press: CallbackQuery,
    callback_data: Sheet,
    situation: Situation,
    scopes: Scopes,
    settings: Settings,
) -> None:
    """The account per person as a workbook, made outside the event loop."""
    notice = await situation.db.read(notices.find_for_staff, callback_data.notice, scopes)
    if notice is None:
        await show(press, gone())
        return
    await situation.db.write(
        audit.record,
        situation.by,
        Deed.ACCOUNT_EXPORTED,
        object=f"notice:{notice.id}",
        after={"names": True},
    )
    await acknowledge(press, words.MAKING_SHEET)
    with scratch(settings.data_dir) as folder:
        target = Path(folder) / "account.xlsx"
        order = NoticeOrder(notice.id, situation.now, settings.zone)
        try:
            await make(situation.db, order, target)
        except ReportFailedError:
            await situation.bot.send_message(situation.telegram_id, words.SHEET_FAILED)
            return
        name = file_name(notice_sheet.TITLE, headline(notice.content))
        await situation.bot.send_document(
            situation.telegram_id,
            FSInputFile(target, filename=name),
            caption=words.SHEET_CAPTION,
        )
