"""The whole life of a case task in the chat: given out, handed in, returned twice, accepted."""

from datetime import timedelta

from storage.tasks import audience as task_audience
from storage.tasks import submissions, tasks
from surveys.tasks import VersionState
from tests.kit.people import person_id
from tests.kit.tasks import PDF, coordinator, give_out, office, trainee
from tests.kit.world import Person, World


async def hand_in(someone: Person, name: str, content: bytes) -> None:
    await someone.says("/tasks")
    await someone.taps("4.1 Разработка")
    await someone.taps("Сдать")
    await someone.sends_file(name, content)
    await someone.taps("Отправить окончательно")


async def test_a_work_is_returned_twice_and_then_accepted(world: World) -> None:
    marina, ilya = await coordinator(world), await trainee(world)
    number = await give_out(world, marina, criteria=(("Содержание", 5), ("Оформление", 3)))
    ilya.sees("Новое задание", "4.1 Разработка", "до 3 декабря")

    await hand_in(ilya, "Урок.docx", office())
    ilya.sees("Работа принята на проверку", "Попытка 1", "Урок.docx")

    for attempt, reason in enumerate(("Нет целей урока.", "Добавьте рефлексию."), 1):
        await marina.says("/review")
        await marina.taps("Зорин И.")
        marina.sees("Зорин Илья", f"попытка {attempt}")
        await marina.taps("Вернуть на доработку")
        marina.sees("нужна причина")
        await marina.says(reason)
        await marina.taps("Вернуть на доработку")
        marina.sees("Возвращено на доработку")
        ilya.sees_not("вернули")
        world.clock.advance(timedelta(minutes=1, seconds=1))
        await world.settle()
        ilya.sees("Работу вернули на доработку", reason)
        await ilya.taps("Открыть задание")
        await ilya.taps("Сдать")
        ilya.sees("Почему вернули", reason)
        await ilya.sends_file("Урок.pdf", PDF + bytes([attempt]))
        await ilya.taps("Отправить окончательно")
        ilya.sees(f"Попытка {attempt + 1}")

    await marina.says("/review")
    marina.sees("↩")
    await marina.taps("Зорин И.")
    marina.sees("Прошлая причина возврата", "Добавьте рефлексию.")
    await marina.taps("Принять")
    assert marina.alerted
    await marina.taps("Содержание")
    await marina.taps("4")
    await marina.taps("Оформление")
    await marina.taps("3")
    await marina.taps("Комментарий")
    await marina.taps("Работа выполнена полностью, спасибо.")
    await marina.taps("Принять")
    marina.sees("Принято", "Содержание: 4 из 5", "Оформление: 3 из 3", "выполнена полностью")
    world.clock.advance(timedelta(minutes=1, seconds=1))
    await world.settle()
    ilya.sees("Работа принята", "Содержание: 4 из 5", "спасибо")

    task = await world.db.read(tasks.find, number)
    assert task is not None
    found = await world.db.read(task_audience.one, task, await person_id(world, ilya))
    assert found is not None
    assert [each.state for each in found.versions] == [
        VersionState.RETURNED,
        VersionState.RETURNED,
        VersionState.ACCEPTED,
    ]
    history = await world.db.read(submissions.history, number, await person_id(world, ilya))
    assert [each.attempt for each in history] == [1, 2, 3]
