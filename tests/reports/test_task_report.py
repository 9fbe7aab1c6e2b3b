"""The journal as a file: nothing in it is printed as ###, no empty column has a heading."""

from datetime import datetime, timedelta
from pathlib import Path

from openpyxl import load_workbook

from bot.texts.task_report import LABELS
from reports.task_lines import Line
from reports.trainee_journal import describe_journal
from reports.workbook import write
from surveys.tasks import Standing

NOW = datetime(2026, 11, 28, 15, 40)  # noqa: DTZ001 - the reader's zone


def test_days_with_their_hour_fit_and_empty_columns_have_no_heading(tmp_path: Path) -> None:
    line = Line(
        task="4.1 Методическая разработка",
        level="репродуктивный",
        group="",
        person="Зорин И.",
        municipality="Ейский район",
        organisation="МБОУ СОШ № 5",
        standing=Standing.ACCEPTED,
        attempts=1,
        due=NOW,
        submitted_at=NOW,
        late=timedelta(0),
        waited=None,
        points=(4,),
        comment="Хорошо.",
        most=5,
    )
    target = tmp_path / "journal.xlsx"
    write(
        describe_journal("Зорин И.", "", [("Урок", NOW)], [line], made_at=NOW, labels=LABELS),
        target,
    )
    sheet = load_workbook(target).worksheets[0]
    moments = [
        cell for row in sheet.iter_rows() for cell in row if cell.value == NOW and cell.is_date
    ]
    assert moments
    for cell in moments:
        assert sheet.column_dimensions[cell.column_letter].width >= len("28.11.2026 15:40")
    said = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert {LABELS.words.figure, "4 из 5"} <= said
    assert not said & {LABELS.words.interval, LABELS.words.target, LABELS.words.remark}
