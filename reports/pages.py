"""Prints a page of a report as a sheet: title, key figures, tables, charts, notes, downwards."""

import textwrap
from collections.abc import Sequence
from dataclasses import replace

from openpyxl.cell import Cell as SheetCell
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from reports import charts, looks
from reports.cells import clean, is_dangerous, unique
from reports.looks import Look, Wardrobe
from reports.report import (
    Cell,
    Chart,
    Column,
    Computed,
    Figures,
    Format,
    Heading,
    Hidden,
    Note,
    Page,
    Rule,
    Shown,
    Table,
    TableCell,
    Words,
)
from surveys.statistics import Zone

NAMES, SHORT_NAMES = 46.0, 26.0
"""Width of the first column, in characters: that of questions, and that of short names at least."""
MEASURES = 12.5
WIDEST_MEASURE = 17.0
LEAST_COLUMNS = 10
MOMENT = 16.0
"""Characters of a day with its hour."""
LINE = 15.0
"""Height of a line of 11 points, in points."""
_CM_PER_CHARACTER = 0.19
_PRINTED_WIDTH_CM = 27.1
_PRINTED_HEIGHT_CM = 17.2
_BESIDE = 3
"""A chart stands beside a table of up to so many columns, else below it."""

_ZONE_BOUNDS = ((Zone.RED, 0, 0.33), (Zone.ORANGE, 0.33, 0.5), (Zone.YELLOW, 0.5, 0.75))


class PagePrinter:
    """Writes the blocks of one page from top to bottom."""

    def __init__(self, sheet: Worksheet, page: Page, words: Words, wardrobe: Wardrobe) -> None:
        self._sheet = sheet
        self._page = page
        self._words = words
        self._wardrobe = wardrobe
        self._row = 1
        self._free_from = 1  # the first row that no chart covers
        self._headers: dict[int, int] = {}  # id of a table → row of its header
        self._units: list[tuple[int, int]] = []  # first and last rows that belong together
        self._heading_row: int | None = None
        self.computed: dict[str, float | None] = {}
        """Address of each formula → its value, as somebody who cannot compute shows it."""
        tables = [block for block in page.blocks if isinstance(block, Table)]
        self._alone = len(tables) == 1
        self._columns = max([LEAST_COLUMNS, *(len(table.columns) for table in tables)])
        names = [
            len(cell)
            for table in tables
            for row in [[column.title for column in table.columns[:1]], *table.rows]
            if isinstance(cell := next(iter(row), None), str)
        ]
        # A wide table of short names must not be squeezed to what nobody can read in print.
        short = min(max(SHORT_NAMES, max(names, default=0) + 3.0), NAMES)
        self._names = NAMES if any(isinstance(one, Figures) for one in page.blocks) else short
        words_of_headers = [
            len(word)
            for table in tables
            for column in table.columns[1:]
            if column.format is not Format.TEXT
            for word in column.title.split()
        ]
        words_of_cells = [
            len(word) + 2  # they are indented
            for table in tables
            for row in table.rows
            for cell in row[1 : len(row) - _stretched(table)]
            if isinstance(cell, str)
            for word in cell.split()
        ]
        # A broken word looks careless; a very long one may still break.
        longest = max([0, *words_of_headers, *words_of_cells]) * 1.05 + 1
        self._measure = min(max(MEASURES, longest), WIDEST_MEASURE)
        if any(column.format is Format.MOMENT for table in tables for column in table.columns[1:]):
            self._measure = max(self._measure, MOMENT)  # narrower, it would be printed as ###

    def print(self) -> None:
        """The whole page."""
        sheet = self._sheet
        sheet.sheet_view.showGridLines = False
        for index in range(1, self._columns + 1):
            letter = get_column_letter(index)
            sheet.column_dimensions[letter].width = self._width(index, index)
        self._line(self._page.heading, looks.TITLE, height=30)
        if self._page.subtitle:
            self._line(self._page.subtitle, looks.SUBTITLE)
        self._row += 1
        for block in self._page.blocks:
            match block:
                case Heading(text):
                    self._skip_charts()
                    self._heading_row = self._row
                    self._line(text, looks.HEADING, height=30)
                case Note(text):
                    self._skip_charts()
                    self._line(text, looks.PARAGRAPH)
                case Figures():
                    self._figures(block)
                case Table():
                    self._skip_charts()
                    self._table(block)
                case Chart():
                    self._chart(block)
        self._break_pages()

    def _begin_unit(self) -> None:
        # A heading stays with the table under it.
        self._units.append((self._heading_row or self._row, self._row))
        self._heading_row = None

    def _end_unit(self) -> None:
        self._units[-1] = self._units[-1][0], self._row - 1

    def _break_pages(self) -> None:
        """Begins a new page before a table or chart that would be cut, if it fits on one page."""
        scale = min(1.0, _PRINTED_WIDTH_CM / (self._width(1, self._columns) * _CM_PER_CHARACTER))
        room = _PRINTED_HEIGHT_CM / scale * 72 / 2.54
        above, used = 0, 0.0
        for place, (first, last) in enumerate(self._units):
            used += self._height(above + 1, first - 1)
            unit = self._height(first, last)
            # Never a page with nothing but its heading.
            if place and used + unit > room and (unit <= room or used > room / 2):
                self._sheet.row_breaks.append(Break(id=first - 1))
                used = 0.0
            used = (used + unit) % room
            above = last

    def _height(self, first: int, last: int) -> float:
        rows = self._sheet.row_dimensions
        return sum(rows[row].height or LINE for row in range(first, last + 1))

    def _skip_charts(self) -> None:
        self._row = max(self._row, self._free_from)

    def _put(self, column: int, value: Cell, look: Look) -> SheetCell:
        cell: SheetCell = self._sheet.cell(self._row, column)  # type: ignore[assignment]  # not merged yet
        if isinstance(value, Hidden):
            value = self._words.too_few
            look = replace(
                look, colour=looks.MUTED, italic=True, size=9, horizontal="right", bold=False
            )
        if isinstance(value, str):
            value = clean(value)
            cell.value = value
            cell.data_type = "s"
            look = replace(look, quoted=is_dangerous(value), format=Format.TEXT)
        else:
            cell.value = value
        self._wardrobe.dress(cell, look)
        return cell

    def _merge(self, first: int, last: int) -> None:
        if last > first:
            # Not `merge_cells`, which works out the borders of cells that are dressed already.
            self._sheet.merged_cells.add(
                CellRange(min_row=self._row, max_row=self._row, min_col=first, max_col=last)
            )

    def _line(self, text: str, look: Look, height: float | None = None) -> None:
        self._put(1, text, look)
        self._merge(1, self._columns)
        self._set_height(height or self._needed(text, 1, self._columns, look))
        self._row += 1

    def _width(self, first: int, last: int) -> float:
        return sum(self._names if index == 1 else self._measure for index in range(first, last + 1))

    def _needed(self, text: str, first: int, last: int, look: Look) -> float:
        """The height for a wrapped text: rows of merged cells do not grow by themselves."""
        # Words do not fill their lines, and bold letters are wider.
        fit = self._width(first, last) * (11 / look.size) * (0.9 if look.bold else 0.97)
        fit -= 2 * look.indent
        parts = text.split("\n")
        lines = sum(max(1, len(textwrap.wrap(part, max(1, int(fit))))) for part in parts)
        return lines * LINE * max(look.size, 10) / 11 + 2

    def _set_height(self, height: float) -> None:
        self._sheet.row_dimensions[self._row].height = height

    def _figures(self, block: Figures) -> None:
        self._skip_charts()
        words = self._words
        measured = any(one.interval or one.target is not None for one in block.figures)
        noted = any(one.note for one in block.figures)
        titles = (  # no header over a column that is empty throughout
            words.figure,
            words.value,
            words.interval if measured else "",
            "",
            words.target if measured else "",
            words.remark if noted else "",
        )
        for index in range(1, self._columns + 1):
            title = titles[index - 1] if index <= len(titles) else ""
            look = looks.HEADER_LEFT if index in {1, 6} else looks.HEADER
            self._put(index, title or None, look)
        self._merge(3, 4)
        self._merge(6, self._columns)
        self._set_height(22)
        self._row += 1
        for figure in block.figures:
            body = replace(looks.BODY, format=figure.format)
            self._put(1, figure.label, replace(looks.BODY, wrap=True))
            self._put(2, figure.value, replace(looks.FIGURE, format=figure.format))
            bounds: tuple[Cell, Cell] = figure.interval or (None, None)
            low = self._put(3, bounds[0], replace(body, horizontal="right", colour=looks.MUTED))
            low.number_format += '" –"'
            self._put(4, bounds[1], replace(body, horizontal="left", colour=looks.MUTED))
            self._put(5, figure.target, replace(body, horizontal="center", colour=looks.MUTED))
            self._put(
                6, figure.note or None, replace(looks.BODY, size=10, colour=looks.MUTED, wrap=True)
            )
            self._stretch(6, self._columns, looks.BODY)
            if figure.zoned:
                self._zones(f"B{self._row}")
            self._set_height(max(24, self._needed(figure.note, 6, self._columns, looks.NOTE)))
            self._row += 1
        self._row += 1

    def _zones(self, area: str) -> None:
        colour_zones(self._sheet, area)

    def _table(self, table: Table) -> None:
        columns = table.columns
        last = self._columns if _stretched(table) else None
        self._begin_unit()
        if table.title:
            self._line(table.title, looks.CAPTION)
        self._headers[id(table)] = header = self._row
        self._header(columns, last)
        first = self._row
        for cells in table.rows:
            self._cells(cells, columns, last)
        if table.filtered and table.rows:
            letter = get_column_letter(len(columns))
            self._sheet.auto_filter.ref = f"A{header}:{letter}{self._row - 1}"
            if self._alone:  # a frozen header above another table would name its columns wrongly
                self._sheet.freeze_panes = f"B{header + 1}"
                self._sheet.print_title_rows = f"{header}:{header}"
        for index, column in enumerate(columns, start=1):
            if column.zoned and table.rows:
                letter = get_column_letter(index)
                self._zones(f"{letter}{header + 1}:{letter}{header + len(table.rows)}")
        if table.total is not None:
            self._cells(table.total, columns, None, bold=True, first=first)
        if table.note:
            self._line(table.note, looks.NOTE)
        self._end_unit()
        self._row += 1

    def _header(self, columns: Sequence[Column], stretch_to: int | None) -> None:
        titles = unique([column.title for column in columns])
        for index, title in enumerate(titles, start=1):
            left = index == 1 or columns[index - 1].format is Format.TEXT
            self._put(index, title, looks.HEADER_LEFT if left else looks.HEADER)
        self._set_height(
            max(self._needed(title, i, i, looks.HEADER) for i, title in enumerate(titles, 1)) + 4
        )
        self._stretch(len(columns), stretch_to, looks.HEADER)
        self._row += 1

    def _stretch(self, column: int, stretch_to: int | None, look: Look) -> None:
        """Lets a cell take the columns to its right, with the look on all of them."""
        if stretch_to is not None:
            for index in range(column + 1, stretch_to + 1):
                self._put(index, None, look)
            self._merge(column, stretch_to)

    def _cells(
        self,
        cells: Sequence[TableCell],
        columns: Sequence[Column],
        stretch_to: int | None,
        *,
        bold: bool = False,
        first: int | None = None,
    ) -> None:
        height = 18.0
        for index, (cell, column) in enumerate(zip(cells, columns, strict=True), start=1):
            look = replace(looks.BODY, format=column.format, bold=bold)
            value = cell
            if isinstance(value, Shown):
                look = replace(look, format=value.format, horizontal="right")
                if value.zoned:
                    self._zones(f"{get_column_letter(index)}{self._row}")
                value = value.value
            if isinstance(value, Computed):
                self._formula(index, value, look, first or self._row)
                continue
            if isinstance(value, str):
                look = replace(look, wrap=True, indent=int(index > 1))
                if index > 1 and look.horizontal is None:
                    look = replace(look, horizontal="left")  # without a side nothing is indented
                end = stretch_to if stretch_to and index == len(columns) else index
                height = max(height, self._needed(value, index, end, look) + 3)
            self._put(index, value, look)
        self._stretch(len(columns), stretch_to, looks.BODY)
        self._set_height(height)
        self._row += 1

    def _formula(self, column: int, cell: Computed, look: Look, first: int) -> None:
        """Writes a formula; rows from `first` to the row above are what a sum is made of."""
        made = self._put(column, 0, look)
        made.value = self._rule(column, cell, first)
        self.computed[made.coordinate] = cell.value

    def _rule(self, column: int, cell: Computed, first: int) -> str:
        left, right = (f"{get_column_letter(k + 1)}{self._row}" for k in (cell.left, cell.right))
        if cell.rule is Rule.SUM:
            letter = get_column_letter(column)
            # 109: a sum of the rows that a filter leaves.
            return f"=SUBTOTAL(109,{letter}{first}:{letter}{self._row - 1})"
        if cell.rule is Rule.QUOTIENT:
            return f'=IF(N({right})>0,N({left})/{right},"")'
        return f'=IF(AND(ISNUMBER({left}),ISNUMBER({right})),{left}-{right},"")'

    def _chart(self, chart: Chart) -> None:
        header = self._headers[id(chart.table)]
        beside = len(chart.table.columns) <= _BESIDE
        first = len(chart.table.columns) + 2 if beside else 1
        width = self._width(first, self._columns) * _CM_PER_CHARACTER
        drawn = charts.draw(chart, self._sheet, header, width)
        top = header - 1 if beside else self._row
        self._sheet.add_chart(drawn, f"{get_column_letter(first)}{top}")
        self._free_from = max(self._row, self._below(top, drawn.height))
        if beside:
            first, last = self._units[-1]
            self._units[-1] = first, max(last, self._free_from - 1)
        else:
            self._units.append((top, self._free_from - 1))
            self._row = self._free_from

    def _below(self, top: int, height_cm: float) -> int:
        """The first row under a chart of that height, knowing the rows written so far."""
        left = height_cm / charts.ROW_CM * LINE
        row = top
        while left > 0:
            left -= self._sheet.row_dimensions[row].height or LINE
            row += 1
        return row + 1


def _stretched(table: Table) -> bool:
    """Whether its last column, being of words, takes what is left of the page."""
    return len(table.columns) > 1 and table.columns[-1].format is Format.TEXT


def colour_zones(sheet: Worksheet, area: str) -> None:
    """Colours shares of an area of one column (or cell) by the region's zones."""
    first = area.split(":", maxsplit=1)[0]
    # A text compares as greater than every number, so «is it a number» is asked first.
    rules = [
        (zone, f"AND(ISNUMBER({first}),ROUND({first},9)>={low},ROUND({first},9)<{high})")
        for zone, low, high in _ZONE_BOUNDS
    ]
    rules.append((Zone.GREEN, f"AND(ISNUMBER({first}),ROUND({first},9)>=0.75)"))
    for zone, formula in rules:
        fill = PatternFill("solid", bgColor=looks.ZONES[zone])
        rule = FormulaRule([formula], fill=fill)  # type: ignore[no-untyped-call]  # no types
        sheet.conditional_formatting.add(area, rule)
