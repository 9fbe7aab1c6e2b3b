"""What a report says, free of any format: sheets, tables, key figures, charts by meaning, notes.

Whoever describes a report uses only these words; a printer (`reports.workbook`, later pictures
and digest texts) decides what they look like. Nothing here is Russian: the words come in as data.
"""

import enum
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


class Hidden(enum.Enum):
    """A figure that is not shown. There is one kind only.

    «Too few people», «nobody» and «hidden so that another cannot be found by subtraction» must
    look the same, or the difference itself would tell what is hidden.
    """

    TOO_FEW = "too_few"


TOO_FEW = Hidden.TOO_FEW


Cell = str | int | float | date | datetime | Hidden | None
"""A share is a fraction 0…1; a datetime is naive and already in the zone of the reader."""


class Rule(enum.Enum):
    """How a computed cell comes from others of its table."""

    SUM = "sum"  # of the column above; of the rows that a filter leaves
    QUOTIENT = "quotient"  # the column `left` by the column `right`, in the same row
    DIFFERENCE = "difference"  # the column `left` less the column `right`, in the same row


@dataclass(frozen=True)
class Computed:
    """A value that a reader can check: a workbook holds the formula with its value.

    `left` and `right` are places of columns in the table, from 0.
    """

    value: float | None
    rule: Rule
    left: int = 0
    right: int = 0


@dataclass(frozen=True)
class Shown:
    """A value of another kind than its column."""

    value: Cell | Computed
    format: "Format"
    zoned: bool = False


TableCell = Cell | Computed | Shown
"""What a cell of a table may hold beside a value."""


class Format(enum.Enum):
    """What the values of a column mean, and so how they are shown."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"  # a mean or a median: two decimals
    PLAIN = "plain"  # a number exactly as somebody gave it
    SHARE = "share"  # a fraction 0…1, shown as per cent
    PART = "part"  # the same, one of the parts of a whole: a zero is no more than a dash
    CHANGE = "change"  # a difference of whole numbers, with its sign
    DRIFT = "drift"  # a difference of means or of figures with decimals, with its sign
    POINTS = "points"  # a difference of shares, a fraction shown in percentage points
    DATE = "date"
    MOMENT = "moment"  # date and time


@dataclass(frozen=True)
class Column:
    """A column of a table; `zoned` shares are coloured by `surveys.statistics.zone`."""

    title: str
    format: Format = Format.TEXT
    zoned: bool = False


@dataclass(frozen=True)
class Table:
    """A table that is read; `total` is printed as its last, stressed row.

    `filtered`: the reader may filter and sort its rows (one table of a page at most).
    """

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[TableCell]]
    total: Sequence[TableCell] | None = None
    note: str = ""
    filtered: bool = False


@dataclass(frozen=True)
class Figure:
    """A key figure: one number with what is needed to judge it.

    `interval` are the bounds of a 95 % confidence interval, `target` what was aimed at; both in
    the unit of `value`.
    """

    label: str
    value: Cell
    format: Format
    interval: tuple[float, float] | None = None
    target: float | None = None
    zoned: bool = False
    note: str = ""


@dataclass(frozen=True)
class Figures:
    """Key figures that are read together."""

    title: str
    figures: tuple[Figure, ...]


class Comparison(enum.Enum):
    """What a chart compares."""

    PARTS = "parts"  # how each row divides into parts: shares of one whole
    RANKING = "ranking"  # one measure across the rows
    COURSE = "course"  # measures over time


@dataclass(frozen=True)
class Chart:
    """A chart of a table that stands on the same page.

    `names` is the index of the column with the names of the rows, `series` those of the measures.
    Only the first `rows` rows are drawn (None: all), so that hidden figures can stand last.
    The first `grades` series are grades, worst first: they get colours from red to green.
    """

    title: str
    comparison: Comparison
    table: Table
    names: int
    series: tuple[int, ...]
    rows: int | None = None
    grades: int = 0


@dataclass(frozen=True)
class Note:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Heading:
    """What the blocks below it are about."""

    text: str


Block = Heading | Note | Figures | Table | Chart


@dataclass(frozen=True)
class Page:
    """A sheet that is read from top to bottom; `heading` stands above, `title` on its tab."""

    title: str
    blocks: tuple[Block, ...]
    heading: str
    subtitle: str = ""


@dataclass(frozen=True)
class Records:
    """A sheet of data, one record a row: filtered and sorted by the reader, possibly very long.

    `source` gives the records afresh at each call and `row` makes cells of one; sheets that share
    the same `source` are written in a single pass over it. `titles` are unique.
    """

    title: str
    columns: tuple[Column, ...]
    source: Callable[[], Iterable[Any]]
    row: Callable[[Any], Sequence[Cell]]
    frozen: int = 0
    note: str = ""


Sheet = Page | Records


@dataclass(frozen=True)
class Words:
    """The words a printer needs beside what the report says; `{page}` and `{pages}` stay as are."""

    too_few: str
    page_of: str
    figure: str
    value: str
    interval: str
    target: str
    remark: str
    author: str


@dataclass(frozen=True)
class Report:
    """A report: its first sheet is what a reader in a hurry looks at."""

    title: str
    subject: str
    made_at: datetime
    sheets: tuple[Sheet, ...]
    words: Words
