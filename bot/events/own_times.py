"""The screen on which a person chooses when to be reminded of events."""

from bot.callbacks import Go, Place
from bot.events.callbacks import AskMyTime, SetMyTime, UsualTimes
from bot.keyboards import button, keyboard, rows, to_menu
from bot.screens import Screen
from bot.situation import Situation
from bot.texts import own_times as words
from roadmap.offsets import Offset, name_of, offset_of
from roadmap.reminding import OFFSETS
from storage import peace
from storage.database import Connection
from storage.events import own_times
from storage.events.reminding import minutes_of, offsets_of
from storage.mutes import timing_of

OFFERED = ("7d", "3d", "1d", "1d@1800", "0d@0900", "3h", "1h", "15m")


def usual(conn: Connection, person_id: int) -> frozenset[str]:
    """What comes to somebody who chose no times: the usual ones that are not switched off."""
    off = peace.muted_topics(conn, person_id)
    names = [name_of(offset) for offset in OFFSETS]
    kept = frozenset(name for name in names if timing_of(minutes_of(name)).value not in off)
    return kept or frozenset(names)


async def times(situation: Situation) -> Screen:
    """What holds now, with the offered times and those the person typed."""

    def read(conn: Connection) -> tuple[frozenset[str], frozenset[str]]:
        person = situation.person.id
        return own_times.of(conn, person), usual(conn, person)

    own, otherwise = await situation.db.read(read)
    chosen = own or otherwise
    offered: list[Offset] = words.in_order(offsets_of({*OFFERED, *own}))
    made = [
        button(
            words.choice(offset, on=name_of(offset) in chosen),
            SetMyTime(name=name_of(offset), on=name_of(offset) not in chosen),
        )
        for offset in offered
    ]
    text = words.times(offsets_of(own), offsets_of(otherwise))
    back = [button(words.BACK, Go(to=Place.SETTINGS))]
    reset = [button(words.AS_ORGANISER, UsualTimes())] if own else []
    ask = [button(words.OTHER, AskMyTime())]
    return Screen(text, keyboard(*rows(made, 2), ask, reset, back, to_menu()))


def known(name: str) -> bool:
    """Whether a button's name is a time at all: it may be forged."""
    offset = offset_of(name)
    return offset is not None and name_of(offset) == name
