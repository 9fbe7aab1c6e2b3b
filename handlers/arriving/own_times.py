"""When a person wants to be reminded of events: chosen, typed, or left to the organisers."""

from functools import partial

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.events import own_times as screens
from bot.events.callbacks import AskMyTime, MyTimes, SetMyTime, UsualTimes
from bot.events.when_to_remind import OwnTimeFault, read_own_time
from bot.keyboards import button, keyboard
from bot.screens import Screen, show
from bot.situation import Situation
from bot.texts import own_times as words
from roadmap.offsets import name_of
from storage.database import Connection
from storage.events import own_times

router = Router(name="own-times")


class Choosing(StatesGroup):
    """`time`: a time is typed."""

    time = State()


@router.callback_query(MyTimes.filter())
async def show_times(press: CallbackQuery, situation: Situation) -> None:
    """What holds now."""
    await situation.state.clear()
    await show(press, await screens.times(situation))


@router.callback_query(SetMyTime.filter())
async def set_time(press: CallbackQuery, callback_data: SetMyTime, situation: Situation) -> None:
    """Remind then, or not."""
    notice = words.ON if callback_data.on else words.OFF
    if not screens.known(callback_data.name):
        notice = words.FAULTS[OwnTimeFault.UNREADABLE]
    elif not await _choose(situation, callback_data.name, on=callback_data.on):
        notice = words.FULL if callback_data.on else words.LAST
    await show(press, await screens.times(situation), notice=notice)


@router.callback_query(UsualTimes.filter())
async def usual_times(press: CallbackQuery, situation: Situation) -> None:
    """As organisers set it."""
    await situation.db.write(own_times.as_organisers_set, situation.person.id)
    await show(press, await screens.times(situation), notice=words.RESET)


@router.callback_query(AskMyTime.filter())
async def ask_time(press: CallbackQuery, situation: Situation) -> None:
    """A time is typed next."""
    await situation.state.set_state(Choosing.time)
    await show(press, Screen(words.ASK, keyboard([button(words.BACK_TO_TIMES, MyTimes())])))


@router.message(StateFilter(Choosing.time), ~F.text.startswith("/"))
async def take_time(message: Message, situation: Situation) -> None:
    """The time, typed; what cannot be read is asked again."""
    back = [button(words.BACK_TO_TIMES, MyTimes())]
    read = read_own_time(message.text or "")
    if isinstance(read, OwnTimeFault):
        await show(message, Screen(words.FAULTS[read], keyboard(back)))
    elif not await _choose(situation, name_of(read), on=True):
        await show(message, Screen(words.FULL, keyboard(back)))
    else:
        await situation.state.clear()
        await show(message, await screens.times(situation))


async def _choose(situation: Situation, name: str, *, on: bool) -> bool:
    def write(conn: Connection) -> bool:
        person = situation.person.id
        usual = screens.usual(conn, person)
        change = partial(own_times.choose, on=on, usual=usual, now=situation.now)
        return change(conn, person, name)

    return await situation.db.write(write)
