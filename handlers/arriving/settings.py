"""/settings: which messages the bot starts itself a person wants."""

from functools import partial

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.callbacks import Go, Place
from bot.events.callbacks import EventList, Mute, MyTimes
from bot.keyboards import Row, button, keyboard, to_menu
from bot.rights import Action, scopes_for
from bot.screens import Screen, show
from bot.situation import Situation
from bot.texts import events as event_words
from bot.texts import settings as words
from storage import peace
from storage.events import own_times
from storage.mutes import Timing
from storage.peace import Topic

router = Router(name="settings")


@router.message(Command("settings"))
@router.callback_query(Go.filter(F.to == Place.SETTINGS))
async def show_settings(event: Message | CallbackQuery, situation: Situation) -> None:
    """What comes and what does not."""
    await show(event, await _screen(situation))


@router.callback_query(Mute.filter())
async def mute(press: CallbackQuery, callback_data: Mute, situation: Situation) -> None:
    """Switch a kind off, or on again."""
    kind = next((one for one in words.KINDS if one.value == callback_data.kind), None)
    if kind is not None:
        await situation.db.write(
            partial(peace.set_mute, muted=callback_data.muted), situation.person.id, kind
        )
    notice = words.OFF if callback_data.muted else words.ON
    await show(press, await _screen(situation), notice=notice)


async def _screen(situation: Situation) -> Screen:
    person = situation.person.id
    off = await situation.db.read(peace.muted_topics, person)
    own = await situation.db.read(own_times.of, person)
    staff = scopes_for(situation.person, Action.MANAGE_EVENTS, situation.admin_ids)
    reviews = scopes_for(situation.person, Action.REVIEW, situation.admin_ids)
    # Times of one's own stand instead of those that can be switched off one by one.
    hidden = {
        *((Timing.QUESTION,) if not staff else ()),
        *((Topic.WORKS,) if not reviews else ()),
        *(words.BY_TIME if own else ()),
    }
    offered = [kind for kind in words.KINDS if kind not in hidden]
    made: list[Row] = []
    for kind in offered:
        choice = button(
            words.choice(kind, muted=kind in off), Mute(kind=kind.value, muted=kind not in off)
        )
        if kind in words.BY_TIME[1:]:
            made[-1].append(choice)
        else:
            made.append([choice])
    times = button(words.OWN_TIMES, MyTimes())
    back = button(event_words.TO_LIST, EventList())
    return Screen(words.HEAD, keyboard(*made, [times], [back], to_menu()))
