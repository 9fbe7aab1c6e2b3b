"""A workbook of plain tables: a sheet each, everything as text, nothing a spreadsheet would run."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.properties import PageSetupProperties

from reports.cells import clean, is_dangerous, tab
from reports.looks import Look, Wardrobe

WIDEST = 60
"""Characters; longer text wraps."""
LINE = 15
"""Points of one line."""
HIGHEST = 400
"""Points; a spreadsheet holds no row higher than 409."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: a title, a head, rows of text."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


def write(sheets: Sequence[Sheet], target: Path | BinaryIO) -> None:
    """Write the workbook."""
    book = Workbook(write_only=True)
    wardrobe = Wardrobe()
    taken: set[str] = set()
    for sheet in sheets:
        made = book.create_sheet(tab(sheet.title, taken))
        for index, name in enumerate(sheet.head):
            column = [name, *(row[index] for row in sheet.rows)]
            longest = max(max(map(len, text.split("\n"))) for text in column)
            made.column_dimensions[get_column_letter(index + 1)].width = min(longest + 3, WIDEST)
        made.freeze_panes = "A2"
        # On paper a row stays one row, below the head of every page.
        made.page_setup.orientation = "landscape"
        made.page_setup.fitToHeight = 0
        made.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        made.print_title_rows = "1:1"
        made.append([_cell(made, name, wardrobe, bold=True) for name in sheet.head])
        for number, row in enumerate(sheet.rows, 2):
            made.row_dimensions[number].height = min(LINE * max(map(_lines, row)), HIGHEST)
            made.append([_cell(made, text, wardrobe) for text in row])
    book.save(target)


def _lines(text: str) -> int:
    return sum(max(1, -(-len(line) // (WIDEST - 8))) for line in text.split("\n"))


def _cell(sheet: WriteOnlyWorksheet, text: str, wardrobe: Wardrobe, *, bold: bool = False) -> Cell:
    cell = WriteOnlyCell(sheet, value=clean(text))
    cell.data_type = "s"
    wardrobe.dress(cell, Look(bold=bold, wrap=True, quoted=is_dangerous(text)))
    return cell
