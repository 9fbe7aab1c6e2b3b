"""Organisers: when, where, by which link, for how many, with which files; one meeting more."""

import asyncio
from functools import partial

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.events import managing_screens as screens
from bot.events.callbacks import Clear, Name, What
from bot.events.managing import announce, change, managed, show_panel_of
from bot.events.screens import gone
from bot.events.when_span import Span, SpanFault, read_span
from bot.filters import May
from bot.keyboards import Row, button, keyboard, to_menu
from bot.people.people_list import UnreadableListError, rows_of
from bot.rights import Action
from bot.screens import Screen, show
from bot.situation import Situation
from bot.texts import managing as words
from bot.texts import roadmap as roadmap_words
from handlers.events.marking_attendance import take_names
from roadmap.refusals import Refused
from storage.database import Connection
from storage.events import events, signing_up
from storage.events.events import Attached, Meeting
from storage.scopes import Scope

router = Router(name="naming-meetings")
MAY = May(Action.MANAGE_EVENTS)
Scopes = tuple[Scope, ...]

PLACE_LIMIT, LINK_LIMIT, MOST_PLACES = 200, 300, 100_000


class Managing(StatesGroup):
    """`value`: what the data's `what` says is awaited for `meeting`; `title`: of a new event."""

    value = State()
    title = State()


@router.callback_query(Name.filter(), MAY)
async def ask(
    press: CallbackQuery, callback_data: Name, situation: Situation, scopes: Scopes
) -> None:
    """Something about the meeting is typed or sent next."""
    meeting = await managed(situation, scopes, callback_data.meeting)
    if meeting is None:
        await show(press, gone())
        return
    what = callback_data.what
    await situation.state.set_state(Managing.value)
    await situation.state.set_data({"meeting": meeting.id, "what": what.value})
    await show(
        press,
        Screen(words.ASK[what], keyboard(_clearing(meeting, what), screens.to_panel(meeting))),
    )


@router.callback_query(Clear.filter(), MAY)
async def clear(
    press: CallbackQuery, callback_data: Clear, situation: Situation, scopes: Scopes
) -> None:
    """No limit of places, no place, no link."""
    meeting = await managed(situation, scopes, callback_data.meeting)
    if meeting is None:
        await show(press, gone())
        return
    await situation.state.clear()
    if callback_data.what is What.CAPACITY:
        await change(
            situation,
            meeting.id,
            partial(signing_up.set_capacity, capacity=None, now=situation.now),
        )
        await show_panel_of(press, situation, scopes, meeting.id, words.CHANGED)
        return
    emptied = (
        partial(_put_place, place="")
        if callback_data.what is What.PLACE
        else partial(_put_place, link="")
    )
    await announce(press, situation, scopes, meeting.id, emptied)


@router.message(StateFilter(Managing.value), F.text, ~F.text.startswith("/"), MAY)
async def take_typed(message: Message, situation: Situation, scopes: Scopes) -> None:
    """The value, typed."""
    data = await situation.state.get_data()
    meeting = await managed(situation, scopes, data["meeting"])
    if meeting is None:
        await situation.state.clear()
        await show(message, gone())
        return
    text, what = " ".join((message.text or "").split()), What(data["what"])
    if what in (What.WHEN, What.MORE):
        await _take_when(message, situation, scopes, meeting, what)
    elif what is What.NAMES:
        lines = [[line] for line in (message.text or "").splitlines() if line.strip()]
        await take_names(message, situation, meeting, lines)
    elif what is What.PLACE and len(text) <= PLACE_LIMIT:
        await announce(message, situation, scopes, meeting.id, partial(_put_place, place=text))
    elif what is What.LINK and _is_link(text):
        await announce(message, situation, scopes, meeting.id, partial(_put_place, link=text))
    elif what is What.CAPACITY and text.isdecimal() and 1 <= int(text) <= MOST_PLACES:
        places = partial(signing_up.set_capacity, capacity=int(text), now=situation.now)
        await change(situation, meeting.id, places)
        await situation.state.clear()
        await show_panel_of(message, situation, scopes, meeting.id, words.CHANGED)
    else:
        faults = {
            What.PLACE: words.PLACE_FAULT,
            What.LINK: words.LINK_FAULT,
            What.CAPACITY: words.CAPACITY_FAULT,
            What.FILE: words.FILE_FAULT,
        }
        await show(message, Screen(faults[what], keyboard(screens.to_panel(meeting))))


@router.message(StateFilter(Managing.value), F.document | F.photo, MAY)
async def take_file(message: Message, situation: Situation, scopes: Scopes) -> None:
    """A file for the participants, or a spreadsheet of those who came."""
    data = await situation.state.get_data()
    meeting = await managed(situation, scopes, data["meeting"])
    what = What(data["what"])
    if meeting is None:
        await show(message, gone())
    elif what is What.FILE:
        await situation.db.write(events.attach, meeting.event_id, _attached(message))
        await show(message, Screen(words.ATTACHED, keyboard(screens.to_panel(meeting))))
    elif what is What.NAMES and message.document is not None:
        content = await situation.bot.download(message.document.file_id)
        try:
            lines = await asyncio.to_thread(rows_of, content.read() if content else b"")
        except (Refused, UnreadableListError) as fault:
            text = words.NAMES_FAULT
            if isinstance(fault, Refused):
                text = roadmap_words.refusal(fault)
            await show(message, Screen(text, keyboard(screens.to_panel(meeting))))
            return
        await take_names(message, situation, meeting, lines)
    else:
        await show(message, Screen(words.ASK[what], keyboard(screens.to_panel(meeting))))


@router.message(StateFilter(Managing.value), MAY)
async def take_nothing(message: Message, situation: Situation) -> None:
    """A sticker, a voice: say again what is awaited."""
    data = await situation.state.get_data()
    await show(message, Screen(words.ASK[What(data["what"])], keyboard(to_menu())))


async def _take_when(
    message: Message, situation: Situation, scopes: Scopes, meeting: Meeting, what: What
) -> None:
    span = read_span(message.text or "", situation.local)
    if isinstance(span, SpanFault):
        await show(message, Screen(words.SPAN_FAULTS[span], keyboard(screens.to_panel(meeting))))
    elif what is What.WHEN:
        named = partial(_put_time, span=span, situation=situation)
        await announce(message, situation, scopes, meeting.id, named)
    else:
        key = f"{message.chat.id}:{message.message_id}"
        number = await situation.db.write(
            partial(
                events.one_more,
                starts_at=span.start,
                ends_at=span.end,
                request_key=key,
                by=situation.by,
            ),
            meeting.event_id,
        )
        await situation.state.clear()
        await show_panel_of(message, situation, scopes, number, words.CHANGED)


def _put_time(conn: Connection, number: int, *, span: Span, situation: Situation) -> bool:
    return events.name_time(conn, number, span.start, span.end, now=situation.now)


def _put_place(
    conn: Connection, number: int, *, place: str | None = None, link: str | None = None
) -> bool:
    return events.name_place(conn, number, place=place, link=link)


def _attached(message: Message) -> Attached:
    if message.photo:
        largest = message.photo[-1]
        return Attached(largest.file_id, largest.file_unique_id, "", "photo")
    document = message.document
    assert document is not None  # noqa: S101 - the handler's filter
    name = document.file_name or ""
    return Attached(document.file_id, document.file_unique_id, name, "document")


def _is_link(text: str) -> bool:
    return text.startswith(("https://", "http://")) and " " not in text and len(text) <= LINK_LIMIT


def _clearing(meeting: Meeting, what: What) -> Row:
    if what is What.CAPACITY:
        return [button(words.NO_LIMIT, Clear(meeting=meeting.id, what=what))]
    named = {What.PLACE: meeting.place, What.LINK: meeting.link}
    return [button(words.ERASE, Clear(meeting=meeting.id, what=what))] if named.get(what) else []
