"""Every code of the questionnaires has its words, and the words have their particulars."""

import re
from string import Formatter
from typing import Any

import pytest

from bot.texts import forms
from surveys.expressions import ExpressionCode
from surveys.faults import Fault, FaultCode
from surveys.loading import build
from surveys.questionnaire import Integer, Text
from surveys.refusals import Code, Refusal


def test_every_code_is_worded() -> None:
    assert set(forms.REFUSED) == set(Code)
    assert set(forms.FAULTS) == set(FaultCode)
    assert set(forms.EXPRESSIONS) == set(ExpressionCode)


@pytest.mark.parametrize("pattern", [*forms.REFUSED.values(), *forms.FAULTS.values()])
def test_words_are_russian_sentences_without_shouting(pattern: str) -> None:
    assert re.match("[А-ЯЁ«]", pattern)
    assert pattern.endswith((".", "?", "{problem}."))
    assert "!" not in pattern


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            {"relevant": "${ghost} = 1"},
            "«x»: В поле «relevant» упомянут вопрос «ghost», которого нет. Проверьте имя.",
        ),
        (
            {"constraint": ". > (1"},
            "«x»: В поле «constraint» выражение «. > (1»: не понятно, оно обрывается; "
            "проверьте скобки, кавычки и знаки.",
        ),
        (
            {"relevant": "age > 5"},
            "«x»: В поле «relevant» выражение «age > 5»: имя age стоит само по себе; вопрос "
            "пишется как ${age}, текст берётся в кавычки.",
        ),
        (
            {"type": "range", "end": 4, "step": 1.5},
            None,
        ),
        (
            {"type": "range", "end": 5, "step": 1.5},
            "«x»: Шкала от 1 до 5 не делится на шаг 1,5. Измените шаг или конец.",
        ),
    ],
)
def test_a_fault_is_told_with_place_reason_and_remedy(
    row: dict[str, Any], said: str | None
) -> None:
    item = {"type": "text", "name": "x", "label": "?"} | row
    _, found = build({"id": "q", "version": 1, "title": "Проба", "items": [item]})
    assert [forms.fault(each) for each in found] == ([said] if said else [])


def test_all_faults_come_as_a_list_with_their_files() -> None:
    found = [
        Fault(FaultCode.NO_QUESTIONS, file="one.toml"),
        Fault(FaultCode.NO_CHOICES, "x", file="two.toml"),
    ]
    assert forms.faults(found).splitlines() == [
        "• one.toml: В анкете нет ни одного вопроса. Добавьте хотя бы один.",
        "• two.toml, «x»: Нет ни одного варианта ответа. Добавьте их.",
    ]


def test_the_questionnaires_own_words_go_before_ours() -> None:
    item = Integer(name="n", label="?", required=True)
    own = Refusal(Code.CONSTRAINT, {"message": "От 1 до 30."})
    assert forms.refused(item, own) == "От 1 до 30."
    assert forms.refused(item, Refusal(Code.CONSTRAINT, {"message": None})) == (
        "Такой ответ не подходит."
    )


def test_a_near_miss_is_offered_and_help_comes_when_needed() -> None:
    item = Text(name="t", label="?")
    refusal = Refusal(Code.AMBIGUOUS_CHOICE, {"closest": ["Скорее да", "Скорее нет"]}, help=True)
    assert forms.refused(item, refusal) == (
        "Подходит несколько вариантов. Возможно, вы имели в виду: «Скорее да», «Скорее нет»?"
        "\n\nНапишите ответ обычным сообщением. Этот вопрос можно пропустить."
    )


def test_patterns_ask_only_for_what_the_codes_declare() -> None:
    for code, pattern in forms.FAULTS.items():
        names = {name for _, name, _, _ in Formatter().parse(pattern) if name}
        assert names <= {
            *("reason", "id", "column", "given", "list", "name", "length", "limit", "choice"),
            *("count", "label", "start", "end", "step", "problem", "expression", "group", "low"),
            *("high", "measure"),
        }, code
