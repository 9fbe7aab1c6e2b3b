"""A trainee's question, answered by whoever reviews their work."""

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.filters import May
from bot.keyboards import button, keyboard
from bot.rights import Action
from bot.screens import Screen, acknowledge, show
from bot.situation import Situation
from bot.tasks import review_screens as screens
from bot.tasks.callbacks import Answer, Questions
from bot.tasks.reviewing import reviewer_of
from bot.texts import reviewing as words
from bot.texts.people import full_name
from storage.people import people
from storage.scopes import Scope
from storage.tasks import questions as task_questions
from storage.tasks import tasks

router = Router(name="answering-back")
MAY = May(Action.REVIEW)


class AnsweringBack(StatesGroup):
    """What is typed next answers the data's `question`."""

    answer = State()


@router.callback_query(Questions.filter(), MAY)
async def show_questions(
    press: CallbackQuery, callback_data: Questions, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Every question that waits and is theirs to answer."""
    reviewer = reviewer_of(situation, scopes)
    await show(press, await screens.questions(situation, reviewer, callback_data.page))


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
    task = await situation.db.read(tasks.find, question.task_id)
    trainee = await situation.db.read(people.by_id, question.person_id)
    if isinstance(press.message, Message) and task is not None and trainee is not None:
        # What was pressed stays above: the question itself, or the work it was asked about.
        text = words.asked(task, full_name(trainee), question.text)
        await show(press.message, Screen(text, keyboard(screens.to_queue())))


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
    left = await situation.db.read(task_questions.unanswered, reviewer)
    more = [button(words.questions(len(left)), Questions())] if left else []
    await show(message, Screen(note, keyboard(more, screens.to_queue())))
    await situation.state.clear()
