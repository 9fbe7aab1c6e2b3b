"""A coordinator prepares a screening and gets the group report."""

import io
import random
import sqlite3
from datetime import datetime, timedelta

from openpyxl import Workbook, load_workbook

from bot.texts import screening as words
from storage import audit
from storage.audit import Deed
from storage.people.people import Grant, Role
from storage.questionnaires.campaigns import Campaign
from storage.scopes import REGION, Scope, ScopeKind
from storage.screening import secrets as screening_secrets
from storage.screening import setup as screening_setup
from surveys.boyko import score
from surveys.boyko_words import load_advice
from tests.kit.forms import register
from tests.kit.people import registered
from tests.kit.screening import opened_screening, submitted
from tests.kit.taking_screening import begins, fills_in
from tests.kit.world import Person, World

EYSK = "Ейский район"


def sheet(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


async def raisa(world: World, scope: Scope = REGION) -> Person:
    return await registered(world, "Раиса", "Конь", roles=[Grant(Role.COORDINATOR, scope)])


async def at_the_desk(someone: Person) -> None:
    await someone.says("/screening")
    await someone.taps("Для координатора")


async def test_contacts_are_shown_under_the_result_of_whoever_lives_there(world: World) -> None:
    coordinator = await raisa(world, Scope(ScopeKind.MUNICIPALITY, EYSK))
    await at_the_desk(coordinator)
    await coordinator.taps("К кому обратиться")
    await coordinator.says("я" * 700)
    coordinator.sees("до 600 знаков")
    await coordinator.says("Психолог Вера Тихая, вторник 15–17, <каб. 5>")
    coordinator.sees("Сохранено", "Вера Тихая")
    for surname, place, shown in (("Щеглова", EYSK, True), ("Чижова", "Абинский район", False)):
        anna = await registered(world, "Анна", surname, municipality=place)
        await world.db.write(opened_screening, now=world.clock(), key=surname)
        await world.settle()
        await begins(anna)
        await fills_in(anna)
        await anna.taps("Показать результат")
        said = next(one.text for one in anna.messages if "К кому обратиться" in one.text)
        assert ("Психолог Вера Тихая, вторник 15–17, <каб. 5>" in said) is shown


async def test_a_wording_with_faults_is_answered_once_with_every_row(world: World) -> None:
    coordinator = await raisa(world)
    await at_the_desk(coordinator)
    await coordinator.taps("Формулировки")
    rows: list[tuple[object, ...]] = [("№", "Утверждение")]
    rows += [(number, f"Утверждение номер {number}") for number in range(1, 85)]
    rows[7] = (7, "")
    rows[9] = ("девять", "x")
    rows[20] = (19, "ещё раз")
    rows[30] = (30, "Утверждение номер 29")
    rows[31] = (31, "о" * 400)
    await coordinator.sends_file("лицензия.xlsx", sheet(*rows))
    coordinator.sees(
        "Таблица не загружена",
        "строка 8: у номера 7 нет утверждения",
        "строка 10: в первом столбце «девять»",
        "строка 21: «19» уже было",
        "строка 31: то же утверждение, что у номера 29",
        "строка 32: утверждение длиной 400",
        "нет строки с номером 9",
        "нет строки с номером 20",
    )
    await coordinator.sends_file("лицензия.xlsx", b"no workbook")
    coordinator.sees("это не таблица .xlsx")
    await coordinator.says("где же файл?")
    coordinator.sees("Жду файл")


async def test_a_licensed_wording_is_looked_at_and_then_asked_without_the_projects_remark(
    world: World,
) -> None:
    coordinator = await raisa(world)
    await at_the_desk(coordinator)
    coordinator.sees("свои-слова-1", "проекта, не авторские")
    await coordinator.taps("Формулировки")
    rows = [(number, f"Утверждение номер {number}") for number in range(1, 85)]
    await coordinator.sends_file("Лицензия 2026.xlsx", sheet(*rows))
    coordinator.sees("Все 84 на месте", "1. Утверждение номер 1", "21. Утверждение")
    await coordinator.taps("2 из 4 ›")
    coordinator.sees("22. Утверждение номер 22")
    await coordinator.taps("Задавать эти формулировки")
    coordinator.sees("Готово", "Формулировки: Лицензия 2026.")
    await coordinator.taps("Открыть скрининг")
    coordinator.sees("Скрининг выгорания", "84 вопроса")
    await coordinator.taps("Провести опрос")
    await coordinator.says("Осень")
    coordinator.sees("Кого спросить?")
    await coordinator.taps("Дальше")
    await coordinator.taps("Сейчас")
    await coordinator.taps("7 дней")
    await coordinator.taps("Открыть опрос")
    await world.settle()
    await coordinator.taps("Подробнее и ответить")
    coordinator.sees_not("не авторских")
    await coordinator.taps("Дальше")
    await coordinator.taps("Согласие даю")
    await coordinator.taps("От 3 до 10 лет")
    coordinator.sees("1. Утверждение номер 1")
    coordinator.sees_not("не авторских")


async def test_headcounts_are_loaded_within_ones_own_territory(world: World) -> None:
    coordinator = await raisa(world, Scope(ScopeKind.MUNICIPALITY, EYSK))
    await at_the_desk(coordinator)
    await coordinator.taps("Численность школ")
    await coordinator.sends_file(
        "численность.xlsx",
        sheet(
            ("Муниципалитет", "Организация", "Численность"),
            (EYSK, "", 400),
            ("Абинский район", "", 100),
            ("Нигде", "", 5),
            (EYSK, "СОШ 5", "много"),
        ),
    )
    coordinator.sees("Абинский район не на вашей территории", "«Нигде»", "численность «много»")
    await coordinator.sends_file("ч.xlsx", sheet((EYSK, "", 400), (EYSK, "МБОУ СОШ № 5", 40)))
    coordinator.sees("Загружено: 2 строки", "Численность: 2 строки загружены")


def crowd(conn: sqlite3.Connection, campaign: Campaign, secret: bytes, now: datetime) -> None:
    """Thirty people of Eysk, four of Abinsk take the screening."""
    dice = random.Random(1)
    for index in range(34):
        person = register(conn, 50_000 + index, EYSK if index < 30 else "Абинский район")
        given = {item: dice.random() < 0.6 for item in range(1, 85)}
        submitted(conn, campaign, person, given, secret=secret, now=now)


async def test_the_report_comes_after_the_closing_and_hides_the_few(world: World) -> None:
    coordinator = await raisa(world)
    campaign = await world.db.write(opened_screening, now=world.clock(), days=5)
    secret = screening_secrets.secret_of(world.folder, campaign.id)
    await world.db.write(crowd, campaign, secret, world.clock())
    await world.settle()
    await coordinator.says("/report")
    await coordinator.taps("Скрининг выгорания: Осень")
    coordinator.sees("Сводка появится после закрытия")
    assert coordinator.documents == []
    world.clock.advance(timedelta(days=6))
    await world.settle()
    await coordinator.says("/report")
    await coordinator.taps("Скрининг выгорания: Осень")
    book = load_workbook(io.BytesIO(coordinator.documents[-1].content))
    assert book.sheetnames == [
        "Сводка",
        "Кому помочь первыми",
        "Муниципалитеты",
        "Организации",
        "Должности",
        "Стаж",
        "Как считалось",
    ]
    places = [
        [cell for cell in row if cell is not None]
        for row in book["Муниципалитеты"].iter_rows(values_only=True)
    ]
    hidden = next(row for row in places if row and row[0] == "Абинский район")
    eysk = next(row for row in places if row and row[0] == EYSK)
    assert set(hidden[1:]) - {hidden[1]} <= {"мало ответов"}
    assert hidden.count("мало ответов") >= 7
    assert eysk.count("мало ответов") == len([cell for cell in eysk if cell == "мало ответов"])
    assert "мало ответов" in eysk, "thirty of thirty-four would give the four away"
    assert getattr(book["Сводка"], "_charts")  # noqa: B009 - openpyxl has no public name for it
    photos = [
        one
        for one in world.telegram.history(coordinator.id)
        if one.outgoing and "photo" in one.content
    ]
    assert len(photos) == 1


async def test_what_staff_prepare_stands_in_the_log_without_a_name_of_the_words(
    world: World,
) -> None:
    coordinator = await raisa(world)
    await at_the_desk(coordinator)
    await coordinator.taps("К кому обратиться")
    await coordinator.says("Канарейкина, кабинет 5")
    await coordinator.taps("Численность школ")
    await coordinator.sends_file("heads.xlsx", sheet((EYSK, "", 120), (EYSK, "СОШ 5", 40)))
    await coordinator.taps("Формулировки")
    rows = [(number, f"Утверждение {number}.") for number in range(1, 85)]
    await coordinator.sends_file("лицензия.xlsx", sheet(*rows))
    await coordinator.taps("Задавать эти формулировки")
    await coordinator.taps("Телефон помощи")
    coordinator.sees("8 (495) 989-50-50", "психолог проверит")
    await coordinator.says("Телефон <доверия> края: 00-00")
    coordinator.sees("Сохранено")
    page = await world.db.read(audit.page, size=20)
    found = {entry.deed: (dict(entry.before), dict(entry.after)) for entry in page.entries}
    assert found[Deed.SCREENING_HEADCOUNTS] == ({"rows": 0}, {"rows": 2, "people": 160})
    assert found[Deed.SCREENING_WORDING] == (
        {"edition": "свои-слова-1"},
        {"edition": "лицензия"},
    )
    assert found[Deed.SCREENING_CONTACTS][1]["set"] is True
    assert found[Deed.SCREENING_HELPLINE][1] == {"set": True}
    assert "Канарейкина" not in str(found)
    chief = await registered(world, "Ирина", "Главная", admin=True)
    await chief.says("/audit")
    chief.sees(
        "выбраны формулировки скрининга (издание: свои-слова-1 → лицензия)",
        "загружена численность школ для скрининга (людей: 160; строк: 0 → 2)",
        "изменён телефон помощи скрининга",
    )


async def test_the_helpline_under_a_result_is_the_regions_or_the_shipped_one(world: World) -> None:
    coordinator = await raisa(world)
    await at_the_desk(coordinator)
    await coordinator.taps("Телефон помощи")
    await coordinator.says("Телефон <доверия> края: 00-00")
    advice, result = load_advice(), score(dict.fromkeys(range(1, 85), True))
    said = await world.db.read(screening_setup.helpline)
    assert "Телефон &lt;доверия&gt; края: 00-00" in words.result(result, advice, [], "w", said)
    await coordinator.taps("Телефон помощи")
    await coordinator.taps("Вернуть прежний")
    assert await world.db.read(screening_setup.helpline) == ""
    assert "989-50-50" in words.result(result, advice, [], "w")
    small = await registered(
        world, "Вера", "Малая", roles=[Grant(Role.COORDINATOR, Scope(ScopeKind.MUNICIPALITY, EYSK))]
    )
    await at_the_desk(small)
    assert "Телефон помощи" not in small.screen.labels, "the region's alone"
