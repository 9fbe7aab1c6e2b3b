"""A second person's word about a notice: look, approve, decline with a reason."""

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.filters import May
from bot.keyboards import button, keyboard
from bot.notices.callbacks import Decide, DecideFix, Decline
from bot.notices.content import deliver
from bot.notices.screens import gone, show_card, to_card
from bot.rights import Action
from bot.screens import Screen, acknowledge, show
from bot.situation import Situation
from bot.texts import notices as words
from bot.texts.notice_text import headline
from storage.notices import confirming, notices, proposals
from storage.scopes import Scope

router = Router(name="deciding_notices")
MAY_DECIDE = May(Action.APPROVE_NOTICES)
Scopes = tuple[Scope, ...]


class Declining(StatesGroup):
    """Why the notice of the data's `notice` is declined."""

    why = State()


@router.callback_query(Decide.filter(), MAY_DECIDE)
async def decide(
    press: CallbackQuery, callback_data: Decide, situation: Situation, scopes: Scopes
) -> None:
    """The second person looks, approves or declines."""
    number, db = callback_data.notice, situation.db
    notice = await db.read(notices.find_for_staff, number, scopes)
    if notice is None:
        await show(press, gone())
        return
    if callback_data.look:
        await acknowledge(press)
        await deliver(situation.bot, situation.telegram_id, notice.content, situation.person)
        return
    person = situation.person.id
    if notice.state is not notices.State.AWAITING or notice.author_id == person:
        await acknowledge(press, words.CANNOT_DECIDE, alert=True)
        return
    # What its author left is not explained to anybody: they need not even know that it was to go.
    if not callback_data.approved and not notice.orphaned:
        await _ask_why(press, notice, situation)
        return
    approved = callback_data.approved
    if not await db.write(confirming.decide, number, person, approved=approved, now=situation.now):
        await acknowledge(press, words.CANNOT_DECIDE, alert=True)
        return
    toasts = words.TAKEN_OVER if notice.orphaned else words.DECIDED
    await show_card(press, number, situation, scopes, notice=toasts[approved])


async def _ask_why(press: CallbackQuery, notice: notices.Notice, situation: Situation) -> None:
    await situation.state.set_state(Declining.why)
    await situation.state.set_data({"notice": notice.id})
    ways = [[button(said, Decline(notice=notice.id, why=why))] for why, said in words.WHYS.items()]
    text = words.ask_why(headline(notice.content))
    await show(press, Screen(text, keyboard(*ways, to_card(notice.id))))


@router.callback_query(DecideFix.filter(), MAY_DECIDE)
async def decide_correction(
    press: CallbackQuery, callback_data: DecideFix, situation: Situation, scopes: Scopes
) -> None:
    """The second person's word about a correction of a large notice."""
    number, db = callback_data.notice, situation.db
    if await db.read(notices.find_for_staff, number, scopes) is None:
        await show(press, gone())
        return
    made = await db.write(
        proposals.settle,
        number,
        callback_data.fix,
        by=situation.by,
        approved=callback_data.approved,
    )
    if made is None:
        await acknowledge(press, words.CANNOT_DECIDE_FIX, alert=True)
        return
    toast = words.corrected(made) if callback_data.approved else words.FIX_DECLINED
    await show_card(press, number, situation, scopes, notice=toast)


@router.callback_query(Decline.filter(), MAY_DECIDE)
async def decline(
    press: CallbackQuery, callback_data: Decline, situation: Situation, scopes: Scopes
) -> None:
    """Declined for a usual reason."""
    why = words.WHYS.get(callback_data.why, "")
    if not await _declined(callback_data.notice, why, situation, scopes):
        await acknowledge(press, words.CANNOT_DECIDE, alert=True)
        return
    await situation.state.clear()
    await show_card(press, callback_data.notice, situation, scopes, notice=words.DECIDED[False])


@router.message(StateFilter(Declining.why), F.text, ~F.text.startswith("/"), MAY_DECIDE)
async def decline_in_words(message: Message, situation: Situation, scopes: Scopes) -> None:
    """Declined for a reason in the decider's own words."""
    number = int((await situation.state.get_data()).get("notice", 0))
    why = " ".join((message.text or "").split())
    back = keyboard(to_card(number))
    if len(why) > words.WHY_MOST:
        await show(message, Screen(words.WHY_LONG, back))
        return
    done = await _declined(number, why, situation, scopes)
    await situation.state.clear()
    await show(message, Screen(words.DECIDED[False] if done else words.CANNOT_DECIDE, back))


async def _declined(number: int, why: str, situation: Situation, scopes: Scopes) -> bool:
    if await situation.db.read(notices.find_for_staff, number, scopes) is None:
        return False
    return await situation.db.write(
        confirming.decide, number, situation.person.id, approved=False, now=situation.now, why=why
    )
