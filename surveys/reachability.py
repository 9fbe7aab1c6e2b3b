"""Whether an item can ever be shown: every combination of the answers it depends on is tried.

Exhaustive where the answers are few (choices, scales); where they are not (typed numbers, words,
dates, the clock), nothing is claimed.
"""

from datetime import UTC, datetime
from itertools import chain, combinations, product

from surveys.answers import Answer
from surveys.applicability import walk
from surveys.expressions import Expression, parse
from surveys.questionnaire import (
    OTHER,
    Acknowledge,
    Calculate,
    Closed,
    Item,
    Note,
    Questionnaire,
    Range,
    SelectMultiple,
    SelectOne,
)

TRIALS = 4000
"""Combinations tried at most for one item; beyond, nothing is claimed. About 0.2 s."""


def never_applies(questionnaire: Questionnaire, item: Item) -> bool:
    """True only if no answers at all can bring the item up."""
    needed = _needed(questionnaire, item) if item.relevant or item.group else None
    if needed is None:
        return False
    domains = [_domain(each) for each in needed]
    trials = 1
    for domain in domains:
        if domain is None or (trials := trials * len(domain)) > TRIALS:
            return False
    small = questionnaire.model_copy(update={"items": (*needed, item)})
    now = datetime(2026, 1, 1, tzinfo=UTC)  # no needed expression looks at the clock
    names = [each.name for each in needed]
    for combination in product(*(domain or () for domain in domains)):
        standing = walk(small, dict(zip(names, combination, strict=True)), now=now).standings[-1]
        if standing.applies:
            return False
    return True


def _needed(questionnaire: Questionnaire, item: Item) -> tuple[Item, ...] | None:
    """The items it depends on, directly or not, in asking order; None if the clock matters."""
    items = {each.name: each for each in questionnaire.items}
    groups = {group.name: group for group in questionnaire.groups}
    found: set[str] = set()
    queue = [item]
    while queue:
        each = queue.pop()
        sources = [each.relevant, each.calculation if isinstance(each, Calculate) else None]
        sources.append(each.choice_filter if isinstance(each, Closed) else None)
        group = groups.get(each.group or "")
        seen: set[str] = set()
        while group is not None and group.name not in seen:
            seen.add(group.name)
            sources.append(group.relevant)
            group = groups.get(group.parent or "")
        for source in filter(None, sources):
            expression = parse(source, columns=isinstance(each, Closed))
            if not isinstance(expression, Expression) or expression.uses_clock:
                return None
            fresh = [name for name in expression.references if name in items and name not in found]
            found |= set(fresh)
            queue += [items[name] for name in fresh]
    return tuple(each for each in questionnaire.items if each.name in found)


def _domain(item: Item) -> list[Answer] | None:
    """Every answer of an item that an expression can tell apart; None if there are too many."""
    skipped: list[Answer] = [] if item.required else [None]
    match item:
        case Note() | Calculate():
            return [None]
        case SelectOne() | Acknowledge():
            names = [choice.name for choice in item.choices] + ([OTHER] if item.or_other else [])
            return [*skipped, *names]
        case SelectMultiple():
            names = [choice.name for choice in item.choices] + ([OTHER] if item.or_other else [])
            if len(names) > 10:
                return None
            sizes = range(1, len(names) + 1)
            subsets = chain.from_iterable(combinations(names, size) for size in sizes)
            return [*skipped, *([*subset] for subset in subsets)]
        case Range():
            return [*skipped, *item.values()]
        case _:
            return None
