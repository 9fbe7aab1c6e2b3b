"""The region's target indicators, as its roadmaps name them, with a code for each.

`target` is what is aimed at in `unit`; `relative` targets («+5») are changes against the year
before. `source` says who knows the figure; `Code.computed` whether the bot is one of them.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files


class Code(StrEnum):
    """The indicators in the order of the file: a code stands in buttons and in the store."""

    MONITORING = "monitoring"
    TRANSLATING = "translating"
    STATUSES = "statuses"
    MEMBERS = "members"
    TOPICS = "topics"
    IN_NETWORKS = "in-networks"
    ORGANISATIONS = "organisations"
    SATISFIED = "satisfied"
    PLATFORMS = "platforms"
    RULES = "rules"
    SUPPORT = "support"
    INNOVATION = "innovation"
    PRACTICES = "practices"

    @property
    def computed(self) -> bool:
        """Whether the bot computes it from what it stores."""
        return self in _COMPUTED


_COMPUTED = frozenset(
    {Code.TRANSLATING, Code.MEMBERS, Code.IN_NETWORKS, Code.ORGANISATIONS, Code.SATISFIED}
)


@dataclass(frozen=True)
class Indicator:
    """One target indicator."""

    code: Code
    name: str
    unit: str
    target: float
    relative: bool
    source: str


@cache
def indicators() -> tuple[Indicator, ...]:
    """All of them.

    Raises:
        ValueError: the file has another number of indicators than there are codes.
    """
    text = files("surveys").joinpath("data", "target_indicators.json").read_text(encoding="utf-8")
    return tuple(
        Indicator(
            code,
            row["name"],
            row["unit"],
            float(row["target"]),
            row["target"].startswith("+"),
            row["source"],
        )
        for code, row in zip(Code, json.loads(text), strict=True)
    )
