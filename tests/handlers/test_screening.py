"""Somebody takes the screening: pause, restart, hide, the result for them alone."""

import sqlite3
from datetime import timedelta

from tests.kit.people import registered
from tests.kit.screening import ALL_NO, opened_screening
from tests.kit.taking_screening import begins, fills_in
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
    anna.sees("Группа должностей: учителя", "Точное число лет не нужно")
    await anna.taps("От 3 до 10 лет")
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


async def test_groups_are_said_in_two_taps_kept_with_the_draft_only_and_asked_once(
    world: World,
) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await world.db.write(opened_screening, now=world.clock())
    await world.settle()
    await anna.taps("Подробнее и ответить")
    await anna.taps("Дальше")
    await anna.taps("Согласие даю")
    await anna.taps("Другая должность")
    anna.sees("К какой группе", "✓ Учителя и преподаватели")
    await anna.taps("Методисты")
    anna.sees("Группа должностей: методисты")
    service = anna.data_of("20 лет и больше")
    await anna.taps("20 лет и больше")
    anna.sees("1.", "Часть 1 из 7")
    await anna.taps("Нет")
    await anna.taps_data(service.replace("20-up", "forged"))
    anna.sees("2.")
    await anna.taps_data(service)
    anna.sees("2.")

    def kept(conn: sqlite3.Connection) -> list[tuple[str, str]]:
        rows = conn.execute("SELECT position_group, service FROM screening_drafts")
        return [tuple(row) for row in rows]

    assert await world.db.read(kept) == [("methodists", "20-up")]
    await anna.taps("Пауза")
    await anna.taps("Остановиться и стереть")
    await anna.taps("Да, стереть")
    assert await world.db.read(kept) == []


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


async def finished(world: World) -> Person:
    """Anna after her result: its picture, its words and its card stand below the form."""
    anna = await anna_at_the_first_item(world)
    await fills_in(anna)
    await anna.taps("Показать результат")
    return anna


def code_of(anna: Person) -> str:
    card = next(shown for shown in reversed(anna.messages) if "Ваш личный код" in shown.text)
    return card.text.split("\n")[-1].replace("-", "")


def pictures(anna: Person) -> list[int]:
    chat = anna.world.telegram.chats[anna.id].messages
    return [one.message_id for one in anna.messages if "photo" in chat[one.message_id].content]


async def test_the_result_is_hidden_by_one_press(world: World) -> None:
    anna = await finished(world)
    assert len(pictures(anna)) == 1
    await anna.taps("Скрыть результат")
    assert pictures(anna) == []
    assert not anna.has_seen("Что это значит")
    anna.sees("Ваш личный код")
    await anna.taps("Убрать карточку")
    assert not anna.has_seen("Ваш личный код")


async def test_a_result_too_old_to_delete_is_blanked(world: World) -> None:
    anna = await finished(world)
    world.clock.advance(timedelta(days=3))
    await anna.taps("Скрыть результат")
    assert not anna.has_seen("Что это значит")
    assert not anna.has_seen("Ваш результат")
    assert [shown.text for shown in anna.messages].count("Результат скрыт.") == 2


async def test_the_code_shows_the_result_again_and_the_typed_message_goes(world: World) -> None:
    anna = await finished(world)
    code = code_of(anna)
    await anna.taps("Скрыть результат")
    await anna.says("/screening")
    anna.sees("Вы уже прошли этот скрининг")
    await anna.taps("У меня есть личный код")
    await anna.says("не код")
    anna.sees("не похоже на код")
    await anna.says("A" * 16)
    anna.sees("Записи с таким кодом нет")
    spaced = "-".join(code[place : place + 4] for place in range(0, 16, 4)).lower()
    await anna.says(spaced)
    assert len(pictures(anna)) == 1
    assert anna.has_seen("Что это значит")
    said = [one.text for one in world.telegram.history(anna.id) if not one.outgoing]
    assert spaced not in said, "whoever takes the phone finds no code"
    held = await world.db.read(
        lambda conn: conn.execute(
            "SELECT count(*) FROM inbox WHERE payload IS NOT NULL"
        ).fetchone()[0]
    )
    assert held == 0


async def test_two_codes_are_compared_and_an_entry_is_deleted_by_its_code(world: World) -> None:
    anna = await finished(world)
    first = code_of(anna)
    await anna.taps("Убрать карточку")
    world.clock.advance(timedelta(days=360))
    await world.settle()
    await world.db.write(opened_screening, now=world.clock(), key="next")
    await world.settle()
    await begins(anna, service="Не указывать")
    await fills_in(anna, ALL_NO)
    await anna.taps("Показать результат")
    second = code_of(anna)
    await anna.says("/screening")
    await anna.taps("У меня есть личный код")
    await anna.says(f"{first} {second}")
    assert anna.has_seen("Сравнение")
    await anna.taps("Удалить мою запись")
    anna.sees("навсегда")
    await anna.taps("Да, удалить навсегда")
    anna.sees("Запись удалена")
    await anna.says("/screening")
    await anna.taps("У меня есть личный код")
    await anna.says(second)
    anna.sees("Записи с таким кодом нет")
    await anna.says(first)
    assert anna.has_seen("Результат по вашему коду")


async def test_a_tap_is_kept_when_telegram_asks_for_silence(world: World) -> None:
    anna = await anna_at_the_first_item(world)
    await answers(anna, range(1, 4))
    world.telegram.faults.add("too_many", methods=["editMessageText"], times=2, retry_after=1)
    await answers(anna, range(4, 6))
    anna.sees("6.")


async def test_a_form_costs_two_calls_a_tap_and_a_second_press_costs_no_edit(
    world: World,
) -> None:
    anna = await anna_at_the_first_item(world)
    before = world.app.outgoing.calls
    sent = len(anna.messages)
    await answers(anna, range(1, 85))
    assert world.app.outgoing.calls - before == 2 * 84, "an edit and the answer to the press"
    assert len(anna.messages) == sent, "no message of its own for any item"
    await anna.taps("‹ Назад")
    data, form = anna.data_of("Нет"), anna.screen.message_id
    await anna.taps("Нет", message_id=form)
    before = world.app.outgoing.calls
    await anna.taps_data(data, message_id=form)
    assert world.app.outgoing.calls - before == 1


async def test_old_buttons_after_the_result_harm_nobody(world: World) -> None:
    anna = await anna_at_the_first_item(world)
    say, form = anna.data_of("Да"), anna.screen.message_id
    await fills_in(anna)
    show = anna.data_of("Показать результат")
    await anna.taps("Показать результат")
    count = len(anna.messages)
    for data in (say, show, say):
        await anna.taps_data(data, message_id=form)
    assert len(anna.messages) == count
    assert anna.messages[-4].text.startswith("Здесь уже ничего нет")
    boxes = await world.db.read(
        lambda conn: conn.execute("SELECT count(*) FROM screening_boxes").fetchone()[0]
    )
    assert boxes == 1


async def test_after_the_closing_a_begun_form_says_so(world: World) -> None:
    anna = await anna_at_the_first_item(world)
    await answers(anna, range(1, 4))
    world.clock.advance(timedelta(days=40))
    await anna.taps("Да", message_id=anna.screen.message_id)
    assert anna.screen.text.startswith(("Здесь уже ничего нет", "Этот скрининг уже закрыт"))
