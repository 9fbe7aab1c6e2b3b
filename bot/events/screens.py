"""Screens of events for everybody: lists by week and month, the card of a meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from bot.callbacks import Go, Place
from bot.events.callbacks import (
    Calendar,
    EventCard,
    EventFiles,
    EventList,
    EventMonth,
    EventYear,
    Manage,
    NewEventScope,
    Say,
    View,
    Visited,
)
from bot.keyboards import Row, arrows, button, keyboard, rows, to_menu
from bot.rights import Action, scopes_for
from bot.screens import Screen
from bot.situation import Situation
from bot.texts import events as words
from roadmap.periods import add_months, last_day
from storage.database import Connection
from storage.events import agenda, attending, events
from storage.events.attending import Choice
from storage.events.events import Meeting
from storage.people.people import Person
from storage.scopes import Scope

SIZE = 5
"""Each stands twice on the screen, in words and as a button: more do not fit on a telephone."""
AHEAD = timedelta(days=366)
SOON = timedelta(days=62)
"""A window that opens within this time is shown among what lies ahead."""
MONTHS = 12


async def ahead(situation: Situation, view: View, page: int) -> Screen:
    """What lies ahead, by week; then what is near and has no day yet."""
    found = await _meetings(situation, view, situation.local.date(), AHEAD)
    now, zone = situation.now, situation.zone
    staff = view is View.STAFF
    found = [one for one in found if not one.over(now, zone) and not (staff and one.withdrawn)]
    dated = [one for one in found if one.dated]
    soon = (situation.local + SOON).date()
    open_ = [one for one in found if not one.dated and not one.ongoing and _opens(one) <= soon]
    every = [*dated, *open_]
    last = max(0, (len(every) - 1) // SIZE)
    page = min(page, last)
    shown = every[page * SIZE : (page + 1) * SIZE]
    head = words.STAFF_HEAD if view is View.STAFF else words.LIST_HEAD
    if every:
        text = words.grouped(head, _by_week(shown, situation), now, zone)
    else:
        empty = words.NOTHING_FOR_STAFF if view is View.STAFF else words.NOTHING_AHEAD
        text = f"{head}\n\n{empty}"
    return Screen(
        text,
        keyboard(
            *rows(await _buttons(situation, shown)),
            arrows(lambda to: EventList(view=view, page=to), page=page, last=last),
            *_below(situation, view),
        ),
    )


async def year(situation: Situation, view: View, first: int) -> Screen:
    """Twelve months from `first` (202609) with how many events each has."""
    start = _first_of(first)
    found = await _meetings(situation, view, start, add_months(start, MONTHS) - start)
    numbers = [_number(add_months(start, index)) for index in range(MONTHS)]
    counts = {each: len(_in_month(found, each, situation)) for each in numbers}
    made = [
        button(words.month_button(each, counts[each]), EventMonth(view=view, month=each))
        for each in numbers
    ]
    back = button(words.TO_LIST, EventList(view=view))
    turn: Row = [
        button(f"‹ {start.year - 1}", EventYear(view=view, first=first - 100)),
        button(f"{start.year + 1} ›", EventYear(view=view, first=first + 100)),
    ]
    whole = len([one for one in found if not one.withdrawn])
    return Screen(words.year(whole), keyboard(*rows(made, 2), turn, [back]))


async def month(situation: Situation, view: View, number: int, page: int) -> Screen:
    """One month: every meeting that is or may be in it."""
    start = _first_of(number)
    days = timedelta(days=last_day(start.year, start.month) - 1)
    found = await _meetings(situation, view, start, days)
    shown_all = sorted(_in_month(found, number, situation), key=_by_certainty)
    last = max(0, (len(shown_all) - 1) // SIZE)
    page = min(page, last)
    shown = shown_all[page * SIZE : (page + 1) * SIZE]
    groups = [
        (name, kept)
        for name, kept in (
            (words.month(number), [one for one in shown if one.dated]),
            (words.NO_DAY_YET, [one for one in shown if not one.dated and not one.ongoing]),
            (words.ALL_YEAR, [one for one in shown if not one.dated and one.ongoing]),
        )
        if kept
    ]
    text = words.grouped(words.LIST_HEAD, groups, situation.now, situation.zone)
    if not groups:
        text = f"<b>{words.month(number)}</b>\n\n{words.NOTHING_IN_MONTH}"
    return Screen(
        text,
        keyboard(
            *rows(await _buttons(situation, shown)),
            arrows(lambda to: EventMonth(view=view, month=number, page=to), page=page, last=last),
            [button(words.TO_YEAR, EventYear(view=view, first=_school_year(start)))],
        ),
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """How a meeting stands for one reader; `queue` is their place on the waiting list, from 1."""

    meeting: Meeting
    concerns: bool
    manages: bool
    choice: Choice | None
    queue: int | None
    taken: int
    online: int
    waiting: int
    files: bool
    came: bool = False


def standing(
    conn: Connection, meeting_id: int, person: Person, scopes: tuple[Scope, ...]
) -> Standing | None:
    """Everything the card needs, in one read; None where there is no such meeting."""
    meeting = events.find(conn, meeting_id)
    if meeting is None:
        return None
    seated, waiting = attending.seated(conn, meeting_id)
    return Standing(
        meeting,
        agenda.concerns(conn, meeting, person.id),
        bool(scopes) and agenda.manages(conn, meeting, scopes, person.id),
        attending.choice_of(conn, meeting_id, person.id),
        waiting.index(person.id) + 1 if person.id in waiting else None,
        len(seated),
        attending.online(conn, meeting_id),
        len(waiting),
        bool(events.files(conn, meeting.event_id)),
        person.id in attending.attended(conn, meeting_id),
    )


async def card(situation: Situation, meeting_id: int) -> Screen:
    """The card of a meeting as it stands for this person."""
    scopes = scopes_for(situation.person, Action.MANAGE_EVENTS, situation.admin_ids)
    found = await situation.db.read(standing, meeting_id, situation.person, scopes)
    return card_of(found, situation.now, situation.zone)


def card_of(
    found: Standing | None, now: datetime, zone: tzinfo, *, reached: bool = False
) -> Screen:
    """The same from what was read; `reached`: for somebody who was told of it in any case."""
    if found is None or not (found.concerns or found.manages or reached):
        return gone()
    meeting = found.meeting
    said = words.STANDING[found.choice] if found.choice else ""
    if found.queue is not None:
        said = words.waiting(found.queue)
    if found.came:
        said = words.CAME
    places = words.places(found.taken, meeting.capacity, found.online, found.waiting)
    made: list[Row] = []
    alive = not (meeting.cancelled or meeting.withdrawn)
    if alive and not found.came and not meeting.over(now, zone):
        made.append(
            [
                button(words.chosen(choice, found.choice), Say(meeting=meeting.id, choice=choice))
                for choice in Choice
            ]
        )
    more: Row = []
    if meeting.dated:
        more.append(button(words.CALENDAR, Calendar(meeting=meeting.id)))
    if found.files:
        more.append(button(words.FILES, EventFiles(meeting=meeting.id)))
    made.append(more)
    if found.manages:
        made.append([button(words.MANAGE, Manage(meeting=meeting.id))])
    made.append([button(words.TO_LIST, EventList())])
    text = words.card(meeting, now, zone, places=places, standing=said)
    return Screen(text, keyboard(*made))


async def visited(situation: Situation, page: int) -> Screen:
    """Where the person has been."""
    found = await situation.db.read(agenda.visited, situation.person.id)
    size = 2 * SIZE
    last = max(0, (len(found) - 1) // size)
    page = min(page, last)
    shown = found[page * size : (page + 1) * size]
    text = words.visited(shown, len(found), situation.now, situation.zone)
    turn = arrows(lambda to: Visited(page=to), page=page, last=last)
    return Screen(text, keyboard(turn, [button(words.TO_LIST, EventList())]))


def gone() -> Screen:
    """No such meeting for this person."""
    return Screen(words.GONE, keyboard([button(words.TO_LIST, EventList())], to_menu()))


async def _meetings(
    situation: Situation, view: View, first: date, days: timedelta
) -> list[Meeting]:
    person = situation.person
    scopes = scopes_for(person, Action.MANAGE_EVENTS, situation.admin_ids)

    def found(conn: Connection) -> list[Meeting]:
        every = agenda.between(conn, first, first + days, situation.zone)
        if view is View.STAFF:
            return agenda.answered_for(conn, every, scopes, person.id)
        return agenda.concerning(conn, every, person.id)

    return await situation.db.read(found)


async def _buttons(situation: Situation, shown: Sequence[Meeting]) -> Row:
    def choices(conn: Connection) -> dict[int, Choice | None]:
        return {one.id: attending.choice_of(conn, one.id, situation.person.id) for one in shown}

    said = await situation.db.read(choices)
    return [
        button(words.listed(one, situation.zone, said[one.id]), EventCard(meeting=one.id))
        for one in shown
    ]


def _by_week(shown: Sequence[Meeting], situation: Situation) -> list[tuple[str, Sequence[Meeting]]]:
    today = situation.local.date()
    groups: dict[str, list[Meeting]] = {}
    for one in shown:
        span = one.span(situation.zone)
        if one.dated and span is not None:
            day = max(span[0], today)  # one that lasts already belongs to this week
            name = words.week(day - timedelta(days=day.weekday()), today)
        else:
            name = words.NO_DAY_YET
        groups.setdefault(name, []).append(one)
    return list(groups.items())


def _below(situation: Situation, view: View) -> list[Row]:
    """The ways on from a list; staff see whose events they look at."""
    staff = bool(scopes_for(situation.person, Action.MANAGE_EVENTS, situation.admin_ids))
    first = _school_year(situation.local.date())
    made: list[Row] = [
        [
            button(words.YEAR, EventYear(view=view, first=first)),
            button(words.VISITED, Visited()),
        ]
    ]
    if staff:
        other = View.MINE if view is View.STAFF else View.STAFF
        label = words.MINE if view is View.STAFF else words.STAFF
        made.append([button(label, EventList(view=other)), button(words.BY_HAND, NewEventScope())])
    return [*made, [button(words.SETTINGS, Go(to=Place.SETTINGS)), *to_menu()]]


def _in_month(found: Sequence[Meeting], number: int, situation: Situation) -> list[Meeting]:
    start = _first_of(number)
    end = start.replace(day=last_day(start.year, start.month))
    kept = []
    for one in found:
        span = one.span(situation.zone)
        if span is not None and not one.withdrawn and span[0] <= end and span[1] >= start:
            kept.append(one)
    return kept


def _by_certainty(meeting: Meeting) -> int:
    """Buttons stand in the order of the lines above them: named days first."""
    return 0 if meeting.dated else 2 if meeting.ongoing else 1


def _opens(meeting: Meeting) -> date:
    return meeting.window_start or meeting.window_end or date.max


def _school_year(day: date) -> int:
    year = day.year if day.month >= 9 else day.year - 1
    return year * 100 + 9


def _number(day: date) -> int:
    return day.year * 100 + day.month


def _first_of(number: int) -> date:
    year, month = divmod(number, 100)
    return date(year, min(max(month, 1), 12), 1)
