"""A person chooses when to be reminded of events."""

from datetime import datetime, time, timedelta

import pytest

from bot.events.when_to_remind import OwnTimeFault, read_own_time
from bot.texts.own_times import time_name
from roadmap.offsets import AtHour, Offset, name_of, offset_of
from storage.events import own_times
from storage.events import reminding as event_reminding
from tests.handlers.test_event_reminders import comes, told, until
from tests.kit.events import planned
from tests.kit.people import person_id, registered
from tests.kit.world import World

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
START = datetime(2026, 12, 10, 12, 0)  # noqa: DTZ001 - 15:00 in Moscow; the zone is the clock's


async def test_who_chose_the_evening_before_is_reminded_then_and_only_then(world: World) -> None:
    start = START.replace(tzinfo=world.clock().tzinfo)
    await planned(world, "Семинар", start=start)
    anna = await registered(world, "Анна", "Щеглова")
    boris = await registered(world, "Борис", "Галкин")
    for someone in (anna, boris):
        await comes(someone)
    await anna.says("/settings")
    await anna.taps("Когда напоминать")
    anna.sees("как назначил организатор, обычно за неделю, за день и за час", "✓ за неделю")
    await anna.taps("накануне в 18:00")
    for label in ("за неделю", "за день", "за час"):
        await anna.taps(f"✓ {label}")
    anna.sees("Сейчас — накануне в 18:00, для всех мероприятий.")
    await until(world, start - 7 * DAY)
    await until(world, start - DAY + 2 * HOUR)
    assert (told(anna, "Напоминаю"), told(boris, "Напоминаю")) == (0, 2)
    await until(world, start - 21 * HOUR - MINUTE)  # 17:59 the day before
    assert told(anna, "Напоминаю") == 0
    await until(world, start - 21 * HOUR)
    anna.sees("Напоминаю: завтра", "Семинар")
    await world.restart()
    await until(world, start - HOUR)
    assert (told(anna, "Напоминаю"), told(boris, "Напоминаю")) == (1, 3)


async def test_a_typed_time_is_read_or_asked_again_and_the_last_one_stays(world: World) -> None:
    start = START.replace(tzinfo=world.clock().tzinfo)
    await planned(world, "Семинар", start=start)
    anna = await registered(world, "Анна", "Щеглова")
    await comes(anna)
    await anna.says("/settings")
    await anna.taps("Когда напоминать")
    await anna.taps("Другое время")
    await anna.says("потом")
    anna.sees("Не понял время")
    await anna.says("накануне в 22:30")
    anna.sees("С 21:00 до 8:00 я молчу")
    await anna.says("за 2 часа")
    anna.sees("за неделю, за день, за 2 часа и за час", "✓ за 2 часа")
    for label in ("за неделю", "за день", "за час"):
        await anna.taps(f"✓ {label}")
    await anna.taps("✓ за 2 часа")
    assert "Оставьте хотя бы одно время" in anna.toast
    await until(world, start - 2 * HOUR)
    anna.sees("Напоминаю: через 2 часа")
    await anna.says("/settings")
    anna.sees_not("за неделю")
    await anna.taps("Когда напоминать")
    await anna.taps("Как назначит организатор")
    assert await world.db.read(own_times.of, await person_id(world, anna)) == frozenset()
    await until(world, start - HOUR)
    assert told(anna, "Напоминаю") == 2


async def test_a_time_chosen_after_its_moment_brings_no_stale_reminder(world: World) -> None:
    start = START.replace(tzinfo=world.clock().tzinfo)
    await planned(world, "Семинар", start=start)
    anna = await registered(world, "Анна", "Щеглова")
    await comes(anna)
    await until(world, start - 2 * DAY)
    assert told(anna, "Напоминаю") == 1
    await anna.says("/settings")
    await anna.taps_data("os1:3d:1")
    await until(world, start - DAY - MINUTE)
    assert told(anna, "Напоминаю") == 1
    await until(world, start - DAY)
    await until(world, start - HOUR)
    assert told(anna, "Напоминаю") == 3  # a day and an hour before, as it was


async def test_a_time_switched_off_earlier_comes_when_it_is_chosen(world: World) -> None:
    start = START.replace(tzinfo=world.clock().tzinfo)
    await planned(world, "Семинар", start=start)
    anna = await registered(world, "Анна", "Щеглова")
    await comes(anna)
    await anna.says("/settings")
    await anna.taps("✓ за час")
    await anna.taps("Когда напоминать")
    anna.sees_not("✓ за час")
    await anna.taps("за час")
    await until(world, start - HOUR)
    assert told(anna, "Напоминаю: через 1 час") == 1


async def test_who_has_not_said_yet_is_invited_at_their_own_early_times(world: World) -> None:
    start = START.replace(tzinfo=world.clock().tzinfo)
    await planned(world, "Семинар", start=start)
    anna = await registered(world, "Анна", "Щеглова")
    await anna.taps_data("os1:1d@1000:1")
    for name in ("7d", "1d"):
        await anna.taps_data(f"os1:{name}:0")
    await until(world, start - 20 * HOUR)
    assert told(anna, "Мероприятие для вас") == 1
    await until(world, start)
    assert told(anna, "Семинар") == 1  # an hour before only who comes is reminded


async def test_an_outage_over_a_personal_time_is_counted(world: World) -> None:
    start = START.replace(tzinfo=world.clock().tzinfo)
    await planned(world, "Семинар", start=start)
    anna = await registered(world, "Анна", "Щеглова")
    await comes(anna)
    await anna.taps_data("os1:2h:1")
    for name in ("7d", "1d", "1h"):
        await anna.taps_data(f"os1:{name}:0")
    await until(world, start + MINUTE)
    assert told(anna, "Напоминаю") == 0
    assert await world.db.read(event_reminding.too_late) == 1


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("за 2 часа", timedelta(hours=2)),
        ("за час", timedelta(hours=1)),
        ("За полчаса", timedelta(minutes=30)),
        ("за 45 минут", timedelta(minutes=45)),
        ("2 часа", timedelta(hours=2)),
        ("за два дня", timedelta(days=2)),
        ("за 2 недели", timedelta(days=14)),
        ("за сутки до начала", timedelta(days=1)),
        ("напомнить за день", timedelta(days=1)),
        ("за день в 18:00", AtHour(1, time(18))),
        ("за 3 дня в 10.30", AtHour(3, time(10, 30))),
        ("накануне", AtHour(1, time(18))),
        ("накануне в 19:30", AtHour(1, time(19, 30))),
        ("вечером накануне в 19 часов", AtHour(1, time(19))),
        ("в тот же день в 9:00", AtHour(0, time(9))),
        ("утром в 9", AtHour(0, time(9))),
        ("накануне в 7:00", OwnTimeFault.QUIET),
        ("накануне в 25:00", OwnTimeFault.UNREADABLE),
        ("за 2 минуты", OwnTimeFault.TOO_SOON),
        ("за 31 день", OwnTimeFault.TOO_EARLY),
        ("за 2 часа в 10:00", OwnTimeFault.UNREADABLE),
        ("за много дней", OwnTimeFault.UNREADABLE),
        ("в день мероприятия", OwnTimeFault.UNREADABLE),
        ("", OwnTimeFault.UNREADABLE),
    ],
)
def test_a_time_is_read_as_people_write_it(text: str, offset: Offset | OwnTimeFault) -> None:
    assert read_own_time(text) == offset


@pytest.mark.parametrize("name", ["7d", "1d", "1h", "90m", "1d@1800", "0d@0905", "30d"])
def test_a_name_and_its_time_are_the_same_thing(name: str) -> None:
    offset = offset_of(name)
    assert offset is not None
    assert name_of(offset) == name
    assert time_name(offset)


@pytest.mark.parametrize("name", ["", "1", "31d", "1m", "1d@2400", "40d@1000", "x", "99999h"])
def test_what_is_no_time_is_refused(name: str) -> None:
    assert offset_of(name) is None
