"""Somebody takes the screening: pause, restart, hide, the result for them alone."""

from datetime import timedelta

from tests.kit.people import registered
from tests.kit.screening import opened_screening
from tests.kit.world import Person, World


async def anna_at_the_first_item(world: World) -> Person:
    anna = await registered(world, "Анна", "Щеглова")
    await world.db.write(opened_screening, now=world.clock())
    await world.settle()
    await anna.taps("Подробнее и ответить")
    anna.sees("Это не диагноз", "Результат — только вы", "14 дней", "не авторских")
    await anna.taps("Дальше")
    anna.sees("Согласие на скрининг", "особая категория")
    await anna.taps("Согласие даю")
    return anna


async def answers(anna: Person, numbers: range) -> None:
    for number in numbers:
        anna.sees(f"{number}.", "не авторских")
        await anna.taps("Да" if number % 3 == 0 else "Нет", message_id=anna.screen.message_id)


async def test_a_teacher_pauses_comes_back_after_a_restart_and_sees_her_result(
    world: World,
) -> None:
    anna = await anna_at_the_first_item(world)
    anna.sees("Часть 1 из 7", "первая мысль")
    assert anna.screen.buttons[0] == ["Да", "Нет"], "two large buttons, alone in their row"
    assert anna.screen.buttons[1] == ["Пауза", "Скрыть"]
    form = anna.screen.message_id
    await answers(anna, range(1, 31))
    assert anna.screen.message_id == form, "one message shows all items"
    await anna.taps("‹ Назад")
    anna.sees("30.", "Сейчас отвечено: Да")
    await anna.taps("Нет", message_id=anna.screen.message_id)
    anna.sees("31.")
    await anna.taps("Пауза")
    anna.sees("14 дней", "только вам")
    await world.restart()
    world.clock.advance(timedelta(days=5))
    await anna.says("/screening")
    await anna.taps("▸ Осень")
    anna.sees("30 ответов сохранено")
    await anna.taps("Продолжить")
    await answers(anna, range(31, 85))
    anna.sees("Все 84 ответа есть")
    before = len(anna.messages)
    await anna.taps("Показать результат")
    picture, said, card = anna.messages[before:]
    assert anna.messages[before - 1].text.startswith("Готово. Ответы отделены")
    sent = world.telegram.chats[anna.id].messages
    assert "photo" in sent[picture.message_id].content
    assert sent[picture.message_id].protected
    assert sent[said.message_id].protected
    assert "Что это значит" in said.text
    assert "8 (495) 989-50-50" in said.text
    assert "Ваш личный код" in card.text


async def test_hiding_blanks_the_message_at_once_and_nothing_is_lost(world: World) -> None:
    anna = await anna_at_the_first_item(world)
    await answers(anna, range(1, 4))
    await anna.taps("Скрыть")
    assert anna.screen.text == "Всё сохранено."
    assert anna.screen.labels == ["Открыть"]
    await anna.taps("Открыть")
    anna.sees("4.")


async def test_stopping_erases_the_answers_and_takes_the_consent_back(world: World) -> None:
    anna = await anna_at_the_first_item(world)
    await answers(anna, range(1, 6))
    await anna.taps("Пауза")
    await anna.taps("Остановиться и стереть")
    await anna.taps("Да, стереть")
    anna.sees("Ответы стёрты")
    left = await world.db.read(
        lambda conn: [
            conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("screening_drafts", "screening_answers")
        ]
    )
    assert left == [0, 0]
    await anna.says("/privacy")
    anna.sees_not("скрининг")
