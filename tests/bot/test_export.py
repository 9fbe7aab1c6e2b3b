"""`python -m bot export DIR`."""

import asyncio
import hashlib
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.campaigns.reporting import file_name
from bot.commands import backup, export
from storage import audit
from storage.backups import backup as store_backup
from storage.database import Database
from storage.files import files
from storage.locking import claim
from storage.questionnaires import answer_files, responses, submitting
from storage.questionnaires.answer_files import GivenFile
from surveys.questionnaire import Questionnaire, Text, Upload
from surveys.tasks import Content
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


PHOTO = Questionnaire(
    id="photo", version=1, title="Урок", items=(Upload(type="image", name="photo", label="Фото"),)
)


def stored_as(key: str) -> str:
    digest = hashlib.sha256(key.encode()).hexdigest()[:32]
    return f"{digest[:2]}/{digest}"


def hold_twice(conn: sqlite3.Connection) -> None:
    person = register(conn, 501)
    for key in ("first", "second"):
        campaign = opened(conn, form=PHOTO, key=key)
        entered = responses.start_or_continue(conn, campaign.id, person, now=NOW)
        assert entered.response is not None
        file = GivenFile(stored_as(key), Content.PHOTO, key, "фото.png", 3)
        answer_files.record(conn, entered.response.id, person, file, message_id=7, now=NOW)
        submitting.submit(conn, entered.response.id, person, now=NOW)


async def test_a_questionnaire_held_twice_is_joined_and_files_of_answers_come_as_archives(
    data: Path, tmp_path: Path
) -> None:
    db = await Database.open(data / "bot.sqlite3")
    await db.write(hold_twice)
    await db.close()
    for key in ("first", "second"):
        path = files.path_of(data, stored_as(key))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(key.encode())
    target = tmp_path / "сводки"
    assert await asyncio.to_thread(export.run, [str(target)]) == 0
    joined = load_workbook(target / "000 Урок – Сводка по всем опросам.xlsx")["Ответы"]
    assert len(list(joined.values)) == 3
    packed = sorted(target.glob("*.zip"))
    assert [path.name[:3] for path in packed] == ["001", "002"]
    for path, key in zip(packed, ("first", "second"), strict=True):
        with zipfile.ZipFile(path) as archive:
            (name,) = archive.namelist()
            assert name.endswith("/1. Фото.png")
            assert archive.read(name) == key.encode()


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


def test_an_export_and_a_copy_on_the_server_stand_in_the_log(data: Path, tmp_path: Path) -> None:
    asyncio.run(store(data, filled=True))
    assert export.run([str(tmp_path / "сводки")]) == 0
    assert backup.run([str(tmp_path / "copy.sqlite3")]) == 0
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as conn:
        conn.row_factory = sqlite3.Row
        rows = [(one.deed, one.actor) for one in audit.page(conn).entries]
        assert audit.verify(conn).broken is None
    # The copy holds its own row: it was written before the copy was made.
    assert rows[:2] == [("server-copied", None), ("server-exported", None)]


async def test_a_running_bot_writes_the_row_of_an_export_that_asks_it_for_a_copy(
    data: Path, tmp_path: Path
) -> None:
    db = await Database.open(data / "bot.sqlite3")
    with claim(data):
        asked = asyncio.create_task(asyncio.to_thread(export.run, [str(tmp_path / "сводки")]))
        while not await store_backup.serve_requests(db, data):
            await asyncio.sleep(0.01)
        assert await asked == 0
    assert [one.deed for one in (await db.read(audit.page)).entries] == ["server-exported"]
    await db.close()
