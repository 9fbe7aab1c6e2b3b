"""Sheets of slips with QR codes, drawn in a process of their own: it takes seconds."""

import logging
from collections.abc import Sequence
from pathlib import Path

from bot.own_process import done_elsewhere
from bot.people.school_names import fitted
from bot.qr import modules
from bot.texts import register as words
from reports.slips import Slip, broken, write
from storage.people.register_rows import Entry, Row

log = logging.getLogger(__name__)

MOST = 200
"""Slips in one file: twenty pages."""
SCHOOL_LINES = 4


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
            tuple(filter(None, (entry.surname, entry.first_name, entry.patronymic))),
            (*_school(entry), "", *words.SLIP_LINES),
            modules(link),
        )
        for row, link in issued
        for entry in (row.entry,)
    ]
    write(slips, target)


def _school(entry: Entry) -> list[str]:
    return fitted(entry.organisation or entry.municipality, broken, SCHOOL_LINES)
