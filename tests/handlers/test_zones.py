"""Whoever lives in another zone than the network sees and gets everything by their own hours."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.callbacks import SetZone
from bot.texts import grammar
from bot.texts.zones import SHORT, TOWNS
from storage.events import events
from storage.people import people
from storage.people.people import Grant, Role
from storage.people.zones import RUSSIAN, OwnZone, zone_of
from storage.scopes import REGION
from tests.handlers.test_event_reminders import comes, told, until
from tests.kit.events import planned
from tests.kit.people import person_id, registered
from tests.kit.world import Person, World
from tests.scheduler.test_digests import NEXT_MONDAY, coordinator, photos

MOSCOW = ZoneInfo("Europe/Moscow")
START = datetime(2026, 12, 10, 12, 0, tzinfo=UTC)
"""15:00 in Moscow, midnight on Kamchatka."""
HOUR = timedelta(hours=1)


async def lives(someone: Person, town: str) -> None:
    await someone.says("/settings")
    await someone.taps("Часовой пояс")
    await someone.taps(town)


async def test_a_zone_is_chosen_in_plain_words_and_named_beside_every_hour(world: World) -> None:
    await planned(world, "Семинар", start=START)
    anna = await registered(world, "Анна", "Щеглова")
    await comes(anna)
    anna.sees("10 декабря, четверг, 15:00–17:00")
    anna.sees_not("МСК")
    await anna.says("/settings")
    anna.sees("Время — Москва (МСК).")
    await anna.taps("Часовой пояс")
    anna.sees("✓ Москва (МСК)", "МСК−1 — Калининград", "МСК+9 — Камчатка")
    await anna.taps("МСК+1 — Самара")
    assert anna.toast == "Часовой пояс изменён."
    anna.sees("Время — МСК+1 — Самара.")
    await anna.says("/events")
    anna.sees("10 декабря, четверг, 16:00–18:00 (МСК+1)", "10.12 16:00 · Семинар")
    await lives(anna, "Москва")
    await anna.says("/events")
    anna.sees("15:00–17:00: Семинар")
    await anna.taps_data(SetZone(zone="America/New_York").pack())
    person = await world.db.read(people.by_id, await person_id(world, anna))
    assert person is not None
    assert person.zone is None


async def test_what_is_typed_is_meant_by_the_typists_own_hours(world: World) -> None:
    oleg = await registered(world, "Олег", "Сомов", roles=[Grant(Role.ORGANISER, REGION)])
    number = await planned(world, "Семинар", start=START, author=await person_id(world, oleg))
    await lives(oleg, "Омск")
    await oleg.says("/events")
    await oleg.taps("Семинар")
    await oleg.taps("Организатору")
    await oleg.taps("Перенести")
    await oleg.says("24 декабря 15:00-16:00")
    oleg.sees("24 декабря, четверг, 15:00–16:00 (МСК+3)")
    meeting = await world.db.read(events.find, number)
    assert meeting is not None
    assert meeting.starts_at == datetime(2026, 12, 24, 9, 0, tzinfo=UTC)


async def test_a_reminder_keeps_each_persons_own_night(world: World) -> None:
    await planned(world, "Семинар", start=START)
    anna = await registered(world, "Анна", "Щеглова")
    boris = await registered(world, "Борис", "Галкин")
    await lives(boris, "Камчатка")
    for someone in (anna, boris):
        await comes(someone)
    await until(world, START - 24 * HOUR)
    assert (told(anna, "Напоминаю"), told(boris, "Напоминаю")) == (1, 0)  # it is midnight there
    await until(world, START - 16 * HOUR)
    assert told(boris, "Напоминаю") == 1  # 8:00 on Kamchatka
    await until(world, START - 4 * HOUR)  # 20:00 there: an hour before would be night
    boris.sees("Напоминаю", "11 декабря, пятница, 00:00")
    assert (told(anna, "Напоминаю"), told(boris, "Напоминаю")) == (1, 2)
    await until(world, START - HOUR)
    assert (told(anna, "Напоминаю"), told(boris, "Напоминаю")) == (2, 2)


async def test_an_own_time_is_by_the_own_clock(world: World) -> None:
    await planned(world, "Семинар", start=START)
    anna = await registered(world, "Анна", "Щеглова")
    await lives(anna, "Омск")
    await comes(anna)
    await anna.says("/settings")
    await anna.taps("Когда напоминать")
    await anna.taps("накануне в 18:00")
    for label in ("за неделю", "за день", "за час"):
        await anna.taps(f"✓ {label}")
    eve = datetime(2026, 12, 9, 12, 0, tzinfo=UTC)  # 18:00 in Omsk
    await until(world, eve - timedelta(minutes=1))
    assert told(anna, "Напоминаю") == 0
    await until(world, eve)
    anna.sees("Напоминаю: завтра", "18:00–20:00 (МСК+3)")


async def test_the_digest_comes_at_nine_where_its_reader_is(world: World) -> None:
    vera = await coordinator(world)
    await lives(vera, "Омск")
    await until(world, NEXT_MONDAY - 3 * HOUR - timedelta(minutes=1))
    assert photos(vera) == []
    await until(world, NEXT_MONDAY - 3 * HOUR)
    assert len(photos(vera)) == 1
    await until(world, NEXT_MONDAY)
    assert len(photos(vera)) == 1


def test_every_zone_has_words_and_its_own_hour() -> None:
    assert set(RUSSIAN) == set(SHORT) == set(TOWNS)
    noon = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    hours = [noon.astimezone(ZoneInfo(one)).hour for one in RUSSIAN]
    assert hours == list(range(11, 22))


@pytest.mark.parametrize("chosen", [None, "Europe/Moscow", "Europe/Volgograd", "Nowhere/None"])
def test_a_zone_of_the_same_hours_is_not_named(chosen: str | None) -> None:
    assert zone_of(chosen, MOSCOW) is MOSCOW


def test_the_hour_is_named_once_and_the_last_day_stays_a_day_at_home_only() -> None:
    omsk = zone_of("Asia/Omsk", MOSCOW)
    assert isinstance(omsk, OwnZone)
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    midnight = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
    assert grammar.moment(now, now, omsk) == "сегодня, 23 ноября, 15:00 (МСК+3)"
    assert grammar.until(midnight, now, MOSCOW) == "до 24 ноября включительно"
    assert grammar.until(midnight, now, omsk) == "до 25 ноября, 03:00 (МСК+3)"
