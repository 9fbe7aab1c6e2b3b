"""Which meeting an organiser may change, and the panel that shows it changed."""

from collections.abc import Callable

from aiogram.types import CallbackQuery, Message

from bot.events import managing_screens as screens
from bot.events.screens import gone
from bot.screens import show
from bot.situation import Situation
from bot.texts import managing as words
from storage.database import Connection
from storage.events import agenda, changing, events
from storage.events import notices as event_notices
from storage.events.events import Meeting
from storage.scopes import Scope

Scopes = tuple[Scope, ...]


async def managed(situation: Situation, scopes: Scopes, number: int) -> Meeting | None:
    """The meeting, if the presser may change it."""

    def read(conn: Connection) -> Meeting | None:
        meeting = events.find(conn, number)
        if meeting is None or not agenda.manages(conn, meeting, scopes, situation.person.id):
            return None
        return meeting

    return await situation.db.read(read)


async def show_panel_of(
    event: Message | CallbackQuery,
    situation: Situation,
    scopes: Scopes,
    number: int,
    first: str = "",
) -> None:
    """The panel as things are now; `first` is said above it."""
    meeting = await managed(situation, scopes, number)
    if meeting is None:
        await show(event, gone())
    else:
        await show(event, await screens.panel(situation, meeting, first=first))


async def change(
    situation: Situation, number: int, done: Callable[[Connection, int], object]
) -> None:
    """Change a meeting without news of it; the log says what is different afterwards."""
    await situation.db.write(changing.recorded, number, done, by=situation.by)


async def announce(
    event: Message | CallbackQuery,
    situation: Situation,
    scopes: Scopes,
    number: int,
    done: Callable[[Connection, int], bool],
) -> None:
    """Change a meeting and plan the news of it, in one step."""

    def write(conn: Connection) -> int | None:
        if not changing.recorded(conn, number, done, by=situation.by):
            return None
        return event_notices.changed(conn, number, now=situation.now)

    told = await situation.db.write(write)
    await situation.state.clear()
    first = words.NOT_CHANGED if told is None else words.CHANGED_NEWS if told else words.CHANGED
    await show_panel_of(event, situation, scopes, number, first)
