"""A person says something about themselves: typed or tapped, while registering or from /me.

No router here: `arriving` and `me` beside it call these with the field that is being asked for.
Each returns the screen to show next where the answer was not taken (or needs a choice), and None
once it is stored.
"""

import re
import unicodedata
from dataclasses import dataclass

from aiogram.fsm.context import FSMContext

from bot import search
from bot.people.asking import NO_PATRONYMIC, Offer, ask
from bot.people.names import NameRefused, read_name
from bot.screens import Screen
from bot.texts import fields as words
from storage.database import Database
from storage.people import organisations, people
from storage.people.people import Field, Person
from surveys.reference import by_key, communities, key, municipalities

TYPED_ORGANISATION = "organisation"
"""Where the half-filled form keeps what was typed until it is confirmed."""


@dataclass(frozen=True)
class Asking:
    """Who is asked for what; `editing` from /me."""

    db: Database
    state: FSMContext
    person: Person
    field: Field
    editing: bool = False
    message_id: int | None = None  # of what was typed

    async def again(self, *, note: str = "", offer: Offer | None = None, page: int = 0) -> Screen:
        """Ask for the field (again)."""
        known = []
        if self.field is Field.ORGANISATION and self.person.municipality:
            known = await self.db.read(organisations.known, self.person.municipality)
        return ask(
            self.field,
            self.person,
            editing=self.editing,
            page=page,
            organisations=known,
            offer=offer,
            note=note,
        )

    async def say(self, said: dict[Field, str | int | None]) -> None:
        """Store what was understood."""
        names = [
            said.get(part, getattr(self.person, part))
            for part in (Field.SURNAME, Field.FIRST_NAME, Field.PATRONYMIC)
        ]
        folded = search.folded(" ".join(str(name) for name in names if name))
        await self.db.write(
            people.say, self.person.id, said, search=folded, message_id=self.message_id
        )


async def typed(asking: Asking, text: str) -> Screen | None:
    """The person typed an answer."""
    match asking.field:
        case Field.SURNAME | Field.FIRST_NAME | Field.PATRONYMIC:
            return await _typed_name(asking, text)
        case Field.MUNICIPALITY:
            found = search.municipality(text, municipalities())
            return await _typed_choice(asking, found, words.NO_MUNICIPALITY)
        case Field.COMMUNITY:
            found = search.any_of(text, communities())
            return await _typed_choice(asking, found, words.NO_COMMUNITY)
        case Field.ORGANISATION:
            return await _typed_organisation(asking, _line(text))
        case Field.POSITION:
            position = _line(text)
            if not 3 <= len(position) <= 80 or not re.search(r"[^\W\d_]{3}", position):
                return await asking.again(note=words.POSITION_FAULT)
            await asking.say({Field.POSITION: position})
            return None


async def tapped(asking: Asking, value: str) -> Screen | None:
    """The person chose from a list; the key may be forged or long out of date."""
    chosen: str | int | None
    match asking.field:
        case Field.MUNICIPALITY:
            chosen = by_key(municipalities(), value)
        case Field.COMMUNITY:
            chosen = by_key(communities(), value)
        case Field.POSITION:
            chosen = by_key(words.POSITIONS, value)
        case Field.PATRONYMIC:
            chosen = "" if value == NO_PATRONYMIC else None
        case Field.ORGANISATION:
            chosen = await _known_organisation(asking, value)
        case _:
            chosen = None
    if chosen is None:
        return await asking.again(note=words.GONE)
    await asking.say({asking.field: chosen})
    return None


async def added(asking: Asking, name_key: str) -> Screen | None:
    """The person confirmed that the organisation typed before is a new one."""
    name = (await asking.state.get_data()).get(TYPED_ORGANISATION)
    municipality = asking.person.municipality
    if not isinstance(name, str) or key(name) != name_key or municipality is None:
        return await asking.again(note=words.GONE)
    number = await asking.db.write(organisations.add, municipality, name, search.sound(name))
    await asking.say({Field.ORGANISATION: number})
    return None


async def _typed_name(asking: Asking, text: str) -> Screen | None:
    said = read_name(text, asking.field)
    if isinstance(said, NameRefused):
        return await asking.again(note=words.name_refused(said.faults))
    await asking.say({**said})
    return None


async def _typed_choice(asking: Asking, found: search.Found, nothing: str) -> Screen | None:
    if found.sure is not None:
        await asking.say({asking.field: found.sure})
        return None
    if not found.likely:
        return await asking.again(note=nothing)
    offer = Offer([(key(name), name) for name in found.likely])
    return await asking.again(note=words.WHICH, offer=offer)


async def _typed_organisation(asking: Asking, name: str) -> Screen | None:
    if not 2 <= len(name) <= 120 or not re.search(r"[^\W\d_]", name):
        return await asking.again(note=words.ORGANISATION_FAULT)
    known = await asking.db.read(organisations.known, asking.person.municipality or "")
    number, likely = search.organisation(name, known)
    if number is not None:
        await asking.say({Field.ORGANISATION: number})
        return None
    name = search.presentable(name)
    await asking.state.update_data({TYPED_ORGANISATION: name})
    names = dict(known)
    offer = Offer([(str(one), names[one]) for one in likely], typed=name)
    wording = words.offered_organisations if likely else words.new_organisation
    return await asking.again(note=wording(name), offer=offer)


async def _known_organisation(asking: Asking, value: str) -> int | None:
    municipality = asking.person.municipality
    if municipality is None or not value.isascii() or not value.isdigit():
        return None
    name = await asking.db.read(organisations.within_municipality, int(value), municipality)
    return None if name is None else int(value)


def _line(text: str) -> str:
    """One line with single spaces, «й» as one sign: people paste and press Enter."""
    return " ".join(unicodedata.normalize("NFC", text).split())
