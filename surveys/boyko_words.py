"""The words of the screening: statements under an edition name, and what a person reads after.

The shipped statements are the project's own; an organisation that holds the right to the author's
wording loads it from a spreadsheet through `wording`.
"""

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from surveys.boyko_key import ITEMS, Degree, Fault, PackRefusedError


@dataclass(frozen=True, slots=True)
class Wording:
    """The statements shown, under an edition name that every result records."""

    edition: str
    title: str
    own_words: bool
    statements: tuple[str, ...]  # statement of item N at index N - 1


@cache
def load_wording() -> Wording:
    """The shipped wording: the project's own words, not the author's.

    Raises:
        PackRefusedError: a statement is missing or empty.
    """
    text = files("surveys").joinpath("data/boyko/statements.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return wording(
        data["edition"],
        data["title"],
        {int(number): words for number, words in data["statements"].items()},
        own_words=data["own_words"],
    )


def wording(
    edition: str, title: str, statements: Mapping[int, str], *, own_words: bool = False
) -> Wording:
    """A wording from numbered statements, with all its faults at once.

    Raises:
        PackRefusedError: a number is missing, unknown or empty, or a statement stands twice.
    """
    faults = [
        (Fault.STATEMENT_MISSING, str(number))
        for number in range(1, ITEMS + 1)
        if number not in statements
    ]
    faults += [
        (Fault.ITEM_UNKNOWN, str(number)) for number in statements if not 1 <= number <= ITEMS
    ]
    faults += [
        (Fault.STATEMENT_EMPTY, str(number))
        for number, words in statements.items()
        if not words.strip()
    ]
    times = Counter(words.strip().casefold() for words in statements.values() if words.strip())
    faults += [
        (Fault.ITEM_TWICE, str(number))
        for number, words in statements.items()
        if times[words.strip().casefold()] > 1
    ]
    if faults:
        raise PackRefusedError(faults)
    return Wording(
        edition, title, own_words, tuple(statements[n].strip() for n in range(1, ITEMS + 1))
    )


@dataclass(frozen=True, slots=True)
class PhaseWords:
    """A phase in plain words: its name, what it is, and one sentence per level."""

    name: str
    about: str
    by_degree: Mapping[Degree, str]


@dataclass(frozen=True, slots=True)
class SymptomWords:
    """A symptom in plain words and what helps."""

    plain: str
    advice: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What a person reads about the own result. `general` is by the highest phase."""

    edition: str
    phases: tuple[PhaseWords, ...]
    symptoms: tuple[SymptomWords, ...]
    general: Mapping[Degree, str]
    not_a_diagnosis: str


@cache
def load_advice() -> Advice:
    """The shipped words about results.

    Raises:
        PackRefusedError: a phase, a level or a symptom has no words.
    """
    text = files("surveys").joinpath("data/boyko/advice.toml").read_text(encoding="utf-8")
    return parse_advice(tomllib.loads(text))


def parse_advice(data: Mapping[str, Any]) -> Advice:
    """Words about results from their data file.

    Raises:
        PackRefusedError: with everything that is missing.
    """
    faults: list[tuple[Fault, str]] = []

    def words(*path: str) -> str:
        value: Any = data
        for step in path:
            value = value.get(step, {}) if isinstance(value, Mapping) else {}
        if not isinstance(value, str) or not value.strip():
            faults.append((Fault.ADVICE_MISSING, ".".join(path)))
            return ""
        return value

    def by_degree(*path: str) -> dict[Degree, str]:
        steps = {Degree.NONE: "low", Degree.FORMING: "middle", Degree.FORMED: "high"}
        return {degree: words(*path, step) for degree, step in steps.items()}

    advice = Advice(
        edition=words("edition"),
        phases=tuple(
            PhaseWords(
                words("phases", phase, "name"),
                words("phases", phase, "about"),
                by_degree("phases", phase),
            )
            for phase in ("tension", "resistance", "exhaustion")
        ),
        symptoms=tuple(
            SymptomWords(
                words("symptoms", str(number), "plain"), words("symptoms", str(number), "advice")
            )
            for number in range(1, 13)
        ),
        general=by_degree("general"),
        not_a_diagnosis=words("general", "not_a_diagnosis"),
    )
    if faults:
        raise PackRefusedError(faults)
    return advice
