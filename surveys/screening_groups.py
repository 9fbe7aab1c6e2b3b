"""What of a screening may ever be shown about groups: computed once, when the campaign closes.

What leaves this module is a `Summary`: groups that may be shown, with their counts, and nothing of
the others. It is frozen then. A report drawn later, or for a narrower reader, is a part of it, so
no two reports can be subtracted from each other: not even after somebody has had their entry
deleted.

All figures are counts over the same people, divided thrice: by territory (schools within
municipalities, so in the end one partition: schools shown, the rest of each municipality, the rest
of all), by position group and by length of service. The first is made safe by
`surveys.suppression.nested`; all three together by `surveys.partitions.safe`: no group of fewer
than `MINIMUM` people equals a sum or difference of groups shown.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

from surveys.boyko import Result
from surveys.boyko_key import Degree
from surveys.partitions import safe
from surveys.suppression import nested
from surveys.vocabulary import POSITION_GROUPS

MINIMUM = 10
"""People in the smallest group of which anything is shown (health data; elsewhere five)."""
OTHERS = "others"
POSITIONS = (*(code for code, _ in POSITION_GROUPS), OTHERS)
SERVICE = ("under-3", "3-9", "10-19", "20-up")
"""Groups of the length of service, in whole years; '' is somebody who would not say."""


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
    services: dict[str, Figures] = {}  # none in what was counted before it was asked
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
    service: str = ""


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
    for one in every:
        schools = by_place.setdefault(one.municipality, {})
        schools.setdefault(one.organisation, []).append(one.result)
    counts = {
        place: {school: len(results) for school, results in schools.items()}
        for place, schools in by_place.items()
    }
    # An unnamed place or school has no row of its own; it stays among what is not shown.
    parents, children = nested(counts, minimum=minimum)
    block = _blocks(counts, parents, children)
    positions, services = _shown(
        Counter(
            (block[one.municipality, one.organisation], one.position, one.service) for one in every
        ),
        minimum,
    )
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
            group: _figures([one.result for one in every if one.position == group])
            for group in sorted(positions)
        },
        services={
            group: _figures([one.result for one in every if one.service == group])
            for group in SERVICE
            if group in services
        },
        wordings=tuple(sorted({one.wording for one in every})),
        keys=tuple(sorted({one.result.key for one in every})),
    )


_REST = ("rest",)
_MERGED = ""


def _shown(
    crossed: Mapping[tuple[Hashable, str, str], int], minimum: int
) -> tuple[frozenset[str], frozenset[str]]:
    """The position groups and the lengths of service that may be shown beside the territories.

    Where something could be computed, they give way, the smallest first, and not the territories:
    who is helped is decided by territory. What was hidden in vain is shown again at the end.
    """
    sizes: Counter[tuple[int, str]] = Counter()
    for (_, *groups), count in crossed.items():
        for side, group in enumerate(groups):
            sizes[side, group] += count
    order = sorted(
        (one for one in sizes if one[1] and sizes[one] >= minimum),
        key=lambda one: (sizes[one], one),
    )
    shown = set(order)
    if sum(crossed.values()) < minimum:
        return frozenset(), frozenset()

    def harmless(trial: set[tuple[int, str]]) -> bool:
        table: Counter[tuple[Hashable, str, str]] = Counter()
        for (row, position, service), count in crossed.items():
            key = (
                row,
                position if (0, position) in trial else _MERGED,
                service if (1, service) in trial else _MERGED,
            )
            table[key] += count
        return safe(table, minimum=minimum)

    while shown and not harmless(shown):
        shown.remove(next(one for one in order if one in shown))
    for one in reversed(order):
        if one not in shown and harmless(shown | {one}):
            shown.add(one)
    return (
        frozenset(group for side, group in shown if side == 0),
        frozenset(group for side, group in shown if side == 1),
    )


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
