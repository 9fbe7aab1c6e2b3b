"""Handing in: messages of any kind are collected into a draft until «Отправить окончательно».

Each message is recorded before it is answered, under its own number, so that an update handled
again (after a kill) adds nothing twice and downloads nothing twice.
"""

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.keyboards import button, keyboard
from bot.screens import Screen, show
from bot.settings import Settings
from bot.situation import Situation
from bot.tasks import collecting, draft_screens
from bot.tasks import screens as task_screens
from bot.tasks.callbacks import Discard, HandIn, PutAside, SendIn, TakeOut
from bot.texts import handing_in as words
from storage.failpoints import failpoint
from storage.tasks import drafts, sending, submissions
from storage.tasks.audience import Assigned
from storage.tasks.sending import Sending, Sent
from storage.tasks.submissions import Submission
from surveys.tasks import Refusal

router = Router(name="submitting")


class HandingIn(StatesGroup):
    """Whatever is sent goes into the draft of the data's `task`."""

    collecting = State()


@router.callback_query(HandIn.filter())
async def begin(press: CallbackQuery, callback_data: HandIn, situation: Situation) -> None:
    """Begin to collect, or go on."""
    found = await task_screens.own(situation, callback_data.task)
    if found is None:
        await show(press, task_screens.gone())
        return
    draft = await situation.db.write(
        drafts.begin, found.task.id, situation.person.id, now=situation.now
    )
    if not isinstance(draft, Submission):
        await _refuse(press, situation, found, draft)
        return
    await _go_on(press, situation, found, draft)


@router.message(StateFilter(HandingIn.collecting), ~F.text.startswith("/"))
async def collect(message: Message, situation: Situation, settings: Settings) -> None:
    """One message goes into the draft, or is refused with the remedy."""
    db, person = situation.db, situation.person
    data = await situation.state.get_data()
    found = await task_screens.own(situation, int(data.get("task", 0)))
    draft = None
    if found is not None:
        draft = await db.read(drafts.draft, found.task.id, person.id)
    if found is None or draft is None:
        await situation.state.clear()
        await show(message, Screen(words.NO_DRAFT, keyboard(task_screens.to_list())))
        return
    note = ""
    if not await db.read(drafts.holds, draft.id, collecting.source_of(message)):
        collected = await db.read(submissions.items, draft.id)
        made = await collecting.read(
            situation.bot, message, found.task, collected, settings.data_dir
        )
        if isinstance(made, list):
            failpoint("file-downloaded-before-record")
            await db.write(drafts.add, found.task.id, person.id, made)
            failpoint("item-recorded-before-reply")
        else:
            note = collecting.say(made, found.task, message)
    await draft_screens.after_message(message, situation, found, draft, note=note)


@router.callback_query(TakeOut.filter())
async def take_out(press: CallbackQuery, callback_data: TakeOut, situation: Situation) -> None:
    """Remove one thing from one's own draft; removed already, the draft is shown as it is."""
    of = await situation.db.write(drafts.take_out, callback_data.item, situation.person.id)
    data = await situation.state.get_data()
    task = of or int(data.get("task", 0))
    found = await task_screens.own(situation, task)
    draft = None
    if found is not None:
        draft = await situation.db.read(drafts.draft, task, situation.person.id)
    if found is None or draft is None:
        await show(press, Screen(words.NO_DRAFT, keyboard(task_screens.to_list())))
        return
    await _go_on(press, situation, found, draft)


@router.callback_query(PutAside.filter())
async def put_aside(press: CallbackQuery, callback_data: PutAside, situation: Situation) -> None:
    """Stop collecting; the draft stays, and that is said."""
    await situation.state.clear()
    found = await task_screens.own(situation, callback_data.task)
    if found is None:
        await show(press, task_screens.gone())
        return
    note = words.PUT_ASIDE if found.draft else words.NO_DRAFT
    await draft_screens.forget(situation, found.task.id, pressed=press)
    await show(press, await task_screens.card(situation, found, note=note))


@router.callback_query(Discard.filter())
async def discard(press: CallbackQuery, callback_data: Discard, situation: Situation) -> None:
    """Ask once more, then throw the draft away with its files."""
    task = callback_data.task
    if not callback_data.sure:
        sure = [button(words.DISCARD_SURE, Discard(task=task, sure=True))]
        keep = [button(words.KEEP_DRAFT, HandIn(task=task))]
        await show(press, Screen(words.ASK_DISCARD, keyboard(sure, keep)))
        return
    await draft_screens.forget(situation, task, pressed=press)
    await situation.db.write(drafts.discard, task, situation.person.id)
    await situation.state.clear()
    found = await task_screens.own(situation, task)
    if found is None:
        await show(press, task_screens.gone())
        return
    await show(press, await task_screens.card(situation, found, note=words.DISCARDED))


@router.callback_query(SendIn.filter())
async def send_in(press: CallbackQuery, callback_data: SendIn, situation: Situation) -> None:
    """The draft becomes a version that waits for its review; the receipt stays in the chat."""
    number = callback_data.submission
    sent = await situation.db.write(sending.send, number, situation.person.id, now=situation.now)
    if isinstance(sent, Sent):
        failpoint("submission-sent-before-reply")
        await situation.state.clear()
        await show(press, task_screens.receipt(sent, situation.local))
        return
    own = await situation.db.read(submissions.find, number)
    found = None
    if own is not None and own.person_id == situation.person.id:
        found = await task_screens.own(situation, own.task_id)
    if found is None:
        await show(press, Screen(words.NO_DRAFT, keyboard(task_screens.to_list())))
        return
    await _refuse(press, situation, found, sent)


async def _refuse(
    press: CallbackQuery, situation: Situation, found: Assigned, why: Refusal | Sending
) -> None:
    if isinstance(why, Refusal):
        await situation.state.clear()
        note = await task_screens.why_not(situation, found, why)
        await show(press, Screen(note, keyboard(task_screens.to_card(found.task.id))))
        return
    note = words.NOTHING_YET if why is Sending.EMPTY else words.NO_DRAFT
    draft = await situation.db.read(drafts.draft, found.task.id, situation.person.id)
    if draft is None:
        await show(press, await task_screens.card(situation, found, note=note))
        return
    screen = await task_screens.draft(situation, found, draft, note=note)
    await draft_screens.after_press(press, situation, draft, screen)


async def _go_on(
    press: CallbackQuery, situation: Situation, found: Assigned, draft: Submission
) -> None:
    await situation.state.set_state(HandingIn.collecting)
    await situation.state.set_data({"task": found.task.id})
    screen = await task_screens.draft(situation, found, draft)
    await draft_screens.after_press(press, situation, draft, screen)
