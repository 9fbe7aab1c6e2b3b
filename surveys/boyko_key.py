"""The key of V. V. Boyko's method as data, and the checks it must pass to be used at all."""

import enum
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ITEMS = 84
SYMPTOM_MAXIMUM = 30
PHASE_MAXIMUM = 120


class Fault(enum.StrEnum):
    """What is wrong with a pack of data files."""

    ITEM_COUNT = "item_count"  # not 84 different items
    ITEM_TWICE = "item_twice"
    ITEM_UNKNOWN = "item_unknown"
    SYMPTOM_SUM = "symptom_sum"  # weights do not sum to 30
    PHASE_SUM = "phase_sum"  # do not sum to 120
    SCORED_ANSWER = "scored_answer"  # neither yes nor no
    LEVEL_GAP = "level_gap"  # levels leave out or repeat a score
    CHECK_VECTOR = "check_vector"  # a published example comes out otherwise
    STATEMENT_MISSING = "statement_missing"
    STATEMENT_EMPTY = "statement_empty"
    ADVICE_MISSING = "advice_missing"


class PackRefusedError(Exception):
    """The instrument may not be used: its data contradict the method. `faults` lists all."""

    def __init__(self, faults: list[tuple[Fault, str]]) -> None:
        super().__init__("; ".join(f"{fault}: {place}" for fault, place in faults))
        self.faults = faults


class Degree(enum.StrEnum):
    """How far a symptom or a phase has developed, in the method's four or three steps."""

    NONE = "none"
    FORMING = "forming"
    FORMED = "formed"
    DOMINANT = "dominant"  # symptoms only


@dataclass(frozen=True, slots=True)
class Scored:
    """An item of a symptom: which answer counts, and how much."""

    item: int
    answer: bool
    weight: int


@dataclass(frozen=True, slots=True)
class Symptom:
    """One of twelve: seven items whose weights sum to 30."""

    number: int
    name: str
    phase: int  # index in Key.phases
    items: tuple[Scored, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """Scores from `low` to `high`, inclusive, and the method's name for them."""

    low: int
    high: int
    degree: Degree
    name: str


@dataclass(frozen=True, slots=True)
class Key:
    """The key of the method under its edition name."""

    edition: str
    phases: tuple[str, ...]
    symptoms: tuple[Symptom, ...]
    symptom_levels: tuple[Level, ...]
    phase_levels: tuple[Level, ...]


def parse_key(data: Mapping[str, Any]) -> Key:
    """A key from its data file, refused unless it agrees with the method and with itself.

    Checked: 84 items, each once; each symptom sums to 30 and each phase to 120; levels cover every
    score once.

    Raises:
        PackRefusedError: with every contradiction found.
    """
    phases = tuple(data["phases"])
    degrees = (Degree.NONE, Degree.FORMING, Degree.FORMED, Degree.DOMINANT)
    key = Key(
        edition=data["key"],
        phases=phases,
        symptoms=tuple(
            Symptom(
                number=row["number"],
                name=row["name"],
                phase=phases.index(row["phase"]),
                items=tuple(
                    Scored(item["item"], item["scored_answer"] == "yes", item["weight"])
                    for item in row["items"]
                ),
            )
            for row in data["symptoms"]
        ),
        symptom_levels=_levels(data["symptom_levels"], degrees),
        phase_levels=_levels(data["phase_levels"], degrees),
    )
    faults = [*_answer_faults(data), *_item_faults(key), *_sum_faults(key), *_level_faults(key)]
    if faults:
        raise PackRefusedError(faults)
    return key


def _levels(rows: list[Mapping[str, Any]], degrees: tuple[Degree, ...]) -> tuple[Level, ...]:
    return tuple(
        Level(row["from"], row["to"], degree, row["name"])
        for row, degree in zip(rows, degrees, strict=False)
    )


def _answer_faults(data: Mapping[str, Any]) -> list[tuple[Fault, str]]:
    return [
        (Fault.SCORED_ANSWER, str(item["item"]))
        for row in data["symptoms"]
        for item in row["items"]
        if item["scored_answer"] not in ("yes", "no")
    ]


def _item_faults(key: Key) -> list[tuple[Fault, str]]:
    used = Counter(scored.item for symptom in key.symptoms for scored in symptom.items)
    faults = [(Fault.ITEM_TWICE, str(item)) for item, times in used.items() if times > 1]
    faults += [(Fault.ITEM_UNKNOWN, str(item)) for item in used if not 1 <= item <= ITEMS]
    if len(used) != ITEMS:
        faults.append((Fault.ITEM_COUNT, str(len(used))))
    return faults


def _sum_faults(key: Key) -> list[tuple[Fault, str]]:
    faults = []
    phases = [0] * len(key.phases)
    for symptom in key.symptoms:
        total = sum(scored.weight for scored in symptom.items)
        phases[symptom.phase] += total
        if total != SYMPTOM_MAXIMUM or any(scored.weight <= 0 for scored in symptom.items):
            faults.append((Fault.SYMPTOM_SUM, f"{symptom.number}: {total}"))
    faults += [
        (Fault.PHASE_SUM, f"{name}: {total}")
        for name, total in zip(key.phases, phases, strict=True)
        if total != PHASE_MAXIMUM
    ]
    return faults


def _level_faults(key: Key) -> list[tuple[Fault, str]]:
    faults = []
    for levels, top in ((key.symptom_levels, SYMPTOM_MAXIMUM), (key.phase_levels, PHASE_MAXIMUM)):
        covered = [points for level in levels for points in range(level.low, level.high + 1)]
        if covered != list(range(top + 1)):
            faults.append((Fault.LEVEL_GAP, f"0–{top}"))
    return faults
