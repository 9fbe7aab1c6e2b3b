"""Burnout screening by V. V. Boyko's method: 84 statements, 12 symptoms in 3 phases.

Source of the method: В. В. Бойко, «Методика диагностики уровня эмоционального выгорания» (1996).
What is computed, and the misprint in circulating handbooks: `docs/boyko.md`. A result is made of
sums alone: no norm, no percentile.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from surveys.boyko_key import ITEMS, Degree, Fault, Key, Level, PackRefusedError, parse_key


@dataclass(frozen=True, slots=True)
class Score:
    """Points of a symptom (0–30) or a phase (0–120) and the level they fall in."""

    name: str
    points: int
    level: Level


@dataclass(frozen=True, slots=True)
class Result:
    """What 84 answers come to. `key` is the edition it was computed with."""

    key: str
    symptoms: tuple[Score, ...]
    phases: tuple[Score, ...]

    @property
    def total(self) -> int:
        """Sum over all phases, 0–360."""
        return sum(phase.points for phase in self.phases)

    @property
    def dominant(self) -> tuple[int, ...]:
        """Numbers (1–12) of the dominant symptoms, highest first."""
        found = [
            (score.points, number)
            for number, score in enumerate(self.symptoms, 1)
            if score.level.degree is Degree.DOMINANT
        ]
        return tuple(number for _, number in sorted(found, key=lambda pair: (-pair[0], pair[1])))


def score(yes: Mapping[int, bool], key: Key | None = None) -> Result:
    """Score one complete form.

    Args:
        yes: item number (1–84) → whether the answer was «да».
        key: the shipped one by default.

    Raises:
        ValueError: not exactly the 84 items, or an answer that is no bool. An incomplete form has
            no score: a missing answer cannot be told from «нет», which counts in 15 items.
    """
    key = key or load_key()
    if set(yes) != set(range(1, ITEMS + 1)):
        missing = sorted(set(range(1, ITEMS + 1)) - set(yes))
        message = f"{len(yes)} answers, {ITEMS} are needed; missing {missing[:5]}"
        raise ValueError(message)
    if not all(isinstance(answer, bool) for answer in yes.values()):
        message = "every answer is True or False"
        raise ValueError(message)
    points = [
        sum(scored.weight for scored in symptom.items if yes[scored.item] is scored.answer)
        for symptom in key.symptoms
    ]
    phases = [0] * len(key.phases)
    for symptom, value in zip(key.symptoms, points, strict=True):
        phases[symptom.phase] += value
    return Result(
        key=key.edition,
        symptoms=tuple(
            Score(symptom.name, value, _level(key.symptom_levels, value))
            for symptom, value in zip(key.symptoms, points, strict=True)
        ),
        phases=tuple(
            Score(name, value, _level(key.phase_levels, value))
            for name, value in zip(key.phases, phases, strict=True)
        ),
    )


def _level(levels: tuple[Level, ...], points: int) -> Level:
    return next(level for level in levels if level.low <= points <= level.high)


@cache
def load_key() -> Key:
    """The shipped key, checked, the examples it ships with included.

    Raises:
        PackRefusedError: with every contradiction found.
    """
    text = files("surveys").joinpath("data/boyko/key.json").read_text(encoding="utf-8")
    return checked_key(json.loads(text))


def checked_key(data: Mapping[str, Any]) -> Key:
    """A key whose structure is sound and whose check vectors come out.

    Raises:
        PackRefusedError: with every contradiction found.
    """
    key = parse_key(data)
    faults = _vector_faults(key, data["check_vectors"])
    if faults:
        raise PackRefusedError(faults)
    return key


def _vector_faults(key: Key, vectors: list[Mapping[str, Any]]) -> list[tuple[Fault, str]]:
    faults = []
    for vector in vectors:
        result = score(_answers_of(vector["yes"]), key)
        symptoms = [each.points for each in result.symptoms]
        phases = [each.points for each in result.phases]
        if symptoms != vector["symptoms"] or phases != vector["phases"]:
            faults.append((Fault.CHECK_VECTOR, str(vector["yes"])))
    return faults


def _answers_of(rule: str) -> dict[int, bool]:
    """The answers that a check vector's words mean: «none», «all», «odd item numbers», «1..42»."""
    numbers = range(1, ITEMS + 1)
    if rule in ("none", "all"):
        return dict.fromkeys(numbers, rule == "all")
    if rule == "odd item numbers":
        return {number: number % 2 == 1 for number in numbers}
    low, high = map(int, rule.split(".."))
    return {number: low <= number <= high for number in numbers}
