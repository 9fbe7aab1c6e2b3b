"""The screens that ask for one field of what a person says about themselves.

The same screens serve the registration (a way back to the field before) and /me (a way to leave
the old value).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aiogram.types import InlineKeyboardButton

from bot.callbacks import AddOrganisation, Again, Browse, Go, Pick, Place
from bot.keyboards import Row, button, keyboard, pages, rows
from bot.screens import Screen
from bot.texts import fields as words
from storage.people.people import Field, Person
from surveys.reference import communities, key, municipalities

NO_PATRONYMIC = "none"
"""The key by which a button says that there is no patronymic."""


# The name is one step, in however many messages it comes.
STEPS: Final = {field: max(1, number - 1) for number, field in enumerate(Field)}


@dataclass(frozen=True)
class Offer:
    """What a typed text may have meant; `typed` is an organisation that may be added."""

    likely: Sequence[tuple[str, str]] = ()  # (key for the button, label)
    typed: str | None = None


def ask(
    field: Field,
    person: Person,
    *,
    editing: bool = False,
    page: int = 0,
    organisations: Sequence[tuple[int, str]] = (),
    offer: Offer | None = None,
    note: str = "",
) -> Screen:
    """Ask for a field.

    Args:
        field: what is asked for.
        person: who is asked, as far as they are known.
        editing: from /me, where the old value stays until there is a new one.
        page: of the whole list, from 0.
        organisations: the known ones of the person's municipality.
        offer: instead of the whole list, what the typed text may mean.
        note: one sentence above: what was wrong, what was understood.
    """
    question = (words.EDIT if editing else words.ASK)[field]
    if offer is not None:
        return Screen(note or question, keyboard(*_offered(field, offer), _back(field, editing)))
    known = "" if editing or note else _so_far(field, person)
    step = "" if editing or person.registered else words.step(STEPS[field], max(STEPS.values()))
    text = "\n\n".join(filter(None, (note, known, f"{step}\n{question}".strip())))
    return Screen(text, keyboard(*_choices(field, page, organisations), _back(field, editing)))


def _choices(field: Field, page: int, organisations: Sequence[tuple[int, str]]) -> list[Row]:
    match field:
        case Field.PATRONYMIC:
            return [[button(words.NO_PATRONYMIC, Pick(field=field, value=NO_PATRONYMIC))]]
        case Field.MUNICIPALITY:
            return _paged(field, _keyed(municipalities()), page, size=16, columns=2)
        case Field.ORGANISATION:
            labels = [(str(number), name) for number, name in organisations]
            return _paged(field, labels, page, size=8)
        case Field.POSITION:
            return _paged(field, _keyed(words.POSITIONS), page, size=len(words.POSITIONS))
        case Field.COMMUNITY:
            return _paged(field, _keyed(communities()), page, size=11)
        case _:
            return []


def _keyed(names: Sequence[str]) -> list[tuple[str, str]]:
    return [(key(name), name) for name in names]


def _picks(field: Field, labels: Sequence[tuple[str, str]]) -> list[InlineKeyboardButton]:
    return [button(label, Pick(field=field, value=value)) for value, label in labels]


def _paged(
    field: Field, labels: Sequence[tuple[str, str]], page: int, *, size: int, columns: int = 1
) -> list[Row]:
    def turn(number: int) -> Browse:
        return Browse(field=field, page=number)

    return pages(_picks(field, labels), turn, page=page, size=size, columns=columns)


def _offered(field: Field, offer: Offer) -> list[Row]:
    shown = rows(_picks(field, offer.likely))
    if offer.typed is not None:
        shown.append([button(words.ADD, AddOrganisation(name=key(offer.typed)))])
    again = words.TYPE_AGAIN if field is Field.ORGANISATION else words.WHOLE_LIST
    return [*shown, [button(again, Browse(field=field))]]


def _back(field: Field, editing: bool) -> Row:
    if editing:
        return [button(words.KEEP, Go(to=Place.ME))]
    order = list(Field)
    before = order.index(field) - 1
    return [button(words.BACK, Again(field=order[before]))] if before >= 0 else []


def _so_far(field: Field, person: Person) -> str:
    """The last thing that was understood, so that a wrong guess is seen at once."""
    before = {
        Field.ORGANISATION: (Field.MUNICIPALITY, person.municipality),
        Field.POSITION: (Field.ORGANISATION, person.organisation),
        Field.COMMUNITY: (Field.POSITION, person.position),
    }.get(field)
    if before is None or not before[1]:
        return words.greeted(person) if field is Field.MUNICIPALITY else ""
    return words.known(before[0], before[1])
