"""Nobody of staff gets to somebody's screening: every command and button, from the code itself."""

import enum
import itertools
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData
from pydantic import ValidationError

from bot.screening import callbacks
from bot.screening.consent import CURRENT
from sandbox.events import Event, Subscription
from storage.people.people import Role
from tests.handlers.test_rights import doors, one_of_each, sample
from tests.kit.own_process import work_here
from tests.kit.people import registered
from tests.kit.screening import opened_screening
from tests.kit.taking_screening import begins, fills_in
from tests.kit.world import Person, World

STAFF = (Role.COORDINATOR, Role.ORGANISER, Role.EXPERT, Role.ADMIN)
OF_A_RESULT = ("Что это значит", "Ваш личный код", "Ваш результат", "Сейчас отвечено", "Сравнение")


class Seen(Subscription):
    """All that the bot showed these people, each state of each message, whatever became of it."""

    def __init__(self, world: World, people: Sequence[Person]) -> None:
        super().__init__(world.telegram.events, backlog=1)
        self._people = {one.id for one in people}
        self.texts: list[str] = []
        self.protected_pictures = 0
        world.telegram.events._subscribers.append(self)

    def put(self, event: Event) -> None:
        if event.chat_id not in self._people:
            return
        self.texts.append(str(event.data.get("text") or ""))
        message = event.message
        if message is not None and message.outgoing:
            self.texts.append(message.text)
            self.protected_pictures += message.protected and "photo" in message.content


async def all_say(world: World, people: Sequence[Person], text: str) -> None:
    for someone in people:
        world.telegram.send_text(someone.id, text)
    await world.settle()


async def all_press(world: World, people: Sequence[Person], data: str) -> None:
    for someone in people:
        if not someone.messages:  # the button before took the last one away
            await someone.says("/menu")
        world.telegram.press(someone.id, someone.screen.message_id, data=data)
    await world.settle()


def aimed(kind: type[CallbackData], things: Mapping[str, Sequence[Any]]) -> Iterator[str]:
    """A button of the screening at everything that its fields can name."""
    choices: list[Sequence[Any]] = []
    for name, field in kind.model_fields.items():
        of = field.annotation
        every = list(of) if isinstance(of, type) and issubclass(of, enum.Enum) else things[name]
        choices.append(every)
    for values in itertools.product(*choices):
        yield kind(**dict(zip(kind.model_fields, values, strict=True))).pack()


def kept(conn: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """Whose draft has which answers, what was said of the groups, and how many are sealed."""
    drafts = conn.execute(
        "SELECT draft_id, group_concat(item || ':' || yes), position_group, service, at_item"
        " FROM (SELECT * FROM screening_answers ORDER BY draft_id, item)"
        " JOIN screening_drafts ON id = draft_id GROUP BY draft_id ORDER BY draft_id"
    )
    sealed = conn.execute("SELECT count(*) FROM screening_boxes")
    return [tuple(row) for row in (*drafts, *sealed)]


async def test_no_command_and_no_button_shows_staff_somebodys_result(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anna has her result, Boris has yet to look at his, Vera is in the middle of the form."""
    work_here(monkeypatch)
    people = await one_of_each(world)
    staff = [people[role] for role in STAFF]
    anna = await registered(world, "Анна", "Ветрова")
    boris = await registered(world, "Борис", "Чижов")
    vera = await registered(world, "Вера", "Седова")
    campaign = await world.db.write(opened_screening, now=world.clock())
    await world.settle()
    for someone in (anna, boris, vera):
        await begins(someone)
    await fills_in(anna)
    await anna.taps("Показать результат")
    picture = next(one for one in world.telegram.history(anna.id) if "photo" in one.content)
    await fills_in(boris)
    for _ in range(3):
        await vera.taps("Нет")
    await vera.taps("‹ Назад")
    drafts = [1, 2, 3]
    before = await world.db.read(kept)
    assert [row[0] for row in before] == [2, 3, 1], "two drafts with answers, one sealed entry"
    things: dict[str, Sequence[Any]] = {
        "campaign": [campaign.id],
        "draft": drafts,
        "item": [0, 3, 84],
        "yes": [True, False],
        "sure": [True, False],
        "version": [CURRENT],
        "group": ["", "3-9", "methodists"],
        "picture": [0, picture.message_id],
        "code": ["A" * 16],
        "page": [0],
        "own": [True, False],
    }
    seen = Seen(world, staff)
    found = {button for door in doors() for button in door.buttons}
    buttons = sorted(found, key=lambda kind: kind.__prefix__)
    screening = [kind for kind in buttons if kind.__module__ == callbacks.__name__]
    tried = 0
    for kind in screening:
        for data in aimed(kind, things):
            await all_press(world, staff, data)
            tried += 1
    assert len(screening) > 20
    assert await world.db.read(kept) == before, "nor is an answer altered, erased or sealed"
    assert picture in world.telegram.history(anna.id)
    for command in sorted({command for door in doors() for command in door.commands}):
        await all_say(world, staff, f"/{command}")
        tried += 1
    for kind in buttons:
        try:
            data = sample(kind)
        except ValidationError:  # its fields want more than a sample; the screening's were aimed
            continue
        await all_press(world, staff, data)
        tried += 1
    assert tried > 300
    assert len(seen.texts) > tried * len(staff), "each was answered"
    assert seen.protected_pictures == 0
    for secret in OF_A_RESULT:
        assert not [text for text in seen.texts if secret in text], secret
