"""Judging a work that was taken: points, the comment, the verdict, taking it back."""

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.filters import May
from bot.keyboards import keyboard
from bot.rights import Action
from bot.screens import Screen, show
from bot.situation import Situation
from bot.tasks import review_bench as bench
from bot.tasks import review_screens as screens
from bot.tasks.callbacks import Criterion, Judge, Points, Remark, UndoVerdict
from bot.tasks.reviewing import reviewer_of
from bot.texts import reviewing as words
from storage.scopes import Scope
from storage.tasks import reviewing, verdicts
from storage.tasks.reviewing import Trouble
from storage.tasks.reviews import Verdict

router = Router(name="judging")
MAY = May(Action.REVIEW)


class Judging(StatesGroup):
    """What is typed next is the comment to the data's `work`."""

    remark = State()


@router.callback_query(Criterion.filter(), MAY)
async def choose_points(
    press: CallbackQuery, callback_data: Criterion, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Which points for one criterion."""
    reviewer = reviewer_of(situation, scopes)
    opened = await bench.claim(situation, callback_data.submission, reviewer)
    if isinstance(opened, Trouble):
        await bench.trouble(press, opened, situation, reviewer)
        return
    chosen = [one for one in opened.task.criteria if one.id == callback_data.criterion]
    if not chosen:
        await bench.trouble(press, Trouble.GONE, situation, reviewer)
        return
    await show(press, screens.points(opened, chosen[0]))


@router.callback_query(Points.filter(), MAY)
async def give_points(
    press: CallbackQuery, callback_data: Points, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """So many points."""
    reviewer = reviewer_of(situation, scopes)
    opened = await situation.db.write(
        reviewing.give_points,
        callback_data.submission,
        callback_data.criterion,
        callback_data.points,
        reviewer,
        now=situation.now,
    )
    await bench.show_opened(press, opened, situation, reviewer)


@router.callback_query(Remark.filter(), MAY)
async def ask_remark(
    press: CallbackQuery, callback_data: Remark, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Ready phrases, or one of them taken."""
    reviewer = reviewer_of(situation, scopes)
    number, phrase = callback_data.submission, callback_data.phrase
    if 0 <= phrase < len(words.PHRASES):
        await situation.state.clear()
        opened = await situation.db.write(
            reviewing.comment,
            number,
            reviewer,
            now=situation.now,
            text=words.PHRASES[phrase],
        )
        await bench.show_opened(press, opened, situation, reviewer)
        return
    opened = await bench.claim(situation, number, reviewer)
    if isinstance(opened, Trouble):
        await bench.trouble(press, opened, situation, reviewer)
        return
    await _listen(situation, number)
    await show(press, screens.remark(number))


@router.message(StateFilter(Judging.remark), ~F.text.startswith("/"), MAY)
async def take_remark(message: Message, situation: Situation, scopes: tuple[Scope, ...]) -> None:
    """The comment, typed or spoken."""
    reviewer = reviewer_of(situation, scopes)
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
        reviewer,
        now=situation.now,
        text=text,
        voice_file_id=message.voice.file_id if message.voice else None,
    )
    if isinstance(opened, Trouble):
        note = words.TROUBLES[opened]
        await show(message, Screen(note, keyboard(screens.to_queue())))
    else:
        await show(message, await screens.work(situation, opened, reviewer))
    await situation.state.clear()


@router.callback_query(Judge.filter(), MAY)
async def judge(
    press: CallbackQuery, callback_data: Judge, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Accept or return; without a reason a return asks for one."""
    reviewer = reviewer_of(situation, scopes)
    number = callback_data.submission
    opened = await situation.db.write(
        verdicts.decide,
        number,
        Verdict.ACCEPTED if callback_data.accept else Verdict.RETURNED,
        reviewer,
        now=situation.now,
    )
    if opened is Trouble.NO_REASON:
        await _listen(situation, number)
        await show(press, screens.remark(number, note=words.TROUBLES[opened]))
    elif isinstance(opened, Trouble):
        await bench.trouble(press, opened, situation, reviewer)
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
    reviewer = reviewer_of(situation, scopes)
    opened = await situation.db.write(
        verdicts.undo,
        callback_data.submission,
        reviewer=situation.person.id,
        now=situation.now,
    )
    await bench.show_opened(press, opened, situation, reviewer)


async def _listen(situation: Situation, number: int) -> None:
    await situation.state.set_state(Judging.remark)
    await situation.state.set_data({"work": number})
