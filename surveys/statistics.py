"""The figures of a report: shares with intervals, means, medians, distributions, zones, ranks.

Shares are fractions of 1. A figure of nobody is None, never zero: nobody asked is not nobody
pleased.
"""

import enum
import math
import statistics
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from surveys.answers import Answer, chosen
from surveys.questionnaire import (
    OTHER,
    Closed,
    Decimal,
    Integer,
    Item,
    Measure,
    Range,
    SelectMultiple,
)

Z95 = 1.959963984540054
"""The 97.5 % point of the standard normal distribution: a two-sided 95 % interval."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Interval:
    """Both ends, as fractions of 1."""

    low: float
    high: float


@dataclass(frozen=True)
class Share:
    """`count` of `n`; `interval` is Wilson's at 95 %, None where it does not apply."""

    count: float
    n: int
    interval: Interval | None

    @property
    def value(self) -> float:
        """The share, 0–1."""
        return self.count / self.n


class Zone(enum.StrEnum):
    """The region's colours for a percentage. A border belongs to the zone above it."""

    RED = "red"  # 0 ≤ share < 33 %
    ORANGE = "orange"  # 33 % ≤ share < 50 %
    YELLOW = "yellow"  # 50 % ≤ share < 75 %
    GREEN = "green"  # 75 % ≤ share ≤ 100 %


@dataclass(frozen=True)
class Bar:
    """One value of an item's distribution: a choice or a point of a scale.

    `share` is of those who answered; in a select_multiple the shares add up to more than 1.
    """

    name: str
    label: str
    count: int
    share: float


@dataclass(frozen=True)
class Figures:
    """What a report says about one item. `n` answered, `skipped` saw it and did not.

    `mean` and `median` are of the points (see `points`), None where there are none; `measured` is
    the share that the item's `measure` asks for.
    """

    n: int
    skipped: int
    distribution: tuple[Bar, ...]
    mean: float | None
    median: float | None
    measured: Share | None


def wilson(count: int, n: int, z: float = Z95) -> Interval:
    """Wilson's score interval for a share of `count` in `n`; ValueError unless 0 ≤ count ≤ n ≠ 0.

    E. B. Wilson (1927), Probable inference, JASA 22:209–212; recommended for small n by L. D.
    Brown, T. T. Cai, A. DasGupta (2001), Interval estimation for a binomial proportion, Statistical
    Science 16(2):101–133. Without continuity correction.
    """
    if not 0 <= count <= n or n == 0:
        raise ValueError(f"{count} of {n} is no share")
    p = count / n
    centre = p + z * z / (2 * n)
    spread = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    # At 0 and n the formula gives exactly 0 and 1; rounding must not push it past them.
    low = 0.0 if count == 0 else max(0.0, (centre - spread) / scale)
    high = 1.0 if count == n else min(1.0, (centre + spread) / scale)
    return Interval(low, high)


def share(count: int, n: int) -> Share | None:
    """A share with its interval; None for n = 0."""
    return Share(count, n, wilson(count, n)) if n else None


def response_rate(answered: int, invited: int | None) -> Share | None:
    """Those who answered among those invited; None if nobody was, or it is not known how many.

    American Association for Public Opinion Research, Standard Definitions (10th ed., 2023), RR1
    with every invited person eligible. Without an interval: all were asked, it is no sample.
    Answers of people who were not invited would make it more than 1; the caller leaves them out.
    """
    return Share(answered, invited, None) if invited else None


def zone(value: float) -> Zone:
    """The region's colour of a share (0–1)."""
    percent = round(value * 100, 9)  # 0.33 * 100 must not fall short of 33
    if percent < 33:
        return Zone.RED
    if percent < 50:
        return Zone.ORANGE
    return Zone.YELLOW if percent < 75 else Zone.GREEN


def ranks(values: Mapping[Key, float]) -> dict[Key, int]:
    """Places from the highest value down, ties share the better place («1224» ranking)."""
    return {
        key: 1 + sum(other > value for other in values.values()) for key, value in values.items()
    }


def points(item: Item, answer: Answer) -> float | None:
    """What an answer counts in a mean: a number itself, a choice its score; None: nothing."""
    if isinstance(item, Range | Integer | Decimal):
        return float(answer) if isinstance(answer, int | float) else None
    if isinstance(item, Closed) and not isinstance(item, SelectMultiple):
        names = chosen(answer)
        found = item.choice(names[0]) if len(names) == 1 else None
        return found.score if found else None
    return None


def satisfied_from(item: Item) -> float:
    """The points from which an answer counts as satisfied: the lower of the two highest of five."""
    if isinstance(item, Range):
        return item.values()[-2]
    scores = {choice.score for choice in item.choices} if isinstance(item, Closed) else set()
    return sorted(score for score in scores if score is not None)[-2]


def measured(item: Item, answers: Sequence[Answer]) -> Share | None:
    """The share that the item's `measure` asks for; None without a measure or without answers.

    Satisfaction: the two highest of five. Effect: a positive score; «трудно сказать» has no score
    and is left out of n. Relevance and readiness: the mean of the percents, without interval.
    """
    found = [value for answer in answers if (value := points(item, answer)) is not None]
    if item.measure is None or not found:
        return None
    if item.measure is Measure.SATISFACTION:
        return share(sum(value >= satisfied_from(item) for value in found), len(found))
    if item.measure is Measure.EFFECT:
        return share(sum(value > 0 for value in found), len(found))
    return Share(sum(found) / 100, len(found), None)


def distribution(item: Item, answers: Sequence[Answer]) -> tuple[Bar, ...]:
    """How often each choice or point of the scale was given, in the item's order, zeros too."""
    given = [answer for answer in answers if answer is not None]
    if isinstance(item, Range):
        marks = [
            (f"{value:g}", sum(answer == value for answer in given)) for value in item.values()
        ]
        return tuple(_bar(name, name.replace(".", ","), count, len(given)) for name, count in marks)
    if not isinstance(item, Closed):
        return ()
    labels = {choice.name: choice.label for choice in item.choices}
    if item.or_other:
        labels[OTHER] = item.other_label or OTHER
    return tuple(
        _bar(name, label, sum(name in chosen(answer) for answer in given), len(given))
        for name, label in labels.items()
    )


def figures(item: Item, answers: Sequence[Answer]) -> Figures:
    """The figures of one item from the answers of everybody it was asked of (None: skipped)."""
    found = [value for answer in answers if (value := points(item, answer)) is not None]
    n = sum(answer is not None for answer in answers)
    return Figures(
        n=n,
        skipped=len(answers) - n,
        distribution=distribution(item, answers),
        mean=statistics.fmean(found) if found else None,
        median=statistics.median(found) if found else None,
        measured=measured(item, answers),
    )


def _bar(name: str, label: str, count: int, n: int) -> Bar:
    return Bar(name, label, count, count / n if n else 0.0)
