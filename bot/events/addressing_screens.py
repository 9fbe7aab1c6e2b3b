"""Whom an event is for: what is chosen, and one kind of it at a time."""

from bot.audiences import form as audience_form
from bot.audiences.form import Form, Kind
from bot.audiences.words import lines
from bot.events.callbacks import EventAudience, ForWhom, TickAudience
from bot.events.managing_screens import to_panel
from bot.keyboards import button, keyboard, rows
from bot.screens import Screen
from bot.situation import Situation
from bot.texts import managing as words
from bot.texts.people import scope as scope_words
from storage import audiences
from storage.events.events import Meeting
from storage.people import places


def kind_of(meeting: Meeting, name: str) -> Kind | None:
    """The kind of a button, if this event's audience can be narrowed by it."""
    known = name in words.KINDS and audience_form.narrows(name, meeting.scope)
    return Kind(name) if known else None


async def for_whom(situation: Situation, meeting: Meeting) -> Screen:
    """What is chosen, with the number of people, and a button for each kind."""
    reach = await situation.db.read(audiences.reach, meeting.audience, meeting.scope)
    said = await lines(situation.db, meeting.audience)
    made = [
        button(label, EventAudience(meeting=meeting.id, kind=kind))
        for kind, label in words.KINDS.items()
        if audience_form.narrows(kind, meeting.scope)
    ]
    titles = await situation.db.read(places.titles)
    text = words.for_whom(meeting, said, reach.people, scope_words(meeting.scope, titles))
    return Screen(text, keyboard(*rows(made, 2), to_panel(meeting)))


async def narrowing(situation: Situation, meeting: Meeting, kind: Kind, page: int) -> Screen:
    """The ticks of one kind, with the number of people as it is now."""
    number = meeting.id
    form = Form(
        ask=lambda of, to: EventAudience(meeting=number, kind=of.value, page=to),
        put=lambda of, value, on, to: TickAudience(
            meeting=number, kind=of.value, value=value, on=on, page=to
        ),
        done=[button(words.TO_FOR_WHOM, ForWhom(meeting=number))],
        heads=words.KIND_HEADS,
    )
    return await audience_form.screen(
        meeting.audience, meeting.scope, kind, situation, form, page=page
    )
