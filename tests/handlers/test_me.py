from storage.people import people
from tests.kit.people import registered
from tests.kit.world import World


async def test_every_field_is_shown_and_changed_by_its_button(world: World) -> None:
    anna = await registered(world, "Анна", "Щеглова", "Петровна")
    await anna.says("/me")
    anna.sees("Фамилия: Щеглова", "Отчество: Петровна", "Организация: МБОУ СОШ № 5")
    await anna.taps("Фамилия")
    await anna.says("Сова1")
    anna.sees("здесь не только буквы")
    await anna.says("сова")
    anna.sees("Исправлено.", "Фамилия: Сова")
    await anna.taps("Отчество")
    await anna.taps("Нет отчества")
    anna.sees("Отчество: нет")
    await anna.taps("Должность")
    await anna.taps("методист")
    anna.sees("Должность: методист")
    await anna.taps("Профессиональное сообщество")
    await anna.says("химия")
    anna.sees("Профессиональное сообщество: учителя химии")
    await anna.taps("Организация")
    await anna.says("лицей 2")
    await anna.taps("Добавить эту организацию")
    anna.sees("Организация: Лицей № 2")


async def test_the_old_value_stays_until_there_is_a_new_one(world: World) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await anna.says("/me")
    await anna.taps("Муниципалитет")
    await anna.taps("‹ Оставить как есть")
    anna.sees("Муниципалитет: Ейский район")
    await anna.says("сочи")
    anna.sees("Не понял")


async def test_whoever_moves_is_asked_for_the_new_organisation(world: World) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await anna.says("/me")
    await anna.taps("Муниципалитет")
    await anna.says("сочи")
    anna.sees("Муниципалитет: г.-к. Сочи", "В какой организации")
    await world.restart()
    await anna.says("гимназия 1")
    await anna.taps("Добавить эту организацию")
    await anna.says("/me")
    anna.sees("Организация: Гимназия № 1")


async def test_an_old_button_of_the_registration_changes_nothing(world: World) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await anna.says("/me")
    await anna.taps("Должность")
    old = anna.data_of("методист")
    await anna.taps("воспитатель")
    await anna.taps_data(old)
    await anna.taps_data("ag1:municipality")
    await anna.taps_data("pk1:patronymic:none")
    row = await world.db.read(people.find, anna.id)
    assert row is not None
    assert (row.position, row.municipality) == ("воспитатель", "Ейский район")


async def test_a_half_made_change_outlives_a_restart(world: World) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await anna.says("/me")
    await anna.taps("Фамилия")
    await world.restart()
    await anna.says("Сова")
    anna.sees("Исправлено.", "Фамилия: Сова")


async def test_markup_typed_into_a_field_is_shown_as_typed(world: World) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await anna.says("/me")
    await anna.taps("Должность")
    await anna.says("учитель <b>физики</b> & химии")
    anna.sees("Должность: учитель <b>физики</b> & химии")


async def test_what_is_typed_after_another_button_is_no_surname(world: World) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await anna.says("/me")
    await anna.taps("Фамилия")
    await anna.taps_data("zz9:1")  # of a questionnaire, of long ago
    await anna.says("Очень понравилось")
    row = await world.db.read(people.find, anna.id)
    assert row is not None
    assert row.surname == "Щеглова"
