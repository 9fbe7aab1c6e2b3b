"""/review: take a work, see it in the chat, judge it, go to the next; answer a trainee's question.

Every press asks the store again whether the work lies within the reviewer's scopes and whether
nobody else is judging it.
"""

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.callbacks import Go, Place
from bot.filters import May
from bot.keyboards import keyboard
from bot.rights import Action
from bot.screens import Screen, acknowledge, show
from bot.settings import Settings
from bot.situation import Situation
from bot.tasks import review_screens as screens
from bot.tasks.callbacks import (
    Answer,
    Criterion,
    Judge,
    Leave,
    NextWork,
    Points,
    Queue,
    Remark,
    ShowWork,
    UndoVerdict,
    Work,
)
from bot.tasks.work_files import send_item
from bot.texts import reviewing as words
from bot.texts import tasks as task_words
from storage.scopes import Scope
from storage.tasks import questions as task_questions
from storage.tasks import reviewing, submissions
from storage.tasks.reviewing import Opened, Trouble, Verdict

router = Router(name="reviewing")
MAY = May(Action.REVIEW)


class Judging(StatesGroup):
    """What is typed next: the comment to the data's `work`, the answer to its `question`."""

    remark = State()
    answer = State()


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
    page = callback_data.page if isinstance(callback_data, Queue) else 0
    await show(event, await screens.queue(situation, scopes, page))


@router.callback_query(Work.filter(), MAY)
async def take(
    press: CallbackQuery, callback_data: Work, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Claim a work, or come back to it."""
    await _open(press, callback_data.submission, situation, scopes)


@router.callback_query(ShowWork.filter(), MAY)
async def show_work(
    press: CallbackQuery,
    callback_data: ShowWork,
    situation: Situation,
    scopes: tuple[Scope, ...],
    settings: Settings,
) -> None:
    """Everything of the work into the chat, then its screen again below."""
    opened = await _claim(situation, callback_data.submission, scopes)
    if isinstance(opened, Trouble):
        await _trouble(press, opened, situation, scopes)
        return
    await acknowledge(press)
    for item in await situation.db.read(submissions.items, opened.submission.id):
        await send_item(situation.bot, situation.telegram_id, item, settings.data_dir)
    if isinstance(press.message, Message):
        await show(press.message, await screens.work(situation, opened, scopes))


@router.callback_query(Criterion.filter(), MAY)
async def choose_points(
    press: CallbackQuery, callback_data: Criterion, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Which points for one criterion."""
    opened = await _claim(situation, callback_data.submission, scopes)
    if isinstance(opened, Trouble):
        await _trouble(press, opened, situation, scopes)
        return
    chosen = [one for one in opened.task.criteria if one.id == callback_data.criterion]
    if not chosen:
        await _trouble(press, Trouble.GONE, situation, scopes)
        return
    await show(press, screens.points(opened, chosen[0]))


@router.callback_query(Points.filter(), MAY)
async def give_points(
    press: CallbackQuery, callback_data: Points, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """So many points."""
    opened = await situation.db.write(
        reviewing.give_points,
        callback_data.submission,
        callback_data.criterion,
        callback_data.points,
        scopes,
        reviewer=situation.person.id,
        now=situation.now,
    )
    await _show(press, opened, situation, scopes)


@router.callback_query(Remark.filter(), MAY)
async def ask_remark(
    press: CallbackQuery, callback_data: Remark, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Ready phrases, or one of them taken."""
    number, phrase = callback_data.submission, callback_data.phrase
    if 0 <= phrase < len(task_words.PHRASES):
        await situation.state.clear()
        opened = await situation.db.write(
            reviewing.comment,
            number,
            scopes,
            reviewer=situation.person.id,
            now=situation.now,
            text=task_words.PHRASES[phrase],
        )
        await _show(press, opened, situation, scopes)
        return
    opened = await _claim(situation, number, scopes)
    if isinstance(opened, Trouble):
        await _trouble(press, opened, situation, scopes)
        return
    await _listen(situation, number)
    await show(press, screens.remark(number))


@router.message(StateFilter(Judging.remark), ~F.text.startswith("/"), MAY)
async def take_remark(message: Message, situation: Situation, scopes: tuple[Scope, ...]) -> None:
    """The comment, typed or spoken."""
    number = int((await situation.state.get_data()).get("work", 0))
    text = (message.text or "").strip()
    if not text and message.voice is None:
        await show(message, screens.remark(number, note=words.NOT_A_REMARK))
        return
    if len(text) > words.REMARK_LIMIT:
        await show(message, screens.remark(number, note=words.REMARK_TOO_LONG))
        return
    opened = await situation.db.write(
        reviewing.comment,
        number,
        scopes,
        reviewer=situation.person.id,
        now=situation.now,
        text=text,
        voice_file_id=message.voice.file_id if message.voice else None,
    )
    if isinstance(opened, Trouble):
        note = words.TROUBLES[opened]
        await show(message, Screen(note, keyboard(screens.to_queue())))
    else:
        await show(message, await screens.work(situation, opened, scopes))
    await situation.state.clear()


@router.callback_query(Judge.filter(), MAY)
async def judge(
    press: CallbackQuery, callback_data: Judge, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Accept or return; without a reason a return asks for one."""
    number = callback_data.submission
    opened = await situation.db.write(
        reviewing.decide,
        number,
        Verdict.ACCEPTED if callback_data.accept else Verdict.RETURNED,
        scopes,
        reviewer=situation.person.id,
        now=situation.now,
    )
    if opened is Trouble.NO_REASON:
        await _listen(situation, number)
        await show(press, screens.remark(number, note=words.TROUBLES[opened]))
    elif isinstance(opened, Trouble):
        await _trouble(press, opened, situation, scopes)
    else:
        await show(press, await screens.verdict(situation, opened))


@router.callback_query(UndoVerdict.filter(), MAY)
async def undo(
    press: CallbackQuery,
    callback_data: UndoVerdict,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """Take one's own verdict back within the minute."""
    opened = await situation.db.write(
        reviewing.undo,
        callback_data.submission,
        reviewer=situation.person.id,
        now=situation.now,
    )
    await _show(press, opened, situation, scopes)


@router.callback_query(NextWork.filter(), MAY)
async def take_next(
    press: CallbackQuery, callback_data: NextWork, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Give this one back and take the oldest free one after it."""
    db, person, now = situation.db, situation.person, situation.now
    await db.write(reviewing.release, callback_data.leaving, person.id)
    following = await db.read(
        reviewing.next_free, scopes, reviewer=person.id, now=now, after=callback_data.leaving
    )
    if following is None:
        await show(press, await screens.queue(situation, scopes, 0))
        return
    await _open(press, following, situation, scopes)


@router.callback_query(Leave.filter(), MAY)
async def leave(
    press: CallbackQuery, callback_data: Leave, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Give a work back to the queue."""
    await situation.db.write(reviewing.release, callback_data.submission, situation.person.id)
    await show(press, await screens.queue(situation, scopes, 0))


@router.callback_query(Answer.filter(), MAY)
async def ask_answer(
    press: CallbackQuery, callback_data: Answer, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """What is typed next answers the question."""
    question = await situation.db.read(task_questions.find, callback_data.question, scopes)
    if question is None or question.answer is not None:
        await acknowledge(press, words.ANSWERED_BEFORE, alert=True)
        return
    await situation.state.set_state(Judging.answer)
    await situation.state.set_data({"question": question.id})
    await acknowledge(press)
    if isinstance(press.message, Message):  # the question itself stays above
        screen = Screen(words.own_question(question.text), keyboard(screens.to_queue()))
        await show(press.message, screen)


@router.message(StateFilter(Judging.answer), F.text, ~F.text.startswith("/"), MAY)
async def take_answer(message: Message, situation: Situation, scopes: tuple[Scope, ...]) -> None:
    """The answer goes to the trainee."""
    text = (message.text or "").strip()
    if len(text) > words.REMARK_LIMIT:
        await show(message, Screen(words.REMARK_TOO_LONG, keyboard(screens.to_queue())))
        return
    given = await situation.db.write(
        task_questions.answer,
        int((await situation.state.get_data()).get("question", 0)),
        text,
        scopes,
        by=situation.person.id,
        now=situation.now,
    )
    note = words.ANSWERED if given else words.ANSWERED_BEFORE
    await show(message, Screen(note, keyboard(screens.to_queue())))
    await situation.state.clear()


async def _claim(situation: Situation, number: int, scopes: tuple[Scope, ...]) -> Opened | Trouble:
    return await situation.db.write(
        reviewing.claim, number, scopes, reviewer=situation.person.id, now=situation.now
    )


async def _open(
    press: CallbackQuery, number: int, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    await situation.state.clear()
    await _show(press, await _claim(situation, number, scopes), situation, scopes)


async def _show(
    press: CallbackQuery,
    opened: Opened | Trouble,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    if isinstance(opened, Trouble):
        await _trouble(press, opened, situation, scopes)
    else:
        await show(press, await screens.work(situation, opened, scopes))


async def _trouble(
    press: CallbackQuery, trouble: Trouble, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Say what is the matter; the screen becomes what can be done now."""
    if trouble in {Trouble.NO_POINTS, Trouble.TAKEN, Trouble.TOO_LATE}:
        await acknowledge(press, words.TROUBLES[trouble], alert=True)
        return
    queue = await screens.queue(situation, scopes, 0)
    note = Screen(f"{words.TROUBLES[trouble]}\n\n{queue.text}", queue.keyboard)
    await show(press, note)


async def _listen(situation: Situation, number: int) -> None:
    await situation.state.set_state(Judging.remark)
    await situation.state.set_data({"work": number})
