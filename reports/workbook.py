"""Prints a report as an Excel workbook.

openpyxl makes everything but the rows of the data sheets: those are spooled by `reports.rows` and
put into the sheets while the finished file is copied, so memory does not grow with the records.
"""

import math
import re
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import chain, groupby, islice
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reports.cells import clean, tab, unique
from reports.looks import Look, Wardrobe
from reports.pages import PagePrinter, colour_zones
from reports.report import Page, Records, Report, Words
from reports.rows import Spool, widths

_SAMPLE = 200
"""So many records decide how wide the columns are."""
_PAGE_WIDTH = 190.0
"""Characters that fit on a landscape A4 page at the smallest size that can be read."""
_CHUNK = 1 << 20


def write(report: Report, path: Path) -> None:
    """Writes `report` to `path` (.xlsx), replacing a file that is there.

    Takes seconds for large reports, so call it outside the event loop (a thread will do).
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        book = _Book(report)
        spools = book.fill()
        for _, spool in spools:
            stack.enter_context(spool.file)
        frame = folder / "frame.xlsx"
        book.workbook.save(frame)
        # Beside its place, so that replacing is atomic and nobody opens half a workbook.
        finished = path.with_name(f".{path.name}.part")
        try:
            # A sheet learns its place in the file when it is saved.
            values = {sheet.path: computed for sheet, computed in book.computed}
            _copy(frame, finished, {sheet.path: spool for sheet, spool in spools}, values)
            finished.replace(path)
        finally:
            finished.unlink(missing_ok=True)


def _copy(
    frame: Path,
    finished: Path,
    spools: dict[str, Spool],
    computed: dict[str, dict[str, float | None]],
) -> None:
    """Copies the file, putting the spooled rows and the formulas' values into their sheets."""
    with ZipFile(frame) as source, ZipFile(finished, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            with source.open(name) as part, target.open(name, "w", force_zip64=True) as out:
                spool = spools.get(f"/{name}")
                if values := computed.get(f"/{name}"):
                    out.write(_with_values(part.read(), values))
                    continue
                if spool is None:
                    shutil.copyfileobj(part, out, _CHUNK)
                    continue
                before, after = _around_rows(part.read())
                # Read before the rows (LibreOffice colours by it, streams end by it): no guess.
                out.write(_DIMENSION.sub(b'<dimension ref="%b"' % spool.area.encode(), before))
                spool.file.seek(0)
                shutil.copyfileobj(spool.file, out, _CHUNK)
                out.write(after)


_DIMENSION = re.compile(rb'<dimension ref="[^"]*"')
_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)><f>([^<]*)</f><v\s*(?:/>|></v>)</c>')


def _with_values(sheet: bytes, values: dict[str, float | None]) -> bytes:
    """Puts the values beside the formulas, for a phone's preview, which computes nothing.

    openpyxl writes a formula or a value, never both; spreadsheets compute anew when they open.
    """

    def written(found: re.Match[bytes]) -> bytes:
        place, looks, formula = found.groups()
        value = values[place.decode()]
        if value is None:
            return b'<c r="%b"%b t="str"><f>%b</f><v></v></c>' % (place, looks, formula)
        number = repr(value).encode()
        return b'<c r="%b"%b><f>%b</f><v>%b</v></c>' % (place, looks, formula, number)

    return _FORMULA.sub(written, sheet)


def _around_rows(sheet: bytes) -> tuple[bytes, bytes]:
    for empty in (b"<sheetData />", b"<sheetData/>", b"<sheetData></sheetData>"):
        before, found, after = sheet.partition(empty)
        if found:
            return before + b"<sheetData>", b"</sheetData>" + after
    raise ValueError("the sheet has rows already")


class _Book:
    """The workbook without the rows of its data sheets."""

    def __init__(self, report: Report) -> None:
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.worksheets[0])
        self._report = report
        self._styles: dict[Look, int] = {}
        self.computed: list[tuple[Worksheet, dict[str, float | None]]] = []
        properties = self.workbook.properties
        properties.title = clean(report.title)
        properties.subject = clean(report.subject)
        properties.creator = clean(report.words.author)
        properties.created = properties.modified = report.made_at

    def fill(self) -> list[tuple[Worksheet, Spool]]:
        """Makes all sheets; gives the rows that are still to be put into the data sheets."""
        taken: set[str] = set()
        wardrobe = Wardrobe()
        spools: list[tuple[Worksheet, Spool]] = []
        made = [
            (sheet, self.workbook.create_sheet(tab(sheet.title, taken)))
            for sheet in self._report.sheets
        ]
        for sheet, target in made:
            _set_up_print(target, self._report, self._report.words)
            if isinstance(sheet, Page):
                printer = PagePrinter(target, sheet, self._report.words, wardrobe)
                printer.print()
                self.computed.append((target, printer.computed))
        data = [(sheet, target) for sheet, target in made if isinstance(sheet, Records)]
        for _, same in groupby(data, key=lambda pair: id(pair[0].source)):
            spools += self._stream(list(same))
        return spools

    def _stream(self, sheets: Sequence[tuple[Records, Worksheet]]) -> list[tuple[Worksheet, Spool]]:
        """Sheets over one source, in a single pass over it."""
        records = iter(sheets[0][0].source())
        sample = list(islice(records, _SAMPLE))
        spools = [(target, self._spool(sheet, target, sample)) for sheet, target in sheets]
        steps = [
            (sheet.row, spool.append) for (sheet, _), (_, spool) in zip(sheets, spools, strict=True)
        ]
        for record in chain(sample, records):
            for row, append in steps:
                append(row(record))
        for (sheet, _), (target, spool) in zip(sheets, spools, strict=True):
            target.auto_filter.ref = spool.area
            for index, column in enumerate(sheet.columns, start=1):
                if column.zoned and spool.count > 1:
                    letter = get_column_letter(index)
                    colour_zones(target, f"{letter}2:{letter}{spool.count}")
        return spools

    def _spool(self, sheet: Records, target: Worksheet, sample: Sequence[Any]) -> Spool:
        titles = unique([column.title for column in sheet.columns])
        sizes = widths(sheet.columns, titles, [sheet.row(record) for record in sample])
        spool = Spool(
            sheet.columns,
            titles,
            sizes,
            too_few=self._report.words.too_few,
            style=self._style,
        )
        spool.header(_header_height(titles, sizes))
        _set_up_records(target, sheet, sizes)
        return spool

    def _style(self, look: Look) -> int:
        if look not in self._styles:
            # Not part of the sheet: openpyxl registers formats through a cell only.
            cell = SheetCell(self.workbook.worksheets[0], 1, 1)
            look.dress(cell)
            self._styles[look] = cell.style_id
        return self._styles[look]


def _set_up_print(sheet: Worksheet, report: Report, words: Words) -> None:
    """A4 landscape, as wide as the page, with title, sheet and page numbers."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom = 0.7, 0.6
    margins.header = margins.footer = 0.3
    # «&» begins a code in headers and footers.
    title = clean(report.title).replace("\n", " ").replace("&", "&&")[:120]
    header, footer = sheet.oddHeader, sheet.oddFooter
    if header is not None and footer is not None:  # the stubs allow None
        header.left.text, header.right.text = title, "&A"
        footer.center.text = words.page_of.format(page="&P", pages="&N")
        for part in (header.left, header.right, footer.center):
            part.size = 9


def _set_up_records(sheet: Worksheet, records: Records, sizes: Sequence[float]) -> None:
    for index, size in enumerate(sizes, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = size
    sheet.freeze_panes = f"{get_column_letter(records.frozen + 1)}2"
    sheet.print_title_rows = "1:1"
    if records.frozen:
        sheet.print_title_cols = f"A:{get_column_letter(records.frozen)}"
    # A sheet of many columns goes over several pages; squeezed into one nobody could read it.
    sheet.page_setup.fitToWidth = max(1, math.ceil(sum(sizes) / _PAGE_WIDTH))


def _header_height(titles: Sequence[str], sizes: Sequence[float]) -> float:
    """The height of the header, up to six lines."""
    needed = (
        # Words do not fill their lines.
        math.ceil(len(title) * 1.15 / max(size - 2, 1))
        for title, size in zip(titles, sizes, strict=True)
    )
    lines = max(needed, default=1)
    return 6 + 13.5 * min(max(lines, 1), 6)
