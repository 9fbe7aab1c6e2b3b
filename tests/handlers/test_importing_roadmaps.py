"""A coordinator loads a roadmap in chat, looks it over, confirms; later sends a corrected one."""

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from openpyxl import Workbook, load_workbook

from storage.audiences import Audience
from storage.database import Connection
from storage.events import agenda, events
from storage.events.events import Meeting
from storage.people import networks
from storage.people.people import Grant, Role
from storage.scopes import REGION, Scope, ScopeKind
from tests.kit.people import registered
from tests.kit.world import Person, World

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SHARED = Path(__file__).parents[1] / "roadmap" / "data"
SAMPLE = SHARED / "roadmap_krc_sample_2026_2027.docx"
HEADER = ("№", "Мероприятие", "Сроки", "Целевая аудитория", "Ответственный")
TITLE = "Дорожная карта сети на 2026-2027 учебный год"


def table(*rows: tuple[str, ...], title: str = TITLE) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([title])
    sheet.append(list(HEADER))
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


SEMINAR = ("4.1", "Семинар «Первый урок»", "24 ноября 2026 г.", "ТМС сети", "Северцев П.А.")
CLUB = ("4.2", "Клуб наставников", "декабрь", "Стажёры", "")
FAIR = ("5.1", "Ярмарка идей", "март", "ТМС сети", "")


async def coordinator(world: World, scope: Scope = REGION) -> Person:
    return await registered(world, "Марина", "Полянская", roles=[Grant(Role.COORDINATOR, scope)])


async def calendar(world: World) -> list[Meeting]:
    def read(conn: Connection) -> list[Meeting]:
        found = agenda.between(conn, date(2026, 9, 1), date(2027, 8, 31), world.app.settings.zone)
        return [one for one in found if not one.withdrawn and not one.cancelled]

    return await world.db.read(read)


async def test_the_shared_roadmap_becomes_a_calendar(world: World) -> None:
    marina = await coordinator(world)
    await marina.says("/roadmap")
    marina.sees("Пришлите дорожную карту файлом")
    await marina.sends_file(SAMPLE.name, SAMPLE.read_bytes())
    marina.sees(
        "2026-2027 учебный год", "Прочитано 14 мероприятий", "4. Методическая деятельность: 8"
    )
    marina.sees("день назван: 4", "назван месяц: 8", "без даты: 1")
    assert await calendar(world) == []
    await marina.taps("Внести в календарь")
    marina.sees("Готово: в календаре 14 мероприятий")
    found = await calendar(world)
    assert len([one for one in found if one.title.startswith("Конференция")]) == 2
    seminar = next(one for one in found if one.number == "4.1")
    assert (seminar.day, seminar.scope) == (date(2026, 11, 24), REGION)


async def test_a_file_sent_without_a_word_is_read_and_asked_whose_it_is(world: World) -> None:
    network = await world.db.write(
        networks.create, "Наставничество", networks.NetworkKind.KRC, "Ейский район"
    )
    marina = await coordinator(world)
    await marina.sends_file("карта.xlsx", table(SEMINAR))
    marina.sees("Чья это дорожная карта?", "весь край")
    await marina.taps("сеть «Наставничество»")
    marina.sees("Прочитано 1 мероприятие")
    await marina.taps("Внести в календарь")
    (meeting,) = await calendar(world)
    assert meeting.scope == Scope(ScopeKind.NETWORK, str(network))


async def test_doubts_are_settled_corrected_or_left_one_by_one(world: World) -> None:
    marina = await coordinator(world)
    misprint = ("4.2", "Клуб", "сентбрь", "", "")
    unread = ("4.3", "Слёт", "когда получится", "", "")
    await marina.says("/roadmap")
    await marina.sends_file("карта.xlsx", table(SEMINAR, misprint, unread))
    await marina.taps("Сомнения")
    marina.sees("Сомнение 1 из 2", "4.2 Клуб", "«сентбрь» прочитано как «сентябрь»")
    settle = marina.data_of("Всё верно")
    await marina.taps("Всё верно")
    marina.sees("4.3 Слёт", "В файле: когда получится")
    await marina.taps_data(settle)  # pressed twice settles one
    marina.sees("4.3 Слёт")
    await marina.taps("Исправить срок")
    await marina.says("15 мая 2027")
    marina.sees("Прочитано 3 мероприятия", "день назван: 2")
    marina.sees_not("Сомнения")
    await marina.taps("Внести в календарь")
    found = {one.title: one.day for one in await calendar(world)}
    assert found["Слёт"] == date(2027, 5, 15)


async def test_what_was_understood_comes_as_a_spreadsheet(world: World) -> None:
    marina = await coordinator(world)
    await marina.says("/roadmap")
    evil = ("4.2", "+HYPERLINK(1)", "сентбрь", "", "")
    await marina.sends_file("карта.xlsx", table(SEMINAR, evil))
    await marina.taps("Таблица: что понято")
    book = load_workbook(io.BytesIO(marina.documents[-1].content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0][:3] == ("№", "Раздел", "Мероприятие")
    assert rows[1][5] == "24 ноября 2026 г."
    assert rows[2][2] == "+HYPERLINK(1)"
    assert book.worksheets[0]["C3"].data_type != "f"
    assert "опечатку" in str(rows[2][10])


async def test_a_corrected_file_changes_moves_adds_and_removes_without_doubling(
    world: World,
) -> None:
    marina = await coordinator(world)
    await marina.says("/roadmap")
    await marina.sends_file("1.xlsx", table(SEMINAR, CLUB, FAIR))
    await marina.taps("Внести в календарь")
    before = {one.title: one.id for one in await calendar(world)}
    moved = ("4.1", "Семинар «Первый урок»", "26 ноября 2026 г.", "ТМС сети", "Северцев П.А.")
    renamed = ("4.2", "Клуб наставников", "декабрь", "Педагоги", "")
    added = ("4.3", "Вебинар", "15 января 2027", "", "")
    await marina.says("/roadmap")
    await marina.sends_file("2.xlsx", table(moved, renamed, added))
    marina.sees("добавлено: 1, перенесено: 1, изменено: 1, убрано: 1, без перемен: 0")
    await marina.taps("Что изменится")
    marina.sees("🔁 4.1 Семинар «Первый урок»: было 24 ноября 2026 г., станет 26 ноября 2026 г.")
    marina.sees("✏️ 4.2 Клуб наставников: для кого", "➕ 4.3 Вебинар", "➖ 5.1 Ярмарка идей")
    await marina.taps("‹ К сводке")
    await marina.taps("Внести, убранные отменить")
    found = {one.title: one for one in await calendar(world)}
    assert set(found) == {"Семинар «Первый урок»", "Клуб наставников", "Вебинар"}
    assert found["Семинар «Первый урок»"].id == before["Семинар «Первый урок»"]
    assert found["Семинар «Первый урок»"].day == date(2026, 11, 26)
    await marina.says("/roadmap")
    await marina.sends_file("3.xlsx", table(moved, renamed, added))
    marina.sees("Такая карта уже загружена, отличий нет")
    # What was withdrawn and stands in the table again is the same event.
    await marina.sends_file("4.xlsx", table(moved, renamed, added, FAIR))
    await marina.taps("Внести в календарь")
    again = {one.title: one.id for one in await calendar(world)}
    assert again["Ярмарка идей"] == before["Ярмарка идей"]


async def test_what_an_organiser_set_by_hand_outlasts_a_corrected_file(world: World) -> None:
    marina = await coordinator(world)
    await marina.says("/roadmap")
    await marina.sends_file("1.xlsx", table(SEMINAR, CLUB))
    await marina.taps("Внести в календарь")
    before = {one.title: one for one in await calendar(world)}
    seminar, club = before["Семинар «Первый урок»"], before["Клуб наставников"]
    chosen = Audience(roles=(Role.EXPERT,))
    start = datetime(2026, 11, 24, 12, tzinfo=UTC)

    def by_hand(conn: Connection) -> None:
        events.name_time(
            conn, seminar.id, start, start + HOUR, now=world.clock(), place="Лицей № 4"
        )
        events.set_audience(conn, club.event_id, chosen)
        week = start + 7 * DAY
        key = "by hand"
        events.one_more(
            conn, seminar.event_id, starts_at=week, ends_at=week + HOUR, request_key=key
        )

    await world.db.write(by_hand)
    anna = await registered(world, "Анна", "Щеглова")
    await anna.says(f"/start ev_{seminar.id}")
    await anna.taps("Приду")
    moved = ("4.1", "Семинар «Первый урок»", "26 ноября 2026 г.", "ТМС сети", "Северцев П.А.")
    others = ("4.2", "Клуб наставников", "декабрь", "Педагоги", "")
    await marina.says("/roadmap")
    await marina.sends_file("2.xlsx", table(moved, others))
    marina.sees("расходится с тем, что организаторы задали вручную: 2 места")
    marina.sees("✓ Заданное вручную оставить")
    await marina.taps("Что изменится")
    marina.sees(
        "✋ 4.1 Семинар «Первый урок»: назначено вручную на 24 ноября, вторник, 15:00–16:00"
    )
    marina.sees("✋ 4.2 Клуб наставников: для кого, выбрано вручную; в файле — Педагоги")
    await marina.taps("‹ К сводке")
    await marina.taps("Внести в календарь")
    marina.sees("Заданное вручную оставлено: 2")
    kept = {one.id: one for one in await calendar(world)}
    assert len(kept) == 3  # the meeting added by hand is there too
    assert (kept[seminar.id].starts_at, kept[seminar.id].place) == (start, "Лицей № 4")
    assert kept[club.id].audience == chosen
    world.clock.advance(HOUR)
    await world.settle()
    assert not anna.has_seen("Мероприятие изменилось")
    # Said so by the coordinator, the table is followed; whoever signed up hears of it.
    again = ("4.1", "Семинар «Первый урок»", "27 ноября 2026 г.", "ТМС сети", "Северцев П.А.")
    back = ("4.2", "Клуб наставников", "декабрь", "Стажёры", "")
    await marina.says("/roadmap")
    await marina.sends_file("3.xlsx", table(again, back))
    await marina.taps("Взять всё как в файле")
    marina.sees("✓ Взять всё как в файле", "взять как в файле")
    await marina.taps("Внести в календарь")
    assert marina.has_seen("заменено тем, что в файле: 2")
    marina.sees("Пора назвать час и место")
    taken = {one.id: one for one in await calendar(world)}
    assert len(taken) == 3
    assert (taken[seminar.id].starts_at, taken[seminar.id].day) == (None, date(2026, 11, 27))
    assert taken[seminar.id].place == "Лицей № 4"  # the table says nothing of places
    assert taken[club.id].audience == Audience(roles=(Role.TRAINEE,))
    world.clock.advance(HOUR)
    await world.settle()
    assert anna.has_seen("27 ноября 2026")


async def test_fewer_terms_do_not_cancel_a_meeting_whose_day_was_named(world: World) -> None:
    marina = await coordinator(world)
    await marina.says("/roadmap")
    await marina.sends_file("1.xlsx", table(("4.1", "Совет", "4 раза в год", "", "")))
    await marina.taps("Внести в календарь")
    (*_, last) = await calendar(world)
    start = datetime(2027, 6, 10, 9, tzinfo=UTC)
    await world.db.write(
        lambda conn: events.name_time(conn, last.id, start, start + HOUR, now=world.clock())
    )
    await marina.says("/roadmap")
    await marina.sends_file("2.xlsx", table(("4.1", "Совет", "2 раза в год", "", "")))
    await marina.taps("Что изменится")
    marina.sees("назначена вручную на 10 июня 2027 года, четверг", "сроков стало меньше")
    await marina.taps("‹ К сводке")
    await marina.taps("Внести в календарь")
    found = await calendar(world)
    assert len(found) == 3
    assert last.id in {one.id for one in found}


async def test_what_people_signed_up_for_is_never_dropped_silently(world: World) -> None:
    marina = await coordinator(world)
    await marina.says("/roadmap")
    await marina.sends_file("1.xlsx", table(SEMINAR, FAIR))
    await marina.taps("Внести в календарь")
    anna = await registered(world, "Анна", "Щеглова")
    await anna.says("/events")
    await anna.taps("Семинар")
    await anna.taps("Приду")
    await marina.says("/roadmap")
    await marina.sends_file("2.xlsx", table(FAIR))
    marina.sees("записан 1 человек", "Внести, убранные отменить", "Внести, убранные оставить")
    await marina.taps("Внести, убранные оставить")
    assert len(await calendar(world)) == 2
    await marina.says("/roadmap")
    await marina.sends_file("3.xlsx", table(FAIR))
    await marina.taps("Внести, убранные отменить")
    assert [one.title for one in await calendar(world)] == ["Ярмарка идей"]
    await anna.says("/events")
    anna.sees("отменено")


async def test_two_roadmaps_of_one_year_stay_apart(world: World) -> None:
    await world.db.write(
        networks.create, "Наставничество", networks.NetworkKind.KRC, "Ейский район"
    )
    marina = await coordinator(world)
    for whose in ("весь край", "сеть «Наставничество»"):
        await marina.says("/roadmap")
        await marina.taps(whose)
        await marina.sends_file("1.xlsx", table(SEMINAR))
        marina.sees_not("По сравнению")
        await marina.taps("Внести в календарь")
    assert len(await calendar(world)) == 2


async def test_a_plan_without_a_year_is_read_again_with_the_year_that_is_said(
    world: World,
) -> None:
    marina = await coordinator(world)
    await marina.says("/roadmap")
    await marina.sends_file("карта.xlsx", table(CLUB, title="План сети"))
    marina.sees("Год в документе не назван")
    marina.sees_not("Внести")
    await marina.taps("2026-2027")
    marina.sees("назван месяц: 1", "Внести в календарь")
    await marina.taps("Внести в календарь")
    (meeting,) = await calendar(world)
    assert meeting.window_start == date(2026, 12, 1)


async def test_a_file_that_cannot_be_read_is_refused_with_a_remedy(world: World) -> None:
    marina = await coordinator(world)
    await marina.says("/roadmap")
    await marina.sends_file("карта.docx", b"not a document")
    marina.sees("не документ Word", "прислать прямо сюда")
    await marina.sends_file("карта.pdf", b"%PDF-1.4")
    marina.sees(".docx и .xlsx")
    await marina.sends_file("карта.xlsx", table(SEMINAR))
    marina.sees("Прочитано 1 мероприятие")
    draft = marina.data_of("Не загружать")
    await marina.taps("Не загружать")
    marina.sees("в календаре ничего не изменилось")
    await marina.taps_data(draft)
    marina.sees("Эта загрузка уже закрыта")


async def test_whoever_is_named_responsible_holds_the_event(world: World) -> None:
    marina = await coordinator(world)
    pyotr = await registered(world, "Пётр", "Северцев", roles=[Grant(Role.ORGANISER, REGION)])
    await marina.says("/roadmap")
    await marina.sends_file("1.xlsx", table(SEMINAR, FAIR))
    await marina.taps("Внести в календарь")
    found = {one.title: one.event_id for one in await calendar(world)}

    async def holders(title: str) -> list[int]:
        ids = await world.db.read(events.organisers, found[title])
        names = {pyotr.id: "pyotr", marina.id: "marina"}
        assert names
        return ids

    assert len(await holders("Семинар «Первый урок»")) == 1
    assert await holders("Семинар «Первый урок»") != await holders("Ярмарка идей")


async def test_a_coordinator_of_a_municipality_cannot_load_for_the_region(world: World) -> None:
    vera = await registered(
        world,
        "Вера",
        "Лисицына",
        roles=[Grant(Role.COORDINATOR, Scope(ScopeKind.MUNICIPALITY, "Ейский район"))],
    )
    await vera.says("/roadmap")
    await vera.taps_data("rs1:region:")
    vera.sees("Эта загрузка уже закрыта")


async def test_the_table_of_a_teacher_is_no_roadmap(world: World) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await anna.sends_file("карта.xlsx", table(SEMINAR))
    anna.sees("сейчас он ни к чему не относится")
