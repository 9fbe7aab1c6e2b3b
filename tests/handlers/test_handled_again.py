"""The same update handled twice, as after a crash between the row and the reply; and forgeries."""

import itertools

from aiogram.filters.callback_data import CallbackData

from bot import callbacks
from bot.texts import trouble
from storage.people import people
from storage.people.people import Grant, Role
from storage.scopes import Scope, ScopeKind
from tests.kit.people import registered
from tests.kit.world import Person, World


async def again(world: World, someone: Person) -> None:
    """Hand the person's newest message to the handlers once more."""
    sent = [one for one in world.telegram.history(someone.id) if not one.outgoing][-1]
    world.telegram.update("message", someone.id, sent.to_json())
    await world.settle()


async def test_a_name_handled_twice_answers_one_question(world: World) -> None:
    anna = await world.person("Анна")
    await anna.says("/start")
    await anna.taps("Познакомиться")
    await anna.taps("Согласие даю")
    for typed in ("Щеглова", "Анна", "Петровна", "ейск", "СОШ 5"):
        await anna.says(typed)
        before = str(anna.screen)
        await again(world, anna)
        assert str(anna.screen) == before
    await anna.taps("Добавить эту организацию")
    for typed in ("учитель", "физика"):
        await anna.says(typed)
        await again(world, anna)
    row = await world.db.read(people.find, anna.id)
    assert row is not None
    assert (row.surname, row.first_name, row.patronymic) == ("Щеглова", "Анна", "Петровна")
    assert (row.organisation, row.position, row.community) == (
        "СОШ № 5",
        "учитель",
        "учителя физики",
    )


async def test_a_change_handled_twice_is_one_change(world: World) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await anna.says("/me")
    await anna.taps("Муниципалитет")
    await anna.says("сочи")
    before = str(anna.screen)
    await again(world, anna)
    assert str(anna.screen) == before
    await anna.says("лицей 1")
    await anna.taps("Добавить эту организацию")
    await anna.says("/me")
    await anna.taps("Фамилия")
    await anna.says("Сова")
    await again(world, anna)
    anna.sees("Исправлено.", "Фамилия: Сова", "Организация: Лицей № 1")


async def test_a_page_of_text_at_any_question_is_answered(world: World) -> None:
    anna = await world.person("Анна")
    await anna.says("/start " + "x" * 4000)
    await anna.taps("Познакомиться")
    await anna.taps("Согласие даю")
    pages = ["щ1 " * 1300, "щ" * 4096, "<b>&amp; " * 450, "\u0000\u202e🙂" * 1000]
    answers = ("Щеглова Анна Петровна", "ейск", "лицей 1", None, "учитель", "физика")
    for answer in answers:
        if answer is None:
            await anna.taps("Добавить эту организацию")
            continue
        for page in pages:
            await anna.says(page)
            assert not anna.has_seen(trouble.FAILED), anna.screen
        await anna.says(answer)
    anna.sees("Эта ссылка боту незнакома")
    oleg = await registered(
        world,
        "Олег",
        "Сомов",
        roles=[Grant(Role.COORDINATOR, Scope(ScopeKind.MUNICIPALITY, "Ейский район"))],
    )
    await oleg.says("/people")
    for page in pages:
        await oleg.says(page)
        assert not oleg.has_seen(trouble.FAILED), oleg.screen


NASTY = ("", "0", "1", "-1", "999999999999999999999", "yes", "region", "щ", "a" * 8, "' OR 1=1")


async def test_no_forged_button_breaks_anything_or_touches_another(world: World) -> None:
    vera = await registered(world, "Вера", "Лисицына", municipality="Абинский район")
    untouched = await world.db.read(people.find, vera.id)
    stranger = await world.person("Анна")
    boss = await registered(world, "Ирина", "Главная", admin=True)
    oleg = await registered(
        world,
        "Олег",
        "Сомов",
        roles=[Grant(Role.COORDINATOR, Scope(ScopeKind.MUNICIPALITY, "Ейский район"))],
    )
    await stranger.says("/start")
    kinds = [
        kind
        for kind in vars(callbacks).values()
        if isinstance(kind, type) and issubclass(kind, CallbackData) and kind is not CallbackData
    ]
    tried = 0
    for kind in kinds:
        fields = len(kind.model_fields)
        for number, value in enumerate(NASTY):
            others = itertools.islice(itertools.cycle(NASTY[number:] + NASTY), 1, fields)
            data = ":".join([kind.__prefix__, value, *others])[: 64 if fields else 4]
            if len(data.encode()) > 64:
                continue
            for someone in (stranger, oleg, boss):
                await someone.taps_data(data)
                assert not (someone.toast or "").startswith(trouble.FAILED_SHORT), (
                    data,
                    someone.id,
                )
                tried += 1
    assert tried > 500
    assert await world.db.read(people.find, vera.id) == untouched
