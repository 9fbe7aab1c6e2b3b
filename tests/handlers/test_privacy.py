import io
import sqlite3
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.commands import forget
from bot.people import consent
from bot.texts import commands as words
from bot.texts.stored import KINDS
from storage.database import Database, connect_file
from storage.migrating import migrate
from storage.people import people
from storage.people.people import Grant, Role
from storage.privacy import personal
from storage.scopes import REGION
from tests.kit.forms import opened
from tests.kit.people import person_id, registered
from tests.kit.world import World

ROOT = Path(__file__).parents[2]


async def test_what_is_stored_is_shown_with_the_consent(world: World) -> None:
    anna = await registered(
        world, "Анна", "Щеглова", "Петровна", roles=[Grant(Role.EXPERT, REGION)]
    )
    await anna.says("/privacy")
    anna.sees(
        "Щеглова Анна Петровна",
        "Ейский район",
        "МБОУ СОШ № 5",
        "Роли: 1 — пока вы не удалите свои данные",
        "версия ru-1: сегодня, 23 ноября",
    )
    await anna.taps("Текст согласия")
    anna.sees("152-ФЗ")
    anna.sees_not("Согласие даю ›")
    await anna.taps("‹ Назад")
    anna.sees("Что о вас хранится")


async def test_everything_stored_comes_as_a_workbook(world: World) -> None:
    boss = await registered(world, "Ирина", "Главная", admin=True)
    anna = await registered(world, "Анна", "Щеглова", "=1+1", roles=[Grant(Role.EXPERT, REGION)])
    campaign = await world.db.write(opened)
    await world.settle()
    await boss.says("/privacy")
    await anna.says("/privacy")
    anna.sees("Опросы, в которые вас приглашали: 1", "Сообщения бота вам: 1 — 1 год после отправки")
    await anna.taps("Получить всё файлом")
    assert anna.documents[-1].name == "что обо мне хранится.xlsx"
    book = load_workbook(io.BytesIO(anna.documents[-1].content))
    cells = {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book
    }
    number = await person_id(world, anna)
    held = await world.db.read(personal.everything, number)
    assert len(cells) == len(held) + 1
    about = dict(zip(*cells["О вас"], strict=True))
    assert (about["фамилия"], about["имя"], about["отчество"]) == ("Щеглова", "Анна", "=1+1")
    assert about["аккаунт Telegram"] == str(anna.id)
    assert str(campaign.id) in cells["Опросы, в которые вас приглашали"[:31]][1]
    assert [row[0] for row in cells["О файле"][1:]] == [KINDS[one.table].title for one in held]
    assert "Главная" not in str(cells), "somebody else is in it"


async def test_erasing_asks_once_more_and_is_done_at_once(world: World) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await anna.says("/privacy")
    await anna.taps("Отозвать согласие и удалить")
    anna.sees("Удалить все ваши данные?")
    await anna.taps("‹ Оставить как есть")
    assert await world.db.read(people.find, anna.id) is not None
    await anna.taps("Отозвать согласие и удалить")
    yes = anna.data_of("Да, удалить всё")
    await anna.taps_data(yes)
    anna.sees("согласие отозвано, ваши данные удалены")
    await anna.taps_data(yes)
    anna.sees("ваши данные удалены")
    assert await world.db.read(people.find, anna.id) is None
    await anna.says("/privacy")
    anna.sees("ничего не хранится")
    await anna.taps("Начать знакомство")
    anna.sees("Согласие даю")


async def test_an_erased_name_is_in_no_file_any_more(world: World) -> None:
    anna = await registered(world, "Канарейка", "Канареечкина", organisation="СОШ 5")
    await anna.says("/me")
    await anna.taps("Должность")
    await anna.says("канареевед")
    await anna.taps("Организация")
    await anna.says("школа Канареечная")  # typed, not confirmed: half of a form
    await world.db.truncate_wal()
    assert holding(world.folder, "канаре")
    await anna.says("/privacy")
    await anna.taps("Отозвать согласие и удалить")
    await anna.taps("Да, удалить всё")
    await world.stop()
    assert holding(world.folder, "канаре") == []
    await world.start()


def holding(folder: Path, word: str) -> list[str]:
    """Files with the word in any case, as UTF-8 or as JSON's escapes."""
    forms = [form.encode() for form in (word, word.upper(), word.capitalize())]
    forms += [ascii(form.decode())[1:-1].encode() for form in forms]
    return [
        file.name
        for file in folder.rglob("*")
        if file.is_file() and any(form in file.read_bytes() for form in forms)
    ]


async def test_somebody_half_way_can_look_and_erase_too(world: World) -> None:
    anna = await world.person("Анна")
    await anna.says("/start")
    await anna.says("/privacy")
    anna.sees("Номер вашего аккаунта Telegram")
    await anna.taps("Отозвать согласие и удалить")
    await anna.taps("Да, удалить всё")
    assert await world.db.read(people.find, anna.id) is None


async def test_a_new_consent_text_is_asked_for_and_may_be_declined(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    monkeypatch.setattr(consent, "CURRENT", "ru-2")
    monkeypatch.setattr(consent, "text", lambda version="ru-2": f"Новый текст {version}")
    await anna.says("/menu")
    anna.sees("Текст согласия обновился")
    await anna.taps("Пока нет")
    anna.sees("по прежнему согласию, сохранено")
    assert await world.db.read(people.find, anna.id) is not None
    await anna.says("/menu")
    await anna.taps("Прочитать полностью")
    anna.sees("Новый текст")
    await anna.taps("Согласие даю")
    anna.sees("чем займёмся?")


def test_the_consent_people_read_is_the_one_in_the_documents() -> None:
    shipped = sorted((ROOT / "bot/data/consent").glob("*.md"))
    shown = sorted((ROOT / "docs/consent").glob("*.md"))
    assert [file.name for file in shipped] == [file.name for file in shown]
    assert [file.read_text() for file in shipped] == [file.read_text() for file in shown]
    assert len(consent.text()) <= 4096


def test_every_reference_to_a_person_lets_them_be_erased(tmp_path: Path) -> None:
    raw = connect_file(tmp_path / "bot.sqlite3")
    migrate(raw)
    tables = [row[0] for row in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    stuck = [
        (table, key["from"])
        for table in tables
        for key in raw.execute(f"PRAGMA foreign_key_list({table})")
        if key["table"] == "people" and key["on_delete"] not in {"CASCADE", "SET NULL"}
    ]
    assert stuck == []


async def seed(folder: Path) -> None:
    db = await Database.open(folder / "bot.sqlite3")

    def put(conn: sqlite3.Connection) -> None:
        conn.execute(
            "INSERT INTO people (telegram_id, surname, created_at)"
            " VALUES (501, 'Канареечкина', '2026-11-23T07:00:00Z')"
        )

    await db.write(put)
    await db.close()


def test_the_command_line_erases_somebody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import asyncio  # noqa: PLC0415 - this test alone drives its own loops

    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    asyncio.run(seed(tmp_path))
    assert holding(tmp_path, "Канареечкина")
    assert forget.run(["501"]) == 0
    assert capsys.readouterr().out.strip() == words.forgotten(501)
    assert holding(tmp_path, "Канареечкина") == []
    assert forget.run(["501"]) == 1
