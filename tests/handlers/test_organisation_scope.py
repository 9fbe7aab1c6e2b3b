"""The coordinator of one school sees its people, and of what is others' only what touches them."""

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.digests.making import write_digests
from bot.digests.orders import DigestOrder, Reader
from reports.weekly import Weekly
from storage.people import organisations, people
from storage.people.people import Grant, Role
from storage.questionnaires import overseeing
from storage.scopes import REGION, Scope, ScopeKind
from storage.summaries.digests import Kind
from surveys.questionnaire import Anonymity
from tests.handlers.test_reporting import ABINSK, EYSK, FORM, cells, made, said
from tests.kit.forms import opened
from tests.kit.people import grant, person_id, registered
from tests.kit.world import Person, World

FIFTH, SIXTH = "МБОУ СОШ № 5", "МБОУ СОШ № 6"


async def school(world: World, name: str = FIFTH) -> Scope:
    for one in await world.db.read(organisations.listed, (REGION,)):
        if (one.name, one.municipality) == (name, EYSK):
            return Scope(ScopeKind.ORGANISATION, str(one.id))
    raise LookupError(name)


async def director(world: World) -> Person:
    """Raisa of school 5, with Anna beside her, Vera in school 6, Oleg in another municipality."""
    raisa = await registered(world, "Раиса", "Конь", organisation=FIFTH)
    await registered(world, "Анна", "Лугова", organisation=FIFTH)
    await registered(world, "Вера", "Клевер", organisation=SIXTH)
    await registered(world, "Олег", "Сомов", municipality=ABINSK, organisation=FIFTH)
    await grant(world, raisa, Grant(Role.COORDINATOR, await school(world)))
    return raisa


async def test_a_schools_coordinator_finds_its_people_and_nobody_else(world: World) -> None:
    raisa = await director(world)
    await raisa.says("/people")
    raisa.sees("Конь Р.", "Лугова А.")
    raisa.sees_not("Клевер")
    raisa.sees_not("Сомов")
    vera = await world.db.read(
        lambda conn: conn.execute("SELECT id FROM people WHERE surname = 'Клевер'").fetchone()[0]
    )
    await raisa.taps_data(f"pc1:{vera}:0")
    raisa.sees_not("Клевер")


async def test_an_administrator_makes_the_coordinator_of_a_school(world: World) -> None:
    await director(world)
    boss = await registered(world, "Ирина", "Главная", admin=True, organisation="ИРО")
    anna = await registered(world, "Нина", "Ясная", organisation=FIFTH)
    await boss.says("/invite")
    for label in ("Координатора", "Одна организация", EYSK):
        await boss.taps(label)
    boss.sees(FIFTH, SIXTH, "ИРО")
    for label in (FIFTH, "7 дней"):
        await boss.taps(label)
    boss.sees(f"координатор ({FIFTH}, {EYSK})")
    await boss.taps("1 человек")
    link = boss.screen.text.split("start=")[1].split()[0]
    await anna.says(f"/start {link}")
    anna.sees("ваша новая роль", FIFTH)
    row = await world.db.read(people.find, anna.id)
    assert row is not None
    assert row.grants == (Grant(Role.COORDINATOR, await school(world)),)


async def test_a_schools_coordinator_invites_to_the_school_only(world: World) -> None:
    raisa = await director(world)
    own, other = await school(world), await school(world, SIXTH)
    await raisa.says("/invite")
    await raisa.taps("Стажёра")
    raisa.sees_not("Весь край")
    raisa.sees_not("Одна сеть")
    raisa.sees_not("Один муниципалитет")
    await raisa.taps("Одна организация")
    assert raisa.screen.labels == [FIFTH, "‹ Назад"]
    await raisa.taps(FIFTH)
    raisa.sees(f"стажёр ({FIFTH}, {EYSK})")
    for forged in (
        f"iv1:expert:organisation:{other.ref}:7:1:",
        "iv1:expert:organisation:999:7:1:",
        "iv1:expert:organisation:abc:7:1:",
        "iv1:expert:municipality:00000000:7:1:",
        "iv1:expert:region::7:1:",
        f"iv1:coordinator:organisation:{own.ref}:7:1:",
    ):
        await raisa.taps_data(forged)
        raisa.sees("недоступно")


async def test_the_spreadsheet_of_anothers_named_survey_has_the_schools_rows_only(
    world: World,
) -> None:
    raisa = await director(world)
    campaign = await made(world, Anonymity.NAMED, {EYSK: 6, ABINSK: 3})

    def move(conn: object) -> None:
        conn.execute(  # type: ignore[attr-defined]  # the test's own connection
            "UPDATE people SET surname = 'Соседкина', organisation_id ="
            " (SELECT id FROM organisations WHERE name = ?)"
            " WHERE telegram_id IN (10000, 10001)",
            (FIFTH,),
        )

    await world.db.write(move)
    await raisa.says("/report")
    raisa.sees_not("Сводка региона")
    await raisa.taps("Коротко")
    rows = said(cells(raisa)["Ответы"])
    assert "Соседкина" in rows
    assert "Снегирёва" not in rows
    assert FIFTH in rows
    assert len([row for row in cells(raisa)["Ответы"] if "Соседкина" in row]) == 2
    await raisa.taps_data(f"cc1:{campaign.id}")


async def test_anothers_anonymous_survey_shows_a_school_nothing(world: World) -> None:
    raisa = await director(world)
    campaign = await made(world, Anonymity.ANONYMOUS, {EYSK: 9, ABINSK: 7})
    await world.db.write(overseeing.close_now, campaign.id, now=world.clock())
    world.clock.advance(timedelta(minutes=1))
    await raisa.says("/report")
    await raisa.taps("Коротко")
    everything = set().union(*(said(rows) for rows in cells(raisa).values()))
    assert "Степень 4" not in everything
    assert not {9, 7, 16} & everything


async def test_a_schools_own_survey_reaches_its_people_only(world: World) -> None:
    raisa = await director(world)
    own = await school(world)
    campaign = await world.db.write(lambda conn: opened(conn, form=FORM, scope=own))
    assert await world.db.read(overseeing.find_for_staff, campaign.id, (own,))
    await raisa.says("/campaigns")
    await raisa.taps("Коротко")
    assert raisa.has_seen("Ответили: 0 из 2")
    sixth = (await school(world, SIXTH),)
    assert await world.db.read(overseeing.find_for_staff, campaign.id, sixth) is None


async def test_a_notice_of_a_school_reaches_its_people_only(world: World) -> None:
    raisa = await director(world)
    await raisa.says("/broadcast")
    await raisa.taps("Новое уведомление")
    await raisa.says("Педсовет завтра в 15:00.")
    raisa.sees("2 человека")


async def test_what_is_counted_by_municipality_is_refused_to_a_school(world: World) -> None:
    raisa = await director(world)
    for command in ("register",):
        await raisa.says(f"/{command}")
        raisa.sees("недоступно")
    for forged in ("rrp1:make:year:0::::0", "rrp1:card:year:0::::0"):
        await raisa.taps_data(forged)
        assert raisa.documents == []


async def test_a_schools_digest_counts_its_people_and_makes_no_map_of_municipalities(
    world: World, tmp_path: Path
) -> None:
    raisa = await director(world)
    own = await school(world)
    copy = tmp_path / "copy.sqlite3"
    await world.db.copy_to(copy)
    reader = Reader(await person_id(world, raisa), Kind.COORDINATOR, (own,))
    order = DigestOrder((reader,), world.clock(), ZoneInfo("Europe/Moscow"))
    write_digests(copy, order, tmp_path)
    (made_for_her,) = tmp_path.glob("*.json")
    weekly = Weekly.model_validate_json(made_for_her.read_text())
    assert (weekly.people, weekly.new) == (2, 2)
    assert not [*tmp_path.glob("*.png"), *tmp_path.glob("*.xlsx")]
