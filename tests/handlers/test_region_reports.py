"""«Сводка региона»: chosen in chat, within one's scope, with plans and facts typed by hand."""

import io

import pytest
from openpyxl import Workbook, load_workbook

from bot.texts.indicators import read_figure
from storage.scopes import Scope, ScopeKind
from surveys.questionnaire import Anonymity
from surveys.reference import communities
from tests.handlers.test_reporting import ABINSK, EYSK, FORM, answered, coordinator, made
from tests.kit.forms import opened
from tests.kit.people import registered
from tests.kit.world import Person, World

SHEETS = [
    *("Обзор", "Мероприятия", "Удовлетворённость", "Тепловая карта", "Задания", "Участники"),
    *("Сети", "Данные", "Как считалось"),
]


def book(person: Person) -> Workbook:
    return load_workbook(io.BytesIO(person.documents[-1].content), data_only=True)


def everything(of: Workbook) -> set[object]:
    return {
        cell
        for sheet in of.worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell is not None
    }


def row(of: Workbook, sheet: str, name: str) -> tuple[object, ...]:
    return next(row for row in of[sheet].iter_rows(values_only=True) if row[0] == name)


async def test_the_region_comes_as_one_workbook(world: World) -> None:
    vera = await coordinator(world)
    await made(world, Anonymity.NAMED, {EYSK: 6, ABINSK: 8})
    await world.settle()
    await vera.says("/report")
    await vera.taps("Сводка региона")
    vera.sees("Весь край", "2026–2027 учебный год")
    await vera.taps("Сделать таблицу")
    assert vera.documents[-1].name == "Сводка – Весь край – 2026–2027 учебный год.xlsx"
    found = book(vera)
    assert found.sheetnames == SHEETS
    assert row(found, "Обзор", "Ответили")[1] == 14
    assert row(found, "Обзор", "Удовлетворены")[1] == 1
    assert row(found, "Удовлетворённость", EYSK)[2:6] == (6, pytest.approx(6 / 7), 6, 1)


async def test_period_place_and_community_are_filters(world: World) -> None:
    vera = await coordinator(world)
    await made(world, Anonymity.NAMED, {EYSK: 6, ABINSK: 8})
    await world.settle()
    await vera.says("/report")
    await vera.taps("Сводка региона")
    await vera.taps("Территория")
    await vera.taps("2 из")
    await vera.taps(EYSK)
    vera.sees(EYSK)
    await vera.taps("Сделать таблицу")
    assert row(book(vera), "Обзор", "Ответили")[1] == 6
    assert ABINSK not in everything(book(vera))
    await vera.taps("‹ Назад")
    await vera.taps("Период")
    await vera.taps("октябрь 2026 года")
    await vera.taps("Сделать таблицу")
    assert row(book(vera), "Обзор", "Ответили")[1] is None


async def test_one_community_is_a_filter_that_leaves_out_what_cannot_tell_communities(
    world: World,
) -> None:
    vera = await coordinator(world)
    await made(world, Anonymity.NAMED, {EYSK: 6, ABINSK: 8})
    sealed = await world.db.write(
        lambda conn: opened(conn, form=FORM, anonymity=Anonymity.ANONYMOUS, key="sealed")
    )
    await world.db.write(answered, sealed, {EYSK: 6, ABINSK: 8})
    chosen = communities()[-1]
    await world.db.write(
        lambda conn: (
            conn.execute(
                "UPDATE people SET community = ? WHERE municipality = ?", (chosen, ABINSK)
            ).rowcount
        )
    )
    await world.settle()
    await vera.says("/report")
    await vera.taps("Сводка региона")
    await vera.taps("Сообщество")
    await vera.taps("2 из 2")
    await vera.taps(chosen)
    vera.sees(f"сообщество: {chosen}")
    await vera.taps("Сделать таблицу")
    assert chosen in vera.documents[-1].name
    found = book(vera)
    assert row(found, "Обзор", "Педагоги в боте")[1] == 8
    assert row(found, "Обзор", "Ответили")[1] == 8
    assert row(found, "Обзор", "Опросы")[1] == 1
    assert any("анонимные опросы (1)" in str(cell) for cell in everything(found))
    assert row(found, "Удовлетворённость", EYSK)[2] is None
    assert row(found, "Участники", chosen)[1] == 8
    people = {cells[1] for cells in found["Данные"].values if cells[0] == "участники"}
    assert people == {chosen}
    await vera.taps("‹ Назад")
    await vera.taps("Сообщество")
    await vera.taps("Все сообщества")
    (form,) = (one.text for one in vera.messages if "Период: " in one.text)
    assert "сообщество" not in form


async def test_a_forged_place_outside_the_scope_gives_ones_own(world: World) -> None:
    vera = await coordinator(world, Scope(ScopeKind.MUNICIPALITY, EYSK))
    await made(world, Anonymity.NAMED, {EYSK: 6, ABINSK: 8})
    await world.settle()
    await vera.taps_data("rrp1:make:year:0:region:::0")
    found = book(vera)
    assert ABINSK not in everything(found)
    assert row(found, "Обзор", "Ответили")[1] == 6


async def test_a_plan_and_a_fact_are_typed_and_marked_as_entered(world: World) -> None:
    vera = await coordinator(world)
    await vera.says("/report")
    await vera.taps("Сводка региона")
    await vera.taps("Целевые показатели")
    await vera.taps("1. Улучшение")
    await vera.says("много")
    vera.sees("Не получилось прочитать число")
    await vera.says("3,5 / 6")
    vera.sees("план +6 баллы, факт 3,5")
    await vera.taps("‹ Назад")
    await vera.taps("Сделать таблицу")
    found = book(vera)
    name = "Улучшение показателей мониторинга эффективности деятельности ТМС"
    assert row(found, "Обзор", name)[2:6] == (6, 3.5, -2.5, "введено вручную")
    computed = row(found, "Обзор", "Участие ТМС в сетевых сообществах")
    assert computed[2:6] == (100, 0, -100, "посчитано ботом")


async def test_a_municipal_coordinator_enters_no_indicators(world: World) -> None:
    vera = await coordinator(world, Scope(ScopeKind.MUNICIPALITY, EYSK))
    await vera.taps_data("rn1:monitoring")
    vera.sees("координатор края")


async def test_a_teacher_gets_none(world: World) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await anna.taps_data("rrp1:make:year:0::::0")
    assert anna.documents == []


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("3", (3, None)),
        (" +5,5 ", (5.5, None)),
        ("3 / 5", (3, 5)),
        ("80 %/ 90 %", (80, 90)),
        ("много", None),
        ("3/", None),
        ("1e9", None),
        ("", None),
    ],
)
def test_figures_are_read_as_people_write_them(
    text: str, figure: tuple[float, float | None] | None
) -> None:
    assert read_figure(text) == figure
