"""Every command and every button of staff, tried by everybody: generated from the code itself."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from aiogram.dispatcher.event.handler import FilterObject
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData, CallbackQueryFilter
from aiogram.fsm.state import StatesGroup

import handlers
from bot.callbacks import Go
from bot.filters import May
from bot.menu import COMMANDS
from bot.rights import RIGHTS, Action
from bot.texts.rights import ACTIONS, NOT_YOURS, document
from bot.updates.middleware import FORM_BUTTONS
from handlers.arriving import me, own_times
from handlers.events import importing_roadmaps, naming_meetings
from handlers.forms import receiving_forms
from handlers.notices import broadcasting, changing_notices, notices
from handlers.people import (
    finding_people,
    loading_networks,
    naming_networks,
    registering,
    tidying_organisations,
)
from handlers.summaries import entering_indicators
from handlers.tasks import (
    answering_back,
    group_members,
    judging,
    loading_groups,
    my_tasks,
    submitting,
    tasks,
    trainee_groups,
)
from storage.people.people import Grant, Role
from storage.scopes import REGION
from tests.kit.people import registered
from tests.kit.world import Person, World

ROOT = Path(__file__).parents[2]

FOR_EVERYBODY = {
    "answering",  # one's own questionnaires
    "answering-files",  # what one sends in answer
    "arriving",
    "events",  # what is for oneself; an event out of one's reach is not there
    "groups",
    "group-journals",  # of the groups that one leads; any other is not there
    "journal",
    "me",
    "membership",
    "menus",
    "my-messages",
    "my-surveys",
    "my-tasks",
    "own-times",  # when one is reminded
    "privacy",
    "settings",
    "submitting",
    "screening",  # one's own, and what a private code opens: see test_screening_rights
    "screening-codes",
    "unknown",
}
"""Routers whose handlers touch nobody's data but the sender's own."""


@dataclass(frozen=True)
class Door:
    """One handler: how it is reached and what right it asks for."""

    router: str
    name: str
    commands: tuple[str, ...]
    buttons: tuple[type[CallbackData], ...]
    action: Action | None


def doors() -> Iterator[Door]:
    for root in handlers.routers():
        for router in root.chain_tail:
            for observer in (router.message, router.callback_query):
                shared = list(observer._handler.filters or [])
                for handler in observer.handlers:
                    every: list[FilterObject] = [*(handler.filters or []), *shared]
                    said = [one.callback for one in every]
                    rights = [one.action for one in said if isinstance(one, May)]
                    yield Door(
                        router.name,
                        f"{router.name}.{handler.callback.__name__}",
                        tuple(
                            str(command)
                            for one in said
                            if isinstance(one, Command)
                            for command in one.commands
                        ),
                        tuple(
                            one.callback_data
                            for one in said
                            if isinstance(one, CallbackQueryFilter)
                        ),
                        rights[0] if rights else None,
                    )


def sample(kind: type[CallbackData]) -> str:
    """Well-formed data of a button that was never drawn for whoever presses it."""
    values: dict[str, Any] = {}
    for name, field in kind.model_fields.items():
        if not field.is_required():
            continue
        kinds = [one for one in get_args(field.annotation) if one is not type(None)]
        wanted: Any = kinds[0] if kinds else field.annotation
        if isinstance(wanted, type) and issubclass(wanted, enum.Enum):
            values[name] = next(iter(wanted))
        else:
            values[name] = {int: 1, bool: True, str: "1"}[wanted]
    return kind(**values).pack()


async def one_of_each(world: World) -> dict[Role, Person]:
    names = {
        Role.TRAINEE: ("Вера", "Лисицына"),
        Role.ORGANISER: ("Олег", "Сомов"),
        Role.COORDINATOR: ("Раиса", "Конь"),
        Role.EXPERT: ("Пётр", "Зайцев"),
    }
    people = {
        role: await registered(world, *name, roles=[Grant(role, REGION)])
        for role, name in names.items()
    }
    people[Role.TEACHER] = await registered(world, "Анна", "Щеглова")
    people[Role.ADMIN] = await registered(world, "Ирина", "Главная", admin=True)
    return people


def test_every_handler_names_its_right_or_serves_everybody() -> None:
    loose = [
        door.name for door in doors() if door.action is None and door.router not in FOR_EVERYBODY
    ]
    assert loose == []


def test_every_command_is_served() -> None:
    served = {command for door in doors() for command in door.commands}
    assert {command.name for command in COMMANDS} == served


def test_every_form_named_in_the_middleware_exists() -> None:
    states = {
        state
        for module in (
            answering_back,
            broadcasting,
            changing_notices,
            finding_people,
            group_members,
            importing_roadmaps,
            naming_meetings,
            receiving_forms,
            naming_networks,
            me,
            my_tasks,
            notices,
            own_times,
            entering_indicators,
            registering,
            judging,
            loading_groups,
            loading_networks,
            submitting,
            tasks,
            tidying_organisations,
            trainee_groups,
        )
        for group in vars(module).values()
        if isinstance(group, type) and issubclass(group, StatesGroup)
        for state in group.__state_names__
    }
    assert states == set(FORM_BUTTONS)


def test_the_table_knows_every_action_and_no_role_twice() -> None:
    assert set(RIGHTS) == set(Action) == set(ACTIONS)
    assert all(Role.TEACHER not in granted for granted in RIGHTS.values())


def test_the_guide_shows_the_table_as_it_is() -> None:
    shown = (ROOT / "docs/guide/rights.md").read_text(encoding="utf-8")
    assert shown == document()


async def test_every_command_of_staff_is_refused_to_whoever_has_not_the_right(
    world: World,
) -> None:
    people = await one_of_each(world)
    wrong = []
    tried = 0
    for door in doors():
        for command in door.commands:
            for role, someone in people.items():
                if door.action is None:
                    continue
                await someone.says(f"/{command}")
                refused = NOT_YOURS in someone.screen.text
                tried += 1
                if refused is (role in RIGHTS[door.action]):
                    wrong.append((command, role, someone.screen.text))
    assert wrong == []
    assert tried >= 18


async def test_every_button_of_staff_is_refused_to_whoever_has_not_the_right(
    world: World,
) -> None:
    people = await one_of_each(world)
    wrong = []
    tried = 0
    for door in doors():
        for button in door.buttons:
            if door.action is None or button is Go:
                continue
            for role, someone in people.items():
                if role not in RIGHTS[door.action]:
                    await someone.says("/menu")
                    before = str(someone.screen)
                    await someone.taps_data(sample(button))
                    tried += 1
                    if someone.toast != NOT_YOURS or str(someone.screen) != before:
                        wrong.append((door.name, role, someone.toast))
    assert wrong == []
    assert tried >= 50


async def test_every_place_of_the_menu_is_refused_to_whoever_has_not_the_right(
    world: World,
) -> None:
    people = await one_of_each(world)
    served = {command for door in doors() for command in door.commands}
    wrong = []
    for command in COMMANDS:
        if command.place is None or command.action is None or command.name not in served:
            continue
        for role, someone in people.items():
            await someone.says("/menu")
            await someone.taps_data(Go(to=command.place).pack())
            if (someone.toast == NOT_YOURS) is (role in RIGHTS[command.action]):
                wrong.append((command.name, role, someone.toast))
    assert wrong == []
