"""/events: what is ahead, the year, the card of a meeting, saying whether one comes."""

from functools import partial

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.callbacks import Go, Place
from bot.events import composers as event_composers  # noqa: F401 - enters its kinds
from bot.events import screens
from bot.events.calendar_file import calendar_file
from bot.events.callbacks import (
    Calendar,
    EventCard,
    EventFiles,
    EventList,
    EventMonth,
    EventYear,
    Say,
    View,
    Visited,
)
from bot.rights import Action, scopes_for
from bot.screens import Screen, acknowledge, show
from bot.situation import Situation
from bot.texts import events as words
from handlers.deep_links import deep_link
from storage.events import events, signing_up

router = Router(name="events")

CARD_LINK = "ev_"


@router.message(Command("events"))
@router.callback_query(Go.filter(F.to == Place.EVENTS))
@router.callback_query(EventList.filter())
async def list_ahead(
    event: Message | CallbackQuery,
    situation: Situation,
    callback_data: EventList | Go | None = None,
) -> None:
    """What lies ahead."""
    wanted = callback_data if isinstance(callback_data, EventList) else EventList()
    await show(event, await screens.ahead(situation, _view(situation, wanted.view), wanted.page))


@router.callback_query(EventYear.filter())
async def show_year(press: CallbackQuery, callback_data: EventYear, situation: Situation) -> None:
    """The months of a year."""
    view = _view(situation, callback_data.view)
    await show(press, await screens.year(situation, view, callback_data.first))


@router.callback_query(EventMonth.filter())
async def show_month(press: CallbackQuery, callback_data: EventMonth, situation: Situation) -> None:
    """One month."""
    view = _view(situation, callback_data.view)
    screen = await screens.month(situation, view, callback_data.month, callback_data.page)
    await show(press, screen)


@router.callback_query(EventCard.filter())
async def show_card(press: CallbackQuery, callback_data: EventCard, situation: Situation) -> None:
    """One meeting."""
    await show(press, await screens.card(situation, callback_data.meeting))


@deep_link(CARD_LINK)
async def follow_link(code: str, situation: Situation) -> Screen:
    """A meeting's own link, from a calendar entry or a chat."""
    number = int(code) if code.isascii() and code.isdigit() and len(code) < 16 else 0
    return await screens.card(situation, number)


@router.callback_query(Say.filter())
async def say(press: CallbackQuery, callback_data: Say, situation: Situation) -> None:
    """Record what the person says; whoever moves up from the waiting list hears of it."""
    number, choice = callback_data.meeting, callback_data.choice
    scopes = scopes_for(situation.person, Action.MANAGE_EVENTS, situation.admin_ids)
    found = await situation.db.read(screens.standing, number, situation.person, scopes)
    if found is None or not (found.concerns or found.manages):
        await show(press, screens.gone())
        return
    meeting = found.meeting
    if meeting.cancelled or meeting.withdrawn or meeting.over(situation.now, situation.zone):
        await show(press, await screens.card(situation, number), notice=words.TOO_LATE)
        return
    await situation.db.write(
        partial(signing_up.sign_up, now=situation.now), number, situation.person.id, choice
    )
    await show(press, await screens.card(situation, number), notice=words.SAID[choice])


@router.callback_query(Calendar.filter())
async def send_calendar(
    press: CallbackQuery, callback_data: Calendar, situation: Situation
) -> None:
    """The .ics file."""
    found = await _seen(situation, callback_data.meeting)
    if found is None:
        await show(press, screens.gone())
        return
    if not found.dated:
        await acknowledge(press, words.NO_DAY_FOR_CALENDAR, alert=True)
        return
    await acknowledge(press)
    username = (await situation.bot.me()).username
    link = f"https://t.me/{username}?start={CARD_LINK}{found.id}"
    content = calendar_file(found, link, situation.now)
    await situation.bot.send_document(
        situation.telegram_id,
        BufferedInputFile(content, filename=words.CALENDAR_NAME),
        caption=words.CALENDAR_CAPTION,
    )


@router.callback_query(EventFiles.filter())
async def send_files(press: CallbackQuery, callback_data: EventFiles, situation: Situation) -> None:
    """What the organiser attached."""
    found = await _seen(situation, callback_data.meeting)
    if found is None:
        await show(press, screens.gone())
        return
    files = await situation.db.read(events.files, found.event_id)
    await acknowledge(press, None if files else words.NO_FILES)
    for file in files:
        if file.kind == "photo":
            await situation.bot.send_photo(situation.telegram_id, file.file_id)
        else:
            await situation.bot.send_document(situation.telegram_id, file.file_id)


@router.callback_query(Visited.filter())
async def show_visited(press: CallbackQuery, callback_data: Visited, situation: Situation) -> None:
    """Where the person has been."""
    await show(press, await screens.visited(situation, callback_data.page))


async def _seen(situation: Situation, number: int) -> events.Meeting | None:
    scopes = scopes_for(situation.person, Action.MANAGE_EVENTS, situation.admin_ids)
    found = await situation.db.read(screens.standing, number, situation.person, scopes)
    if found is None or not (found.concerns or found.manages):
        return None
    return found.meeting


def _view(situation: Situation, wanted: View) -> View:
    """A forged «веду я» of somebody who manages nothing is their own list."""
    may = scopes_for(situation.person, Action.MANAGE_EVENTS, situation.admin_ids)
    return wanted if may else View.MINE
