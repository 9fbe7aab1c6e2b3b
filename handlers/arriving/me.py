"""/me: what the person said about themselves, each field changed by its own button."""

from aiogram import F, Router
from aiogram.filters import Command, Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.callbacks import AddOrganisation, Again, Browse, Edit, Go, Pick, Place
from bot.keyboards import button, keyboard, rows, to_menu
from bot.rights import roles_of
from bot.screens import Screen, show
from bot.situation import Situation
from bot.texts import fields as field_words
from bot.texts import me as words
from handlers.arriving import fields
from handlers.arriving.arriving import stage_of
from handlers.arriving.fields import Asking
from storage.database import Database
from storage.people import people, places
from storage.people.people import Field, Person

router = Router(name="me")


class TakenAlready(Filter):
    """The very message whose text was taken last comes again."""

    async def __call__(self, message: Message, person: Person) -> bool:
        """Whether it is that message."""
        return message.message_id == person.said_in


class Editing(StatesGroup):
    """Which field is being changed: the data's `field`."""

    field = State()


@router.message(Command("me"))
@router.callback_query(Go.filter(F.to == Place.ME))
async def show_me(
    event: Message | CallbackQuery, db: Database, person: Person, admin_ids: frozenset[int]
) -> None:
    """Everything the person said, and their roles."""
    await show(event, await _card(db, person, admin_ids))


@router.callback_query(Edit.filter())
async def edit(
    press: CallbackQuery, callback_data: Edit, db: Database, person: Person, state: FSMContext
) -> None:
    """Ask for one field; what stands stays until there is a new value."""
    await state.set_state(Editing.field)
    await state.set_data({"field": callback_data.field.value})
    await show(press, await Asking(db, state, person, callback_data.field, editing=True).again())


@router.message(StateFilter(Editing.field), F.text, ~F.text.startswith("/"), ~TakenAlready())
async def take_typed(
    message: Message, db: Database, person: Person, state: FSMContext, admin_ids: frozenset[int]
) -> None:
    """The new value, typed."""
    field = Field((await state.get_data())["field"])
    asking = Asking(db, state, person, field, editing=True, message_id=message.message_id)
    await _after(message, await fields.typed(asking, message.text or ""), asking, admin_ids)


@router.message(TakenAlready())
async def say_again(
    message: Message, db: Database, person: Person, admin_ids: frozenset[int]
) -> None:
    """Taken before a crash that lost the reply."""
    await show(message, await _card(db, person, admin_ids, first=words.CHANGED))


@router.callback_query(Pick.filter())
@router.callback_query(Browse.filter())
@router.callback_query(AddOrganisation.filter())
async def take_tapped(
    press: CallbackQuery,
    callback_data: Pick | Browse | AddOrganisation,
    situation: Situation,
) -> None:
    """The new value, tapped; without an open change (an old button) nothing is changed."""
    db, state, person = situation.db, situation.state, situation.person
    if isinstance(callback_data, AddOrganisation):
        field = Field.ORGANISATION
    else:
        field = callback_data.field
    if (await state.get_data()).get("field") != field.value:
        await show(press, await _card(db, person, situation.admin_ids), notice=words.NOT_OPEN)
        return
    asking = Asking(db, state, person, field, editing=True)
    refused: Screen | None
    if isinstance(callback_data, Browse):
        refused = await asking.again(page=callback_data.page)
    elif isinstance(callback_data, AddOrganisation):
        refused = await fields.added(asking, callback_data.name)
    else:
        refused = await fields.tapped(asking, callback_data.value)
    await _after(press, refused, asking, situation.admin_ids)


@router.callback_query(Again.filter())
async def leave_alone(
    press: CallbackQuery, db: Database, person: Person, admin_ids: frozenset[int]
) -> None:
    """«Назад» under a question of the registration, pressed when that is long over."""
    await show(press, await _card(db, person, admin_ids))


async def _after(
    event: Message | CallbackQuery,
    refused: Screen | None,
    asking: Asking,
    admin_ids: frozenset[int],
) -> None:
    if refused is not None:
        await show(event, refused)
        return
    await asking.state.clear()
    person = await asking.db.read(people.by_id, asking.person.id)
    if person is None:  # erased meanwhile from another device
        return
    if stage_of(person) is not None and person.missing is not None:
        # A new municipality has left the old organisation: that is the next question.
        following = Asking(asking.db, asking.state, person, person.missing)
        await show(event, await following.again())
        return
    await show(event, await _card(asking.db, person, admin_ids, first=words.CHANGED))


async def _card(
    db: Database, person: Person, admin_ids: frozenset[int], *, first: str = ""
) -> Screen:
    titles = await db.read(places.titles)
    text = words.card(person, roles_of(person, admin_ids), titles, first=first)
    buttons = [button(field_words.NAMES[field], Edit(field=field)) for field in Field]
    return Screen(text, keyboard(*rows(buttons, 2), to_menu()))
