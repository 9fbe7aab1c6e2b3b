"""What of a screening may ever be shown about groups: computed once, when the campaign closes.

What leaves this module is a `Summary`: groups that may be shown, with their counts, and nothing of
the others. It is frozen then. A report drawn later, or for a narrower reader, is a part of it, so
no two reports can be subtracted from each other: not even after somebody has had their entry
deleted.

All figures are counts over the same people in two partitions of them: by territory (schools within
municipalities, so in the end one partition: schools shown, the rest of each municipality, the rest
of all) and by position group. The first is made safe by `surveys.suppression.nested`; both
together as the row and column totals of their two-way table (`two_way`), whose criterion is exact:
no group of fewer than `MINIMUM` people equals a sum or difference of groups shown.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

from surveys.boyko import Result
from surveys.boyko_key import Degree
from surveys.suppression import nested, two_way
from surveys.vocabulary import POSITION_GROUPS

MINIMUM = 10
"""People in the smallest group of which anything is shown (health data; elsewhere five)."""
OTHERS = "others"


class Figures(BaseModel):
    """A group's counts: `phases[i]` and `symptoms[i]` by degree; `dominant` is in `symptoms`.

    `high` counts people with at least one phase formed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    people: int
    high: int
    phases: tuple[dict[Degree, int], ...]
    symptoms: tuple[dict[Degree, int], ...]


class Place(BaseModel):
    """A municipality, and the schools of it that may be shown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    figures: Figures
    organisations: dict[str, Figures]


class Summary(BaseModel):
    """Everything about groups that a closed screening will ever show.

    `everybody` is None where fewer than `MINIMUM` took part. `wordings` and `keys` are the editions
    that the results were made with.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    everybody: Figures | None
    places: dict[str, Place]
    positions: dict[str, Figures]
    wordings: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A result with its declared cells; '' where one is not known."""

    result: Result
    wording: str
    municipality: str = ""
    organisation: str = ""
    position: str = ""


def position_group(position: str) -> str:
    """The group of a position as people write it: a code of `POSITION_GROUPS`, else `OTHERS`."""
    words = position.casefold().replace("-", " ").split()
    for code, beginnings in POSITION_GROUPS:
        if any(word.startswith(beginnings) for word in words):
            return code
    return OTHERS


def summarise(entries: Iterable[Entry], *, minimum: int = MINIMUM) -> Summary:
    """What may be shown of these entries."""
    every = list(entries)
    by_place: dict[str, dict[str, list[Result]]] = {}
    by_position: dict[str, list[Result]] = {}
    for one in every:
        schools = by_place.setdefault(one.municipality, {})
        schools.setdefault(one.organisation, []).append(one.result)
        by_position.setdefault(one.position, []).append(one.result)
    counts = {
        place: {school: len(results) for school, results in schools.items()}
        for place, schools in by_place.items()
    }
    # An unnamed place or school has no row of its own; it stays among what is not shown.
    parents, children = nested(counts, minimum=minimum)
    block = _blocks(counts, parents, children)
    crossed = Counter((block[one.municipality, one.organisation], one.position) for one in every)
    shown = _positions(crossed, minimum)
    return Summary(
        everybody=_figures([one.result for one in every]) if len(every) >= minimum else None,
        places={
            place: Place(
                figures=_figures([result for results in schools.values() for result in results]),
                organisations={
                    school: _figures(results)
                    for school, results in sorted(schools.items())
                    if school and school not in children[place]
                },
            )
            for place, schools in sorted(by_place.items())
            if place and place not in parents
        },
        positions={
            group: _figures(results)
            for group, results in sorted(by_position.items())
            if group in shown
        },
        wordings=tuple(sorted({one.wording for one in every})),
        keys=tuple(sorted({one.result.key for one in every})),
    )


_REST = ("rest",)
_MERGED = "merged"


def _positions(crossed: Mapping[tuple[Hashable, str], int], minimum: int) -> frozenset[str]:
    """The position groups that may be shown beside the territories.

    Where a territory would have to be hidden for them, they give way, the smallest first: who is
    helped is decided by territory.
    """
    sizes: Counter[str] = Counter()
    for (_, position), count in crossed.items():
        sizes[position] += count
    shown = sorted(sizes, key=lambda group: (sizes[group], group))
    while shown:
        table: Counter[tuple[Hashable, str]] = Counter()
        for (row, position), count in crossed.items():
            table[row, position if position in shown else _MERGED] += count
        hidden = two_way(table, minimum=minimum, cells_shown=False)
        if not hidden.everything and not hidden.rows - {_REST}:
            return frozenset(shown) - hidden.columns
        shown.pop(0)
    return frozenset()


def _blocks(
    counts: Mapping[str, Mapping[str, int]],
    parents: frozenset[str],
    children: Mapping[str, frozenset[str]],
) -> dict[tuple[str, str], Hashable]:
    """The finest territory whose counts are known of each (place, school)."""
    found: dict[tuple[str, str], Any] = {}
    for place, schools in counts.items():
        for school in schools:
            if place in parents:
                found[place, school] = _REST
            elif school in children[place]:
                found[place, school] = (place,)
            else:
                found[place, school] = (place, school)
    return found


def _figures(results: list[Result]) -> Figures:
    first = results[0]
    return Figures(
        people=len(results),
        high=sum(
            any(phase.level.degree is Degree.FORMED for phase in result.phases)
            for result in results
        ),
        phases=tuple(
            _by_degree(result.phases[index].level.degree for result in results)
            for index in range(len(first.phases))
        ),
        symptoms=tuple(
            _by_degree(result.symptoms[index].level.degree for result in results)
            for index in range(len(first.symptoms))
        ),
    )


def _by_degree(degrees: Iterable[Degree]) -> dict[Degree, int]:
    found: dict[Degree, int] = {}
    for degree in degrees:
        found[degree] = found.get(degree, 0) + 1
    return found
