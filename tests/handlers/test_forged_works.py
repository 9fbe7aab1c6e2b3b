"""Role × button × own or foreign: every button of tasks, forged with the ids of somebody's work.

Generated from the classes of the buttons, so that a new one is tried without a word here. Whoever a
work is not for sees nothing of it and changes nothing; whoever it is for does see it, or the table
would prove nothing.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import Any

from aiogram.filters.callback_data import CallbackData
from pydantic_core import PydanticUndefined

from bot.tasks import callbacks, desk_callbacks, group_callbacks
from bot.tasks.desk_callbacks import Make
from storage.audit import By
from storage.scopes import Scope, ScopeKind
from storage.tasks import groups as trainee_groups
from storage.tasks import reviewers, tasks
from storage.tasks.tasks import Reach
from tests.kit.people import person_id, registered
from tests.kit.tasks import EISK, coordinator, expert, give_out, trainee
from tests.kit.world import Person, World

SOCHI = Scope(ScopeKind.MUNICIPALITY, "Сочи")
SECRETS = ("Зорин", "Тайная", "Секретный", "Закрытое")
"""Words of the trainee's name, works, remarks, and of the tasks, which a group alone is asked."""

KINDS = [
    value
    for module in (callbacks, desk_callbacks, group_callbacks)
    for value in vars(module).values()
    if isinstance(value, type) and issubclass(value, CallbackData) and value is not CallbackData
]
TABLES = (
    "tasks",
    "task_extensions",
    "task_reviewers",
    "task_questions",
    "submissions",
    "submission_items",
    "reviews",
    "review_points",
    "trainee_groups",
    "trainee_group_members",
    "trainee_group_heads",
)


@dataclass(frozen=True)
class Foreign:
    """The ids of everything that belongs to one trainee, by the names of the buttons' fields."""

    ids: dict[str, tuple[int, ...]]

    def buttons(self) -> Iterator[CallbackData]:
        """Every button of tasks with every choice of these ids, and both of every yes or no."""
        for kind in KINDS:
            choices = [
                [(name, value) for value in self._values(name, field)]
                for name, field in kind.model_fields.items()
            ]
            for chosen in product(*choices):
                yield kind(**dict(chosen))

    def _values(self, name: str, field: Any) -> tuple[Any, ...]:
        if name in self.ids:
            return self.ids[name]
        if field.annotation is bool:
            return (True, False)
        if field.annotation is Make:
            return (Make.HUB,)
        if field.default is not PydanticUndefined:
            return (field.default,)
        if name == "leaving":
            return self.ids["submission"]
        return (1,) if field.annotation is int else ("1",)


def snapshot(conn: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    return {
        table: [tuple(row) for row in conn.execute(f"SELECT * FROM {table}")] for table in TABLES
    }


async def collects(ilya: Person, title: str, *, sends: bool) -> None:
    await ilya.says("/tasks")
    await ilya.taps(title)
    await ilya.taps("Сдать")
    await ilya.says("Тайная работа")
    if sends:
        await ilya.taps("Отправить окончательно")


async def furnished(world: World) -> tuple[Person, Person, Foreign]:
    """A trainee with a draft, a work that waits and one returned by voice, and their reviewer."""
    olga, rita = (
        await coordinator(world, "Ольга", "Сомова", EISK),
        await expert(world, "Рита", "Белова", EISK),
    )
    ilya = await trainee(world)
    mine, author, judge = [await person_id(world, one) for one in (ilya, olga, rita)]
    now = world.clock()
    group = await world.db.write(trainee_groups.create, "Закрытое", EISK, author=author, now=now)
    await world.db.write(trainee_groups.add, group, [mine], now=now)
    numbers = [
        await give_out(
            world,
            olga,
            title,
            scope=EISK,
            reach=Reach.GROUP,
            group_id=group,
            stage=place,
            criteria=(("Содержание", 5),),
        )
        for place, title in enumerate(("Закрытое один", "Закрытое два", "Закрытое три"), 1)
    ]
    for number in numbers:
        task = await world.db.read(tasks.find, number)
        assert task is not None
        assert await world.db.write(reviewers.entrust, task, judge, (EISK,), on=True)
    await collects(ilya, "Закрытое два", sends=True)
    await rita.says("/review")
    await rita.taps("Зорин И.")
    await rita.taps("Комментарий")
    world.telegram.send_voice(rita.id, b"OggS" + bytes(40))
    await world.settle()
    await rita.taps("Вернуть на доработку")
    world.clock.advance(timedelta(minutes=2))
    await world.settle()
    await collects(ilya, "Закрытое три", sends=True)
    await ilya.taps("К заданию")
    await ilya.taps("Задать вопрос")
    await ilya.says("Секретный вопрос")
    await collects(ilya, "Закрытое один", sends=False)

    def ids(conn: sqlite3.Connection, table: str) -> tuple[int, ...]:
        return tuple(row[0] for row in conn.execute(f"SELECT id FROM {table} ORDER BY id"))

    found = {
        "task": tuple(numbers),
        "submission": await world.db.read(ids, "submissions"),
        "item": await world.db.read(ids, "submission_items"),
        "review": await world.db.read(ids, "reviews"),
        "criterion": (await world.db.read(ids, "task_criteria"))[-1:],
        "question": await world.db.read(ids, "task_questions"),
        "person": (mine,),
        "group": (group,),
    }
    assert all(found.values())
    return ilya, rita, Foreign(found)


async def strangers(world: World) -> dict[str, Person]:
    """Everybody who might like to know: each role, outside of where the work belongs."""
    master = await registered(world, "Нина", "Мастерова", municipality="Сочи")
    theirs = await world.db.write(
        trainee_groups.create, "Другая", SOCHI, author=None, now=world.clock()
    )
    group = await world.db.read(trainee_groups.find, theirs, (SOCHI,))
    assert group is not None
    who = await person_id(world, master)
    await world.db.write(trainee_groups.set_head, group, who, on=True, by=By(None, world.clock()))
    return {
        "trainee of the same place": await trainee(world, "Вера", "Лисицына"),
        "expert of the same place whom nobody entrusted": await expert(
            world, "Пётр", "Зайцев", EISK
        ),
        "expert of another place": await expert(world, "Яна", "Ершова", SOCHI),
        "coordinator of another place": await coordinator(world, "Раиса", "Конь", SOCHI),
        "head of another group": master,
    }


async def test_no_forged_button_shows_or_changes_the_work_of_another(world: World) -> None:
    _, _, foreign = await furnished(world)
    others = await strangers(world)
    await world.settle()
    forged = list(foreign.buttons())
    assert len({type(one) for one in forged}) == len(KINDS)
    leaks: list[tuple[object, ...]] = []
    for role, someone in others.items():
        before = await world.db.read(snapshot)
        for one in forged:
            await someone.taps_data(one.pack())
            seen = [word for word in SECRETS if word in str(someone.screen) + someone.toast]
            if seen:
                leaks.append((role, one, seen))
        assert await world.db.read(snapshot) == before, role
        leaks += [(role, word) for word in SECRETS if someone.has_seen(word)]
        assert not [one for one in world.telegram.history(someone.id) if "voice" in one.content]
    assert leaks == []


async def test_the_same_buttons_work_for_whom_they_are(world: World) -> None:
    """The other half of the table: a button that refuses everybody would pass the first."""
    ilya, rita, foreign = await furnished(world)
    owners = {"TaskCard", "HandIn", "TakeOut", "PutAside", "Discard", "SendIn", "Versions"}
    judges = {"Work", "Criterion", "Points", "Remark", "Judge", "NextWork"}
    shown: dict[str, set[str]] = {"owner": set(), "reviewer": set()}
    order = sorted(foreign.buttons(), key=lambda one: type(one).__name__ in {"Discard", "Judge"})
    for role, someone in (("reviewer", rita), ("owner", ilya)):
        for one in order:
            name = type(one).__name__
            if name not in (owners if role == "owner" else judges):
                continue
            await someone.taps_data(one.pack())
            if any(word in str(someone.screen) for word in SECRETS):
                shown[role].add(name)
    assert shown == {"owner": owners, "reviewer": judges}
