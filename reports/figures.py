"""Figures of counted grades: which grades mean «satisfied», mean, median, shares with interval."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from reports.joining import JoinedItem
from reports.tally import Value
from surveys.questionnaire import Range

Z95 = 1.959963984540054


@dataclass(frozen=True)
class Share:
    """A share of people: `count` of `people`, with the bounds of its Wilson 95 % interval."""

    count: int
    people: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share, 0…1."""
        return self.count / self.people


def share(count: int, people: int) -> Share | None:
    """The share with its interval (Wilson 1927, without continuity correction); None of nobody."""
    if people == 0:
        return None
    observed = count / people
    spread = Z95 * math.sqrt(observed * (1 - observed) / people + Z95**2 / (4 * people**2))
    centre = observed + Z95**2 / (2 * people)
    scale = 1 + Z95**2 / people
    return Share(count, people, (centre - spread) / scale, (centre + spread) / scale)


def mean(grades: Counter[float]) -> float | None:
    """The mean of counted grades; None without any."""
    people = grades.total()
    return sum(grade * times for grade, times in grades.items()) / people if people else None


def median(grades: Counter[float]) -> float | None:
    """The median of counted grades: of an even number, the middle of the two in the middle."""
    people = grades.total()
    if not people:
        return None
    lower = upper = None
    passed = 0
    for grade in sorted(grades):
        passed += grades[grade]
        if lower is None and passed * 2 >= people:
            lower = grade
        if passed * 2 > people:
            upper = grade
            break
    return ((lower or 0) + (upper or 0)) / 2


def grades_of(item: JoinedItem, counts: Mapping[Value, int]) -> Counter[float]:
    """How often each grade was given: numbers as they are, choices by their scores."""
    found: Counter[float] = Counter()
    for value, times in counts.items():
        if isinstance(value, str):
            if value in item.scores:
                found[item.scores[value]] += times
        elif not isinstance(value, tuple):
            found[value] += times
    return found


def scale(item: JoinedItem) -> dict[Value, float]:
    """The values of a graded item with their grades, worst first."""
    if isinstance(item.item, Range):
        return {value: value for value in item.item.values()}
    graded = sorted(item.scores.items(), key=lambda pair: pair[1])
    return dict(graded)


def satisfying(item: JoinedItem) -> frozenset[Value]:
    """The values that mean «satisfied»: the two highest of five grades.

    Of another number of grades those in the same upper part of the scale: 7 to 10 of 0 to 10
    are 3 quarters of the way up, as 4 of 1 to 5 is.
    """
    values = scale(item)
    if not values:
        return frozenset()
    low, high = min(values.values()), max(values.values())
    return frozenset(
        value for value, grade in values.items() if grade >= low + (high - low) * 0.75 - 1e-9
    )


def no_grades() -> Counter[float]:
    """What counts of grades are summed up from."""
    return Counter()
