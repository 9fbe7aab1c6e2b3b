"""Spreadsheets that a coordinator loads for the screening: a licensed wording, headcounts.

Every fault of a sheet is found at once, each with its row, so that it is corrected in one go.
"""

import enum
import io
import zipfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from surveys.boyko_key import ITEMS
from surveys.boyko_words import Wording, wording

LONGEST = 300
"""Characters of a statement: with progress and buttons it must be read at a glance on a phone."""
ROWS = 20_000
"""Rows read of a sheet at most; the whole region has fewer schools."""
LARGEST = 2_000_000
"""Bytes of a file; 84 statements take some twenty thousand."""


class SheetFault(enum.StrEnum):
    """What is wrong in a row (0: with the file as a whole)."""

    UNREADABLE = "unreadable"  # no workbook at all
    NUMBER = "number"  # the first cell is no number 1–84
    TWICE = "twice"  # this number, or this place, stood in an earlier row
    EMPTY = "empty"  # a number without a statement
    SAME = "same"  # the statement of another number
    TOO_LONG = "too_long"
    MISSING = "missing"  # no row for this number
    PLACE = "place"  # no such municipality
    FOREIGN = "foreign"  # not the loader's municipality
    COUNT = "count"  # no whole number of people above zero
    NOTHING = "nothing"  # no row with content


@dataclass(frozen=True, slots=True)
class RowFault:
    """A fault with its row and what stands there."""

    row: int
    fault: SheetFault
    value: str = ""


class SheetRefusedError(Exception):
    """The sheet cannot be taken; `faults` are all of them."""

    def __init__(self, faults: list[RowFault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


def read_wording(content: bytes, edition: str) -> Wording:
    """84 statements from the first sheet: number in the first column, statement in the second.

    A row whose first cell is no number is a heading if nothing stands before it.

    Raises:
        SheetRefusedError: with every fault.
    """
    faults: list[RowFault] = []
    found: dict[int, str] = {}
    said: dict[str, int] = {}
    begun = False
    for row, cells in _rows(content):
        number, words = _whole(cells[0]), _text(cells[1]) if len(cells) > 1 else ""
        if number is None and not begun:
            begun = True
            continue
        begun = True
        if number is None or not 1 <= number <= ITEMS:
            faults.append(RowFault(row, SheetFault.NUMBER, _text(cells[0])))
        elif number in found:
            faults.append(RowFault(row, SheetFault.TWICE, str(number)))
        else:
            found[number] = words
            faults += _statement_faults(row, number, words, said)
    if not begun:
        faults.append(RowFault(0, SheetFault.NOTHING))
    else:
        faults += [
            RowFault(0, SheetFault.MISSING, str(number))
            for number in range(1, ITEMS + 1)
            if number not in found
        ]
    if faults:
        raise SheetRefusedError(faults)
    return wording(edition, edition, found)


def _statement_faults(row: int, number: int, words: str, said: dict[str, int]) -> list[RowFault]:
    if not words:
        return [RowFault(row, SheetFault.EMPTY, str(number))]
    found = []
    folded = " ".join(words.casefold().split())
    if folded in said:
        found.append(RowFault(row, SheetFault.SAME, str(said[folded])))
    said.setdefault(folded, number)
    if len(words) > LONGEST:
        found.append(RowFault(row, SheetFault.TOO_LONG, str(len(words))))
    return found


def read_headcounts(
    content: bytes,
    municipality: Callable[[str], str | None],
    sound: Callable[[str], str],
    allowed: Collection[str] | None,
) -> dict[tuple[str, str], int]:
    """How many people work where: municipality, organisation (empty: all of it), people.

    Args:
        content: a workbook; the first sheet is read, a heading row is passed over.
        municipality: the region's name of a municipality as people write it, None for none.
        sound: the forgiving form that an organisation is known by.
        allowed: the municipalities of whoever loads it; None is every one.

    Raises:
        SheetRefusedError: with every fault.
    """
    faults: list[RowFault] = []
    found: dict[tuple[str, str], int] = {}
    for index, (row, cells) in enumerate(_rows(content)):
        named, school = _text(cells[0]), _text(cells[1]) if len(cells) > 1 else ""
        people = _whole(cells[2]) if len(cells) > 2 else None
        place = municipality(named)
        if index == 0 and place is None and people is None:
            continue
        if place is None:
            faults.append(RowFault(row, SheetFault.PLACE, named))
        elif allowed is not None and place not in allowed:
            faults.append(RowFault(row, SheetFault.FOREIGN, place))
        if people is None or people < 1:
            faults.append(
                RowFault(row, SheetFault.COUNT, _text(cells[2]) if len(cells) > 2 else "")
            )
        elif place is not None:
            key = (place, sound(school) if school else "")
            if key in found:
                faults.append(RowFault(row, SheetFault.TWICE, school or place))
            found[key] = people
    if not found and not faults:
        faults.append(RowFault(0, SheetFault.NOTHING))
    if faults:
        raise SheetRefusedError(faults)
    return found


def _rows(content: bytes) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Rows with anything in them, numbered as the spreadsheet does."""
    if len(content) > LARGEST:
        raise SheetRefusedError([RowFault(0, SheetFault.UNREADABLE)])
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = [
            (number, cells)
            for number, cells in enumerate(sheet.iter_rows(max_row=ROWS, values_only=True), 1)
            if any(_text(cell) for cell in cells)
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
        raise SheetRefusedError([RowFault(0, SheetFault.UNREADABLE)]) from error
    yield from rows


def _text(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


def _whole(value: object) -> int | None:
    text = _text(value).rstrip(".").removesuffix(".0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
