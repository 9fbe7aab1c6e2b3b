"""/settings: which messages the bot starts itself a person wants, and by which hours."""

from dataclasses import replace
from functools import partial

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.callbacks import Go, Place, SetZone, Zones
from bot.events.callbacks import EventList, Mute, MyTimes
from bot.keyboards import Row, button, keyboard, rows, to_menu
from bot.rights import Action, scopes_for
from bot.screens import Screen, show
from bot.situation import Situation
from bot.texts import events as event_words
from bot.texts import settings as words
from bot.texts import zones as zone_words
from storage import peace
from storage.events import own_times
from storage.mutes import Timing
from storage.peace import Topic
from storage.people import people, zones
from storage.people.zones import RUSSIAN, zone_of

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


@router.callback_query(Zones.filter())
async def show_zones(press: CallbackQuery, situation: Situation) -> None:
    """What there is to choose; the bot's own stands among them, whatever it is."""
    await show(press, _zones(situation))


@router.callback_query(SetZone.filter())
async def set_zone(press: CallbackQuery, callback_data: SetZone, situation: Situation) -> None:
    """Another zone: from now on everything is shown and comes by its hours."""
    db, person, wanted = situation.db, situation.person, callback_data.zone
    chosen = None if wanted == situation.home.key else wanted
    await db.write(zones.choose, person.id, chosen, now=situation.now)
    now_so = await db.read(people.by_id, person.id)
    zone = zone_of(None if now_so is None else now_so.zone, situation.home)
    await show(press, await _screen(replace(situation, zone=zone)), notice=zone_words.CHANGED)


def _zones(situation: Situation) -> Screen:
    known = dict.fromkeys((*RUSSIAN, situation.home.key))
    made = [button(zone_words.choice(each, situation.zone), SetZone(zone=each)) for each in known]
    text = zone_words.CHOOSE.format(zone=zone_words.name(situation.zone.key))
    return Screen(text, keyboard(*rows(made), [button(words.BACK, Go(to=Place.SETTINGS))]))


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
    zone = button(zone_words.BUTTON, Zones())
    back = button(event_words.TO_LIST, EventList())
    text = f"{words.HEAD}\n\n{words.TIME_IS.format(zone=zone_words.name(situation.zone.key))}"
    return Screen(text, keyboard(*made, [times], [zone], [back], to_menu()))
