"""A coordinator's screens of the register: how it stands, and one doubt."""

from bot.callbacks import Go, Place
from bot.keyboards import Row, button, keyboard, to_menu
from bot.people import slips
from bot.people.register_callbacks import (
    Organisations,
    RegisterDoubt,
    RegisterLinks,
    RegisterPage,
    RegisterSlips,
    SettleDoubt,
    UploadRegister,
)
from bot.screens import Screen
from bot.situation import Situation
from bot.texts import organisations
from bot.texts import register as words
from storage.people import register, register_matching, roster
from storage.scopes import Scope

Scopes = tuple[Scope, ...]


async def overview(situation: Situation, scopes: Scopes, *, first: str = "") -> Screen:
    """How many are expected and have come, and what can be done about the others."""
    seen = await situation.db.read(register.overview, scopes)
    waiting = seen.total - seen.joined
    parts = range(-(-waiting // slips.MOST))
    made = [
        button(
            words.slips_button(
                part,
                part * slips.MOST + 1,
                min(waiting, (part + 1) * slips.MOST),
                alone=len(parts) == 1,
            ),
            RegisterSlips(part=part),
        )
        for part in parts
    ]
    listed = [button(words.JOINED, RegisterPage(joined=True))] if seen.joined else []
    if waiting:
        listed.append(button(words.AWAITED, RegisterPage(joined=False)))
    doubts = [button(words.doubts_button(seen.doubts), RegisterDoubt())] if seen.doubts else []
    return Screen(
        words.overview(seen, first=first),
        keyboard(
            doubts,
            [button(words.UPLOAD, UploadRegister())],
            [button(words.LINKS, RegisterLinks())] if waiting else [],
            *([each] for each in made[:8]),
            listed,
            [button(organisations.OPEN, Organisations())],
            to_menu(),
        ),
    )


async def doubt(situation: Situation, scopes: Scopes, place: int, *, first: str = "") -> Screen:
    """One row beside one person, the doubt at this place; none left is said."""
    found = await situation.db.read(register_matching.doubts, scopes)
    if not found:
        text = "\n\n".join(filter(None, (first, words.DOUBTS_NONE)))
        return Screen(text, keyboard(back()))
    place %= len(found)
    row, who = found[place]
    someone = await situation.db.read(roster.card, scopes, who)
    if someone is None:
        return Screen(words.DOUBTS_NONE, keyboard(back()))
    following = [button(words.NEXT, RegisterDoubt(place=place + 1))] if len(found) > 1 else []
    text = "\n\n".join(filter(None, (first, words.doubt(row, someone, place, len(found)))))
    return Screen(
        text,
        keyboard(
            [button(words.SAME, SettleDoubt(row=row.id, person=who, same=True))],
            [button(words.OTHER, SettleDoubt(row=row.id, person=who, same=False))],
            following,
            back(),
        ),
    )


def back() -> Row:
    """The way back to the overview."""
    return [button(words.BACK, Go(to=Place.REGISTER))]
