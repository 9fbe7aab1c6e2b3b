"""Organisers: name the day, move, cancel, attach, see who comes, mark who came; events by hand."""

import asyncio
from collections.abc import Callable
from functools import partial

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot import qr
from bot.events import attendance_list
from bot.events import managing_screens as screens
from bot.events.callbacks import (
    CancelMeeting,
    CheckInCode,
    Clear,
    EventList,
    ForWhom,
    Manage,
    Mark,
    MarkList,
    Name,
    NewEvent,
    NewEventScope,
    Reminders,
    SetReminder,
    SetSurvey,
    TakeOver,
    What,
    WhoComes,
)
from bot.events.screens import gone
from bot.events.when_span import Span, SpanFault, read_span
from bot.filters import May
from bot.keyboards import Row, button, keyboard, rows, to_menu
from bot.rights import Action
from bot.scope_keys import ref_key, scope_by_key
from bot.screens import Screen, acknowledge, show
from bot.situation import Situation
from bot.texts import events as event_words
from bot.texts import managing as words
from bot.texts import roadmap as roadmap_words
from bot.texts.people import scope as scope_words
from handlers.checking_in import CHECK_IN
from roadmap.refusals import Refused
from roadmap.table_rows import read_rows
from storage.database import Connection
from storage.events import agenda, attending, events, signing_up
from storage.events import notices as event_notices
from storage.events.attending import How
from storage.events.events import Attached, Meeting
from storage.people import places
from storage.people.people import Role
from storage.scopes import Scope, ScopeKind, covered

router = Router(name="managing-events")
MAY = May(Action.MANAGE_EVENTS)
Scopes = tuple[Scope, ...]

PLACE_LIMIT, LINK_LIMIT, MOST_PLACES = 200, 300, 100_000
TITLE = range(3, 201)


class Managing(StatesGroup):
    """`value`: what the data's `what` says is awaited for `meeting`; `title`: of a new event."""

    value = State()
    title = State()


@router.callback_query(Manage.filter(), MAY)
async def show_panel(
    press: CallbackQuery, callback_data: Manage, situation: Situation, scopes: Scopes
) -> None:
    """Everything an organiser may do with a meeting."""
    await situation.state.clear()
    await _show_panel(press, situation, scopes, callback_data.meeting)


@router.callback_query(Name.filter(), MAY)
async def ask(
    press: CallbackQuery, callback_data: Name, situation: Situation, scopes: Scopes
) -> None:
    """Something about the meeting is typed or sent next."""
    meeting = await _managed(situation, scopes, callback_data.meeting)
    if meeting is None:
        await show(press, gone())
        return
    what = callback_data.what
    await situation.state.set_state(Managing.value)
    await situation.state.set_data({"meeting": meeting.id, "what": what.value})
    await show(press, Screen(words.ASK[what], keyboard(_clearing(meeting, what), _back(meeting))))


@router.callback_query(Clear.filter(), MAY)
async def clear(
    press: CallbackQuery, callback_data: Clear, situation: Situation, scopes: Scopes
) -> None:
    """No limit of places, no place, no link."""
    meeting = await _managed(situation, scopes, callback_data.meeting)
    if meeting is None:
        await show(press, gone())
        return
    await situation.state.clear()
    if callback_data.what is What.CAPACITY:
        await situation.db.write(
            partial(signing_up.set_capacity, now=situation.now), meeting.id, None
        )
        await _show_panel(press, situation, scopes, meeting.id, words.CHANGED)
        return
    change = (
        partial(_put_place, place="")
        if callback_data.what is What.PLACE
        else partial(_put_place, link="")
    )
    await _announce(press, situation, scopes, meeting.id, change)


@router.message(StateFilter(Managing.value), F.text, ~F.text.startswith("/"), MAY)
async def take_typed(message: Message, situation: Situation, scopes: Scopes) -> None:
    """The value, typed."""
    data = await situation.state.get_data()
    meeting = await _managed(situation, scopes, data["meeting"])
    if meeting is None:
        await situation.state.clear()
        await show(message, gone())
        return
    text, what = " ".join((message.text or "").split()), What(data["what"])
    if what in (What.WHEN, What.MORE):
        await _take_when(message, situation, scopes, meeting, what)
    elif what is What.NAMES:
        lines = [[line] for line in (message.text or "").splitlines() if line.strip()]
        await _take_names(message, situation, meeting, lines)
    elif what is What.PLACE and len(text) <= PLACE_LIMIT:
        await _announce(message, situation, scopes, meeting.id, partial(_put_place, place=text))
    elif what is What.LINK and _is_link(text):
        await _announce(message, situation, scopes, meeting.id, partial(_put_place, link=text))
    elif what is What.CAPACITY and text.isdecimal() and 1 <= int(text) <= MOST_PLACES:
        await situation.db.write(
            partial(signing_up.set_capacity, now=situation.now), meeting.id, int(text)
        )
        await situation.state.clear()
        await _show_panel(message, situation, scopes, meeting.id, words.CHANGED)
    else:
        faults = {
            What.PLACE: words.PLACE_FAULT,
            What.LINK: words.LINK_FAULT,
            What.CAPACITY: words.CAPACITY_FAULT,
            What.FILE: words.FILE_FAULT,
        }
        await show(message, Screen(faults[what], keyboard(_back(meeting))))


@router.message(StateFilter(Managing.value), F.document | F.photo, MAY)
async def take_file(message: Message, situation: Situation, scopes: Scopes) -> None:
    """A file for the participants, or a spreadsheet of those who came."""
    data = await situation.state.get_data()
    meeting = await _managed(situation, scopes, data["meeting"])
    what = What(data["what"])
    if meeting is None:
        await show(message, gone())
    elif what is What.FILE:
        await situation.db.write(events.attach, meeting.event_id, _attached(message))
        await show(message, Screen(words.ATTACHED, keyboard(_back(meeting))))
    elif what is What.NAMES and message.document is not None:
        content = await situation.bot.download(message.document.file_id)
        try:
            lines = await asyncio.to_thread(read_rows, content.read() if content else b"")
        except Refused as refusal:
            text = roadmap_words.refusal(refusal)
            await show(message, Screen(text, keyboard(_back(meeting))))
            return
        await _take_names(message, situation, meeting, lines)
    else:
        await show(message, Screen(words.ASK[what], keyboard(_back(meeting))))


@router.message(StateFilter(Managing.value), MAY)
async def take_nothing(message: Message, situation: Situation) -> None:
    """A sticker, a voice: say again what is awaited."""
    data = await situation.state.get_data()
    await show(message, Screen(words.ASK[What(data["what"])], keyboard(to_menu())))


@router.callback_query(TakeOver.filter(), MAY)
async def take_over(
    press: CallbackQuery, callback_data: TakeOver, situation: Situation, scopes: Scopes
) -> None:
    """I hold this event."""
    meeting = await _managed(situation, scopes, callback_data.meeting)
    if meeting is None:
        await show(press, gone())
        return
    await situation.db.write(events.add_organiser, meeting.event_id, situation.person.id)
    await _show_panel(press, situation, scopes, meeting.id, words.TAKEN_OVER)


@router.callback_query(CancelMeeting.filter(), MAY)
async def cancel(
    press: CallbackQuery, callback_data: CancelMeeting, situation: Situation, scopes: Scopes
) -> None:
    """Ask once more, then cancel; whoever it concerns hears of it."""
    meeting = await _managed(situation, scopes, callback_data.meeting)
    if meeting is None:
        await show(press, gone())
        return
    if not callback_data.sure:
        people = await situation.db.read(event_notices.concerned, meeting.id)
        sure = CancelMeeting(meeting=meeting.id, sure=True)
        made = [
            [button(words.CANCEL_YES, sure)],
            [button(words.KEEP, Manage(meeting=meeting.id))],
        ]
        await show(press, Screen(words.sure(meeting, len(people)), keyboard(*made)))
        return
    await situation.db.write(partial(_cancel, situation=situation), meeting.id)
    await _show_panel(press, situation, scopes, meeting.id, words.CANCELLED)


@router.callback_query(WhoComes.filter(), MAY)
async def who_comes(
    press: CallbackQuery, callback_data: WhoComes, situation: Situation, scopes: Scopes
) -> None:
    """Who said what."""
    meeting = await _managed(situation, scopes, callback_data.meeting)
    if meeting is None:
        await show(press, gone())
        return
    await show(press, await screens.who_comes(situation, meeting, callback_data.page))


@router.callback_query(MarkList.filter(), MAY)
async def mark_list(
    press: CallbackQuery, callback_data: MarkList, situation: Situation, scopes: Scopes
) -> None:
    """The list on which attendance is marked."""
    meeting = await _managed(situation, scopes, callback_data.meeting)
    if meeting is None:
        await show(press, gone())
        return
    await show(press, await screens.mark_list(situation, meeting, callback_data.page))


@router.callback_query(Mark.filter(), MAY)
async def mark(
    press: CallbackQuery, callback_data: Mark, situation: Situation, scopes: Scopes
) -> None:
    """This person came, or did not; only somebody who said something about the meeting."""
    meeting = await _managed(situation, scopes, callback_data.meeting)
    if meeting is None:
        await show(press, gone())
        return
    person = callback_data.person
    known = await situation.db.read(attending.knows, meeting.id, person)
    if known and callback_data.came:
        await situation.db.write(
            partial(attending.mark_attended, marked_by=situation.person.id, now=situation.now),
            meeting.id,
            [person],
            How.ORGANISER,
        )
    elif known:
        await situation.db.write(attending.unmark_attended, meeting.id, person)
    await show(press, await screens.mark_list(situation, meeting, callback_data.page))


@router.callback_query(CheckInCode.filter(), MAY)
async def send_code(
    press: CallbackQuery, callback_data: CheckInCode, situation: Situation, scopes: Scopes
) -> None:
    """The QR code as a picture for the screen, and as a file for print."""
    meeting = await _managed(situation, scopes, callback_data.meeting)
    if meeting is None:
        await show(press, gone())
        return
    await acknowledge(press)
    bot = situation.bot
    link = f"https://t.me/{(await bot.me()).username}?start={CHECK_IN}{meeting.check_in}"
    picture = qr.png(link)
    caption = f"{event_words.title(meeting)[:300]}\n\n{words.QR_CAPTION}\n{link}"
    await bot.send_photo(
        situation.telegram_id,
        BufferedInputFile(picture, filename="qr.png"),
        caption=caption,
        parse_mode=None,
    )


@router.callback_query(Reminders.filter(), MAY)
@router.callback_query(SetReminder.filter(), MAY)
@router.callback_query(SetSurvey.filter(), MAY)
async def set_reminders(
    press: CallbackQuery,
    callback_data: Reminders | SetReminder | SetSurvey,
    situation: Situation,
    scopes: Scopes,
) -> None:
    """When people are reminded, and how long they are asked afterwards."""
    meeting = await _managed(situation, scopes, callback_data.meeting)
    if meeting is None:
        await show(press, gone())
        return
    if isinstance(callback_data, SetReminder):
        await situation.db.write(
            partial(events.set_reminder, on=callback_data.on), meeting.id, callback_data.minutes
        )
    elif isinstance(callback_data, SetSurvey):
        await situation.db.write(events.set_survey_days, meeting.id, callback_data.days)
    now_so = await situation.db.read(events.find, meeting.id)
    await show(press, screens.reminders(now_so or meeting))


@router.callback_query(ForWhom.filter(), MAY)
async def set_audience(
    press: CallbackQuery, callback_data: ForWhom, situation: Situation, scopes: Scopes
) -> None:
    """The roles the event is for."""
    meeting = await _managed(situation, scopes, callback_data.meeting)
    if meeting is None:
        await show(press, gone())
        return
    if callback_data.role in words.ROLE_CHOICES:
        role = Role(callback_data.role)
        chosen = [one for one in meeting.audience.roles if one is not role]
        roles = (*chosen, role) if callback_data.on else tuple(chosen)
        audience = meeting.audience.model_copy(update={"roles": roles})
        await situation.db.write(events.set_audience, meeting.event_id, audience)
    now_so = await situation.db.read(events.find, meeting.id)
    await show(press, await screens.for_whom(situation, now_so or meeting))


@router.callback_query(NewEventScope.filter(), MAY)
async def ask_scope(press: CallbackQuery, situation: Situation, scopes: Scopes) -> None:
    """An event by hand: whose is it?"""
    titles = await situation.db.read(places.titles)
    found = await situation.db.read(places.territories, scopes)
    made = [
        button(scope_words(one, titles), NewEvent(kind=one.kind, ref=ref_key(one))) for one in found
    ]
    back = button(event_words.TO_LIST, EventList())
    await show(press, Screen(words.ASK_SCOPE, keyboard(*rows(made), [back])))


@router.callback_query(NewEvent.filter(), MAY)
async def ask_title(
    press: CallbackQuery, callback_data: NewEvent, situation: Situation, scopes: Scopes
) -> None:
    """Its title is typed next."""
    scope = scope_by_key(callback_data.kind, callback_data.ref)
    if scope is None or not await situation.db.read(covered, scopes, scope):
        await show(press, gone())
        return
    await situation.state.set_state(Managing.title)
    await situation.state.set_data({"kind": scope.kind.value, "ref": ref_key(scope)})
    await show(press, Screen(words.ASK_TITLE, keyboard(to_menu())))


@router.message(StateFilter(Managing.title), F.text, ~F.text.startswith("/"), MAY)
async def take_title(message: Message, situation: Situation, scopes: Scopes) -> None:
    """The event is made; the day is asked next."""
    title = " ".join((message.text or "").split())
    if len(title) not in TITLE:
        await show(message, Screen(words.TITLE_FAULT, keyboard(to_menu())))
        return
    data = await situation.state.get_data()
    scope = scope_by_key(ScopeKind(data["kind"]), data["ref"])
    if scope is None or not await situation.db.read(covered, scopes, scope):
        await show(message, gone())
        return
    number = await situation.db.write(
        partial(
            events.create,
            created_by=situation.person.id,
            request_key=f"{message.chat.id}:{message.message_id}",
            now=situation.now,
        ),
        scope,
        title,
    )
    await situation.state.set_state(Managing.value)
    await situation.state.set_data({"meeting": number, "what": What.WHEN.value})
    await show(message, Screen(words.ASK[What.WHEN], keyboard(to_menu())))


async def _take_when(
    message: Message, situation: Situation, scopes: Scopes, meeting: Meeting, what: What
) -> None:
    span = read_span(message.text or "", situation.local)
    if isinstance(span, SpanFault):
        await show(message, Screen(words.SPAN_FAULTS[span], keyboard(_back(meeting))))
    elif what is What.WHEN:
        change = partial(_put_time, span=span, situation=situation)
        await _announce(message, situation, scopes, meeting.id, change)
    else:
        key = f"{message.chat.id}:{message.message_id}"
        number = await situation.db.write(
            partial(events.one_more, starts_at=span.start, ends_at=span.end, request_key=key),
            meeting.event_id,
        )
        await situation.state.clear()
        await _show_panel(message, situation, scopes, number, words.CHANGED)


async def _take_names(
    message: Message, situation: Situation, meeting: Meeting, lines: list[list[str]]
) -> None:
    """Mark those of the list who are registered within the event's own territory."""

    def take(conn: Connection) -> tuple[int, attendance_list.Matched]:
        found = attendance_list.match(conn, (meeting.scope,), lines)
        new = attending.mark_attended(
            conn,
            meeting.id,
            found.people,
            How.LIST,
            marked_by=situation.person.id,
            now=situation.now,
        )
        return new, found

    _, found = await situation.db.write(take)
    await situation.state.clear()
    text = words.imported(len(found.people), found.unknown, found.several)
    await show(message, Screen(text, keyboard(_back(meeting))))


async def _announce(
    event: Message | CallbackQuery,
    situation: Situation,
    scopes: Scopes,
    number: int,
    change: Callable[[Connection, int], bool],
) -> None:
    """Change a meeting and plan the news of it, in one step."""

    def write(conn: Connection) -> int | None:
        if not change(conn, number):
            return None
        return event_notices.changed(conn, number, now=situation.now)

    told = await situation.db.write(write)
    await situation.state.clear()
    first = words.NOT_CHANGED if told is None else words.CHANGED_NEWS if told else words.CHANGED
    await _show_panel(event, situation, scopes, number, first)


def _put_time(conn: Connection, number: int, *, span: Span, situation: Situation) -> bool:
    return events.name_time(conn, number, span.start, span.end, now=situation.now)


def _put_place(
    conn: Connection, number: int, *, place: str | None = None, link: str | None = None
) -> bool:
    return events.name_place(conn, number, place=place, link=link)


def _cancel(conn: Connection, number: int, *, situation: Situation) -> None:
    if events.cancel(conn, number, now=situation.now):
        event_notices.changed(conn, number, now=situation.now)


async def _managed(situation: Situation, scopes: Scopes, number: int) -> Meeting | None:
    """The meeting, if the presser may change it."""

    def read(conn: Connection) -> Meeting | None:
        meeting = events.find(conn, number)
        if meeting is None or not agenda.manages(conn, meeting, scopes, situation.person.id):
            return None
        return meeting

    return await situation.db.read(read)


async def _show_panel(
    event: Message | CallbackQuery,
    situation: Situation,
    scopes: Scopes,
    number: int,
    first: str = "",
) -> None:
    meeting = await _managed(situation, scopes, number)
    if meeting is None:
        await show(event, gone())
    else:
        await show(event, await screens.panel(situation, meeting, first=first))


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


def _back(meeting: Meeting) -> Row:
    return screens.to_panel(meeting)
