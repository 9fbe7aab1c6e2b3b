"""A notice that is confirmed: how it goes, pausing, the account, changes."""

from pathlib import Path

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, FSInputFile, Message

from bot.campaigns.reporting import ReportFailedError, file_name, make
from bot.filters import May
from bot.keyboards import button, keyboard
from bot.notices import composers as notice_composers  # noqa: F401 - enters its kinds
from bot.notices.callbacks import (
    Correct,
    Missed,
    NoticeCard,
    Retry,
    Sheet,
    Turn,
    TurnNotice,
    Withdraw,
)
from bot.notices.content import blockers
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
from storage.notices import changes as notice_changes
from storage.notices import notices, steering
from storage.notices.notices import Notice
from storage.scopes import Scope

router = Router(name="notices")
MAY = May(Action.BROADCAST)
Scopes = tuple[Scope, ...]
NAMES = 40
"""«Имя отчество» is hardly longer; a correction is checked without knowing everybody's."""


class Correcting(StatesGroup):
    """The new text of the notice in the data's `notice`, as of `revision`."""

    text = State()


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


@router.callback_query(Retry.filter(), MAY)
async def retry(
    press: CallbackQuery, callback_data: Retry, situation: Situation, scopes: Scopes
) -> None:
    """Try those again whom it did not reach; those it may have reached only when told to."""
    number, db = callback_data.notice, situation.db
    notice = await db.read(notices.find_for_staff, number, scopes)
    if notice is None:
        await show(press, gone())
        return
    if callback_data.sure:
        count = await db.write(
            notice_changes.retry, number, unknown=callback_data.unknown, now=situation.now
        )
        toast = words.retried(count) if count else words.NOTHING_TO_RETRY
        await show_card(press, number, situation, scopes, notice=toast)
        return
    surely = await db.read(notice_changes.retriable, number, unknown=False)
    unknown = await db.read(notice_changes.retriable, number, unknown=True) - surely
    ways = []
    if surely:
        ways.append([button(words.RETRY, Retry(notice=number, sure=True))])
    if unknown:
        again = Retry(notice=number, unknown=True, sure=True)
        ways.append([button(words.RETRY_UNKNOWN, again)])
    text = words.sure_retry(surely, unknown) if ways else words.NOTHING_TO_RETRY
    await show(press, Screen(text, keyboard(*ways, to_card(number))))


@router.callback_query(Correct.filter(), MAY)
async def ask_correction(
    press: CallbackQuery, callback_data: Correct, situation: Situation, scopes: Scopes
) -> None:
    """What shall it say instead?"""
    notice = await situation.db.read(notices.find_for_staff, callback_data.notice, scopes)
    if notice is None or not notice.content.text:
        await show(press, gone() if notice is None else _said(notice, words.NOT_CORRECTABLE))
        return
    await situation.state.set_state(Correcting.text)
    await situation.state.set_data({"notice": notice.id, "revision": notice.revision})
    await show(press, _said(notice, words.ASK_CORRECTION))


@router.message(StateFilter(Correcting.text), F.text, ~F.text.startswith("/"), MAY)
async def correct(message: Message, situation: Situation, scopes: Scopes) -> None:
    """The new text: into every message that was sent, and into those that are still to go."""
    data = await situation.state.get_data()
    notice = await situation.db.read(notices.find_for_staff, data.get("notice", 0), scopes)
    if notice is None:
        await show(message, gone())
        return
    text = message.html_text
    content = notice.content.model_copy(update={"text": text})
    if faults := blockers(content, longest_name=NAMES):
        await show(message, _said(notice, "\n".join(faults)))
        return
    revision = int(data["revision"])
    count = await situation.db.write(
        notice_changes.correct,
        notice.id,
        text,
        revision=revision,
        now=situation.now,
        by=situation.by,
    )
    await situation.state.clear()
    fresh = await situation.db.read(notices.find_for_staff, notice.id, scopes)
    made = fresh is not None and fresh.revision > revision
    said = words.corrected(count) if made and notice.revision == revision else words.CORRECTED_NONE
    await show(message, _said(notice, said))


@router.callback_query(Withdraw.filter(), MAY)
async def withdraw(
    press: CallbackQuery, callback_data: Withdraw, situation: Situation, scopes: Scopes
) -> None:
    """Take it back from everybody; ask first."""
    number, db = callback_data.notice, situation.db
    notice = await db.read(notices.find_for_staff, number, scopes)
    if notice is None:
        await show(press, gone())
        return
    if not callback_data.sure:
        sure = button(words.WITHDRAW_SURE, Withdraw(notice=number, sure=True))
        await show(press, Screen(words.SURE_WITHDRAW, keyboard([sure], to_card(number))))
        return
    count = await db.write(
        notice_changes.withdraw,
        number,
        now=situation.now,
        by=situation.by,
    )
    await show_card(press, number, situation, scopes, notice=words.withdrawn(count))


def _said(notice: Notice, text: str) -> Screen:
    return Screen(text, keyboard(to_card(notice.id)))
