"""Target indicators by spreadsheet, in chat: given out, filled in, taken or refused as a whole."""

import io

from openpyxl import Workbook, load_workbook

from storage.scopes import REGION, Scope, ScopeKind
from storage.summaries import indicators
from storage.summaries.indicators import Figure
from tests.handlers.test_region_reports import book, row
from tests.handlers.test_reporting import EYSK, coordinator
from tests.kit.world import Person, World

PLATFORMS = "Наполнение платформ КРЦ и ЛСВ"
RULES = "Обновление нормативно-правовой базы"


async def asked(vera: Person) -> Workbook:
    await vera.says("/report")
    await vera.taps("Сводка региона")
    await vera.taps("Целевые показатели")
    await vera.taps("Загрузить таблицей")
    assert vera.documents[-1].name == "Целевые показатели 2026-2027.xlsx"
    return load_workbook(io.BytesIO(vera.documents[-1].content))


def fill(form: Workbook, name: str, *, plan: float | str, fact: float | str) -> None:
    sheet = form.worksheets[0]
    found = next(cell.row for (cell,) in sheet["A1:A80"] if cell.value == name)
    sheet.cell(found, 3).value = plan
    sheet.cell(found, 4).value = fact


def saved(form: Workbook) -> bytes:
    target = io.BytesIO()
    form.save(target)
    return target.getvalue()


async def test_the_form_is_given_filled_in_and_marked_as_entered_in_the_workbook(
    world: World,
) -> None:
    vera = await coordinator(world)
    form = await asked(vera)
    fill(form, PLATFORMS, plan=90, fact="64,5")
    await vera.sends_file("мои показатели.xlsx", saved(form))
    vera.sees("Загружено: 13 показателей", f"{PLATFORMS}: план 90 %, факт 64,5")
    await vera.taps("‹ Назад")
    await vera.taps("Сделать таблицу")
    found = row(book(vera), "Обзор", PLATFORMS)
    assert found[2:6] == (90, 64.5, -25.5, "введено вручную")


async def test_a_faulty_sheet_changes_nothing_and_can_be_sent_again(world: World) -> None:
    vera = await coordinator(world)
    form = await asked(vera)
    fill(form, PLATFORMS, plan="<b>сто</b>", fact=1)
    fill(form, RULES, plan=1, fact="почти")
    await vera.sends_file("показатели.xlsx", saved(form))
    vera.sees("ничего не изменилось", "«<b>сто</b>» — не число", "«почти» — не число")
    assert await world.db.read(indicators.entered, REGION, "2026-2027") == {}
    fill(form, PLATFORMS, plan=100, fact=1)
    fill(form, RULES, plan=1, fact=2)
    await vera.sends_file("показатели.xlsx", saved(form))
    vera.sees("Загружено")
    entered = await world.db.read(indicators.entered, REGION, "2026-2027")
    assert entered["platforms"] == Figure(100, 1)
    assert entered["rules"] == Figure(1, 2)


async def test_the_overview_of_the_workbook_corrected_and_sent_back_is_read(world: World) -> None:
    vera = await coordinator(world)
    await vera.says("/report")
    await vera.taps("Сводка региона")
    await vera.taps("Сделать таблицу")
    overview = load_workbook(io.BytesIO(vera.documents[-1].content))
    assert overview.sheetnames[0] == "Обзор"
    fill(overview, PLATFORMS, plan=90, fact="64,5")
    fill(overview, "Участие ТМС в сетевых сообществах", plan=80, fact=99)
    await vera.taps("‹ Назад")
    await vera.taps("Целевые показатели")
    await vera.taps("Загрузить таблицей")
    await vera.sends_file("Сводка – Весь край.xlsx", saved(overview))
    vera.sees("Загружено: 13 показателей", f"{PLATFORMS}: план 90 %, факт 64,5")
    await vera.taps("‹ Назад")
    await vera.taps("Сделать таблицу")
    found = book(vera)
    assert row(found, "Обзор", PLATFORMS)[2:6] == (90, 64.5, -25.5, "введено вручную")
    computed = row(found, "Обзор", "Участие ТМС в сетевых сообществах")
    assert computed[2:6] == (80, 0, -80, "посчитано ботом"), "a fact typed over it is left out"
    entered = await world.db.read(indicators.entered, REGION, "2026-2027")
    assert entered["in-networks"].fact is None
    assert entered["rules"] == Figure(100, None), "what was not touched stays as it was"


async def test_it_is_the_regions_coordinator_who_loads_them(world: World) -> None:
    oleg = await coordinator(world, Scope(ScopeKind.MUNICIPALITY, EYSK))
    await oleg.taps_data("rns1")
    oleg.sees("координатор края")
    assert oleg.documents == []
