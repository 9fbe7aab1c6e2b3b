from datetime import timedelta

from bot.people import consent
from storage.people import people
from storage.people.people import Person as Row
from tests.kit.people import registered
from tests.kit.world import Person, World


async def row_of(world: World, someone: Person) -> Row | None:
    return await world.db.read(people.find, someone.id)


async def agrees(someone: Person, start: str = "/start") -> None:
    await someone.says(start)
    await someone.taps("Познакомиться")
    await someone.taps("Согласие даю")


async def test_a_teacher_registers_by_buttons_and_two_typed_answers(world: World) -> None:
    anna = await world.person("Анна")
    await agrees(anna)
    await anna.says("Щеглова Анна Петровна")
    anna.sees("Очень приятно, Анна Петровна", "Шаг 2 из 5")
    await anna.taps("2 из 3 ›")
    await anna.taps("‹ 1 из 3")
    await anna.taps("Ейский район")
    anna.sees("Муниципалитет: Ейский район")
    await anna.says("СОШ 5")
    await anna.taps("Добавить эту организацию")
    await anna.taps("учитель")
    await anna.taps("2 из 2 ›")
    await anna.taps("молодые педагоги")
    anna.sees("Анна Петровна, рады знакомству", "Мои опросы", "О себе")
    anna.sees_not("Пригласить", "Люди")
    row = await row_of(world, anna)
    assert row is not None
    assert row.registered
    assert row.consented == consent.CURRENT
    assert (row.surname, row.municipality, row.organisation, row.position, row.community) == (
        "Щеглова",
        "Ейский район",
        "СОШ № 5",
        "учитель",
        "молодые педагоги",
    )


async def test_a_teacher_registers_by_typing_with_errors_on_the_way(world: World) -> None:
    await registered(world, "Раиса", "Конь", municipality="Темрюкский район")
    oleg = await world.person("Олег")
    await agrees(oleg)
    await oleg.says("Сомов1 О.")
    oleg.sees("«Сомов1» — здесь не только буквы", "«О.» — напишите, пожалуйста, полностью")
    await oleg.says("сомов")
    oleg.sees("напишите ваше имя")
    await oleg.says("олег")
    oleg.sees("ваше отчество")
    await oleg.taps("Нет отчества")
    await oleg.says("атлантида")
    oleg.sees("не нашлось")
    await oleg.says("нов")
    oleg.sees("Уточните", "Новокубанский район", "г. Новороссийск")
    await oleg.says("темрюк")
    oleg.sees("Муниципалитет: Темрюкский район", "МБОУ СОШ № 5")
    await oleg.says("!")
    oleg.sees("от 2 до 120 знаков")
    await oleg.says("школа 5")
    oleg.sees("Организация: МБОУ СОШ № 5")
    await oleg.says("12")
    oleg.sees("от 3 до 80 знаков")
    await oleg.says("Учитель   физики\nи астрономии")
    await oleg.says("физика")
    oleg.sees("Олег, рады знакомству")
    row = await row_of(world, oleg)
    assert row is not None
    assert (row.first_name, row.patronymic, row.position, row.community) == (
        "Олег",
        "",
        "Учитель физики и астрономии",
        "учителя физики",
    )


async def test_the_bot_may_die_at_every_step_and_days_may_pass(world: World) -> None:
    anna = await world.person("Анна")

    async def pause() -> None:
        await world.restart()
        world.clock.advance(timedelta(days=3))

    await anna.says("/start")
    await pause()
    await anna.taps("Познакомиться")
    await pause()
    await anna.taps("Согласие даю")
    await pause()
    await anna.says("Щеглова Анна")
    await pause()
    await anna.says("Петровна")
    await pause()
    await anna.says("ейск")
    await pause()
    await anna.says("Гимназия 14")
    await pause()
    await anna.taps("Добавить эту организацию")
    await pause()
    await anna.says("воспитатель")
    await pause()
    await anna.says("психолог")
    anna.sees("Анна Петровна, рады знакомству")


async def test_every_step_has_a_way_back(world: World) -> None:
    anna = await world.person("Анна")
    await agrees(anna)
    await anna.says("Щеглова Анна Петровна")
    await anna.taps("‹ Назад")
    anna.sees("Напишите фамилию, имя и отчество")
    await anna.says("Щукина Анна Павловна")
    await anna.says("ейск")
    await anna.taps("‹ Назад")
    await anna.says("сочи")
    anna.sees("г.-к. Сочи")
    await anna.says("лицей 3")
    await anna.taps("Добавить эту организацию")
    await anna.taps("‹ Назад")
    anna.sees("Лицей № 3", "В какой организации")
    await anna.taps("Лицей № 3")
    await anna.taps("методист")
    await anna.taps("‹ Назад")
    await anna.taps("воспитатель")
    row = await row_of(world, anna)
    assert row is not None
    assert (row.surname, row.municipality, row.position) == ("Щукина", "г.-к. Сочи", "воспитатель")


async def test_buttons_edit_one_message(world: World) -> None:
    anna = await world.person("Анна")
    await agrees(anna)
    assert len(anna.messages) == 1
    await anna.says("Щеглова Анна Петровна")
    await anna.taps("2 из 3 ›")
    await anna.taps("‹ 1 из 3")
    await anna.taps("Ейский район")
    assert len(anna.messages) == 2


async def test_nothing_is_stored_of_whoever_declines_and_they_can_come_back(world: World) -> None:
    anna = await world.person("Анна")
    await anna.says("/start c_17")
    await anna.taps("Познакомиться")
    await anna.taps("Пока нет")
    anna.sees("О вас ничего не сохранено")
    assert await row_of(world, anna) is None
    await anna.taps("Вернуться к согласию")
    await anna.taps("Согласие даю")
    row = await row_of(world, anna)
    assert row is not None
    assert row.start_payload == "c_17"


async def test_the_whole_consent_text_can_be_read_before_deciding(world: World) -> None:
    anna = await world.person("Анна")
    await anna.says("/start")
    await anna.taps("Познакомиться")
    await anna.taps("Прочитать полностью")
    anna.sees("152-ФЗ", "Версия ru-1", "Согласие даю")
    await anna.taps("‹ К согласию")
    await anna.taps("Согласие даю")
    anna.sees("Как вас зовут?")


async def test_any_command_or_thing_before_registration_leads_on(world: World) -> None:
    anna = await world.person("Анна")
    await anna.says("/report")
    anna.sees("Здравствуйте", "Познакомиться")
    await anna.says("/surveys")
    anna.sees("Без вашего согласия бот ничего не записывает", "Согласие даю")
    await anna.taps("Согласие даю")
    for sent in ("/people", "/menu", "/help"):
        await anna.says(sent)
        anna.sees("Сначала закончим знакомство", "Как вас зовут?")
    await anna.says("/cancel")
    anna.sees("Можно прерваться")
    await anna.sends_file("план.docx", b"PK")
    anna.sees("нужен ответ словами или кнопкой")
    await anna.taps_data("zz9:7")
    anna.sees("Как вас зовут?")


async def test_a_second_tap_or_an_old_button_changes_nothing(world: World) -> None:
    anna = await world.person("Анна")
    await agrees(anna)
    await anna.says("Щеглова Анна Петровна")
    eysk = anna.data_of("Ейский район")
    message = anna.screen.message_id
    await anna.taps_data(eysk, message_id=message)
    await anna.taps_data(eysk, message_id=message)
    anna.sees("В какой организации")
    await anna.says("СОШ 5")
    add = anna.data_of("Добавить эту организацию")
    await anna.taps_data(add)
    await anna.taps_data(add)
    anna.sees("Ваша должность?")
    await anna.taps_data(eysk, message_id=message)
    row = await row_of(world, anna)
    assert row is not None
    assert (row.municipality, row.organisation) == ("Ейский район", "СОШ № 5")


async def test_a_forged_choice_is_refused_kindly(world: World) -> None:
    await registered(world, "Раиса", "Конь", municipality="Абинский район")
    anna = await world.person("Анна")
    await agrees(anna)
    await anna.says("Щеглова Анна Петровна")
    await anna.taps_data("pk1:municipality:deadbeef")
    anna.sees("Этого варианта больше нет", "Где вы работаете?")
    await anna.says("ейск")
    await anna.taps_data("pk1:organisation:1")  # exists, but in another municipality
    anna.sees("Этого варианта больше нет", "В какой организации")
    await anna.taps_data("ao1:deadbeef")
    anna.sees("Этого варианта больше нет")
    row = await row_of(world, anna)
    assert row is not None
    assert row.organisation is None


async def test_the_consent_of_an_unknown_version_is_no_consent(world: World) -> None:
    anna = await world.person("Анна")
    await anna.says("/start")
    await anna.taps_data("cn1:ru-0:yes")
    anna.sees("Согласие даю")
    row = await row_of(world, anna)
    assert row is not None
    assert row.consented is None


async def test_a_link_is_kept_until_the_acquaintance_is_over(world: World) -> None:
    anna = await world.person("Анна")
    await agrees(anna, "/start x_unknown")
    await world.restart()
    await anna.says("Щеглова Анна Петровна")
    await anna.says("ейск")
    await anna.says("СОШ 5")
    await anna.taps("Добавить эту организацию")
    await anna.taps("учитель")
    await anna.says("физика")
    anna.sees("Эта ссылка боту незнакома", "Мои опросы")
    row = await row_of(world, anna)
    assert row is not None
    assert row.start_payload is None
