"""A list of who came, as people make it: who in it is registered here?

The first part of a row that names somebody registered is the person (bot/people/people_list.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.people.people_list import names_in_row
from bot.search import folded
from storage.database import Connection
from storage.people import roster
from storage.scopes import Scope


@dataclass(frozen=True, slots=True)
class Matched:
    """Ids of who was found; rows that name nobody, or several people."""

    people: tuple[int, ...]
    unknown: tuple[str, ...]
    several: tuple[str, ...]


def match(conn: Connection, scopes: Sequence[Scope], rows: Iterable[Sequence[str]]) -> Matched:
    """Find the people of the rows within these scopes."""
    people: dict[int, None] = {}
    unknown: list[str] = []
    several: list[str] = []
    for row in rows:
        names = list(names_in_row(row))
        ambiguous = False
        for name in names:
            found = roster.page(conn, scopes, search=folded(name), size=2)
            if found.total == 1:
                people[found.people[0].id] = None
                break
            ambiguous = ambiguous or found.total > 1
        else:
            if names:
                (several if ambiguous else unknown).append(names[0])
    return Matched(tuple(people), tuple(unknown), tuple(several))
