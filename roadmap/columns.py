"""The header of a table: which column holds what, whatever it is called and wherever it stands."""

from dataclasses import dataclass
from typing import Literal, get_args

from roadmap import vocabulary as v
from roadmap.cells import Row, Table
from roadmap.text import fold

Meaning = Literal[
    "number",
    "title",
    "term",
    "term_start",
    "term_end",
    "year",
    "audience",
    "responsible",
    "task",
    "task_term",
]
MEANINGS: tuple[Meaning, ...] = get_args(Meaning)
DEEPEST_HEADER = 40  # rows of letterhead and title above it


@dataclass(slots=True)
class Columns:
    """Column of each meaning, and the names of all columns."""

    at: dict[Meaning, int]
    names: dict[int, str]
    heights: int = 1  # rows of the header

    def __getitem__(self, meaning: Meaning) -> int | None:
        """Where a meaning stands, if anywhere."""
        return self.at.get(meaning)


def meaning_of(text: str) -> Meaning | Literal["other"] | None:
    """What a header cell names; the stem that stands first decides, and a term beats «other»."""
    folded = fold(text) + " "
    found: dict[str, int] = {}
    for meaning, stems in v.COLUMN_STEMS.items():
        places = [place for stem in stems if (place := folded.find(stem)) >= 0]
        if places:
            found[meaning] = min(places)
    if not found:
        return None
    if "term" in found:
        found.pop("other", None)
    first = min(found, key=lambda meaning: found[meaning])
    if first == "term":
        if "task" in found:
            return "task_term"
        starts = any(stem in folded for stem in v.COLUMN_START)
        ends = any(stem in folded for stem in v.COLUMN_END)
        if starts != ends:
            return "term_start" if starts else "term_end"
    return first  # type: ignore[return-value] # the keys of COLUMN_STEMS are meanings


def find_columns(table: Table) -> tuple[int, Columns] | None:
    """Index of the first row below the header, and the columns; None if there is no header."""
    for i, row in enumerate(table.rows[:DEEPEST_HEADER]):
        below = table.rows[i + 1] if i + 1 < len(table.rows) else None
        if below is not None and _belongs_to_header(row, below):
            columns = _columns([row, below])
            if _is_header(columns):
                return i + 2, columns
        columns = _columns([row])
        if _is_header(columns):
            return i + 1, columns
    return None


def _is_header(columns: Columns) -> bool:
    has_term = any(m in columns.at for m in ("term", "term_start", "term_end"))
    return has_term and "title" in columns.at


def _belongs_to_header(row: Row, below: Row) -> bool:
    """Merged into the row above, or written only under its groups, or itself names of columns."""
    if any(cell.down for cell in below.cells):
        return True
    filled = below.filled()
    if not filled or len(filled) >= len(row.filled()):
        return False
    if len(filled) == 1 and _group_over(row, filled[0][0]) is None and _heads(filled[0][1].own):
        return False  # «1. Организационные мероприятия», not merged over the columns
    return all(_group_over(row, i) is not None or _is_name(cell.own) for i, cell in filled)


def _heads(text: str) -> bool:
    folded = fold(text)
    stems = any(stem in folded for stems in v.SECTION_STEMS.values() for stem in stems)
    return stems and any(noun in folded for noun in v.SECTION_NOUNS)


def _is_name(text: str) -> bool:
    folded = fold(text)
    part = any(folded.startswith(stem) for stem in (*v.COLUMN_START, *v.COLUMN_END))
    return part or meaning_of(text) is not None


def _group_over(row: Row, column: int) -> int | None:
    """Column of the cell of `row` that covers several columns, `column` among them."""
    for i in range(column, -1, -1):
        span = row.cell(i).span
        if span:
            return i if span > 1 and i + span > column else None
    return None


def _group_left_of(row: Row, column: int, below: str) -> int | None:
    """For «начало», «завершение» without merging: the named cell to the left, over both."""
    if not any(fold(below).startswith(stem) for stem in (*v.COLUMN_START, *v.COLUMN_END)):
        return None
    return next((i for i in range(column, -1, -1) if row.cell(i).own), None)


def _columns(rows: list[Row]) -> Columns:
    width = max(len(row.cells) for row in rows)
    at: dict[Meaning, int] = {}
    names: dict[int, str] = {}
    titles: list[tuple[int, int]] = []
    for column in range(width):
        meaning, name = _column(rows, column)
        if not name:
            continue
        names[column] = name
        if meaning == "title":
            titles.append((_rank(name), column))
        elif meaning in MEANINGS and meaning not in at:
            at[meaning] = column
    if titles:
        at["title"] = min(titles)[1]
    return Columns(at, names, len(rows))


def _column(rows: list[Row], column: int) -> tuple[Meaning | Literal["other"] | None, str]:
    """Meaning by the lowest cell that has one, else by the whole stack of cells."""
    lowest = rows[-1].cell(column)
    if lowest.span == 0:
        return None, ""
    stack = []
    for row in rows:
        group = _group_over(row, column)
        if group is None and row is not rows[-1] and not row.cell(column).own:
            group = _group_left_of(row, column, lowest.own)
        text = row.cell(column if group is None else group).own
        if text:
            stack.append(text)
    if not stack:
        return None, ""
    name = " ".join(stack)
    own = meaning_of(stack[-1])
    return (meaning_of(name) if own in {None, "other"} else own), name


def _rank(name: str) -> int:
    folded = fold(name)
    ranks = [i for i, stem in enumerate(v.TITLE_ORDER) if stem in folded]
    return min(ranks, default=len(v.TITLE_ORDER))
