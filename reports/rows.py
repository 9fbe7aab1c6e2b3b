"""The rows of a data sheet as SpreadsheetML, streamed to a temporary file.

openpyxl spends 6–7 µs on a cell even in write-only mode: it guesses the type, makes objects and
an XML element for each. Nearly all cells of an export repeat a few values, so the XML of a value
is made once and looked up afterwards. The format is ECMA-376 part 1, 18.3.1.73 (row), 18.3.1.4 (c).
"""

import math
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from typing import IO, Any, Final
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from reports.cells import clean, is_dangerous
from reports.looks import (
    MUTED,
    RECORD,
    RECORD_HEADER,
    RECORD_NUMBER,
    RECORD_NUMBER_HEADER,
    Look,
)
from reports.report import Cell, Column, Format, Hidden

Style = Callable[[Look], int]
"""Registers a look with the workbook and gives the index of its cell format."""

_LINE = 60
"""A text longer than this is wrapped."""
_LINE_POINTS: Final = 15
_TALLEST: Final = 409  # points: Excel specifications and limits, «Row height»
_REMEMBERED: Final = 4_000
_REMEMBERED_LENGTH: Final = 200


class Bodies(dict[Cell, str]):
    """Value → the rest of its `<c r="A1"` element, for one format; made when first asked for."""

    def __init__(self, format_: Format, style: Style, too_few: str) -> None:
        super().__init__()
        self._too_few = too_few
        self._plain = style(replace(RECORD_NUMBER, format=format_))
        self._text = style(RECORD)
        self._wrapped = style(replace(RECORD, wrap=True))
        self._quoted = style(replace(RECORD, quoted=True))
        self._quoted_wrapped = style(replace(RECORD, quoted=True, wrap=True))
        self._muted = style(replace(RECORD, colour=MUTED, italic=True))
        # An empty cell is written too: its rule leads the eye along the row.
        self.wrapped_marks = tuple(
            f'" s="{style(replace(RECORD, wrap=True, quoted=quoted))}" t'
            for quoted in (False, True)
        )
        self._blank = f'" s="{self._text}"/>'

    def __missing__(self, value: Cell) -> str:
        body = self._body(value)
        # Long texts hardly repeat: remembering them would keep the whole export in memory.
        if len(self) < _REMEMBERED and not (
            isinstance(value, str) and len(value) > _REMEMBERED_LENGTH
        ):
            self[value] = body
        return body

    def _body(self, value: Cell) -> str:
        if value is None:
            return self._blank
        if isinstance(value, str):
            return self._of_text(clean(value))
        if isinstance(value, Hidden):
            return self._string(self._too_few, self._muted)
        if isinstance(value, date | datetime):
            return f'" s="{self._plain}"><v>{_serial(value)}</v></c>'
        number = repr(value + 0) if not isinstance(value, float) else f"{value!r}"
        if number in {"inf", "-inf", "nan"}:
            return self._of_text(number)
        return f'" s="{self._plain}"><v>{number}</v></c>'

    def _of_text(self, text: str) -> str:
        if not text:
            return self._blank
        wrapped = len(text) > _LINE or "\n" in text
        if is_dangerous(text):
            return self._string(text, self._quoted_wrapped if wrapped else self._quoted)
        return self._string(text, self._wrapped if wrapped else self._text)

    def _string(self, text: str, style: int) -> str:
        space = ' xml:space="preserve"' if text != text.strip() else ""
        return f'" s="{style}" t="inlineStr"><is><t{space}>{escape(text)}</t></is></c>'


class Spool:
    """The rows of one sheet on their way to the workbook; `count` with the header."""

    def __init__(
        self,
        columns: Sequence[Column],
        titles: Sequence[str],
        sizes: Sequence[float],
        *,
        too_few: str,
        style: Style,
    ) -> None:
        self.columns = columns
        self.titles = titles
        self.count = 0
        self.file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  lives as long as the spool
        self._style = style
        self._letters = [f'<c r="{get_column_letter(i)}' for i in range(1, len(columns) + 1)]
        made: dict[Format, Bodies] = {}
        for column in columns:
            if column.format not in made:
                made[column.format] = Bodies(column.format, style, too_few)
        self._bodies = [made[column.format] for column in columns]
        self._sizes = sizes
        self._marks = {mark for bodies in made.values() for mark in bodies.wrapped_marks}

    @property
    def area(self) -> str:
        """All cells written so far: «A1:H45»."""
        return f"A1:{get_column_letter(len(self.titles))}{self.count}"

    def header(self, height: float) -> None:
        """The first row."""
        self.count = 1
        cells = ""
        for letter, column, title in zip(self._letters, self.columns, self.titles, strict=True):
            look = RECORD_HEADER if column.format is Format.TEXT else RECORD_NUMBER_HEADER
            style = self._style(replace(look, quoted=is_dangerous(title)))
            cells += (
                f'{letter}1" s="{style}" t="inlineStr"><is>'
                f'<t xml:space="preserve">{escape(title)}</t></is></c>'
            )
        self._write(f'<row r="1" ht="{height}" customHeight="1">{cells}</row>')

    def append(self, cells: Sequence[Cell]) -> None:
        """One more row; as many cells as there are columns."""
        self.count = number = self.count + 1
        row = "".join(
            [
                f"{letter}{number}{bodies[value]}"
                for letter, bodies, value in zip(self._letters, self._bodies, cells, strict=True)
            ]
        )
        height = ""
        if any(mark in row for mark in self._marks):
            # Programs differ in whether they fit the height of a row by themselves.
            points = min(_LINE_POINTS * self._lines(cells), _TALLEST)
            height = f' ht="{points}" customHeight="1"'
        self._write(f'<row r="{number}"{height}>{row}</row>')

    def _lines(self, cells: Sequence[Cell]) -> int:
        """How many lines the longest text of a row takes in the width of its column."""
        return max(
            sum(math.ceil(max(len(part), 1) * 1.1 / (size - 2)) for part in value.split("\n"))
            for value, size in zip(cells, self._sizes, strict=True)
            if isinstance(value, str)
        )

    def _write(self, text: str) -> None:
        self.file.write(text.encode())


def _serial(moment: date) -> float:
    serial: float = to_excel(moment)  # type: ignore[no-untyped-call]  # openpyxl has no types
    return serial


def widths(
    columns: Sequence[Column], titles: Sequence[str], sample: Sequence[Sequence[Cell]]
) -> list[float]:
    """Widths in characters by content: of the header's words and of the first records."""
    found: list[float] = []
    for index, (column, title) in enumerate(zip(columns, titles, strict=True)):
        needed = {Format.DATE: 12, Format.MOMENT: 18}.get(column.format, 8)
        longest_word = max((len(word) for word in title.split()), default=0)
        # A header of many words goes into several lines.
        needed = max(needed, longest_word + 3, min(len(title) + 3, 16), len(title) // 4)
        for cells in islice(sample, 200):
            value: Any = cells[index]
            if isinstance(value, str):
                needed = max(needed, max(map(len, value.split("\n"))) + 2)
        found.append(float(min(needed, _LINE)))
    return found
