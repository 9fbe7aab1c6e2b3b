"""The weekly digest: once, on time, late by rule, to those who want it, with something to say."""

from datetime import UTC, datetime, timedelta

from storage import outbox
from storage.database import Connection
from storage.people import people
from storage.people.people import Grant, Role
from storage.scopes import REGION, Scope, ScopeKind
from storage.summaries import digests
from storage.summaries.digests import Kind, Wish
from surveys.questionnaire import Anonymity
from tests.handlers.test_reporting import EYSK, made
from tests.kit.people import person_id, registered
from tests.kit.world import Person, World

NEXT_MONDAY = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)
"""09:00 in Moscow; the world begins on the Monday before, at ten."""


def photos(someone: Person) -> list[str]:
    return [
        message.text
        for message in someone.world.telegram.history(someone.id)
        if message.outgoing and "photo" in message.content
    ]


async def until(world: World, moment: datetime) -> None:
    world.clock.advance(moment - world.clock())
    await world.settle()


async def coordinator(world: World, scope: Scope = REGION) -> Person:
    vera = await registered(world, "Вера", "Лисицына", roles=[Grant(Role.COORDINATOR, scope)])
    await made(world, Anonymity.NAMED, {EYSK: 6})
    await world.settle()
    return vera


async def test_on_monday_at_nine_it_comes_with_a_picture_and_the_workbook(world: World) -> None:
    vera = await coordinator(world)
    await until(world, NEXT_MONDAY - timedelta(minutes=1))
    assert photos(vera) == []
    await until(world, NEXT_MONDAY)
    (text,) = photos(vera)
    assert "Неделя 30 ноября – 6 декабря" in text
    assert "Весь край" in text
    assert vera.documents[-1].name == "Сводка 30.11.2026.xlsx"


async def test_it_comes_once_whatever_restarts(world: World) -> None:
    vera = await coordinator(world)
    await until(world, NEXT_MONDAY)
    await world.restart()
    await until(world, NEXT_MONDAY + timedelta(hours=3))
    await world.restart()
    await world.settle()
    assert len(photos(vera)) == 1
    await registered(world, "Пётр", "Зимин")
    await until(world, NEXT_MONDAY + timedelta(days=7))
    assert len(photos(vera)) == 2


async def test_a_bot_that_was_down_on_monday_catches_up_within_a_day_and_not_later(
    world: World,
) -> None:
    vera = await coordinator(world)
    await until(world, NEXT_MONDAY - timedelta(days=3))
    await registered(world, "Пётр", "Зимин")
    await world.stop()
    world.clock.advance(NEXT_MONDAY + timedelta(hours=6) - world.clock())
    await world.start()
    await world.settle()
    assert len(photos(vera)) == 1
    await world.stop()
    world.clock.advance(timedelta(days=7) + digests.LATE)
    await world.start()
    await world.settle()
    assert len(photos(vera)) == 1, "Monday's news on Tuesday afternoon is none"


async def test_nothing_to_say_is_not_sent_and_not_made_again_and_again(world: World) -> None:
    oleg = await registered(
        world,
        "Олег",
        "Сомов",
        roles=[Grant(Role.COORDINATOR, Scope(ScopeKind.MUNICIPALITY, "г.-к. Сочи"))],
    )
    before = len(oleg.messages)
    await until(world, NEXT_MONDAY)
    assert len(oleg.messages) == before
    number = await person_id(world, oleg)
    zone = world.app.settings.zone
    assert await world.db.read(digests.due, world.clock(), zone) == []
    assert await world.db.read(digests.before, number, Kind.COORDINATOR, "2027-01-04") == ""


async def test_the_chosen_day_and_hour_are_kept(world: World) -> None:
    vera = await coordinator(world)
    await vera.says("/digest")
    vera.sees("по понедельникам в 9:00")
    await vera.taps("Другой день")
    await vera.taps("среда")
    await vera.taps("Другой час")
    await vera.taps("15:00")
    vera.sees("по средам в 15:00")
    await until(world, datetime(2026, 11, 25, 11, 59, tzinfo=UTC))
    assert photos(vera) == []
    await until(world, datetime(2026, 11, 25, 12, 0, tzinfo=UTC))
    assert len(photos(vera)) == 1


async def test_turned_off_it_does_not_come_and_can_be_looked_at_all_the_same(world: World) -> None:
    vera = await coordinator(world)
    await vera.says("/digest")
    await vera.taps("Не присылать")
    vera.sees("не приходит")
    await until(world, NEXT_MONDAY)
    assert photos(vera) == []
    await vera.says("/digest")
    await vera.taps("Показать сейчас")
    assert len(photos(vera)) == 1


async def test_whoever_loses_the_role_between_making_and_sending_gets_nothing(world: World) -> None:
    vera = await coordinator(world)
    await until(world, NEXT_MONDAY - timedelta(minutes=1))
    world.clock.advance(timedelta(minutes=1))
    await world.app.beats.make()
    number = await person_id(world, vera)
    await world.db.write(
        lambda conn: conn.execute("DELETE FROM grants WHERE person_id = ?", (number,)).rowcount
    )
    await world.settle()
    assert photos(vera) == []
    found = await world.db.read(outbox.reasons, "digest")
    assert found[("dropped", "no-role")] == 2


async def test_its_buttons_act(world: World) -> None:
    vera = await coordinator(world)
    world.clock.advance(timedelta(days=3))
    await world.settle()
    await vera.says("/digest")
    await vera.taps("Показать сейчас")
    await vera.taps("Напомнить: Семинар «Первый урок»")
    vera.sees("Да, напомнить")


async def test_a_trainee_gets_a_gentle_one_on_request_only(world: World) -> None:
    ilya = await registered(world, "Илья", "Зорин", roles=[Grant(Role.TRAINEE, REGION)])
    await made(world, Anonymity.ANONYMOUS, {EYSK: 6})
    await until(world, NEXT_MONDAY - timedelta(days=2))
    await ilya.says("/digest")
    ilya.sees("не приходит")
    await ilya.taps("Показать сейчас")
    assert ilya.has_seen("Можно ответить, когда будет минута")
    assert not ilya.has_seen("Удовлетворены")


async def test_a_teacher_is_offered_none(world: World) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await anna.says("/digest")
    anna.sees_not("Показать сейчас")
    found = await world.db.read(people.find, anna.id)
    assert found is not None
    assert (await world.db.read(digests.wish, found.id, Kind.TRAINEE)) == Wish(off=True)


async def test_files_of_old_digests_go_a_few_at_a_time_and_the_figures_stay(world: World) -> None:
    now = world.clock()
    for number in range(2 * digests.FEW + 1):
        vera = await person_id(world, await registered(world, "Вера", f"Лисицына{number}"))
        due = digests.Due(vera, Kind.COORDINATOR, "2026-11-16", now)
        made_then = digests.Made("{}", b"picture", b"workbook")
        await world.db.write(digests.put, due, made_then, now=now - digests.KEPT - timedelta(1))
    dropped = [await world.db.write(digests.drop_files, now) for _ in range(4)]
    assert dropped == [digests.FEW, digests.FEW, 1, 0]
    assert await world.db.read(digests.before, vera, Kind.COORDINATOR, "2026-11-23") == "{}"


async def test_whether_something_is_due_is_known_without_reading_pictures(world: World) -> None:
    def plans(conn: Connection) -> list[str]:
        asked: list[str] = []
        conn.set_trace_callback(asked.append)
        digests.due(conn, world.clock(), world.app.settings.zone)
        conn.set_trace_callback(None)
        return [
            row["detail"]
            for one in asked
            if "FROM digests" in one
            for row in conn.execute(f"EXPLAIN QUERY PLAN {one}")
        ]

    (plan,) = await world.db.read(plans)
    assert "COVERING INDEX" in plan, plan
