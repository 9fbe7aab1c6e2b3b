"""A corrected roadmap against the earlier import: what was added, changed, moved, removed.

An event is the same one if its number and title are; else its title alone (renumbered); else its
number, with a title that is nearly the same (reworded). What is left over was added or removed.
Each event is matched once, so that nothing doubles and nothing that people signed up for is
dropped unseen.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from roadmap.model import Event
from roadmap.text import fold

NEARLY_SAME = 75  # per cent of rapidfuzz's token_sort_ratio: a title reworded, not another event
WHEN = ("windows", "precision", "ongoing", "every_years", "times_per_year")
WHAT = ("number", "section", "title", "audience", "responsible", "task")

Field = Literal["number", "section", "title", "audience", "responsible", "task", "when"]


@dataclass(frozen=True, slots=True)
class Pair:
    """An event before and after; `fields` that differ."""

    before: Event
    after: Event
    fields: tuple[Field, ...]

    @property
    def moved(self) -> bool:
        """Whether it is at another time now, so that those who signed up must hear of it."""
        return "when" in self.fields


@dataclass(frozen=True, slots=True)
class Changes:
    """Every event of both versions, each exactly once, in the order of the documents."""

    added: tuple[Event, ...]
    removed: tuple[Event, ...]
    changed: tuple[Pair, ...]
    moved: tuple[Pair, ...]
    same: tuple[Pair, ...]


def compare(before: Sequence[Event], after: Sequence[Event]) -> Changes:
    """What the corrected version `after` does to the imported one."""
    pairs = _matched(before, after)
    found = [
        Pair(before[i], after[j], _differing(before[i], after[j])) for j, i in sorted(pairs.items())
    ]
    matched_before = set(pairs.values())
    return Changes(
        added=tuple(event for j, event in enumerate(after) if j not in pairs),
        removed=tuple(event for i, event in enumerate(before) if i not in matched_before),
        changed=tuple(pair for pair in found if pair.fields and not pair.moved),
        moved=tuple(pair for pair in found if pair.moved),
        same=tuple(pair for pair in found if not pair.fields),
    )


def _matched(before: Sequence[Event], after: Sequence[Event]) -> dict[int, int]:
    """Index in `after` → index in `before`; the surest likeness first."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()

    def match(
        key: Callable[[Event], Hashable | None], likely: Callable[[Event, Event], bool]
    ) -> None:
        free: defaultdict[Hashable, list[int]] = defaultdict(list)
        for i, event in enumerate(before):
            if i not in taken and (name := key(event)) is not None:
                free[name].append(i)
        for j, event in enumerate(after):
            if j in pairs or (name := key(event)) is None:
                continue
            for i in free[name]:
                if i not in taken and likely(before[i], event):
                    pairs[j] = i
                    taken.add(i)
                    break

    match(_whole, _always)
    match(_number_and_title, _always)
    match(_title, _always)
    match(_number, _similar)
    return pairs


def _whole(event: Event) -> Hashable:
    return _number_and_title(event), event.term, event.audience, event.responsible


def _number_and_title(event: Event) -> Hashable:
    return event.number, fold(event.title)


def _number(event: Event) -> Hashable | None:
    return event.number or None


def _title(event: Event) -> Hashable | None:
    return fold(event.title) or None


def _always(_before: Event, _after: Event) -> bool:
    return True


def _similar(before: Event, after: Event) -> bool:
    return fuzz.token_sort_ratio(fold(before.title), fold(after.title)) >= NEARLY_SAME


def _differing(before: Event, after: Event) -> tuple[Field, ...]:
    fields: list[Field] = [
        name  # type: ignore[misc] # WHAT holds names of fields
        for name in WHAT
        if getattr(before, name) != getattr(after, name)
    ]
    if any(getattr(before, name) != getattr(after, name) for name in WHEN):
        fields.append("when")
    return tuple(fields)
