"""Sheets of an Excel workbook, cells as people see them there."""

import re
from datetime import date, datetime, time
from functools import lru_cache
from io import BytesIO

import openpyxl
from openpyxl.cell import Cell as SheetCell
from openpyxl.worksheet.worksheet import Worksheet

from roadmap import vocabulary as v
from roadmap.cells import COVERED, EMPTY, Cell, Document, Row, Table
from roadmap.text import clean


def read_xlsx(data: bytes) -> Document:
    """Every visible sheet as one table. Raises what openpyxl raises.

    Formulas give the value that Excel stored with them.
    """
    book = openpyxl.load_workbook(BytesIO(data), data_only=True, keep_links=False)
    tables, hidden = [], []
    for sheet in book.worksheets:
        rows = _rows(sheet)
        if sheet.sheet_state != "visible":
            if rows:
                hidden.append(sheet.title)
            continue
        tables.append(Table(sheet.title, [], rows))
    return Document(tables, hidden)


def _rows(sheet: Worksheet) -> list[Row]:
    texts: dict[int, dict[int, Cell]] = {}
    # `iter_rows` would make a cell for every gap up to the farthest styled one.
    for (row, column), cell in sheet._cells.items():  # noqa: SLF001
        if cell.value is not None and (text := shown(cell)):
            texts.setdefault(row, {})[column] = Cell(text)
    if not texts:
        return []
    last_row = max(texts)
    width = max(max(columns) for columns in texts.values())
    for area in sheet.merged_cells.ranges:
        origin = texts.get(area.min_row, {}).get(area.min_col)
        if origin is None:
            continue
        span = min(area.max_col, width) - area.min_col + 1
        for row in range(area.min_row, min(area.max_row, last_row) + 1):
            cells = texts.setdefault(row, {})
            cells[area.min_col] = Cell(origin.text, span, down=row > area.min_row)
            for column in range(area.min_col + 1, area.min_col + span):
                cells[column] = COVERED
    return [
        Row([texts[row].get(column, EMPTY) for column in range(1, width + 1)], row)
        for row in sorted(texts)
    ]


def shown(cell: SheetCell) -> str:
    """A cell's text as Excel shows it, as far as the reading of terms and numbers depends on it.

    Excel turns «Октябрь 2026» into 1 October and «15 марта» into a day of the year it was typed in;
    only the cell's format tells that the day, or the year, was never written.
    """
    value = cell.value
    if isinstance(value, datetime | date):
        return _shown_date(value, str(cell.number_format))
    if isinstance(value, float):
        return _shown_number(value, str(cell.number_format))
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return _cleaned(str(value))


@lru_cache(maxsize=256)
def _cleaned(text: str) -> str:
    """One copy for a text that many cells share, however long it is."""
    return clean(text)


def _shown_number(value: float, number_format: str) -> str:
    decimals = re.fullmatch(r"0\.(0+)", number_format)
    if decimals:
        return f"{value:.{len(decimals[1])}f}"
    return str(int(value)) if value.is_integer() else repr(value)


def _shown_date(value: date, number_format: str) -> str:
    parts = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format.lower())
    has_day, has_year, has_month = "d" in parts, "y" in parts, "m" in parts
    month = value.month - 1
    if has_year and has_month and not has_day:
        return f"{v.MONTH_NAMES[month]} {value.year}"
    if has_month and not has_day and not has_year and "h" not in parts:
        return v.MONTH_NAMES[month]
    if has_day and not has_year:
        return f"{value.day} {v.MONTH_NAMES_GENITIVE[month]}"
    if has_year and not has_month and not has_day:
        return str(value.year)
    text = value.strftime("%d.%m.%Y")
    if isinstance(value, datetime) and (value.hour or value.minute):
        text += value.strftime(" %H:%M")
    return text
