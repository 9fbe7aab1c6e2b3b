"""Twenty thousand updates that somebody forged: nothing breaks and nobody else is touched.

A villain has seen every button there is (the data of other people's buttons included) and sends
changed copies of real updates, always as themselves, because Telegram vouches for the sender.
"""

import asyncio
import copy
import random
import sqlite3
from typing import Any

import pytest

from storage.people.people import Grant, Role
from storage.scopes import REGION
from tests.kit.forms import opened
from tests.kit.people import registered
from tests.kit.world import Person, World

pytestmark = pytest.mark.fault

UPDATES = 20_000
PARTS = 4
"""Tests they are shared out to, each with people of its own and another chance."""
AT_ONCE = 500
WORDS = ["", "/start", "/menu", "/me", "/surveys", "/people", "/report", "/invite", "/cancel", "0"]
WORDS += ["-1", "99999999999999999999", "да", "=1+1", "<b>", "&", "\x00", "😀" * 40, "ы" * 4000]
OTHERS = (
    "people WHERE telegram_id <> {0}",
    "responses WHERE person_id <> {1}",
    "answers WHERE response_id IN (SELECT id FROM responses WHERE person_id <> {1})",
    "consents WHERE person_id <> {1}",
    "grants",
    "invitations",
    "invitation_uses",
    "networks",
    "network_members",
    "campaigns",
    "questionnaires",
    "dialogs WHERE telegram_id <> {0}",
    "participations WHERE person_id <> {1}",
)


def others(conn: sqlite3.Connection, villain: int) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that is not the villain's."""
    row = conn.execute("SELECT id FROM people WHERE telegram_id = ?", (villain,)).fetchone()
    own = row[0] if row else -1
    return {
        table: sorted(map(tuple, conn.execute(f"SELECT * FROM {table.format(villain, own)}")))
        for table in OTHERS
    }


async def some_life(world: World) -> Person:
    """Several people in the middle of things; returns the villain, who is registered too."""
    boss = await registered(world, "Ирина", "Главная", admin=True)
    chief = await registered(world, "Олег", "Сомов", "", roles=[Grant(Role.COORDINATOR, REGION)])
    anna = await registered(world, "Анна", "Щеглова", "Петровна")
    villain = await registered(world, "Зло", "Дей")
    await world.db.write(opened)
    await world.settle()
    for person in (boss, chief, anna):
        for command in ("/menu", "/me", "/surveys", "/people", "/invite", "/report", "/privacy"):
            await person.says(command)
    await anna.says("/surveys")
    await anna.taps("Всё сразу")
    await anna.taps("Начать")
    await villain.says("/menu")
    return villain


def buttons(world: World) -> list[str]:
    """The data of every button in every chat."""
    return sorted(
        {
            str(button["callback_data"])
            for chat in world.telegram.chats.values()
            for message in chat.messages.values()
            for row in message.buttons()
            for button in row
            if "callback_data" in button
        }
    )


def changed(text: str, chance: random.Random) -> str:
    """A copy with something else in it."""
    kind = chance.randrange(6)
    at = chance.randrange(len(text) + 1)
    if kind == 0:
        return text
    if kind == 1:
        return text[:at] + chance.choice("0123456789:-_abzЯ ") + text[at + 1 :]
    if kind == 2:
        return text[:at] + text[at + 1 :]
    parts = text.split(":")
    if kind == 3:
        parts[chance.randrange(len(parts))] = chance.choice(["", "0", "1", "2", "7", "-1", "x"])
        return ":".join(parts)
    if kind == 4:
        parts[-1] = str(chance.choice([0, 1, 2, 3, 2**31, 2**63, 2**70]))
        return ":".join(parts)
    return text + chance.choice([":", ":1", "x", " "])


def forged(
    world: World, villain: Person, known: list[str], number: int, chance: random.Random
) -> dict[str, Any]:
    """One update of the villain."""
    user = world.telegram.chats[villain.id].person.json
    chat = world.telegram.chats[villain.id].json
    message: dict[str, Any] = {
        "message_id": chance.randrange(1, 400),
        "from": user,
        "chat": chat,
        "date": 1_790_000_000,
    }
    if chance.random() < 0.75:
        bot = world.telegram.bot.json
        body: dict[str, Any] = {
            "id": str(number),
            "from": user,
            "chat_instance": "1",
            "data": changed(chance.choice(known), chance),
            "message": {**message, "from": bot, "text": "x"},
        }
        if chance.random() < 0.05:
            body["message"] = {"message_id": 3, "chat": chat, "date": 0}  # inaccessible
        update = {"callback_query": body}
    else:
        text = changed(chance.choice([*WORDS, *known]), chance)
        kind = chance.randrange(8)
        extra: dict[str, Any] = {"text": text} if text else {"dice": {"emoji": "x", "value": 1}}
        if kind == 0:
            extra = {"sticker": {"file_id": "x", "file_unique_id": "x"}}
        elif kind == 1:
            extra = {"contact": {"phone_number": text, "first_name": text}}
        update = {"message": message | extra}
    if chance.random() < 0.1:
        update = copy.deepcopy(update)
        body = next(iter(update.values()))
        body.pop(chance.choice(sorted(body)))
    return {"update_id": 10_000_000 + number} | update


@pytest.mark.parametrize("part", range(PARTS))
async def test_twenty_thousand_forged_updates_break_nothing_and_touch_nobody(
    part: int, world: World
) -> None:
    villain = await some_life(world)
    known = buttons(world)
    assert len(known) > 30
    chance = random.Random(20_000 + part)
    before = await world.db.read(others, villain.id)
    for first in range(0, UPDATES // PARTS, AT_ONCE):
        batch = [
            forged(world, villain, known, number, chance)
            for number in range(first, first + AT_ONCE)
        ]
        await world.app.intake.take(batch)
        # No ticking here: whatever the bot starts by itself meanwhile is not the villain's doing.
        while not world.app.conveyor.idle:
            await asyncio.sleep(0.002)
    faults = "SELECT DISTINCT reason FROM inbox WHERE reason LIKE 'fault%' OR reason LIKE 'again%'"
    assert await world.db.read(lambda conn: [row[0] for row in conn.execute(faults)]) == []
    assert await world.db.read(others, villain.id) == before
