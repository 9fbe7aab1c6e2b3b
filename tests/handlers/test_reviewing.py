"""Reviewing in the chat: nobody judges twice, and a verdict can be taken back for a minute."""

import io
import zipfile
from datetime import timedelta
from functools import partial

from openpyxl import load_workbook

from bot.texts.reviewing import TROUBLES
from storage import audit
from storage.scopes import Scope, ScopeKind
from storage.tasks import submissions
from storage.tasks.reviewing import Trouble
from surveys.tasks import VersionState
from tests.kit.people import person_id
from tests.kit.tasks import EISK, PDF, coordinator, expert, give_out, office, trainee
from tests.kit.world import Person, World

SOCHI = Scope(ScopeKind.MUNICIPALITY, "Сочи")
MINUTE = timedelta(minutes=1, seconds=1)


async def handed_in(
    someone: Person, text: str = "Моя работа", task: str = "4.1 Разработка"
) -> None:
    await someone.says("/tasks")
    await someone.taps(task)
    await someone.taps("Сдать")
    await someone.says(text)
    await someone.taps("Отправить окончательно")


async def state_of(world: World, number: int, someone: Person) -> list[VersionState]:
    found = await world.db.read(submissions.history, number, await person_id(world, someone))
    return [one.state for one in found]


async def test_two_reviewers_do_not_judge_the_same_work(world: World) -> None:
    marina, petr = await coordinator(world), await expert(world)
    ilya, vera = await trainee(world), await trainee(world, "Вера", "Лисицына")
    number = await give_out(world, marina)
    await handed_in(ilya)
    world.clock.advance(timedelta(minutes=5))
    await handed_in(vera)
    await marina.says("/review")
    await petr.says("/review")
    first = petr.data_of("Зорин И.")
    await marina.taps("Зорин И.")
    await petr.taps_data(first)
    assert petr.toast == TROUBLES[Trouble.TAKEN]
    judge = marina.data_of("Принять")
    await petr.taps_data(judge)
    assert petr.toast == TROUBLES[Trouble.TAKEN]
    assert await state_of(world, number, ilya) == [VersionState.WAITING]
    await petr.taps("Лисицына В.")
    petr.sees("Лисицына Вера")
    await marina.taps("Принять")
    await marina.taps("Следующая")
    marina.sees("В очереди: 1", "проверяют")
    world.clock.advance(timedelta(hours=3))  # a claim with which nothing is done lapses
    await marina.taps("Лисицына В.")
    marina.sees("Лисицына Вера")


async def test_a_verdict_is_taken_back_within_a_minute_and_not_later(world: World) -> None:
    marina, ilya = await coordinator(world), await trainee(world)
    number = await give_out(world, marina)
    await handed_in(ilya)
    await marina.says("/review")
    await marina.taps("Зорин И.")
    await marina.taps("Принять")
    await marina.taps("Отменить решение")
    marina.sees("Вернуть на доработку")
    assert await state_of(world, number, ilya) == [VersionState.WAITING]
    world.clock.advance(MINUTE)
    await world.settle()
    assert not ilya.has_seen("Работа принята\n")
    await marina.taps("Комментарий")
    world.telegram.send_voice(marina.id, b"OggS" + bytes(40))
    await world.settle()
    marina.sees("голосовое сообщение")
    await marina.taps("Вернуть на доработку")
    undo = marina.data_of("Отменить решение")
    world.clock.advance(MINUTE)
    await world.settle()
    ilya.sees("вернули на доработку", "голосовой комментарий")
    await marina.taps_data(undo)
    assert marina.toast == TROUBLES[Trouble.TOO_LATE]
    assert await state_of(world, number, ilya) == [VersionState.RETURNED]
    await ilya.taps("Открыть задание")
    await ilya.taps("Сдать")
    ilya.sees("Почему вернули: в голосовом комментарии", "Прослушать комментарий")
    before = len(world.telegram.history(ilya.id))
    await ilya.taps("Прослушать комментарий")
    assert len(world.telegram.history(ilya.id)) == before + 1


async def test_a_verdict_pressed_twice_is_one_and_tells_once(world: World) -> None:
    marina, ilya = await coordinator(world), await trainee(world)
    number = await give_out(world, marina)
    await handed_in(ilya)
    await marina.says("/review")
    await marina.taps("Зорин И.")
    accept = marina.data_of("Принять")
    await marina.taps("Принять")
    await marina.taps_data(accept)
    marina.sees("Принято")
    world.clock.advance(MINUTE)
    await world.settle()
    assert len([one for one in ilya.messages if one.text.startswith("Работа принята\n")]) == 1
    assert await state_of(world, number, ilya) == [VersionState.ACCEPTED]


async def test_the_same_file_or_link_is_pointed_out_to_the_reviewer(world: World) -> None:
    marina = await coordinator(world)
    ilya, vera = await trainee(world), await trainee(world, "Вера", "Лисицына")
    await give_out(world, marina)
    for someone in (ilya, vera):
        await someone.says("/tasks")
        await someone.taps("4.1 Разработка")
        await someone.taps("Сдать")
        await someone.sends_file(f"Работа {someone.id}.pdf", PDF)
    await vera.says("https://www.example.ru/a/?utm_source=tg")
    await ilya.says("http://example.ru/a")
    await ilya.taps("Отправить окончательно")
    world.clock.advance(timedelta(minutes=1))
    await vera.taps("Отправить окончательно")
    await marina.says("/review")
    await marina.taps("Лисицына В.")
    marina.sees("Обратите внимание", f"Работа {vera.id}.pdf", "Зорин И.", "www.example.ru/a")
    await marina.taps("К очереди")
    await marina.taps("Зорин И.")
    marina.sees("Лисицына В.")


async def test_a_question_reaches_whoever_reviews_and_the_answer_comes_back(world: World) -> None:
    marina, petr = await coordinator(world), await expert(world)
    ilya = await trainee(world)
    await give_out(world, marina)
    await handed_in(ilya)
    await petr.says("/review")
    await petr.taps("Зорин И.")
    await ilya.taps("К заданию")
    await ilya.taps("Задать вопрос")
    await ilya.says("Можно ли сдать презентацией?")
    ilya.sees("Вопрос передан")
    petr.sees("4.1 Разработка", "Зорин Илья", "Можно ли сдать презентацией?")
    assert not marina.has_seen("презентацией")
    answer = petr.data_of("Ответить")
    await petr.taps("Ответить")
    await petr.says("Да, до 15 слайдов.")
    petr.sees("Ответ отправлен")
    ilya.sees("Да, до 15 слайдов.", "Можно ли сдать презентацией?")
    await petr.taps_data(answer)
    assert petr.alerted


async def test_a_question_stands_with_the_work_and_in_the_queue_until_it_is_answered(
    world: World,
) -> None:
    marina, petr, ilya = await coordinator(world), await expert(world), await trainee(world)
    await give_out(world, marina)
    await handed_in(ilya, "https://example.ru/a и пояснение к нему")
    await ilya.taps("К заданию")
    await ilya.taps("Задать вопрос")
    await ilya.says("Можно ли сдать презентацией?")
    await petr.says("/review")
    petr.sees("4.1 Разработка — 1", "Вопросы стажёров: 1")
    await petr.taps("Зорин И.")
    petr.sees("Вопрос стажёра: Можно ли сдать презентацией?")
    before = len(petr.messages)
    await petr.taps("Показать работу")
    assert len(petr.messages) == before + 2  # the text with its link, the screen: no link again
    await petr.taps("К очереди")
    await petr.taps("Вопросы стажёров: 1")
    await petr.taps("Зорин И.")
    petr.sees("4.1 Разработка", "Зорин Илья", "Можно ли сдать презентацией?", "одним сообщением")
    await petr.says("Да, до 15 слайдов.")
    petr.sees("Ответ отправлен")
    petr.sees_not("Вопросы")
    ilya.sees("Да, до 15 слайдов.")
    await petr.taps("К очереди")
    petr.sees("4.1 Разработка — 1")
    petr.sees_not("Вопросы")


async def test_a_spoken_reason_comes_with_the_next_attempt_and_into_the_journal(
    world: World,
) -> None:
    marina, ilya = await coordinator(world), await trainee(world)
    await give_out(world, marina, criteria=(("Содержание", 5), ("Оформление", 3)), attempts=3)
    await handed_in(ilya)
    await marina.says("/review")
    await marina.taps("Зорин И.")
    await marina.taps("Содержание")
    await marina.taps("4")
    await marina.taps("Комментарий")
    world.telegram.send_voice(marina.id, b"OggS" + bytes(40))
    await world.settle()
    await marina.taps("Вернуть на доработку")
    marina.sees("Содержание: 4 из 5", "Комментарий: голосовое сообщение")
    world.clock.advance(MINUTE)
    await world.settle()
    await ilya.says("/journal")
    ilya.sees("вернули на доработку, 4 из 5", "голосовой комментарий")
    await ilya.says("/tasks")
    await ilya.taps("4.1 Разработка")
    ilya.sees("Попыток: 3, осталось 2", "Почему вернули: в голосовом комментарии")
    await ilya.taps("Сдать")
    await ilya.says("Исправлено")
    await ilya.taps("Отправить окончательно")
    await marina.says("/review")
    await marina.taps("↩ Зорин И.")
    marina.sees("Прошлая причина возврата: голосовое сообщение")
    await marina.taps("Показать работу")
    spoken = [
        one for one in world.telegram.history(marina.id) if one.outgoing and "voice" in one.content
    ]
    assert [one.text for one in spoken] == ["Прошлый комментарий"]


async def test_an_expert_sees_only_what_is_theirs(world: World) -> None:
    marina = await coordinator(world)
    petr = await expert(world, "Пётр", "Зайцев", EISK)
    ilya, sonya = await trainee(world), await trainee(world, "Софья", "Клевер", "Сочи")
    number = await give_out(world, marina)
    await handed_in(ilya)
    await handed_in(sonya)
    await petr.says("/review")
    petr.sees("В очереди: 1", "Зорин И.")
    petr.sees_not("Клевер")
    await marina.says("/review")
    await marina.taps("Клевер С.")
    for label in ("Показать работу", "Комментарий", "Принять", "Вернуть на доработку"):
        await petr.taps_data(marina.data_of(label))
        petr.sees("Этой работы нет на вашей территории")
    assert not petr.has_seen("Клевер")
    assert await state_of(world, number, sonya) == [VersionState.WAITING]


async def test_a_work_of_another_can_be_neither_seen_nor_sent_nor_changed_by_a_trainee(
    world: World,
) -> None:
    marina, ilya = await coordinator(world), await trainee(world)
    mallory = await trainee(world, "Ирина", "Лисова")
    number = await give_out(world, marina)
    await ilya.says("/tasks")
    await ilya.taps("4.1 Разработка")
    await ilya.taps("Сдать")
    await ilya.says("Тайная работа")
    for label in ("✕ 1", "Отправить окончательно"):
        await mallory.taps_data(ilya.data_of(label))
        mallory.sees_not("Тайная")
    assert await state_of(world, number, ilya) == []
    await ilya.taps("Отправить окончательно")
    await marina.says("/review")
    await marina.taps("Зорин И.")
    for label in ("Показать работу", "Принять", "Комментарий", "Следующая"):
        await mallory.taps_data(marina.data_of(label))
        assert mallory.alerted
    assert not mallory.has_seen("Тайная")
    assert await state_of(world, number, ilya) == [VersionState.WAITING]


async def test_points_and_remark_of_one_reviewer_are_not_inherited_by_the_next(
    world: World,
) -> None:
    marina, petr, ilya = await coordinator(world), await expert(world), await trainee(world)
    await give_out(world, marina, criteria=(("Содержание", 5),))
    await handed_in(ilya, "Работа")
    await petr.says("/review")
    await petr.taps("Зорин И.")
    await petr.taps("Содержание")
    await petr.taps("2")
    await petr.taps("Комментарий")
    await petr.says("Слабовато.")
    petr.sees("Содержание: 2 из 5", "Слабовато.")
    await petr.taps("К очереди")
    await petr.taps("Зорин И.")
    petr.sees("Содержание: 2 из 5", "Слабовато.")  # to oneself it is kept
    await petr.taps("К очереди")
    await marina.says("/review")
    await marina.taps("Зорин И.")
    marina.sees("Содержание: — из 5")
    marina.sees_not("Слабовато.")
    await marina.taps("Принять")
    assert marina.alerted
    await marina.taps("Содержание")
    await marina.taps("5")
    await marina.taps("Принять")
    world.clock.advance(timedelta(minutes=2))
    await world.settle()
    ilya.sees("Содержание: 5 из 5")
    ilya.sees_not("Слабовато.")


async def test_all_works_come_as_an_archive_with_tidy_names(world: World) -> None:
    marina = await coordinator(world)
    ilya, sonya = await trainee(world), await trainee(world, "Софья", "Клевер", "Сочи")
    number = await give_out(world, marina)
    for someone, name, content in ((ilya, "a.docx", office()), (sonya, "b.pdf", PDF)):
        await someone.says("/tasks")
        await someone.taps("4.1 Разработка")
        await someone.taps("Сдать")
        await someone.sends_file(name, content)
        await someone.says("Пояснение")
        await someone.taps("Отправить окончательно")
    await marina.says("/tasks")
    await marina.taps("4.1 Разработка")
    await marina.taps("Все работы")
    (sent,) = marina.documents
    assert sent.name == "Работы – 4.1 Разработка.zip"
    with zipfile.ZipFile(io.BytesIO(sent.content)) as archive:
        assert sorted(archive.namelist()) == [
            "Ейский район/Зорин И/Задание 4.1 – попытка 1, текст и ссылки.txt",
            "Ейский район/Зорин И/Задание 4.1 – попытка 1.docx",
            "Сочи/Клевер С/Задание 4.1 – попытка 1, текст и ссылки.txt",
            "Сочи/Клевер С/Задание 4.1 – попытка 1.pdf",
        ]
        assert archive.read("Сочи/Клевер С/Задание 4.1 – попытка 1.pdf") == PDF
    (row,) = (await world.db.read(audit.page)).entries
    assert (row.deed, row.object, row.about) == ("works-exported", f"task:{number}", None)


async def test_the_report_and_the_journal_are_workbooks_that_open(world: World) -> None:
    marina, ilya = await coordinator(world), await trainee(world)
    number = await give_out(world, marina, criteria=(("Содержание", 5),))
    await handed_in(ilya, "=HYPERLINK(1)")
    await marina.says("/review")
    await marina.taps("Зорин И.")
    await marina.taps("Содержание")
    await marina.taps("4")
    await marina.taps("Принять")
    await marina.says("/tasks")
    await marina.taps("4.1 Разработка")
    marina.sees("Принято: 1 (с 1-й попытки — 1)")
    await marina.taps("Отчёт в таблице")
    await marina.taps("К заданиям")
    await marina.taps("Сводный отчёт")
    await ilya.says("/journal")
    ilya.sees("принято 1 из 1", "4 из 5")
    await ilya.taps("Журнал в таблице")
    await marina.says("/journal")
    await marina.taps("Журналы стажёров")
    await marina.taps("Зорин И.")
    marina.sees("Зорин Илья", "принято 1 из 1")
    await marina.taps("Журнал в таблице")
    for sent in (*marina.documents, *ilya.documents):
        book = load_workbook(io.BytesIO(sent.content))
        words = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row]
        assert any("Принято" in word for word in words), sent.name
    names = [one.name for one in (*marina.documents, *ilya.documents)]
    assert names == [
        "Отчёт – 4.1 Разработка.xlsx",
        "Задания – сводный отчёт.xlsx",
        "Журнал стажёра – Зорин И.xlsx",
        "Журнал стажёра – Зорин И.xlsx",
    ]
    log = await world.db.read(partial(audit.page, kind=audit.Kind.EXPORTS))
    trainee_id = await person_id(world, ilya)
    assert [(one.deed, one.object, one.about) for one in reversed(log.entries)] == [
        ("works-exported", f"task:{number}", None),
        ("works-exported", "", None),
        ("works-exported", f"trainee:{trainee_id}", trainee_id),
    ]  # one's own journal is nobody's deed
