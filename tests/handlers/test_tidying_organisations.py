"""Two ways of writing one kindergarten become one; elsewhere nothing is touched."""

from storage import audit
from storage.people import organisations
from storage.people.people import Grant, Role
from storage.scopes import REGION, Scope, ScopeKind
from tests.kit.people import registered
from tests.kit.world import Person, World

EYSK = Scope(ScopeKind.MUNICIPALITY, "Ейский район")


async def names(world: World) -> dict[str, int]:
    return {one.name: one.people for one in await world.db.read(organisations.listed, (REGION,))}


async def coordinator(world: World) -> Person:
    return await registered(
        world, "Раиса", "Конь", organisation="ТМС", roles=[Grant(Role.COORDINATOR, EYSK)]
    )


async def test_two_ways_of_writing_become_one(world: World) -> None:
    boss = await coordinator(world)
    await registered(world, "Анна", "Лугова", organisation="Детский сад № 5")
    await registered(world, "Вера", "Клевер", organisation="Садик Ромашка")
    await boss.says("/register")
    await boss.taps("Организации")
    await boss.says("ромашка")
    await boss.taps("Садик Ромашка")
    await boss.taps("Объединить с другой")
    await boss.taps("Детский сад № 5")
    boss.sees("исчезнет", "Разделить потом нельзя")
    yes = boss.data_of("Да, объединить")
    await boss.taps_data(yes)
    boss.sees("Объединено", "Детский сад № 5", "2 человека")
    await boss.taps_data(yes)
    boss.sees("больше нет")
    assert await names(world) == {"Детский сад № 5": 2, "ТМС": 1}
    entry = (await world.db.read(audit.page)).entries[0]
    assert entry.deed == "organisations-merged"
    assert entry.before == {"name": "Садик Ромашка", "people": 1}


async def test_a_new_name_that_is_anothers_leads_to_merging(world: World) -> None:
    boss = await coordinator(world)
    await registered(world, "Анна", "Лугова", organisation="СОШ № 5")
    await registered(world, "Вера", "Клевер", organisation="Пятая школа имени героя")
    await boss.says("/register")
    await boss.taps("Организации")
    await boss.taps("Пятая школа")
    await boss.taps("Переименовать")
    await boss.says("x")
    boss.sees("от 2 до 200")
    await boss.says("мбоу сош 5")
    boss.sees("Такая уже есть: «СОШ № 5»")
    await boss.taps("Объединить с другой")
    await boss.taps("Да, объединить")
    assert (await names(world))["СОШ № 5"] == 2
    await boss.taps("Переименовать")
    await boss.says("СОШ № 55")
    boss.sees("Переименовано", "СОШ № 55")
    assert set(await names(world)) == {"СОШ № 55", "ТМС"}


async def test_what_is_out_of_scope_is_neither_seen_nor_touched(world: World) -> None:
    boss = await coordinator(world)
    for surname, school in (("Лугова", "СОШ № 5"), ("Клевер", "СОШ № 6")):
        await registered(world, "Анна", surname, municipality="Абинский район", organisation=school)
    far = [
        one.id
        for one in await world.db.read(organisations.listed, (REGION,))
        if one.municipality == "Абинский район"
    ]
    await boss.says("/register")
    await boss.taps("Организации")
    boss.sees_not("СОШ")
    await boss.taps_data(f"om1:{far[0]}:{far[1]}:1:0")
    boss.sees("больше нет")
    assert len(await names(world)) == 3
