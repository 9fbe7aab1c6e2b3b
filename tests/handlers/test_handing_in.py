"""Handing in: any mix of messages becomes a draft, is sent once, and nothing is lost or doubled."""

from datetime import timedelta
from pathlib import Path

import pytest

from sandbox.files import Upload
from storage.files import files
from storage.tasks import changing, drafts, submissions
from storage.tasks.submissions import Item
from storage.tasks.tasks import MAX_BYTES
from surveys.task_dates import Dates
from surveys.tasks import Content, VersionState
from tests.kit.people import person_id
from tests.kit.tasks import PDF, PNG, coordinator, give_out, office, trainee
from tests.kit.world import Person, World


async def begin(someone: Person) -> None:
    await someone.says("/tasks")
    await someone.taps("4.1 Разработка")
    await someone.taps("Сдать")


async def collected(world: World, number: int, someone: Person) -> tuple[Item, ...]:
    draft = await world.db.read(drafts.draft, number, await person_id(world, someone))
    assert draft is not None
    return await world.db.read(submissions.items, draft.id)


async def sent(world: World, number: int, someone: Person) -> list[submissions.Submission]:
    return await world.db.read(submissions.history, number, await person_id(world, someone))


def on_disk(world: World) -> set[str]:
    folder = world.folder / files.FOLDER
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def with_buttons(someone: Person) -> list[int]:
    """The messages from which the draft can be sent, put aside or thrown away."""
    return [one.message_id for one in someone.messages if "Отложить" in one.labels]


async def again(world: World, someone: Person) -> None:
    newest = [one for one in world.telegram.history(someone.id) if not one.outgoing][-1]
    world.telegram.update("message", someone.id, newest.to_json())
    await world.settle()


async def test_text_link_file_and_photo_make_one_work(world: World) -> None:
    ilya = await trainee(world)
    number = await give_out(world, await coordinator(world))
    await begin(ilya)
    await ilya.says("Мой урок о дробях")
    await ilya.says("https://disk.example.ru/urok?utm_source=bot")
    plan = office()  # a second one differs: it holds the time
    await ilya.sends_file("Конспект.docx", plan)
    await ilya.sends_photo(PNG, "Доска после урока")
    ilya.sees("1. «Мой урок о дробях»", "2. ссылка", "3. Конспект.docx", "4. фото.png")
    await ilya.taps("Отправить окончательно")
    (version,) = await sent(world, number, ilya)
    found = await world.db.read(submissions.items, version.id)
    assert [one.content for one in found] == [
        Content.TEXT,
        Content.LINK,
        Content.DOCUMENT,
        Content.PHOTO,
    ]
    stored = files.path_of(world.folder, found[2].stored_name or "")
    assert stored.read_bytes() == plan
    assert "Конспект" not in str(stored)


async def test_an_album_of_ten_is_ten_things_in_order_shown_once(world: World) -> None:
    ilya = await trainee(world)
    number = await give_out(world, await coordinator(world))
    await begin(ilya)
    world.telegram.send_album(
        ilya.id,
        [("document", Upload(f"Лист {page}.pdf", PDF + bytes([page]))) for page in range(10)],
    )
    await world.settle()
    found = await collected(world, number, ilya)
    assert [one.name for one in found] == [f"Лист {page}.pdf" for page in range(10)]
    assert with_buttons(ilya) == [ilya.screen.message_id]
    ilya.sees("10. Лист 9.pdf")
    await ilya.taps("✕ 3")
    ilya.sees_not("Лист 2.pdf")
    assert len(await collected(world, number, ilya)) == 9
    assert len(on_disk(world)) == 9


async def test_a_file_just_below_the_limit_is_taken_and_one_above_is_refused_with_a_remedy(
    world: World,
) -> None:
    ilya = await trainee(world)
    number = await give_out(world, await coordinator(world))
    await begin(ilya)
    await ilya.sends_file("Большой.pdf", PDF + bytes(19_900_000 - len(PDF)))
    ilya.sees("Большой.pdf, 19,9 МБ")
    await ilya.sends_file("Слишком большой.pdf", PDF + bytes(21_000_000))
    ilya.sees("слишком большой (21 МБ)", "до 20 МБ", "облако", "1. Большой.pdf")
    found = await collected(world, number, ilya)
    assert [one.size for one in found] == [19_900_000]
    assert found[0].size is not None
    assert found[0].size <= MAX_BYTES


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("Игра.pdf", b"MZ" + bytes(100), "Программы"),
        ("Макрос.docx", office(macros=True), "макросы"),
        ("Картинка.png", PNG + office(), "спрятан"),
        ("Страница.pdf", b"<!DOCTYPE html><script>1</script>", "Веб-страницы"),
        ("Сломан.docx", b"PK\x03\x04" + bytes(50), "не открывается"),
        ("Запуск.bat", b"echo 1", "Программы"),
    ],
)
async def test_what_is_not_taken_is_told_at_once_and_leaves_nothing_behind(
    world: World, name: str, content: bytes, says: str
) -> None:
    ilya = await trainee(world)
    number = await give_out(world, await coordinator(world))
    await begin(ilya)
    await ilya.sends_file(name, content)
    ilya.sees(says, "Пришлите работу сообщениями")
    assert await collected(world, number, ilya) == ()
    assert on_disk(world) == set()


async def test_a_task_takes_only_what_it_asks_for(world: World) -> None:
    ilya = await trainee(world)
    number = await give_out(
        world,
        await coordinator(world),
        accepts=(Content.DOCUMENT, Content.LINK),
        file_types=("pdf",),
        max_items=2,
    )
    await begin(ilya)
    await ilya.says("Просто слова")
    ilya.sees("текст не принимается", "документ (PDF)")
    await ilya.sends_file("Урок.docx", office())
    ilya.sees("Это Word")
    await ilya.sends_photo(PNG)
    ilya.sees("фото не принимается")
    await ilya.says("Вот: https://a.example.ru/1")
    await ilya.sends_file("Урок.docx", PDF)
    ilya.sees("2. Урок.pdf")
    await ilya.sends_file("Ещё.pdf", PDF + b"1")
    ilya.sees("Поместится 2 вложения")
    found = await collected(world, number, ilya)
    assert [one.content for one in found] == [Content.LINK, Content.DOCUMENT]


async def test_a_message_handled_twice_is_kept_once_and_a_work_is_sent_once(world: World) -> None:
    ilya = await trainee(world)
    number = await give_out(world, await coordinator(world))
    await begin(ilya)
    await ilya.sends_file("Урок.pdf", PDF)
    await again(world, ilya)
    await ilya.says("Пояснение https://a.example.ru")
    await again(world, ilya)
    assert len(await collected(world, number, ilya)) == 3
    assert len(on_disk(world)) == 1
    send = ilya.data_of("Отправить окончательно")
    await ilya.taps("Отправить окончательно")
    await ilya.taps_data(send)
    ilya.sees("повторно она не ушла")
    assert len(await sent(world, number, ilya)) == 1


async def test_a_draft_stays_through_a_restart_and_through_leaving(world: World) -> None:
    ilya = await trainee(world)
    number = await give_out(world, await coordinator(world))
    await begin(ilya)
    await ilya.says("Первая половина")
    await ilya.taps("Отложить")
    ilya.sees("Черновик сохранён", "есть черновик")
    await world.restart()
    await ilya.says("/menu")
    await ilya.says("это уже не в черновик")
    await ilya.says("/tasks")
    await ilya.taps("4.1 Разработка · черновик")
    await ilya.taps("Продолжить черновик")
    ilya.sees("Первая половина")
    await ilya.says("Вторая половина")
    found = await collected(world, number, ilya)
    assert [one.text for one in found] == ["Первая половина", "Вторая половина"]
    await ilya.taps("Удалить черновик")
    await ilya.taps("Да, удалить")
    ilya.sees("Черновик удалён", "Сдать")


async def test_files_taken_out_discarded_or_erased_leave_the_disk(world: World) -> None:
    ilya = await trainee(world)
    await give_out(world, await coordinator(world))
    await begin(ilya)
    await ilya.sends_file("Один.pdf", PDF)
    await ilya.sends_file("Два.pdf", PDF + b"2")
    await ilya.taps("✕ 1")
    assert len(on_disk(world)) == 1
    await ilya.taps("Отправить окончательно")
    assert len(on_disk(world)) == 1
    await ilya.says("/privacy")
    await ilya.taps("Отозвать согласие")
    await ilya.taps("Да, удалить всё")
    await world.settle()
    assert on_disk(world) == set()


async def test_late_is_marked_by_how_much_and_after_the_cut_off_it_is_said_whom_to_ask(
    world: World,
) -> None:
    marina = await coordinator(world)
    ilya, vera = await trainee(world), await trainee(world, "Вера", "Лисицына")
    now = world.clock()
    dates = Dates(now, now + timedelta(days=2), now + timedelta(days=5))
    number = await give_out(world, marina, dates=dates)
    await begin(vera)
    await vera.says("Почти готово")
    world.clock.advance(timedelta(days=4, hours=1))
    await world.settle()
    await begin(ilya)
    await ilya.says("Работа")
    await ilya.taps("Отправить окончательно")
    ilya.sees("с опозданием на 2 дня")
    late = timedelta(seconds=(await sent(world, number, ilya))[0].late)
    # The sandbox's clock goes on by itself, so that a slow machine adds a second.
    assert timedelta(days=2, hours=1) <= late < timedelta(days=2, hours=2)
    world.clock.advance(timedelta(days=1))
    await vera.taps("Отправить окончательно")
    vera.sees("закончился", "Полянская М. И.")
    assert await sent(world, number, vera) == []


async def test_a_deadline_moved_while_a_draft_is_open_holds_when_it_is_sent(world: World) -> None:
    marina, ilya = await coordinator(world), await trainee(world)
    now = world.clock()
    number = await give_out(world, marina, dates=Dates(now, now + timedelta(days=2)))
    await begin(ilya)
    await ilya.says("Работа")
    for days in (3, 5):
        await world.db.write(changing.move, number, due=now + timedelta(days=days), cutoff=None)
    await world.settle()
    ilya.sees("Изменился срок задания", "28 ноября")
    told = [one for one in ilya.messages if "Изменился срок" in one.text]
    assert len(told) == 1
    world.clock.advance(timedelta(days=4))
    await ilya.taps("Отправить окончательно")
    assert ilya.has_seen("Работа принята на проверку")
    assert (await sent(world, number, ilya))[0].late == 0


async def test_a_deadline_moved_twice_in_the_night_is_one_notice_in_the_morning(
    world: World,
) -> None:
    marina, ilya = await coordinator(world), await trainee(world)
    now = world.clock()
    number = await give_out(world, marina, dates=Dates(now, now + timedelta(days=9)))
    await world.db.write(changing.move, number, due=now + timedelta(days=9), cutoff=None)
    await world.settle()
    assert not ilya.has_seen("Изменился срок")  # it is the same one
    world.clock.advance(timedelta(hours=12))  # 22:00
    for days in (10, 12):
        await world.db.write(changing.move, number, due=now + timedelta(days=days), cutoff=None)
        await world.settle()  # each move is planned: both wait for the morning
    world.clock.advance(timedelta(hours=11))
    await world.settle()
    (told,) = [one.text for one in ilya.messages if "Изменился срок" in one.text]
    assert "до 5 декабря" in told


async def test_a_new_version_during_the_review_replaces_the_old_and_the_reviewer_is_told(
    world: World,
) -> None:
    marina, ilya = await coordinator(world), await trainee(world)
    number = await give_out(world, marina)
    await begin(ilya)
    await ilya.says("Первая версия")
    await ilya.taps("Отправить окончательно")
    await marina.says("/review")
    await marina.taps("Зорин И.")
    accept = marina.data_of("Принять")
    await ilya.taps("К заданию")
    await ilya.taps("Заменить новой версией")
    ilya.sees("эта её заменит")
    await ilya.says("Вторая версия")
    await ilya.taps("Отправить окончательно")
    await marina.taps_data(accept)
    marina.sees("новую версию")
    await marina.taps("Зорин И.")
    marina.sees("Вторая версия", "попытка 1")
    await marina.taps("Принять")
    states = [one.state for one in await sent(world, number, ilya)]
    assert states == [VersionState.REPLACED, VersionState.ACCEPTED]


async def test_files_of_before_a_lost_token_are_still_there(world: World, tmp_path: Path) -> None:
    marina, ilya = await coordinator(world), await trainee(world)
    number = await give_out(world, marina)
    await begin(ilya)
    await ilya.sends_file("Урок.pdf", PDF)
    await ilya.taps("Отправить окончательно")

    def forget_ids(conn: object) -> None:
        conn.execute("UPDATE submission_items SET file_id = 'BQACAgIAAxk-of-another-bot'")  # type: ignore[attr-defined]  # sqlite3 is storage's

    await world.db.write(forget_ids)
    await marina.says("/review")
    await marina.taps("Зорин И.")
    await marina.taps("Показать работу")
    assert [(one.name, one.content) for one in marina.documents] == [("Урок.pdf", PDF)]
    assert number


async def test_a_draft_has_one_screen_below_what_was_sent_last(world: World) -> None:
    ilya = await trainee(world)
    await give_out(world, await coordinator(world))
    await begin(ilya)
    for text in ("Первое", "Второе", "Третье"):
        await ilya.says(text)
        assert with_buttons(ilya) == [ilya.screen.message_id]
        ilya.sees(text)
    await world.restart()
    await again(world, ilya)
    assert with_buttons(ilya) == [ilya.screen.message_id]
    await ilya.says("/tasks")  # leaves the form; the draft is opened again from its card
    await ilya.taps("4.1 Разработка")
    await ilya.taps("Продолжить черновик")
    assert with_buttons(ilya) == [ilya.screen.message_id]
    ilya.sees("3. «Третье»")
    await ilya.taps("Отложить")
    ilya.sees("Черновик сохранён")
    aside = ilya.screen.message_id
    await ilya.taps("Продолжить черновик")
    await ilya.says("Четвёртое")
    assert with_buttons(ilya) == [ilya.screen.message_id]
    assert aside not in [one.message_id for one in ilya.messages]
    await ilya.taps("Отправить окончательно")
    ilya.sees("Работа принята на проверку")
    assert with_buttons(ilya) == []


async def test_a_screen_too_old_to_be_deleted_stays_as_a_line_without_buttons(
    world: World,
) -> None:
    ilya = await trainee(world)
    await give_out(world, await coordinator(world))
    await begin(ilya)
    await ilya.says("Первое")
    old = ilya.screen.message_id
    world.clock.advance(timedelta(days=3))
    await ilya.says("Второе")
    (left,) = [one for one in ilya.messages if one.message_id == old]
    assert (left.text, left.buttons) == ("Черновик этой работы — в другом сообщении.", [])
    assert len(with_buttons(ilya)) == 1


async def test_the_card_that_took_a_drafts_place_is_left_alone(world: World) -> None:
    ilya = await trainee(world)
    await give_out(world, await coordinator(world))
    await begin(ilya)
    await ilya.says("Первое")
    await ilya.taps("Отложить")
    card = ilya.screen.message_id
    await ilya.says("/tasks")
    await ilya.taps("4.1 Разработка")
    await ilya.taps("Продолжить черновик")
    assert "Черновик сохранён" in next(one.text for one in ilya.messages if one.message_id == card)


async def test_what_was_refused_of_an_album_is_named_and_stays_to_be_read(world: World) -> None:
    ilya = await trainee(world)
    await give_out(world, await coordinator(world))
    await begin(ilya)
    files_ = [("Урок.pdf", PDF), ("Игра.pdf", b"MZ" + bytes(100)), ("План.pdf", PDF + b"1")]
    world.telegram.send_album(ilya.id, [("document", Upload(*one)) for one in files_])
    await world.settle()
    ilya.sees("«Игра»: программы и сценарии не принимаются", "1. Урок.pdf", "2. План.pdf")
    refused = ilya.screen.message_id
    await ilya.says("И ещё текст")
    ilya.sees_not("Игра")
    (left,) = [one for one in ilya.messages if one.message_id == refused]
    assert "Игра" in left.text
    assert left.buttons == []
