"""A document as tables of text: what both file formats are turned into."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Cell(NamedTuple):
    """One cell of the grid.

    `span` is the number of columns it covers (0: covered by the one to its left); `down` says that
    it repeats the cell above, merged with it; `auto` that Word numbers it by itself.
    """

    text: str
    span: int = 1
    down: bool = False
    auto: bool = False

    @property
    def own(self) -> str:
        """Text that stands in this row, not one merged down into it."""
        return "" if self.down else self.text


EMPTY = Cell("")
COVERED = Cell("", span=0)


@dataclass(slots=True)
class Row:
    """Cells of one row; `at` is its number in the document, for people."""

    cells: list[Cell]
    at: int

    def cell(self, column: int | None) -> Cell:
        """The cell in a column that may be missing."""
        if column is None or column >= len(self.cells):
            return EMPTY
        return self.cells[column]

    def filled(self) -> list[tuple[int, Cell]]:
        """Cells with text of their own, with their columns."""
        return [(i, cell) for i, cell in enumerate(self.cells) if cell.own]


@dataclass(slots=True)
class Table:
    """A table (or a sheet), and the lines of text between it and the one before."""

    name: str
    lead: list[str]
    rows: list[Row]

    @property
    def width(self) -> int:
        """Number of columns."""
        return max((len(row.cells) for row in self.rows), default=0)


@dataclass(slots=True)
class Document:
    """Everything read from a file; `hidden` names sheets that people do not see."""

    tables: list[Table]
    hidden: list[str] = field(default_factory=list)
