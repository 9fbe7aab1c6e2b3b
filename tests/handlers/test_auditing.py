"""What staff do is in the log, with no name in it, and admins read it."""

from datetime import timedelta

from storage import audit
from storage.audit import By, Deed
from storage.people import roster
from storage.people.people import Grant, Role
from storage.scopes import REGION, Scope, ScopeKind
from tests.handlers.test_inviting import invites_expert
from tests.handlers.test_privacy import holding
from tests.kit.forms import opened
from tests.kit.people import person_id, registered
from tests.kit.world import World


async def test_a_role_given_and_taken_stands_in_the_log(world: World) -> None:
    chief = await registered(world, "Ирина", "Главная", admin=True)
    anna = await registered(world, "Анна", "Щеглова", "Петровна")
    await chief.says("/audit")
    chief.sees("Пока записей нет")
    await anna.says(f"/start {await invites_expert(chief)}")
    await chief.says("/people")
    await chief.taps("Щеглова")
    await chief.taps("Снять роль")
    await chief.taps("Да, снять роль")
    await chief.says("/menu")
    await chief.taps("Журнал действий")
    chief.sees(
        "4 записи",
        "открыта карточка человека → Щеглова А. П.",
        "Главная И.: сделано приглашение",
        "по приглашению дана роль → Щеглова А. П. (эксперт, Ейский район)",
        "снята роль → Щеглова А. П. (эксперт, Ейский район)",
    )
    assert (await world.db.read(audit.verify)).broken is None


async def test_an_export_is_in_the_log_before_the_file_leaves(world: World) -> None:
    chief = await registered(world, "Ирина", "Главная", admin=True)
    campaign = await world.db.write(opened)
    await chief.says("/report")
    await chief.taps(campaign.subject)
    assert chief.documents
    await chief.says("/audit")
    chief.sees("получена таблица ответов", f"№ {campaign.id}")


async def test_an_erased_person_has_no_name_in_the_log(world: World) -> None:
    chief = await registered(world, "Ирина", "Главная", admin=True)
    anna = await registered(world, "Канарейка", "Канареечкина", roles=[Grant(Role.EXPERT, REGION)])
    number = await person_id(world, anna)
    by = By(await person_id(world, chief), world.clock())
    role = Grant(Role.EXPERT, REGION)
    await world.db.write(roster.remove_grant, (REGION,), number, role, by=by)
    await chief.says("/audit")
    chief.sees("Канареечкина К.")
    await anna.says("/privacy")
    await anna.taps("Отозвать согласие и удалить")
    await anna.taps("Да, удалить всё")
    await chief.says("/audit")
    chief.sees(f"снята роль → удалённый человек № {number}")
    await world.stop()
    assert holding(world.folder, "канаре") == []
    await world.start()


async def test_long_pages_of_the_log_fit_a_message(world: World) -> None:
    chief = await registered(world, "Ирина", "Главная", admin=True)
    by = By(await person_id(world, chief), world.clock())
    towns = [f"Выдуманный муниципальный округ номер {number}" for number in range(44)]
    for number in range(20):
        at = By(by.who, by.at + timedelta(minutes=number))
        await world.db.write(
            audit.record,
            at,
            Deed.NETWORK_MEMBERS,
            object="network:1",
            before={"title": "Т" * 100, "members": []},
            after={"members": list(towns)},
        )
    await chief.says("/audit")
    chief.sees("20 записей", "и ещё 39", "2 из 3 ›")
    await chief.taps("2 из 3 ›")
    await chief.taps("3 из 3 ›")
    chief.sees("1. ", "‹ 2 из 3")


async def test_a_deed_of_a_newer_release_is_shown_by_its_word(world: World) -> None:
    chief = await registered(world, "Ирина", "Главная", admin=True)
    where = Scope(ScopeKind.MUNICIPALITY, "Ейский район")
    await world.db.write(
        audit.record,
        By(None, world.clock()),
        Deed.ROLE_TAKEN,
        about=999,
        before=Grant(Role.TRAINEE, where).said(),
    )
    await chief.says("/audit")
    chief.sees("командная строка", "удалённый человек № 999", "стажёр, Ейский район")
