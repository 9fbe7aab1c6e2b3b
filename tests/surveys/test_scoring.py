"""Self-diagnostics: sums of scores, bands, what the person is told."""

from datetime import UTC, datetime

from surveys.answers import Answer
from surveys.engine import effective
from surveys.loading import build
from surveys.questionnaire import Questionnaire
from surveys.scoring import distribution, for_person, reached

NOW = datetime(2026, 11, 22, tzinfo=UTC)
FREQUENCY = [
    {"name": "0", "label": "Никогда"},
    {"name": "1", "label": "Иногда"},
    {"name": "2", "label": "Всегда"},
]


def card() -> Questionnaire:
    """A tiny тест-карта: two questions, a sum, three bands with a hole between two of them."""
    found, faults = build(
        {
            "id": "card",
            "version": 1,
            "title": "Тест-карта",
            "items": [
                {"name": "plan", "type": "select_one", "label": "План", "choices": FREQUENCY},
                {"name": "check", "type": "select_one", "label": "Итог", "choices": FREQUENCY},
                {"name": "sum", "type": "calculate", "calculation": "${plan} + ${check}"},
            ],
            "bands": [
                {"item": "sum", "low": 0, "high": 1, "text": "Начало", "for_person": True},
                {"item": "sum", "low": 2, "high": 2, "text": "Середина"},
                {"item": "sum", "low": 4, "high": 4, "text": "Уверенно", "for_person": True},
            ],
        }
    )
    assert faults == []
    assert found is not None
    return found


def counted(plan: Answer, check: Answer) -> dict[str, Answer]:
    return effective(card(), {"plan": plan, "check": check}, now=NOW)


def texts(answers: dict[str, Answer]) -> list[tuple[float, str | None]]:
    return [(r.value, r.band.text if r.band else None) for r in reached(card(), answers)]


def test_a_sum_falls_into_its_band_ends_included() -> None:
    assert texts(counted("0", "0")) == [(0, "Начало")]
    assert texts(counted("0", "1")) == [(1, "Начало")]
    assert texts(counted("1", "1")) == [(2, "Середина")]
    assert texts(counted("2", "2")) == [(4, "Уверенно")]


def test_a_value_between_bands_is_in_none() -> None:
    assert texts(counted("1", "2")) == [(3, None)]


def test_a_form_with_a_gap_has_no_result() -> None:
    assert texts(counted("2", None)) == []
    assert for_person(card(), {"plan": "2"}) == ()


def test_the_person_is_told_only_what_is_for_the_person() -> None:
    assert [each.value for each in for_person(card(), counted("2", "2"))] == [4]
    assert for_person(card(), counted("1", "1")) == ()


def test_the_coordinator_sees_how_many_came_into_each_band() -> None:
    responses = [counted("0", "0"), counted("1", "0"), counted("1", "2"), counted("2", None)]
    found = distribution(card(), responses)
    assert [(band.text if band else None, n) for band, n in found["sum"].items()] == [
        ("Начало", 2),
        ("Середина", 0),
        ("Уверенно", 0),
        (None, 1),
    ]
