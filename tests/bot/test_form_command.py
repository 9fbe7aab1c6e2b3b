"""`python -m bot form`: a file is fine, or every fault is told with its place and remedy."""

import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from string import Formatter

import pytest
from openpyxl import Workbook, load_workbook

from bot.commands.form import run
from bot.forms.template import example, template
from bot.texts import xlsform as words
from roadmap.packages import sheet_names
from surveys.advice import Advice, AdviceCode
from surveys.loading import DATA
from surveys.xlsform import Fault, FaultCode, WarnCode, load


def test_the_template_loads_as_it_is_and_explains_itself(tmp_path: Path) -> None:
    path = tmp_path / "anketa.xlsx"
    assert run(["--template", str(path)]) == 0
    assert load(path.read_bytes()).questionnaire == example()
    book = load_workbook(path)
    assert book.sheetnames[0] == words.INSTRUCTIONS_SHEET
    rules = [
        rule.formula1 for sheet in book.worksheets for rule in sheet.data_validations.dataValidation
    ]
    assert '"named,anonymous"' in rules


def test_a_sound_workbook_is_said_to_be_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "anketa.xlsx"
    path.write_bytes(template())
    assert run([str(path)]) == 0
    assert "«Моя анкета» читается без ошибок: вопросов 6" in capsys.readouterr().out
    assert run([str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "moya_anketa"


def test_faults_are_told_with_sheet_row_and_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "survey"
    sheet.append(["type", "name", "label", "relevant"])
    sheet.append(["txt", "a", "Имя"])
    sheet.append(["integer", "b", "Сколько?", "${nobody} > 1"])
    out = io.BytesIO()
    book.save(out)
    path = tmp_path / "anketa.xlsx"
    path.write_bytes(out.getvalue())
    assert run([str(path)]) == 1
    said = capsys.readouterr().err
    assert "Лист survey, строка 2, столбец A: Вида «txt» не бывает. Возможно, вы имели" in said
    assert "Лист survey, строка 3, столбец D: «b»: " in said
    assert "упомянут вопрос «nobody», которого нет" in said


@pytest.mark.parametrize("content", [b"", b"words", b"PK\x03\x04junk"])
def test_what_is_no_workbook_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    path = tmp_path / "anketa.xlsx"
    path.write_bytes(content)
    assert run([str(path)]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_shipped_definition_is_checked_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(shutil.copy(DATA / "mentors.toml", tmp_path))
    assert run([str(path)]) == 0
    capsys.readouterr()
    path.write_text(path.read_text(encoding="utf-8").replace("required = true", "requird = true"))
    assert run([str(path)]) == 1
    assert "requird" in capsys.readouterr().err


ARGS: Mapping[str, object] = {
    "found": ["Лист1"],
    "column": "label",
    "type": "txt",
    "choice": "yes",
    "name": "g",
    "list": "yn",
    "value": "x",
    "parameter": "p",
    "setting": "anonymity",
    "allowed": ["named", "anonymous"],
    "message": "words",
    "closest": None,
}


@pytest.mark.parametrize("code", FaultCode)
def test_every_fault_of_a_workbook_has_its_words(code: FaultCode) -> None:
    names = {name for _, name, _, _ in Formatter().parse(words.FAULTS[code]) if name}
    needed = {name: ARGS[name] for name in names - {"maybe"}}
    said = words.fault(Fault("survey", 2, "B", code, needed))
    assert said.startswith("Лист survey, строка 2, столбец B: ")
    assert said.endswith((".", "?", "words"))
    assert "{" not in said


def test_every_warning_has_its_words() -> None:
    assert set(words.WARNINGS) == set(WarnCode)


def test_the_command_does_without_aiogram() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, bot.commands.form; sys.exit('aiogram' in sys.modules)"],
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert done.returncode == 0


def test_every_piece_of_advice_has_its_words() -> None:
    for code in AdviceCode:
        names = {name for _, name, _, _ in Formatter().parse(words.ADVICE[code]) if name}
        assert "{" not in words.advised(Advice(code, "a", dict.fromkeys(names, 7)))


def test_a_workbook_that_unpacks_into_a_mountain_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = io.BytesIO(template())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet9.xml", b"<a>" + b" " * 30_000_000 + b"</a>")
    path = tmp_path / "anketa.xlsx"
    path.write_bytes(out.getvalue())
    assert run([str(path)]) == 1
    assert "после распаковки он слишком велик" in capsys.readouterr().err


def test_sheet_names_are_told_without_opening_the_workbook() -> None:
    assert "survey" in sheet_names(template())
    assert sheet_names(b"PK\x03\x04junk") == ()
    assert sheet_names(b"words") == ()


def test_the_template_offers_kinds_of_questions_and_has_a_sheet_for_results() -> None:
    book = load_workbook(io.BytesIO(template()))
    (kinds,) = [
        rule
        for rule in book["survey"].data_validations.dataValidation
        if "A2" in rule.sqref and rule.type == "list"
    ]
    assert {"select_one came", "select_multiple came", "range", "image"} <= set(
        kinds.formula1.strip('"').split(",")
    )
    assert len(kinds.formula1) <= 257, "Excel opens no longer list"
    assert not kinds.showErrorMessage, "another list's name may be typed"
    assert [cell.value for cell in book["bands"][1]] == [
        *("name", "from", "to", "text", "for_person")
    ]
    assert load(template()).questionnaire is not None
