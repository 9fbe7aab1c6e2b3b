"""What every handler receives beside the event: the person, the moment, the store.

`db: Database`, `person: Person | None`, `now: datetime` (aware, UTC), `zone: ZoneInfo` (in which
this person sees times), `admin_ids: frozenset[int]`, `state: FSMContext` (half-filled forms), and
after `May` also `scopes: tuple[Scope, ...]`; `situation: Situation` is all of it in one value.

A command or a step into the menu leaves a half-filled form: what is typed after it is meant for
the new screen. `left_form` says that there was one.
"""

from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import BaseMiddleware, Dispatcher
from aiogram.enums import ChatType
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message, TelegramObject, Update, User

from bot.callbacks import (
    AddOrganisation,
    Browse,
    ConfirmNetworks,
    Edit,
    Go,
    NetworkLeaders,
    NewNetwork,
    PeoplePage,
    PersonCard,
    Pick,
    RenameNetwork,
    SetLeader,
    UploadNetworks,
)
from bot.events.callbacks import Clear, ImportScope
from bot.forms.callbacks import UploadForm
from bot.keyboards import keyboard, to_menu
from bot.notices.callbacks import Confirm, Correct, Draw, NewNotice, Notices, Set
from bot.people.register_callbacks import Organisations, RenameOrganisation, UploadRegister
from bot.region.callbacks import Indicators, IndicatorSheet
from bot.screens import Screen, acknowledge, show
from bot.situation import Situation
from bot.tasks.callbacks import Discard, HandIn, PutAside, Remark, SendIn, TakeOut
from bot.tasks.group_callbacks import (
    ConfirmGroups,
    Heads,
    Members,
    NewGroup,
    RenameGroup,
    SetHead,
    SetMember,
    TakeIn,
    UploadGroups,
)
from bot.texts import rights as words
from storage.database import Database
from storage.people import people
from storage.people.zones import zone_of

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class PersonMiddleware(BaseMiddleware):
    """Looks the sender up, once per update; whoever writes is reachable again."""

    def __init__(
        self,
        db: Database,
        clock: Callable[[], datetime],
        admin_ids: Collection[int],
        zone: ZoneInfo,
    ) -> None:
        self.db = db
        self.clock = clock
        self.zone = zone
        self.admin_ids = frozenset(admin_ids)

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Fill the handler's data."""
        user: User | None = data.get("event_from_user")
        if user is None:
            return None  # a post of a channel, or a forgery: nobody is there to be answered
        person = await self.db.read(people.find, user.id)
        if person is not None and person.unreachable is not None and _wrote(event):
            await self.db.write(people.set_reachable, person.id)
        now = self.clock()
        zone = self.zone if person is None else zone_of(person.zone, self.zone)
        data |= {
            "left_form": await _leave_form(event, data),
            "db": self.db,
            "person": person,
            "now": now,
            "zone": zone,
            "admin_ids": self.admin_ids,
        }
        if "state" in data:
            data["situation"] = Situation(
                bot=data["bot"],
                db=self.db,
                now=now,
                zone=zone,
                home=self.zone,
                admin_ids=self.admin_ids,
                state=data["state"],
                telegram_id=user.id,
                visitor=person,
            )
        return await handler(event, data)


class RightsMiddleware(BaseMiddleware):
    """Refuses kindly where `May` found no scope; the handler is not called."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Let through whoever has the right, and every handler that needs none."""
        if data.get("scopes", True) or not isinstance(event, Message | CallbackQuery):
            return await handler(event, data)
        if isinstance(event, CallbackQuery):
            await acknowledge(event, words.NOT_YOURS, alert=True)
            return None
        return await show(event, Screen(words.NOT_YOURS, keyboard(to_menu())))


def install(
    dispatcher: Dispatcher,
    *,
    db: Database,
    clock: Callable[[], datetime],
    admin_ids: Collection[int],
    zone: ZoneInfo,
) -> None:
    """Put both in their places; call it once, before the routers are included."""
    dispatcher.update.outer_middleware(PersonMiddleware(db, clock, admin_ids, zone))
    for observer in (dispatcher.message, dispatcher.callback_query):
        observer.middleware(RightsMiddleware())


def _wrote(event: TelegramObject) -> bool:
    # Blocking the bot is an update of the person too (my_chat_member), and no sign of life; nor is
    # a word in a group, where they may write although they stopped the bot.
    return isinstance(event, Update) and _private(event)


async def _leave_form(event: TelegramObject, data: dict[str, Any]) -> bool:
    state: FSMContext | None = data.get("state")
    open_form: str | None = data.get("raw_state")
    if state is None or not isinstance(event, Update) or not _private(event):
        return False
    if not _leads_elsewhere(event, open_form):
        return False
    await state.clear()
    data["raw_state"] = None
    return open_form is not None


_COLLECTING: frozenset[type[CallbackData]] = frozenset((HandIn, TakeOut, PutAside, Discard, SendIn))
FORM_BUTTONS: dict[str, frozenset[type[CallbackData]]] = {
    "Finding:name": frozenset({PeoplePage, PersonCard}),
    "Editing:field": frozenset({Edit, Pick, Browse, AddOrganisation}),
    "Making:title": frozenset({NewNetwork}),
    "Making:leader": frozenset({NetworkLeaders, SetLeader}),
    "Making:period": frozenset(),
    "Making:other_title": frozenset({RenameNetwork}),
    "LoadingNetworks:file": frozenset({UploadNetworks, ConfirmNetworks}),
    "LoadingGroups:file": frozenset({UploadGroups, ConfirmGroups}),
    **dict.fromkeys(
        (f"Composing:{step}" for step in ("fresh", "content", "album", "link", "people", "when")),
        frozenset({NewNotice, Draw, Set, Confirm, Notices}),
    ),
    "Correcting:text": frozenset({Correct}),
    "Choosing:time": frozenset(),
    "Importing:file": frozenset({ImportScope}),
    "Importing:scope": frozenset({ImportScope}),
    "Importing:term": frozenset(),
    "Managing:value": frozenset({Clear}),
    "Managing:title": frozenset(),
    "Tidying:search": frozenset({Organisations}),
    "Tidying:name": frozenset({RenameOrganisation}),
    "Registering:file": frozenset({UploadRegister}),
    "Uploading:file": frozenset({UploadForm}),
    "HandingIn:collecting": _COLLECTING,
    "AskingBack:question": frozenset(),
    "Judging:remark": frozenset({Remark}),
    "AnsweringBack:answer": frozenset(),
    "Moving:due": frozenset(),
    "Naming:new": frozenset({NewGroup}),
    "Naming:other": frozenset({RenameGroup}),
    "Choosing:member": frozenset({Members, SetMember, TakeIn}),
    "Choosing:head": frozenset({Heads, SetHead}),
    "Entering:figure": frozenset({Indicators, IndicatorSheet}),
    "Entering:sheet": frozenset({Indicators, IndicatorSheet}),
}
"""Forms that take typed text → the buttons that belong to them.

Any other button ends such a form: what is typed next answers that button, and must not become
somebody's surname. A form that is not named here ends by a command or the menu only.
"""


def _leads_elsewhere(update: Update, open_form: str | None) -> bool:
    if update.message is not None:
        return bool(update.message.text and update.message.text.startswith("/"))
    if update.callback_query is None:
        return False
    pressed = (update.callback_query.data or "").partition(":")[0]
    own = FORM_BUTTONS.get(open_form or "")
    return pressed == Go.__prefix__ or (
        own is not None and pressed not in {button.__prefix__ for button in own}
    )


def _private(update: Update) -> bool:
    """Whether it is from the person's own chat: in a group nothing of theirs is touched."""
    if update.message is not None:
        return update.message.chat.type == ChatType.PRIVATE
    press = update.callback_query
    return press is not None and (
        press.message is None or press.message.chat.type == ChatType.PRIVATE
    )
