"""What events say by themselves: reminders, news of a move, questions, a free place."""

from datetime import date, datetime, timedelta

from storage import outbox
from storage.audiences import Audience
from storage.events import attending, events, roadmaps, signing_up
from storage.events import reminding as event_reminding
from storage.events.events import Meeting
from storage.people.people import Grant, Role
from storage.scopes import REGION
from tests.kit.events import planned
from tests.kit.people import person_id, registered
from tests.kit.world import Person, World

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
assert roadmaps


async def comes(someone: Person, title: str = "Семинар", word: str = "Приду") -> None:
    await someone.says("/events")
    await someone.taps(title)
    await someone.taps(word)


def told(someone: Person, part: str) -> int:
    return sum(part in one.text for one in someone.messages)


async def until(world: World, moment: datetime) -> None:
    world.clock.advance(moment - world.clock())
    await world.settle()


async def test_who_comes_is_reminded_a_week_a_day_and_an_hour_before(world: World) -> None:
    start = world.clock() + 10 * DAY + 5 * HOUR
    await planned(world, "Семинар", start=start)
    anna = await registered(world, "Анна", "Щеглова")
    await comes(anna)
    await until(world, start - 7 * DAY - MINUTE)
    assert told(anna, "Напоминаю") == 0
    await until(world, start - 7 * DAY)
    anna.sees("Напоминаю: через 7 дней", "Семинар", "✓ Приду")
    await until(world, start - DAY)
    anna.sees("Напоминаю: завтра")
    await until(world, start - HOUR)
    anna.sees("Напоминаю: через 1 час")
    await world.restart()
    await until(world, start + DAY)
    assert told(anna, "Напоминаю") == 3


async def test_who_has_not_said_yet_is_invited_and_can_answer_right_there(world: World) -> None:
    start = world.clock() + 10 * DAY + 5 * HOUR
    number = await planned(world, "Семинар", start=start)
    anna = await registered(world, "Анна", "Щеглова")
    boris = await registered(world, "Борис", "Галкин")
    await until(world, start - 7 * DAY)
    anna.sees("Мероприятие для вас — через 7 дней. Придёте?")
    await anna.taps("Приду")
    await boris.taps("Не приду")
    await until(world, start - HOUR)
    anna.sees("Напоминаю: через 1 час")
    assert told(boris, "Семинар") == 1
    assert await world.db.read(attending.choice_of, number, await person_id(world, anna))


async def test_who_joins_late_gets_no_stale_reminder(world: World) -> None:
    start = world.clock() + 8 * DAY + 5 * HOUR
    await planned(world, "Семинар", start=start)
    await until(world, start - 7 * DAY)
    vera = await registered(world, "Вера", "Совина")
    await world.settle()
    assert not vera.has_seen("через 7 дней")
    await until(world, start - DAY)
    vera.sees("Мероприятие для вас — завтра")


async def test_a_reminder_that_would_come_at_night_waits_or_comes_the_evening_before(
    world: World,
) -> None:
    morning = world.clock().replace(hour=5, minute=30) + 2 * DAY  # 8:30 in Moscow
    await planned(world, "Завтрак", start=morning)
    await planned(world, "Зарядка", start=morning - HOUR)
    anna = await registered(world, "Анна", "Щеглова")
    await comes(anna, "Завтрак")
    await comes(anna, "Зарядка")
    await until(world, morning - 13 * HOUR)  # 19:30 the evening before
    assert not anna.has_seen("Напоминаю: через")
    assert told(anna, "Напоминаю: сегодня") + told(anna, "Напоминаю: завтра") == 2
    await until(world, morning - 12 * HOUR - 30 * MINUTE)  # 20:00
    anna.sees("Напоминаю: завтра", "Зарядка")
    before = len(anna.messages)
    await until(world, morning - 31 * MINUTE)  # 7:59
    assert len(anna.messages) == before
    await until(world, morning - 30 * MINUTE)
    anna.sees("Напоминаю: через 30 минут", "Завтрак")


async def test_a_moved_event_gives_one_notice_and_edits_what_the_chat_shows(
    world: World,
) -> None:
    start = world.clock() + 10 * DAY + 5 * HOUR
    number = await planned(world, "Семинар", start=start)
    anna = await registered(world, "Анна", "Щеглова")
    pyotr = await registered(world, "Пётр", "Северцев", roles=[Grant(Role.ORGANISER, REGION)])
    await comes(anna)
    await until(world, start - 7 * DAY)
    reminder = anna.screen.message_id
    await pyotr.says("/events")
    await pyotr.taps("Веду я")
    await pyotr.taps("Семинар")
    await pyotr.taps("Организатору")
    await pyotr.taps("Перенести")
    await pyotr.says("12 декабря 14:00-16:00")
    pyotr.sees("одно сообщение через несколько минут")
    await pyotr.taps("Место")
    await pyotr.says("Дворец культуры")
    assert not anna.has_seen("Мероприятие изменилось")
    world.clock.advance(4 * MINUTE)
    await world.settle()
    assert told(anna, "Мероприятие изменилось") == 1
    anna.sees("12 декабря, суббота, 14:00–16:00", "Дворец культуры")
    old = next(one for one in anna.messages if one.message_id == reminder)
    assert "12 декабря, суббота, 14:00–16:00" in old.text
    assert "Сообщение обновлено" in old.text
    # The new day is reminded of anew, once for each moment.
    moved = datetime(2026, 12, 12, 11, 0, tzinfo=world.clock().tzinfo)
    for before in (7 * DAY, DAY, HOUR):
        await until(world, moved - before)
    assert told(anna, "Напоминаю") == 3
    counted = await world.db.read(outbox.counts, f"event-changed:{number}:")
    assert counted == {"dropped": 2, "sent": 2}


async def test_a_cancelled_event_is_told_to_whom_it_concerns_and_to_nobody_else(
    world: World,
) -> None:
    start = world.clock() + 10 * DAY
    number = await planned(world, "Семинар", start=start)
    anna = await registered(world, "Анна", "Щеглова")
    boris = await registered(world, "Борис", "Галкин")
    gone = await registered(world, "Гена", "Лосев")
    await comes(anna)
    await comes(gone, word="Не приду")
    pyotr = await registered(world, "Пётр", "Северцев", roles=[Grant(Role.ORGANISER, REGION)])
    await pyotr.taps_data(f"mc1:{number}:1")
    world.clock.advance(4 * MINUTE)
    await world.settle()
    anna.sees("Мероприятие, на которое вас звали, отменено")
    assert not boris.has_seen("отменено")
    assert not gone.has_seen("на которое вас звали")
    before = len(anna.messages)
    await until(world, start + DAY)
    assert len(anna.messages) == before


async def test_what_is_too_late_is_dropped_and_counted(world: World) -> None:
    start = world.clock() + 10 * DAY
    await planned(world, "Семинар", start=start)
    anna = await registered(world, "Анна", "Щеглова")
    await comes(anna)
    world.clock.advance(10 * DAY + HOUR)  # the bot was out of reach all the while
    await world.settle()
    assert told(anna, "Напоминаю") == 0
    assert await world.db.read(event_reminding.too_late) == 3


async def test_kinds_of_reminders_are_switched_off_one_by_one(world: World) -> None:
    start = world.clock() + 10 * DAY + 5 * HOUR
    await planned(world, "Семинар", start=start)
    anna = await registered(world, "Анна", "Щеглова")
    await comes(anna)
    await anna.says("/settings")
    await anna.taps("✓ за неделю")
    assert anna.toast == "Больше не пришлю."
    await until(world, start - 2 * DAY)
    assert told(anna, "Напоминаю") == 0
    await until(world, start - DAY)
    assert told(anna, "Напоминаю") == 1
    await anna.says("/settings")
    await anna.taps("напоминания о мероприятиях")
    await until(world, start)
    assert told(anna, "Напоминаю") == 1


async def test_an_organiser_is_asked_in_good_time_and_again_if_silent(world: World) -> None:
    pyotr = await registered(world, "Пётр", "Северцев", roles=[Grant(Role.ORGANISER, REGION)])
    author = await person_id(world, pyotr)
    await planned(world, "Клуб", window=(date(2027, 2, 1), date(2027, 2, 28)), author=author)
    await until(world, datetime(2027, 1, 10, 12, 0, tzinfo=world.clock().tzinfo))
    assert told(pyotr, "Пора назвать") == 0
    await until(world, datetime(2027, 1, 11, 9, 0, tzinfo=world.clock().tzinfo))
    pyotr.sees("Пора назвать день, час и место", "февраль 2027")
    await until(world, datetime(2027, 1, 18, 9, 0, tzinfo=world.clock().tzinfo))
    assert told(pyotr, "Пора назвать") == 2
    await pyotr.taps("Назначить день и час")
    await pyotr.says("20 февраля 2027 10:00")
    await until(world, datetime(2027, 2, 10, 9, 0, tzinfo=world.clock().tzinfo))
    assert told(pyotr, "Пора назвать") == 1  # the other became the panel when it was answered


async def test_a_free_place_is_told_to_the_first_who_waits(world: World) -> None:
    number = await planned(world, "Семинар", start=world.clock() + 3 * DAY)
    await world.db.write(events.set_capacity, number, 1)
    anna = await registered(world, "Анна", "Щеглова")
    boris = await registered(world, "Борис", "Галкин")
    vera = await registered(world, "Вера", "Совина")
    for someone in (anna, boris, vera):
        await comes(someone)
    await anna.taps("Не приду")
    boris.sees("Для вас освободилось место", "Вы записаны: придёте")
    assert not vera.has_seen("освободилось")
    await world.db.write(
        lambda conn: signing_up.set_capacity(conn, number, None, now=world.clock())
    )
    await world.settle()
    vera.sees("Для вас освободилось место")


async def test_a_reminder_planned_is_not_sent_to_who_is_no_longer_concerned(
    world: World,
) -> None:
    start = world.clock() + 9 * DAY
    number = await planned(world, "Семинар", start=start)
    anna = await registered(world, "Анна", "Щеглова")
    late = start - 7 * DAY
    await until(world, late.replace(hour=19))  # 22:00 in Moscow
    found = await world.db.read(events.find, number)
    assert isinstance(found, Meeting)
    await world.db.write(events.set_audience, found.event_id, Audience(roles=(Role.TRAINEE,)))
    await until(world, late + DAY)
    assert told(anna, "Семинар") <= 1
