"""What the bot starts itself: once each, at the right time, to whom it still concerns."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.delivery import outbox as outbox_sender
from bot.delivery.composers import Drop
from bot.screens import Screen
from storage import outbox
from storage.audiences import Audience
from storage.database import Connection, Database
from storage.notices import confirming, notices, steering
from storage.people import people, zones
from storage.scopes import REGION
from tests.kit.world import Person, World, running_world

SOON = timedelta(seconds=1)


async def reminder(
    _db: Database, person: people.Person, payload: Mapping[str, Any], _now: datetime
) -> Screen | Drop:
    if payload.get("answered"):
        return Drop("answered")
    return Screen(f"Напоминание {payload.get('number', '')}")


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    kinds = dict.fromkeys(("reminder", notices.NOTICE, outbox.INVITATION), reminder)
    async with running_world(tmp_path / "data", tuple, kinds) as made:
        yield made


async def acquainted(world: World, name: str) -> tuple[Person, people.Person]:
    """Somebody in Telegram who has started the bot, and their row."""
    somebody = await world.person(name)
    await somebody.says("/start")
    return somebody, await world.db.write(
        people.arrive, somebody.id, payload=None, now=world.clock()
    )


async def put(world: World, person: people.Person, key: str = "r:1", **changes: Any) -> bool:
    values: dict[str, Any] = {
        "person_id": person.id,
        "kind": "reminder",
        "due_at": world.clock(),
    } | changes
    return await world.db.write(lambda conn: outbox.put(conn, key, **values))


async def states(world: World) -> dict[str, int]:
    return await world.db.read(outbox.counts)


async def why(world: World) -> set[tuple[str, str]]:
    return set(await world.db.read(outbox.reasons))


async def test_a_message_planned_twice_is_sent_once(world: World) -> None:
    anna, row = await acquainted(world, "Анна")
    assert await put(world, row)
    assert not await put(world, row)
    await world.settle()
    await world.settle()
    assert [shown.text for shown in anna.messages] == ["Напоминание"]
    assert not await put(world, row)
    assert await states(world) == {"sent": 1}


async def test_a_message_waits_until_it_is_due(world: World) -> None:
    anna, row = await acquainted(world, "Анна")
    await put(world, row, due_at=world.clock() + timedelta(hours=2))
    await world.settle()
    assert anna.messages == []
    world.clock.advance(timedelta(hours=2, seconds=1))
    await world.settle()
    anna.sees("Напоминание")


async def test_nobody_is_disturbed_between_nine_in_the_evening_and_eight(world: World) -> None:
    anna, row = await acquainted(world, "Анна")
    world.clock.advance(timedelta(hours=11, minutes=1))  # 21:01 in Moscow
    await put(world, row)
    await world.settle()
    assert anna.messages == []
    world.clock.advance(timedelta(hours=10, minutes=58))
    await world.settle()
    assert anna.messages == []
    world.clock.advance(timedelta(minutes=2))
    await world.settle()
    anna.sees("Напоминание")


async def test_what_no_longer_applies_is_dropped_with_its_reason(world: World) -> None:
    anna, row = await acquainted(world, "Анна")
    await put(world, row, payload={"answered": True})
    await world.settle()
    assert anna.messages == []
    assert await why(world) == {("dropped", "answered")}


async def test_what_is_too_late_is_dropped_and_counted(world: World) -> None:
    anna, row = await acquainted(world, "Анна")
    await put(world, row, expires_at=world.clock() + timedelta(hours=1))
    world.clock.advance(timedelta(hours=2))
    await world.settle()
    assert anna.messages == []
    assert await why(world) == {("dropped", outbox.TOO_LATE)}


async def test_who_blocked_the_bot_is_unreachable_from_that_date(world: World) -> None:
    anna, row = await acquainted(world, "Анна")
    anna.blocks()
    await world.settle()
    await put(world, row)
    await put(world, row, "r:2", due_at=world.clock() + timedelta(hours=1))
    await world.settle()
    found = await world.db.read(people.by_id, row.id)
    assert found is not None
    assert found.unreachable is not None
    world.clock.advance(timedelta(hours=2))
    await world.settle()
    assert await why(world) == {("failed", "blocked"), ("dropped", "unreachable")}


async def test_an_outage_delays_and_loses_nothing(world: World) -> None:
    anna, row = await acquainted(world, "Анна")
    world.telegram.faults.add("server_error", methods=["sendMessage"], times=3)
    for number in range(5):
        await put(world, row, f"r:{number}", payload={"number": number}, lane=outbox.BROADCAST)
    for _ in range(5):
        await world.settle()
        world.clock.advance(timedelta(minutes=1))
    assert sorted(shown.text for shown in anna.messages) == [f"Напоминание {n}" for n in range(5)]
    assert await states(world) == {"sent": 5}


async def test_a_token_that_was_changed_meanwhile_loses_nothing(world: World) -> None:
    anna, row = await acquainted(world, "Анна")
    world.telegram.faults.add("server_error", methods=["sendMessage"], times=1, code=401)
    await put(world, row, lane=outbox.BROADCAST)
    await world.settle()
    assert await states(world) == {"waiting": 1}
    world.clock.advance(timedelta(seconds=11))
    await world.settle()
    anna.sees("Напоминание")


async def test_a_notice_of_unknown_fate_is_repeated_once_and_a_broadcast_never(
    world: World,
) -> None:
    anna, row = await acquainted(world, "Анна")
    await put(world, row, "notice", payload={"number": "личное"})
    await put(world, row, "cast", payload={"number": "общее"}, lane=outbox.BROADCAST)
    invitation: dict[str, Any] = {"kind": outbox.INVITATION, "lane": outbox.BROADCAST}
    await put(world, row, "event", payload={"number": "приглашение"}, **invitation)
    world.telegram.faults.add("drop_after", methods=["sendMessage"])
    for _ in range(5):
        await world.settle()
        world.clock.advance(timedelta(minutes=5))
    texts = [shown.text for shown in anna.messages]
    assert texts.count("Напоминание личное") == 2
    assert texts.count("Напоминание общее") == 1
    assert texts.count("Напоминание приглашение") == 2
    assert await states(world) == {"unknown": 3}


async def test_a_pause_that_telegram_asks_for_postpones_and_loses_nothing(world: World) -> None:
    anna, row = await acquainted(world, "Анна")
    world.telegram.faults.add("too_many", methods=["sendMessage"], times=1, retry_after=1)
    await put(world, row, lane=outbox.BROADCAST)
    await world.settle()
    assert anna.messages == []
    assert world.app.limiter.paused > 0
    world.clock.advance(timedelta(seconds=2))
    await world.settle()
    anna.sees("Напоминание")


@pytest.mark.parametrize(
    ("kind", "lane", "state"),
    [
        ("reminder", outbox.NOTICE, "sent"),
        ("reminder", outbox.BROADCAST, "unknown"),
        (outbox.INVITATION, outbox.BROADCAST, "sent"),
    ],
)
async def test_a_row_left_in_doubt_by_a_kill_is_decided_at_the_next_start(
    world: World, kind: str, lane: int, state: str
) -> None:
    _, row = await acquainted(world, "Анна")
    await put(world, row, kind=kind, lane=lane)
    [claimed] = await world.db.read(outbox.due, world.clock() + SOON, limit=9)
    await world.db.write(outbox.claim, claimed.id)
    await world.restart()
    await world.settle()
    assert await states(world) == {state: 1}


async def test_a_composer_that_fails_keeps_nobody_back(world: World) -> None:
    anna, row = await acquainted(world, "Анна")
    await put(world, row, "unknown-kind", kind="no such")
    await put(world, row)
    await world.settle()
    anna.sees("Напоминание")
    assert await why(world) == {("failed", "no-composer")}


async def came(anna: Person, many: int) -> None:
    """Wait until so many different messages have come; patience only, not a measure."""
    async with asyncio.timeout(60):
        while len({shown.text for shown in anna.messages}) < many:
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("hanging", [1, outbox_sender.AT_ONCE - 2])
async def test_calls_that_hang_leave_the_other_places_in_use(world: World, hanging: int) -> None:
    anna, row = await acquainted(world, "Анна")
    faults = world.telegram.faults
    held = faults.add("latency", methods=["sendMessage"], times=hanging, seconds=3600)
    for number in range(30):
        await put(world, row, f"r:{number}", payload={"number": number}, lane=outbox.BROADCAST)
    sending = asyncio.create_task(world.settle())
    await came(anna, 30 - hanging)
    faults.remove(held)
    await sending
    texts = [shown.text for shown in anna.messages]
    assert len(texts) == len(set(texts)) == 30
    assert sorted(texts[-hanging:]) == sorted(f"Напоминание {n}" for n in range(hanging))


async def test_what_comes_due_meanwhile_goes_before_the_rest_of_a_broadcast(
    world: World,
) -> None:
    anna, row = await acquainted(world, "Анна")
    for number in range(30):
        await put(world, row, f"r:{number}", payload={"number": number}, lane=outbox.BROADCAST)
    faults = world.telegram.faults
    held = faults.add("latency", methods=["sendMessage"], seconds=3600)
    sending = asyncio.create_task(world.app.sender.run())
    while not anna.messages:
        let_go, held = held, faults.add("latency", methods=["sendMessage"], seconds=3600)
        faults.remove(let_go)  # those on their way arrive; whoever follows is held up again
        await asyncio.sleep(0.01)
    await put(world, row, "urgent", payload={"number": "срочное"})
    before = len(anna.messages)
    faults.clear()
    await sending
    texts = [shown.text for shown in anna.messages]
    assert len(texts) == 31
    # Those that were on their way, and those whose places were given out already.
    assert texts.index("Напоминание срочное") < before + 2 * outbox_sender.AT_ONCE < 30


@pytest.mark.parametrize("between", [0, 1], ids=["in a row", "with one that went"])
async def test_only_refusals_in_a_row_halt_a_notice(world: World, between: int) -> None:
    await acquainted(world, "Анна")
    number = await world.db.write(_a_notice, world.clock())
    for _ in range(steering.REFUSALS - 1):
        await world.app.sender._fates._perhaps_halt(number)
    if between:
        _, row = await acquainted(world, "Олег")
        await put(world, row, kind=notices.NOTICE)
        await world.db.write(_of_the_notice, number)
        await world.settle()
        assert await states(world) == {"sent": 1}
    await world.app.sender._fates._perhaps_halt(number)
    found = await world.db.read(notices.find, number)
    assert found is not None
    assert found.halted is (not between)


def _a_notice(conn: Connection, now: datetime) -> int:
    notice = confirming.create(
        conn,
        notices.Content(text="Семинар"),
        Audience(),
        REGION,
        author=1,
        starts_at=now + timedelta(days=1),
        request_key="k",
        now=now,
    )
    return notice.id


def _of_the_notice(conn: Connection, number: int) -> None:
    conn.execute("UPDATE outbox SET notice_id = ?", (number,))


async def test_each_person_is_left_to_their_own_night(world: World) -> None:
    anna, at_home = await acquainted(world, "Анна")
    boris, in_samara = await acquainted(world, "Борис")
    await world.db.write(zones.choose, in_samara.id, "Europe/Samara", now=world.clock())
    evening = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)  # 20:30 in Moscow, 21:30 in Samara
    for number, (person, due) in enumerate(
        ((at_home, evening), (in_samara, evening), (at_home, evening + timedelta(hours=4)))
    ):
        await put(world, person, f"r:{number}", due_at=due)
    for moment, seen in (
        (evening, (1, 0)),
        (datetime(2026, 11, 24, 3, 59, tzinfo=UTC), (1, 0)),
        (datetime(2026, 11, 24, 4, 0, tzinfo=UTC), (1, 1)),  # eight in Samara, seven in Moscow
        (datetime(2026, 11, 24, 5, 0, tzinfo=UTC), (2, 1)),
    ):
        world.clock.advance(moment - world.clock())
        await world.settle()
        assert (len(anna.messages), len(boris.messages)) == seen, moment
