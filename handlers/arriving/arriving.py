"""Somebody arrives: welcome, consent, what they say about themselves, then where they wanted to.

Nothing is kept about where they are: it is derived from their row at every update, so a restart,
days of silence or a tap on an old button all continue at the same step. Whatever they send before
they are through, even a command, leads on kindly.
"""

import re
from dataclasses import replace
from enum import StrEnum

from aiogram import Router
from aiogram.filters import Command, CommandObject, Filter
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message, TelegramObject

from bot.callbacks import AddOrganisation, Again, Begin, Browse, Consent, ConsentAct, Pick
from bot.command_menu import set_personal_commands
from bot.keyboards import button, keyboard
from bot.menu import menu
from bot.people import consent
from bot.screens import Screen, show
from bot.situation import Situation
from bot.texts import arriving as words
from bot.texts.people import address
from handlers.arriving import fields
from handlers.arriving.fields import Asking
from handlers.deep_links import follow, is_early
from storage.people import people, register_matching
from storage.people.people import Field, Person
from storage.privacy import erasing

LINK = 64
"""Telegram's own limit of a deep link; by hand people can type anything."""

NAME_FIELDS = (Field.SURNAME, Field.FIRST_NAME, Field.PATRONYMIC)


class Stage(StrEnum):
    """How far somebody has come."""

    STRANGER = "stranger"
    CONSENT = "consent"
    FIELDS = "fields"
    FOLLOW = "follow"  # registered, but the link they came by is not followed yet


def stage_of(person: Person | None) -> Stage | None:
    """The stage, or None for whoever is through."""
    if person is None:
        return Stage.STRANGER
    if person.consented != consent.CURRENT:
        return Stage.CONSENT
    if person.missing is not None or not person.registered:
        return Stage.FIELDS
    return None if person.start_payload is None else Stage.FOLLOW


class Arriving(Filter):
    """Passes whoever is not through yet."""

    async def __call__(self, _event: TelegramObject, person: Person | None) -> bool:
        """Whether they are still arriving."""
        return stage_of(person) is not None


router = Router(name="arriving")
router.message.filter(Arriving())
router.callback_query.filter(Arriving())


@router.message(Command("start"))
async def start(message: Message, command: CommandObject, situation: Situation) -> None:
    """The first word, or /start in the middle: keep the link, show the step."""
    arrived = await _arrive(situation, command.args)
    if situation.visitor is None:
        await show(message, _welcome())
    else:
        await _go_on(message, situation.with_person(arrived))


@router.message()
async def take_message(message: Message, situation: Situation) -> None:
    """What they write answers the question that is open, unless it is a command."""
    person = situation.visitor
    if person is None:
        await _arrive(situation, None)
        await show(message, _welcome())
        return
    stage = stage_of(person)
    text = message.text or ""
    command = text.startswith("/")
    if person.said_in == message.message_id:  # taken already, but the reply was lost in a crash
        await _go_on(message, situation)
        return
    if stage is Stage.FIELDS and person.missing is not None and text and not command:
        asking = Asking(
            situation.db,
            situation.state,
            person,
            person.missing,
            message_id=message.message_id,
        )
        refused = await fields.typed(asking, text)
        await (_go_on(message, situation) if refused is None else show(message, refused))
        return
    note = words.FIRST_FINISH if command else words.NEEDS_WORDS
    if stage is Stage.CONSENT:
        note = words.FIRST_CONSENT
    elif text.startswith("/cancel"):
        note = words.PAUSED
    await _go_on(message, situation, note=note)


@router.callback_query(Begin.filter())
async def begin(press: CallbackQuery, callback_data: Begin, situation: Situation) -> None:
    """After the welcome, or after declining: to the consent, or where they had come to."""
    arrived = situation.visitor or await _arrive(situation, callback_data.payload)
    await _go_on(press, situation.with_person(arrived))


@router.callback_query(Consent.filter())
async def decide_on_consent(
    press: CallbackQuery, callback_data: Consent, situation: Situation
) -> None:
    """Give or decline; a button under an older version shows the current one.

    Reading the whole text is at home in `handlers/arriving/privacy.py`.
    """
    person = situation.visitor
    if person is not None and callback_data.act is ConsentAct.NO:
        await _decline(press, situation, person)
        return
    if person is None:
        person = await _arrive(situation, None)
    if callback_data.act is ConsentAct.YES and callback_data.version == consent.CURRENT:
        await situation.db.write(
            people.consent,
            person.id,
            consent.CURRENT,
            now=situation.now,
            kind=people.PERSONAL_DATA,
        )
    await _go_on(press, situation.with_person(person))


@router.callback_query(Again.filter())
async def take_back(press: CallbackQuery, callback_data: Again, situation: Situation) -> None:
    """Ask for a field again; names are asked together, so they are taken back together."""
    if situation.visitor is not None and stage_of(situation.visitor) is Stage.FIELDS:
        asking = Asking(situation.db, situation.state, situation.person, callback_data.field)
        fields_back = NAME_FIELDS if callback_data.field in NAME_FIELDS else (callback_data.field,)
        await asking.say(dict.fromkeys(fields_back))
    await _go_on(press, situation)


@router.callback_query(Pick.filter())
@router.callback_query(Browse.filter())
@router.callback_query(AddOrganisation.filter())
async def choose(
    press: CallbackQuery,
    callback_data: Pick | Browse | AddOrganisation,
    situation: Situation,
) -> None:
    """A button of the question that is open; one of another question shows the open one."""
    person = situation.visitor
    about = (
        Field.ORGANISATION if isinstance(callback_data, AddOrganisation) else callback_data.field
    )
    if person is None or stage_of(person) is not Stage.FIELDS or person.missing is not about:
        await _go_on(press, situation)
        return
    asking = Asking(situation.db, situation.state, person, about)
    refused: Screen | None
    if isinstance(callback_data, AddOrganisation):
        refused = await fields.added(asking, callback_data.name)
    elif isinstance(callback_data, Browse):
        refused = await asking.again(page=callback_data.page)
    else:
        refused = await fields.tapped(asking, callback_data.value)
    await (_go_on(press, situation) if refused is None else show(press, refused))


@router.callback_query()
async def lead_on(press: CallbackQuery, situation: Situation) -> None:
    """Any other button, of another screen or of long ago."""
    await _go_on(press, situation)


async def _arrive(situation: Situation, payload: str | None) -> Person:
    return await situation.db.write(
        people.arrive,
        situation.telegram_id,
        payload=(payload or "")[:LINK] or None,
        now=situation.now,
    )


async def _go_on(event: Message | CallbackQuery, situation: Situation, *, note: str = "") -> None:
    """Show the step that is open now; after the last one, follow the link or show the menu."""
    person = await situation.db.read(people.find, situation.telegram_id)
    if person is None:
        await show(event, _welcome())
        return
    stage = stage_of(person)
    if stage is Stage.CONSENT:
        await show(event, _consent_screen(person, note))
    elif not person.registered and is_early(person.start_payload):
        await _early(event, situation.with_person(person))
    elif person.missing is not None:
        asking = Asking(situation.db, situation.state, person, person.missing)
        await show(event, await asking.again(note=note))
    else:
        await _through(event, situation.with_person(person))


async def _early(event: Message | CallbackQuery, situation: Situation) -> None:
    """Follow the link; whoever is unknown after it all the same gets acquainted next."""
    person = situation.person
    screen = await follow(person.start_payload or "", situation)
    await situation.db.write(people.followed, person.id)
    now = await situation.db.read(people.find, situation.telegram_id)
    if now is not None and now.registered:
        await show(event, screen)
    else:
        await _go_on(event, situation, note=screen.text)


async def _through(event: Message | CallbackQuery, situation: Situation) -> None:
    person = situation.person
    first = None if person.registered else words.registered(address(person))
    if not person.registered:
        await situation.db.write(
            register_matching.finish_registration, person.id, now=situation.now
        )
        person = replace(person, registered=True)
        if person.grants or person.telegram_id in situation.admin_ids:
            await set_personal_commands(situation.bot, person, situation.admin_ids)
    await situation.state.clear()  # what was typed of an organisation is settled
    if person.start_payload is None:
        await show(event, menu(person, situation.admin_ids, first=first))
        return
    await show(event, await follow(person.start_payload, situation.with_person(person)))
    # After the screen: an update that is handled again after a crash follows the link again.
    await situation.db.write(people.followed, person.id)


async def _decline(press: CallbackQuery, situation: Situation, person: Person) -> None:
    if person.registered:  # declined a new version: what was agreed before is theirs to erase
        await show(press, Screen(words.DECLINED_CHANGED))
        return
    again = button(words.BEGIN_AGAIN, Begin(payload=_link(person.start_payload)))
    await situation.db.write(erasing.forget, situation.telegram_id)
    await show(press, Screen(words.DECLINED, keyboard([again])))


def _link(payload: str | None) -> str:
    """The deep link as far as it fits a button; ours all do, what others made up may not."""
    fits = payload is not None and re.fullmatch(r"[A-Za-z0-9_-]{1,60}", payload)
    return payload if payload is not None and fits else ""


def _welcome() -> Screen:
    return Screen(words.WELCOME, keyboard([button(words.BEGIN, Begin())]))


def _consent_screen(person: Person, note: str) -> Screen:
    text = words.CONSENT_CHANGED if person.consented else words.CONSENT
    return Screen(
        "\n\n".join(filter(None, (note, text))),
        keyboard(
            [_consent_button(words.AGREE, ConsentAct.YES)],
            [_consent_button(words.READ, ConsentAct.READ)],
            [_consent_button(words.DECLINE, ConsentAct.NO)],
        ),
    )


def _consent_button(label: str, act: ConsentAct) -> InlineKeyboardButton:
    return button(label, Consent(version=consent.CURRENT, act=act))
