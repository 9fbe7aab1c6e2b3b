"""Organisers: an event that no roadmap names, made by hand."""

from functools import partial

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from bot.events.callbacks import EventList, NewEvent, NewEventScope, What
from bot.events.screens import gone
from bot.filters import May
from bot.keyboards import button, keyboard, rows, to_menu
from bot.rights import Action
from bot.scope_keys import ref_key, scope_by_key
from bot.screens import Screen, show
from bot.situation import Situation
from bot.texts import events as event_words
from bot.texts import managing as words
from bot.texts.people import scope as scope_words
from handlers.events.naming_meetings import Managing
from storage.events import events
from storage.people import places
from storage.scopes import Scope, ScopeKind, covered

router = Router(name="making-events")
MAY = May(Action.MANAGE_EVENTS)
Scopes = tuple[Scope, ...]

TITLE = range(3, 201)


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
            by=situation.by,
        ),
        scope,
        title,
    )
    await situation.state.set_state(Managing.value)
    await situation.state.set_data({"meeting": number, "what": What.WHEN.value})
    await show(message, Screen(words.ASK[What.WHEN], keyboard(to_menu())))
