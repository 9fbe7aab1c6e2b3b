"""Workbooks in, questionnaires or every fault with its place out."""

import io
from typing import Any

import pytest
from openpyxl import Workbook

from bot.texts import xlsform as words
from surveys.faults import FaultCode as Common
from surveys.questionnaire import (
    Anonymity,
    Measure,
    Range,
    SelectMultiple,
    SelectOne,
)
from surveys.xlsform import Fault, FaultCode, WarnCode, load

HEAD = ["type", "name", "label"]
CHOICES = [["list_name", "name", "label"], ["yn", "yes", "Да"], ["yn", "no", "Нет"]]


def book(**sheets: list[list[Any]]) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def places(faults: tuple[Fault, ...]) -> list[tuple[str, int | None, str | None, str]]:
    return [(each.sheet, each.row, each.column, str(each.code)) for each in faults]


def test_settings_and_items_come_out_as_written() -> None:
    form = load(
        book(
            survey=[
                [*HEAD, "hint", "required", "relevant", "parameters", "measure"],
                ["select_one yn", "came", "Вы были на семинаре?", None, "yes"],
                ["begin group", "after", "После семинара", None, None, "${came} = 'yes'"],
                [
                    "range",
                    "liked",
                    "Оценка",
                    "от души",
                    True,
                    None,
                    "start=1 end=5",
                    "satisfaction",
                ],
                ["select_multiple yn or_other", "why", "Почему?"],
                ["end group"],
            ],
            choices=CHOICES,
            settings=[
                ["form_title", "form_id", "version", "anonymity", "editable", "thanks"],
                ["О семинаре", "seminar", 3, "anonymous", "yes", "Спасибо"],
            ],
        )
    )
    assert form.faults == ()
    questionnaire = form.questionnaire
    assert questionnaire is not None
    assert (questionnaire.id, questionnaire.version, questionnaire.title) == (
        *("seminar", 3, "О семинаре"),
    )
    assert questionnaire.anonymity is Anonymity.ANONYMOUS
    assert questionnaire.editable_after_submit
    came, liked, why = questionnaire.items
    assert isinstance(came, SelectOne)
    assert came.required
    assert [choice.label for choice in came.choices] == ["Да", "Нет"]
    assert isinstance(liked, Range)
    assert (liked.start, liked.end, liked.group, liked.hint) == (1, 5, "after", "от души")
    assert liked.measure is Measure.SATISFACTION
    assert isinstance(why, SelectMultiple)
    assert why.or_other
    assert questionnaire.groups[0].relevant == "${came} = 'yes'"


def test_russian_columns_win_and_the_choice_is_told() -> None:
    form = load(
        book(
            survey=[
                ["type", "name", "label::English (en)", "label::Russian (ru)", "hint"],
                ["text", "a", "Why?", "Почему?", "plain"],
                ["text", "b", "Only English", None],
            ]
        )
    )
    assert places(form.faults) == [("survey", 3, "D", "empty_label")]
    assert form.warnings[-1].code is WarnCode.LANGUAGE_CHOSEN
    assert form.warnings[-1].args == {"language": "Russian (ru)", "others": ["English (en)"]}


def test_rows_keep_their_numbers_over_empty_ones() -> None:
    form = load(book(survey=[HEAD, ["text", "a", "Имя"], [], ["  "], ["txt", "b", "Опечатка"]]))
    assert places(form.faults) == [("survey", 5, "A", "type_unknown")]
    assert form.faults[0].args == {"type": "txt", "closest": "text"}


@pytest.mark.parametrize("written", ["repeat", "Repeat kids", "loop", "begin_repeat", "end repeat"])
def test_a_repeat_is_refused_as_such_also_without_its_begin(written: str) -> None:
    form = load(book(survey=[HEAD, ["text", "a", "Имя"], [written, "b", "Дети"]]))
    assert places(form.faults) == [("survey", 3, "A", "repeat")]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("group", "begin group"), ("Число", "integer"), ("radio", "select_one"), ("Фото", "image")],
)
def test_a_kind_in_everyday_words_is_answered_with_the_standards_one(
    written: str, meant: str
) -> None:
    form = load(book(survey=[HEAD, ["text", "a", "Имя"], [written, "b", "Вопрос"]]))
    assert places(form.faults) == [("survey", 3, "A", "type_unknown")]
    assert form.faults[0].args == {"type": written, "closest": meant}


def test_all_faults_are_told_at_once_in_the_order_of_the_sheet() -> None:
    form = load(
        book(
            survey=[
                [*HEAD, "relevant", "required", "parameters"],
                ["select_one colours", "a", "Цвет"],
                ["integer", "a", "Дважды"],
                ["text", None, "Без имени"],
                ["text", "c", None],
                ["text", "d", "Условие", "${nobody} = 1"],
                ["text", "e", "Скобка", "selected(${d}, 'x'"],
                ["range", "f", "Шкала", None, "maybe", "start=5 end=1 colour=red"],
                ["begin repeat", "g", "Повтор"],
                ["geopoint", "h", "Место"],
                ["start", "i", None],
                ["end group"],
            ],
            choices=[["list_name", "name", "label"], ["colour", "red", "Красный"]],
            settings=[["anonymity"], ["secret"]],
        )
    )
    assert places(form.faults) == [
        ("settings", 2, "A", "setting"),
        ("survey", 2, "A", "list_unknown"),
        ("survey", 2, "B", "duplicate_name"),
        ("survey", 4, "B", "name_empty"),
        ("survey", 5, "C", "empty_label"),
        ("survey", 6, "D", "unknown_reference"),
        ("survey", 7, "D", "expression"),
        ("survey", 8, "E", "yes_or_no"),
        ("survey", 8, "F", "parameter_unknown"),
        ("survey", 8, "F", "empty_range"),
        ("survey", 9, "A", "repeat"),
        ("survey", 10, "A", "type_unsupported"),
        ("survey", 12, "A", "group_not_open"),
    ]
    assert form.questionnaire is None
    by_code = {each.code: each for each in form.faults}
    assert by_code[FaultCode.LIST_UNKNOWN].args == {
        "list": "colours",
        "closest": "colour",
        "lists": [],
    }


def test_names_may_be_russian_and_long_and_quotes_curled() -> None:
    form = load(
        book(
            survey=[
                [*HEAD, "relevant", "remark"],
                [None, None, None, None, "О себе"],
                ["select_one ответ", "были_на_нашем_большом_семинаре_в_октябре", "Были?"],
                ["text", "not", "Почему?", "${были_на_нашем_большом_семинаре_в_октябре} = ‘нет’"],
            ],
            choices=[
                ["list_name", "name", "label"],
                ["ответ", "да", "Да"],
                ["ответ", "нет", "Нет"],
            ],
        )
    )
    assert form.faults == ()
    assert form.questionnaire is not None
    assert form.questionnaire.items[1].relevant == (
        "${были_на_нашем_большом_семинаре_в_октябре} = 'нет'"
    )


def test_rows_that_a_device_fills_in_are_left_out_with_one_warning() -> None:
    """Kobo puts `start` and `end` into every form it makes."""
    form = load(
        book(
            survey=[
                HEAD,
                ["start", "start"],
                ["end", "end"],
                ["deviceid", None],
                ["integer", "years", "Стаж"],
            ],
            settings=[["form_title"], ["Стаж"]],
        )
    )
    assert form.faults == ()
    assert form.questionnaire is not None
    assert [item.name for item in form.questionnaire.items] == ["years"]
    assert [(each.code, each.args) for each in form.warnings] == [
        (WarnCode.METADATA_LEFT_OUT, {"types": ["start", "end", "deviceid"]})
    ]


def test_an_expression_that_needs_what_a_device_fills_in_is_a_fault_at_its_place() -> None:
    form = load(
        book(
            survey=[
                [*HEAD, "constraint", "relevant"],
                ["today", "today"],
                ["date", "day", "Когда?", ". <= ${today}"],
                ["text", "why", "Почему?", None, "${today} != ''"],
            ]
        )
    )
    assert form.questionnaire is None
    assert places(form.faults) == [
        ("survey", 3, "D", "metadata_used"),
        ("survey", 4, "E", "metadata_used"),
    ]


def test_an_expression_about_a_row_that_could_not_be_read_is_no_second_fault() -> None:
    form = load(
        book(
            survey=[
                [*HEAD, "relevant"],
                ["geopoint", "where", "Место"],
                ["text", "b", "Почему там?", "${where} != ''"],
            ]
        )
    )
    assert places(form.faults) == [("survey", 2, "A", "type_unsupported")]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([HEAD, ["begin group", "g", "Часть"], ["text", "a", "Имя"]], FaultCode.GROUP_NOT_CLOSED),
        ([HEAD, ["select_one", "a", "Цвет"]], FaultCode.LIST_NOT_NAMED),
        ([HEAD, ["select_one_from_file x.csv", "a", "Цвет"]], FaultCode.LIST_FROM_FILE),
        ([["type", "label"], ["text", "Имя"]], FaultCode.COLUMN_MISSING),
        ([["type", "name", "label", "label"], ["text", "a", "Имя"]], FaultCode.COLUMN_TWICE),
        ([HEAD], FaultCode.SURVEY_EMPTY),
        ([HEAD, [None, "a", "Имя"]], FaultCode.TYPE_EMPTY),
        ([[*HEAD, "parameters"], ["range", "a", "Б", "end=many"]], FaultCode.NUMBER),
        ([[*HEAD, "parameters"], ["range", "a", "Б", "step=0"]], FaultCode.NUMBER),
        ([HEAD, ["text", "2имя", "Имя"]], Common.BAD_NAME),
        ([HEAD, ["begin loop over rooms", "a", "Комната"]], FaultCode.REPEAT),
        ([HEAD, ["osm places", "a", "Где?"]], FaultCode.TYPE_UNSUPPORTED),
        ([HEAD, ["note", "a", "Только слова"]], Common.NO_QUESTIONS),
    ],
)
def test_each_fault_has_its_code(rows: list[list[Any]], code: FaultCode | Common) -> None:
    assert [each.code for each in load(book(survey=rows)).faults] == [code]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no workbook", b"\xd0\xcf\x11\xe0" * 99])
def test_what_is_no_workbook_is_said_to_be_none(content: bytes) -> None:
    assert [each.code for each in load(content).faults] == [FaultCode.NOT_A_WORKBOOK]


def test_a_workbook_without_the_survey_sheet_names_what_it_has() -> None:
    form = load(book(Лист1=[["a"]], Лист2=[["b"]]))
    assert form.faults[0].code is FaultCode.NO_SURVEY_SHEET
    assert form.faults[0].args == {"found": ["Лист1", "Лист2"]}


def test_an_only_sheet_is_the_survey_whatever_its_name() -> None:
    assert load(book(Лист1=[HEAD, ["text", "a", "Имя"]])).questionnaire is not None


def test_bands_are_read_and_their_faults_placed() -> None:
    survey: list[list[Any]] = [
        [*HEAD, "calculation"],
        ["integer", "a", "Сколько?"],
        ["calculate", "total", None, "${a} * 2"],
    ]
    head = ["name", "from", "to", "text", "for_person"]
    good = load(book(survey=survey, bands=[head, ["total", 0, "9,5", "Мало", "yes"]]))
    assert good.questionnaire is not None
    [band] = good.questionnaire.bands
    assert (band.item, band.low, band.high, band.for_person) == ("total", 0, 9.5, True)
    bad = load(book(survey=survey, bands=[head, ["nobody", 5, 1, "?"], ["total", "x", None, "?"]]))
    assert ("bands", 3, "B", "number") in places(bad.faults)
    assert ("bands", 3, "C", "number") in places(bad.faults)
    assert ("bands", 2, "A", "band_without_item") in places(bad.faults)


def test_columns_nobody_reads_are_warned_of() -> None:
    form = load(book(survey=[[*HEAD, "image"], ["text", "a", "Имя", "dog.jpg"]]))
    assert form.questionnaire is not None
    assert [(each.code, each.args) for each in form.warnings if each.sheet == "survey"] == [
        (WarnCode.COLUMN_UNUSED, {"column": "image"})
    ]


def test_the_reference_implementation_has_the_last_word() -> None:
    """A column that we only warn of may still make the workbook no XLSForm."""
    form = load(book(survey=[[*HEAD, "trigger"], ["text", "a", "Имя", "${nobody}"]]))
    assert form.questionnaire is None
    assert [each.code for each in form.faults] == [FaultCode.STANDARD]


def test_what_depends_on_an_unknown_list_is_no_second_fault() -> None:
    form = load(
        book(
            survey=[
                [*HEAD, "relevant"],
                ["select_one ny", "came", "Были?"],
                ["begin group", "after", "После", "${came} = 'yes'"],
                ["text", "why", "Почему?"],
                ["end group"],
            ],
            choices=CHOICES,
        )
    )
    assert places(form.faults) == [("survey", 2, "A", "list_unknown")]
    assert form.faults[0].args["lists"] == ["yn"], "none is close: those that there are"


def test_an_item_behind_a_group_that_never_opens_names_the_groups_condition() -> None:
    form = load(
        book(
            survey=[
                [*HEAD, "relevant"],
                ["select_one yn", "came", "Были?"],
                ["begin group", "after", "После", "${came} = 'maybe'"],
                ["text", "why", "Почему?"],
                ["end group"],
            ],
            choices=CHOICES,
        )
    )
    (fault,) = form.faults
    assert (fault.code, fault.args) == (Common.UNREACHABLE, {"expression": "${came} = 'maybe'"})


def test_a_filter_beside_or_other_is_refused_in_our_words() -> None:
    rows = [["text", "town", "Где?"], ["select_one yn or_other", "came", "Были?", "${town} = name"]]
    form = load(book(survey=[[*HEAD, "choice_filter"], *rows], choices=CHOICES))
    assert places(form.faults) == [("survey", 3, "D", "filter_with_other")]
    assert "«yn»" in words.fault(form.faults[0])


@pytest.mark.parametrize(("setting", "code"), [("yes", "same_codes"), ("", "duplicate_choice")])
def test_leave_for_codes_that_repeat_is_refused_by_its_name(setting: str, code: str) -> None:
    settings = [["form_title", "allow_choice_duplicates"], ["Анкета", setting]]
    again = [*CHOICES, [*CHOICES[1][:2], "Ещё раз"]]
    rows = [["select_one yn", "came", "Были?"]]
    form = load(book(survey=[HEAD, *rows], choices=again, settings=settings))
    assert places(form.faults) == [("survey", 2, "A", code)]
    said = words.fault(form.faults[0])
    assert ("allow_choice_duplicates" in said) is bool(setting)
    assert "{" not in said
