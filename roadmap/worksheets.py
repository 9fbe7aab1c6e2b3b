"""The limits of one worksheet, counted while its XML streams by."""

import re
from xml.parsers import expat

from roadmap.refusals import MOST_ROWS, RefusalCode, Refused

MOST_COLUMNS = 100
MOST_CELLS = 150_000
MOST_ELEMENTS = 600_000
MOST_MERGED_CELLS = 150_000
DEEPEST = 100  # nested elements
FARTHEST_ROW = 100_000  # text below it is no table's, even in a sheet with few rows
CHUNK = 1 << 20  # large, so that one long token is not scanned again for each piece of it
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class Sheet:
    """Counts a worksheet's rows and cells as it streams by, and stops at the first excess."""

    def __init__(self) -> None:
        self.row = self.column = 0
        self.rows_with_text = self.last_row_with_text = 0
        self.cells = self.elements = self.depth = self.merged = 0

    def check(self, data: bytes) -> None:
        """Raise `Refused` for a far cell, too many rows or cells, or XML that is broken."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        try:
            for at in range(0, len(data), CHUNK):
                parser.Parse(data[at : at + CHUNK], False)
            parser.Parse(b"", True)
        except expat.ExpatError as fault:
            raise Refused(RefusalCode.BROKEN, detail="xml") from fault

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.elements > MOST_ELEMENTS or self.depth > DEEPEST:
            raise Refused(RefusalCode.TOO_MUCH)
        local = name.rpartition(":")[2]
        if local in {"v", "t"}:
            self._text()
        elif local == "c":
            self._cell(attributes.get("r"))
        elif local == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
        elif local == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _end(self, _name: str) -> None:
        self.depth -= 1

    def _cell(self, reference: str | None) -> None:
        self.cells += 1
        if self.cells > MOST_CELLS:
            raise Refused(RefusalCode.TOO_MANY_ROWS, most=MOST_ROWS)
        if reference is None:
            self.column += 1
        else:
            self.column, self.row = _place(reference)

    def _text(self) -> None:
        if self.column > MOST_COLUMNS or self.row > FARTHEST_ROW:
            raise Refused(RefusalCode.FAR_CELL, cell=f"{_letters(self.column)}{self.row}")
        if self.row != self.last_row_with_text:
            self.last_row_with_text = self.row
            self.rows_with_text += 1
            if self.rows_with_text > MOST_ROWS:
                raise Refused(RefusalCode.TOO_MANY_ROWS, most=MOST_ROWS)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        (left, top), (right, bottom) = _place(first), _place(last or first)
        if right < left or bottom < top:
            raise Refused(RefusalCode.BROKEN, detail="merge")
        self.merged += (right - left + 1) * (bottom - top + 1)
        if self.merged > MOST_MERGED_CELLS:
            raise Refused(RefusalCode.FAR_CELL, cell=reference)


def _place(reference: str) -> tuple[int, int]:
    """«AB12» as column and row, from 1."""
    match = REFERENCE.fullmatch(reference)
    if match is None:
        raise Refused(RefusalCode.BROKEN, detail="cell reference")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return column, int(match[2])


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
