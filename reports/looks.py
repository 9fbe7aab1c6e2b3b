"""How a workbook looks: a quiet palette, one typeface, and number formats that carry meaning."""

from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from reports.report import Format
from surveys.statistics import Zone

INK = "1F2933"
MUTED = "66727F"
RULE = "CBD3DC"
HEAD = "E9EEF3"
ACCENT = "2F5D8A"
TYPEFACE = "Calibri"

ZONES = {Zone.RED: "F3B9B0", Zone.ORANGE: "F9D3A5", Zone.YELLOW: "FBEFA9", Zone.GREEN: "BFE3C0"}
"""Fills that leave dark figures readable; in grey print they differ in lightness."""
ZONE_BARS = {
    Zone.RED: "C8503F",
    Zone.ORANGE: "E08E3C",
    Zone.YELLOW: "D9BE3B",
    Zone.GREEN: "4F9D5D",
}
GRADES = ("B35806", "F1A340", "D8DAE0", "92B9DC", "2C5F93")
"""Worst to best, for colour-blind eyes too: orange against blue (ColorBrewer's PuOr, changed)."""
UNGRADED = "EFEFEF"

NUMBER_FORMATS = {
    Format.TEXT: "General",
    Format.PLAIN: "General",
    Format.INTEGER: "#,##0",
    Format.NUMBER: "0.00",
    Format.SHARE: "0.0%",
    Format.PART: "0.0%;-0.0%;–",
    # Not «0.##»: Excel would leave a bare point behind a whole number.
    Format.CHANGE: "+#,##0;-#,##0;0",
    Format.DRIFT: "+#,##0.00;-#,##0.00;0.00",
    # A fraction with its sign; «п. п.» stands in the header.
    Format.POINTS: "+0.0%;-0.0%;0.0%",
    Format.DATE: "dd.mm.yyyy",
    Format.MOMENT: "dd.mm.yyyy hh:mm",
}


@dataclass(frozen=True)
class Look:
    """The look of a cell."""

    format: Format = Format.TEXT
    size: int = 11
    bold: bool = False
    italic: bool = False
    colour: str = INK
    fill: str | None = None
    rule: bool = False
    strong_rule: bool = False
    wrap: bool = False
    horizontal: str | None = None
    vertical: str = "top"
    indent: int = 0
    quoted: bool = False

    def dress(self, cell: SheetCell) -> None:
        """Puts the look on a cell; after its value, whose kind may change the number format."""
        cell.font = Font(
            name=TYPEFACE, size=self.size, bold=self.bold, italic=self.italic, color=self.colour
        )
        cell.alignment = Alignment(
            horizontal=self.horizontal,
            vertical=self.vertical,
            wrap_text=self.wrap or None,
            indent=self.indent,
        )
        cell.number_format = NUMBER_FORMATS[self.format]
        if self.fill:
            cell.fill = PatternFill("solid", start_color=self.fill)
        if self.rule or self.strong_rule:
            cell.border = Border(
                bottom=Side(style="thin", color=MUTED if self.strong_rule else RULE)
            )
        if self.quoted:
            # Excel then shows the text as typed, and keeps it a text when somebody edits the cell.
            cell.quotePrefix = True


class Wardrobe:
    """The looks of one workbook, each made once.

    openpyxl compares every new font, fill and border with all that the workbook has: dressing each
    cell anew took two thirds of a workbook's time, handing on a made format takes next to none.
    """

    def __init__(self) -> None:
        self._made: dict[Look, Any] = {}

    def dress(self, cell: SheetCell, look: Look) -> None:
        """Puts the look on a cell of this workbook, after its value."""
        made = self._made.get(look)
        if made is None:
            look.dress(cell)
            made = self._made[look] = cell._style  # type: ignore[attr-defined]  # noqa: SLF001 - the way to hand on a format; the stubs leave it out
        # A copy: a cell that is dressed again must not change its neighbours.
        cell._style = copy(made)  # type: ignore[attr-defined]  # noqa: SLF001 - the same


TITLE = Look(size=18, bold=True, vertical="center")
SUBTITLE = Look(size=11, colour=MUTED, wrap=True)
HEADING = Look(size=14, bold=True, colour=ACCENT, vertical="bottom")
CAPTION = Look(size=11, bold=True, wrap=True, vertical="bottom")
NOTE = Look(size=10, colour=MUTED, wrap=True)
PARAGRAPH = Look(size=11, wrap=True)
HEADER = Look(
    size=9,
    bold=True,
    fill=HEAD,
    strong_rule=True,
    wrap=True,
    horizontal="center",
    vertical="center",
)
HEADER_LEFT = replace(HEADER, horizontal="left")
RECORD = Look(rule=True, horizontal="left", indent=1)
RECORD_NUMBER = Look(rule=True, horizontal="center")
RECORD_HEADER = replace(HEADER_LEFT, indent=1)
RECORD_NUMBER_HEADER = HEADER
BODY = Look(rule=True, vertical="center")
FIGURE = Look(size=13, bold=True, rule=True, vertical="center", horizontal="right")
