"""The text of a cell: tidied for people, folded for comparison."""

import re

from roadmap import vocabulary as v

DASHES = "-‐‑‒–—―−÷~"
_FOLDING = str.maketrans({**dict.fromkeys(DASHES, "-"), **v.SAME_LETTERS})
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def clean(text: str) -> str:
    """One line, single spaces, no invisible characters: how a cell's text is kept and shown."""
    return " ".join(_INVISIBLE.sub("", text).split())


def fold(text: str) -> str:
    """Comparable form of the same length: lower case, «е» for «ё», one kind of dash."""
    return text.translate(_FOLDING).lower()
