"""Plans and facts of the target indicators as a spreadsheet: one to fill in, and one filled in.

Columns are found by their names in whatever order, on whatever sheet: so the «Обзор» of the
region's workbook, corrected and sent back, is read as well. Every fault is found at once.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from reports.cells import clean
from reports.region_data import Entered
from reports.region_labels import RegionLabels
from reports.report import Column, Format, Page, Report, Table, TableCell
from reports.workbook import write
from surveys.indicators import Code, indicators

LARGEST = 2_000_000
"""Bytes of a file; thirteen rows take some ten thousand."""
ROWS = 2_000
"""Rows read of a sheet at most."""
MOST = 1_000_000
"""No plan and no fact is larger than this, either way."""
_NUMBER = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,6})?")


class Fault(StrEnum):
    """What is wrong with a cell, or ('' for its place) with the file."""

    UNREADABLE = "unreadable"  # no workbook, or too large
    NO_TABLE = "no-table"  # nowhere a row of headers
    UNKNOWN = "unknown"  # no indicator of that name
    TWICE = "twice"  # the indicator stood in an earlier row
    NUMBER = "number"  # no number
    TOO_LARGE = "too-large"
    NOTHING = "nothing"  # not one plan or fact


@dataclass(frozen=True, slots=True)
class CellFault:
    """A fault with the sheet and the cell («Обзор», «D7») and what stands there."""

    fault: Fault
    sheet: str = ""
    place: str = ""
    value: str = ""


class SheetRefusedError(Exception):
    """Nothing of the sheet can be taken; `faults` are all of them."""

    def __init__(self, faults: list[CellFault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


def write_form(
    path: Path, entered: Mapping[Code, Entered], labels: RegionLabels, *, report: Report
) -> None:
    """Write the sheet to fill in, with what is known already; `report` gives titles and words."""
    rows: list[list[TableCell]] = []
    for each in indicators():
        known = entered.get(each.code, Entered())
        source = labels.computed if each.code.computed else labels.entered
        plan = each.target if known.plan is None else known.plan
        rows.append([each.name, each.unit, plan, known.fact, source])
    table = Table(
        "",
        (
            Column(labels.figure),
            Column(labels.unit),
            Column(labels.plan, Format.PLAIN),
            Column(labels.fact, Format.PLAIN),
            Column(labels.source),
        ),
        rows,
    )
    page = Page(labels.indicators, (table,), heading=report.title, subtitle=report.subject)
    write(Report(report.title, report.subject, report.made_at, (page,), report.words), path)


def read_form(content: bytes, labels: RegionLabels) -> dict[Code, Entered]:
    """Plans and facts by code; a blank cell says nothing. A fact the bot computes is left out.

    Raises:
        SheetRefusedError: with every fault.
    """
    reading = _Reading()
    headers = tuple(_folded(word) for word in (labels.figure, labels.plan, labels.fact))
    tables = 0
    for sheet, rows in _sheets(content):
        places: tuple[int, ...] = ()
        for number, cells in rows:
            names = [_folded(cell.value) for cell in cells]
            if places:
                reading.row(sheet, number, [cells[place] for place in places], places)
            elif all(header in names for header in headers):
                places = tuple(names.index(header) for header in headers)
                tables += 1
    faults, found = reading.faults, reading.found
    if not tables:
        faults.append(CellFault(Fault.NO_TABLE))
    elif not faults and all(one == Entered() for one in found.values()):
        faults.append(CellFault(Fault.NOTHING))
    if faults:
        raise SheetRefusedError(faults)
    return {code: one for code, one in found.items() if one != Entered()}


class _Reading:
    """What was found in the rows so far."""

    def __init__(self) -> None:
        self.found: dict[Code, Entered] = {}
        self.faults: list[CellFault] = []
        self._known = {_folded(each.name): each.code for each in indicators()}

    def row(self, sheet: str, number: int, cells: Sequence[Any], places: Sequence[int]) -> None:
        """Name, plan and fact of one row."""

        def fault(kind: Fault, at: int) -> None:
            place = f"{get_column_letter(places[at] + 1)}{number}"
            value = "" if cells[at].value is None else clean(str(cells[at].value))
            self.faults.append(CellFault(kind, sheet, place, value))

        code = self._known.get(_folded(cells[0].value))
        if code is None:
            # The words under a table carry no figures; a row with one is a mistake.
            if any(_folded(cell.value) for cell in cells[1:]):
                fault(Fault.UNKNOWN, 0)
            return
        read = [_number(cell) for cell in cells[1:]]
        for at, one in enumerate(read, start=1):
            if isinstance(one, Fault):
                fault(one, at)
        if code in self.found:
            fault(Fault.TWICE, 0)
        plan, fact = (one if isinstance(one, float) else None for one in read)
        self.found[code] = Entered(plan, None if code.computed else fact)


def _sheets(content: bytes) -> Iterator[tuple[str, list[tuple[int, tuple[Any, ...]]]]]:
    if len(content) > LARGEST:
        raise SheetRefusedError([CellFault(Fault.UNREADABLE)])
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = [
            (sheet.title, list(enumerate(sheet.iter_rows(max_row=ROWS), start=1)))
            for sheet in book.worksheets
        ]
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        IndexError,
        OSError,
        SyntaxError,  # what an XML parser raises
    ) as error:
        raise SheetRefusedError([CellFault(Fault.UNREADABLE)]) from error
    yield from sheets


def _number(cell: Any) -> float | Fault | None:
    """A number as people write it, «+5», «42,5 %»; a cell formatted as per cent holds a share."""
    value = cell.value
    if isinstance(value, bool):
        return Fault.NUMBER
    if isinstance(value, int | float):
        percent = "%" in (cell.number_format or "")
        read = float(value) * (100 if percent else 1)
    else:
        text = "".join(str("" if value is None else value).split()).removesuffix("%")
        if not text or text in "–—-":
            return None
        if not _NUMBER.fullmatch(text):
            return Fault.NUMBER
        read = float(text.replace(",", "."))
    # Not a number compares as false.
    return round(read, 6) if abs(read) <= MOST else Fault.TOO_LARGE


def _folded(value: object) -> str:
    """A name regardless of case, spaces and a number before it."""
    text = " ".join(str("" if value is None else value).split()).casefold()
    return re.sub(r"^\d{1,2}[.)]\s*", "", text)
