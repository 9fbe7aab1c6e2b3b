"""The workbook opens in LibreOffice: every formula, format and chart is taken without an error."""

import csv
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.texts.report import LABELS
from reports.campaign import describe
from reports.workbook import write
from surveys.questionnaire import Anonymity
from tests.reports import samples

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
# In CI a missing LibreOffice is a failure, elsewhere a reason to skip.
needs_office = pytest.mark.skipif(
    OFFICE is None and not os.environ.get("REQUIRE_BROWSER"), reason="LibreOffice is not installed"
)
ERRORS = ("#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#N/A", "#NUM!", "#NULL!", "Err:")


def converted(*workbooks: Path, to: str) -> None:
    """All of one folder at once: LibreOffice takes longer to start than to convert."""
    folder = workbooks[0].parent
    profile = folder / "profile"
    command = [
        str(OFFICE),
        f"-env:UserInstallation=file://{profile}",
        "--headless",
        "--convert-to",
        to,
        "--outdir",
        str(folder),
        *map(str, workbooks),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)


@needs_office
def test_no_cell_of_any_sheet_is_an_error(tmp_path: Path) -> None:
    paths = [tmp_path / f"{anonymity}.xlsx" for anonymity in Anonymity]
    for anonymity, path in zip(Anonymity, paths, strict=True):
        counts = {"Калинов": 14, "Глупов": 3, "Градов": 21}
        write(describe(samples.campaign(counts, anonymity=anonymity), LABELS), path)
    # Commas, quotes, UTF-8, cells as shown; -1: every sheet into a file of its own.
    options = "44,34,76,1,,0,false,true,true,false,false,-1"
    converted(*paths, to=f"csv:Text - txt - csv (StarCalc):{options}")
    for anonymity in Anonymity:
        no_errors(anonymity, tmp_path)


def no_errors(anonymity: Anonymity, folder: Path) -> None:
    sheets = {path.stem.split("-", 1)[1]: path for path in folder.glob(f"{anonymity}-*.csv")}
    expected = {"Сводка", "Ответы", "Коды", "Вопросы", "Как считалось"}
    if anonymity is Anonymity.ANONYMOUS:
        expected.add("Свободные ответы")
    assert set(sheets) == expected
    for path in sheets.values():
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert cells
        assert not [cell for cell in cells if cell.startswith(ERRORS)]
    if anonymity is Anonymity.NAMED:
        with sheets["Ответы"].open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == 38
        assert {"=1+1"} <= {row["Что бы вы изменили?"] for row in rows}
        assert {row["Отправлено"] for row in rows} >= {"02.03.2027 01:00"}


@needs_office
def test_the_workbook_prints_as_pdf(tmp_path: Path) -> None:
    workbook = tmp_path / "report.xlsx"
    write(describe(samples.campaign({"Калинов": 14, "Градов": 21}), LABELS), workbook)
    converted(workbook, to="pdf")
    assert workbook.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
