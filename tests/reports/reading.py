"""Reads a workbook back, the way a person reads it: by words, not by cell addresses."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.texts.report import LABELS
from reports.campaign import CampaignData, describe
from reports.workbook import write

TOO_FEW = LABELS.words.too_few


def printed(data: CampaignData, folder: Path, name: str = "report.xlsx") -> Workbook:
    path = folder / name
    write(describe(data, LABELS), path)
    return load_workbook(path)


def sheet(book: Workbook, title: str) -> Worksheet:
    found = book[title]
    assert isinstance(found, Worksheet)
    return found


def records(book: Workbook, title: str) -> list[dict[str, Any]]:
    rows = list(sheet(book, title).iter_rows(values_only=True))
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def figures(book: Workbook) -> dict[str, tuple[Any, ...]]:
    """The key figures: label → value, low, high, target, remark."""
    found: dict[str, tuple[Any, ...]] = {}
    rows = sheet(book, "Сводка").iter_rows(values_only=True)
    for row in rows:
        if row[0] == "Показатель":
            break
    for row in rows:
        if row[0] is None:
            break
        found[str(row[0])] = row[1:6]
    return found


def table(book: Workbook, header: str, *, after: str = "") -> list[dict[str, Any]]:
    """The first table of «Сводка» whose first column has that header, below the words `after`."""
    rows = sheet(book, "Сводка").iter_rows(values_only=True)
    if after:
        next(row for row in rows if row[0] == after)
    head = next((row for row in rows if row[0] == header), None)
    if head is None:
        return []
    titles = [str(title) for title in head if title is not None]
    found = []
    for row in rows:
        if row[0] is None or row[1] is None:
            break
        found.append(dict(zip(titles, row, strict=False)))
    return found


def strings(book: Workbook) -> Iterator[tuple[str, str, str]]:
    """Every text of the workbook: sheet, place, text."""
    for each in book.worksheets:
        for row in each.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    yield each.title, cell.coordinate, cell.value
