"""Which items apply, given the answers so far: one pass over the questionnaire, top to bottom.

An expression may look at earlier items only (`surveys.loading` refuses others), so one pass is
enough and no item can wait for itself.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from surveys.answers import Answers, expression_value, label
from surveys.expressions import Expression, parse
from surveys.offering import offered
from surveys.questionnaire import Calculate, Closed, Item, Note, Questionnaire
from surveys.xpath import Scope, Value


class Standing(NamedTuple):
    """How an item stands: `applies` as things are; `certain` if no open question can change it.

    `question`: something is asked (a note and a calculate ask nothing). `counts`: it is a question
    that is asked or can still come to be.
    """

    item: Item
    applies: bool
    certain: bool
    answered: bool
    question: bool
    counts: bool


@dataclass(frozen=True)
class Walk:
    """The questionnaire walked through with these answers."""

    standings: tuple[Standing, ...]
    scope: Scope
    answers: Answers

    def standing(self, name: str) -> Standing | None:
        """How the item of that name stands; None if there is no such item."""
        return next((each for each in self.standings if each.item.name == name), None)


@dataclass(frozen=True, slots=True)
class _Stop:
    """One item of the way with its expressions, parsed; faulty ones are left out.

    A published questionnaire has no faulty one; a person is never blocked for it.
    """

    item: Item
    question: bool
    conditions: tuple[Expression, ...]  # its own and those of the groups around it
    choices: Expression | None  # the filter without which a closed item has nothing to choose
    calculation: Expression | None
    always: (
        tuple[Standing, Standing] | None
    )  # without and with an answer, where nothing else matters


class _Same:
    """A questionnaire as a key by identity: to compare two by their content takes longer."""

    __slots__ = ("form",)

    def __init__(self, form: Questionnaire) -> None:
        self.form = form

    def __hash__(self) -> int:
        return id(self.form)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.form is self.form


@lru_cache(maxsize=64)
def _way(key: _Same) -> tuple[tuple[_Stop, ...], dict[str, Item]]:
    """What does not depend on answers: it is asked for at every tap."""
    form = key.form
    groups = {group.name: group for group in form.groups}
    stops = []
    for item in form.items:
        conditions = [item.relevant]
        group = groups.get(item.group or "")
        while group is not None:
            conditions.append(group.relevant)
            group = groups.get(group.parent or "")
        question = not isinstance(item, Note | Calculate)
        parsed = tuple(found for source in conditions if (found := _parsed(source)) is not None)
        choices = (
            _parsed(item.choice_filter, columns=True)
            if isinstance(item, Closed) and not item.or_other
            else None
        )
        calculated = isinstance(item, Calculate)
        always = (
            Standing(item, True, True, False, question, question),
            Standing(item, True, True, True, question, question),
        )
        stops.append(
            _Stop(
                item,
                question,
                parsed,
                choices,
                _parsed(item.calculation) if isinstance(item, Calculate) else None,
                None if parsed or choices or calculated else always,
            )
        )
    return tuple(stops), {item.name: item for item in form.items}


def walk(questionnaire: Questionnaire, answers: Answers, *, now: datetime) -> Walk:
    """Walks through the questionnaire; `now` is aware, in the zone whose calendar counts."""
    values: dict[str, Value] = {}
    settled: dict[str, bool] = {}
    stops, items = _way(_Same(questionnaire))
    scope = Scope(
        values,
        now,
        label=lambda item, choice: label(items[item], choice) if item in items else choice,
    )
    standings = []
    for stop in stops:
        item, name = stop.item, stop.item.name
        if stop.always is not None:
            settled[name] = answered = name in answers
            if answered:
                values[name] = expression_value(answers[name])
            standings.append(stop.always[answered])
            continue
        applies = certain = True
        if stop.conditions:
            applies, certain = _judge(stop.conditions, scope, settled)
        if applies and stop.choices is not None:
            # A question without a single choice could never be answered, so it is not asked.
            applies = bool(offered(item, scope))
            certain = certain and _settled(stop.choices, settled)
        answered = name in answers
        if isinstance(item, Calculate):
            answered = applies
            settled[name] = certain and (
                stop.calculation is None or _settled(stop.calculation, settled)
            )
            if applies and stop.calculation is not None:
                values[name] = _plain(stop.calculation.value(scope))
        else:
            settled[name] = certain and (answered or not applies)
            if applies and answered:
                values[name] = expression_value(answers[name])
        counts = stop.question and (applies or not certain)
        standings.append(Standing(item, applies, certain, answered, stop.question, counts))
    return Walk(tuple(standings), scope, answers)


def _parsed(source: str | None, *, columns: bool = False) -> Expression | None:
    found = parse(source, columns=columns) if source else None
    return found if isinstance(found, Expression) else None


def _judge(
    conditions: tuple[Expression, ...], scope: Scope, settled: dict[str, bool]
) -> tuple[bool, bool]:
    applies, certain, surely_not = True, True, False
    for condition in conditions:
        holds = condition.holds(scope) is not False
        known = _settled(condition, settled)
        applies, certain = applies and holds, certain and known
        surely_not = surely_not or (known and not holds)
    return applies, certain or surely_not


def _settled(expression: Expression, settled: dict[str, bool]) -> bool:
    return all(settled.get(name, True) for name in expression.references)


def _plain(value: object) -> Value:
    """A computed value as it is stored; a fault or NaN is empty, a whole float is an int."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN
            return ""
        return int(value) if value == int(value) else value
    return value if isinstance(value, str | int) else ""
