"""Groups of trainees: members, a programme of stages, and the head's view of the journal."""

import io
from datetime import timedelta

from openpyxl import load_workbook

from storage import audit
from storage.events import attending
from storage.events.attending import How
from storage.scopes import REGION
from storage.tasks import groups as trainee_groups
from storage.tasks import tasks
from tests.kit.events import planned
from tests.kit.people import person_id, registered
from tests.kit.tasks import EISK, coordinator, trainee
from tests.kit.world import Person, World


async def made_group(olga: Person, *names: str, title: str = "Первый год") -> None:
    await olga.says("/tasks")
    await olga.taps("Группы стажёров")
    await olga.taps("Новая группа")
    await olga.says(title)
    await olga.taps("Состав")
    for name in names:
        await olga.taps(f"☐ {name}")
    await olga.taps("К группе")


async def add_stage(olga: Person, title: str) -> None:
    """From the programme's screen and back to it."""
    await olga.taps("Новый этап")
    await olga.says(title)
    await olga.says("Сделайте по шаблону.")
    await olga.taps("7 дней")
    await olga.taps("Выдать задание")
    await olga.taps("К программе")


async def hand_in(someone: Person, title: str) -> None:
    await someone.says("/tasks")
    await someone.taps(title)
    await someone.taps("Сдать")
    await someone.says("Моя работа по этапу")
    await someone.taps("Отправить окончательно")


async def accept(olga: Person, who: str) -> None:
    await olga.says("/review")
    await olga.taps(who)
    await olga.taps("Принять")


async def test_a_programme_is_made_in_the_chat_and_opens_stage_by_stage(world: World) -> None:
    olga = await coordinator(world, "Ольга", "Сомова", EISK)
    ilya, vera = await trainee(world), await trainee(world, "Вера", "Лисицына")
    await trainee(world, "Софья", "Клевер", "Сочи")
    await made_group(olga, "Зорин И.", "Лисицына В.")
    olga.sees("Первый год", "В группе: 2 стажёра", "добавьте первый этап")
    await olga.taps("Программа")
    await add_stage(olga, "Тетрадь наблюдений")
    await add_stage(olga, "Мастер-класс")
    olga.sees("1. Тетрадь наблюдений", "Откроется каждому, когда примут этап 1", "Принято: 0 из 2")
    assert ilya.has_seen("Тетрадь наблюдений")
    assert not ilya.has_seen("Мастер-класс")
    await hand_in(ilya, "Тетрадь наблюдений")
    await accept(olga, "Зорин И.")
    world.clock.advance(timedelta(minutes=2))
    await world.settle()
    assert ilya.has_seen("Мастер-класс")
    assert not vera.has_seen("Мастер-класс")
    await ilya.says("/tasks")
    await ilya.taps("Мастер-класс")
    ilya.sees("Этап 2 из 2")
    await vera.says("/tasks")
    await vera.taps("· Мастер-класс")
    vera.sees("Откроется, когда примут предыдущий этап")


async def test_stages_change_places_and_may_open_by_date(world: World) -> None:
    olga = await coordinator(world, "Ольга", "Сомова", EISK)
    ilya = await trainee(world)
    await made_group(olga, "Зорин И.")
    await olga.taps("Программа")
    for title in ("Первый", "Второй", "Третий"):
        await add_stage(olga, title)
    await olga.taps("3. Третий")
    earlier = olga.data_of("↑ Раньше")
    await olga.taps("↑ Раньше")
    olga.sees("Этап 2 из 3", "когда примут этап 1")
    await olga.taps_data(earlier)  # the same press again asks for the same place
    olga.sees("Этап 2 из 3")
    assert not ilya.has_seen("Третий")
    await olga.taps("Открывать по дате")
    olga.sees("Открыт")
    await world.settle()
    world.clock.advance(timedelta(minutes=1))
    await world.settle()
    assert ilya.has_seen("Третий")
    await olga.taps("К программе")
    olga.sees("1. Первый", "2. Третий", "3. Второй", "когда примут этап 2")


async def test_a_withdrawn_stage_holds_nobody_up(world: World) -> None:
    olga = await coordinator(world, "Ольга", "Сомова", EISK)
    ilya = await trainee(world)
    await made_group(olga, "Зорин И.")
    await olga.taps("Программа")
    await add_stage(olga, "Первый")
    await add_stage(olga, "Второй")
    await olga.taps("1. Первый")
    await olga.taps("Открыть задание")
    await olga.taps("Отозвать")
    await olga.taps("Да, отозвать")
    world.clock.advance(timedelta(minutes=1))
    await world.settle()
    assert ilya.has_seen("Новое задание · этап 1 из 1\nВторой")


async def test_the_head_sees_the_journal_of_their_group_and_of_no_other(world: World) -> None:
    olga = await coordinator(world, "Ольга", "Сомова", EISK)
    ilya, vera = await trainee(world), await trainee(world, "Вера", "Лисицына")
    master = await registered(world, "Нина", "Мастерова", "Львовна")
    meeting = await planned(world, "Открытый урок", start=world.clock() - timedelta(days=1))
    await world.db.write(
        attending.mark_attended,
        meeting,
        [await person_id(world, ilya)],
        How.LIST,
        marked_by=None,
        now=world.clock(),
    )
    await made_group(olga, "Лисицына В.", title="Второй год")
    await olga.taps("Журнал группы")
    other = olga.data_of("Лисицына В.")
    other_group = olga.data_of("Журнал группы в таблице")
    await made_group(olga, "Зорин И.")
    await olga.taps("Руководители")
    await olga.says("мастер")
    await olga.taps("☐ Мастерова Н. Л.")
    olga.sees("☑ Мастерова Н. Л.")
    master.sees("Вы ведёте группу стажёров", "Первый год")
    await olga.taps("К группе")
    await olga.taps("Программа")
    await add_stage(olga, "Тетрадь наблюдений")
    await hand_in(ilya, "Тетрадь наблюдений")
    await accept(olga, "Зорин И.")

    await master.says("/journal")
    await master.taps("Группы, которые я веду")
    await master.taps("Первый год · 1")
    master.sees("Зорин И.", "принято 1 из 1", "1 посещение")
    await master.taps("Журнал группы в таблице")
    await master.taps("Зорин И.")
    for words in ("Зорин Илья", "• Открытый урок", "Тетрадь наблюдений: принят"):
        assert master.has_seen(words), words
    await master.taps("Журнал в таблице")
    assert [one.name for one in master.documents] == [
        "Журнал группы – Первый год.xlsx",
        "Журнал стажёра – Зорин И.xlsx",
    ]
    log = (await world.db.read(audit.page)).entries
    trainee_id, head_id = await person_id(world, ilya), await person_id(world, master)
    exported = [one for one in reversed(log) if one.deed == audit.Deed.WORKS_EXPORTED]
    assert [(one.actor, one.object.partition(":")[0], one.about) for one in exported] == [
        (head_id, "group", None),
        (head_id, "trainee", trainee_id),
    ]
    book = load_workbook(io.BytesIO(master.documents[0].content))
    said = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    for words in ("Зорин И.", "1. Тетрадь наблюдений", "Открытый урок", "принято"):
        assert any(words in one for one in said), words

    for forged in (other, other_group):
        await master.taps_data(forged)
        master.sees("Такой группы нет")
    assert not master.has_seen("Лисицына")
    await vera.taps_data(other_group)
    vera.sees("Такой группы нет")
    await olga.says("/tasks")
    await olga.taps("Группы стажёров")
    await olga.taps("Первый год")
    await olga.taps("Руководители")
    await olga.taps("☑ Мастерова Н. Л.")
    await master.taps_data(other_group)
    await master.says("/journal")
    master.sees_not("Группы, которые я веду")


async def test_a_group_takes_only_trainees_of_its_territory_and_keeps_tasks_from_dissolving(
    world: World,
) -> None:
    olga = await coordinator(world, "Ольга", "Сомова", EISK)
    ilya = await trainee(world)
    sonya = await trainee(world, "Софья", "Клевер", "Сочи")
    await made_group(olga)
    await olga.taps("Состав")
    olga.sees_not("Клевер")
    data = olga.data_of("☐ Зорин И.")
    mine, theirs = await person_id(world, ilya), await person_id(world, sonya)
    await olga.taps_data(data.replace(f":{mine}:", f":{theirs}:"))
    olga.sees("В группе: пока никого")
    await olga.says("нет такой")
    olga.sees("Никого не нашлось")
    await olga.says("зор")
    await olga.taps("Взять всех на странице")
    olga.sees("В группе: 1 стажёр")
    await olga.taps("К группе")
    await olga.taps("Распустить")
    await olga.taps("Оставить как есть")
    await olga.taps("Программа")
    await add_stage(olga, "Тетрадь наблюдений")
    await olga.taps("К группе")
    await olga.taps("Распустить")
    await olga.taps("Да, распустить")
    olga.sees("распустить её нельзя")
    (group,) = await world.db.read(trainee_groups.listed, (REGION,))
    assert group.members == 1
    (task,) = await world.db.read(tasks.list_for_staff, (REGION,))
    assert task.stage == 1


async def test_a_group_of_another_territory_is_not_there(world: World) -> None:
    marina = await coordinator(world)
    olga = await coordinator(world, "Ольга", "Сомова", EISK)
    await trainee(world)
    await made_group(marina, "Зорин И.", title="Краевая")
    await marina.taps("Программа")
    await add_stage(marina, "Тетрадь наблюдений")
    stage = marina.data_of("1. Тетрадь")
    card = marina.data_of("К группе")
    await marina.taps("К группе")
    forged = [card, stage] + [
        marina.data_of(label)
        for label in ("Состав", "Руководители", "Программа", "Переименовать", "Распустить")
    ]
    for data in forged:
        await olga.taps_data(data)
        olga.sees("Такой группы нет")
    assert not olga.has_seen("Краевая")
