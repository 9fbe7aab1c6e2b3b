"""Experts entrusted with a task: only they, and who gives tasks out, see its works."""

from storage.people.people import Grant, Role
from storage.scopes import Scope, ScopeKind
from tests.kit.people import grant, person_id, registered
from tests.kit.tasks import EISK, coordinator, expert, give_out, trainee
from tests.kit.world import Person, World

SOCHI = Scope(ScopeKind.MUNICIPALITY, "Сочи")


async def hands_in(someone: Person) -> None:
    await someone.says("/tasks")
    await someone.taps("4.1 Разработка")
    await someone.taps("Сдать")
    await someone.says("Работа по заданию")
    await someone.taps("Отправить окончательно")


async def test_works_of_an_entrusted_task_are_there_for_those_experts_only(world: World) -> None:
    marina, petr = await coordinator(world), await expert(world)
    rita = await expert(world, "Рита", "Белова")
    ilya = await trainee(world)
    await give_out(world, marina)
    await hands_in(ilya)
    await petr.says("/review")
    work = petr.data_of("Зорин И.")
    await marina.says("/tasks")
    await marina.taps("4.1 Разработка")
    await marina.taps("Проверяющие")
    marina.sees("все эксперты территории", "☐ Зайцев П.", "☐ Белова Р.")
    await marina.taps("☐ Белова Р.")
    marina.sees("☑ Белова Р.", "☐ Зайцев П.")
    await marina.taps("К заданию")
    marina.sees("Проверяют: Белова Р.")
    await petr.says("/review")
    petr.sees("Проверять сейчас нечего")
    await petr.taps_data(work)
    petr.sees("Этой работы нет на вашей территории")
    for who in (rita, marina):
        await who.says("/review")
        who.sees("Зорин И.")
    await rita.taps("Зорин И.")
    await ilya.taps("К заданию")
    await ilya.taps("Задать вопрос")
    await ilya.says("Сколько слайдов?")
    answer = rita.data_of("Ответить")
    await petr.taps_data(answer)
    assert petr.alerted
    assert not petr.has_seen("слайдов")
    await rita.taps("Ответить")
    await rita.says("Десять.")
    ilya.sees("Десять.")


async def test_with_nobody_entrusted_every_expert_of_the_territory_reviews_again(
    world: World,
) -> None:
    marina, petr = await coordinator(world), await expert(world)
    await expert(world, "Рита", "Белова")
    await give_out(world, marina)
    await hands_in(await trainee(world))
    await marina.says("/tasks")
    await marina.taps("4.1 Разработка")
    await marina.taps("Проверяющие")
    await marina.taps("☐ Белова Р.")
    off = marina.data_of("☑ Белова Р.")
    await marina.taps_data(off)
    await marina.taps_data(off)  # pressed twice it says the same
    marina.sees("все эксперты территории")
    await petr.says("/review")
    petr.sees("Зорин И.")


async def test_only_experts_of_the_tasks_territory_can_be_entrusted(world: World) -> None:
    olga = await coordinator(world, "Ольга", "Сомова", EISK)
    await expert(world, "Пётр", "Зайцев", EISK)
    far = await expert(world, "Рита", "Белова", SOCHI)
    anna = await registered(world, "Анна", "Щеглова")
    await give_out(world, olga, scope=EISK)
    await olga.says("/tasks")
    await olga.taps("4.1 Разработка")
    await olga.taps("Проверяющие")
    olga.sees("Зайцев П.")
    olga.sees_not("Белова Р.", "Щеглова")
    forged = olga.data_of("☐ Зайцев П.")
    for someone in (far, anna):
        number = await person_id(world, someone)
        parts = forged.split(":")
        await olga.taps_data(":".join([parts[0], parts[1], str(number), *parts[3:]]))
        olga.sees("все эксперты территории")


async def test_a_coordinator_who_is_an_expert_elsewhere_sees_there_what_is_entrusted_to_them(
    world: World,
) -> None:
    marina = await coordinator(world)
    olga = await coordinator(world, "Ольга", "Сомова", EISK)
    await grant(world, olga, Grant(Role.EXPERT, SOCHI))
    await expert(world, "Рита", "Белова", SOCHI)
    await give_out(world, marina)
    await hands_in(await trainee(world))
    await hands_in(await trainee(world, "Софья", "Клевер", "Сочи"))
    await olga.says("/review")
    olga.sees("Зорин И.", "Клевер С.")
    await marina.says("/tasks")
    await marina.taps("4.1 Разработка")
    await marina.taps("Проверяющие")
    await marina.taps("☐ Белова Р.")
    await olga.says("/review")
    olga.sees("Зорин И.")
    olga.sees_not("Клевер")
