"""The register in chat: a table in, links and slips out, who has come, doubts, a lost phone."""

import io
import re

from openpyxl import Workbook, load_workbook

from storage import audit
from storage.people import people, register
from storage.people.people import Grant, Role
from storage.scopes import REGION, Scope, ScopeKind
from surveys.reference import communities
from tests.handlers.test_privacy import holding
from tests.kit.people import person_id, registered
from tests.kit.world import Person, World

EYSK = Scope(ScopeKind.MUNICIPALITY, "Ейский район")
HEAD = ["ФИО", "Муниципалитет", "Организация", "Роль"]
ROWS = [
    ["Лугова Анна Петровна", "Ейский район", "СОШ 5", ""],
    ["Сомов Олег Ильич", "Ейский район", "СОШ 5", "стажёр"],
]


def table(*rows: list[str], head: list[str] = HEAD) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in (head, *rows):
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


async def loads(coordinator: Person, *rows: list[str]) -> None:
    await coordinator.says("/register")
    await coordinator.taps("Загрузить таблицу")
    await coordinator.sends_file("список.xlsx", table(*rows))
    await coordinator.taps("Загрузить")


async def coordinator_of(world: World, scope: Scope = EYSK) -> Person:
    return await registered(world, "Раиса", "Конь", roles=[Grant(Role.COORDINATOR, scope)])


async def links(coordinator: Person) -> dict[str, str]:
    await coordinator.says("/register")
    await coordinator.taps("Личные ссылки таблицей")
    sheet = load_workbook(io.BytesIO(coordinator.documents[-1].content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    return {str(row[0]): str(row[3]).partition("start=")[2] for row in rows}


async def arrives(someone: Person, link: str = "", name: str = "Лугова Анна Петровна") -> None:
    await someone.says(f"/start {link}".strip())
    await someone.taps("Познакомиться")
    await someone.taps("Согласие даю")
    if name:
        if "Как вас зовут" in str(someone.screen):
            for answer in (name, "ейск", "СОШ 5"):
                await someone.says(answer)
        if "Добавить" in str(someone.screen):
            await someone.taps("Добавить")
        await someone.taps("учитель")
        await someone.says("физика")


async def test_a_table_is_shown_before_anything_is_loaded(world: World) -> None:
    boss = await coordinator_of(world)
    await boss.says("/register")
    boss.sees("Пока пуст")
    await boss.taps("Загрузить таблицу")
    content = table(*ROWS, ["Клевер О. И.", "Сочи", "", ""])
    await boss.sends_file("список.xlsx", content)
    boss.sees(
        "Понял: 2 человека", "Новых: 2", "стажёр — 1", "1 строка", "строка 4: не разобрал имя"
    )
    boss.sees("не ваш муниципалитет")
    assert (await world.db.read(register.overview, (REGION,))).total == 0
    yes = boss.data_of("Загрузить")
    await boss.taps("Загрузить")
    boss.sees("Загружено: новых 2", "ждём: 2")
    await boss.taps_data(yes)
    boss.sees("уже закрыта", "2 человека")
    await loads(boss, *ROWS)
    boss.sees("новых 0, изменено 0", "2 человека")
    entry = (await world.db.read(audit.page)).entries[0]
    assert (entry.deed, entry.after) == ("register-loaded", {"people": 2, "new": 0})


async def test_a_personal_link_works_once_and_brings_the_role(world: World) -> None:
    boss = await coordinator_of(world)
    await loads(boss, *ROWS)
    handed = await links(boss)
    assert set(handed) == {"Лугова Анна Петровна", "Сомов Олег Ильич"}
    assert handed == await links(boss), "a table asked for again holds the same links"
    oleg, thief = await world.person("Олег"), await registered(world, "Пётр", "Чужой")
    await arrives(oleg, handed["Сомов Олег Ильич"], "Сомов Олег Ильич")
    assert (await person_of(world, oleg)).grants == (Grant(Role.TRAINEE, EYSK),)
    await thief.says(f"/start {handed['Сомов Олег Ильич']}")
    thief.sees("уже использована")
    await oleg.says(f"/start {handed['Сомов Олег Ильич']}")
    oleg.sees("уже отмечены")
    await boss.says("/register")
    boss.sees("Пришли: 1, ждём: 1")
    await boss.taps("Кто пришёл")
    boss.sees("Сомов Олег Ильич", "сегодня")


async def test_whoever_comes_by_a_link_says_only_what_the_list_does_not(world: World) -> None:
    boss = await coordinator_of(world)
    head = [*HEAD[:3], "Должность", "Сообщество"]
    await boss.says("/register")
    await boss.taps("Загрузить таблицу")
    full = ["Лугова Анна Петровна", "Ейский район", "СОШ 5", "учитель", communities()[0]]
    partly = ["Клевер Вера Ильинична", "Ейский район", "", "", communities()[1]]
    await boss.sends_file("список.xlsx", table(full, partly, head=head))
    await boss.taps("Загрузить")
    handed = await links(boss)
    anna = await world.person("Анна")
    await anna.says(f"/start {handed['Лугова Анна Петровна']}")
    await anna.taps("Познакомиться")
    anna.sees("ваше согласие")
    await anna.taps("Согласие даю")
    anna.sees("Анна Петровна, рады знакомству", "взяли из списка", "Мои опросы")
    row = await person_of(world, anna)
    assert (row.organisation, row.position, row.community) == ("МБОУ СОШ № 5", "учитель", full[4])
    assert row.registered
    await boss.says("/people лугова")
    boss.sees("Лугова А. П.")
    vera = await world.person("Вера")
    await vera.says(f"/start {handed['Клевер Вера Ильинична']}")
    await vera.taps("Познакомиться")
    await vera.taps("Согласие даю")
    vera.sees("Вера Ильинична, мы вас узнали", "чего в списке нет", "В какой организации")
    await world.restart()
    await vera.says("гимназия 3")
    await vera.taps("Добавить")
    await vera.taps("учитель")
    vera.sees("рады знакомству", "Мои опросы")
    row = await person_of(world, vera)
    assert (row.municipality, row.community) == ("Ейский район", communities()[1])


async def test_slips_are_sheets_with_a_code_for_each(world: World) -> None:
    boss = await coordinator_of(world)
    await loads(boss, *[[f"Лугова Анна {end}", *ROWS[0][1:]] for end in ("Львовна", "Юрьевна")])
    await boss.says("/register")
    await boss.taps("Листы с QR-кодами")
    slips = boss.documents[-1]
    assert (slips.name, slips.content[:5]) == ("qr-1-2.pdf", b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", slips.content)) == 1


async def test_whoever_registers_alone_is_known_again(world: World) -> None:
    boss = await coordinator_of(world)
    await loads(boss, *ROWS)
    anna = await world.person("Анна")
    await arrives(anna)
    await boss.says("/register")
    boss.sees("Пришли: 1")
    boss.sees_not("Сомнения")


async def test_a_name_alone_gives_no_role_but_a_doubt_to_settle(world: World) -> None:
    boss = await coordinator_of(world)
    await loads(boss, *ROWS)
    oleg = await world.person("Олег")
    await arrives(oleg, name="Сомов Олег Ильич")
    assert (await person_of(world, oleg)).grants == ()
    await boss.says("/register")
    await boss.taps("Сомнения: 1")
    boss.sees("В списке: Сомов Олег Ильич", "Пришёл: Сомов Олег Ильич", "роль: стажёр")
    yes = boss.data_of("Да, это один человек")
    await boss.taps_data(yes)
    boss.sees("Записал", "Сомнений нет")
    await boss.taps_data(yes)
    assert (await person_of(world, oleg)).grants == (Grant(Role.TRAINEE, EYSK),)
    deeds = [entry.deed for entry in (await world.db.read(audit.page)).entries]
    assert deeds[:2] == ["register-matched", "role-given"]


async def test_two_people_of_like_names_stay_two(world: World) -> None:
    boss = await coordinator_of(world)
    await loads(boss, ["Лугова Анна Львовна", "Ейский район", "СОШ 7", ""])
    anna = await world.person("Анна")
    await arrives(anna)
    await boss.says("/register")
    await boss.taps("Сомнения: 1")
    await boss.taps("Нет, разные люди")
    boss.sees("Сомнений нет")
    assert (await world.db.read(register.overview, (REGION,))).joined == 0


async def test_a_coordinator_elsewhere_sees_and_settles_nothing(world: World) -> None:
    boss = await coordinator_of(world)
    await loads(boss, *ROWS)
    oleg = await world.person("Олег")
    await arrives(oleg, name="Сомов Олег Ильич")
    await boss.says("/register")
    await boss.taps("Сомнения: 1")
    yes = boss.data_of("Да, это один человек")
    stranger = await registered(
        world,
        "Фома",
        "Дальний",
        roles=[Grant(Role.COORDINATOR, Scope(ScopeKind.MUNICIPALITY, "Абинский район"))],
    )
    await stranger.says("/register")
    stranger.sees("Пока пуст")
    await stranger.taps_data(yes)
    assert (await person_of(world, oleg)).grants == ()


async def test_an_erased_person_is_gone_from_the_register_too(world: World) -> None:
    boss = await coordinator_of(world)
    await loads(boss, ["Канарейкина Анна Львовна", "Ейский район", "СОШ 7", ""])
    canary = await world.person("Анна")
    await arrives(canary, name="Канарейкина Анна Львовна")
    await boss.says("/register")  # a doubt: another school
    await canary.says("/privacy")
    await canary.taps("Отозвать согласие и удалить")
    await canary.taps("Да, удалить всё")
    assert (await world.db.read(register.overview, (REGION,))).total == 0
    await world.stop()
    assert holding(world.folder, "канарейкин") == []
    await world.start()


async def test_a_lost_account_comes_back_by_a_code(world: World) -> None:
    boss = await coordinator_of(world)
    anna = await registered(world, "Анна", "Лугова", roles=[Grant(Role.EXPERT, EYSK)])
    row = await person_id(world, anna)
    link = await relink_code(boss)
    new = await world.person("Анна")
    await arrives(new, link, name="")
    new.sees("С возвращением")
    back = await person_of(world, new)
    assert (back.id, back.surname, back.grants) == (row, "Лугова", (Grant(Role.EXPERT, EYSK),))
    assert await world.db.read(people.find, anna.id) is None
    await new.says(f"/start {link}")
    new.sees("уже использована")
    deeds = [entry.deed for entry in (await world.db.read(audit.page)).entries]
    assert deeds[:2] == ["relinked", "relink-code"]


async def test_taking_part_moves_along_and_nobody_answers_twice(world: World) -> None:
    boss = await coordinator_of(world)
    anna = await registered(world, "Анна", "Лугова")
    row = await person_id(world, anna)
    from surveys.questionnaire import Anonymity  # noqa: PLC0415 - the same
    from tests.kit.forms import opened  # noqa: PLC0415 - one test asks for a campaign

    link = await relink_code(boss)
    campaign = await world.db.write(opened, anonymity=Anonymity.ANONYMOUS)
    new = await registered(world, "Анна", "Временная")

    def took_part(conn: object) -> None:
        conn.execute(  # type: ignore[attr-defined]  # sqlite3 is not named here
            "INSERT INTO participations SELECT ?, id FROM people WHERE telegram_id = ?",
            (campaign.id, new.id),
        )

    await world.db.write(took_part)
    await new.says(f"/start {link}")
    new.sees("С возвращением")
    held = await world.db.read(personal_of, row)
    assert "participations" in held


def personal_of(conn: object, number: int) -> set[str]:
    from storage.privacy import personal  # noqa: PLC0415 - beside its only use

    return {one.table for one in personal.everything(conn, number)}  # type: ignore[arg-type]  # a connection


async def test_a_code_neither_widens_rights_nor_swallows_work(world: World) -> None:
    boss = await coordinator_of(world)
    await registered(world, "Анна", "Лугова", roles=[Grant(Role.COORDINATOR, REGION)])
    await boss.says("/people")
    await boss.taps("Лугова")
    await boss.taps("Перенести на новый аккаунт")
    await boss.taps("Да, сделать код")
    boss.sees("роль шире вашей")
    await registered(world, "Вера", "Клевер")
    link = await relink_code(boss, "Клевер")
    busy = await registered(world, "Олег", "Сомов", roles=[Grant(Role.EXPERT, EYSK)])
    await busy.says(f"/start {link}")
    busy.sees("уже есть свои ответы или роли")


async def relink_code(boss: Person, surname: str = "Лугова") -> str:
    await boss.says("/people")
    await boss.taps(surname)
    await boss.taps("Перенести на новый аккаунт")
    boss.sees("потеряет доступ")
    await boss.taps("Да, сделать код")
    found = re.search(r"start=(rl_\S+)", boss.screen.text)
    assert found, boss.screen.text
    return found[1]


async def person_of(world: World, someone: Person) -> people.Person:
    found = await world.db.read(people.find, someone.id)
    assert found is not None
    return found
