from datetime import timedelta

from storage.people import people, roster
from storage.people.people import Grant, Role
from storage.scopes import REGION, Scope, ScopeKind
from surveys.reference import key
from tests.kit.people import person_id, registered
from tests.kit.world import Person, World

EYSK = Scope(ScopeKind.MUNICIPALITY, "Ейский район")


async def coordinator(world: World, scope: Scope) -> Person:
    return await registered(world, "Олег", "Сомов", roles=[Grant(Role.COORDINATOR, scope)])


async def test_a_coordinator_finds_somebody_by_the_beginning_of_a_name(world: World) -> None:
    oleg = await coordinator(world, EYSK)
    await registered(world, "Анна", "Щеглова", "Петровна")
    await registered(world, "Семён", "Ёжиков", "Ильич")
    await oleg.says("/people")
    oleg.sees("Люди: 3 человека", "Сомов О.", "Щеглова А. П.", "Ёжиков С. И.")
    await oleg.says("ежик")
    assert oleg.screen.labels[0] == "Ёжиков С. И. · Ейский район"
    oleg.sees("1 человек")
    await oleg.taps("Показать всех")
    await oleg.says("анна щегл")
    await oleg.taps("Щеглова А. П. · Ейский район")
    oleg.sees("Щеглова Анна Петровна", "учитель, МБОУ СОШ № 5", "Сообщения бота доходят")
    await oleg.taps("‹ К списку")
    await oleg.says("никтошенко")
    oleg.sees("никого не нашлось")


async def test_people_of_another_municipality_are_not_there(world: World) -> None:
    oleg = await coordinator(world, EYSK)
    vera = await registered(world, "Вера", "Лисицына", municipality="Абинский район")
    await oleg.says("/people")
    oleg.sees_not("Лисицына")
    await oleg.says("лисицына")
    oleg.sees("никого не нашлось")
    await oleg.taps_data(f"pc1:{await person_id(world, vera)}:0")
    oleg.sees("Этого человека здесь больше нет")
    oleg.sees_not("Лисицына")


async def test_the_list_has_pages_that_keep_the_search(world: World) -> None:
    oleg = await coordinator(world, REGION)
    for letter in "абвгдежзиклм":
        await registered(world, "Анна", f"Птицына-{letter.upper()}", municipality="г.-к. Сочи")
    await oleg.says("/people птицына")
    oleg.sees("12 человек", "2 из 2 ›")
    await oleg.taps("2 из 2 ›")
    oleg.sees("12 человек", "Птицына-М", "‹ 1 из 2")
    await oleg.taps_data("pp1:9999:птицына")
    oleg.sees("Птицына-М")


async def test_special_signs_in_a_search_mean_themselves(world: World) -> None:
    oleg = await coordinator(world, REGION)
    await oleg.says("/people")
    for text in ("%", "_", "!", "' OR 1=1 --", "<b>"):
        await oleg.says(text)
    oleg.sees("никого не нашлось")


async def test_the_card_says_who_cannot_be_reached_since_when(world: World) -> None:
    oleg = await coordinator(world, EYSK)
    anna = await registered(world, "Анна", "Щеглова")
    anna.blocks()
    await world.settle()
    world.clock.advance(timedelta(days=2))
    await oleg.says("/people щегл")
    await oleg.taps("Щеглова А. · Ейский район")
    oleg.sees("не доходят: 23 ноября")
    anna.unblocks()
    await anna.says("/start")
    await oleg.taps("‹ К списку")
    await oleg.taps("Щеглова А. · Ейский район")
    oleg.sees("Сообщения бота доходят")


async def test_a_typed_name_is_looked_for_only_while_the_list_is_open(world: World) -> None:
    oleg = await coordinator(world, EYSK)
    await oleg.says("/people")
    await oleg.taps("‹ В меню")
    await oleg.says("сомов")
    oleg.sees("Не понял")


async def test_a_role_removed_by_an_admin_ends_at_the_next_press(world: World) -> None:
    boss = await registered(world, "Ирина", "Главная", admin=True)
    oleg = await coordinator(world, EYSK)
    await oleg.says("/people")
    page = oleg.data_of("Сомов О. · Ейский район")
    await boss.says("/people сомов")
    await boss.taps("Сомов О. · Ейский район")
    await boss.taps("Снять роль: координатор (Ейский район)")
    boss.sees("Снять с человека роль?")
    await boss.taps("Да, снять роль")
    await oleg.taps_data(page)
    assert "недоступно" in oleg.toast
    assert oleg.alerted


async def test_a_coordinator_cannot_take_roles_away_even_in_the_own_scope(world: World) -> None:
    oleg = await coordinator(world, EYSK)
    vera = await registered(world, "Вера", "Лисицына", roles=[Grant(Role.EXPERT, EYSK)])
    number = await person_id(world, vera)
    await oleg.taps_data(f"pc1:{number}:0")
    oleg.sees("эксперт (Ейский район)")
    oleg.sees_not("Снять роль")
    await oleg.taps_data(f"rr1:{number}:expert:municipality:{key('Ейский район')}:1")
    assert "недоступно" in oleg.toast
    row = await world.db.read(people.find, vera.id)
    assert row is not None
    assert row.grants == (Grant(Role.EXPERT, EYSK),)


async def test_the_storage_itself_shows_nobody_without_a_scope(world: World) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    number = await person_id(world, anna)
    assert (await world.db.read(roster.page, ())).total == 0
    assert await world.db.read(roster.card, (), number) is None
    foreign = (Scope(ScopeKind.MUNICIPALITY, "Абинский район"),)
    assert await world.db.read(roster.card, foreign, number) is None
    assert await world.db.read(roster.card, (EYSK,), number) is not None


async def test_whoever_is_still_registering_is_in_no_list(world: World) -> None:
    oleg = await coordinator(world, REGION)
    anna = await world.person("Анна")
    await anna.says("/start")
    await anna.taps("Познакомиться")
    await anna.taps("Согласие даю")
    await anna.says("Щеглова Анна Петровна")
    await oleg.says("/people щегл")
    oleg.sees("никого не нашлось")
    assert await world.db.read(people.find, anna.id) is not None
