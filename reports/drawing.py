"""Draws a picture: PNG, 1080 pixels wide and as high as its panels need.

matplotlib is imported when the first picture is made: it costs a second and 60 MB, which the bot's
own process never pays. Of it only a figure with words, lines and boxes is used: its axes, which
nothing here needs, took a third of a picture's time. The typeface is DejaVu Sans, which comes with
matplotlib and has Cyrillic.
"""

import io
import math
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reports.pictures import (
    ACCENT,
    INK,
    MUTED,
    RULE,
    SECOND,
    UNKNOWN,
    WIDTH,
    ZONE_COLOURS,
    Bars,
    Course,
    Facts,
    Funnel,
    Panel,
    Picture,
    Tiles,
    percent,
)
from surveys.statistics import Zone, zone

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_DPI = 100
_INCHES = WIDTH / _DPI
_LEFT, _WIDE = 0.04, 0.92
"""Where a panel begins and how wide it is, of the picture's width."""
_TILE_COLUMNS = 4
_TILE = 0.72
_BODY, _SMALL = 19, 15
"""Points at 100 dpi; 15 points are 21 pixels, 7 points on a phone's screen."""
_TRACK, _REST = "#EEF1F4", "#7FA3C7"


def png(picture: Picture) -> bytes:
    """The picture as PNG."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    title = textwrap.fill(picture.title, 44)
    head = 0.75 + 0.48 * title.count("\n") + (0.4 if picture.subtitle else 0)
    foot = 0.45 if picture.foot else 0.15
    heights = [height_of(panel) for panel in picture.panels]
    gap = 0.34
    total = head + foot + sum(heights) + gap * len(heights)
    figure = Figure(figsize=(_INCHES, total), dpi=_DPI, facecolor="white")
    FigureCanvasAgg(figure)
    whole = _Place(figure, 0, total)
    whole.say(0, total - 0.22, title, size=27, weight="bold", va="top")
    if picture.subtitle:
        whole.say(0, total - head + 0.36, picture.subtitle, size=_BODY, color=MUTED, va="top")
    top = total - head
    for panel, height in zip(picture.panels, heights, strict=True):
        top -= gap + height
        _draw(panel, _Place(figure, top, height))
    if picture.foot:
        whole.say(0, 0.16, picture.foot, size=_SMALL, color=MUTED)
    made = io.BytesIO()
    figure.savefig(made, format="png", metadata={"Software": None})
    return made.getvalue()


def height_of(panel: Panel) -> float:
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


class _Place:
    """Where a panel is drawn: x from 0 to 1 over its width, y in inches from its bottom."""

    def __init__(self, figure: "Figure", bottom: float, height: float) -> None:
        from matplotlib.transforms import Affine2D

        self._figure = figure
        self.height = height
        wide = _WIDE * _INCHES * _DPI
        moved = Affine2D().scale(wide, _DPI).translate(_LEFT * WIDTH, bottom * _DPI)
        self._moved = moved

    def say(self, x: float, y: float, words: str, **look: Any) -> None:
        """A text; people type these words, so nothing in them is taken for mathematics."""
        style: dict[str, Any] = {"color": INK, "fontfamily": "DejaVu Sans", "parse_math": False}
        self._figure.text(x, y, words, transform=self._moved, **(style | look))

    def title(self, words: str) -> None:
        """What the panel is about, at its top."""
        self.say(0, self.height - 0.12, words, size=22, weight="bold", va="top")

    def line(self, xs: Sequence[float], ys: Sequence[float], **look: Any) -> None:
        """A line through these points; nan breaks it."""
        from matplotlib.lines import Line2D

        self._figure.add_artist(Line2D(xs, ys, transform=self._moved, **look))

    def box(self, x: float, y: float, wide: float, high: float, colour: str, **look: Any) -> None:
        """A filled rectangle from its lower left corner."""
        from matplotlib.patches import Rectangle

        edge: dict[str, Any] = {"edgecolor": MUTED, "linewidth": 0.8} | look
        made = Rectangle((x, y), wide, high, facecolor=colour, transform=self._moved, **edge)
        self._figure.add_artist(made)


def _draw(panel: Panel, place: _Place) -> None:
    match panel:
        case Facts():
            _facts(panel, place)
        case Bars():
            _bars(panel, place)
        case Course():
            _course(panel, place)
        case Tiles():
            _tiles(panel, place)
        case Funnel():
            _funnel(panel, place)


def _short(words: str, letters: int) -> str:
    words = " ".join(words.split())
    return words if len(words) <= letters else words[: letters - 1].rstrip(" ,;:«(") + "…"


def _facts(panel: Facts, at: _Place) -> None:
    step = 1 / max(len(panel.facts), 1)
    for place, (number, words) in enumerate(panel.facts):
        at.say(place * step, 0.62, number, size=34, weight="bold", color=ACCENT)
        at.say(place * step, 0.5, textwrap.fill(words, 22), size=_SMALL, color=MUTED, va="top")


def _bars(panel: Bars, at: _Place) -> None:
    at.title(panel.title)
    right = 0.86
    for place, bar in enumerate(panel.bars):
        y = at.height - 0.6 - 0.92 * (place + 1) + 0.12
        name = f"{bar.name} · {bar.note}" if bar.note else bar.name
        at.say(0, y + 0.44, _short(name, 68), size=_BODY - 2)
        at.box(0, y + 0.03, right, 0.3, _TRACK, linewidth=0)
        if bar.value is None:
            at.say(0.88, y + 0.18, "—", size=22, color=MUTED, va="center")
            continue
        colour = ZONE_COLOURS[zone(bar.value)] if panel.zoned else ACCENT
        at.box(0, y + 0.03, bar.value * right, 0.3, colour, edgecolor=INK)
        if bar.low is not None and bar.high is not None:
            look = {"color": INK, "linewidth": 2.5}
            at.line([bar.low * right, bar.high * right], [y + 0.18] * 2, **look)
            for end in (bar.low, bar.high):
                at.line([end * right] * 2, [y + 0.1, y + 0.26], **look)
        at.say(0.88, y + 0.18, percent(bar.value), size=22, weight="bold", va="center")
    if panel.target is not None:
        x = panel.target * right
        for place in range(len(panel.bars)):  # beside the names, not through them
            y = at.height - 0.6 - 0.92 * (place + 1) + 0.12
            at.line([x, x], [y - 0.06, y + 0.42], color=INK, linewidth=2, linestyle=":")
        at.say(x, 0.02, panel.target_label, size=_SMALL, color=MUTED, ha="center")


def _course(panel: Course, at: _Place) -> None:
    at.title(panel.title)
    left, right, low, high = 0.07, 0.97, 0.95, at.height - 1.15
    small = _SMALL - 1
    for share in (0, 0.25, 0.5, 0.75, 1):
        y = low + share * (high - low)
        at.line([left, right], [y, y], color=RULE, linewidth=1)
        at.say(left - 0.012, y, percent(share), size=small, ha="right", va="center")
    steps = max(len(panel.points) - 1, 1)
    xs = [left + 0.02 + (right - left - 0.04) * place / steps for place in range(len(panel.points))]
    every = max(1, math.ceil(len(panel.points) / 7))
    for place, (x, words) in enumerate(zip(xs, panel.points, strict=True)):
        if place % every == 0:
            at.say(x, low - 0.14, words, size=small, ha="center", va="top")
    if panel.target is not None:
        y = low + panel.target * (high - low)
        at.line([left, right], [y, y], color=INK, linewidth=1.5, linestyle=(0, (4, 3)))
        # At the left: at the right end the lines' own numbers stand.
        shares = [one for line in panel.lines if (one := line.values[0]) is not None]
        crossed = any(0 <= one - panel.target < 0.12 for one in shares)
        lower = -0.3 if crossed else 0.06
        at.say(left + 0.012, y + lower, panel.target_label, size=small, color=MUTED)
    # Two lines differ by more than colour: one is whole with discs, the other broken with squares.
    looks = ((ACCENT, "-", "o"), (SECOND, "--", "s"))
    ends = [next((v for v in reversed(line.values) if v is not None), 0.0) for line in panel.lines]
    for place, (line, (colour, dash, mark)) in enumerate(zip(panel.lines, looks, strict=False)):
        look = {"color": colour, "linestyle": dash, "marker": mark, "linewidth": 3.5}
        ys = [math.nan if value is None else low + value * (high - low) for value in line.values]
        at.line(xs, ys, markersize=9, **look)
        start = 0.012 + 0.45 * place
        at.line([start, start + 0.06], [0.18, 0.18], markersize=9, **look)
        at.say(start + 0.075, 0.18, line.name, size=_BODY - 2, va="center")
        known = [(x, y, v) for x, y, v in zip(xs, ys, line.values, strict=True) if v is not None]
        if known:
            x, y, value = known[-1]
            side = "right" if x > 0.9 else "center"
            # The lower one's number stands below its line: neither covers the other.
            under = ends[place] < max(ends) or (place > 0 and ends[place] == ends[0])
            y += -0.42 if under and y - 0.42 > low else 0.16
            look = {"color": colour, "weight": "bold"}
            at.say(x, y, percent(value), size=_BODY, ha=side, **look)


def _tiles(panel: Tiles, at: _Place) -> None:
    at.title(panel.title)
    wide = 1 / _TILE_COLUMNS
    for place, (name, value) in enumerate(panel.tiles):
        row, column = divmod(place, _TILE_COLUMNS)
        x, y = column * wide, at.height - 0.6 - _TILE * (row + 1)
        colour = UNKNOWN if value is None else ZONE_COLOURS[zone(value)]
        ink = "#FFFFFF" if value is not None and zone(value) is Zone.RED else INK
        at.box(x, y + 0.04, wide - 0.008, _TILE - 0.07, colour)
        at.say(x + 0.01, y + _TILE - 0.1, _short(name, 20), size=_SMALL - 1, va="top", color=ink)
        shown = "—" if value is None else percent(value)
        at.say(x + 0.01, y + 0.1, shown, size=_BODY, weight="bold", color=ink)
    entries = [*((ZONE_COLOURS[each], words) for each, words in panel.legend)]
    entries.append((UNKNOWN, panel.unknown))
    step = 1 / len(entries)
    for place, (colour, words) in enumerate(entries):
        at.box(place * step, 0.1, 0.03, 0.22, colour)
        at.say(place * step + 0.037, 0.21, words, size=_SMALL - 2, va="center")


def _funnel(panel: Funnel, at: _Place) -> None:
    at.title(panel.title)
    whole = max((count for _, count in panel.stages), default=0)
    for place, (words, count) in enumerate(panel.stages):
        y = at.height - 0.6 - 0.78 * (place + 1) + 0.1
        at.say(0, y + 0.28, _short(words, 24), size=_BODY - 2, va="center")
        wide = 0.48 * count / whole if whole else 0
        at.box(0.36, y, max(wide, 0.002), 0.56, _REST if place else ACCENT)
        share = f" · {percent(count / whole)}" if whole and place else ""
        at.say(
            0.36 + wide + 0.012, y + 0.28, f"{count}{share}", size=_BODY, va="center", weight="bold"
        )
