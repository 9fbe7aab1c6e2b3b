"""Counting: one pass over the responses, in bounded memory, by item and municipality.

Everything the report says about numbers is computed from these counts, so a report of 20 000
responses costs one pass and the memory of its distinct answers.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from reports.joining import JoinedItem
from reports.responses import Response
from surveys.answers import Answer, chosen
from surveys.questionnaire import Rank, Text, Upload

Municipality = str | None
Value = str | int | float | tuple[str, int]
"""What is counted: a choice's code, a number, an ISO date; for rank (code, place from 1)."""

_BATCH = 500
_ABSENT: Final = object()


@dataclass
class ItemTally:
    """How an item was answered: how many people by municipality, and each value by municipality.

    A respondent with several choices counts once in `answered` and once in every choice. Words
    and files are counted only as answered.
    """

    answered: Counter[Municipality] = field(default_factory=Counter)
    values: Counter[tuple[Municipality, Value]] = field(default_factory=Counter)

    def people(self, groups: Collection[Municipality] | None = None) -> int:
        """How many people answered, of all municipalities or of `groups`."""
        if groups is None:
            return self.answered.total()
        return sum(self.answered[group] for group in groups)

    def counts(self, groups: Collection[Municipality] | None = None) -> Counter[Value]:
        """How often each value was given, in all municipalities or in `groups`."""
        found: Counter[Value] = Counter()
        for (group, value), count in self.values.items():
            if groups is None or group in groups:
                found[value] += count
        return found


@dataclass
class Tally:
    """The counts of a campaign; `content` and `asked` count people for the satisfied share."""

    people: Counter[Municipality]
    items: Mapping[str, ItemTally]
    content: Counter[Municipality] = field(default_factory=Counter)
    asked: Counter[Municipality] = field(default_factory=Counter)


def count(
    responses: Iterable[Response],
    items: Sequence[JoinedItem],
    high: Mapping[str, frozenset[Value]],
) -> Tally:
    """Counts all responses.

    `high` names the items that measure satisfaction with the values that mean «satisfied»; a
    person is satisfied when more than half of their answers to these items do.
    """
    tally = Tally(Counter(), {item.name: ItemTally() for item in items})
    for batch in _batches(responses):
        groups = [response.municipality for response in batch]
        answers = [response.answers for response in batch]
        tally.people.update(groups)
        for item in items:
            name = item.name
            column = [given.get(name, _ABSENT) for given in answers]
            _count_column(tally.items[name], item, groups, column)
        if high:
            _count_content(tally, high, groups, answers)
    for each in tally.items.values():
        _settle(each)
    return tally


def _batches(responses: Iterable[Response]) -> Iterator[list[Response]]:
    # Columns of a batch are counted by Counter in C, several times faster than answer by answer.
    waiting = iter(responses)
    while batch := list(islice(waiting, _BATCH)):
        yield batch


def _count_column(
    tally: ItemTally, item: JoinedItem, groups: list[Municipality], column: list[object]
) -> None:
    if isinstance(item.item, Text | Upload):
        tally.answered.update(
            group
            for group, value in zip(groups, column, strict=True)
            if value is not _ABSENT and value is not None
        )
    elif item.uniform:
        tally.values.update(zip(groups, column, strict=True))  # type: ignore[arg-type]  # settled below
    else:
        for group, value in zip(groups, column, strict=True):
            if value is not _ABSENT and value is not None:
                tally.answered[group] += 1
                for part in _parts(item, value):  # type: ignore[arg-type]  # an Answer by now
                    tally.values[group, part] += 1


def _parts(item: JoinedItem, value: Answer) -> Iterable[Value]:
    if isinstance(value, int | float):
        return (value,)
    if isinstance(item.item, Rank):
        return [(code, place) for place, code in enumerate(chosen(value), start=1)]
    return chosen(value)


def _count_content(
    tally: Tally,
    high: Mapping[str, frozenset[Value]],
    groups: list[Municipality],
    answers: Sequence[Mapping[str, Answer]],
) -> None:
    for group, given in zip(groups, answers, strict=True):
        grades = [
            value in satisfying
            for name, satisfying in high.items()
            if (value := _grade(given.get(name))) is not None
        ]
        if grades:
            tally.asked[group] += 1
            tally.content[group] += 2 * sum(grades) > len(grades)


def _grade(answer: Answer) -> Value | None:
    if isinstance(answer, dict) or isinstance(answer, list):  # noqa: SIM101  mypy narrows no union of a TypedDict
        return next(iter(chosen(answer)), None)
    return answer


def _settle(tally: ItemTally) -> None:
    """Takes out of a uniform item's counts who was not asked or skipped, and counts the others."""
    if tally.answered:
        return
    for group, value in [key for key in tally.values if key[1] is _ABSENT or key[1] is None]:
        del tally.values[group, value]
    for (group, _), times in tally.values.items():
        tally.answered[group] += times
