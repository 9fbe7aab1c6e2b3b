"""Groups of trainees in a table: out, changed by hand, and in again after a look at it."""

import io
from collections.abc import Sequence

from openpyxl import Workbook, load_workbook

from bot.tasks.group_file import said_groups
from storage import audit
from storage.people.people import Grant, Role
from storage.scopes import REGION, Scope, ScopeKind
from storage.tasks import groups
from storage.tasks.groups import Group
from tests.kit.people import registered
from tests.kit.tasks import EISK, coordinator, trainee
from tests.kit.world import Person, World

HEAD = ["Группа", "Площадка", "Стажёр", "Педагог-мастер"]


def table(*rows: Sequence[str]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in (["Стажировочные площадки"], HEAD, *rows):
        book.active.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


async def every(world: World) -> dict[str, tuple[Group, list[str], list[str]]]:
    found = {}
    for one in await world.db.read(groups.listed, (REGION,)):
        members = await world.db.read(groups.members, one.id)
        heads = await world.db.read(groups.heads, one.id)
        found[one.title] = (
            one,
            [str(each.surname) for each in members],
            [str(each.surname) for each in heads],
        )
    return found


async def asked_for_a_table(olga: Person) -> None:
    await olga.says("/tasks")
    await olga.taps("Группы стажёров")
    await olga.taps("Загрузить таблицу")


async def test_a_row_for_each_member_makes_groups_after_a_yes_and_tells_every_fault(
    world: World,
) -> None:
    olga = await coordinator(world, "Ольга", "Сомова", EISK)
    await trainee(world)
    await trainee(world, "Вера", "Лисицына")
    await trainee(world, "Софья", "Клевер", "Сочи")
    master = await registered(world, "Нина", "Мастерова", "Львовна")
    await asked_for_a_table(olga)
    await olga.says("вот она")
    olga.sees("Жду таблицу файлом")
    await olga.sends_file(
        "группы.xlsx",
        table(
            ["Первый год", "МБОУ СОШ № 5, Ейский район", "Зорин Илья", "Мастерова Нина Львовна"],
            ["", "", "лисицына вера", ""],
            ["Второй год", "Ейский район", "Зорин Илья; Клевер Софья", ""],
            ["Третий год", "Сочи", "Клевер Софья", ""],
            ["Да", "", "Зорин Илья", ""],
        ),
    )
    olga.sees("Понял: 1 группа", "новая «Первый год» — войдут: 2 стажёра; новых руководителей: 1")
    olga.sees("строка 5: стажёр «Клевер Софья» не найден", "строка 6: площадка «Сочи»")
    olga.sees("строка 7: название группы", "в 3 строках")
    assert await every(world) == {}
    yes = olga.data_of("Загрузить")
    await olga.taps("Загрузить")
    olga.sees("новых групп 1, изменено 0")
    await olga.taps_data(yes)
    olga.sees("уже закрыта")
    group, members, heads = (await every(world))["Первый год"]
    assert group.scope.kind is ScopeKind.ORGANISATION
    assert (members, heads) == (["Зорин", "Лисицына"], ["Мастерова"])
    assert master.has_seen("Вы ведёте группу стажёров")
    deeds = [entry.deed for entry in (await world.db.read(audit.page)).entries]
    assert deeds[:2] == ["group-loaded", "group-head"]


async def test_the_table_sent_out_comes_back_unchanged_and_then_with_one_less(
    world: World,
) -> None:
    olga = await coordinator(world, "Ольга", "Сомова", EISK)
    await trainee(world)
    await trainee(world, "Вера", "Лисицына")
    await asked_for_a_table(olga)
    await olga.sends_file(
        "группы.xlsx", table(["Первый год", "Ейский район", "Зорин Илья, Лисицына Вера", ""])
    )
    await olga.taps("Загрузить")
    await olga.taps("К группам")
    await olga.taps("Группы таблицей")
    sent = olga.documents[-1].content
    book = load_workbook(io.BytesIO(sent))
    assert book.active is not None
    rows = list(book.active.iter_rows(values_only=True))
    assert [row[:3] for row in rows[1:]] == [
        ("Первый год", "Ейский район", "Зорин Илья"),
        ("Первый год", "Ейский район", "Лисицына Вера"),
    ]
    await olga.taps("Загрузить таблицу")
    await olga.sends_file("группы.xlsx", sent)
    olga.sees("менять нечего")
    assert "Загрузить" not in olga.screen.labels
    book.active.delete_rows(3)
    target = io.BytesIO()
    book.save(target)
    await olga.sends_file("группы.xlsx", target.getvalue())
    olga.sees("«Первый год» — выйдут: 1 стажёр")
    await olga.taps("Загрузить")
    assert (await every(world))["Первый год"][1] == ["Зорин"]


async def test_a_yes_given_after_the_right_was_taken_changes_nothing(world: World) -> None:
    there = Scope(ScopeKind.MUNICIPALITY, "Сочи")
    roles = [Grant(Role.COORDINATOR, EISK), Grant(Role.COORDINATOR, there)]
    olga = await registered(world, "Ольга", "Сомова", roles=roles)
    await trainee(world, "Софья", "Клевер", "Сочи")
    await asked_for_a_table(olga)
    await olga.sends_file("группы.xlsx", table(["Первый год", "Сочи", "Клевер Софья", ""]))
    olga.sees("новая «Первый год»")
    await world.db.write(
        lambda conn: conn.execute("DELETE FROM grants WHERE scope_ref = 'Сочи'").rowcount
    )
    await olga.taps("Загрузить")
    assert await every(world) == {}


def test_a_table_without_groups_is_none_and_a_title_holds_for_the_rows_below() -> None:
    assert said_groups([[(1, ("Имя", "Дата"))]]) is None
    rows = [HEAD, ("Первый год", "Сочи", "Зорин Илья", ""), ("", "", "Клевер Софья", "")]
    found = said_groups([list(enumerate(rows, 1))])
    assert found is not None
    (one,) = found
    assert one.members == [(2, "Зорин Илья"), (3, "Клевер Софья")]
