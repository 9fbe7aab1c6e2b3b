"""Nobody is overwhelmed or interrupted: muting, the week's budget, open questionnaires, pauses."""

import asyncio
import time
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.delivery.composers import PLAIN, composers, manners
from storage import outbox, peace
from storage.audiences import Audience
from storage.database import Connection
from storage.notices import confirming, notices, steering
from storage.notices.notices import Content
from storage.people.people import Grant, Role
from storage.scopes import REGION
from storage.summaries import digests
from storage.summaries.digests import Wish
from storage.tasks import notices as task_notices
from storage.tasks import questions, verdicts
from storage.times import stored
from tests.kit.people import person_id, registered
from tests.kit.world import Person, World


@pytest.fixture
async def vera(world: World) -> Person:
    someone = await registered(world, "Вера", "Лисицына", roles=[Grant(Role.ORGANISER, REGION)])
    # No digest is made for her while weeks pass: it would cost seconds and be counted.
    await world.db.write(digests.set_wish, await person_id(world, someone), Wish(off=True))
    return someone


async def send(
    world: World, author: Person, to: Person, text: str, *, urgent: bool = False
) -> notices.Notice:
    """A notice to one person, confirmed now."""
    ids = [await person_id(world, one) for one in (author, to)]
    return await world.db.write(
        confirming.create,
        Content(text=text),
        Audience(people=(ids[1],)),
        REGION,
        author=ids[0],
        starts_at=world.clock(),
        request_key=text,
        now=world.clock(),
        urgent=urgent,
    )


def busy(conn: Connection, person: int, now: datetime) -> None:
    """Somebody answers a questionnaire just now."""
    campaign = conn.execute("SELECT min(id) FROM campaigns").fetchone()[0]
    conn.execute(
        "INSERT INTO responses (campaign_id, person_id, started_at, touched_at)"
        " VALUES (?, ?, ?, ?) ON CONFLICT (campaign_id, person_id)"
        " DO UPDATE SET touched_at = excluded.touched_at, paused = 0",
        (campaign, person, stored(now), stored(now)),
    )


def at_rest(conn: Connection, person: int) -> None:
    conn.execute("UPDATE responses SET paused = 1 WHERE person_id = ?", (person,))


def a_campaign(conn: Connection, now: datetime) -> None:
    conn.execute(
        "INSERT INTO campaigns (questionnaire_id, questionnaire_version, anonymity, cells,"
        " audience, scope_kind, opens_at, closes_at, created_at) SELECT id, version, 'named',"
        " '[]', '{\"people\": [9999]}', 'region', ?, ?, ? FROM questionnaires"
        " WHERE id = 'event_satisfaction'",
        (stored(now), stored(now + timedelta(days=9)), stored(now)),
    )


async def test_what_is_muted_does_not_come_and_is_counted(world: World, vera: Person) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await anna.says("/settings")
    await anna.taps("уведомления организаторов")
    notice = await send(world, vera, anna, "Семинар")
    await world.settle()
    assert not anna.has_seen("Семинар")
    reasons = await world.db.read(outbox.reasons, f"notice:{notice.id}:")
    assert reasons == {("dropped", "muted"): 1}
    await anna.says("/settings")
    await anna.taps("уведомления организаторов")
    assert await world.db.read(peace.muted_topics, await person_id(world, anna)) == frozenset()


@pytest.mark.parametrize(
    "kind",
    [
        task_notices.NEW,
        task_notices.MOVED,
        task_notices.EXTENDED,
        task_notices.REMINDER,
        verdicts.VERDICT,
        questions.ANSWER,
    ],
)
def test_what_concerns_ones_own_tasks_is_neither_muted_nor_merged(kind: str) -> None:
    assert kind in composers
    manner = manners.get(kind, PLAIN)
    assert (manner.topic, manner.unasked) == (None, False)


async def test_what_is_over_the_week_comes_as_one_message_and_opens_in_full(
    world: World, vera: Person
) -> None:
    anna = await registered(world, "Анна", "Щеглова", "Петровна")
    for number in range(1, 9):
        await send(world, vera, anna, f"Известие {number} для {{имя отчество}}")
        await world.settle()
    seen = [one.text for one in anna.messages if "Известие" in one.text]
    assert seen == [f"Известие {number} для Анна Петровна" for number in range(1, 6)]
    await send(world, vera, anna, "Пожар, занятий нет", urgent=True)
    await world.settle()
    anna.sees("Пожар, занятий нет")
    world.clock.advance(timedelta(days=7, minutes=1))
    await world.settle()
    anna.sees("накопилось", "1. Известие 6", "3. Известие 8")
    assert len([one for one in anna.messages if "Известие 6" in one.text]) == 1
    await anna.taps("2. Известие 7")
    anna.sees("Известие 7 для Анна Петровна")
    states = await world.db.read(outbox.reasons, "notice:")
    assert states == {("dropped", "in-summary"): 3}


async def test_a_message_of_somebody_elses_summary_is_not_opened(
    world: World, vera: Person
) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    oleg = await registered(world, "Олег", "Сомов")
    for number in range(1, 7):
        await send(world, vera, anna, f"Известие {number}")
        await world.settle()
    world.clock.advance(timedelta(days=7, minutes=1))
    await world.settle()
    data = anna.data_of("1. Известие 6")
    await oleg.taps_data(data)
    assert not oleg.has_seen("Известие")
    assert "отозвано" in oleg.toast


async def test_nobody_is_interrupted_while_answering_unless_it_is_urgent(
    world: World, vera: Person
) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await world.db.write(a_campaign, world.clock())
    number = await person_id(world, anna)
    await world.db.write(busy, number, world.clock())
    await send(world, vera, anna, "Обычное")
    await send(world, vera, anna, "Срочное", urgent=True)
    await world.settle()
    anna.sees("Срочное")
    for _ in range(3):
        world.clock.advance(timedelta(minutes=2))
        await world.db.write(busy, number, world.clock())
        await world.settle()
    assert not anna.has_seen("Обычное")
    await world.db.write(at_rest, number)
    world.clock.advance(timedelta(minutes=2))
    await world.settle()
    anna.sees("Обычное")


async def test_pause_and_cancel_work_in_the_middle_of_sending(world: World, vera: Person) -> None:
    everybody = [await registered(world, f"Анна{chr(1072 + n)}", "Щеглова") for n in range(20)]
    author = await person_id(world, vera)
    notice = await world.db.write(
        confirming.create,
        Content(text="Семинар"),
        Audience(),
        REGION,
        author=author,
        starts_at=world.clock(),
        request_key="k",
        now=world.clock(),
    )
    faults = world.telegram.faults
    held = faults.add("latency", methods=["sendMessage"], seconds=3600)
    await world.app.beats.plan()
    sending = asyncio.create_task(world.app.sender.run())

    def told() -> int:
        return sum(one.has_seen("Семинар") for one in (*everybody, vera))

    async with asyncio.timeout(60):
        while not told():
            let_go, held = held, faults.add("latency", methods=["sendMessage"], seconds=3600)
            faults.remove(let_go)  # those on their way arrive; whoever follows is held up again
            await asyncio.sleep(0.01)
    assert await world.db.write(steering.pause, notice.id)
    faults.clear()
    await sending
    paused = told()
    assert 0 < paused < len(everybody)
    await world.settle()
    assert told() == paused
    assert await world.db.write(steering.cancel, notice.id)
    await world.settle()
    assert told() == paused
    counts = await world.db.read(outbox.counts, f"notice:{notice.id}:")
    assert counts == {"sent": paused, "dropped": len(everybody) + 1 - paused}


@pytest.mark.parametrize("lane", [outbox.NOTICE, outbox.BROADCAST])
async def test_after_429_every_lane_is_silent_for_as_long_as_telegram_said(
    world: World, vera: Person, lane: int
) -> None:
    wait = 2
    moments: list[float] = []
    publish = world.telegram.events.publish

    def seen(kind: Any, chat_id: int, message: Any = None, **data: Any) -> None:
        if kind == "message" and message is not None and message.outgoing:
            moments.append(time.monotonic())
        publish(kind, chat_id, message, **data)

    anna = await registered(world, "Анна", "Щеглова")
    number = await person_id(world, anna)

    def plan(conn: Connection) -> None:
        for one in range(3):
            outbox.put(
                conn,
                f"x:{one}",
                person_id=number,
                kind=notices.DECIDED,
                payload={"notice": 1, "approved": True},
                lane=lane,
                due_at=world.clock(),
            )

    await send(world, vera, anna, "Семинар")
    await world.settle()
    world.app.beats.sending.start()
    world.telegram.events.publish = seen  # type: ignore[method-assign]  # only this test looks
    world.telegram.faults.add("too_many", methods=["sendMessage"], times=1, retry_after=wait)
    await world.db.write(plan)
    async with asyncio.timeout(60):
        while not world.app.limiter.paused:
            await asyncio.sleep(0.005)
        began = time.monotonic()
        world.telegram.send_text(anna.id, "/menu")  # a reply waits as well
        stalled = 0.0  # by how much the machine itself was late
        while len(moments) < 4:
            looked = time.monotonic()
            await asyncio.sleep(0.01)
            stalled += time.monotonic() - looked - 0.01
    await world.app.beats.sending.stop(1)
    # Two were on their way when the third was refused; the refused one and the reply waited.
    after = [moment - began for moment in moments if moment > began]
    assert len(after) == 2
    assert all(wait - 1 < moment < wait + 1 + stalled for moment in after), after
