"""/review: the queue, taking a work, seeing it in the chat, the next one.

Every press asks the store again whether the work is the reviewer's to see and whether nobody else
is judging it. Points, comment and verdict are in `handlers.tasks.judging`.
"""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.callbacks import Go, Place
from bot.filters import May
from bot.rights import Action
from bot.screens import acknowledge, show
from bot.settings import Settings
from bot.situation import Situation
from bot.tasks import review_bench as bench
from bot.tasks import review_screens as screens
from bot.tasks.callbacks import Leave, NextWork, Queue, ShowWork, Work
from bot.tasks.reviewing import reviewer_of
from bot.tasks.work_files import send_item, without_repeats
from bot.texts import reviewing as words
from storage.scopes import Scope
from storage.tasks import queue as review_queue
from storage.tasks import reviewing, submissions
from storage.tasks.reviewing import Trouble

router = Router(name="reviewing")
MAY = May(Action.REVIEW)


@router.message(Command("review"), MAY)
@router.callback_query(Go.filter(F.to == Place.REVIEW), MAY)
@router.callback_query(Queue.filter(), MAY)
async def show_queue(
    event: Message | CallbackQuery,
    situation: Situation,
    scopes: tuple[Scope, ...],
    callback_data: Queue | Go | None = None,
) -> None:
    """What waits, oldest first."""
    reviewer = reviewer_of(situation, scopes)
    page = callback_data.page if isinstance(callback_data, Queue) else 0
    await show(event, await screens.queue(situation, reviewer, page))


@router.callback_query(Work.filter(), MAY)
async def take(
    press: CallbackQuery, callback_data: Work, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Claim a work, or come back to it."""
    reviewer = reviewer_of(situation, scopes)
    await bench.open_work(press, callback_data.submission, situation, reviewer)


@router.callback_query(ShowWork.filter(), MAY)
async def show_work(
    press: CallbackQuery,
    callback_data: ShowWork,
    situation: Situation,
    scopes: tuple[Scope, ...],
    settings: Settings,
) -> None:
    """Everything of the work into the chat, then its screen again below."""
    reviewer = reviewer_of(situation, scopes)
    opened = await bench.claim(situation, callback_data.submission, reviewer)
    if isinstance(opened, Trouble):
        await bench.trouble(press, opened, situation, reviewer)
        return
    await acknowledge(press)
    bot, chat, before = situation.bot, situation.telegram_id, opened.previous
    for item in without_repeats(await situation.db.read(submissions.items, opened.submission.id)):
        await send_item(bot, chat, item, settings.data_dir)
    if before is not None and before.voice_file_id:
        await bot.send_voice(chat, before.voice_file_id, caption=words.PREVIOUS)
    if isinstance(press.message, Message):
        await show(press.message, await screens.work(situation, opened, reviewer))


@router.callback_query(NextWork.filter(), MAY)
async def take_next(
    press: CallbackQuery, callback_data: NextWork, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Give this one back and take the oldest free one after it."""
    reviewer = reviewer_of(situation, scopes)
    db, person, now = situation.db, situation.person, situation.now
    await db.write(reviewing.release, callback_data.leaving, person.id)
    following = await db.read(
        review_queue.next_free, reviewer, now=now, after=callback_data.leaving
    )
    if following is None:
        await show(press, await screens.queue(situation, reviewer, 0))
        return
    await bench.open_work(press, following, situation, reviewer)


@router.callback_query(Leave.filter(), MAY)
async def leave(
    press: CallbackQuery, callback_data: Leave, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Give a work back to the queue."""
    reviewer = reviewer_of(situation, scopes)
    await situation.db.write(reviewing.release, callback_data.submission, situation.person.id)
    await show(press, await screens.queue(situation, reviewer, 0))
