"""A coordinator sends a questionnaire as a workbook: faults, draft, trial, versions, back again."""

import io
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from bot.campaigns.callbacks import PickForm
from bot.forms.callbacks import FormFile, TryForm
from bot.forms.template import example, template
from storage.people.people import Grant, Role
from storage.questionnaires import forms, overseeing, publishing
from storage.scopes import REGION, Scope, ScopeKind
from surveys.boyko_form import FORM as SCREENING
from surveys.loading import load_all
from surveys.xlsform import load
from tests.kit.people import person_id, registered
from tests.kit.world import Person, World

EYSK, ABINSK = "Ейский район", "Абинский район"
IN_EYSK, IN_ABINSK = (Scope(ScopeKind.MUNICIPALITY, place) for place in (EYSK, ABINSK))
HEAD = ["type", "name", "label", "calculation", "relevant"]


def book(*rows: list[Any], **sheets: list[list[Any]]) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, lines in {"survey": [HEAD, *rows], **sheets}.items():
        sheet = workbook.create_sheet(name)
        for line in lines:
            sheet.append(line)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def changed(content: bytes, sheet: str, cell: str, value: str) -> bytes:
    workbook = load_workbook(io.BytesIO(content))
    workbook[sheet][cell] = value
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


@pytest.fixture
async def vera(world: World) -> Person:
    return await registered(world, "Вера", "Лисицына", roles=[Grant(Role.COORDINATOR, REGION)])


async def test_a_template_is_sent_filled_in_and_published(world: World, vera: Person) -> None:
    await vera.says("/forms")
    vera.sees("Анкеты", "Как прошло мероприятие")
    await vera.taps("Образец таблицы")
    (sent,) = vera.documents
    await vera.sends_file("анкета.xlsx", changed(sent.content, "survey", "C2", "Вы с нами?"))
    vera.sees("Моя анкета", "Прочитано без ошибок", "6 вопросов", "отвечают с именем")
    vera.sees("осталась фраза из образца")
    await vera.taps("Посмотреть вопросы")
    vera.sees("Предпросмотр, 1 из 6", "Вы с нами?")
    vera.sees_not("Задаётся не всем")
    await vera.taps("Следующий ›")
    vera.sees("Задаётся не всем")  # the group's condition is the item's
    await vera.taps("К анкете")
    await vera.taps("Опубликовать")
    vera.sees("Опубликовано", "Версия 1", "весь край")
    await vera.taps("Провести опрос")
    vera.sees("О чём опрос?")


async def test_a_workbook_with_faults_is_answered_once_with_every_place(
    world: World, vera: Person
) -> None:
    await vera.sends_file(
        "анкета.xlsx",
        book(["txt", "a", "Имя"], ["integer", "b", "Сколько?", None, "${nobody} > 1"]),
    )
    vera.sees("исправить 2 ошибки", "строка 2, столбец A", "строка 3, столбец E", "nobody")
    assert await world.db.read(forms.drafts_of, await person_id(world, vera)) == []
    assert [one for one in await world.db.read(forms.listing, (REGION,)) if one.scope] == []


async def test_faults_too_many_for_a_message_come_as_a_file(world: World, vera: Person) -> None:
    await vera.sends_file("анкета.xlsx", book(*(["txt", f"a{n}", "Имя"] for n in range(60))))
    assert vera.has_seen("исправить 60 ошибок")
    (listed,) = vera.documents
    assert len(listed.content.decode("utf-8-sig").splitlines()) == 60


async def test_a_hostile_file_is_refused_in_a_sentence(world: World, vera: Person) -> None:
    await vera.says("/forms")
    await vera.taps("Загрузить анкету")
    await vera.says("вот она")
    vera.sees("Жду файл .xlsx")
    await vera.sends_file("анкета.xlsx", b"PK\x03\x04junk")
    vera.sees("повреждён")
    await vera.sends_file("анкета.xlsx", template())
    vera.sees("Прочитано без ошибок")


async def test_an_edited_file_is_the_next_version_and_open_campaigns_keep_theirs(
    world: World, vera: Person
) -> None:
    first = template()
    await vera.sends_file("анкета.xlsx", first)
    await vera.taps("Опубликовать")
    (own,) = [one for one in await world.db.read(forms.listing, (REGION,)) if one.scope]
    await vera.taps("Скачать как XLSForm")
    back = vera.documents[-1].content
    assert load(back).questionnaire == example()
    await vera.sends_file("анкета.xlsx", back)
    vera.sees("версия 1")
    await vera.taps("Опубликовать версию 2")
    vera.sees("Версия 1")
    await vera.sends_file("анкета.xlsx", changed(back, "survey", "C2", "Вы приходили?"))
    await vera.taps("Опубликовать версию 2")
    vera.sees("Версия 2")
    old = await world.db.read(publishing.published_version, own.questionnaire.id, 1)
    new = await world.db.read(publishing.published_version, own.questionnaire.id)
    assert old == own.questionnaire
    assert new is not None
    assert (new.version, new.items[0].label) == (2, "Вы приходили?")


async def test_the_same_name_may_become_a_questionnaire_of_its_own(
    world: World, vera: Person
) -> None:
    await vera.sends_file("анкета.xlsx", template())
    await vera.taps("Опубликовать")
    await vera.sends_file("другая.xlsx", changed(template(), "settings", "A2", "Другая анкета"))
    press = vera.data_of("Отдельной анкетой")
    await vera.taps("Отдельной анкетой")
    vera.sees("Другая анкета", "Версия 1")
    await vera.taps_data(press)
    own = [one for one in await world.db.read(forms.listing, (REGION,)) if one.scope]
    assert sorted(one.name for one in own) == ["moya_anketa", "moya_anketa_2"]


async def test_a_shipped_questionnaire_taken_out_and_sent_back_is_an_own_one(
    world: World, vera: Person
) -> None:
    await vera.says("/forms")
    await vera.taps("Как прошло мероприятие")
    vera.sees("Готовая анкета бота")
    vera.sees_not("Убрать")
    await vera.taps("Скачать как XLSForm")
    await vera.sends_file("анкета.xlsx", vera.documents[-1].content)
    await vera.taps("Опубликовать")
    shipped = load_all()["event_satisfaction"]
    assert await world.db.read(publishing.published_version, shipped.id) == shipped
    vera.sees("Чья: весь край")


async def test_a_trial_is_answered_for_real_and_leaves_nothing(world: World, vera: Person) -> None:
    rows = [
        ["select_one q", "a", "Первый?"],
        ["select_one q", "b", "Второй?"],
        ["calculate", "sum", "Баллы", "(${a} = 'yes') + (${b} = 'yes')"],
    ]
    content = book(
        *rows,
        choices=[["list_name", "name", "label"], ["q", "yes", "Да"], ["q", "no", "Нет"]],
        settings=[["form_title", "form_id"], ["Самопроверка", "self"]],
        bands=[
            ["name", "from", "to", "text", "for_person"],
            ["sum", 0, 1, "Есть над чем поработать", "yes"],
            ["sum", 2, 2, "Всё получается", "yes"],
        ],
    )
    await vera.sends_file("тест.xlsx", content)
    await vera.taps("Пройти пробно")
    vera.sees("проба, ответы не считаются", "Первый?")
    await vera.taps("Да")
    await vera.taps("Прервать")
    vera.sees("Проба прервана", "сотрутся сами", "Стереть пробные ответы")
    vera.sees_not("/surveys")
    await vera.taps("Продолжить пробу")
    vera.sees("Второй?")
    await vera.taps("Да")
    await vera.taps("Отправить")
    vera.sees("Проба закончена", "Ваш результат", "Баллы: 2", "Всё получается")
    assert await world.db.read(overseeing.list_for_staff, (REGION,)) == []
    await vera.says("/surveys")
    vera.sees_not("Самопроверка")
    await vera.says("/forms")
    await vera.taps("черновик: Самопроверка")
    await vera.taps("Пройти пробно")
    vera.sees("Первый?")
    await vera.taps("Нет")
    await vera.taps("Нет")
    await vera.taps("Отправить")
    vera.sees("Есть над чем поработать")
    await vera.taps("Стереть пробные ответы")
    vera.sees("Пробные ответы стёрты")


async def test_whose_questionnaire_it_is_decides_who_sees_it(world: World, vera: Person) -> None:
    ivan = await registered(world, "Иван", "Карпов", roles=[Grant(Role.COORDINATOR, IN_EYSK)])
    rita = await registered(world, "Рита", "Белова", roles=[Grant(Role.COORDINATOR, IN_ABINSK)])
    await ivan.sends_file("анкета.xlsx", template())
    await ivan.taps("Опубликовать")
    ivan.sees("Чья: Ейский район")
    await rita.says("/forms")
    rita.sees_not("Моя анкета")
    await rita.taps_data(ivan.data_of("Пройти пробно"))
    rita.sees("Такой анкеты нет")
    await vera.says("/forms")
    await vera.taps("Моя анкета")
    vera.sees("Чья: Ейский район", "Убрать")
    await vera.says("/menu")
    await vera.sends_file("край.xlsx", changed(template(), "settings", "A2", "Краевая"))
    await vera.taps("Опубликовать")
    await rita.says("/forms")
    await rita.taps("Краевая")
    rita.sees_not("Убрать")
    await ivan.says("/forms")
    await ivan.taps("Моя анкета")
    await ivan.taps("Убрать")
    await ivan.taps("Да, убрать")
    await ivan.says("/forms")
    ivan.sees_not("Моя анкета")


async def test_somebody_elses_draft_opens_for_nobody_else(world: World, vera: Person) -> None:
    rita = await registered(world, "Рита", "Белова", roles=[Grant(Role.COORDINATOR, REGION)])
    await vera.sends_file("анкета.xlsx", template())
    for label in ("Посмотреть вопросы", "Пройти пробно", "Опубликовать"):
        await rita.says("/forms")
        await rita.taps_data(vera.data_of(label))
        assert "Моя анкета" not in str(rita.screen), label


async def test_a_teachers_workbook_is_nobodys_questionnaire(world: World) -> None:
    anna = await registered(world, "Анна", "Щеглова")
    await anna.sends_file("анкета.xlsx", template())
    anna.sees_not("Прочитано")


async def test_the_file_handled_again_after_a_crash_makes_no_second_draft(
    world: World, vera: Person
) -> None:
    sent = world.telegram.send_file(vera.id, "анкета.xlsx", template()).to_json()
    await world.settle()
    await vera.taps("Опубликовать")
    world.telegram.update("message", vera.id, sent)
    await world.settle()
    vera.sees("Версия 1", "Чья: весь край")
    assert await world.db.read(forms.drafts_of, await person_id(world, vera)) == []


async def test_the_screening_is_neither_tried_out_nor_taken_home(
    world: World, vera: Person
) -> None:
    await vera.says("/forms")
    for data in (TryForm(form=SCREENING), FormFile(form=SCREENING)):
        await vera.taps_data(data.pack())
        vera.sees("Такой анкеты нет")
    assert vera.documents == []
    await vera.taps_data(PickForm(form=SCREENING).pack())
    vera.sees("84 вопроса")
    vera.sees_not("Пройти пробно", "Скачать")


SELF_CHECK = book(
    ["select_one q", "a", "Умею объяснять?"],
    ["select_one q", "b", "Умею слушать?"],
    ["calculate", "sum", "Баллы", "(${a} = 'yes') + (${b} = 'yes')"],
    choices=[["list_name", "name", "label"], ["q", "yes", "Да"], ["q", "no", "Нет"]],
    settings=[["form_title", "form_id"], ["Самопроверка", "self"]],
    bands=[
        ["name", "from", "to", "text", "for_person"],
        ["sum", 0, 1, "Есть над чем поработать", "yes"],
        ["sum", 2, 2, "Всё получается", "yes"],
    ],
)


async def test_from_a_workbook_to_a_result_for_the_person_and_a_distribution_in_the_spreadsheet(
    world: World, vera: Person
) -> None:
    await vera.sends_file("тест.xlsx", SELF_CHECK)
    await vera.taps("Опубликовать")
    await vera.taps("Провести опрос")
    await vera.taps("Без уточнения")
    await vera.taps("Именной")
    anna = await registered(world, "Анна", "Щеглова", municipality=EYSK)
    oleg = await registered(world, "Олег", "Сомов", municipality=ABINSK)
    for label in ("Дальше", "Сейчас", "7 дней", "Открыть опрос"):
        await vera.taps(label)
    await world.settle()
    for someone, second in ((anna, "Да"), (oleg, "Нет")):
        await someone.taps("Подробнее и ответить")
        for label in ("Начать", "Да", second, "Отправить"):
            await someone.taps(label)
    anna.sees("Ваш результат", "Баллы: 2", "Всё получается")
    oleg.sees("Баллы: 1", "Есть над чем поработать")
    await oleg.says("/surveys")
    await oleg.taps("Самопроверка")
    oleg.sees("Ваши отправленные ответы", "Есть над чем поработать")
    await vera.says("/campaigns")
    await vera.taps("Самопроверка")
    vera.sees("2 из 3", "Обычно отвечают за 1 минуту")
    await vera.taps("Где останавливаются")
    vera.sees("Начатых и незаконченных ответов нет")
    await vera.taps("К опросу")
    await vera.taps("Повторять")
    await vera.taps("Каждый год")
    vera.sees("Каждый год, следующий раз", "2027")
    await vera.taps("Сводка в таблице")
    report = load_workbook(io.BytesIO(vera.documents[-1].content))
    rows = [[cell for cell in row if cell is not None] for row in report["Сводка"].values]
    assert ["0–1: Есть над чем поработать", 1, 0.5] in rows
    assert ["2: Всё получается", 1, 0.5] in rows
    world.clock.advance(timedelta(days=365))
    await world.settle()
    found = await world.db.read(overseeing.list_for_staff, (REGION,))
    assert len(found) == 2, "held again a year later"


async def test_a_default_is_taken_by_one_tap_and_columns_are_laid_out(
    world: World, vera: Person
) -> None:
    head = ["type", "name", "label", "default", "appearance"]
    content = book(
        survey=[
            head,
            ["select_multiple q", "many", "Что важно?", "b"],
            ["integer", "years", "Стаж?", "12"],
            ["select_one q", "one", "Главное?", None, "likert"],
        ],
        choices=[["list_name", "name", "label"], *(["q", name, name.upper()] for name in "abc")],
        settings=[["form_title", "form_id"], ["О главном", "main"]],
    )
    await vera.sends_file("анкета.xlsx", content)
    await vera.taps("Пройти пробно")
    await vera.taps("Готово")
    vera.sees("Стаж?")
    await vera.taps("Оставить: 12")
    assert vera.screen.buttons[0] == ["A", "B", "C"]
    await vera.taps("C")
    vera.sees("— B", "— 12", "— C")


async def test_a_workbook_that_is_neither_form_nor_roadmap_is_told_both_ways(
    world: World, vera: Person
) -> None:
    await vera.sends_file("список.xlsx", book(survey=[], список=[["Фамилия"], ["Сомов"]]))
    assert vera.has_seen("survey")
    plain = Workbook()
    plain.worksheets[0].append(["Фамилия", "Класс"])
    plain.worksheets[0].append(["Сомов", "5"])
    out = io.BytesIO()
    plain.save(out)
    await vera.sends_file("список.xlsx", out.getvalue())
    vera.sees("Не нашлась таблица", "Если это анкета", "/forms")
