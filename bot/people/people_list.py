"""A list of people that somebody typed or sent as a file: one person a line.

A workbook is inspected like a roadmap before it is opened (see roadmap/packages.py), and read
outside the event loop.
"""

import asyncio
from io import BytesIO

from aiogram import Bot
from aiogram.types import Document, Message

from roadmap.packages import Kind, inspect
from roadmap.refusals import Refused
from roadmap.xlsx_tables import read_xlsx

MOST_BYTES = 1 << 20
MOST_LINES = 2_000
NAME_PARTS = 3
"""Surname, first name and patronymic, in one column or in three."""


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


def _read(data: bytes) -> list[str]:
    if data.startswith(b"PK"):
        return _from_workbook(data)
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
    rows = [line.replace(";", "\t").replace(",", "\t").split("\t") for line in text.splitlines()]
    return [line for cells in rows if (line := _name(cells))]


def _from_workbook(data: bytes) -> list[str]:
    try:
        if inspect(data) is not Kind.XLSX:
            raise UnreadableListError
        document = read_xlsx(data)
    except (Refused, KeyError, ValueError, OSError) as fault:
        raise UnreadableListError from fault
    rows = [row for table in document.tables for row in table.rows]
    return [line for row in rows if (line := _name([cell.text for cell in row.cells]))]


def _name(cells: list[str]) -> str:
    """The words of the first columns, as far as they are words: no number, no e-mail."""
    said = []
    for cell in cells:
        words = cell.strip().strip('"').split()
        if all(word.replace("-", "").replace(".", "").isalpha() for word in words):
            said += words
        elif said:
            break
        if len(said) >= NAME_PARTS:
            break
    return " ".join(said[:NAME_PARTS])
