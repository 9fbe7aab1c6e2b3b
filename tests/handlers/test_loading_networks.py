"""Networks in a table: out, changed by hand, and in again after a look at what would change."""

import io
from datetime import date, timedelta

from openpyxl import Workbook, load_workbook

from storage import audit
from storage.people import networks
from storage.people.networks import NetworkKind
from tests.kit.people import registered
from tests.kit.world import Person, World

EYSK, ABINSK = "Ейский район", "Абинский район"
HEAD = ["Тема сети", "Вид", "Лидер", "Участники", "Период"]


def table(*rows: list[str]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in (HEAD, *rows):
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


async def boss_with_a_network(world: World) -> Person:
    boss = await registered(world, "Ирина", "Главная", admin=True)
    number = await world.db.write(networks.create, "Наставничество", NetworkKind.KRC, EYSK)
    await world.db.write(networks.set_members, number, [ABINSK])
    return boss


async def test_a_table_shows_what_would_change_and_changes_it_after_a_yes(world: World) -> None:
    boss = await boss_with_a_network(world)
    await boss.says("/networks")
    await boss.taps("Загрузить таблицу")
    await boss.says("вот она")
    boss.sees("Жду таблицу файлом")
    await boss.sends_file(
        "сети.xlsx",
        table(
            ["наставничество", "ЛСВ", "Ейск", "Сочи", "сентябрь 2026 – август 2029"],
            ["Цифра", "МРЦ", "Абинский район", "", ""],
            ["Чтение", "", "Кудыкино", "", ""],
        ),
    )
    boss.sees("Понял: 2 сети", "новая «Цифра»: лидер Абинский район", "войдут г.-к. Сочи")
    boss.sees("выйдут Абинский район", "1 сентября 2026 – 31 августа 2029")
    boss.sees("строка 4: лидер «Кудыкино»")
    assert len(await world.db.read(networks.every)) == 1
    yes = boss.data_of("Загрузить")
    await boss.taps("Загрузить")
    boss.sees("новых сетей 1, изменено 1")
    await boss.taps_data(yes)
    boss.sees("уже закрыта")
    mentors, digital = await world.db.read(networks.every)
    assert (mentors.title, mentors.kind) == ("Наставничество", NetworkKind.LSV)
    assert mentors.members == (EYSK, "г.-к. Сочи")
    assert (mentors.since, mentors.until) == (date(2026, 9, 1), date(2029, 8, 31))
    assert (digital.title, digital.leader) == ("Цифра", ABINSK)
    deeds = {entry.deed for entry in (await world.db.read(audit.page)).entries}
    assert {"network-made", "network-members", "network-changed"} <= deeds


async def test_the_table_sent_out_is_read_back_without_a_change(world: World) -> None:
    boss = await boss_with_a_network(world)
    (one,) = await world.db.read(networks.every)
    await world.db.write(networks.set_period, one.id, date(2026, 9, 1), date(2027, 8, 31))
    await boss.says("/networks")
    await boss.taps("Сети таблицей")
    sent = boss.documents[-1]
    sheet = load_workbook(io.BytesIO(sent.content)).active
    assert sheet is not None
    assert list(sheet.iter_rows(values_only=True))[1][0] == "Наставничество"
    await boss.taps("Загрузить таблицу")
    await boss.sends_file("сети.xlsx", sent.content)
    boss.sees("Понял: 1 сеть", "менять нечего")
    assert "Загрузить" not in boss.screen.labels


async def test_a_refused_table_changes_nothing(world: World) -> None:
    boss = await boss_with_a_network(world)
    await boss.says("/networks")
    await boss.taps("Загрузить таблицу")
    await boss.sends_file("сети.xlsx", b"not a workbook")
    boss.sees("Жду таблицу файлом")
    await boss.sends_file("сети.xlsx", table(["Цифра", "МРЦ", "Сочи", "", ""]))
    await boss.taps("Отменить")
    boss.sees("сети не изменились")
    assert len(await world.db.read(networks.every)) == 1


async def test_a_period_is_typed_in_chat_and_a_past_one_is_marked(world: World) -> None:
    boss = await boss_with_a_network(world)
    await boss.says("/networks")
    await boss.taps("Наставничество")
    boss.sees("Период работы не указан")
    await boss.taps("Период работы")
    await boss.says("когда-нибудь")
    boss.sees("Не получилось понять период")
    await boss.says("сентябрь 2026 – ноябрь 2026")
    boss.sees("Работает: 1 сентября 2026 – 30 ноября 2026")
    boss.sees_not("период закончился")
    world.clock.advance(timedelta(days=30))
    await boss.says("/networks")
    await boss.taps("Наставничество")
    boss.sees("период закончился")
