"""Organisers: the day, the place, moving, cancelling, files, who comes, who came."""

import io
from datetime import date, timedelta

import pytest
from openpyxl import Workbook

from bot.events.callbacks import SetSurveyForm
from bot.texts.communities import short
from storage.audiences import Audience
from storage.events import agenda, attending, events
from storage.events.attending import How
from storage.people.people import Grant, Role
from storage.questionnaires import campaigns, publishing
from storage.scopes import REGION, Scope, ScopeKind
from surveys.boyko_form import FORM as SCREENING
from surveys.loading import load_all
from surveys.questionnaire import Anonymity, Upload
from surveys.reference import communities
from tests.kit.events import planned
from tests.kit.people import person_id, registered
from tests.kit.pictures import png
from tests.kit.world import Person, World

DAY = timedelta(days=1)
EYSK = Scope(ScopeKind.MUNICIPALITY, "Ейский район")
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


async def organiser(world: World, scope: Scope = REGION) -> Person:
    return await registered(world, "Пётр", "Северцев", roles=[Grant(Role.ORGANISER, scope)])


async def opens(someone: Person, title: str) -> None:
    await someone.says("/events")
    await someone.taps("Веду я")
    await someone.taps(title)
    await someone.taps("Организатору")


async def test_an_organiser_names_day_place_and_link_of_a_month(world: World) -> None:
    number = await planned(world, "Семинар", window=NOVEMBER)
    pyotr = await organiser(world)
    await opens(pyotr, "Семинар")
    pyotr.sees("ноябрь 2026 (день уточняется)")
    await pyotr.taps("Назначить день и час")
    await pyotr.says("когда-нибудь")
    pyotr.sees("Не понял день")
    await pyotr.says("27 ноября")
    pyotr.sees("Назовите и час")
    await pyotr.says("27 ноября 17:00-15:00")
    pyotr.sees("Конец раньше начала")
    await pyotr.says("27 ноября с 15:00 до 17:30")
    pyotr.sees("Записано", "27 ноября, пятница, 15:00–17:30")
    pyotr.sees_not("в плане")
    await pyotr.taps("Перенести")
    await pyotr.says("1 декабря 15:00-17:30")
    pyotr.sees("1 декабря, вторник, 15:00–17:30 (в плане — ноябрь 2026)")
    await pyotr.taps("Место")
    await pyotr.says("Тимашевск, <ДК>")
    pyotr.sees("Где: Тимашевск, <ДК>")
    await pyotr.taps("Ссылка")
    await pyotr.says("не ссылка")
    pyotr.sees("не похоже на ссылку")
    await pyotr.says("https://example.org/room")
    pyotr.sees("https://example.org/room")
    await pyotr.taps("Ссылка")
    await pyotr.taps("Убрать")
    pyotr.sees("Ссылка: —")
    await pyotr.taps("Сколько мест")
    await pyotr.says("много")
    pyotr.sees("целое число")
    await pyotr.says("30")
    pyotr.sees("Мест: 30")
    await pyotr.taps("Сколько мест")
    await pyotr.taps("Без ограничения")
    pyotr.sees("Мест: без ограничения")
    found = await world.db.read(events.find, number)
    assert found is not None
    assert found.place == "Тимашевск, <ДК>"
    assert found.moves == 1


async def test_an_event_by_hand_is_made_once_and_has_its_day(world: World) -> None:
    pyotr = await organiser(world)
    await pyotr.says("/events")
    await pyotr.taps("+ Мероприятие")
    await pyotr.taps("весь край")
    await pyotr.says("Я")
    pyotr.sees("от 3 до 200 знаков")
    await pyotr.says("Встреча наставников")
    await pyotr.says("5 декабря 10:00")
    pyotr.sees("Встреча наставников", "5 декабря, суббота, 10:00–12:00", "Ведут: Северцев П.")
    await pyotr.taps("Ещё одна встреча")
    await pyotr.says("12 декабря 10:00")
    anna = await registered(world, "Анна", "Щеглова")
    await anna.says("/events")
    anna.sees("5 декабря, суббота, 10:00–12:00: Встреча", "12 декабря, суббота, 10:00–12:00: Встр")
    every = await world.db.read(
        agenda.between, date(2026, 12, 1), date(2026, 12, 31), world.app.settings.zone
    )
    assert len(every) == 2


async def test_cancelling_asks_first(world: World) -> None:
    number = await planned(world, "Семинар", start=world.clock() + 3 * DAY)
    pyotr = await organiser(world)
    await opens(pyotr, "Семинар")
    await pyotr.taps("Отменить мероприятие")
    pyotr.sees("Пока никто не записался")
    await pyotr.taps("‹ Не отменять")
    await pyotr.taps("Отменить мероприятие")
    await pyotr.taps("Да, отменить")
    pyotr.sees("Мероприятие отменено")
    pyotr.sees_not("Перенести", "Место")
    found = await world.db.read(events.find, number)
    assert found is not None
    assert found.cancelled


async def test_attached_files_come_to_whoever_asks(world: World) -> None:
    await planned(world, "Семинар", start=world.clock() + 3 * DAY)
    pyotr = await organiser(world)
    await opens(pyotr, "Семинар")
    await pyotr.taps("Приложить файл")
    await pyotr.says("вот")
    pyotr.sees("Нужен файл или картинка")
    await pyotr.sends_file("Программа.pdf", b"%PDF-1.4 programme")
    pyotr.sees("Файл приложен")
    await pyotr.sends_photo(png(40, 30))
    anna = await registered(world, "Анна", "Щеглова")
    await anna.says("/events")
    await anna.taps("Семинар")
    await anna.taps("Материалы")
    assert [one.name for one in anna.documents] == ["Программа.pdf"]
    assert anna.documents[0].content == b"%PDF-1.4 programme"


async def test_who_comes_is_named_by_what_they_said(world: World) -> None:
    number = await planned(world, "Семинар", start=world.clock() + 3 * DAY)
    await world.db.write(events.set_capacity, number, 1)
    for name, word in (("Щеглова", "Приду"), ("Галкина", "Приду"), ("Совина", "Онлайн")):
        someone = await registered(world, "Анна", name)
        await someone.says("/events")
        await someone.taps("Семинар")
        await someone.taps(word)
    pyotr = await organiser(world)
    await opens(pyotr, "Семинар")
    pyotr.sees("Записались: 1, онлайн: 1, ждут места: 1")
    await pyotr.taps("Кто придёт")
    assert "Придут\nЩеглова А.\n\nЖдут места\nГалкина А.\n\nОнлайн\nСовина А." in pyotr.screen.text


async def test_the_qr_code_counts_from_an_hour_before_to_an_hour_after(world: World) -> None:
    number = await planned(world, "Семинар", start=world.clock() + DAY)
    pyotr = await organiser(world)
    await opens(pyotr, "Семинар")
    await pyotr.taps("QR-код для отметки")
    code = pyotr.screen.text.rsplit("start=", 1)[1]
    anna = await registered(world, "Анна", "Щеглова")
    boris = await registered(world, "Борис", "Галкин")
    world.clock.advance(DAY - timedelta(hours=1, minutes=1))
    await world.settle()
    await anna.says(f"/start {code}")
    anna.sees("Отметиться можно за час до начала")
    world.clock.advance(timedelta(minutes=1))
    await anna.says(f"/start {code}")
    anna.sees("Отметили: вы на мероприятии «Семинар»")
    await anna.says(f"/start {code}")
    anna.sees("Отмечено: вы на этом мероприятии")
    anna.sees_not("Приду")
    world.clock.advance(timedelta(hours=4) - timedelta(minutes=1))
    vera = await registered(world, "Вера", "Совина")
    await vera.says(f"/start {code}")
    assert vera.has_seen("Отметили: вы на мероприятии «Семинар»")
    world.clock.advance(timedelta(minutes=1, seconds=1))
    await boris.says(f"/start {code}")
    boris.sees("Отметиться можно за час до начала")
    await boris.says("/start e_guess")
    boris.sees("Такого кода нет")
    came = await world.db.read(attending.attended, number)
    assert came == [await person_id(world, anna), await person_id(world, vera)]
    await anna.says("/events")
    await anna.taps("Мои посещения")
    anna.sees("1 мероприятие", "Семинар")


async def test_the_organiser_marks_by_hand_and_takes_a_mark_back(world: World) -> None:
    number = await planned(world, "Семинар", start=world.clock() + 3 * DAY)
    anna = await registered(world, "Анна", "Щеглова")
    stranger = await registered(world, "Борис", "Галкин")
    await anna.says("/events")
    await anna.taps("Семинар")
    await anna.taps("Онлайн")
    pyotr = await organiser(world)
    await opens(pyotr, "Семинар")
    await pyotr.taps("Отметить пришедших")
    mark = pyotr.data_of("Щеглова А.")
    await pyotr.taps("Щеглова А.")
    pyotr.sees("Отмечено: 1", "✓ Щеглова А.")
    await pyotr.taps_data(mark)
    pyotr.sees("Отмечено: 1")
    await pyotr.taps("✓ Щеглова А.")
    pyotr.sees("Отмечено: 0")
    forged = await person_id(world, stranger)
    await pyotr.taps_data(f"mk1:{number}:{forged}:1:0")
    pyotr.sees("Отмечено: 0")


def spreadsheet(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def test_a_list_of_those_who_came_is_read_as_people_make_it(world: World) -> None:
    number = await planned(world, "Семинар", start=world.clock() + DAY)
    anna = await registered(world, "Анна", "Щеглова", "Петровна")
    boris = await registered(world, "Борис", "Галкин", "Ильич")
    for town in ("Ейский район", "Абинский район"):
        await registered(world, "Вера", "Совина", municipality=town)
    pyotr = await organiser(world)
    await opens(pyotr, "Семинар")
    await pyotr.taps("Список пришедших")
    await pyotr.sends_file(
        "пришли.xlsx",
        spreadsheet(
            ("№", "ФИО", "Школа"),
            (1, "Щеглова Анна Петровна", "МБОУ СОШ № 5"),
            (2, "Кедрова Зоя Львовна", "Лицей"),
            (3, "Совина Вера", "СОШ № 1"),
        ),
    )
    pyotr.sees("Отмечено по списку: 1 человек", "Кедрова Зоя Львовна", "Совина Вера")
    await pyotr.taps("‹ К управлению")
    pyotr.sees("Пришли: 1")
    await pyotr.taps("Список пришедших")
    await pyotr.says("Галкин Борис\nщеглова анна")
    pyotr.sees("Отмечено по списку: 2 человека")
    came = await world.db.read(attending.attended, number)
    assert sorted(came) == sorted([await person_id(world, anna), await person_id(world, boris)])
    await pyotr.taps("‹ К управлению")
    await pyotr.taps("Список пришедших")
    await pyotr.sends_file("пришли.csv", "1;Галкин;Борис;учитель\n2;Некто;Иван".encode("cp1251"))
    pyotr.sees("Некто Иван")
    await pyotr.taps("‹ К управлению")
    await pyotr.taps("Список пришедших")
    await pyotr.sends_file("пришли.xlsx", b"PK broken")
    pyotr.sees("Сохраните")


async def test_an_organiser_of_one_municipality_cannot_touch_the_regions_event(
    world: World,
) -> None:
    number = await planned(world, "Форум", start=world.clock() + 3 * DAY)
    pyotr = await organiser(world, EYSK)
    await pyotr.says("/events")
    await pyotr.taps("Форум")
    pyotr.sees_not("Организатору")
    forged = (
        f"mg1:{number}",
        f"mn1:{number}:when",
        f"mc1:{number}:1",
        f"mw1:{number}:0",
        f"ma1:{number}:0",
        f"mq1:{number}",
        f"ms1:{number}:60:0",
        f"mf1:{number}::0",
        f"mt1:{number}",
    )
    for data in forged:
        await pyotr.says("/events")
        await pyotr.taps_data(data)
        pyotr.sees("Такого мероприятия нет")


@pytest.mark.parametrize("button", ["за 3 дня", "за час"])
async def test_reminders_of_a_meeting_can_be_chosen(world: World, button: str) -> None:
    number = await planned(world, "Семинар", start=world.clock() + 3 * DAY)
    pyotr = await organiser(world)
    await opens(pyotr, "Семинар")
    await pyotr.taps("Напоминания и опрос")
    before = await world.db.read(events.find, number)
    await pyotr.taps(button)
    after = await world.db.read(events.find, number)
    assert before is not None
    assert after is not None
    assert len(set(before.reminders) ^ set(after.reminders)) == 1
    await pyotr.taps("опрос: 3 дня")
    after = await world.db.read(events.find, number)
    assert after is not None
    assert after.survey_days == 3


async def test_after_a_meeting_the_questionnaire_chosen_for_it_is_asked(world: World) -> None:
    number = await planned(world, "Семинар", start=world.clock() + 3 * DAY)
    shipped = load_all()["mentees"]
    photo = Upload(type="image", name="photo", label="Фото с семинара")
    own = shipped.model_copy(
        update={
            "id": "own-1",
            "title": "О семинаре",
            "anonymity": Anonymity.ANONYMOUS,
            "items": (*shipped.items, photo),
        }
    )
    await world.db.write(
        lambda conn: conn.execute(
            "INSERT INTO forms (id, name, scope_kind, scope_ref, created_at)"
            " VALUES (1, 'own', 'region', '', '2026-11-22T06:00:00Z')"
        )
    )
    await world.db.write(publishing.publish, own, now=world.clock())
    pyotr = await organiser(world)
    anna = await registered(world, "Анна", "Щеглова")
    await opens(pyotr, "Семинар")
    await pyotr.taps("Напоминания и опрос")
    await pyotr.taps("анкета: Как прошло мероприятие")
    pyotr.sees("Какую анкету предложить", "✓ Как прошло мероприятие", "О семинаре")
    pyotr.sees_not("скрининг")
    await pyotr.taps("О семинаре")
    pyotr.sees("анкета: О семинаре")
    for forged in ("nobody", SCREENING):
        await pyotr.taps_data(SetSurveyForm(meeting=number, form=forged).pack())
        pyotr.sees("анкета: О семинаре")
    someone = await person_id(world, anna)
    await anna.taps_data(SetSurveyForm(meeting=number).pack())
    await pyotr.taps("опрос: 14 дней")
    world.clock.advance(3 * DAY)
    await world.db.write(
        lambda conn: attending.mark_attended(
            conn, number, [someone], How.LIST, marked_by=None, now=world.clock()
        )
    )
    world.clock.advance(DAY)
    await world.settle()
    (campaign,) = await world.db.read(campaigns.every)
    assert campaign.questionnaire_id == "own-1"
    assert not campaign.anonymous, "a file reveals whose it is, so it is asked with names"
    assert campaign.closes_at - campaign.opens_at == 14 * DAY


async def test_an_event_can_be_for_some_roles_only(world: World) -> None:
    await planned(world, "Семинар", start=world.clock() + 3 * DAY)
    anna = await registered(world, "Анна", "Щеглова")
    pyotr = await organiser(world)
    await opens(pyotr, "Семинар")
    pyotr.sees("Для кого — все зарегистрированные (весь край)")
    await pyotr.taps("Для кого")
    await pyotr.taps("Роли")
    await pyotr.taps("☐ стажёр")
    pyotr.sees("☑ стажёр", "0 человек")
    await anna.says("/events")
    anna.sees_not("Семинар")


async def test_an_event_made_by_hand_can_be_for_one_community(world: World) -> None:
    first, second = communities()[:2]
    anna = await registered(world, "Анна", "Щеглова", community=first)
    boris = await registered(world, "Борис", "Галкин", community=second)
    far = await registered(
        world, "Вера", "Совина", community=first, municipality="Тимашевский район"
    )
    pyotr = await organiser(world, EYSK)
    await pyotr.says("/events")
    await pyotr.taps("+ Мероприятие")
    await pyotr.taps("Ейский район")
    await pyotr.says("Встреча сообщества")
    await pyotr.says("27 ноября 15:00-17:00")
    await pyotr.taps("Для кого")
    await pyotr.taps("Сообщества")
    await pyotr.taps(f"☐ {short(first)}")
    pyotr.sees(f"☑ {short(first)}", "2 человека")  # Pyotr is one of them
    await pyotr.taps("‹ Для кого")
    pyotr.sees(f"Сообщества: {first}", "Всего 2 человека")
    await pyotr.taps("‹ К управлению")
    pyotr.sees(f"Для кого — сообщества: {first}")
    for someone, invited in ((anna, True), (boris, False), (far, False)):
        await someone.says("/events")
        assert ("Встреча сообщества" in str(someone.screen)) is invited
    await pyotr.taps("Для кого")
    await pyotr.taps("Муниципалитеты")
    pyotr.sees("☐ Ейский район")
    pyotr.sees_not("Тимашевский район")


async def test_a_role_button_of_an_earlier_release_still_sets_the_role(world: World) -> None:
    number = await planned(world, "Семинар", start=world.clock() + 3 * DAY)
    pyotr = await organiser(world)
    await opens(pyotr, "Семинар")
    for _ in range(2):
        await pyotr.taps_data(f"mf1:{number}:trainee:1")
        pyotr.sees("Роли: стажёр", "Всего 0 человек")
    await pyotr.taps_data(f"eu1:{number}:people:7:1:0")
    pyotr.sees("К мероприятиям")
    meeting = await world.db.read(events.find, number)
    assert meeting is not None
    assert meeting.audience == Audience(roles=(Role.TRAINEE,))
