"""`python -m bot export DIR`."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.campaigns.reporting import file_name
from bot.commands import export
from storage.database import Database
from storage.questionnaires import responses, submitting
from surveys.questionnaire import Questionnaire, Text
from tests.kit.forms import NOW, opened, register

FORM = Questionnaire(
    id="short", version=1, title="Коротко", items=(Text(name="words", label="Что скажете?"),)
)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("DATA_DIR", str(folder))
    monkeypatch.setenv("BOT_TOKEN", "424242:AAtest-token-of-an-invented-bot-0000")
    monkeypatch.chdir(tmp_path)
    return folder


def fill(conn: sqlite3.Connection) -> None:
    campaign = opened(conn, form=FORM)
    person = register(conn, 501)
    entered = responses.start_or_continue(conn, campaign.id, person, now=NOW)
    assert entered.response is not None
    conn.execute(
        "INSERT INTO answers (response_id, item, value) VALUES (?, 'words', ?)",
        (entered.response.id, '"=HYPERLINK(0)"'),
    )
    submitting.submit(conn, entered.response.id, person, now=NOW)


async def store(folder: Path, *, filled: bool) -> None:
    db = await Database.open(folder / "bot.sqlite3")
    if filled:
        await db.write(fill)
    await db.close()


def test_every_campaign_becomes_a_file_and_no_copy_of_the_database_stays(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(store(data, filled=True))
    target = tmp_path / "сводки"
    assert export.run([str(target)]) == 0
    region, made = sorted(target.iterdir())
    assert region.name.startswith("000 Сводка – Весь край")
    assert "Обзор" in load_workbook(region).sheetnames
    assert made.name == "001 Коротко – Семинар «Первый урок».xlsx"
    assert made.name in capsys.readouterr().out
    sheet = load_workbook(made)["Ответы"]
    words = [cell for row in sheet.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert [cell.data_type for cell in words] == ["s"]


def test_without_campaigns_it_says_so(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(store(data, filled=False))
    assert export.run([str(tmp_path / "out")]) == 0
    assert "нечего" in capsys.readouterr().out


def test_without_a_database_it_refuses_in_a_sentence(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export.run([str(tmp_path / "out")]) != 0
    assert capsys.readouterr().err.strip()


def test_file_names_hold_nothing_a_file_system_refuses() -> None:
    assert file_name('../a\\b:c*d?"<>|', "\x00е\nж") == "a b c d – е ж.xlsx"
    assert len(file_name("д" * 300, "")) <= 90
