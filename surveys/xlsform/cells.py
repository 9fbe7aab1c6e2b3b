"""Cells that hold more than text: yes/no, parameters, numbers, names."""

import re
from collections.abc import Mapping

from surveys.vocabulary import NO, YES

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*")
_YES = YES | {"true", "true()", "1"}
_NO = NO | {"false", "false()", "0", ""}


_TYPOGRAPHIC = str.maketrans("\u2018\u2019\u201a\u201c\u201d\u201e", "'''\"\"\"")


def expression(text: str) -> str:
    """An expression with the quotes that a word processor has curled made straight, as pyxform."""
    return text.translate(_TYPOGRAPHIC)


def yes_or_no(text: str) -> bool | None:
    """The value of a yes/no cell; None where it says neither (an expression, perhaps)."""
    lowered = text.strip().lower()
    if lowered in _YES:
        return True
    return False if lowered in _NO else None


def number(text: str) -> float | None:
    """A number with point or comma; None where there is none. Whole values come as int."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN is not itself
        return None
    return int(value) if value.is_integer() else value


def parameters(text: str) -> Mapping[str, str]:
    """`start=1 end=5, step=1;…` → names (lower case) and values; a stray word has value ''."""
    text = re.sub(r"\s*=\s*", "=", text)
    found: dict[str, str] = {}
    for part in re.split(r"[\s,;]+", text.strip()):
        if part:
            name, _, value = part.partition("=")
            found[name.lower()] = value
    return found
