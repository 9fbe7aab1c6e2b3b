"""A list of who came, as people make it: who in it is registered here?

A row may hold a number, a name in one cell or in three, a school: the first part of the row that
names somebody registered is the person.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.search import folded
from storage.database import Connection
from storage.people import roster
from storage.scopes import Scope

FEWEST = 2
"""Words of a name: a surname alone could be anybody's."""


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
        names = list(_names(row))
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


def _names(row: Sequence[str]) -> Iterator[str]:
    """Parts of a row that may be a name: one cell of several words, or cells side by side."""
    cells = [" ".join(cell.split()) for cell in row]
    for cell in cells:
        if len(_letters(cell)) >= FEWEST:
            yield " ".join(_letters(cell))
    single = [cell if len(_letters(cell)) == 1 else "" for cell in cells]
    for length in (3, 2):
        for start in range(len(single) - length + 1):
            part = single[start : start + length]
            if all(part):
                yield " ".join(_letters(" ".join(part)))


def _letters(text: str) -> list[str]:
    words = text.replace(".", ". ").split()
    return [word for word in words if any(letter.isalpha() for letter in word)]
