"""A default is offered where the item would take it, and is nothing but an offer."""

from datetime import UTC, datetime

import pytest

from surveys.advice import AdviceCode, advice
from surveys.answers import Answer
from surveys.engine import Ask, next_step
from surveys.questionnaire import (
    Choice,
    Date,
    Decimal,
    Integer,
    Item,
    Questionnaire,
    Range,
    Rank,
    SelectMultiple,
    SelectOne,
    Text,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PQ = (Choice(name="p", label="П"), Choice(name="q", label="К"))


def offered(item: Item, answers: dict[str, Answer] | None = None) -> Answer:
    first = Text(name="first", label="Первый")
    form = Questionnaire(id="f", version=1, title="Анкета", items=(first, item))
    step = next_step(form, {"first": "слово", **(answers or {})}, now=NOW)
    return step.suggested if isinstance(step, Ask) else None


@pytest.mark.parametrize(
    ("item", "answer"),
    [
        (SelectOne(name="a", label="?", choices=PQ, default="q"), "q"),
        (SelectMultiple(name="a", label="?", choices=PQ, default="q p"), ["p", "q"]),
        (Rank(name="a", label="?", choices=PQ, default="q p"), ["q", "p"]),
        (Range(name="a", label="?", default="3"), 3),
        (Integer(name="a", label="?", default="7"), 7),
        (Decimal(name="a", label="?", default="2.5"), 2.5),
        (Text(name="a", label="?", default="как есть"), "как есть"),
        (Date(name="a", label="?", default="today()"), "2026-11-22"),
        (Text(name="a", label="?", default="${first}"), "слово"),
        (SelectOne(name="a", label="?", choices=PQ, default="z"), None),
        (Integer(name="a", label="?", default="много"), None),
        (Integer(name="a", label="?", default="7", constraint=". < 5"), None),
        (Text(name="a", label="?"), None),
    ],
)
def test_a_default_is_offered_where_it_fits(item: Item, answer: Answer) -> None:
    assert offered(item) == answer


def test_whoever_has_skipped_it_is_offered_nothing() -> None:
    item = Integer(name="a", label="?", default="7")
    form = Questionnaire(id="f", version=1, title="Анкета", items=(item,))
    assert not isinstance(next_step(form, {"a": None}, now=NOW), Ask)


def test_a_default_that_fits_nobody_is_told_to_the_author() -> None:
    def told(item: Item) -> list[AdviceCode]:
        form = Questionnaire(id="f", version=1, title="Анкета", items=(item,))
        return [found.code for found in advice(form)]

    assert told(Integer(name="a", label="?", default="много")) == [AdviceCode.DEFAULT_UNFIT]
    assert told(Integer(name="a", label="?", default="7", constraint=". < 5")) == []
    assert told(Date(name="a", label="?", default="today()")) == []
