"""Versions of a questionnaire joined into one list of items, by item name.

An item that a newer version dropped keeps its answers and stands after those still asked; its
words are those of the newest version that had it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.questionnaire import (
    OTHER,
    Acknowledge,
    Item,
    Note,
    Questionnaire,
    Range,
    Rank,
    SelectMultiple,
    SelectOne,
)

_CLOSED = (SelectOne, Acknowledge, SelectMultiple, Rank)


@dataclass(frozen=True)
class JoinedItem:
    """One item over all versions: `item` is its newest definition.

    `choices` are code → label of every version, the newest first; `scores` code → score.
    `uniform` says that every version has answers of one plain kind (no lists, no own words).
    """

    item: Item
    versions: tuple[int, ...]
    choices: Mapping[str, str]
    scores: Mapping[str, float]
    has_other: bool
    removed: bool
    uniform: bool

    @property
    def name(self) -> str:
        """The name that joins the versions."""
        return self.item.name

    @property
    def label(self) -> str:
        """The question; the name where an item has no words (calculate)."""
        return self.item.label or self.item.name


def join(versions: Mapping[int, Questionnaire], other_label: str) -> tuple[JoinedItem, ...]:
    """Every item that can carry an answer, in the newest order, dropped ones last."""
    newest_first = [versions[number] for number in sorted(versions, reverse=True)]
    definitions: dict[str, list[tuple[int, Item]]] = {}
    for questionnaire in newest_first:
        for item in questionnaire.items:
            if not isinstance(item, Note):
                found = definitions.setdefault(item.name, [])
                found.append((questionnaire.version, item))
    newest = newest_first[0].version
    return tuple(_joined(found, newest, other_label) for found in definitions.values())


def _joined(found: list[tuple[int, Item]], newest: int, other_label: str) -> JoinedItem:
    item = found[0][1]
    closed = [each for _, each in found if isinstance(each, _CLOSED)]
    choices: dict[str, str] = {}
    scores: dict[str, float] = {}
    for each in closed:
        for choice in each.choices:
            choices.setdefault(choice.name, choice.label or choice.name)
            if choice.score is not None:
                scores.setdefault(choice.name, choice.score)
    has_other = any(each.or_other for each in closed)
    if has_other:
        own = next((each.other_label for each in closed if each.other_label), None)
        choices.setdefault(OTHER, own or other_label)
    return JoinedItem(
        item=item,
        versions=tuple(sorted(version for version, _ in found)),
        choices=choices,
        scores=scores,
        has_other=has_other,
        removed=found[0][0] != newest,
        uniform=not has_other
        and len({each.type for _, each in found}) == 1
        and not isinstance(item, SelectMultiple | Rank),
    )


def is_closed(item: Item) -> bool:
    """Whether the item is answered by choosing one or several of its choices, or an order."""
    return isinstance(item, _CLOSED)


def has_grades(joined: JoinedItem) -> bool:
    """Whether an answer is worth points: a scale, or one choice of several that have scores."""
    return isinstance(joined.item, Range) or (
        isinstance(joined.item, SelectOne) and bool(joined.scores)
    )


def is_graded(joined: JoinedItem) -> bool:
    """Whether the choices are steps of one scale, and not just right and wrong."""
    return has_grades(joined) and (
        isinstance(joined.item, Range) or len(set(joined.scores.values())) > 2
    )
