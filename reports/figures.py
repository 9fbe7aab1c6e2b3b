"""Figures of counted grades: `surveys.statistics` computes from single answers, this from counts.

A report of 20 000 responses is counted in one pass; its means and medians come from the counts.
"""

from collections import Counter
from collections.abc import Mapping

from reports.joining import JoinedItem
from reports.tally import Value
from surveys.questionnaire import Range
from surveys.statistics import satisfied_from


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
    """The values that mean «satisfied»: the two highest (`surveys.statistics.satisfied_from`)."""
    values = scale(item)
    if len(set(values.values())) < 2:
        return frozenset()
    least = satisfied_from(item.item)
    return frozenset(value for value, grade in values.items() if grade >= least)


def no_grades() -> Counter[float]:
    """What counts of grades are summed up from."""
    return Counter()
