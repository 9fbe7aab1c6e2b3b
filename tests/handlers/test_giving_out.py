"""A coordinator gives a task out in the chat, reminds by its deadline, and gives more time."""

from datetime import timedelta

from storage import outbox
from storage.events import attending, events
from storage.events.attending import Choice, How
from storage.people.people import Grant, Role
from storage.scopes import REGION
from storage.tasks import audience as task_audience
from storage.tasks import groups as trainee_groups
from storage.tasks import making, tasks
from storage.tasks.making import NewTask
from storage.tasks.tasks import Reach
from surveys.task_dates import Dates
from surveys.tasks import Content
from tests.kit.events import planned
from tests.kit.people import grant, person_id, registered
from tests.kit.tasks import EISK, PDF, coordinator, give_out, new_task, trainee
from tests.kit.world import Person, World


async def made(world: World, marina: Person) -> tasks.Task:
    (task,) = await world.db.read(tasks.list_for_staff, (REGION,))
    return task


async def test_a_task_is_made_step_by_step_and_given_out_once(world: World) -> None:
    marina, ilya = await coordinator(world), await trainee(world)
    await marina.says("/tasks")
    await marina.taps("Новое задание")
    await marina.says("Буклет для родителей")
    await marina.says("Сделайте буклет по шаблону.")
    await marina.says("32 декабря")
    marina.sees("Не получилось понять дату")
    await marina.says("5 декабря 18:00")
    marina.sees("Буклет для родителей", "до 5 декабря, 18:00", "сейчас 1 человек")
    await marina.taps("Что прислать")
    await marina.taps("документ")
    await marina.taps("Готово")
    await marina.taps("Критерии")
    await marina.says("Содержание — 5\nБез балла")
    marina.sees("Не получилось прочитать", "Без балла")
    await marina.says("Содержание — 5\nОформление: 3")
    await marina.taps("Сколько вложений")
    await marina.taps("3 вложения")
    await marina.taps("После срока")
    await marina.taps("Ещё 3 дня")
    await marina.taps("Попытки")
    await marina.taps("2")
    await marina.taps("Файлы")
    await marina.sends_file("Шаблон.pdf", PDF)
    await marina.taps("Готово")
    marina.sees("Файлы: 1", "Попытки: 2", "Содержание — до 5; Оформление — до 3")
    give = marina.data_of("Выдать задание")
    await marina.taps("Выдать задание")
    marina.sees("выдано. Получили: 1 человек")
    await marina.taps_data(give)
    task = await made(world, marina)
    assert task.accepts == (Content.DOCUMENT,)
    assert task.attempts == 2
    assert task.max_items == 3
    assert task.dates.due is not None
    assert task.dates.cutoff == task.dates.due + timedelta(days=3)
    ilya.sees("Новое задание", "Буклет для родителей")
    await ilya.taps("Открыть задание")
    await ilya.taps("Файлы к заданию")
    assert [one.name for one in ilya.documents] == ["Шаблон.pdf"]


async def test_only_who_has_not_handed_in_is_reminded_by_the_deadline_that_holds(
    world: World,
) -> None:
    marina = await coordinator(world)
    ilya, vera = await trainee(world), await trainee(world, "Вера", "Лисицына")
    now = world.clock().replace(microsecond=0)
    number = await give_out(world, marina, dates=Dates(now, now + timedelta(days=9)))
    await vera.says("/tasks")
    await vera.taps("4.1 Разработка")
    await vera.taps("Сдать")
    await vera.says("Готово")
    await vera.taps("Отправить окончательно")
    seen = []
    for _ in range(10 * 24):
        world.clock.advance(timedelta(hours=1))
        await world.settle()
        seen.append(len([one for one in ilya.messages if "Задание: " in one.text]))
    assert not vera.has_seen("Задание: ост")
    assert not vera.has_seen("Срок задания прошёл")
    texts = [one.text for one in ilya.messages]
    for words in ("осталась неделя", "остались сутки", "осталось три часа", "Срок задания прошёл"):
        assert len([text for text in texts if words in text]) == 1, words
    assert number


async def test_more_time_for_those_ticked_and_for_everybody_shown(world: World) -> None:
    marina = await coordinator(world)
    ilya, vera = await trainee(world), await trainee(world, "Вера", "Лисицына")
    now = world.clock().replace(microsecond=0)
    number = await give_out(world, marina, dates=Dates(now, now + timedelta(days=2)))
    await marina.says("/tasks")
    await marina.taps("4.1 Разработка")
    await marina.taps("Кто не сдал")
    marina.sees("Не сдали: 2", "Зорин И.", "Лисицына В.")
    await marina.taps("☐ Зорин И.")
    await marina.taps("Отмеченным (1) +3 дня")
    marina.sees("Срок продлён: 1 стажёру")
    ilya.sees("Вам продлили срок", "28 ноября")
    vera.sees_not("продлили")
    await marina.taps("Всем на странице +7 дней")
    vera.sees("Вам продлили срок")
    task = await world.db.read(tasks.find, number)
    assert task is not None
    assert task.dates.due == now + timedelta(days=2)
    dues = {each.person_id: each.due for each in await world.db.read(task_audience.assigned, task)}
    assert set(dues.values()) == {now + timedelta(days=9)}


async def test_whoever_missed_two_tasks_is_marked(world: World) -> None:
    marina = await coordinator(world)
    await trainee(world)
    now = world.clock().replace(microsecond=0)
    for title in ("Первое", "Второе", "Разработка"):
        await give_out(world, marina, title, dates=Dates(now, now + timedelta(days=2)))
    await marina.says("/tasks")
    await marina.taps("4.1 Разработка")
    await marina.taps("Кто не сдал")
    marina.sees_not("! Зорин И.")
    world.clock.advance(timedelta(days=3))
    await world.settle()
    await marina.says("/tasks")
    await marina.taps("4.1 Разработка")
    await marina.taps("Кто не сдал")
    marina.sees("! Зорин И.")


async def test_a_late_joiner_gets_fair_dates_and_no_stale_task(world: World) -> None:
    marina = await coordinator(world)
    now = world.clock().replace(microsecond=0)
    await give_out(world, marina, "Старое", dates=Dates(now, now + timedelta(days=3)))
    await give_out(world, marina, dates=Dates(now, now + timedelta(days=10)))
    world.clock.advance(timedelta(days=8))
    await world.settle()
    sonya = await registered(world, "Софья", "Клевер")
    await grant(world, sonya, Grant(Role.TRAINEE, REGION))
    world.clock.advance(timedelta(minutes=1))
    await world.settle()
    await sonya.says("/tasks")
    sonya.sees("Разработка", "до 11 декабря")
    sonya.sees_not("Старое")


async def test_the_next_stage_opens_when_the_one_before_is_accepted(world: World) -> None:
    marina, ilya = await coordinator(world), await trainee(world)
    now = world.clock().replace(microsecond=0)
    author, pupil = await person_id(world, marina), await person_id(world, ilya)
    group = await world.db.write(
        trainee_groups.create, "Первый год", REGION, author=author, now=now
    )
    await world.db.write(trainee_groups.add, group, [pupil], now=now)

    def stage(place: int, title: str) -> NewTask:
        return new_task(
            now,
            title,
            number="",
            reach=Reach.GROUP,
            group_id=group,
            stage=place,
            after_previous=place > 1,
        )

    for place, title in ((1, "Первый этап"), (2, "Второй этап")):
        await world.db.write(making.create, stage(place, title), author=author, now=now)
    await world.settle()
    assert ilya.has_seen("Первый этап")
    assert not ilya.has_seen("Второй этап")
    await ilya.says("/tasks")
    await ilya.taps("· Второй этап")
    ilya.sees("Откроется, когда примут предыдущий этап")
    ilya.sees_not("Сдать")
    await ilya.says("/tasks")
    await ilya.taps("○ Первый этап")
    await ilya.taps("Сдать")
    await ilya.says("Готово")
    await ilya.taps("Отправить окончательно")
    world.clock.advance(timedelta(days=5))
    await marina.says("/review")
    await marina.taps("Зорин И.")
    await marina.taps("Принять")
    world.clock.advance(timedelta(minutes=2))
    await world.settle()
    assert ilya.has_seen("Новое задание · этап 2 из 2\nВторой этап\n\nСрок: до 8 декабря")


async def test_a_coordinator_of_one_place_touches_no_task_of_the_region(world: World) -> None:
    marina, olga = await coordinator(world), await coordinator(world, "Ольга", "Сомова", EISK)
    ilya = await trainee(world)
    number = await give_out(world, marina)
    await marina.says("/tasks")
    await marina.taps("4.1 Разработка")
    for label in ("Кто не сдал", "Сдвинуть срок", "Отозвать", "Отчёт", "Все работы"):
        await olga.taps_data(marina.data_of(label))
        olga.sees("нет или оно не на вашей территории")
    task = await world.db.read(tasks.find, number)
    assert task is not None
    assert not task.withdrawn
    assert ilya.has_seen("Новое задание")


async def test_a_withdrawn_task_is_asked_and_reminded_of_no_more(world: World) -> None:
    marina, ilya = await coordinator(world), await trainee(world)
    now = world.clock().replace(microsecond=0)
    await give_out(world, marina, dates=Dates(now, now + timedelta(days=2)))
    await marina.says("/tasks")
    await marina.taps("4.1 Разработка")
    await marina.taps("Отозвать")
    await marina.taps("Да, отозвать")
    world.clock.advance(timedelta(days=1, hours=1))
    await world.settle()
    assert not ilya.has_seen("остались сутки")
    await ilya.says("/tasks")
    ilya.sees("Заданий для вас сейчас нет")
    assert await world.db.read(outbox.counts, "task:")


async def test_a_task_for_the_people_of_an_event_is_asked_of_those_who_come_or_came(
    world: World,
) -> None:
    marina = await coordinator(world)
    vera = await registered(world, "Вера", "Лисицына")  # no trainee: the event alone decides
    anna, oleg = (
        await registered(world, "Анна", "Щеглова"),
        await registered(world, "Олег", "Сомов"),
    )
    meeting = await planned(world, "Семинар наставников", start=world.clock() + timedelta(days=2))
    ids = [await person_id(world, one) for one in (vera, anna, oleg)]
    for who, choice in zip(ids, (Choice.COMING, Choice.DECLINED, Choice.ONLINE), strict=True):
        await world.db.write(attending.say, meeting, who, choice, now=world.clock())
    await marina.says("/tasks")
    await marina.taps("Новое задание")
    await marina.says("Карта отзыва")
    await marina.says("Заполните карту отзыва о семинаре.")
    await marina.taps("7 дней")
    await marina.taps("Кому")
    await marina.taps("Участникам мероприятия")
    await marina.taps("25.11 Семинар наставников · 2")
    marina.sees("участники мероприятия «Семинар наставников»", "сейчас 2 человека")
    await marina.taps("Выдать задание")
    assert vera.has_seen("Карта отзыва")
    assert oleg.has_seen("Карта отзыва")
    assert not anna.has_seen("Карта отзыва")
    world.clock.advance(timedelta(days=5))
    await world.db.write(
        attending.mark_attended, meeting, [ids[1]], How.ORGANISER, marked_by=None, now=world.clock()
    )
    world.clock.advance(timedelta(minutes=2))
    await world.settle()
    assert anna.has_seen("Карта отзыва")
    await anna.says("/tasks")
    anna.sees("Карта отзыва", "до 5 декабря")  # who comes later has as long as the others had
    task = await made(world, marina)
    assert task.event_id is None  # the row of a roadmap keeps a task of its own


async def test_an_event_out_of_the_territory_cannot_be_named_by_a_forged_button(
    world: World,
) -> None:
    olga = await coordinator(world, "Ольга", "Сомова", EISK)
    near = await planned(world, "Свой семинар", start=world.clock(), scope=EISK)
    far = await planned(world, "Чужой семинар", start=world.clock(), scope=REGION)
    await olga.says("/tasks")
    await olga.taps("Новое задание")
    await olga.says("Карта отзыва")
    await olga.says("Заполните карту отзыва о семинаре.")
    await olga.taps("7 дней")
    await olga.taps("Кому")
    await olga.taps("Участникам мероприятия")
    olga.sees_not("Чужой")
    data = olga.data_of("Свой семинар")
    here = await world.db.read(events.find, near)
    there = await world.db.read(events.find, far)
    assert here is not None
    assert there is not None
    await olga.taps_data(data.replace(f":{here.event_id}:", f":{there.event_id}:"))
    olga.sees("все стажёры вашей территории")
    olga.sees_not("Чужой")
