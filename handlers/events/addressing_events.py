"""Organisers: whom an event is for, by role, community, municipality and network."""

from functools import partial

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.audiences.form import Kind, with_tick
from bot.events import addressing_screens as screens
from bot.events.callbacks import EventAudience, ForWhom, TickAudience
from bot.events.managing import change, managed
from bot.events.screens import gone
from bot.filters import May
from bot.rights import Action
from bot.screens import show
from bot.situation import Situation
from storage.database import Connection
from storage.events import events
from storage.events.events import Meeting
from storage.scopes import Scope

router = Router(name="addressing-events")
MAY = May(Action.MANAGE_EVENTS)
Scopes = tuple[Scope, ...]


@router.callback_query(ForWhom.filter(), MAY)
async def show_audience(
    press: CallbackQuery, callback_data: ForWhom, situation: Situation, scopes: Scopes
) -> None:
    """What is chosen; a button of an earlier release sets a role on the way."""
    meeting = await managed(situation, scopes, callback_data.meeting)
    if meeting is None:
        await show(press, gone())
        return
    if callback_data.role:
        meeting = await _ticked(
            situation, meeting, Kind.ROLES, callback_data.role, on=callback_data.on
        )
    await show(press, await screens.for_whom(situation, meeting))


@router.callback_query(EventAudience.filter(), MAY)
async def show_kind(
    press: CallbackQuery, callback_data: EventAudience, situation: Situation, scopes: Scopes
) -> None:
    """The ticks of one kind."""
    meeting = await managed(situation, scopes, callback_data.meeting)
    kind = None if meeting is None else screens.kind_of(meeting, callback_data.kind)
    if meeting is None or kind is None:
        await show(press, gone())
        return
    await show(press, await screens.narrowing(situation, meeting, kind, callback_data.page))


@router.callback_query(TickAudience.filter(), MAY)
async def tick(
    press: CallbackQuery, callback_data: TickAudience, situation: Situation, scopes: Scopes
) -> None:
    """One value belongs to the audience, or not."""
    meeting = await managed(situation, scopes, callback_data.meeting)
    kind = None if meeting is None else screens.kind_of(meeting, callback_data.kind)
    if meeting is None or kind is None:
        await show(press, gone())
        return
    now_so = await _ticked(situation, meeting, kind, callback_data.value, on=callback_data.on)
    await show(press, await screens.narrowing(situation, now_so, kind, callback_data.page))


async def _ticked(
    situation: Situation, meeting: Meeting, kind: Kind, value: str, *, on: bool
) -> Meeting:
    """The meeting with the audience as it is then; read and written in one step."""
    await change(situation, meeting.id, partial(_tick, kind=kind, value=value, on=on))
    return await situation.db.read(events.find, meeting.id) or meeting


def _tick(conn: Connection, number: int, *, kind: Kind, value: str, on: bool) -> None:
    meeting = events.find(conn, number)
    if meeting is not None:
        audience = with_tick(meeting.audience, kind, value, on=on)
        events.set_audience(conn, meeting.event_id, audience)
