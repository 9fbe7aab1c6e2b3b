"""Doubts about a read roadmap, one by one: each is settled by a word of the coordinator, or left.

A doubt is named by a key that stays the same while others are settled, so that a button pressed
twice settles one doubt.
"""

import zlib
from dataclasses import dataclass

from roadmap.model import Doubt, Event, Roadmap
from roadmap.periods import Period
from roadmap.terms import read_term


@dataclass(frozen=True, slots=True)
class OpenDoubt:
    """A doubt and the event it is about (by place in the document; None is the document)."""

    key: str
    place: int | None
    doubt: Doubt


def open_doubts(roadmap: Roadmap) -> list[OpenDoubt]:
    """Every doubt, those of the document first."""
    found = [_named(None, doubt) for doubt in roadmap.doubts]
    for place, event in enumerate(roadmap.events):
        found += [_named(place, doubt) for doubt in event.doubts]
    return found


def settled(roadmap: Roadmap, key: str) -> Roadmap:
    """The roadmap without this doubt: what was read is right. An unknown key changes nothing."""
    return roadmap.model_copy(
        update={
            "doubts": tuple(d for d in roadmap.doubts if _named(None, d).key != key),
            "events": tuple(
                event.model_copy(
                    update={"doubts": tuple(d for d in event.doubts if _named(i, d).key != key)}
                )
                for i, event in enumerate(roadmap.events)
            ),
        }
    )


def retermed(roadmap: Roadmap, place: int, text: str) -> Roadmap:
    """The roadmap with another term for one event, read as the table's own would be.

    The doubts of the old term go with it and those of the new one come; the others stay.
    """
    event = roadmap.events[place]
    period = Period.parse(roadmap.year or "")
    old = set(map(_same, read_term(event.term, period).doubts))
    term = read_term(text, period)
    kept = tuple(doubt for doubt in event.doubts if _same(doubt) not in old)
    changed = event.model_copy(
        update={
            "term": text,
            "windows": term.windows,
            "precision": term.precision,
            "ongoing": term.ongoing,
            "every_years": term.every_years,
            "times_per_year": term.times_per_year,
            "doubts": (*term.doubts, *kept),
        }
    )
    events = (*roadmap.events[:place], changed, *roadmap.events[place + 1 :])
    return roadmap.model_copy(update={"events": events})


def without(event: Event) -> Event:
    """The event as two versions of a table are compared: doubts are no part of it."""
    return event.model_copy(update={"doubts": ()})


def _same(doubt: Doubt) -> str:
    return doubt.model_dump_json()


def _named(place: int | None, doubt: Doubt) -> OpenDoubt:
    seed = f"{place}:{_same(doubt)}".encode()
    return OpenDoubt(f"{zlib.crc32(seed):08x}", place, doubt)
