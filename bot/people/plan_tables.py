"""Rows of a table by the names of its columns, whatever stands above them and in what order."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from bot.people.register_file import DEEPEST_HEADER, Sheet
from bot.search import folded

Column = TypeVar("Column", bound=StrEnum)
Headers = Sequence[tuple[Column, Sequence[str]]]
"""Column → beginnings of words in its folded header; the first that fits takes it."""


def found_table(
    sheets: Sequence[Sheet], headers: Headers[Column], title: Column
) -> tuple[Sheet, dict[Column, int]] | None:
    """The rows below the first header with this column and one more, and where its columns are."""
    for sheet in sheets:
        for index, (_, cells) in enumerate(sheet[:DEEPEST_HEADER]):
            columns = _columns(cells, headers)
            if len(columns) > 1 and title in columns:
                return sheet[index + 1 :], columns
    return None


def said_in(
    rows: Sheet, columns: Mapping[Column, int], title: Column
) -> Iterator[tuple[int, dict[Column, str]]]:
    """(number, what each column says) of every row but empty ones and that of column numbers."""
    for at, cells in rows:
        said = {
            column: " ".join(cells[place].split()) if place < len(cells) else ""
            for column, place in columns.items()
        }
        if any(said.values()) and not folded(said[title]).isdigit():
            yield at, said


def missing(columns: Collection[Column], needed: Sequence[Column]) -> tuple[Column, ...]:
    """Those without which nothing can be read."""
    return tuple(one for one in needed if one not in columns)


def _columns(cells: Sequence[str], headers: Headers[Column]) -> dict[Column, int]:
    found: dict[Column, int] = {}
    for place, cell in enumerate(cells):
        words = f" {folded(cell)}"
        for column, beginnings in headers:
            if column not in found and any(f" {one}" in words for one in beginnings):
                found[column] = place
                break
    return found
