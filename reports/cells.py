"""What a text looks like as a cell of a workbook: unharmed, and never a formula.

A person can type anything into a chat. A spreadsheet would run `=HYPERLINK(…)`, take `1-2` for a
date once somebody edits the cell, break on a control character, and read `_x0041_` as «A».
"""

import re

LONGEST = 32_767
"""Characters in a cell: Excel specifications and limits, «Total number of characters»."""

# What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets), lone surrogates among it.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NEWLINE = re.compile("\r\n?")
# ECMA-376 part 1, 22.9.2.19 ST_Xstring: _xHHHH_ stands for a character, so its underscore is
# itself written so.
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\n", "\r")
_UNUSUAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
# Words that openpyxl would store as an error value.
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})


def clean(text: str) -> str:
    """The text as a cell can hold it: newlines as line ends, nothing that is illegal in XML."""
    if len(text) <= LONGEST and not _UNUSUAL.search(text):
        return text
    text = _ILLEGAL.sub("", _NEWLINE.sub("\n", text))
    text = _ESCAPE.sub("_x005F_", text)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def is_dangerous(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula or an error."""
    return text.startswith(_FORMULA_LIKE) or text in _ERRORS


def unique(titles: list[str]) -> list[str]:
    """The titles cleaned and made unique by a number, regardless of case, as filters need them."""
    found: list[str] = []
    taken: set[str] = set()
    for title in map(clean, titles):
        name, number = title, 1
        while name.casefold() in taken:
            number += 1
            name = f"{title} ({number})"
        taken.add(name.casefold())
        found.append(name)
    return found


def tab(title: str, taken: set[str]) -> str:
    """A name for a sheet: at most 31 characters, none of those Excel forbids, not used yet."""
    base = re.sub(r"[\[\]:*?/\\]", " ", clean(title)).strip(" '")[:31] or "1"
    name, number = base, 1
    while name.casefold() in taken:
        number += 1
        suffix = f" ({number})"
        name = base[: 31 - len(suffix)] + suffix
    taken.add(name.casefold())
    return name
