import asyncio
import re
from datetime import timedelta

from storage.people import networks, people
from storage.people.networks import NetworkKind
from storage.people.people import Grant, Role
from storage.scopes import REGION, Scope, ScopeKind
from tests.kit.people import registered
from tests.kit.world import Person, World

EYSK = Scope(ScopeKind.MUNICIPALITY, "Ейский район")


async def grants(world: World, someone: Person) -> tuple[Grant, ...]:
    row = await world.db.read(people.find, someone.id)
    assert row is not None
    return row.grants


def link_in(someone: Person) -> str:
    found = re.search(r"start=(inv_\S+)", someone.screen.text)
    assert found, someone.screen.text
    return found[1]


async def invites_expert(someone: Person, days: str = "7 дней", uses: str = "1 человек") -> str:
    await someone.says("/invite")
    await someone.taps("Эксперта")
    await someone.taps("Один муниципалитет")
    await someone.taps("Ейский район")
    await someone.taps(days)
    await someone.taps(uses)
    return link_in(someone)


async def test_an_admin_makes_a_coordinator_of_the_region(world: World) -> None:
    boss = await registered(world, "Ирина", "Главная", admin=True)
    anna = await registered(world, "Анна", "Щеглова", "Петровна")
    await boss.says("/invite")
    await boss.taps("Координатора")
    await boss.taps("Весь край")
    await boss.taps("7 дней")
    boss.sees("координатор (весь край)", "Сколько человек")
    await boss.taps("1 человек")
    boss.sees("Приглашение готово", "до 30 ноября, 10:00", "для 1 человека")
    await anna.says(f"/start {link_in(boss)}")
    anna.sees("ваша новая роль — координатор (весь край)", "Люди", "Пригласить")
    assert await grants(world, anna) == (Grant(Role.COORDINATOR, REGION),)


async def test_somebody_new_gets_the_role_after_the_acquaintance(world: World) -> None:
    boss = await registered(world, "Ирина", "Главная", admin=True)
    link = await invites_expert(boss)
    anna = await world.person("Анна")
    await anna.says(f"/start {link}")
    await anna.taps("Познакомиться")
    await anna.taps("Согласие даю")
    await anna.says("Щеглова Анна Петровна")
    await anna.says("ейск")
    await anna.says("СОШ 5")
    await anna.taps("учитель")
    await world.restart()
    await anna.says("физика")
    anna.sees("ваша новая роль — эксперт (Ейский район)")
    assert await grants(world, anna) == (Grant(Role.EXPERT, EYSK),)


async def test_a_link_works_once_even_for_two_at_the_same_moment(world: World) -> None:
    boss = await registered(world, "Ирина", "Главная", admin=True)
    link = await invites_expert(boss)
    both = [await registered(world, "Анна", "Щеглова"), await registered(world, "Олег", "Сомов")]
    for someone in both:
        world.telegram.send_text(someone.id, f"/start {link}")
        world.telegram.send_text(someone.id, f"/start {link}")
    await asyncio.gather(*(world.settle() for _ in both))
    held = [await grants(world, someone) for someone in both]
    assert sorted(map(len, held)) == [0, 1]
    loser = both[0] if not held[0] else both[1]
    winner = both[1] if not held[0] else both[0]
    loser.sees("уже воспользовались")
    winner.sees("уже есть")


async def test_an_expired_a_revoked_and_an_invented_link_are_answered_kindly(world: World) -> None:
    boss = await registered(world, "Ирина", "Главная", admin=True)
    anna = await registered(world, "Анна", "Щеглова")
    short = await invites_expert(boss, days="1 день")
    world.clock.advance(timedelta(days=1))
    await anna.says(f"/start {short}")
    anna.sees("Срок этого приглашения истёк", "Мои опросы")
    revoked = await invites_expert(boss)
    await boss.taps("Пригласить ещё")
    await boss.taps("Действующие приглашения")
    boss.sees("Действующие приглашения: 1")
    await boss.taps("эксперт (Ейский район)")
    boss.sees("Воспользовались: 0, осталось: 1")
    await boss.taps("Отменить приглашение")
    boss.sees("Приглашение отменено")
    await anna.says(f"/start {revoked}")
    anna.sees("отменили")
    await anna.says("/start inv_AAAAAAAAAAAAAAAA")
    anna.sees("Такого приглашения нет")
    assert await grants(world, anna) == ()


async def test_a_role_taken_away_does_not_come_back_by_the_old_link(world: World) -> None:
    boss = await registered(world, "Ирина", "Главная", admin=True)
    anna = await registered(world, "Анна", "Щеглова")
    link = await invites_expert(boss, uses="5 человек")
    await anna.says(f"/start {link}")
    await boss.says("/people щегл")
    await boss.taps("Щеглова А. · Ейский район")
    await boss.taps("Снять роль: эксперт (Ейский район)")
    await boss.taps("Да, снять роль")
    boss.sees("Роль снята")
    await anna.says(f"/start {link}")
    anna.sees("уже воспользовались")
    assert await grants(world, anna) == ()


async def test_two_taps_on_the_last_button_make_one_invitation(world: World) -> None:
    boss = await registered(world, "Ирина", "Главная", admin=True)
    await boss.says("/invite")
    await boss.taps("Эксперта")
    await boss.taps("Весь край")
    await boss.taps("1 день")
    last = boss.data_of("1 человек")
    await boss.taps_data(last)
    first = link_in(boss)
    await boss.taps_data(last)
    assert link_in(boss) == first
    await boss.taps("Пригласить ещё")
    await boss.taps("Действующие приглашения")
    boss.sees("Действующие приглашения: 1")


async def test_the_code_of_an_invitation_is_not_in_the_database(world: World) -> None:
    boss = await registered(world, "Ирина", "Главная", admin=True)
    code = (await invites_expert(boss)).removeprefix("inv_")
    await world.db.truncate_wal()
    files = list(world.folder.glob("bot.sqlite3*"))
    assert files
    assert not any(code.encode() in file.read_bytes() for file in files)


async def test_a_coordinator_invites_within_the_own_scope_only(world: World) -> None:
    number = await world.db.write(
        networks.create, "Наставничество", NetworkKind.KRC, "Крымский район"
    )
    await world.db.write(networks.set_member, number, "Ейский район", member=True)
    other = await world.db.write(networks.create, "Цифра", NetworkKind.LSV, "Абинский район")
    oleg = await registered(
        world,
        "Олег",
        "Сомов",
        roles=[Grant(Role.COORDINATOR, Scope(ScopeKind.NETWORK, str(number)))],
    )
    await oleg.says("/invite")
    oleg.sees_not("Координатора")
    await oleg.taps("Эксперта")
    oleg.sees_not("Весь край")
    await oleg.taps("Одна сеть")
    oleg.sees("Наставничество")
    oleg.sees_not("Цифра")
    await oleg.taps("‹ Назад")
    await oleg.taps("Один муниципалитет")
    assert oleg.screen.labels == ["Ейский район", "Крымский район", "‹ Назад"]
    for forged in (
        "iv1:expert:region::7:1:",
        f"iv1:expert:network:{other}:7:1:",
        "iv1:expert:network:999:7:1:",
        "iv1:expert:municipality:deadbeef:7:1:",
        f"iv1:coordinator:network:{number}:7:1:",
        "iv1:admin:region::7:1:",
        "iv1:teacher:region::7:1:",
    ):
        await oleg.taps_data(forged)
        oleg.sees("недоступно")


async def test_a_coordinator_sees_and_ends_only_invitations_of_the_own_scope(world: World) -> None:
    boss = await registered(world, "Ирина", "Главная", admin=True)
    oleg = await registered(
        world,
        "Олег",
        "Сомов",
        roles=[
            Grant(Role.COORDINATOR, Scope(ScopeKind.MUNICIPALITY, "Абинский район")),
        ],
    )
    anna = await registered(world, "Анна", "Щеглова")
    link = await invites_expert(boss)
    await oleg.says("/invite")
    await oleg.taps("Действующие приглашения")
    oleg.sees("сейчас нет")
    await oleg.taps_data("ic1:1:1")
    await anna.says(f"/start {link}")
    assert await grants(world, anna) == (Grant(Role.EXPERT, EYSK),)


async def test_a_coordinator_neither_sees_nor_ends_an_invitation_to_coordinate(
    world: World,
) -> None:
    boss = await registered(world, "Ирина", "Главная", admin=True)
    oleg = await registered(world, "Олег", "Сомов", roles=[Grant(Role.COORDINATOR, REGION)])
    anna = await registered(world, "Анна", "Щеглова")
    await boss.says("/invite")
    for label in ("Координатора", "Весь край", "7 дней", "1 человек"):
        await boss.taps(label)
    link = link_in(boss)
    await oleg.says("/invite")
    await oleg.taps("Действующие приглашения")
    oleg.sees("сейчас нет")
    await oleg.taps_data("ic1:1:1")
    oleg.sees("уже не действует")
    await anna.says(f"/start {link}")
    anna.sees("ваша новая роль — координатор (весь край)")
