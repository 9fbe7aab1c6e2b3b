"""Role × button × own or foreign: every button of tasks, forged with the ids of somebody's work.

Generated from the classes of the buttons, so that a new one is tried without a word here. Whoever a
work is not for sees nothing of it and changes nothing; whoever it is for gets something else than
they do, or the table would prove nothing: so each button with an id stands in `FOR`.
"""

import asyncio
import importlib
import pkgutil
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import Any

from aiogram.filters.callback_data import CallbackData, CallbackQueryFilter
from pydantic_core import PydanticUndefined

import handlers
from bot.callbacks import Go
from bot.tasks import callbacks, desk_callbacks, group_callbacks
from bot.tasks.desk_callbacks import Make
from storage.audit import By
from storage.people.people import Role
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
    "task_criteria",
    "task_files",
    "outbox",
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
    """Everybody who might like to know: each role outside of where the work belongs, or of old."""
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


async def dismissed(world: World, foreign: Foreign) -> dict[str, Person]:
    """Those who could once: their old buttons are in their chats, the rights are not theirs."""
    now = world.clock()
    was_head = await registered(world, "Глеб", "Наставников")
    was_member = await trainee(world, "Софья", "Клевер")
    was_expert = await expert(world, "Лев", "Перов", EISK)
    was_leader = await coordinator(world, "Зоя", "Лебедь", EISK)
    head, member, judge, leader = [
        await person_id(world, one) for one in (was_head, was_member, was_expert, was_leader)
    ]
    (group,) = foreign.ids["group"]
    found = await world.db.read(trainee_groups.find, group, (EISK,))
    assert found is not None
    by = By(None, now)
    for on in (True, False):
        await world.db.write(trainee_groups.set_head, found, head, on=on, by=by)
    await world.db.write(trainee_groups.add, group, [member], now=now)
    await world.db.write(trainee_groups.remove, group, member, now=now)
    for number in foreign.ids["task"]:
        task = await world.db.read(tasks.find, number)
        assert task is not None
        assert await world.db.write(reviewers.entrust, task, judge, (EISK,), on=True)
    for person, role in ((judge, Role.EXPERT), (leader, Role.COORDINATOR)):
        await world.db.write(take_role, person, role)
    return {
        "head who leads no longer": was_head,
        "trainee who has left the group": was_member,
        "expert whose role was taken away": was_expert,
        "coordinator whose role was taken away": was_leader,
    }


def take_role(conn: sqlite3.Connection, person: int, role: Role) -> None:
    conn.execute("DELETE FROM grants WHERE person_id = ? AND role = ?", (person, role))


async def handled(world: World) -> None:
    """Until the inbox is empty. What the bot starts itself comes at the end: planning costs."""
    async with asyncio.timeout(60):
        while len(world.telegram.updates) or not world.app.conveyor.idle:
            await asyncio.sleep(0.001)


async def pressed(world: World, people: Iterable[Person], one: CallbackData) -> list[str]:
    """All press it at once; what each then sees: the screen, the answer, what else was sent."""
    before = [
        (
            someone,
            len(world.telegram.history(someone.id)),
            world.telegram.press(someone.id, someone.screen.message_id, data=one.pack()),
        )
        for someone in people
    ]
    await handled(world)
    shown = []
    for someone, length, query in before:
        answer = world.telegram.queries[query].answer
        more = world.telegram.history(someone.id)[length:]
        sent = [[*sorted(message.content), message.text] for message in more]
        shown.append(f"{someone.screen}\n{'' if answer is None else answer.text}\n{sent}")
    return shown


FOR: dict[str, tuple[str, ...]] = {
    "the trainee": (
        *("TaskCard", "HandIn", "TakeOut", "PutAside", "SendIn", "Versions", "Templates"),
        *("AskBack", "Listen", "Discard"),
    ),
    "their expert": (
        *("Work", "ShowWork", "Criterion", "Points", "Remark", "Answer", "NextWork", "Leave"),
        *("Judge", "UndoVerdict"),
    ),
    "the head of the group": ("GroupJournal", "MemberJournal"),
    "their coordinator": (
        *("DeskCard", "NotIn", "Tick", "Extend", "MoveDue", "Reviewers", "Entrust", "TaskReport"),
        *("Works", "JournalOf", "GroupCard", "RenameGroup", "Members", "TakeIn", "Heads"),
        *("SetHead", "Programme", "NewStage", "Stage", "PlaceStage", "StageOpens"),
        *("Withdraw", "SetMember", "RemoveGroup"),
    ),
}
"""Whom each button with an id is for, in the order of pressing: what ends things is last."""
OWN = {"MyTasks", "Queue", "Questions", "Journal", "Trainees", "Desk", "WholeReport", "Groups"}
OWN |= {"MyGroups", "SendGroups"}
"""Lists and tables of what is one's own: they name nobody, and the first test reads them."""
OF_A_FORM = {"NewTask", "MakeAsk", "MakePut", "GiveOut", "NewGroup", "UploadGroups"}
OF_A_FORM |= {"ConfirmGroups"}
"""Buttons of what somebody is making; its key is known to them alone."""


def test_every_button_of_tasks_is_in_the_table() -> None:
    sorted_in = {name for names in FOR.values() for name in names} | OWN | OF_A_FORM
    assert sorted_in == {kind.__name__ for kind in KINDS}
    folder = [f"{path}/tasks" for path in handlers.__path__]
    used = {
        rule.callback.callback_data
        for module in pkgutil.iter_modules(folder, "handlers.tasks.")
        for handler in importlib.import_module(module.name).router.callback_query.handlers
        for rule in handler.filters or ()
        if isinstance(rule.callback, CallbackQueryFilter)
    }
    assert used - set(KINDS) == {Go}, "buttons of tasks that stand in no module of the table"


async def test_no_forged_button_shows_or_changes_the_work_of_another(world: World) -> None:
    _, _, foreign = await furnished(world)
    others = await strangers(world) | await dismissed(world, foreign)
    await world.settle()
    forged = list(foreign.buttons())
    assert len({type(one) for one in forged}) == len(KINDS)
    before = await world.db.read(snapshot)
    leaks: list[tuple[object, ...]] = []
    for one in forged:
        shown = await pressed(world, others.values(), one)
        leaks += [
            (role, one, word)
            for role, seen in zip(others, shown, strict=True)
            for word in SECRETS
            if word in seen
        ]
        assert await world.db.read(snapshot) == before, one
    await world.settle()
    for role, someone in others.items():
        leaks += [(role, word) for word in SECRETS if someone.has_seen(word)]
        assert not [one for one in world.telegram.history(someone.id) if "voice" in one.content]
    assert leaks == []


async def test_the_same_buttons_work_for_whom_they_are(world: World) -> None:
    """The other half of the table: a button that refuses everybody would pass the first."""
    ilya, rita, foreign = await furnished(world)
    raisa = await coordinator(world, "Раиса", "Конь", SOCHI)
    olga = await coordinator(world, "Ольга", "Ивина", EISK)
    head = await registered(world, "Нина", "Мастерова")
    (group,) = foreign.ids["group"]
    found = await world.db.read(trainee_groups.find, group, (EISK,))
    assert found is not None
    who = await person_id(world, head)
    await world.db.write(trainee_groups.set_head, found, who, on=True, by=By(None, world.clock()))
    await world.settle()
    buttons: dict[str, list[CallbackData]] = {}
    for one in foreign.buttons():
        buttons.setdefault(type(one).__name__, []).append(one)
    people = {
        "the trainee": ilya,
        "their expert": rita,
        "the head of the group": head,
        "their coordinator": olga,
    }
    refused = []
    for role, names in FOR.items():
        for name in names:
            for one in buttons[name]:  # until one is good for something: some take a process
                theirs, own = await pressed(world, (raisa, people[role]), one)
                if theirs != own:
                    break
            else:
                refused.append((role, name))
    assert refused == []
