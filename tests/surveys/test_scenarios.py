"""Whole conversations, each a data file in `scenarios/`: what is asked, said, stored, refused."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from surveys.answers import Answer
from surveys.engine import (
    Ask,
    Refusal,
    Review,
    Step,
    accept,
    back,
    check,
    effective,
    next_step,
    step_at,
    summary,
    validate_answers,
)
from surveys.loading import load_all

SCENARIOS = sorted((Path(__file__).parent / "scenarios").glob("*.toml"))
SHIPPED = load_all()


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_the_conversation_goes_as_written(path: Path) -> None:
    scenario = tomllib.loads(path.read_text(encoding="utf-8"))
    questionnaire = SHIPPED[scenario["questionnaire"]]
    now: datetime = scenario["now"]
    answers: dict[str, Answer] = {}
    step: Step = next_step(questionnaire, answers, now=now)
    misses = 0
    for place, turn in enumerate(scenario["turns"], 1):
        where = f"{path.name}, turn {place}"
        assert_asked(step, turn, where)
        for name in turn.get("lacks", []):
            assert name not in effective(questionnaire, answers, now=now), where
        if "opens" in turn:
            step = step_at(questionnaire, answers, turn["opens"], now=now)
        elif "back" in turn:
            step = back(questionnaire, answers, turn["asks"], now=now)
        elif turn["asks"] != "review":
            name = turn["asks"]
            if "says" in turn:
                found = accept(questionnaire, name, turn["says"], answers, now=now, misses=misses)
            else:
                found = check(questionnaire, name, turn.get("taps"), answers, now=now)
            if isinstance(found, Refusal):
                misses += 1
                assert (found.code, found.help) == (turn.get("refused"), turn.get("help", False)), (
                    where
                )
                continue
            assert "refused" not in turn, where
            assert found.answer == turn.get("stores"), where
            misses = 0
            answers[name] = found.answer
            step = next_step(questionnaire, answers, now=now)
    assert isinstance(step, Review)
    assert validate_answers(questionnaire, answers, now=now) == {}
    shown = {item.name: text for item, text in summary(questionnaire, answers, now=now) if text}
    assert shown == scenario["summary"]


def assert_asked(step: Step, turn: dict[str, Any], where: str) -> None:
    if isinstance(step, Review):
        assert turn["asks"] == "review", where
        return
    assert isinstance(step, Ask)
    assert step.item.name == turn["asks"], where
    if "progress" in turn:
        assert f"{step.number} of {step.total}" == turn["progress"], where
    if "label" in turn:
        assert step.label == turn["label"], where


def test_every_shipped_questionnaire_has_a_conversation_and_every_item_is_asked_in_one() -> None:
    asked: dict[str, set[str]] = {name: set() for name in SHIPPED}
    for path in SCENARIOS:
        scenario = tomllib.loads(path.read_text(encoding="utf-8"))
        asked[scenario["questionnaire"]] |= {turn["asks"] for turn in scenario["turns"]}
    never = {name: {i.name for i in q.items} - asked[name] for name, q in SHIPPED.items()}
    assert never == {name: set() for name in SHIPPED}
