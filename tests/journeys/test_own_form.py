"""From the template to the spreadsheet: a coordinator makes a questionnaire in a browser."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.kit.browser import chat_page, chromium, needs_chromium
from tests.kit.demonstration import make_run, picture
from tests.kit.pictures import png

pytestmark = [pytest.mark.browser, needs_chromium]


def saved(book: Workbook, path: Path) -> Path:
    book.save(path)
    return path


async def test_a_coordinator_goes_from_the_template_to_the_spreadsheet(tmp_path: Path) -> None:
    async with (
        make_run() as address,
        chromium() as browser,
        chat_page(browser, address, width=1100, height=820) as chat,
    ):
        await chat.choose("Марина Полянская")
        await chat.begin()
        await chat.say("/forms")
        await chat.see("Выберите анкету")
        await picture(chat, "forms")
        await chat.tap("Образец таблицы")
        await chat.see("Образец анкеты")
        book = load_workbook(io.BytesIO(await chat.download("образец анкеты.xlsx")))
        titles = [cell.value for cell in book["settings"][1]]
        for title, value in (("form_title", "Наш семинар"), ("anonymity", "named")):
            book["settings"].cell(2, titles.index(title) + 1).value = value
        kind, label = book["survey"]["A2"].value, book["survey"]["C2"].value
        book["survey"]["A2"], book["survey"]["C2"] = "select_one yes_on", None
        await chat.attach(saved(book, tmp_path / "анкета с ошибками.xlsx"))
        await chat.see("В анкете нужно исправить")
        await chat.see("строка 2, столбец A")
        await chat.see("строка 2, столбец C")
        await picture(chat, "form_faults")
        book["survey"]["A2"], book["survey"]["C2"] = kind, label
        await chat.attach(saved(book, tmp_path / "анкета.xlsx"))
        await chat.see("Прочитано без ошибок")
        await picture(chat, "form_draft")
        await chat.tap("Пройти пробно")
        await chat.see("проба, ответы не считаются")
        await picture(chat, "form_trial")
        await chat.tap("Прервать")
        await chat.say("/forms")
        await chat.tap("черновик: Наш семинар")
        await chat.tap("Опубликовать")
        await chat.see("Опубликовано")
        await chat.tap("Провести опрос")
        await chat.tap("Без уточнения")
        for choice in ("Именной", "Дальше", "Сейчас", "7 дней", "Открыть опрос"):
            await chat.tap(choice)
        await chat.see("Именной опрос")

        await chat.say("/surveys")
        await chat.tap("Наш семинар")
        await chat.tap("Начать")
        await chat.see("Вопрос 1 из 6")
        await chat.tap("Да")
        await chat.see("Насколько семинар был полезен?")
        await chat.tap("5")
        await chat.see("Что понравилось?")
        await chat.tap("Пропустить")
        await chat.see("Пришлите одну фотографию")
        (photo := tmp_path / "семинар.png").write_bytes(png(320, 200))
        await chat.attach(photo, kind="photo")
        await chat.see("Записано: «фото.png»")
        await picture(chat, "form_photo")
        for question in ("Сколько часов", "Что добавите"):
            await chat.see(question)
            await chat.tap("Пропустить")
        await chat.see("Проверьте ответы")
        await chat.tap("Отправить")
        await chat.see("Спасибо за ответы")

        await chat.say("/campaigns")
        await chat.tap("● Наш семинар")
        await chat.tap("Файлы ответов")
        archive = await chat.download("Файлы – Наш семинар.zip")

        await chat.say("/report")
        await chat.tap("● Наш семинар")
        await chat.see("Наш семинар.xlsx")
        content = await chat.download("Наш семинар.xlsx")
    answers = list(load_workbook(io.BytesIO(content))["Ответы"].values)
    assert len(answers) == 2
    assert {"Да", "фото.png"} <= set(answers[1])
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        (name,) = packed.namelist()
        assert name.endswith(". Покажите семинар на фотографии.png")
        assert packed.read(name) == png(320, 200)
    assert "Вы были на семинаре?" in answers[0]
