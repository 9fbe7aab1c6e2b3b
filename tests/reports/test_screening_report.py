"""The report of a closed screening in its workbook: whom it names, whom it does not."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from openpyxl import Workbook, load_workbook

from bot.texts.screening_report import LABELS
from reports.screening.data import Data
from reports.screening.describe import describe
from reports.workbook import write
from surveys.boyko import score
from surveys.screening_groups import Entry, summarise

CALM = score(dict.fromkeys(range(1, 85), False))
TIRED = score(dict.fromkeys(range(1, 85), True))
MOMENT = datetime(2026, 11, 28, 9, tzinfo=UTC)
FIRST = "Кому помочь первыми"


def school(place: str, name: str, calm: int, tired: int) -> list[Entry]:
    return [Entry(TIRED if n < tired else CALM, "w", place, name) for n in range(calm + tired)]


def printed(people: list[Entry], folder: Path, places: frozenset[str] | None = None) -> Workbook:
    data = Data(
        subject="Осень",
        opens_at=MOMENT,
        closes_at=MOMENT,
        made_at=MOMENT,
        zone=ZoneInfo("Europe/Moscow"),
        summary=summarise(people),
        invited=Counter(one.municipality for one in people),
        heads={},
        places=places,
    )
    write(describe(data, LABELS), folder / "report.xlsx")
    return load_workbook(folder / "report.xlsx")


def said(book: Workbook, *titles: str) -> str:
    return "\n".join(
        str(cell)
        for title in titles or book.sheetnames
        for row in book[title].values
        for cell in row
        if cell is not None
    )


PEOPLE = [
    *school("Ейский район", "СОШ 5", 2, 18),
    *school("Ейский район", "СОШ 6", 30, 5),
    *school("Абинский район", "СОШ 7", 50, 5),
    *school("Абинский район", "Девятеро", 0, 9),
]


def test_the_schools_to_help_first_stand_on_a_sheet_with_the_rule_and_a_chart(
    tmp_path: Path,
) -> None:
    book = printed(PEOPLE, tmp_path)
    sheet = said(book, FIRST)
    assert "СОШ 5, Ейский район" in sheet
    assert "СОШ 6" not in sheet
    assert "среди всех прошедших (31 %)" in sheet
    assert getattr(book[FIRST], "_charts")  # noqa: B009 - openpyxl has no public name for it
    assert "Организации, которым помочь первыми\n1" in said(book, "Сводка")


def test_a_school_that_may_not_be_shown_is_nowhere_in_the_workbook_however_tired_it_is(
    tmp_path: Path,
) -> None:
    whole = said(printed(PEOPLE, tmp_path))
    assert "Девятеро" not in whole
    assert "СОШ 5" in whole


def test_a_reader_of_one_municipality_reads_of_no_other_ones_schools(tmp_path: Path) -> None:
    book = printed(PEOPLE, tmp_path, frozenset({"Абинский район"}))
    assert "СОШ 5" not in said(book)
    assert "таких нет" in said(book, FIRST)
