from storage.people import networks
from storage.people.people import Grant, Role
from storage.scopes import Scope, ScopeKind
from tests.kit.people import grant, registered
from tests.kit.world import World


async def test_an_admin_makes_a_network_and_chooses_its_members(world: World) -> None:
    boss = await registered(world, "Ирина", "Главная", admin=True)
    await boss.says("/networks")
    boss.sees("Сетей пока нет")
    await boss.taps("+ КРЦ")
    await boss.says("Я")
    boss.sees("от 3 до 100 знаков")
    await boss.says("Наставничество <молодых>")
    await boss.taps("Ейский район")
    boss.sees("Наставничество <молодых> · КРЦ", "Лидер: Ейский район", "Других участников пока нет")
    await boss.taps("Участники")
    await boss.taps("Абинский район")
    await boss.taps("Апшеронский район")
    boss.sees("✓ Абинский район", "Ещё 2 участника")
    await boss.taps("✓ Абинский район")
    boss.sees("Ещё 1 участник", "• Апшеронский район")
    await boss.taps("‹ Готово")
    await boss.taps("Сменить лидера")
    await boss.taps("г.-к. Сочи")
    boss.sees("Лидер: г.-к. Сочи", "• Ейский район")
    found = await world.db.read(networks.every)
    assert [(one.leader, one.members) for one in found] == [
        ("г.-к. Сочи", ("Апшеронский район", "Ейский район", "г.-к. Сочи"))
    ]


async def test_two_taps_make_one_network_and_a_title_is_taken_once(world: World) -> None:
    boss = await registered(world, "Ирина", "Главная", admin=True)
    await boss.says("/networks")
    await boss.taps("+ ЛСВ")
    await boss.says("Цифра")
    leader = boss.data_of("Ейский район")
    await boss.taps_data(leader)
    await boss.taps_data(leader)
    assert len(await world.db.read(networks.every)) == 1
    await boss.says("/networks")
    await boss.taps("+ МРЦ")
    await boss.says("Цифра")
    boss.sees("уже есть")


async def test_a_network_gets_another_topic_and_the_log_keeps_both(world: World) -> None:
    boss = await registered(world, "Ирина", "Главная", admin=True)
    for title in ("Цифра", "Чтение"):
        await world.db.write(networks.create, title, networks.NetworkKind.LSV, "Ейский район")
    await boss.says("/networks")
    await boss.taps("Цифра")
    await boss.taps("Переименовать")
    await boss.says("Чтение")
    boss.sees("уже есть")
    await boss.says("Ц")
    boss.sees("от 3 до 100")
    await boss.says("Цифровая  среда")
    boss.sees("Цифровая среда · ЛСВ")
    await boss.says("/audit")
    boss.sees("Главная И.: изменены сведения о сети «Цифра» (название: Цифра → Цифровая среда)")


async def test_a_dissolved_network_takes_its_roles_with_it(world: World) -> None:
    boss = await registered(world, "Ирина", "Главная", admin=True)
    oleg = await registered(world, "Олег", "Сомов")
    number = await world.db.write(
        networks.create, "Цифра", networks.NetworkKind.LSV, "Ейский район"
    )
    await grant(world, oleg, Grant(Role.COORDINATOR, Scope(ScopeKind.NETWORK, str(number))))
    await oleg.says("/menu")
    oleg.sees("Люди")
    await boss.says("/networks")
    await boss.taps("Цифра")
    await boss.taps("Распустить сеть")
    await boss.taps("Да, распустить")
    await oleg.says("/menu")
    oleg.sees_not("Люди")
    await boss.taps_data(f"nc1:{number}")
    boss.sees("Этой сети больше нет")
