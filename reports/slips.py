"""Slips to cut out of A4 sheets: a QR code, whose it is, and what to do with it.

matplotlib is imported when they are drawn, in a process of their own (see `reports.pictures`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.ft2font import FT2Font

A4 = (8.27, 11.69)
"""Inches."""
COLUMNS, ROWS = 2, 5
QUIET = 4
"""Modules of white around a code (ISO/IEC 18004)."""
LEADING = 1.3
"""Of a line, against its size."""


WIDTH, HEIGHT = A4[0] / COLUMNS, A4[1] / ROWS
SIDE = HEIGHT - 0.5
"""Of a code with its quiet zone, in inches."""
TEXT_LEFT = 0.2 + SIDE + 0.1
TEXT_WIDTH = WIDTH - TEXT_LEFT - 0.12
NAME, SMALLEST_NAME, WORDS = 10.5, 7.0, 8.0
"""Sizes in points."""


@dataclass(frozen=True)
class Slip:
    """One slip; `modules` are the rows of the code, true is dark.

    `name` is a part a line (surname, first name, patronymic); a part too long breaks after its
    hyphen, else the whole name is written smaller. `lines` are as `broken` made them.
    """

    name: tuple[str, ...]
    lines: tuple[str, ...]
    modules: tuple[tuple[bool, ...], ...]


def broken(text: str, size: float = WORDS, *, bold: bool = False) -> list[str]:
    """The text in lines as wide as the room beside a code, between words and after hyphens."""
    lines = [""]
    for piece in re.findall(r"[^\s-]*-+|[^\s-]+", text):
        glue = "" if lines[-1].endswith("-") and f"{lines[-1].split()[-1]}{piece}" in text else " "
        longer = f"{lines[-1]}{glue}{piece}".strip()
        if lines[-1] and _wide(longer, size, bold=bold) > TEXT_WIDTH:
            lines.append(piece)
        else:
            lines[-1] = longer
    return lines


def _wide(text: str, size: float, *, bold: bool) -> float:
    """Inches."""
    font = _font(bold=bold)
    font.set_size(size, 72)
    font.set_text(text)
    return float(font.get_width_height()[0]) / 64 / 72


@lru_cache(2)
def _font(*, bold: bool) -> "FT2Font":
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return get_font(findfont(FontProperties(weight="bold" if bold else "normal")))


def write(slips: Sequence[Slip], target: Path) -> None:
    """Write a PDF of as many A4 pages as it takes, ten slips each."""
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

    size = COLUMNS * ROWS
    with PdfPages(target) as book:
        for start in range(0, len(slips), size):
            page = Figure(figsize=A4)
            for place, slip in enumerate(slips[start : start + size]):
                row, column = divmod(place, COLUMNS)
                left, bottom = column / COLUMNS, 1 - (row + 1) / ROWS
                axes = page.add_axes((left, bottom, 1 / COLUMNS, 1 / ROWS))
                _draw(axes, slip)
            book.savefig(page)


def _draw(axes: "Axes", slip: Slip) -> None:
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(0, HEIGHT)
    axes.set_xticks([])
    axes.set_yticks([])
    for edge in axes.spines.values():
        edge.set(linestyle=(0, (4, 4)), linewidth=0.6, color="#9AA5B1")
    quiet = SIDE * QUIET / (len(slip.modules) + 2 * QUIET)
    axes.imshow(
        [[0 if dark else 1 for dark in row] for row in slip.modules],
        cmap="gray",
        vmin=0,
        vmax=1,
        interpolation="nearest",
        extent=(0.2 + quiet, 0.2 + SIDE - quiet, 0.25 + quiet, 0.25 + SIDE - quiet),
        aspect="auto",
    )
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(0, HEIGHT)
    name = [line for part in slip.name for line in broken(part, NAME, bold=True)]
    widest = max((_wide(line, NAME, bold=True) for line in name), default=0.0)
    size = max(SMALLEST_NAME, NAME * min(1.0, TEXT_WIDTH / max(widest, 0.01)))
    top = HEIGHT - 0.3
    axes.text(TEXT_LEFT, top, "\n".join(name), fontsize=size, weight="bold", va="top")
    top -= len(name) * size * LEADING / 72 + 0.08
    axes.text(TEXT_LEFT, top, "\n".join(slip.lines), fontsize=WORDS, va="top", linespacing=LEADING)
