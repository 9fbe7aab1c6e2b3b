"""Plans and facts by spreadsheet: the form that is given comes back, and every fault at once."""

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from bot.texts.indicators import indicator_form
from bot.texts.region_labels import LABELS_OF_REGION
from reports.indicator_sheet import CellFault, Fault, SheetRefusedError, read_form, write_form
from reports.region_data import Entered
from surveys.indicators import Code, indicators

NAMES = {each.code: each.name for each in indicators()}


def book(*rows: tuple[Any, ...], title: str = "Лист1") -> bytes:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return saved(made)


def saved(made: Workbook) -> bytes:
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def read(content: bytes) -> dict[Code, Entered]:
    return read_form(content, LABELS_OF_REGION)


def faults(content: bytes) -> list[CellFault]:
    with pytest.raises(SheetRefusedError) as refused:
        read(content)
    return refused.value.faults


def test_the_form_filled_in_comes_back_with_what_was_typed(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    known = {Code.TOPICS: Entered(3, None)}
    titles = indicator_form("2026-2027", datetime(2026, 11, 23, 9))  # noqa: DTZ001 - a workbook holds no zones
    write_form(path, known, LABELS_OF_REGION, report=titles)
    made = load_workbook(path)
    sheet = made.worksheets[0]
    row = next(cell.row for (cell,) in sheet["A1:A40"] if cell.value == NAMES[Code.PLATFORMS])
    sheet.cell(row, 4, 64.5)
    found = read(saved(made))
    assert found[Code.PLATFORMS] == Entered(100, 64.5)
    assert found[Code.TOPICS] == Entered(3, None)
    assert set(found) == set(Code)


def test_columns_stand_in_any_order_and_numbers_are_read_as_people_write_them() -> None:
    content = book(
        ("Показатели района",),
        ("Факт", "План", "Показатель"),
        ("42,5 %", "+5", f"1. {NAMES[Code.MONITORING].upper()}"),
        (None, "–", NAMES[Code.RULES]),
        (90, None, NAMES[Code.SATISFIED]),
        (None, None, "Заполнила методист"),
    )
    assert read(content) == {Code.MONITORING: Entered(5, 42.5)}, "the bot computes «satisfied»"


def test_a_cell_shown_as_per_cent_holds_a_share() -> None:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.append(("Показатель", "План", "Факт"))
    sheet.append((NAMES[Code.PRACTICES], 30, 0.285))
    sheet["C2"].number_format = "0.0%"
    assert read(saved(made)) == {Code.PRACTICES: Entered(30, 28.5)}


def test_every_fault_is_named_at_once_with_its_cell() -> None:
    content = book(
        ("Показатель", "План", "Факт"),
        (NAMES[Code.RULES], "много", 5),
        ("=1+1", 1, 2),
        (NAMES[Code.SUPPORT], 1e9, True),
        (NAMES[Code.RULES], None, 6),
        (None, 4, None),
        title="Мой лист",
    )
    assert faults(content) == [
        CellFault(Fault.NUMBER, "Мой лист", "B2", "много"),
        CellFault(Fault.UNKNOWN, "Мой лист", "A3", ""),
        CellFault(Fault.TOO_LARGE, "Мой лист", "B4", "1000000000"),
        CellFault(Fault.NUMBER, "Мой лист", "C4", "True"),
        CellFault(Fault.TWICE, "Мой лист", "A5", NAMES[Code.RULES]),
        CellFault(Fault.UNKNOWN, "Мой лист", "A6", ""),
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.UNREADABLE),
        (b"PK\x03\x04 broken", Fault.UNREADABLE),
        (book(("Название", "Сколько"), ("Один", 1)), Fault.NO_TABLE),
        (book(("Показатель", "План", "Факт"), (NAMES[Code.RULES], None, " ")), Fault.NOTHING),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_as_a_whole(content: bytes, fault: Fault) -> None:
    assert faults(content) == [CellFault(fault)]
