"""Pictures for a phone: shares against a target, over time, on a map of tiles; a funnel.

A picture is a column of panels, 1080 pixels wide: at the width of a phone's screen its smallest
letters are as large as those of a chat. Colours go from dark (worse) to light (better), so that
grey print and colour-blind eyes see the same order; every tile and bar carries its number too.

matplotlib is imported when the first picture is made: it costs a second and 60 MB, which the bot's
own process never pays. Its object-oriented side is used only, without pyplot's global state. The
typeface is DejaVu Sans, which comes with matplotlib and has Cyrillic.
"""

import io
import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from surveys.statistics import Zone, zone

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 1080
"""Pixels; a phone shows 360–430 points, two and a half pixels each."""
_DPI = 100
_INCHES = WIDTH / _DPI
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
_TILE_COLUMNS = 4
_TILE = 0.72
_BODY, _SMALL = 19, 15
"""Points at 100 dpi; 15 points are 21 pixels, 7 points on a phone's screen."""


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


def png(picture: Picture) -> bytes:
    """The picture as PNG, 1080 pixels wide and as high as its panels need."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - see the module
    from matplotlib.figure import Figure  # noqa: PLC0415

    title = textwrap.fill(picture.title, 44)
    head = 0.75 + 0.48 * title.count("\n") + (0.4 if picture.subtitle else 0)
    foot = 0.45 if picture.foot else 0.15
    heights = [_height(panel) for panel in picture.panels]
    gap = 0.34
    total = head + foot + sum(heights) + gap * len(heights)
    figure = Figure(figsize=(_INCHES, total), dpi=_DPI, facecolor="white")
    FigureCanvasAgg(figure)
    style: dict[str, Any] = {"fontfamily": "DejaVu Sans", "parse_math": False}
    figure.text(0.04, 1 - 0.22 / total, title, size=27, weight="bold", color=INK, va="top", **style)
    if picture.subtitle:
        figure.text(
            0.04, 1 - (head - 0.36) / total, picture.subtitle, size=_BODY, color=MUTED, va="top",
            **style,
        )  # fmt: skip
    top = total - head
    for panel, height in zip(picture.panels, heights, strict=True):
        top -= gap
        axes = figure.add_axes((0.04, (top - height) / total, 0.92, height / total))
        _draw(panel, axes)
        top -= height
    if picture.foot:
        figure.text(0.04, 0.16 / total, picture.foot, size=_SMALL, color=MUTED, **style)
    made = io.BytesIO()
    figure.savefig(made, format="png", metadata={"Software": None})
    return made.getvalue()


def _height(panel: Panel) -> float:
    """Inches that the panel needs with its title."""
    match panel:
        case Facts():
            return 1.25
        case Bars(bars=bars):
            return 0.6 + 0.92 * len(bars) + (0.4 if panel.target is not None else 0)
        case Course():
            return 4.4
        case Tiles(tiles=tiles):
            return 1.15 + _TILE * math.ceil(len(tiles) / _TILE_COLUMNS)
        case Funnel(stages=stages):
            return 0.6 + 0.78 * len(stages)


def _draw(panel: Panel, axes: "Axes") -> None:
    axes.set_axis_off()
    match panel:
        case Facts():
            _facts(panel, axes)
        case Bars():
            _bars(panel, axes)
        case Course():
            _course(panel, axes)
        case Tiles():
            _tiles(panel, axes)
        case Funnel():
            _funnel(panel, axes)


def _say(axes: "Axes", x: float, y: float, words: str, **look: object) -> None:
    """A text; people type these words, so nothing in them is taken for mathematics."""
    axes.text(
        x, y, words, **{"color": INK, "fontfamily": "DejaVu Sans", "parse_math": False, **look}  # type: ignore[arg-type]  # looks are matplotlib's keywords
    )  # fmt: skip


def _short(words: str, letters: int) -> str:
    words = " ".join(words.split())
    return words if len(words) <= letters else words[: letters - 1].rstrip(" ,;:«(") + "…"


def percent(share: float) -> str:
    """A whole per cent, as it is said aloud; with a tenth where rounding would leave the zone."""
    whole = math.floor(share * 100 + 0.5)
    if zone(whole / 100) is zone(share):
        return f"{whole} %"
    return f"{math.floor(share * 1000) / 10:.1f} %".replace(".", ",")


def _inches(axes: "Axes", height: float) -> None:
    """Coordinates: x 0…1 over the width, y in inches from the bottom."""
    axes.set_xlim(0, 1)
    axes.set_ylim(0, height)


def _facts(panel: Facts, axes: "Axes") -> None:
    _inches(axes, _height(panel))
    step = 1 / max(len(panel.facts), 1)
    for place, (number, words) in enumerate(panel.facts):
        _say(axes, place * step, 0.62, number, size=34, weight="bold", color=ACCENT)
        _say(axes, place * step, 0.5, textwrap.fill(words, 22), size=_SMALL, color=MUTED, va="top")


def _bars(panel: Bars, axes: "Axes") -> None:
    height = _height(panel)
    _inches(axes, height)
    _say(axes, 0, height - 0.12, panel.title, size=22, weight="bold", va="top")
    right = 0.86
    for place, bar in enumerate(panel.bars):
        y = height - 0.6 - 0.92 * (place + 1) + 0.12
        name = f"{bar.name} · {bar.note}" if bar.note else bar.name
        _say(axes, 0, y + 0.44, _short(name, 68), size=_BODY - 2)
        axes.barh(y + 0.18, right, height=0.3, left=0, color="#EEF1F4")
        if bar.value is None:
            _say(axes, 0.88, y + 0.18, "—", size=22, color=MUTED, va="center")
            continue
        colour = ZONE_COLOURS[zone(bar.value)] if panel.zoned else ACCENT
        axes.barh(
            y + 0.18, bar.value * right, height=0.3, left=0, color=colour, edgecolor=INK,
            linewidth=0.8,
        )  # fmt: skip
        if bar.low is not None and bar.high is not None:
            axes.plot([bar.low * right, bar.high * right], [y + 0.18] * 2, color=INK, linewidth=2.5)
            for end in (bar.low, bar.high):
                axes.plot([end * right] * 2, [y + 0.1, y + 0.26], color=INK, linewidth=2.5)
        _say(axes, 0.88, y + 0.18, percent(bar.value), size=22, weight="bold", va="center")
    if panel.target is not None:
        x = panel.target * right
        for place in range(len(panel.bars)):  # beside the names, not through them
            y = height - 0.6 - 0.92 * (place + 1) + 0.12
            axes.plot([x, x], [y - 0.06, y + 0.42], color=INK, linewidth=2, linestyle=":")
        _say(axes, x, 0.02, panel.target_label, size=_SMALL, color=MUTED, ha="center")


def _course(panel: Course, axes: "Axes") -> None:
    height = _height(panel)
    _inches(axes, height)
    _say(axes, 0, height - 0.12, panel.title, size=22, weight="bold", va="top")
    left, right, low, high = 0.07, 0.97, 0.95, height - 1.15
    for share in (0, 0.25, 0.5, 0.75, 1):
        y = low + share * (high - low)
        axes.plot([left, right], [y, y], color=RULE, linewidth=1)
        _say(axes, left - 0.012, y, f"{share:.0%}", size=_SMALL - 1, ha="right", va="center")
    steps = max(len(panel.points) - 1, 1)
    xs = [left + 0.02 + (right - left - 0.04) * place / steps for place in range(len(panel.points))]
    every = max(1, math.ceil(len(panel.points) / 7))
    for place, (x, words) in enumerate(zip(xs, panel.points, strict=True)):
        if place % every == 0:
            _say(axes, x, low - 0.14, words, size=_SMALL - 1, ha="center", va="top")
    if panel.target is not None:
        y = low + panel.target * (high - low)
        axes.plot([left, right], [y, y], color=INK, linewidth=1.5, linestyle=(0, (4, 3)))
        _say(
            axes, right, y + 0.06, panel.target_label, size=_SMALL - 1, color=MUTED, ha="right",
        )  # fmt: skip
    # Two lines differ by more than colour: one is whole with discs, the other broken with squares.
    looks = ((ACCENT, "-", "o"), (SECOND, "--", "s"))
    for place, (line, (colour, dash, mark)) in enumerate(zip(panel.lines, looks, strict=False)):
        ys = [math.nan if value is None else low + value * (high - low) for value in line.values]
        axes.plot(xs, ys, color=colour, linestyle=dash, marker=mark, linewidth=3.5, markersize=9)
        start = 0.012 + 0.45 * place
        axes.plot(
            [start, start + 0.06], [0.18, 0.18], color=colour, linestyle=dash, marker=mark,
            linewidth=3.5, markersize=9,
        )  # fmt: skip
        _say(axes, start + 0.075, 0.18, line.name, size=_BODY - 2, va="center")
        known = [(x, y, v) for x, y, v in zip(xs, ys, line.values, strict=True) if v is not None]
        if known:
            x, y, value = known[-1]
            _say(
                axes, x, y + 0.16, percent(value), size=_BODY, weight="bold", color=colour,
                ha="right" if x > 0.9 else "center",
            )  # fmt: skip


def _tiles(panel: Tiles, axes: "Axes") -> None:
    height = _height(panel)
    _inches(axes, height)
    _say(axes, 0, height - 0.12, panel.title, size=22, weight="bold", va="top")
    wide = 1 / _TILE_COLUMNS
    for place, (name, value) in enumerate(panel.tiles):
        row, column = divmod(place, _TILE_COLUMNS)
        x, y = column * wide, height - 0.6 - _TILE * (row + 1)
        colour = UNKNOWN if value is None else ZONE_COLOURS[zone(value)]
        ink = "#FFFFFF" if value is not None and zone(value) is Zone.RED else INK
        _rectangle(axes, x, y + 0.04, wide - 0.008, _TILE - 0.07, colour=colour)
        _say(
            axes, x + 0.01, y + _TILE - 0.1, _short(name, 20), size=_SMALL - 1, va="top", color=ink
        )
        shown = "—" if value is None else percent(value)
        _say(axes, x + 0.01, y + 0.1, shown, size=_BODY, weight="bold", color=ink)
    entries = [*((ZONE_COLOURS[each], words) for each, words in panel.legend)]
    entries.append((UNKNOWN, panel.unknown))
    step = 1 / len(entries)
    for place, (colour, words) in enumerate(entries):
        _rectangle(axes, place * step, 0.1, 0.03, 0.22, colour=colour)
        _say(axes, place * step + 0.037, 0.21, words, size=_SMALL - 2, va="center")


def _rectangle(axes: "Axes", x: float, y: float, wide: float, high: float, *, colour: str) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - see the module

    axes.add_patch(Rectangle((x, y), wide, high, facecolor=colour, edgecolor=MUTED, linewidth=0.8))


def _funnel(panel: Funnel, axes: "Axes") -> None:
    height = _height(panel)
    _inches(axes, height)
    _say(axes, 0, height - 0.12, panel.title, size=22, weight="bold", va="top")
    whole = max((count for _, count in panel.stages), default=0)
    for place, (words, count) in enumerate(panel.stages):
        y = height - 0.6 - 0.78 * (place + 1) + 0.1
        _say(axes, 0, y + 0.28, _short(words, 24), size=_BODY - 2, va="center")
        wide = 0.48 * count / whole if whole else 0
        colour = ACCENT if place == 0 else "#7FA3C7"
        _rectangle(axes, 0.36, y, max(wide, 0.002), 0.56, colour=colour)
        share = f" · {percent(count / whole)}" if whole and place else ""
        _say(axes, 0.36 + wide + 0.012, y + 0.28, f"{count}{share}", size=_BODY, va="center",
             weight="bold")  # fmt: skip


def legend(words: Sequence[str]) -> tuple[tuple[Zone, str], ...]:
    """The zones from worst to best with their words."""
    return tuple(zip(Zone, words, strict=True))
