"""Which items apply, given the answers so far: one pass over the questionnaire, top to bottom.

An expression may look at earlier items only (`surveys.loading` refuses others), so one pass is
enough and no item can wait for itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from surveys.answers import Answers, expression_value, label
from surveys.expressions import Expression, parse
from surveys.offering import offered
from surveys.questionnaire import Calculate, Closed, Item, Note, Questionnaire
from surveys.xpath import Scope, Value


@dataclass(frozen=True)
class Standing:
    """How an item stands: `applies` as things are; `certain` if no open question can change it."""

    item: Item
    applies: bool
    certain: bool
    answered: bool

    @property
    def possible(self) -> bool:
        """Whether it can still come to be asked."""
        return self.applies or not self.certain

    @property
    def question(self) -> bool:
        """Whether something is asked (a note and a calculate ask nothing)."""
        return not isinstance(self.item, Note | Calculate)


@dataclass(frozen=True)
class Walk:
    """The questionnaire walked through with some answers."""

    standings: tuple[Standing, ...]
    scope: Scope

    def standing(self, name: str) -> Standing | None:
        """How the item of that name stands; None if there is no such item."""
        return next((each for each in self.standings if each.item.name == name), None)


def walk(questionnaire: Questionnaire, answers: Answers, *, now: datetime) -> Walk:
    """Walks through the questionnaire; `now` is aware, in the zone whose calendar counts."""
    values: dict[str, Value] = {}
    settled: dict[str, bool] = {}
    items = {item.name: item for item in questionnaire.items}
    groups = {group.name: group for group in questionnaire.groups}
    scope = Scope(
        values,
        now,
        label=lambda item, choice: label(items[item], choice) if item in items else choice,
    )
    standings = []
    for item in questionnaire.items:
        conditions = [item.relevant] if item.relevant else []
        group = groups.get(item.group or "")
        while group is not None:
            conditions += [group.relevant] if group.relevant else []
            group = groups.get(group.parent or "")
        applies, certain = _judge(conditions, scope, settled)
        if applies and isinstance(item, Closed) and item.choice_filter and not item.or_other:
            # A question without a single choice could never be answered, so it is not asked.
            applies = bool(offered(item, scope))
            certain = certain and _settled(item.choice_filter, settled, columns=True)
        answered = item.name in answers
        if isinstance(item, Calculate):
            answered = applies
            settled[item.name] = certain and _settled(item.calculation, settled)
            if applies and isinstance(found := parse(item.calculation), Expression):
                values[item.name] = _plain(found.value(scope))
        else:
            settled[item.name] = certain and (answered or not applies)
            if applies and answered:
                values[item.name] = expression_value(answers[item.name])
        standings.append(Standing(item, applies, certain, answered))
    return Walk(tuple(standings), scope)


def _judge(conditions: Iterable[str], scope: Scope, settled: dict[str, bool]) -> tuple[bool, bool]:
    applies, certain, surely_not = True, True, False
    for source in conditions:
        found = parse(source)
        if not isinstance(found, Expression):
            continue  # a published questionnaire has none; never block a person for it
        holds = found.holds(scope) is not False
        known = _settled(source, settled)
        applies, certain = applies and holds, certain and known
        surely_not = surely_not or (known and not holds)
    return applies, certain or surely_not


def _settled(source: str, settled: dict[str, bool], *, columns: bool = False) -> bool:
    found = parse(source, columns=columns)
    return not isinstance(found, Expression) or all(
        settled.get(name, True) for name in found.references
    )


def _plain(value: object) -> Value:
    """A computed value as it is stored; a fault or NaN is empty, a whole float is an int."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN
            return ""
        return int(value) if value == int(value) else value
    return value if isinstance(value, str | int) else ""
