"""Everybody's side of events: lists, the card, signing up, the calendar file."""

from datetime import date, timedelta

from icalendar import Calendar

from storage.audiences import Audience
from storage.events import events
from storage.people.people import Grant, Role
from storage.scopes import REGION, Scope, ScopeKind
from tests.kit.events import planned
from tests.kit.people import registered
from tests.kit.world import World

DAY = timedelta(days=1)
EYSK = Scope(ScopeKind.MUNICIPALITY, "Ейский район")


async def test_what_lies_ahead_for_me_is_told_by_week(world: World) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await anna.says("/events")
    anna.sees("Впереди пока ничего не назначено")
    now = world.clock()
    await planned(world, "Семинар", start=now + DAY)
    await planned(world, "Вебинар", start=now + 8 * DAY)
    await planned(world, "Форум", start=now + 30 * DAY)
    await planned(world, "Клуб", window=(date(2026, 12, 1), date(2026, 12, 31)))
    await planned(world, "Прошлое", start=now - 8 * DAY)
    await planned(world, "Для стажёров", start=now + DAY, audience=Audience(roles=(Role.TRAINEE,)))
    await planned(
        world, "В Абинске", start=now + DAY, scope=Scope(ScopeKind.MUNICIPALITY, "Абинский район")
    )
    await anna.says("/events")
    anna.sees("Эта неделя, 23 ноября – 29 ноября", "24 ноября, вторник, 10:00–12:00: Семинар")
    anna.sees("Следующая неделя, 30 ноября – 6 декабря", "21 декабря – 27 декабря")
    anna.sees("День уточняется", "декабрь 2026 (день уточняется): Клуб", "декабрь · Клуб")
    anna.sees_not("Прошлое", "Для стажёров", "В Абинске")


async def test_the_whole_year_is_told_by_month(world: World) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await planned(world, "Семинар", start=world.clock() + DAY)
    await planned(world, "Клуб", window=(date(2027, 3, 1), date(2027, 3, 31)))
    await anna.says("/events")
    await anna.taps("Весь год")
    anna.sees("За год: 2 мероприятия", "Ноябрь 2026 · 1", "Март 2027 · 1", "Сентябрь 2026")
    await anna.taps("Март 2027")
    anna.sees("март 2027 (день уточняется): Клуб")
    await anna.taps("‹ К году")
    await anna.taps("Апрель 2027")
    anna.sees("В этом месяце мероприятий нет")
    await anna.taps("‹ К году")
    await anna.taps("2027 ›")
    anna.sees("В этом году мероприятий пока нет")


async def test_places_run_out_and_whoever_waits_moves_up(world: World) -> None:
    number = await planned(world, "Мастер-класс", start=world.clock() + DAY)
    await world.db.write(events.set_capacity, number, 1)
    anna = await registered(world, "Анна", "Щеглова")
    boris = await registered(world, "Борис", "Галкин")
    for someone in (anna, boris):
        await someone.says("/events")
        await someone.taps("Мастер-класс")
        await someone.taps("Приду")
    assert anna.toast == "Записали: вы придёте."
    anna.sees("Вы записаны: придёте", "✓ Приду", "1 из 1")
    boris.sees("вы в листе ожидания, 1-й по очереди", "ждут места: 1")
    coming = boris.data_of("Приду")
    await boris.taps_data(coming)  # pressed twice keeps the place in the queue
    await anna.taps("Онлайн")
    anna.sees("подключитесь онлайн", "онлайн: 1")
    await boris.says("/events")
    await boris.taps("Мастер-класс")
    boris.sees("Вы записаны: придёте")


async def test_a_meeting_of_others_is_not_there_however_its_button_was_come_by(
    world: World,
) -> None:
    number = await planned(
        world, "Тайное", start=world.clock() + DAY, audience=Audience(roles=(Role.TRAINEE,))
    )
    anna = await registered(world, "Анна", "Щеглова")
    await anna.says("/events")
    for forged in (f"ec1:{number}", f"es1:{number}:coming", f"ei1:{number}", f"ef1:{number}"):
        await anna.taps_data(forged)
        anna.sees("Такого мероприятия нет, или оно не для вас")
    await anna.says(f"/start ev_{number}")
    anna.sees("Такого мероприятия нет")
    assert not anna.documents


async def test_nobody_signs_up_for_what_is_over(world: World) -> None:
    number = await planned(world, "Семинар", start=world.clock() + DAY)
    anna = await registered(world, "Анна", "Щеглова")
    await anna.says("/events")
    await anna.taps("Семинар")
    world.clock.advance(2 * DAY)
    await anna.taps("Приду")
    assert anna.toast == "Мероприятие уже прошло, записаться нельзя."
    anna.sees_not("Приду")
    assert number


async def test_the_calendar_entry_is_replaced_when_moved_and_called_off_when_cancelled(
    world: World,
) -> None:
    start = world.clock().replace(microsecond=0) + 10 * DAY
    number = await planned(world, "Семинар; запятая, и «ёлочки»", start=start)
    anna = await registered(world, "Анна", "Щеглова")
    await anna.says("/events")
    await anna.taps("Семинар")
    await anna.taps("Приду")
    await anna.taps("В календарь")

    def entry() -> tuple[str, dict[str, object]]:
        parsed = Calendar.from_ical(anna.documents[-1].content)
        (found,) = parsed.walk("VEVENT")
        return str(parsed["METHOD"]), dict(found.items())

    method, first = entry()
    assert (method, first["SEQUENCE"], str(first["STATUS"])) == ("PUBLISH", 0, "CONFIRMED")
    assert str(first["SUMMARY"]) == "Семинар; запятая, и «ёлочки»"
    assert first["DTSTART"].dt == start  # type: ignore[attr-defined] # icalendar's vDDDTypes
    moved = start + DAY
    await world.db.write(
        lambda conn: events.name_time(conn, number, moved, moved + DAY, now=world.clock())
    )
    await anna.taps("В календарь")
    _, second = entry()
    assert (second["UID"], second["SEQUENCE"]) == (first["UID"], 1)
    assert second["DTSTART"].dt == moved  # type: ignore[attr-defined] # the same
    await world.db.write(lambda conn: events.cancel(conn, number, now=world.clock()))
    await anna.taps("В календарь")
    method, third = entry()
    assert (method, third["UID"], third["SEQUENCE"]) == ("CANCEL", first["UID"], 2)
    assert str(third["STATUS"]) == "CANCELLED"


async def test_a_cancelled_meeting_stays_for_whoever_signed_up_and_goes_for_the_rest(
    world: World,
) -> None:
    number = await planned(world, "Семинар", start=world.clock() + DAY)
    anna = await registered(world, "Анна", "Щеглова")
    boris = await registered(world, "Борис", "Галкин")
    await anna.says("/events")
    await anna.taps("Семинар")
    await anna.taps("Приду")
    await world.db.write(lambda conn: events.cancel(conn, number, now=world.clock()))
    await anna.says("/events")
    anna.sees("отменено")
    await anna.taps("Семинар")
    anna.sees("Мероприятие отменено")
    anna.sees_not("Приду")
    await boris.says("/events")
    boris.sees_not("Семинар")


async def test_a_teacher_cannot_look_through_the_eyes_of_staff(world: World) -> None:
    await planned(
        world, "Для стажёров", start=world.clock() + DAY, audience=Audience(roles=(Role.TRAINEE,))
    )
    anna = await registered(world, "Анна", "Щеглова")
    await anna.says("/events")
    await anna.taps_data("el1:s:0")
    anna.sees_not("Для стажёров", "Веду я", "+ Мероприятие")
    olga = await registered(world, "Ольга", "Сомова", roles=[Grant(Role.COORDINATOR, REGION)])
    await olga.says("/events")
    await olga.taps("Веду я")
    olga.sees("Мероприятия, за которые вы отвечаете", "Для стажёров")
