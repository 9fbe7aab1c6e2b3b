"""A coordinator opens a questionnaire for others and sees how it goes."""

import struct
from datetime import timedelta

import pytest

from storage.people.people import Grant, Role
from storage.questionnaires import campaigns, overseeing, publishing, responses
from storage.questionnaires.campaigns import Campaign
from storage.scopes import REGION, Scope, ScopeKind
from tests.kit.people import person_id, registered
from tests.kit.world import Person, World

EYSK, ABINSK = "Ейский район", "Абинский район"
IN_EYSK = Scope(ScopeKind.MUNICIPALITY, EYSK)


@pytest.fixture
async def vera(world: World) -> Person:
    return await registered(world, "Вера", "Лисицына", roles=[Grant(Role.COORDINATOR, REGION)])


async def the_campaign(world: World) -> Campaign:
    (seen,) = await world.db.read(overseeing.list_for_staff, (REGION,))
    return seen.campaign


async def count(world: World) -> int:
    return len(await world.db.read(overseeing.list_for_staff, (REGION,)))


async def prepare(vera: Person, mode: str = "Именной") -> None:
    """Up to the audience."""
    await vera.says("/campaigns")
    await vera.taps("Провести новый опрос")
    await vera.taps("Как прошло мероприятие")
    await vera.taps("Провести опрос")
    await vera.says("Семинар   24 ноября")
    await vera.taps(mode)
    vera.sees("Кого спросить?")


async def finish(vera: Person, opens: str = "Сейчас", closes: str = "7 дней") -> None:
    await vera.taps("Дальше")
    await vera.taps(opens)
    await vera.taps(closes)
    vera.sees("Всё верно?")
    await vera.taps("Открыть опрос")


async def test_from_questionnaire_to_invitation(world: World, vera: Person) -> None:
    anna = await registered(world, "Анна", "Щеглова", municipality=EYSK)
    oleg = await registered(world, "Олег", "Сомов", municipality=ABINSK)
    await prepare(vera)
    vera.sees("Сейчас это 3 человека")
    await vera.taps("Муниципалитеты")
    await vera.taps("☐ Абинский район")
    vera.sees("☑ Абинский район", "1 человек")
    await vera.taps("Готово")
    await finish(vera)
    vera.sees("Семинар 24 ноября", "Именной опрос", "до 30 ноября включительно", "0 из 1")
    await world.settle()
    oleg.sees("Приглашаем вас ответить")
    assert not anna.has_seen("Приглашаем")
    await vera.says("/campaigns")
    await vera.taps("Как прошло мероприятие")
    vera.sees("Ответили: 0 из 1")
    await vera.taps("Кто не ответил")
    vera.sees("Сомов Олег")


async def test_the_preview_shows_every_item_and_records_nothing(world: World, vera: Person) -> None:
    await vera.says("/campaigns")
    await vera.taps("Провести новый опрос")
    await vera.taps("Как прошло мероприятие")
    await vera.taps("Посмотреть вопросы")
    vera.sees("Предпросмотр, 1 из")
    seen = {vera.screen.text}
    first = vera.screen.buttons[0][0]
    await vera.taps(first)
    assert "предпросмотр" in vera.toast
    while "Следующий ›" in vera.screen.labels:
        await vera.taps("Следующий ›")
        seen.add(vera.screen.text)
    form = next(
        one for one in await world.db.read(publishing.published) if one.id == "event_satisfaction"
    )
    assert len(seen) == len(form.items)
    assert any("Задаётся не всем" in text for text in seen)


async def test_confirmed_twice_it_opens_once(world: World, vera: Person) -> None:
    await prepare(vera)
    await vera.taps("Дальше")
    await vera.taps("Сейчас")
    await vera.taps("3 дня")
    press = vera.data_of("Открыть опрос")
    await vera.taps("Открыть опрос")
    await vera.taps_data(press)
    vera.sees("Именной опрос")
    assert await count(world) == 1


async def test_it_opens_when_it_was_said(world: World, vera: Person) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await prepare(vera)
    await vera.taps("Дальше")
    await vera.says("вчера")
    vera.sees("Не получилось понять дату")
    await vera.says("25 ноября 10:00")
    await vera.says("24 ноября")
    vera.sees("закрылся бы раньше")
    await vera.says("30 ноября")
    vera.sees("25 ноября, 10:00", "до 30 ноября включительно")
    await vera.taps("Открыть опрос")
    vera.sees("Откроется: 25 ноября, 10:00")
    await world.settle()
    assert not anna.has_seen("Приглашаем")
    world.clock.advance(timedelta(days=2))
    await world.settle()
    assert anna.has_seen("Приглашаем")


async def test_a_date_handled_twice_answers_one_question(world: World, vera: Person) -> None:
    await prepare(vera)
    await vera.taps("Дальше")
    typed = world.telegram.send_text(vera.id, "25 ноября").to_json()
    await world.settle()
    world.telegram.update("message", vera.id, typed)
    await world.settle()
    vera.sees("Сколько дней принимать")
    vera.sees_not("закрылся бы раньше")


async def test_a_typed_list_says_who_was_not_found_and_who_is_several(
    world: World, vera: Person
) -> None:
    await registered(world, "Анна", "Щеглова", "Петровна")
    await registered(world, "Анна", "Щеглова", "Ильинична")
    await registered(world, "Олег", "Сомов")
    await prepare(vera)
    await vera.taps("Список людей")
    await vera.says("Сомов Олег\nЩеглова\nКит Кот")
    vera.sees("Сомов О.", "Щеглова — подходят 2 человека", "Кит Кот — такого человека")
    await vera.says("Щеглова Анна Ильинична")
    await vera.taps("Готово")
    vera.sees("Сейчас это 2 человека", "Список людей: Сомов О., Щеглова А. И.")


async def test_a_municipal_coordinator_asks_own_people_only(world: World) -> None:
    ivan = await registered(
        world, "Иван", "Карпов", municipality=EYSK, roles=[Grant(Role.COORDINATOR, IN_EYSK)]
    )
    anna = await registered(world, "Анна", "Щеглова", municipality=EYSK)
    oleg = await registered(world, "Олег", "Сомов", municipality=ABINSK)
    await prepare(ivan)
    ivan.sees("Сейчас это 2 человека")
    await ivan.taps("Муниципалитеты")
    ivan.sees(EYSK)
    ivan.sees_not(ABINSK)
    await ivan.taps("Готово")
    await finish(ivan)
    await world.settle()
    assert anna.has_seen("Приглашаем")
    assert not oleg.has_seen("Приглашаем")


async def test_nudges_go_to_the_silent_at_most_twice_with_a_gap(world: World, vera: Person) -> None:
    anna = await registered(world, "Анна", "Щеглова", municipality=ABINSK)
    await prepare(vera)
    await vera.taps("Муниципалитеты")
    await vera.taps("☐ Абинский район")
    await vera.taps("Готово")
    await finish(vera, closes="14 дней")
    await world.settle()
    await vera.says("/campaigns")
    await vera.taps("● Как прошло")
    vera.sees("Следующее напоминание (1 из 2) можно отправить: 25 ноября, 10:00")
    await vera.taps("Напомнить")
    assert vera.toast.startswith("Пока рано")
    assert vera.toast.endswith("Можно будет 25 ноября, 10:00.")
    for number in (1, 2):
        world.clock.advance(timedelta(days=2))
        before = len(anna.messages)
        await vera.taps("Напомнить")
        vera.sees("1 человек?")
        press = vera.data_of("Да, напомнить")
        await vera.taps("Да, напомнить")
        await vera.taps_data(press)
        assert vera.toast == "Сейчас напоминать некому.", "pressed twice"
        assert len(anna.messages) == before + 1, number
    anna.sees("Будем рады и вашему ответу")
    world.clock.advance(timedelta(days=3))
    await vera.says("/campaigns")
    await vera.taps("● Как прошло")
    # A digest of the week may have come below it meanwhile.
    assert vera.has_seen("Напоминания отправлены: 2 из 2")


async def test_an_anonymous_campaign_never_names_who_is_silent(world: World, vera: Person) -> None:
    for order in range(5):
        await registered(world, "Анна", "Щеглова" + "а" * order, municipality=ABINSK)
    await prepare(vera, "Анонимный")
    await finish(vera)
    await world.settle()
    number = (await the_campaign(world)).id
    await vera.says("/campaigns")
    await vera.taps("● Как прошло")
    vera.sees("Анонимный опрос", "Ответили: 0 из 6")
    vera.sees_not("Кто не ответил")
    await vera.taps_data(f"ca1:{number}:0")
    vera.sees_not("Щеглова")
    await vera.taps("По муниципалитетам")
    vera.sees_not(EYSK)


async def test_where_an_anonymous_campaign_asked_few_no_number_is_shown(
    world: World, vera: Person
) -> None:
    ivan = await registered(
        world, "Иван", "Карпов", municipality=EYSK, roles=[Grant(Role.COORDINATOR, IN_EYSK)]
    )
    for order in range(5):
        await registered(world, "Анна", "Щеглова" + "а" * order, municipality=ABINSK)
    await prepare(vera, "Анонимный")
    await finish(vera, closes="14 дней")
    await world.settle()
    await ivan.says("/campaigns")
    await ivan.taps("● Как прошло")
    ivan.sees("меньше пяти человек")
    world.clock.advance(timedelta(days=3))
    await ivan.taps("Напомнить")
    ivan.sees("кто ещё не ответил?")
    await ivan.taps("Да, напомнить")
    assert not any(letter.isdigit() for letter in ivan.toast)


async def test_prolong_close_and_copy(world: World, vera: Person) -> None:
    await registered(world, "Анна", "Щеглова", municipality=ABINSK)
    await prepare(vera)
    await vera.taps("Муниципалитеты")
    await vera.taps("☐ Абинский район")
    await vera.taps("Готово")
    await finish(vera, closes="3 дня")
    await vera.taps("Продлить")
    press = vera.data_of("+ 7 дней")
    await vera.taps("+ 7 дней")
    vera.sees("до 3 декабря включительно")
    await vera.taps_data(press)
    vera.sees("до 3 декабря включительно")
    await vera.taps("Закрыть раньше")
    await vera.taps("Да, закрыть")
    vera.sees("Закрыт")
    await vera.taps("Провести ещё раз")
    vera.sees("О чём опрос?")
    await vera.says("Семинар 1 декабря")
    vera.sees("☑ Именной")
    await vera.taps("Именной")
    await finish(vera)
    vera.sees("Семинар 1 декабря")
    assert await count(world) == 2


async def test_the_link_comes_with_a_code(world: World, vera: Person) -> None:
    await prepare(vera)
    await finish(vera)
    number = (await the_campaign(world)).id
    await vera.taps("Ссылка и QR")
    assert vera.has_seen(f"?start=c_{number}")
    photos = [
        message.content["photo"]
        for message in world.telegram.history(vera.id)
        if "photo" in message.content
    ]
    content = world.file(photos[-1][-1]["file_id"])
    assert content.startswith(b"\x89PNG")
    assert min(struct.unpack(">II", content[16:24])) > 300, "width and height in pixels"


async def test_a_foreign_campaign_can_be_neither_seen_nor_managed(
    world: World, vera: Person
) -> None:
    ivan = await registered(
        world, "Иван", "Карпов", municipality=EYSK, roles=[Grant(Role.COORDINATOR, IN_EYSK)]
    )
    await prepare(vera)
    await finish(vera)
    campaign = await the_campaign(world)
    number = campaign.id
    await ivan.says("/campaigns")
    await ivan.taps("● Как прошло")
    ivan.sees("на вашей территории")
    ivan.sees_not("Закрыть раньше", "Продлить")
    for forged in (f"ce1:{number}:1", f"cl1:{number}:4102444800"):
        await ivan.taps_data(forged)
    anna = await registered(world, "Анна", "Щеглова")
    for forged in (f"cc1:{number}", f"cn2:{number}:1", "nw1:0", "oi1:0", f"ca1:{number}:0"):
        await anna.taps_data(forged)
        assert anna.alerted
    after = await the_campaign(world)
    assert after.closes_at == campaign.closes_at


async def test_a_stale_form_says_so(world: World, vera: Person) -> None:
    await prepare(vera)
    press = vera.data_of("Дальше")
    await vera.says("/cancel")
    await vera.taps_data(press)
    vera.sees("черновик уже закрыт")


async def test_what_a_coordinator_types_while_answering_is_an_answer(
    world: World, vera: Person
) -> None:
    await prepare(vera, "Анонимный")
    await finish(vera)
    await world.settle()
    await vera.taps("Подробнее и ответить")
    await vera.taps("Начать")
    answering = vera.screen.message_id
    await vera.says("/campaigns")
    await vera.taps("Провести новый опрос")
    await vera.taps("Стендовая сессия")
    await vera.taps("Провести опрос")
    await vera.taps("Да, полностью", message_id=answering)
    await vera.says("5")
    number = await person_id(world, vera)
    response = await world.db.read(responses.active, number, now=world.clock())
    assert response is not None
    assert response.answers == {"overall": "fully", "content": 5}


async def test_whether_sent_answers_may_be_changed_is_decided_at_the_opening(
    world: World, vera: Person
) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await prepare(vera)
    for label in ("Дальше", "Сейчас", "7 дней"):
        await vera.taps(label)
    vera.sees("можно исправлять до закрытия")  # as the questionnaire says
    press = vera.data_of("Не разрешать исправлять")
    await vera.taps("Не разрешать исправлять")
    vera.sees("ответы не меняются")
    await vera.taps("Разрешить исправлять ответы")
    vera.sees("можно исправлять до закрытия")
    for _ in range(2):  # the same button once more says the same
        await vera.taps_data(press)
        vera.sees("ответы не меняются", "Всё верно?")
    await vera.taps("Открыть опрос")
    await world.settle()
    campaign = await the_campaign(world)
    form = await world.db.read(campaigns.questionnaire_of, campaign)
    assert (form.editable_after_submit, campaign.lets_edit(form)) == (True, False)
    await anna.taps("Подробнее и ответить")
    anna.sees("с вашим именем")
    anna.sees_not("можно изменить до закрытия")


async def test_a_copy_lets_sent_answers_be_changed_as_the_first_did(
    world: World, vera: Person
) -> None:
    await prepare(vera)
    for label in ("Дальше", "Сейчас", "7 дней", "Не разрешать исправлять", "Открыть опрос"):
        await vera.taps(label)
    await vera.taps("Закрыть раньше")
    await vera.taps("Да, закрыть")
    await vera.taps("Провести ещё раз")
    await vera.says("Семинар 1 декабря")
    for label in ("Именной", "Дальше", "Сейчас", "7 дней"):
        await vera.taps(label)
    vera.sees("ответы не меняются", "Разрешить исправлять ответы")
    await vera.taps("Открыть опрос")
    held = await world.db.read(campaigns.every)
    assert [one.editable for one in held] == [False, False]


async def test_answers_cut_from_people_are_never_offered_for_changing(
    world: World, vera: Person
) -> None:
    await prepare(vera, "☑ Анонимный")
    for label in ("Дальше", "Сейчас", "7 дней"):
        await vera.taps(label)
    vera.sees("Всё верно?")
    vera.sees_not("исправлять")
