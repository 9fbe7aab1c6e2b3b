"""Rows that head others: one of the five sections, or a year."""

import re
from typing import NamedTuple

from roadmap import vocabulary as v
from roadmap.cells import Row
from roadmap.columns import Columns
from roadmap.periods import Period
from roadmap.text import fold
from roadmap.titles import plan_period

_NUMBERED = re.compile(
    rf"\s*(?:{v.SECTION_WORD}\w*\s*)?([1-5]|i{{1,3}}|iv|v)\s*(?:[.):]\s*|\s)[^\W\d]"
)
_NUMBER = re.compile(r"[\d.]*\d[.)]*|\w")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
WIDE = 0.5  # a heading covers at least half of the columns


class Heading(NamedTuple):
    """What a heading row says: a section, a year, or (both None) something we cannot use."""

    text: str
    section: int | None
    period: Period | None
    by_number: bool = False  # nothing but its number says which section it is


def section_of(text: str) -> int | None:
    """The section that a heading names: by its words, which only one section holds, or number."""
    folded, named = fold(text), _named(text)
    match = _NUMBERED.match(folded)
    number = (_ROMAN.get(match[1]) or int(match[1])) if match else None
    if number is not None and (number in named or not named):
        return number
    return named[0] if len(named) == 1 else number


def _named(text: str) -> list[int]:
    folded = fold(text)
    return [n for n, stems in v.SECTION_STEMS.items() if any(stem in folded for stem in stems)]


def heading_of(row: Row, columns: Columns, width: int) -> Heading | None:
    """What the row heads, or None for an ordinary row."""
    filled = row.filled()
    title = columns["title"]
    if len(filled) == 1:
        column, cell = filled[0]
        wide = cell.span > 1 and cell.span >= width * WIDE
        beside = column == 0 and column != title and not _NUMBER.fullmatch(cell.text)
        if wide or beside or (column == title and _is_section(cell.text, numbered=True)):
            return _heading(cell.text)
    if len(filled) == 2 and [i for i, _ in filled] == [columns["number"], title]:
        number, text = filled[0][1].text, filled[1][1].text
        if re.fullmatch(r"([1-5]|[IVX]{1,3})\.?", number) and _is_section(text, numbered=False):
            return _heading(f"{number.rstrip('.')}. {text}")
    return None


def _is_section(text: str, *, numbered: bool) -> bool:
    folded = fold(text)
    if numbered and not _NUMBERED.match(folded):
        return False
    stems = any(stem in folded for stems in v.SECTION_STEMS.values() for stem in stems)
    return stems and any(noun in folded for noun in v.SECTION_NOUNS)


def _heading(text: str) -> Heading:
    section = section_of(text)
    period, _ = plan_period([text]) if section is None else (None, [])
    return Heading(text, section, period, by_number=section is not None and not _named(text))
