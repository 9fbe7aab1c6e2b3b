"""Experts to whom a task is entrusted are told that works wait: together, and not too often."""

from datetime import timedelta

from storage.tasks import reviewers, tasks
from tests.kit.people import person_id
from tests.kit.tasks import EISK, coordinator, expert, give_out, trainee
from tests.kit.world import Person, World

TITLE = "Вас ждут на проверке"


async def entrusted(world: World, number: int, someone: Person, *, on: bool = True) -> None:
    task = await world.db.read(tasks.find, number)
    assert task is not None
    assert await world.db.write(
        reviewers.entrust, task, await person_id(world, someone), (EISK,), on=on
    )


async def hands_in(someone: Person) -> None:
    await someone.says("/tasks")
    await someone.taps("4.1 Разработка")
    await someone.taps("Сдать")
    await someone.says("Работа по заданию")
    await someone.taps("Отправить окончательно")


async def later(world: World, **time: int) -> None:
    world.clock.advance(timedelta(**time))
    await world.settle()


def calls(someone: Person) -> list[str]:
    return [one.text for one in someone.messages if TITLE in one.text]


async def test_works_that_come_close_together_are_one_call_and_the_next_comes_hours_later(
    world: World,
) -> None:
    rita, petr = (
        await expert(world, "Рита", "Белова", EISK),
        await expert(world, "Пётр", "Зайцев", EISK),
    )
    ilya, vera, sonya = [
        await trainee(world, *name)
        for name in (("Илья", "Зорин"), ("Вера", "Лисицына"), ("Софья", "Клевер"))
    ]
    number = await give_out(world, await coordinator(world, scope=EISK), scope=EISK)
    await entrusted(world, number, rita)
    await hands_in(ilya)
    assert calls(rita) == []
    await hands_in(vera)
    await later(world, minutes=11)
    assert calls(rita) == [
        "Вас ждут на проверке: 2 работы\n4.1 Разработка — 2\n\nСамая давняя ждёт 11 минут."
    ]
    await rita.taps("Открыть очередь")
    rita.sees("Зорин И.", "Лисицына В.")
    await hands_in(sonya)
    await later(world, minutes=11)
    assert len(calls(rita)) == 0  # the queue stands in place of the first call; no second yet
    await later(world, hours=4)
    await later(world, minutes=11)
    (call,) = calls(rita)
    assert "3 работы" in call
    await later(world, hours=4)
    assert len(calls(rita)) == 1  # nothing new came: no more of it
    assert calls(petr) == []


async def test_a_call_is_dropped_when_the_work_was_reviewed_meanwhile(world: World) -> None:
    rita = await expert(world, "Рита", "Белова", EISK)
    ilya = await trainee(world)
    number = await give_out(world, await coordinator(world, scope=EISK), scope=EISK)
    await entrusted(world, number, rita)
    await hands_in(ilya)
    await rita.says("/review")
    await rita.taps("Зорин И.")
    await rita.taps("Принять")
    await later(world, minutes=11)
    assert calls(rita) == []


async def test_calls_keep_quiet_at_night_and_for_whoever_muted_them(world: World) -> None:
    rita, petr, anna = (
        await expert(world, "Рита", "Белова", EISK),
        await expert(world, "Пётр", "Зайцев", EISK),
        await trainee(world, "Анна", "Щеглова"),
    )
    ilya = await trainee(world)
    number = await give_out(world, await coordinator(world, scope=EISK), scope=EISK)
    await entrusted(world, number, rita)
    await entrusted(world, number, petr)
    await petr.says("/settings")
    await petr.taps("проверяющему: работы ждут")
    petr.sees_not("✓ проверяющему")
    await anna.says("/settings")
    anna.sees_not("проверяющему")
    await later(world, hours=12)  # 22:00
    await hands_in(ilya)
    await later(world, hours=1)
    assert calls(rita) == []
    await later(world, hours=10)  # 9:00
    assert len(calls(rita)) == 1
    assert calls(petr) == []


async def test_an_expert_who_is_one_no_longer_is_not_called(world: World) -> None:
    rita = await expert(world, "Рита", "Белова", EISK)
    number = await give_out(world, await coordinator(world, scope=EISK), scope=EISK)
    await entrusted(world, number, rita)
    await hands_in(await trainee(world))
    await entrusted(world, number, rita, on=False)
    await later(world, minutes=11)
    assert calls(rita) == []
