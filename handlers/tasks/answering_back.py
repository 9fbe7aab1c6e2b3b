"""A trainee's question, answered by whoever reviews their work."""

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.filters import May
from bot.keyboards import keyboard
from bot.rights import Action
from bot.screens import Screen, acknowledge, show
from bot.situation import Situation
from bot.tasks import review_screens as screens
from bot.tasks.callbacks import Answer
from bot.tasks.reviewing import reviewer_of
from bot.texts import reviewing as words
from storage.scopes import Scope
from storage.tasks import questions as task_questions

router = Router(name="answering-back")
MAY = May(Action.REVIEW)


class AnsweringBack(StatesGroup):
    """What is typed next answers the data's `question`."""

    answer = State()


@router.callback_query(Answer.filter(), MAY)
async def ask_answer(
    press: CallbackQuery, callback_data: Answer, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """What is typed next answers the question."""
    reviewer = reviewer_of(situation, scopes)
    question = await situation.db.read(task_questions.find, callback_data.question, reviewer)
    if question is None or question.answer is not None:
        await acknowledge(press, words.ANSWERED_BEFORE, alert=True)
        return
    await situation.state.set_state(AnsweringBack.answer)
    await situation.state.set_data({"question": question.id})
    await acknowledge(press)
    if isinstance(press.message, Message):  # the question itself stays above
        screen = Screen(words.own_question(question.text), keyboard(screens.to_queue()))
        await show(press.message, screen)


@router.message(StateFilter(AnsweringBack.answer), F.text, ~F.text.startswith("/"), MAY)
async def take_answer(message: Message, situation: Situation, scopes: tuple[Scope, ...]) -> None:
    """The answer goes to the trainee."""
    reviewer = reviewer_of(situation, scopes)
    text = (message.text or "").strip()
    if len(text) > words.REMARK_LIMIT:
        await show(message, Screen(words.REMARK_TOO_LONG, keyboard(screens.to_queue())))
        return
    given = await situation.db.write(
        task_questions.answer,
        int((await situation.state.get_data()).get("question", 0)),
        text,
        reviewer,
        now=situation.now,
    )
    note = words.ANSWERED if given else words.ANSWERED_BEFORE
    await show(message, Screen(note, keyboard(screens.to_queue())))
    await situation.state.clear()
