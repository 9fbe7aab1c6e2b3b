"""/tasks: one's own tasks by urgency, one of them, its files, what was said; a question back."""

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.callbacks import Go, Place
from bot.keyboards import keyboard
from bot.screens import Screen, acknowledge, show
from bot.situation import Situation
from bot.tasks import composers as task_composers  # noqa: F401 - enters its kinds
from bot.tasks import screens as task_screens
from bot.tasks.callbacks import AskBack, Listen, MyTasks, TaskCard, Templates, Versions
from bot.tasks.work_files import send_template
from bot.texts import my_tasks as words
from storage.tasks import questions as task_questions
from storage.tasks import reviews, submissions, tasks

router = Router(name="my-tasks")
KEPT = "task"


class AskingBack(StatesGroup):
    """A question to whoever reviews is being typed."""

    question = State()


@router.message(Command("tasks"))
@router.callback_query(Go.filter(F.to == Place.TASKS))
@router.callback_query(MyTasks.filter())
async def show_tasks(
    event: Message | CallbackQuery,
    situation: Situation,
    callback_data: MyTasks | Go | None = None,
) -> None:
    """What is asked of the person, most urgent first."""
    page = callback_data.page if isinstance(callback_data, MyTasks) else 0
    await show(event, await task_screens.listing(situation, page))


@router.callback_query(TaskCard.filter())
async def show_task(press: CallbackQuery, callback_data: TaskCard, situation: Situation) -> None:
    """One task, if it is asked of the person."""
    found = await task_screens.own(situation, callback_data.task)
    await show(
        press, task_screens.gone() if found is None else await task_screens.card(situation, found)
    )


@router.callback_query(Templates.filter())
async def send_templates(
    press: CallbackQuery, callback_data: Templates, situation: Situation
) -> None:
    """The files of the task, into the chat; the card again below them."""
    found = await task_screens.own(situation, callback_data.task)
    if found is None:
        await show(press, task_screens.gone())
        return
    await acknowledge(press)
    for template in await situation.db.read(tasks.templates, found.task.id):
        caption = words.template_caption(found.task)
        await send_template(situation.bot, situation.telegram_id, template, caption)
    if isinstance(press.message, Message):
        await show(press.message, await task_screens.card(situation, found))


@router.callback_query(Versions.filter())
async def show_versions(
    press: CallbackQuery, callback_data: Versions, situation: Situation
) -> None:
    """Everything handed in for the task."""
    found = await task_screens.own(situation, callback_data.task)
    await show(
        press,
        task_screens.gone() if found is None else await task_screens.history(situation, found),
    )


@router.callback_query(Listen.filter())
async def play_comment(press: CallbackQuery, callback_data: Listen, situation: Situation) -> None:
    """The voice comment of a finished review of one's own work."""
    db = situation.db
    review = await db.read(reviews.find, callback_data.review)
    work = None if review is None else await db.read(submissions.find, review.submission_id)
    if (
        review is None
        or work is None
        or work.person_id != situation.person.id
        or review.verdict is None
        or review.voice_file_id is None
    ):
        await show(press, task_screens.gone())
        return
    await acknowledge(press)
    await situation.bot.send_voice(
        situation.telegram_id, review.voice_file_id, caption=words.SPOKEN.format(work.id)
    )


@router.callback_query(AskBack.filter())
async def ask_back(press: CallbackQuery, callback_data: AskBack, situation: Situation) -> None:
    """What is typed next is the question."""
    found = await task_screens.own(situation, callback_data.task)
    if found is None:
        await show(press, task_screens.gone())
        return
    await situation.state.set_state(AskingBack.question)
    await situation.state.set_data({KEPT: found.task.id})
    await show(press, Screen(words.ASK_QUESTION, keyboard(task_screens.to_card(found.task.id))))


@router.message(StateFilter(AskingBack.question), ~F.text.startswith("/"))
async def take_question(message: Message, situation: Situation) -> None:
    """The question goes to the reviewer, with the task."""
    task = int((await situation.state.get_data()).get(KEPT, 0))
    back = keyboard(task_screens.to_card(task))
    text = (message.text or "").strip()
    if not text or len(text) > words.QUESTION_LIMIT:
        fault = words.QUESTION_TOO_LONG if text else words.NOT_A_QUESTION
        await show(message, Screen(fault, back))
        return
    if await task_screens.own(situation, task) is None:
        await situation.state.clear()
        await show(message, task_screens.gone())
        return
    asked = await situation.db.write(
        task_questions.ask,
        task,
        situation.person.id,
        text,
        source=str(message.message_id),
        now=situation.now,
    )
    await show(message, Screen(words.ASKED if asked else words.NO_ONE_TO_ASK, back))
    await situation.state.clear()
