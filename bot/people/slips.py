"""Sheets of slips with QR codes, drawn in a process of their own: it takes seconds."""

import logging
from collections.abc import Sequence
from pathlib import Path

from bot.own_process import done_elsewhere
from bot.qr import modules
from bot.texts import register as words
from reports.slips import Slip, write
from storage.people.register_rows import Row

log = logging.getLogger(__name__)

MOST = 200
"""Slips in one file: twenty pages."""


class SlipsFailedError(Exception):
    """The process that draws ended without a file; its reason is in the log."""


async def make(issued: Sequence[tuple[Row, str]], target: Path) -> None:
    """Draw a slip for each (row, link).

    Raises:
        SlipsFailedError: there is no file.
    """
    status = await done_elsewhere(_work, list(issued), target)
    if status != 0:
        log.error("slips: exit status %s", status)
        raise SlipsFailedError


def _work(issued: list[tuple[Row, str]], target: Path) -> None:
    slips = [
        Slip(
            "\n".join(filter(None, (entry.surname, entry.first_name, entry.patronymic))),
            ("", "", *_wrapped(entry.organisation or entry.municipality), "", *words.SLIP_LINES),
            modules(link),
        )
        for row, link in issued
        for entry in (row.entry,)
    ]
    write(slips, target)


def _wrapped(text: str, width: int = 24, most: int = 3) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return [line[: width + 6] for line in lines[:most]]
