"""Slips to cut out of A4 sheets: a QR code, whose it is, and what to do with it.

matplotlib is imported when they are drawn, in a process of their own (see `reports.pictures`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

A4 = (8.27, 11.69)
"""Inches."""
COLUMNS, ROWS = 2, 5
QUIET = 4
"""Modules of white around a code (ISO/IEC 18004)."""


@dataclass(frozen=True)
class Slip:
    """One slip; `modules` are the rows of the code, true is dark."""

    title: str
    lines: tuple[str, ...]
    modules: tuple[tuple[bool, ...], ...]


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
    width, height = A4[0] / COLUMNS, A4[1] / ROWS
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    axes.set_xticks([])
    axes.set_yticks([])
    for edge in axes.spines.values():
        edge.set(linestyle=(0, (4, 4)), linewidth=0.6, color="#9AA5B1")
    side = height - 0.5
    quiet = side * QUIET / (len(slip.modules) + 2 * QUIET)
    axes.imshow(
        [[0 if dark else 1 for dark in row] for row in slip.modules],
        cmap="gray",
        vmin=0,
        vmax=1,
        interpolation="nearest",
        extent=(0.2 + quiet, 0.2 + side - quiet, 0.25 + quiet, 0.25 + side - quiet),
        aspect="auto",
    )
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    text = 0.2 + side + 0.1
    axes.text(text, height - 0.35, slip.title, fontsize=10.5, weight="bold", va="top")
    axes.text(text, height - 0.85, "\n".join(slip.lines), fontsize=8, va="top", linespacing=1.35)
