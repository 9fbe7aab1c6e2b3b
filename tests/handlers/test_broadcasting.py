"""One of the staff writes a notice; whom it reaches, and what its author sees of that."""

from datetime import datetime, timedelta
from io import BytesIO

import openpyxl
import pytest

from bot.notices.callbacks import (
    Confirm,
    Correct,
    Decide,
    Decline,
    Missed,
    NoticeCard,
    Retry,
    Sheet,
    Turn,
    TurnNotice,
    Withdraw,
)
from sandbox.files import Upload
from storage.audiences import Audience
from storage.database import Connection
from storage.notices import account as notice_account
from storage.notices import notices
from storage.notices.notices import Notice, State
from storage.people import people
from storage.people.people import Grant, Role
from storage.privacy import erasing
from storage.questionnaires import campaigns
from storage.scopes import REGION, Scope, ScopeKind
from storage.times import stored
from surveys.loading import load_all
from surveys.questionnaire import Anonymity
from tests.kit.people import person_id, registered
from tests.kit.pictures import png
from tests.kit.tasks import coordinator, give_out, trainee
from tests.kit.world import Person, World

EYSK, ABINSK = "Ейский район", "Абинский район"
IN_EYSK = Scope(ScopeKind.MUNICIPALITY, EYSK)


@pytest.fixture
async def vera(world: World) -> Person:
    return await registered(world, "Вера", "Лисицына", roles=[Grant(Role.ORGANISER, REGION)])


async def written(vera: Person, text: str = "Семинар переносится") -> None:
    """A draft with its content."""
    await vera.says("/broadcast")
    await vera.taps("Новое уведомление")
    await vera.says(text)
    vera.sees("Черновик уведомления")


async def confirmed(vera: Person, word: str = "Отправить") -> None:
    await vera.taps("Проверить и отправить")
    await vera.taps(f"{word}: ")


async def the_notice(world: World) -> Notice:
    (notice,) = await world.db.read(notices.list_for_staff, (REGION,))
    return notice


async def counts(world: World) -> dict[tuple[str, str], int]:
    notice = await the_notice(world)
    return (await world.db.read(notice_account.account, notice.id)).counts


async def campaign(world: World, vera: Person) -> int:
    """A named questionnaire that is open to everybody."""
    author = await person_id(world, vera)
    form = load_all()["event_satisfaction"]
    opened = await world.db.write(
        campaigns.open_campaign,
        form,
        subject="Семинар по ФГОС",
        anonymity=Anonymity.NAMED,
        audience=Audience(),
        scope=REGION,
        opens_at=world.clock(),
        closes_at=world.clock() + timedelta(days=7),
        author=author,
        request_key="test",
        now=world.clock(),
    )
    return opened.id


def answered(conn: Connection, number: int, person: int, now: datetime) -> None:
    conn.execute(
        "INSERT INTO responses (campaign_id, person_id, started_at, touched_at, submitted_at)"
        " VALUES (?, ?, ?, ?, ?)",
        (number, person, stored(now), stored(now), stored(now)),
    )


def logged(conn: Connection) -> list[str]:
    rows = conn.execute("SELECT deed FROM audit WHERE object = 'notice:1' ORDER BY id")
    return [row["deed"] for row in rows]


async def test_a_notice_reaches_everybody_with_their_own_name(world: World, vera: Person) -> None:
    anna = await registered(world, "Анна", "Щеглова", "Петровна")
    oleg = await registered(world, "Олег", "Сомов")
    await written(vera, "{имя отчество}, ждём вас в четверг")
    vera.sees("3 человека", "Когда: сейчас")
    await vera.taps("Проверить и отправить")
    assert vera.has_seen("Вера, ждём вас в четверг")
    vera.sees("Так увидят уведомление", "Получатели: 3 человека")
    await vera.taps("Отправить: 3 человека")
    anna.sees("Анна Петровна, ждём вас в четверг")
    oleg.sees("Олег, ждём вас в четверг")
    assert await counts(world) == {("sent", ""): 3}
    card = next(one for one in vera.messages if "Завершено" in one.text)
    assert "100 %" in card.text
    assert "доставлено: 3" in card.text


async def test_formatting_stays_and_what_looks_like_markup_is_text(
    world: World, vera: Person
) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await vera.says("/broadcast")
    await vera.taps("Новое уведомление")
    world.telegram.send_text(
        vera.id,
        "Важно: <b>2 < 3</b>",
        entities=[{"type": "bold", "offset": 0, "length": 6}],
    )
    await world.settle()
    await confirmed(vera)
    [message] = [one for one in world.telegram.history(anna.id) if "Важно" in one.text]
    assert message.text == "Важно: <b>2 < 3</b>"
    assert message.content["entities"] == [{"type": "bold", "offset": 0, "length": 6}]


async def test_a_photo_a_document_and_an_album_arrive_as_they_were_sent(
    world: World, vera: Person
) -> None:
    anna = await registered(world, "Анна", "Щеглова", "Петровна")
    await vera.says("/broadcast")
    await vera.taps("Новое уведомление")
    await vera.sends_photo(png(40, 30), "Афиша для {имя отчество}")
    await confirmed(vera)
    await vera.says("/broadcast")
    await vera.taps("Новое уведомление")
    await vera.sends_file("план.docx", b"plan", "План")
    await confirmed(vera)
    photo, document = [one for one in world.telegram.history(anna.id) if one.kind != "text"]
    assert (photo.kind, photo.text) == ("photo", "Афиша для Анна Петровна")
    assert (document.kind, document.text) == ("document", "План")
    assert anna.documents[0].content == b"plan"
    await vera.says("/broadcast")
    await vera.taps("Новое уведомление")
    world.telegram.send_album(
        vera.id,
        [("photo", Upload(f"{n}.png", png(40, 30))) for n in range(3)],
        caption="{имя отчество}, фото с семинара",
    )
    await world.settle()
    vera.sees("альбом, 3 вложения")
    await confirmed(vera)
    album = [one for one in world.telegram.history(anna.id) if one.media_group_id]
    assert [one.kind for one in album] == ["photo"] * 3
    assert album[0].text == "Анна Петровна, фото с семинара"


async def test_what_telegram_would_refuse_is_found_before_it_is_sent_to_anybody(
    world: World, vera: Person
) -> None:
    # Her name alone makes a text too long that fits for its author.
    anna = await registered(world, "Анна", "Щеглова", "Константиновна")
    before = len(anna.messages)
    await written(vera, "Ссылка для вас, {имя отчесво}")
    await vera.taps("Проверить и отправить")
    vera.sees("⛔ Непонятная подстановка: {имя отчесво}")
    vera.sees_not("Отправить: ")
    await written(vera, "{имя отчество} " * 250)
    await vera.taps("Проверить и отправить")
    vera.sees("⛔ Текст слишком длинный")
    vera.sees_not("Отправить: ")
    await written(vera, "Здравствуйте")
    await vera.taps_data(Confirm(key="0" * 16).pack())
    assert len(anna.messages) == before
    assert await world.db.read(notices.list_for_staff, (REGION,)) == []


async def test_buttons_lead_to_an_address_and_into_a_questionnaire(
    world: World, vera: Person
) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await campaign(world, vera)
    await world.settle()
    await written(vera)
    await vera.taps("Кнопки")
    await vera.taps("+ Ссылка")
    await vera.says("Программа семинара not-a-link")
    vera.sees("Адрес не похож на ссылку")
    await vera.says("Программа семинара: https://example.org/plan?a=1")
    vera.sees("✕ Программа семинара")
    await vera.taps("+ Пройти опрос")
    await vera.taps("Семинар по ФГОС")
    vera.sees("✕ Программа семинара", "✕ Пройти опрос")
    await vera.taps("Готово")
    await confirmed(vera)
    anna.sees("Семинар переносится")
    assert anna.screen.buttons == [["Программа семинара"], ["Пройти опрос"]]
    await anna.taps("Пройти опрос")
    anna.sees("Начать")


async def test_an_audience_is_united_and_narrowed_within_ones_own_territory(
    world: World,
) -> None:
    vera = await registered(world, "Вера", "Лисицына", roles=[Grant(Role.ORGANISER, IN_EYSK)])
    trainee = Grant(Role.TRAINEE, REGION)
    anna = await registered(world, "Анна", "Щеглова", roles=[trainee])
    oleg = await registered(world, "Олег", "Сомов")
    pavel = await registered(world, "Павел", "Сорока", municipality=ABINSK, roles=[trainee])
    await written(vera)
    vera.sees("3 человека")  # those of her municipality
    await vera.taps("Кому")
    vera.sees_not("+ Ещё группа")  # to everybody nobody can be added
    await vera.taps("Роли")
    await vera.taps("☐ стажёр")
    await vera.taps("Готово")
    vera.sees("Получатели: 1 человек")
    await vera.taps("+ Ещё группа")
    await vera.taps("Список людей")
    await vera.says("Сомов Олег\nСорока Павел\nЩеглова Анна")
    vera.sees("Сорока Павел — такого человека на вашей территории нет", "В списке 2 человека")
    await vera.taps("Готово")
    await vera.taps("Готово")
    await vera.taps("− Исключить группу")
    await vera.taps("Список людей")
    await vera.sends_file("список.csv", "ФИО;школа\nЩеглова Анна;СОШ 5\n".encode("cp1251"))
    await vera.taps("Готово")
    await vera.taps("Готово")
    vera.sees("Кроме: Список людей: Щеглова А.", "Получатели: 1 человек")
    await vera.taps("Готово")
    await confirmed(vera)
    oleg.sees("Семинар переносится")
    assert not anna.has_seen("Семинар переносится")
    assert not pavel.has_seen("Семинар переносится")


async def test_a_list_comes_from_a_workbook_too(world: World, vera: Person) -> None:
    anna = await registered(world, "Анна", "Щеглова", "Петровна")
    book = openpyxl.Workbook()
    for row in (("Фамилия", "Имя", "Отчество"), ("Щеглова", "Анна", "Петровна")):
        book.worksheets[0].append(row)
    content = BytesIO()
    book.save(content)
    await written(vera)
    await vera.taps("Кому")
    await vera.taps("Список людей")
    await vera.sends_file("люди.xlsx", content.getvalue())
    vera.sees("В списке 1 человек", "Щеглова А. П.")
    await vera.sends_file("люди.pdf", b"%PDF\x00\x01\x02")
    vera.sees("не нашлось списка")
    await vera.taps("Готово")
    await vera.taps("Готово")
    await confirmed(vera)
    anna.sees("Семинар переносится")


async def test_those_who_have_not_answered_a_named_questionnaire_are_an_audience(
    world: World, vera: Person
) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    oleg = await registered(world, "Олег", "Сомов")
    number = await campaign(world, vera)
    await world.settle()
    await world.db.write(answered, number, await person_id(world, oleg), world.clock())
    await written(vera, "Ждём ваших ответов")
    await vera.taps("Кому")
    await vera.taps("Не ответили на опрос")
    await vera.taps("☐ Как прошло мероприятие")
    await vera.taps("Готово")
    await vera.taps("Готово")
    await confirmed(vera)
    anna.sees("Ждём ваших ответов")
    assert not oleg.has_seen("Ждём ваших ответов")


async def test_it_goes_at_its_time_and_can_be_stopped_before(world: World, vera: Person) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await written(vera)
    await vera.taps("Когда")
    await vera.says("9:00")
    vera.sees("уже прошла")
    await vera.says("24 ноября 10:30")
    vera.sees("завтра, 24 ноября, 10:30")
    await confirmed(vera, "Запланировать")
    vera.sees("Запланировано")
    world.clock.advance(timedelta(hours=24))
    await world.settle()
    assert not anna.has_seen("Семинар переносится")
    await vera.taps("Пауза")
    world.clock.advance(timedelta(hours=1))
    await world.settle()
    assert not anna.has_seen("Семинар переносится")
    await vera.taps("Продолжить")
    anna.sees("Семинар переносится")


async def test_nobody_is_woken_and_the_author_is_told(world: World, vera: Person) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    world.clock.advance(timedelta(hours=12))  # 22:00 in Moscow
    await written(vera)
    await vera.taps("Проверить и отправить")
    vera.sees("тихие часы", "завтра, 24 ноября, 08:00")
    await vera.taps("Отправить: ")
    assert not anna.has_seen("Семинар переносится")
    await vera.taps("Отменить")
    await vera.taps("Да, отменить")
    vera.sees("Отменено", "отправка отменена — 2")
    await written(vera, "Пожар, занятий нет")
    await vera.taps("Сделать срочным")
    vera.sees("Сделать обычным")
    await confirmed(vera)
    anna.sees("Пожар, занятий нет")


async def test_a_large_notice_needs_another_persons_word(world: World) -> None:
    vera = await registered(world, "Вера", "Лисицына", roles=[Grant(Role.COORDINATOR, REGION)])
    anna = await registered(world, "Анна", "Щеглова")
    world.changes["approval_from"] = 2
    await world.restart()
    await written(vera)
    await vera.taps("Проверить и отправить")
    vera.sees("подтвердит второй человек")
    await vera.taps("На согласование: ")
    assert vera.toast.startswith("Подтвердить отправку сейчас некому")
    boss = await registered(world, "Ирина", "Главная", admin=True)
    await vera.taps("На согласование: ")
    vera.sees("Ждёт согласования")
    assert not anna.has_seen("Семинар переносится")
    boss.sees("Лисицына Вера просит согласовать уведомление", "Семинар переносится")
    notice = await the_notice(world)
    await vera.taps_data(Decide(notice=notice.id, approved=True).pack())
    assert "нужен второй человек" in vera.toast
    await boss.taps("Согласовать")
    anna.sees("Семинар переносится")
    assert vera.has_seen("согласовано и уже уходит")
    await written(vera, "Ещё одно")
    await confirmed(vera, "На согласование")
    await boss.taps("Отклонить")
    boss.sees("Почему отклоняете «Ещё одно»?", "её прочтёт автор")
    await boss.taps("Не тем людям")
    assert not anna.has_seen("Ещё одно")
    assert vera.has_seen("отклонено, оно никому не ушло.\n\nПричина: Не тем людям")


async def test_a_reason_in_the_deciders_own_words_reaches_the_author(world: World) -> None:
    vera = await registered(world, "Вера", "Лисицына", roles=[Grant(Role.ORGANISER, REGION)])
    boss = await coordinator(world)
    world.changes["approval_from"] = 2
    await world.restart()
    await written(vera)
    await confirmed(vera, "На согласование")
    await boss.taps("Отклонить")
    await boss.says("я" * 301)
    boss.sees("Причина длиннее 300 знаков")
    assert (await the_notice(world)).state is State.AWAITING
    await boss.says("Дата <неверна>:\nне 14, а 15 марта")
    boss.sees("Уведомление отклонено.")
    vera.sees("отклонено, оно никому не ушло", "Причина: Дата <неверна>: не 14, а 15 марта")
    await vera.taps("Показать")
    vera.sees("Отклонено", "Причина: Дата <неверна>: не 14, а 15 марта")
    await boss.taps_data(Decline(notice=(await the_notice(world)).id, why="text").pack())
    assert "уже решили" in boss.toast


async def test_who_blocked_the_bot_is_named_with_the_reason_and_tried_again_when_back(
    world: World, vera: Person
) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    oleg = await registered(world, "Олег", "Сомов")
    anna.blocks()
    await world.settle()
    world.telegram.deactivate(oleg.id)
    await world.db.write(people.set_reachable, await person_id(world, anna))
    await written(vera)
    await confirmed(vera)
    assert await counts(world) == {
        ("sent", ""): 1,
        ("failed", "blocked"): 1,
        ("failed", "deactivated"): 1,
    }
    await vera.says("/broadcast")
    await vera.taps("Семинар переносится")
    vera.sees("не доставлено: 2", "остановили бота — 1", "аккаунт удалён — 1")
    await vera.taps("Кому не дошло")
    vera.sees("Щеглова Анна", "остановили бота", "Сомов Олег")
    await vera.taps("К уведомлению")
    anna.unblocks()
    await anna.says("/start")
    await vera.taps("Повторить недошедшим")
    vera.sees("1 человек")
    await vera.taps("Повторить недошедшим")
    anna.sees("Семинар переносится")
    assert await counts(world) == {("sent", ""): 2, ("failed", "deactivated"): 1}


async def test_a_message_of_unknown_fate_is_repeated_only_on_the_authors_word(
    world: World, vera: Person
) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await written(vera)
    await vera.taps("Проверить и отправить")
    world.telegram.faults.add("drop_after", methods=["sendMessage"], times=2)
    await vera.taps("Отправить: ")
    assert await counts(world) == {("unknown", "no-answer"): 2}
    await vera.taps("Обновить")
    assert vera.has_seen("неизвестно: 2")
    await vera.taps("Повторить недошедшим")
    assert vera.has_seen("неизвестно, дошло ли")
    assert not vera.has_seen("[Повторить недошедшим]")
    await vera.taps("И тем, о ком неизвестно")
    texts = [one.text for one in anna.messages]
    assert texts.count("Семинар переносится") == 2


async def test_a_sent_notice_is_corrected_everywhere_and_once(world: World, vera: Person) -> None:
    anna = await registered(world, "Анна", "Щеглова", "Петровна")
    oleg = await registered(world, "Олег", "Сомов")
    await written(vera, "{имя отчество}, ждём в среду")
    await confirmed(vera)
    [gone] = [one for one in world.telegram.history(oleg.id) if "ждём" in one.text]
    del world.telegram.chats[oleg.id].messages[gone.message_id]
    await vera.taps("Исправить")
    await vera.says("{имя отчество}, ждём в четверг")
    assert [one.text for one in anna.messages if "ждём" in one.text] == [
        "Анна Петровна, ждём в четверг"
    ]
    await vera.taps("К уведомлению")
    vera.sees("Исправление", "изменено: 2", "не изменено: 1 (Telegram не даёт изменить — 1)")
    assert gone.text == "Олег, ждём в среду"


@pytest.mark.parametrize(("hours", "marked"), [(1, False), (49, True)])
async def test_a_withdrawn_notice_is_deleted_or_where_too_old_overwritten(
    world: World, vera: Person, hours: int, marked: bool
) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await written(vera, "Ошибочное известие")
    await confirmed(vera)
    anna.sees("Ошибочное известие")
    world.clock.advance(timedelta(hours=hours))
    await vera.says("/broadcast")
    await vera.taps("○ Ошибочное известие")
    await vera.taps("Отозвать")
    await vera.taps("Да, отозвать")
    assert not anna.has_seen("Ошибочное известие")
    assert anna.has_seen("Это сообщение отозвано") is marked
    await vera.taps("Обновить")
    vera.sees("Отзыв", "изменено: 2")
    deeds = await world.db.read(logged)
    assert deeds == ["notice-confirmed", "notice-withdrawn"]
    vera.sees_not("Исправить")


async def test_the_account_is_a_workbook_that_adds_up(world: World, vera: Person) -> None:
    anna = await registered(world, "=Анна", "Щеглова")
    anna.blocks()
    await world.settle()
    await world.db.write(people.set_reachable, await person_id(world, anna))
    await written(vera)
    await confirmed(vera)
    await vera.taps("Отчёт в таблице")
    book = openpyxl.load_workbook(BytesIO(vera.documents[-1].content))
    assert book.sheetnames == ["Итог", "Получатели"]
    rows = list(book["Получатели"].iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[1], row[5], row[6]) for row in rows] == [
        ("Лисицына", "Вера", "доставлено", None),
        ("Щеглова", "=Анна", "не доставлено", "остановили бота"),
    ]
    shown = [row for row in book["Итог"].iter_rows(values_only=True) if row[0]]
    assert any(row[0] == "Всего получателей" and 2 in row for row in shown)
    await vera.taps("Исправить")
    await vera.says("Семинар в пятницу")
    await vera.taps("К уведомлению")
    await vera.taps("Отчёт в таблице")
    book = openpyxl.load_workbook(BytesIO(vera.documents[-1].content))
    rows = list(book["Исправление"].iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[5]) for row in rows] == [("Лисицына", "изменено")]
    told = [row[:3] for row in book["Итог"].iter_rows(values_only=True) if isinstance(row[1], int)]
    assert told == [
        ("доставлено", 1, None),
        ("не доставлено", 1, "остановили бота"),
        ("Всего получателей", 2, None),
        ("изменено", 1, None),
    ]


async def test_the_notice_of_another_territory_cannot_be_touched(world: World) -> None:
    vera = await registered(world, "Вера", "Лисицына", roles=[Grant(Role.ORGANISER, REGION)])
    in_abinsk = Grant(Role.ORGANISER, Scope(ScopeKind.MUNICIPALITY, ABINSK))
    pavel = await registered(world, "Павел", "Сорока", municipality=ABINSK, roles=[in_abinsk])
    await written(vera)
    await vera.taps("Когда")
    await vera.taps("Завтра в 9:00")
    await confirmed(vera, "Запланировать")
    notice = await the_notice(world)
    await pavel.says("/broadcast")
    pavel.sees("Уведомлений пока нет")
    for button in (
        NoticeCard(notice=notice.id),
        TurnNotice(notice=notice.id, to=Turn.CANCEL, sure=True),
        Missed(notice=notice.id),
        Sheet(notice=notice.id),
        Retry(notice=notice.id, sure=True),
        Correct(notice=notice.id),
        Withdraw(notice=notice.id, sure=True),
    ):
        await pavel.taps_data(button.pack())
        pavel.sees("не на вашей территории")
    assert (await the_notice(world)).state is State.SCHEDULED


async def test_a_confirmation_pressed_twice_sends_once(world: World, vera: Person) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await written(vera)
    await vera.taps("Проверить и отправить")
    data = vera.data_of("Отправить: ")
    shown = vera.screen.message_id
    await vera.taps_data(data, message_id=shown)
    await vera.taps_data(data, message_id=shown)
    assert [one.text for one in anna.messages].count("Семинар переносится") == 1
    assert len(await world.db.read(notices.list_for_staff, (REGION,))) == 1


async def test_whoever_erased_themselves_is_still_counted(world: World, vera: Person) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await written(vera)
    await confirmed(vera)
    await world.db.write(erasing.forget, anna.id)
    await vera.taps("Обновить")
    assert vera.has_seen("Получателей: 2\n• доставлено: 1\n• удалили свои данные: 1")


def seminar(conn: Connection, coming: int, now: datetime) -> None:
    start, end = stored(now + timedelta(days=3)), stored(now + timedelta(days=3, hours=2))
    conn.execute(
        "INSERT INTO events (id, scope_kind, title, created_at) VALUES (1, 'region', 'Форум', ?)",
        (stored(now),),
    )
    conn.execute(
        "INSERT INTO occurrences (id, event_id, starts_at, ends_at, uid, check_in)"
        " VALUES (1, 1, ?, ?, 'u', 'c')",
        (start, end),
    )
    conn.execute(
        "INSERT INTO signups (occurrence_id, person_id, choice, said_at)"
        " VALUES (1, ?, 'coming', ?)",
        (coming, stored(now)),
    )


async def test_those_who_said_they_would_come_are_an_audience(world: World, vera: Person) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    oleg = await registered(world, "Олег", "Сомов")
    await world.db.write(seminar, await person_id(world, anna), world.clock())
    await written(vera, "Ждём вас на форуме")
    await vera.taps("Кому")
    await vera.taps("По мероприятию")
    await vera.taps("Форум")
    await vera.taps("☐ придут")
    vera.sees("☑ придут")
    await vera.taps("Готово")
    vera.sees("По мероприятию: Форум: придут", "Получатели: 1 человек")
    await vera.taps("Готово")
    await vera.taps("Кнопки")
    await vera.taps("+ Мероприятие")
    await vera.taps("Форум")
    await vera.taps("Готово")
    await confirmed(vera)
    anna.sees("Ждём вас на форуме", "Открыть мероприятие")
    assert not oleg.has_seen("Ждём вас на форуме")


def handed_in(conn: Connection, task: int, person: int, now: datetime) -> None:
    conn.execute(
        "INSERT INTO submissions (task_id, person_id, version, attempt, state, created_at,"
        " submitted_at) VALUES (?, ?, 1, 1, 'waiting', ?, ?)",
        (task, person, stored(now), stored(now)),
    )


async def test_those_who_have_not_handed_in_a_task_are_an_audience_as_of_the_sending(
    world: World,
) -> None:
    boss = await coordinator(world)
    ilya, zoya = await trainee(world), await trainee(world, "Зоя", "Журавина")
    early = await trainee(world, "Ян", "Дятлов")
    teacher = await registered(world, "Анна", "Щеглова")
    task = await give_out(world, boss, "Разработка урока")
    await world.db.write(handed_in, task, await person_id(world, early), world.clock())
    await written(boss, "Ждём ваших работ")
    await boss.taps("Кому")
    await boss.taps("Не сдали задание")
    await boss.taps("☐ Разработка урока")
    boss.sees("☑ Разработка урока", "Сейчас это 2 человека")
    await boss.taps("Готово")
    boss.sees("Не сдали задание: Разработка урока", "Получатели: 2 человека")
    await boss.taps("Готово")
    await boss.taps("Когда")
    await boss.taps("Завтра в 9:00")
    await confirmed(boss, "Запланировать")
    # Handed in meanwhile: it is no longer for her.
    await world.db.write(handed_in, task, await person_id(world, zoya), world.clock())
    world.clock.advance(timedelta(days=1))
    await world.settle()
    ilya.sees("Ждём ваших работ")
    assert not any(one.has_seen("Ждём ваших работ") for one in (zoya, early, teacher))


async def test_whoever_has_handed_in_everything_leaves_nobody_and_not_everybody(
    world: World,
) -> None:
    boss = await coordinator(world)
    ilya = await trainee(world)
    task = await give_out(world, boss, "Разработка урока")
    await world.db.write(handed_in, task, await person_id(world, ilya), world.clock())
    await written(boss, "Ждём ваших работ")
    await boss.taps("Кому")
    await boss.taps("Не сдали задание")
    await boss.taps("☐ Разработка урока")
    await boss.taps("Готово")
    boss.sees("Получатели: 0 человек")
    await boss.taps("Готово")
    await boss.taps("Проверить и отправить")
    boss.sees("⛔ Получателей нет")
    boss.sees_not("Отправить: ")


async def test_a_plain_notice_takes_one_message_and_two_taps(world: World, vera: Person) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await vera.says("/broadcast")
    vera.sees("пришлите его прямо сюда")
    await vera.says("Семинар переносится")
    vera.sees("Черновик уведомления", "2 человека")
    await confirmed(vera)
    anna.sees("Семинар переносится")


async def test_somebody_with_two_territories_is_asked_for_which_after_the_message(
    world: World,
) -> None:
    in_abinsk = Scope(ScopeKind.MUNICIPALITY, ABINSK)
    grants = [Grant(Role.ORGANISER, IN_EYSK), Grant(Role.ORGANISER, in_abinsk)]
    vera = await registered(world, "Вера", "Лисицына", roles=grants)
    pavel = await registered(world, "Павел", "Сорока", municipality=ABINSK)
    await vera.says("/broadcast")
    await vera.says("Семинар переносится")
    vera.sees("Для какой территории")
    await vera.taps(ABINSK)
    vera.sees("Черновик уведомления", "«Семинар переносится»", "1 человек")
    await confirmed(vera)
    pavel.sees("Семинар переносится")
    assert [one.text for one in vera.messages].count("Семинар переносится") == 1  # the preview


async def test_a_document_sent_to_the_list_is_a_notice_even_from_who_imports_roadmaps(
    world: World,
) -> None:
    boss = await coordinator(world)
    await boss.says("/broadcast")
    await boss.sends_file("план.docx", b"plan", "План семинара")
    boss.sees("Черновик уведомления", "План семинара")


async def test_a_button_under_a_notice_leads_its_recipient_to_the_task(world: World) -> None:
    boss = await coordinator(world)
    ilya = await trainee(world)
    teacher = await registered(world, "Анна", "Щеглова")
    await give_out(world, boss, "Разработка урока")
    await written(boss, "Ждём ваших работ")
    await boss.taps("Кнопки")
    await boss.taps("+ Задание")
    await boss.taps("Разработка урока")
    await boss.taps("Готово")
    await confirmed(boss)
    ilya.sees("Ждём ваших работ")
    await ilya.taps("Открыть задание")
    ilya.sees("Разработка урока", "Сдать")
    await teacher.taps("Открыть задание")  # it was not given to her
    teacher.sees_not("Сдать")


async def test_the_author_sends_it_to_themselves_and_to_nobody_else(
    world: World, vera: Person
) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    before = len(anna.messages)
    await written(vera, "{имя отчество}, семинар переносится")
    await vera.taps("Отправить себе")
    assert vera.has_seen("Вера, семинар переносится")
    assert len(anna.messages) == before
    assert await world.db.read(notices.list_for_staff, (REGION,)) == []
    await vera.taps("Проверить и отправить")
    await vera.taps("Отправить себе")
    assert len(anna.messages) == before


async def test_a_title_in_the_list_leaves_the_placeholder_out(world: World, vera: Person) -> None:
    anna = await registered(world, "Анна", "Щеглова", "Петровна")
    await written(vera, "{имя отчество}, ждём вас в четверг")
    await confirmed(vera)
    anna.sees("Анна Петровна, ждём вас в четверг")
    await vera.says("/broadcast")
    await vera.taps("○ Ждём вас в четверг")
    vera.sees("Ждём вас в четверг")
    vera.sees_not("{имя")
