"""A report as plain lines: what it says, without anything of what it looks like."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from reports.report import (
    Chart,
    Computed,
    Figures,
    Format,
    Heading,
    Hidden,
    Note,
    Page,
    Records,
    Report,
    Shown,
    Table,
    TableCell,
)


def told(report: Report) -> str:
    """Sheets, blocks, tables with their values; `{=}` marks what a reader can check."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"{report.title} | {report.subject} | {report.made_at:%d.%m.%Y %H:%M}"
    for sheet in report.sheets:
        yield f"\n== {sheet.title}"
        if isinstance(sheet, Records):
            yield _row([column.title for column in sheet.columns])
            for record in sheet.source():
                cells = sheet.row(record)
                formats = [column.format for column in sheet.columns]
                yield _row([_cell(*pair) for pair in zip(cells, formats, strict=True)])
        else:
            yield from _page(sheet)


def _page(page: Page) -> Iterator[str]:
    yield page.subtitle
    for block in page.blocks:
        match block:
            case Heading(text):
                yield f"-- {text}"
            case Note(text):
                yield f"({text})"
            case Chart():
                yield f"[{block.comparison.value}: {block.title}]"
            case Table():
                yield _row([column.title for column in block.columns])
                rows: list[Sequence[TableCell]] = [*block.rows]
                for cells in rows if block.total is None else [*rows, block.total]:
                    formats = [column.format for column in block.columns]
                    yield _row([_cell(*pair) for pair in zip(cells, formats, strict=True)])
                if block.note:
                    yield f"({block.note})"
            case Figures():
                yield from (f"{one.label}: {_cell(one.value, one.format)}" for one in block.figures)


def _row(cells: Sequence[str]) -> str:
    return " | ".join(cells)


def _cell(cell: TableCell, form: Format) -> str:
    match cell:
        case Shown(value, other):
            return _cell(value, other)
        case Computed(value):
            return "{=}" + _cell(value, form)
        case None:
            return "·"
        case Hidden():
            return "мало"
        case date() | datetime():
            return f"{cell:%d.%m.%Y}"
        case str():
            return cell
    if form in {Format.SHARE, Format.PART}:
        return f"{cell:.1%}"
    if form is Format.POINTS:
        return f"{cell:+.1%}"
    sign = "+" if form in {Format.CHANGE, Format.DRIFT} else ""
    return f"{cell:{sign}g}"
