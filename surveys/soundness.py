"""Whether a questionnaire can be asked in a Telegram chat: every fault at once.

Used for shipped definitions and for coordinators' workbooks alike.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from surveys.expressions import ExpressionFault, parse, recalled
from surveys.faults import Fault, FaultCode
from surveys.questionnaire import (
    OTHER,
    Band,
    Calculate,
    Choice,
    Closed,
    Group,
    Item,
    Measure,
    Note,
    Questionnaire,
    Range,
)
from surveys.reachability import never_applies

NAME = re.compile(r"[^\W\d][\w.-]*")
"""XLSForm's rule for names of items, in any alphabet: buttons name items by their place."""

CHOICE_NAME = re.compile(r"\S+")
"""A list of chosen names is written with spaces between (XForms' select)."""

BUTTONS = 100
"""Telegram shows at most 100 inline buttons under one message; «назад» and the like want a few."""

LIMITS = {"title": 128, "about": 3500, "thanks": 3500}
QUESTION = 3000
"""Characters of label, hint and choices together: with progress and frame below Telegram's 4096."""
CHOICE_LABEL = 200


def faults(questionnaire: Questionnaire) -> list[Fault]:
    """Everything that stands against asking this questionnaire, in its own order."""
    found = [*_whole(questionnaire)]
    groups = [*_groups(questionnaire)]
    for place, item in enumerate(questionnaire.items):
        wrong = [*_item(questionnaire, place, item)]
        found += wrong
        # Only what is sound can be walked through (a loop of groups has no end).
        if not wrong and not groups and never_applies(questionnaire, item):
            args = {"expression": _condition(questionnaire, item)}
            found.append(Fault(FaultCode.UNREACHABLE, item.name, args))
    return [*found, *groups, *_bands(questionnaire.bands, {i.name for i in questionnaire.items})]


def _condition(questionnaire: Questionnaire, item: Item) -> str:
    """What stands in the item's way: its own condition, else that of the nearest group with one."""
    conditions, name = [item.relevant], item.group
    groups = {group.name: group for group in questionnaire.groups}
    while name is not None:
        conditions.append(groups[name].relevant)
        name = groups[name].parent
    return next(filter(None, conditions), "")


def _whole(questionnaire: Questionnaire) -> Iterator[Fault]:
    if not questionnaire.title.strip():
        yield Fault(FaultCode.EMPTY_LABEL, args={"column": "title"})
    for column, limit in LIMITS.items():
        length = len(getattr(questionnaire, column))
        if length > limit:
            args = {"column": column, "length": length, "limit": limit}
            yield Fault(FaultCode.TOO_LONG, args=args)
    if all(isinstance(item, Note | Calculate) for item in questionnaire.items):
        yield Fault(FaultCode.NO_QUESTIONS)
    names = [item.name for item in questionnaire.items]
    names += [group.name for group in questionnaire.groups]
    for name, count in Counter(names).items():
        if count > 1:
            yield Fault(FaultCode.DUPLICATE_NAME, name)


def _item(questionnaire: Questionnaire, place: int, item: Item) -> Iterator[Fault]:
    yield from _words(item)
    if isinstance(item, Closed):
        yield from _choices(item)
    if isinstance(item, Range):
        yield from _range(item)
    yield from _measure(item)
    if item.group and all(group.name != item.group for group in questionnaire.groups):
        yield Fault(FaultCode.UNKNOWN_GROUP, item.name, {"group": item.group})
    yield from _expressions(questionnaire, place, item)


def _words(item: Item) -> Iterator[Fault]:
    if not NAME.fullmatch(item.name):
        yield Fault(FaultCode.BAD_NAME, item.name, {"name": item.name})
    if not item.label.strip() and not isinstance(item, Calculate):
        yield Fault(FaultCode.EMPTY_LABEL, item.name, {"column": "label"})
    choices = item.choices if isinstance(item, Closed) else ()
    length = len(item.label) + len(item.hint or "") + sum(len(each.label) for each in choices)
    if length > QUESTION:
        args = {"column": "label", "length": length, "limit": QUESTION}
        yield Fault(FaultCode.TOO_LONG, item.name, args)
    for column in ("required_message", "constraint_message"):
        if (length := len(getattr(item, column) or "")) > QUESTION:
            args = {"column": column, "length": length, "limit": QUESTION}
            yield Fault(FaultCode.TOO_LONG, item.name, args)


def _choices(item: Closed) -> Iterator[Fault]:
    if not item.choices:
        yield Fault(FaultCode.NO_CHOICES, item.name)
    if len(item.choices) > BUTTONS - 5:
        args = {"count": len(item.choices), "limit": BUTTONS - 5}
        yield Fault(FaultCode.TOO_MANY_CHOICES, item.name, args)
    for choice in item.choices:
        yield from _choice(item, choice)
    for name, count in Counter(choice.name for choice in item.choices).items():
        if count > 1:
            yield Fault(FaultCode.DUPLICATE_CHOICE, item.name, {"choice": name})
    if not item.choice_filter:  # filtered lists may repeat a label, one of them being shown
        for label, count in Counter(choice.label for choice in item.choices).items():
            if count > 1:
                yield Fault(FaultCode.DUPLICATE_CHOICE_LABEL, item.name, {"label": label})


def _choice(item: Closed, choice: Choice) -> Iterator[Fault]:
    column = f"choice {choice.name}"
    if not CHOICE_NAME.fullmatch(choice.name):
        yield Fault(FaultCode.BAD_CHOICE_NAME, item.name, {"name": choice.name})
    if not choice.label.strip():
        yield Fault(FaultCode.EMPTY_LABEL, item.name, {"column": column})
    if len(choice.label) > CHOICE_LABEL:
        args = {"column": column, "length": len(choice.label), "limit": CHOICE_LABEL}
        yield Fault(FaultCode.TOO_LONG, item.name, args)
    if item.or_other and choice.name == OTHER:
        yield Fault(FaultCode.RESERVED_NAME, item.name, {"name": OTHER})


def _range(item: Range) -> Iterator[Fault]:
    if item.start >= item.end:
        yield Fault(FaultCode.EMPTY_RANGE, item.name, {"start": item.start, "end": item.end})
        return
    steps = (item.end - item.start) / item.step
    if steps > BUTTONS - 5:
        args: dict[str, object] = {"count": int(steps) + 1, "limit": BUTTONS - 5}
        yield Fault(FaultCode.TOO_MANY_CHOICES, item.name, args)
    if abs(steps - round(steps)) > 1e-9:
        args = {"start": item.start, "end": item.end, "step": item.step}
        yield Fault(FaultCode.UNEVEN_RANGE, item.name, args)


def _measure(item: Item) -> Iterator[Fault]:
    scored = isinstance(item, Closed) and any(each.score is not None for each in item.choices)
    fits = {
        None: True,
        Measure.SATISFACTION: scored or (isinstance(item, Range) and len(item.values()) == 5),
        Measure.EFFECT: scored,
        Measure.RELEVANCE: isinstance(item, Range) and (item.start, item.end) == (0, 100),
        Measure.READINESS: isinstance(item, Range) and (item.start, item.end) == (0, 100),
    }
    if not fits[item.measure]:
        yield Fault(FaultCode.MEASURE_NEEDS_SCALE, item.name, {"measure": str(item.measure)})


def _expressions(questionnaire: Questionnaire, place: int, item: Item) -> Iterator[Fault]:
    earlier = {each.name for each in questionnaire.items[:place]}
    known = {each.name for each in questionnaire.items}
    own = earlier | {item.name}
    sources = [
        ("relevant", item.relevant, earlier),
        ("constraint", item.constraint, own),
        ("calculation", item.calculation if isinstance(item, Calculate) else None, earlier),
        ("choice_filter", item.choice_filter if isinstance(item, Closed) else None, earlier),
    ]
    for column, source, allowed in sources:
        if source is None:
            continue
        found = parse(source, columns=column == "choice_filter")
        if isinstance(found, ExpressionFault):
            yield _expression_fault(item.name, column, found)
            continue
        yield from _references(item.name, column, found.references, allowed, known)
        if isinstance(item, Closed):
            has = {"name", "label"}.union(*(choice.columns for choice in item.choices))
            for name in found.columns:
                if name not in has:
                    yield Fault(FaultCode.UNKNOWN_COLUMN_IN_FILTER, item.name, {"name": name})
    for column, words in (("label", item.label), ("hint", item.hint or "")):
        yield from _references(item.name, column, recalled(words), earlier, known)


def _references(
    item: str, column: str, names: tuple[str, ...], allowed: set[str], known: set[str]
) -> Iterator[Fault]:
    for name in names:
        if name not in known:
            yield Fault(FaultCode.UNKNOWN_REFERENCE, item, {"column": column, "name": name})
        elif name not in allowed:
            yield Fault(FaultCode.FORWARD_REFERENCE, item, {"column": column, "name": name})


def _expression_fault(item: str, column: str, found: ExpressionFault) -> Fault:
    args = {
        "column": column,
        "problem": found.code,
        "expression": found.expression,
        "what": found.what,
        "at": found.column,
    }
    return Fault(FaultCode.EXPRESSION, item, args)


def _groups(questionnaire: Questionnaire) -> Iterator[Fault]:
    groups = {group.name: group for group in questionnaire.groups}
    order = [item.name for item in questionnaire.items]
    for group in questionnaire.groups:
        if group.parent and group.parent not in groups:
            yield Fault(FaultCode.UNKNOWN_GROUP, group.name, {"group": group.parent})
        elif _loops(group, groups):
            yield Fault(FaultCode.GROUP_LOOP, group.name, {"group": group.parent})
            return
        if group.relevant is None:
            continue
        found = parse(group.relevant)
        if isinstance(found, ExpressionFault):
            yield _expression_fault(group.name, "relevant", found)
            continue
        members = [
            order.index(item.name) for item in questionnaire.items if item.group == group.name
        ]
        allowed = set(order[: min(members, default=len(order))])
        yield from _references(group.name, "relevant", found.references, allowed, set(order))


def _loops(group: Group, groups: dict[str, Group]) -> bool:
    seen = set()
    here: Group | None = group
    while here is not None and here.name not in seen:
        seen.add(here.name)
        here = groups.get(here.parent or "")
    return here is not None


def _bands(bands: tuple[Band, ...], items: set[str]) -> Iterator[Fault]:
    for band in bands:
        if band.item not in items:
            yield Fault(FaultCode.BAND_WITHOUT_ITEM, band.item, {"name": band.item})
        if band.low > band.high:
            yield Fault(FaultCode.BAND_EMPTY, band.item, {"low": band.low, "high": band.high})
    ordered = sorted(bands, key=lambda band: (band.item, band.low))
    for one, after in pairwise(ordered):
        if one.item == after.item and after.low <= one.high:
            args = {"low": after.low, "high": one.high}
            yield Fault(FaultCode.BANDS_OVERLAP, one.item, args)
