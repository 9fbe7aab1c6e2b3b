"""A notice that has gone out: tried again, said differently, taken back."""

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.filters import May
from bot.keyboards import button, keyboard
from bot.notices import composers as notice_composers  # noqa: F401 - enters its kinds
from bot.notices.callbacks import (
    Correct,
    Retry,
    Withdraw,
)
from bot.notices.content import blockers
from bot.notices.screens import gone, show_card, to_card
from bot.notices.standing import approvers
from bot.rights import Action
from bot.screens import Screen, show
from bot.settings import Settings
from bot.situation import Situation
from bot.texts import notices as words
from storage.notices import changes as notice_changes
from storage.notices import notices, proposals
from storage.notices.notices import Notice
from storage.scopes import Scope

router = Router(name="changing_notices")
MAY = May(Action.BROADCAST)
Scopes = tuple[Scope, ...]
NAMES = 40
"""«Имя отчество» is hardly longer; a correction is checked without knowing everybody's."""


class Correcting(StatesGroup):
    """The new text of the notice in the data's `notice`, as of `revision`."""

    text = State()


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
    if notice is None:
        await show(press, gone())
        return
    if notice.planned_at is None or not notice.content.text:
        why = words.NOT_CORRECTABLE if notice.planned_at else words.NOT_BEGUN
        await show(press, _said(notice, why))
        return
    await situation.state.set_state(Correcting.text)
    await situation.state.set_data({"notice": notice.id, "revision": notice.revision})
    await show(press, _said(notice, words.ASK_CORRECTION))


@router.message(StateFilter(Correcting.text), F.text, ~F.text.startswith("/"), MAY)
async def correct(
    message: Message, situation: Situation, scopes: Scopes, settings: Settings
) -> None:
    """The new text: into every message that was sent, and into those that are still to go.

    Of a large notice a second person agrees to it first, as to the notice itself.
    """
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
    if notice.planned >= settings.approval_from:
        await show(message, _said(notice, await _propose(notice, text, revision, situation)))
        return
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


async def _propose(notice: Notice, text: str, revision: int, situation: Situation) -> str:
    """Ask those who may agree; what the author is told."""
    person = situation.person.id
    asked = await situation.db.read(approvers, notice.scope, situation.admin_ids, besides=person)
    if not asked:
        return words.FIX_NOBODY
    number = await situation.db.write(
        proposals.propose,
        notice.id,
        text,
        revision=revision,
        author=person,
        approvers=asked,
        now=situation.now,
    )
    await situation.state.clear()
    return words.FIX_PROPOSED if number else words.CORRECTED_NONE


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
