"""What a workbook may ask of the chat: filters, orders, scales, own words, recalled answers."""

import io
from typing import Any

import pytest
from openpyxl import Workbook

from storage.people.people import Grant, Role
from storage.scopes import REGION
from tests.kit.people import registered
from tests.kit.world import Person, World

SURVEY: list[list[Any]] = [
    ["type", "name", "label", "choice_filter", "parameters", "relevant", "calculation", "default"],
    ["select_one край", "район", "Где вы работаете?"],
    ["select_one школы", "школа", "В какой школе?", "район=${район}"],
    ["select_one дела or_other", "main", "Что даёт работа?"],
    ["rank дела", "order", "Что важнее?", None, "randomize=true seed=7"],
    ["range", "mark", "Ваша оценка?", None, "start=0 end=1 step=0.5"],
    ["calculate", "where", None, None, None, None, "jr:choice-name(${район}, '${район}')"],
    ["calculate", "place", None, None, None, None, "position(..)"],
    ["note", "so", "${where}: оценка ${mark}, место ${place}"],
    ["text", "why", "Почему так низко?", None, None, "${mark} < 0.5"],
    ["date", "day", "Когда это было?", None, None, None, None, "today()"],
]
CHOICES = [
    ["list_name", "name", "label", "район"],
    ["край", "ейск", "Ейский район"],
    ["край", "абинск", "Абинский район"],
    ["школы", "е1", "Школа № 1 Ейска", "ейск"],
    ["школы", "е2", "Школа № 2 Ейска", "ейск"],
    ["школы", "а1", "Школа № 1 Абинска", "абинск"],
    *(["дела", name, name.upper()] for name in ("опыт", "знания", "люди", "время")),
]


@pytest.fixture
async def vera(world: World) -> Person:
    found = await registered(world, "Вера", "Лисицына", roles=[Grant(Role.COORDINATOR, REGION)])
    book = Workbook()
    book.remove(book.worksheets[0])
    settings = [["form_title", "form_id"], ["О работе", "work"]]
    for name, rows in (("survey", SURVEY), ("choices", CHOICES), ("settings", settings)):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    await found.sends_file("анкета.xlsx", out.getvalue())
    await found.taps("Пройти пробно")
    return found


def offered(someone: Person) -> list[str]:
    """The labels of an order that is begun nowhere."""
    return [row[0] for row in someone.screen.buttons if row[0].startswith("1. ")]


async def test_a_filter_shows_the_choices_of_the_earlier_answer_only(vera: Person) -> None:
    await vera.taps("Ейский район")
    vera.sees("Школа № 1 Ейска", "Школа № 2 Ейска")
    vera.sees_not("Абинска")
    await vera.says("школа 1 абинска")
    vera.sees_not("Записано: «Школа № 1 Абинска»")
    await vera.taps("Назад")
    await vera.taps("Абинский район")
    vera.sees("Школа № 1 Абинска")
    vera.sees_not("Ейска")


async def test_own_words_an_order_a_scale_and_recalled_answers(vera: Person) -> None:
    await vera.taps("Ейский район")
    await vera.taps("Школа № 1 Ейска")
    await vera.taps("Другое")
    await vera.says("Радость")
    order = offered(vera)
    assert sorted(order) == ["1. ВРЕМЯ", "1. ЗНАНИЯ", "1. ЛЮДИ", "1. ОПЫТ"]
    assert order != ["1. ОПЫТ", "1. ЗНАНИЯ", "1. ЛЮДИ", "1. ВРЕМЯ"], "shuffled, as asked"
    for label in ("1. ЛЮДИ", "2. ОПЫТ", "3. ВРЕМЯ"):
        await vera.taps(label)
    assert vera.screen.buttons[0] == ["0", "0,5", "1"]
    await vera.taps("0")
    vera.sees("Ейский район: оценка 0, место 1")
    await vera.taps("Дальше")
    vera.sees("Почему так низко?")
    await vera.says("Мало времени")
    vera.sees("Оставить: 23.11.2026")
    await vera.taps("Оставить: 23.11.2026")
    vera.sees("Радость", "1. ЛЮДИ", "4. ЗНАНИЯ", "Мало времени", "23.11.2026")


async def test_the_shuffled_order_is_the_same_for_everybody_with_a_seed(
    world: World, vera: Person
) -> None:
    await vera.taps("Ейский район")
    await vera.taps("Школа № 1 Ейска")
    await vera.taps("ЛЮДИ")
    once = offered(vera)
    await world.restart()
    await vera.taps("Прервать")
    await vera.says("/forms")
    await vera.taps("черновик: О работе")
    await vera.taps("Пройти пробно")
    await vera.taps("Абинский район")
    await vera.taps("Школа № 1 Абинска")
    await vera.taps("ОПЫТ")
    assert offered(vera) == once
