"""The region's fixed lists: 44 municipalities and 21 professional communities.

Names are what the rows of people hold; a short key of a name stands in buttons, so that a button
pressed years later still means the same municipality, whatever the order of the list then is.
"""

import json
import zlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


def _list(name: str) -> tuple[str, ...]:
    text = files("surveys").joinpath("data", name).read_text(encoding="utf-8")
    return tuple(json.loads(text))


@cache
def municipalities() -> tuple[str, ...]:
    """The municipalities, towns first, as the region lists them."""
    return _list("municipalities.json")


@cache
def communities() -> tuple[str, ...]:
    """The professional communities («учителя физики»)."""
    return _list("communities.json")


def key(name: str) -> str:
    """Eight hexadecimal digits that stand for a name in a button."""
    return f"{zlib.crc32(name.encode()):08x}"


def by_key(names: Iterable[str], wanted: str) -> str | None:
    """The name that a button's key stands for; None for a forged or a forgotten one."""
    return next((name for name in names if key(name) == wanted), None)
