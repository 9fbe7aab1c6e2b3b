"""Whatever is pressed and typed, in whatever order: nobody is stuck, and what is sent is what the
engine makes of the rows. (That the rows equal a model is shown in tests/storage.)

The walks are drawn from fixed seeds: a failing one is named by its seed and can be walked again.
"""

import random

import pytest

from bot.campaigns import callbacks
from storage.questionnaires import exports, responses
from surveys import engine
from tests.kit.forms import EVERYTHING, opened
from tests.kit.people import person_id, registered
from tests.kit.world import Person, World

TYPED = ("да", "2", "1, 2", "12", "4,5", "вчера", "Спасибо", "нечто иное", "🙂", "-1", "31.02.2026")


OWN = tuple(
    f"{kind.__prefix__}:"
    for kind in (
        callbacks.Surveys,
        callbacks.Look,
        callbacks.Start,
        callbacks.Choose,
        callbacks.GiveDate,
        callbacks.Skip,
        callbacks.Tick,
        callbacks.PutAt,
        callbacks.Done,
        callbacks.Clear,
        callbacks.Back,
        callbacks.Change,
        callbacks.Pause,
        callbacks.Review,
    )
)
"""Every button of somebody who answers but sending and erasing, which end the walk."""


async def walk(anna: Person, dice: random.Random, steps: int) -> list[str]:
    """Presses of any button, also of forgotten ones, and words; what was done."""
    done: list[str] = []
    known: list[tuple[str, int]] = []
    for _ in range(steps):
        fresh = visible(anna)
        known += fresh
        if dice.random() < 0.25:
            done.append(dice.choice(TYPED))
            await anna.says(done[-1])
            continue
        data, message_id = dice.choice(fresh if fresh and dice.random() < 0.7 else known)
        done.append(data)
        await anna.taps_data(data, message_id=message_id)
    return done


def visible(anna: Person) -> list[tuple[str, int]]:
    """The data and the message of every button of the walk that the chat shows now."""
    chat = anna.world.telegram.chats[anna.id]
    return [
        (str(button["callback_data"]), shown.message_id)
        for shown in anna.messages
        for row in chat.messages[shown.message_id].buttons()
        for button in row
        if str(button["callback_data"]).startswith(OWN)
    ]


@pytest.mark.parametrize("seed", range(6))
async def test_a_random_walk_can_always_be_finished(world: World, seed: int) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    campaign = await world.db.write(opened)
    await world.settle()
    await anna.taps("Подробнее и ответить")
    await anna.taps("Начать")
    done = await walk(anna, random.Random(seed), 80)
    await anna.says("/surveys")
    await anna.taps("▸ Всё сразу")
    number = await person_id(world, anna)
    for _ in range(3 * len(EVERYTHING.items)):
        row = await world.db.read(responses.active, number, now=world.clock())
        assert row is not None, done
        step = row.step(world.clock())
        if not isinstance(step, engine.Ask):
            break
        await finish_one(anna, step)
    anna.sees("Проверьте ответы")
    row = await world.db.read(responses.active, number, now=world.clock())
    assert row is not None
    expected = engine.effective(EVERYTHING, row.answers, now=world.clock())
    await anna.taps("Отправить")
    (sent,) = await world.db.read(lambda conn: list(exports.responses(conn, campaign)))
    assert sent.answers == expected, done


async def finish_one(anna: Person, step: engine.Ask) -> None:
    """Answer the item on the screen by the plainest way there is."""
    labels = anna.screen.labels
    plain = {"came": "Да", "score": "3", "place": "В ИРО"}.get(step.item.name)
    if plain is not None:
        await anna.taps(next(label for label in labels if label.endswith(plain)))
    elif step.item.name == "hello":
        await anna.taps("Дальше")
    elif step.item.name == "order":
        await anna.says("1, 2, 3")
    elif step.item.name == "liked":
        await anna.says("1")
    else:
        await anna.says({"years": "5", "hours": "5", "when": "вчера"}.get(step.item.name, "да"))
