"""A person's screening result as a picture that a phone shows without zooming.

Three phases and twelve symptoms as bars over the method's levels. No name, no date, no code: it is
a health record, and whoever finds the picture should not find a person.

matplotlib costs a second and 60 MB when it is first used; only its object-oriented side is used,
without pyplot's global state. DejaVu Sans comes with it and has Cyrillic.
"""

import io
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from surveys.boyko import Result, Score
from surveys.boyko_key import Degree, Key, Level

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 1080
"""Pixels; a phone shows 360–430 points, two and a half pixels each."""
_DPI = 100
_ROW = 92
"""Pixels of one symptom: its name above, its bar and level below."""
_PHASE = 132
_TOP, _FOOT = 96, 138
_LEFT, _RIGHT = 48, WIDTH - 48
_BAR = 700
"""Pixels of the longest bar; the level's word stands right of it."""

INK, MUTED, TRACK = "#1F2933", "#5B6773", "#E9EEF3"
DEGREES = {
    Degree.NONE: "#9CC7B4",
    Degree.FORMING: "#E9C46A",
    Degree.FORMED: "#DF8B4C",
    Degree.DOMINANT: "#A63D2F",
}
"""The darker, the further developed: grey print and colour-blind eyes see the same order."""
EARLIER = "#8A97A5"

_drawing = Lock()  # matplotlib shares a font cache and is not safe in two threads at once


@dataclass(frozen=True, slots=True)
class Words:
    """What stands on the picture; `phases` and `symptoms` are plain names, in the key's order."""

    title: str
    symptoms_title: str
    phases: Sequence[str]
    symptoms: Sequence[str]
    phase_levels: Mapping[Degree, str]
    symptom_levels: Mapping[Degree, str]
    foot: str
    earlier: str = ""


def draw(result: Result, key: Key, words: Words, *, earlier: Result | None = None) -> bytes:
    """The picture as PNG; with an earlier result its points are marked on the same bars."""
    with _drawing:
        return _draw(result, key, words, earlier)


def blank() -> bytes:
    """An empty picture: what takes a hidden result's place where it cannot be deleted."""
    with _drawing:
        return _png(*_canvas(240))


def _draw(result: Result, key: Key, words: Words, earlier: Result | None) -> bytes:
    foot = textwrap.wrap(words.foot.replace("\n", " "), 74)
    height = _TOP + 3 * _PHASE + 72 + 12 * _ROW + 3 * 52 + _FOOT + 24 * max(0, len(foot) - 3)
    figure, axes = _canvas(height)
    y = _TOP - 30
    _say(axes, (_LEFT, y), words.title, 30, bold=True)
    y += 62
    for index, score in enumerate(result.phases):
        before = None if earlier is None else earlier.phases[index]
        _say(axes, (_LEFT, y), words.phases[index], 25, bold=True)
        _bar(axes, y + 44, score, before, thickness=34, levels=key.phase_levels)
        _say(axes, (_LEFT + _BAR + 24, y + 44), words.phase_levels[score.level.degree], 22)
        y += _PHASE
    _say(axes, (_LEFT, y), words.symptoms_title, 26, bold=True)
    if earlier is not None:
        _say(axes, (_RIGHT, y), words.earlier, 18, colour=MUTED, align="right")
    y += 56
    for index, phase in enumerate(words.phases):
        _say(axes, (_LEFT, y), phase, 20, colour=MUTED)
        y += 46
        for place, symptom in enumerate(key.symptoms):
            if symptom.phase != index:
                continue
            score = result.symptoms[place]
            before = None if earlier is None else earlier.symptoms[place]
            _say(axes, (_LEFT, y), words.symptoms[place], 21)
            _bar(axes, y + 36, score, before, thickness=22, levels=key.symptom_levels)
            _say(
                axes,
                (_LEFT + _BAR + 24, y + 36),
                words.symptom_levels[score.level.degree],
                20,
                bold=score.level.degree is Degree.DOMINANT,
            )
            y += _ROW
        y += 6
    for line in foot:
        _say(axes, (_LEFT, y + 6), line, 17, colour=MUTED)
        y += 27
    return _png(figure, axes)


def _bar(
    axes: "Axes",
    y: float,
    score: Score,
    earlier: Score | None,
    *,
    thickness: float,
    levels: Sequence[Level],
) -> None:
    from matplotlib.patches import Rectangle

    most = levels[-1].high

    def place(points: float) -> float:
        return _LEFT + _BAR * points / most

    top = y - thickness / 2
    axes.add_patch(Rectangle((_LEFT, top), _BAR, thickness, color=TRACK, linewidth=0))
    axes.add_patch(
        Rectangle(
            (_LEFT, top),
            max(6.0, place(score.points) - _LEFT),
            thickness,
            color=DEGREES[score.level.degree],
            linewidth=0,
        )
    )
    for level in levels[1:]:
        axes.add_patch(
            Rectangle((place(level.low) - 1.5, top), 3, thickness, color="white", linewidth=0)
        )
    if earlier is not None:
        axes.plot(
            [place(earlier.points)],
            [top - 3],
            marker="v",
            markersize=11,
            color=EARLIER,
            clip_on=False,
        )


def _canvas(height: int) -> tuple[object, "Axes"]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH / _DPI, height / _DPI), dpi=_DPI, facecolor="white")
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.axis("off")
    return figure, axes


def _say(
    axes: "Axes",
    at: tuple[float, float],
    text: str,
    pixels: int,
    *,
    bold: bool = False,
    colour: str = INK,
    align: str = "left",
) -> None:
    axes.text(
        *at,
        text,
        fontsize=pixels * 72 / _DPI,
        fontweight="bold" if bold else "normal",
        color=colour,
        ha=align,
        va="center",
        family="DejaVu Sans",
    )


def _png(figure: object, _axes: "Axes") -> bytes:
    found = io.BytesIO()
    figure.savefig(found, format="png", metadata={"Software": None})  # type: ignore[attr-defined]
    return found.getvalue()
