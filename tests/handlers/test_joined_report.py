"""One workbook over all campaigns of a questionnaire, whose versions are joined by item name."""

import io
from datetime import timedelta

from openpyxl import load_workbook

from storage.audiences import Audience
from storage.people.people import Grant, Role
from storage.questionnaires import campaigns
from storage.scopes import REGION, Scope, ScopeKind
from surveys.questionnaire import Anonymity, Choice, Questionnaire, SelectOne, Text
from tests.kit.people import person_id, registered
from tests.kit.world import Person, World

MARKS = tuple(Choice(name=name, label=label) for name, label in (("yes", "Да"), ("no", "Нет")))
FIRST = Questionnaire(
    id="lesson-7",
    version=1,
    title="О занятии",
    items=(
        SelectOne(name="liked", label="Понравилось?", choices=MARKS),
        Text(name="room", label="Удобно ли в классе?"),
    ),
)
SECOND = FIRST.model_copy(
    update={
        "version": 2,
        "items": (
            SelectOne(name="liked", label="Было полезно?", choices=MARKS),
            Text(name="wish", label="Чего не хватило?"),
        ),
    }
)


async def held(
    world: World, vera: Person, form: Questionnaire, subject: str, mode: Anonymity = Anonymity.NAMED
) -> None:
    author = await person_id(world, vera)
    await world.db.write(
        campaigns.open_campaign,
        form,
        subject=subject,
        anonymity=mode,
        audience=Audience(),
        scope=REGION,
        opens_at=world.clock(),
        closes_at=world.clock() + timedelta(days=3),
        author=author,
        request_key=f"{subject}{mode}",
        now=world.clock(),
    )
    await world.settle()


async def answers(someone: Person, subject: str, mark: str, words: str) -> None:
    await someone.says("/surveys")
    await someone.taps(f"О занятии: {subject}")
    await someone.taps("Начать")
    await someone.taps(mark)
    await someone.says(words)
    await someone.taps("Отправить")


async def own_form(world: World) -> None:
    """The row that says whose the questionnaire is."""
    await world.db.write(
        lambda conn: conn.execute(
            "INSERT INTO forms (id, name, scope_kind, scope_ref, created_at)"
            " VALUES (7, 'lesson', 'region', '', '2026-11-22T06:00:00Z')"
        )
    )


async def test_versions_and_campaigns_stand_in_one_workbook_and_removed_questions_stay(
    world: World,
) -> None:
    vera = await registered(world, "Вера", "Лисицына", roles=[Grant(Role.COORDINATOR, REGION)])
    abinsk = Scope(ScopeKind.MUNICIPALITY, "Абинский район")
    rita = await registered(world, "Рита", "Белова", roles=[Grant(Role.COORDINATOR, abinsk)])
    anna = await registered(world, "Анна", "Щеглова")
    oleg = await registered(world, "Олег", "Сомов", municipality="Абинский район")
    await own_form(world)
    await held(world, vera, FIRST, "Октябрь")
    await answers(anna, "Октябрь", "Да", "Тесно")
    await vera.says("/forms")
    await vera.taps("О занятии")
    vera.sees_not("Сводка по всем опросам")
    world.clock.advance(timedelta(days=7))
    await held(world, vera, SECOND, "Ноябрь")
    await answers(anna, "Ноябрь", "Нет", "Времени")
    await answers(oleg, "Ноябрь", "Да", "Примеров")
    world.clock.advance(timedelta(days=7))
    await held(world, vera, SECOND, "Тайный", Anonymity.ANONYMOUS)
    await answers(oleg, "Тайный", "Нет", "Ничего")
    await vera.says("/forms")
    await vera.taps("О занятии")
    await vera.taps("Сводка по всем опросам")
    sent = vera.documents[-1]
    assert "версии соединены" in sent.caption
    head, *rows = load_workbook(io.BytesIO(sent.content))["Ответы"].values
    said = [dict(zip(head, row, strict=True)) for row in rows]
    columns = (
        "Фамилия",
        "Версия анкеты",
        "Было полезно?",
        "Чего не хватило?",
        "Удобно ли в классе?",
    )
    assert [tuple(row[name] for name in columns) for row in said] == [
        ("Щеглова", 1, "Да", None, "Тесно"),
        ("Сомов", 2, "Да", "Примеров", None),
        ("Щеглова", 2, "Нет", "Времени", None),
    ]
    assert [str(row["Опрос"]).partition(",")[0] for row in said] == ["Октябрь", "Ноябрь", "Ноябрь"]
    await rita.says("/forms")
    await rita.taps("О занятии")
    await rita.taps("Сводка по всем опросам")
    part = rita.documents[-1]
    _, *seen = load_workbook(io.BytesIO(part.content))["Ответы"].values
    assert len(seen) == 1
    assert "Сомов" in seen[0]
    press = rita.data_of("Сводка по всем опросам")
    await anna.taps_data(press)
    assert anna.documents == []
