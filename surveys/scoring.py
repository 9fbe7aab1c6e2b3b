"""What a computed value means: the bands of a questionnaire's calculate items.

A self-diagnostic gives the person what `for_person` bands say; a coordinator sees how many came
into each band.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.answers import Answer
from surveys.questionnaire import Band, Questionnaire


@dataclass(frozen=True)
class Reached:
    """The value of an item and the band it came into; None where no band covers it."""

    item: str
    value: float
    band: Band | None


def reached(questionnaire: Questionnaire, counted: Mapping[str, Answer]) -> tuple[Reached, ...]:
    """What came of each item with bands, in asking order.

    `counted` are the answers that count (`surveys.engine.effective`). An item that does not apply
    or has no number (a part was skipped) is left out: no result is better than a wrong one.
    """
    found = []
    for item in questionnaire.items:
        bands = [band for band in questionnaire.bands if band.item == item.name]
        value = counted.get(item.name)
        if bands and isinstance(value, int | float):
            fits = (band for band in bands if band.low <= value <= band.high)
            found.append(Reached(item.name, value, next(fits, None)))
    return tuple(found)


def for_person(questionnaire: Questionnaire, counted: Mapping[str, Answer]) -> tuple[Reached, ...]:
    """What the person is told about the own result."""
    return tuple(r for r in reached(questionnaire, counted) if r.band and r.band.for_person)


@dataclass(frozen=True)
class Result:
    """A result in words: what was counted (its label, perhaps ''), how much, what that means."""

    label: str
    value: float
    text: str


def results(questionnaire: Questionnaire, counted: Mapping[str, Answer]) -> tuple[Result, ...]:
    """`for_person` in words, in asking order."""
    return tuple(
        Result(questionnaire.item(found.item).label, found.value, found.band.text)
        for found in for_person(questionnaire, counted)
        if found.band is not None
    )


def distribution(
    questionnaire: Questionnaire, responses: Sequence[Mapping[str, Answer]]
) -> dict[str, dict[Band | None, int]]:
    """How many responses came into each band, by item; None: a value that no band covers."""
    counts: dict[str, dict[Band | None, int]] = {}
    for band in questionnaire.bands:
        counts.setdefault(band.item, {})[band] = 0
    for counted in responses:
        for each in reached(questionnaire, counted):
            bands = counts[each.item]
            bands[each.band] = bands.get(each.band, 0) + 1
    return counts
