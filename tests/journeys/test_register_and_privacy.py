"""A coordinator loads a list; whoever comes by a link of it looks at their data, and goes."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.kit.browser import ChatPage, chat_page, chromium, needs_chromium
from tests.kit.demonstration import make_run, picture

pytestmark = [pytest.mark.browser, needs_chromium]

HEAD = ("ФИО", "Муниципалитет", "Организация", "Должность", "Роль")
PEOPLE = (
    ("Журавушкина Дарья Олеговна", "Тимашевский район", "СОШ № 3", "учитель", "стажёр"),
    ("Берёзкин Пётр Ильич", "Тимашевский район", "СОШ № 3", "учитель", ""),
    ("Клевер О. И.", "Тимашевский район", "СОШ № 3", "учитель", ""),
)


def table(path: Path) -> Path:
    book = Workbook()
    assert book.active is not None
    for row in (HEAD, *PEOPLE):
        book.active.append(row)
    book.save(path)
    return path


async def loads(chat: ChatPage, path: Path) -> str:
    """The link of the first of the list."""
    await chat.choose("Марина Полянская")
    await chat.begin()
    await chat.say("/register")
    await chat.see("Список людей")
    await chat.tap("Загрузить таблицу")
    await chat.see("Пришлите таблицу")
    await chat.attach(path)
    await chat.see("строка 4: не разобрал имя")
    await picture(chat, "register-dry-run")
    await chat.tap("Загрузить")
    await chat.see("Загружено: новых 2")
    await chat.tap("Личные ссылки таблицей")
    rows = load_workbook(io.BytesIO(await chat.download("личные ссылки.xlsx"))).worksheets[0].values
    return next(str(row[3]) for row in rows if row[0] == "Журавушкина Дарья Олеговна")


async def networks_by_table(chat: ChatPage, path: Path) -> None:
    """The networks out as a table, a row more in it, the table in."""
    await chat.choose("Ольга Тихая")
    await chat.begin()
    await chat.say("/networks")
    await chat.tap("Сети таблицей")
    book = load_workbook(io.BytesIO(await chat.download("сети.xlsx")))
    book.worksheets[0].append(["Читающий район", "ЛСВ", "Ейский район", "Абинский район", ""])
    book.save(path)
    await chat.tap("Загрузить таблицу")
    await chat.see("Пришлите таблицу")
    await chat.attach(path)
    await chat.see("новая «Читающий район»: лидер Ейский район")
    await chat.tap("Загрузить")
    await chat.see("новых сетей 1")


async def test_from_a_list_to_a_link_to_everything_erased(tmp_path: Path) -> None:
    async with (
        make_run() as address,
        chromium() as browser,
        chat_page(browser, address, width=1100, height=820) as chat,
    ):
        link = await loads(chat, table(tmp_path / "список.xlsx"))
        await chat.add_person("Дарья", link)
        await chat.tap("Познакомиться")
        await chat.see("ваше согласие")
        await chat.tap("Согласие даю")
        await chat.see("Дарья Олеговна, мы вас узнали")
        await chat.see("Ваша роль — стажёр")

        await chat.say("/privacy")
        await chat.see("Что о вас хранится")
        await picture(chat, "privacy")
        await chat.tap("Получить всё файлом")
        await chat.see(".xlsx")
        await chat.say("/privacy")
        await chat.tap("Отозвать согласие и удалить мои данные")
        await chat.see("Удалить все ваши данные?")
        await chat.tap("Да, удалить всё")
        await chat.see("ваши данные удалены")

        await chat.choose("Марина Полянская")
        await chat.say("/people журавушкина")
        await chat.see("никого не нашлось")
        await networks_by_table(chat, tmp_path / "сети.xlsx")
