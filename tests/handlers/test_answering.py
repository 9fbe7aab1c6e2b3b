"""Somebody answers a questionnaire, from the invitation to the thanks and after."""

from datetime import timedelta

import pytest

from storage.questionnaires import exports, overseeing, responses
from storage.questionnaires.campaigns import Campaign
from storage.questionnaires.exports import ExportedResponse
from surveys.questionnaire import Anonymity
from tests.kit.forms import opened
from tests.kit.people import person_id, registered
from tests.kit.world import Person, World

ANSWERS = {
    "came": "yes",
    "liked": {"choice": ["talks", "other"], "other": "столовая"},
    "place": "iro",
    "score": 4,
    "order": ["b", "a", "c"],
    "years": 12,
    "hours": 4.5,
    "when": "2026-11-22",
    "words": "Больше практики",
    "ok": "OK",
}


async def campaign_of(world: World, anonymity: Anonymity = Anonymity.NAMED) -> Campaign:
    return await world.db.write(lambda conn: opened(conn, anonymity=anonymity))


async def sent(world: World, campaign: Campaign) -> list[ExportedResponse]:
    return await world.db.read(lambda conn: list(exports.responses(conn, campaign)))


@pytest.fixture
async def anna(world: World) -> Person:
    return await registered(world, "Анна", "Щеглова", "Петровна")


async def begin(anna: Person) -> None:
    await anna.taps("Подробнее и ответить")
    await anna.taps("Начать")


async def answer_all(anna: Person) -> None:
    """Every item type, by buttons and by words."""
    await anna.taps("Дальше")
    await anna.taps("Да")
    await anna.taps("☐ Доклады")
    await anna.taps("☐ Другое")
    anna.sees("Напишите свой вариант")
    await anna.says("столовая")
    anna.sees("☑ столовая", "☑ Доклады")
    await anna.taps("Готово")
    await anna.says("в иро")
    anna.sees("Записано: «В ИРО»", "1 — плохо, 5 — отлично")
    assert anna.screen.buttons[0] == ["1", "2", "3", "4", "5"]
    await anna.taps("4")
    await anna.taps("1. Практика")
    anna.sees("1. Практика", "2. Теория")
    await anna.taps("2. Теория")
    await anna.says("двенадцать с половиной лет")
    anna.sees("Не получилось понять число")
    await anna.says("ой")
    anna.sees("например 12")
    await anna.says("12")
    await anna.says("4,5")
    await anna.taps("Вчера")
    await anna.says("Больше практики")
    await anna.taps("Да")


async def test_the_invitation_comes_and_every_item_type_is_answered(
    world: World, anna: Person
) -> None:
    campaign = await campaign_of(world)
    await world.settle()
    anna.sees("Всё сразу", "Семинар «Первый урок»", "именной")
    await anna.taps("Подробнее и ответить")
    anna.sees("ваши ответы увидят координаторы", "10 вопросов")
    await anna.taps("Начать")
    anna.sees("Начнём")
    await answer_all(anna)
    anna.sees("Проверьте ответы", "Доклады; столовая", "22.11.2026", "4,5")
    assert await sent(world, campaign) == [], "nothing is sent before «Отправить»"
    await anna.taps("Отправить")
    anna.sees("Спасибо. Ваш отзыв поможет.")
    (found,) = await sent(world, campaign)
    assert found.answers == ANSWERS
    assert found.surname == "Щеглова"


async def test_one_message_shows_it_all_and_typed_answers_leave_the_chat(
    world: World, anna: Person
) -> None:
    await campaign_of(world, Anonymity.ANONYMOUS)
    await world.settle()
    before = len(world.telegram.history(anna.id))
    await begin(anna)
    await answer_all(anna)
    await anna.taps("Отправить")
    assert len(world.telegram.history(anna.id)) == before
    assert not anna.has_seen("столовая")
    assert not anna.has_seen("Больше практики")


async def test_anonymity_is_told_at_the_start_and_kept(world: World, anna: Person) -> None:
    campaign = await campaign_of(world, Anonymity.ANONYMOUS)
    await world.settle()
    await anna.taps("Подробнее и ответить")
    anna.sees("Опрос анонимный", "ваш муниципалитет", "изменить ответы уже нельзя")
    await anna.taps("Начать")
    await answer_all(anna)
    press = anna.data_of("Отправить")
    await anna.taps("Отправить")
    anna.sees("отделены от вашего имени")
    anna.sees_not("Изменить")
    (found,) = await sent(world, campaign)
    assert (found.surname, found.submitted_at, found.municipality) == (None, None, "Ейский район")
    await anna.taps_data(press)
    anna.sees("Этих ответов больше нет")
    assert len(await sent(world, campaign)) == 1
    files = b"".join(path.read_bytes() for path in world.folder.glob("bot.sqlite3*"))
    assert files.count("Больше практики".encode()) == 1, "the words stand in the sealed row alone"


async def test_back_skip_pause_and_change(world: World, anna: Person) -> None:
    campaign = await campaign_of(world)
    await world.settle()
    await begin(anna)
    await anna.taps("Дальше")
    await anna.taps("Да")
    await anna.taps("Назад")
    anna.sees("Вы были?", "✓ Да")
    await anna.taps("Нет")
    anna.sees("Где лучше?")
    await anna.taps("Прервать")
    anna.sees("Всё сохранено")
    await anna.says("просто пишу")
    anna.sees("Не понял")
    await anna.says("/surveys")
    anna.sees("Начаты", "вопрос 2 из")
    await anna.taps("▸ Всё сразу")
    anna.sees("Где лучше?")
    await anna.taps("Пропустить")
    await anna.taps("5")
    for _ in range(5):
        await anna.taps("Пропустить")
    await anna.taps("Пропустить")
    anna.sees("Проверьте ответы", "без ответа")
    await anna.taps("1")
    anna.sees("Вы были?")
    await anna.taps("✓ Нет")
    anna.sees("Проверьте ответы")
    await anna.taps("Отправить")
    (found,) = await sent(world, campaign)
    assert found.answers["came"] == "no"
    assert "liked" not in found.answers


async def test_a_restart_in_the_middle_loses_nothing(world: World, anna: Person) -> None:
    campaign = await campaign_of(world)
    await world.settle()
    await begin(anna)
    await anna.taps("Дальше")
    await anna.taps("Да")
    await anna.taps("☐ Доклады")
    await world.restart()
    world.clock.advance(timedelta(days=2))
    await anna.taps("☐ Общение")
    anna.sees("☑ Доклады", "☑ Общение")
    await world.restart()
    await anna.says("1, 2")
    anna.sees("Где лучше?")
    row = await world.db.read(responses.active, await person_id(world, anna), now=world.clock())
    assert row is not None
    assert row.answers["liked"] == ["talks", "people"]
    assert row.campaign.id == campaign.id


async def test_double_stale_and_forged_presses_are_harmless(world: World, anna: Person) -> None:
    await campaign_of(world)
    await world.settle()
    await begin(anna)
    await anna.taps("Дальше")
    yes, no = anna.data_of("Да"), anna.data_of("Нет")
    await anna.taps("Да")
    await anna.taps_data(no)
    assert "уже записан" in anna.toast
    anna.sees("Что понравилось?")
    await anna.taps_data(yes)
    assert "уже записан" in anna.toast
    number = await person_id(world, anna)
    before = await world.db.read(responses.active, number, now=world.clock())
    oleg = await registered(world, "Олег", "Сомов")
    await oleg.taps_data(no)
    oleg.sees("Этих ответов больше нет")
    for forged in (
        "ch1:1:999:0",
        "ch1:1:1:998",
        "ch1:1:-1:-1",
        "tk1:1:2:77:1",
        "pa1:1:5:0:500",
        "gd1:1:8:2026-99-99",
        "sd1:1",
        "cg1:1:400",
        "bk1:1:-1",
        "dn1:1:0",
        "cr1:1:998",
    ):
        await anna.taps_data(forged)
    after = await world.db.read(responses.active, number, now=world.clock())
    assert before is not None
    assert after is not None
    assert (after.answers, after.submitted_at) == (before.answers, None)
    anna.sees("Что понравилось?")


async def test_words_handled_twice_answer_one_question(world: World, anna: Person) -> None:
    """As after a crash between the row and the reply."""
    campaign = await campaign_of(world)
    await world.settle()
    await begin(anna)
    await anna.taps("Дальше")
    for words in ("да", "1", "в иро", "4", "2, 1, 3", "12", "4,5", "вчера", "Больше", "да"):
        typed = world.telegram.send_text(anna.id, words).to_json()
        await world.settle()
        before = str(anna.screen)
        world.telegram.update("message", anna.id, typed)
        await world.settle()
        assert str(anna.screen).endswith(before[-60:]), words
    anna.sees("Проверьте ответы")
    await anna.taps("Отправить")
    (found,) = await sent(world, campaign)
    assert found.answers == ANSWERS | {"liked": ["talks"], "words": "Больше"}


async def test_a_sent_answer_can_be_changed_until_the_closing(world: World, anna: Person) -> None:
    campaign = await campaign_of(world)
    await world.settle()
    await begin(anna)
    await answer_all(anna)
    await anna.taps("Отправить")
    await anna.taps("Изменить ответы")
    anna.sees("Проверьте ответы", "Отправить исправленное")
    await anna.taps("4")
    await anna.taps("2")
    (found,) = await sent(world, campaign)
    assert found.answers["score"] == 4, "not sent yet"
    await anna.taps("Отправить исправленное")
    anna.sees("Исправленные ответы отправлены")
    (found,) = await sent(world, campaign)
    assert found.answers["score"] == 2
    await anna.says("/surveys")
    await anna.taps("✓ Всё сразу")
    anna.sees("Ваши отправленные ответы")
    world.clock.advance(timedelta(days=30))
    await anna.taps("Изменить ответы")
    anna.sees("уже закрыт", "в силе")


async def test_closing_in_the_middle_is_told_at_the_next_press_and_the_next_word(
    world: World, anna: Person
) -> None:
    campaign = await campaign_of(world)
    oleg = await registered(world, "Олег", "Сомов")
    await world.settle()
    for someone in (anna, oleg):
        await begin(someone)
        await someone.taps("Дальше")
    await world.db.write(overseeing.close_now, campaign.id, now=world.clock())
    await anna.taps("Да")
    anna.sees("Этот опрос уже закрыт")
    await oleg.says("да")
    oleg.sees("Этот опрос уже закрыт")
    assert await sent(world, campaign) == []


async def test_starting_another_names_the_unfinished_one_and_asks(
    world: World, anna: Person
) -> None:
    first = await campaign_of(world)
    await world.settle()
    await begin(anna)
    await anna.taps("Дальше")
    second = await world.db.write(lambda conn: opened(conn, key="second"))
    await world.settle()
    assert not anna.has_seen("Приглашаем"), "nobody is interrupted in the middle"
    world.clock.advance(timedelta(days=1, minutes=20))
    await world.settle()
    assert anna.has_seen("Приглашаем"), "it comes a day later"
    await anna.taps("Подробнее и ответить")
    await anna.taps("Начать")
    anna.sees("Вы начали «Всё сразу")
    await anna.taps("Отложить")
    anna.sees("Начнём")
    row = await world.db.read(responses.active, await person_id(world, anna), now=world.clock())
    assert row is not None
    assert row.campaign.id == second.id
    await anna.says("/surveys")
    anna.sees("Начаты")
    assert first.id != second.id


async def test_a_link_leads_to_the_campaign(world: World, anna: Person) -> None:
    campaign = await campaign_of(world)
    await anna.says(f"/start c_{campaign.id}")
    anna.sees("Всё сразу", "Начать")
    await anna.says("/start c_99999")
    anna.sees("Такого опроса нет")
    await anna.says("/start c_²x")
    anna.sees("Такого опроса нет")


async def test_a_picture_is_no_answer(world: World, anna: Person) -> None:
    await campaign_of(world)
    await world.settle()
    await begin(anna)
    await anna.sends_file("план.txt", b"text")
    anna.sees("слова или кнопка", "Начнём")


async def test_beginning_can_be_undone(world: World, anna: Person) -> None:
    await campaign_of(world)
    await world.settle()
    await begin(anna)
    await anna.taps("Дальше")
    await anna.taps("Прервать")
    await anna.taps("Удалить начатое")
    await anna.taps("Да, удалить")
    anna.sees("Ждут ответа")
    assert anna.toast == "Начатые ответы удалены."
