"""Pictures for a phone: shares against a target, over time, on a map of tiles; a funnel.

A picture is a column of panels, 1080 pixels wide: at the width of a phone's screen its smallest
letters are as large as those of a chat. Colours go from dark (worse) to light (better), so that
grey print and colour-blind eyes see the same order; every tile and bar carries its number too.

`reports.drawing` makes the PNG of it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from surveys.statistics import Zone, zone

WIDTH = 1080
"""Pixels; a phone shows 360–430 points, two and a half pixels each."""
INK, MUTED, RULE, ACCENT = "#1F2933", "#5B6773", "#CBD3DC", "#1F4E79"
SECOND = "#B35806"
ZONE_COLOURS = {
    Zone.RED: "#9E2F23",
    Zone.ORANGE: "#DB8440",
    Zone.YELLOW: "#EFCB68",
    Zone.GREEN: "#DDF0E3",
}
"""The region's zones; lightness grows with the share (tests/reports/test_pictures.py)."""
UNKNOWN = "#FFFFFF"


@dataclass(frozen=True)
class Bar:
    """A share 0…1 with its name; `low` and `high` are its interval; None: not known or hidden."""

    name: str
    value: float | None
    note: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Bars:
    """Shares below each other, against a target if there is one; `zoned` gives zone colours."""

    title: str
    bars: tuple[Bar, ...]
    target: float | None = None
    target_label: str = ""
    zoned: bool = False


@dataclass(frozen=True)
class Line:
    """A measure over time, one share (or None) for each point of its panel."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Course:
    """Up to two measures over time; `points` are the words below the axis."""

    title: str
    points: tuple[str, ...]
    lines: tuple[Line, ...]
    target: float | None = None
    target_label: str = ""


@dataclass(frozen=True)
class Tiles:
    """Municipalities as a map of tiles in the order given, each in the colour of its zone."""

    title: str
    tiles: tuple[tuple[str, float | None], ...]
    legend: tuple[tuple[Zone, str], ...]
    unknown: str


@dataclass(frozen=True)
class Funnel:
    """How many are left at each stage; the first is the whole."""

    title: str
    stages: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Facts:
    """A few numbers in large letters: (number, what it is)."""

    facts: tuple[tuple[str, str], ...]


Panel = Bars | Course | Tiles | Funnel | Facts


@dataclass(frozen=True)
class Picture:
    """A heading with panels below it; `foot` says when and from what it was made."""

    title: str
    subtitle: str
    panels: tuple[Panel, ...]
    foot: str = ""


def percent(share: float) -> str:
    """A whole per cent, as it is said aloud; with a tenth where rounding would leave the zone."""
    whole = math.floor(share * 100 + 0.5)
    if zone(whole / 100) is zone(share):
        return f"{whole} %"
    return f"{math.floor(share * 1000) / 10:.1f} %".replace(".", ",")


def legend(words: Sequence[str]) -> tuple[tuple[Zone, str], ...]:
    """The zones from worst to best with their words."""
    return tuple(zip(Zone, words, strict=True))
