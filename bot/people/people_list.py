"""A list of people that somebody typed or sent as a file: one person a line.

A document is inspected like a roadmap and read in a limited process (roadmap/table_rows.py). A row
may hold a number, a name in one cell or in three, a school.
"""

import asyncio
from collections.abc import Iterator, Sequence
from io import BytesIO

from aiogram import Bot
from aiogram.types import Document, Message

from roadmap.refusals import Refused
from roadmap.table_rows import read_rows

MOST_BYTES = 1 << 20
MOST_LINES = 2_000
NAME_PARTS = 3
"""Surname, first name and patronymic, in one column or in three."""
FEWEST = 2
"""Words of a name: a surname alone could be anybody's."""
_DOCUMENTS = (b"PK", b"\xd0\xcf\x11\xe0")  # of today, and of old versions of Office


class UnreadableListError(Exception):
    """The file holds no list."""

    def __init__(self, *, too_large: bool = False) -> None:
        super().__init__()
        self.too_large = too_large


async def names_in(message: Message, bot: Bot) -> str:
    """The names, one a line.

    Raises:
        UnreadableListError: the file is too large, of another kind, or empty.
    """
    if message.document is None:
        return message.text or ""
    document = message.document
    if (document.file_size or 0) > MOST_BYTES:
        raise UnreadableListError(too_large=True)
    lines = await asyncio.to_thread(_read, await _bytes(document, bot))
    if len(lines) > MOST_LINES:
        raise UnreadableListError(too_large=True)
    if not lines:
        raise UnreadableListError
    return "\n".join(lines)


async def _bytes(document: Document, bot: Bot) -> bytes:
    target = BytesIO()
    await bot.download(document, destination=target)
    return target.getvalue()


def rows_of(data: bytes) -> list[list[str]]:
    """Rows of a Word or Excel table, or of a text with commas, semicolons or tabs.

    Raises:
        Refused: a document that is broken, dangerous or of an old kind, with the reason.
        UnreadableListError: neither a document nor a text.
    """
    if data.startswith(_DOCUMENTS):
        return read_rows(data)
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    else:
        raise UnreadableListError
    if not text.isprintable() and any(ord(sign) < 9 for sign in text):
        raise UnreadableListError
    return [line.replace(";", "\t").replace(",", "\t").split("\t") for line in text.splitlines()]


def names_in_row(row: Sequence[str]) -> Iterator[str]:
    """Parts of a row that may be a name: one cell of several words, or cells side by side."""
    cells = [" ".join(cell.strip().strip('"').split()) for cell in row]
    for cell in cells:
        if len(_words(cell)) >= FEWEST:
            yield " ".join(_words(cell))
    single = [cell if len(_words(cell)) == 1 else "" for cell in cells]
    for length in (3, 2):
        for start in range(len(single) - length + 1):
            part = single[start : start + length]
            if all(part):
                yield " ".join(_words(" ".join(part)))


def _read(data: bytes) -> list[str]:
    try:
        rows = rows_of(data)
    except Refused as fault:
        raise UnreadableListError from fault
    return [line for row in rows if (line := _name(row))]


def _name(row: Sequence[str]) -> str:
    """The first part of a row that may be a name, without what follows it; or its only word."""
    lone = next((cell.strip() for cell in row if len(_words(cell)) == 1), "")
    return " ".join(next(names_in_row(row), lone).split()[:NAME_PARTS])


def _words(text: str) -> list[str]:
    words = text.replace(".", ". ").split()
    return [word for word in words if any(letter.isalpha() for letter in word)]
