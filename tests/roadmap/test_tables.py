"""Tables as people make them: headers, merged cells, pages, sheets, Excel's own ideas of a date."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from roadmap.cells import Cell, Document, Row, Table
from roadmap.columns import meaning_of
from roadmap.docx_tables import read_docx
from roadmap.model import Event, Roadmap
from roadmap.periods import Period
from roadmap.reading import NoTable, read
from roadmap.sections import section_of
from roadmap.titles import choose_title, plan_period
from roadmap.xlsx_tables import read_xlsx

Value = str | int | float | date | datetime | None
TITLE = "План работы сети на 2026-2027 учебный год"
HEADER = ["№", "Мероприятие", "Срок", "Аудитория", "Ответственный"]


def at(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001 - Excel knows no zones


def workbook(
    *rows: Sequence[Value], merged: Sequence[str] = (), formats: dict[str, str] | None = None
) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    for cell, shown in (formats or {}).items():
        sheet[cell].number_format = shown
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def excel(*rows: Sequence[Value], merged: Sequence[str] = (), **formats: str) -> Roadmap:
    return read(read_xlsx(workbook(*rows, merged=merged, formats=formats)))


def one(*rows: Sequence[Value], **formats: str) -> Event:
    """The only event of a workbook with the usual title and header."""
    (event,) = excel([TITLE], HEADER, *rows, **formats).events
    return event


def codes(of: Event | Roadmap) -> list[str]:
    return [doubt.code.value for doubt in of.doubts]


def windows(event: Event) -> str:
    return " ".join(f"{w.start}..{w.end}" for w in event.windows)


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("№ п/п", "number"),
        ("Деятельность/ Мероприятие/ Содержание", "title"),
        ("Наименование мероприятия", "title"),
        ("Перечень мероприятий", "title"),
        ("Содержание деятельности", "title"),
        ("Сроки выполнения (начало-завершение)", "term"),
        ("Срок исполнения", "term"),
        ("Сроки проведения мероприятия", "term"),
        ("Сроки реализации", "term"),
        ("Дата", "term"),
        ("Место и дата проведения", "term"),
        ("Дата начала", "term_start"),
        ("Срок окончания", "term_end"),
        ("Год выполнения", "year"),
        ("Целевая аудитория", "audience"),
        ("Категория участников", "audience"),
        ("Ответственный", "responsible"),
        ("Ответственные/участники", "responsible"),
        ("Исполнители", "responsible"),
        ("Кейс / практическое задание для участников сети по теме мероприятия", "task"),
        ("Сроки выполнения кейса / практического задания", "task_term"),
        ("Форма проведения мероприятия", "other"),
        ("Ожидаемый результат", "other"),
        ("Примечание", "other"),
        ("Зарплата", None),
    ],
)
def test_a_column_is_known_by_any_of_its_names(name: str, meaning: str | None) -> None:
    assert meaning_of(name) == meaning


def test_columns_may_stand_in_any_order_and_most_may_be_missing() -> None:
    event = excel(["Дата", "Наименование мероприятия"], ["15.03.2022", "Семинар"]).events[0]
    assert (event.title, event.number, event.audience, event.responsible) == ("Семинар", "", "", "")
    assert windows(event) == "2022-03-15..2022-03-15"
    reordered = excel(
        ["Ответственные/участники", "Сроки реализации", "Мероприятие", "№"],
        ["Ольга Тихая", "март 2022", "Форум", 7],
    ).events[0]
    assert (reordered.number, reordered.title, reordered.responsible) == (
        "7",
        "Форум",
        "Ольга Тихая",
    )


def test_start_and_end_in_columns_of_their_own_are_one_term() -> None:
    header = [["№", "Мероприятие", "Сроки", None], [None, None, "начало", "завершение"]]
    rows: list[Sequence[Value]] = [
        [1, "Стажировка", "сентябрь", "май"],
        [2, "Форум", date(2026, 10, 5), date(2026, 10, 7)],
        [3, "Опрос", "май", None],
    ]
    merged = ["A2:A3", "B2:B3", "C2:D2"]
    events = excel([TITLE], *header, *rows, merged=merged).events
    assert [windows(e) for e in events] == [
        "2026-09-01..2027-05-31",
        "2026-10-05..2026-10-07",
        "2027-05-01..2027-05-31",
    ]
    assert excel([TITLE], *header, *rows).events == events  # the same without merging


def test_the_header_may_stand_below_a_letterhead() -> None:
    roadmap = excel(
        ["Утверждено приказом от 01.09.2025 № 12"], [], ["Дорожная карта на 2026 год"], [],
        HEADER, ["1.1", "Форум", "май", "ТМС", "КРЦ"],
    )  # fmt: skip
    assert (roadmap.title, roadmap.year) == ("Дорожная карта на 2026 год", "2026")
    assert windows(roadmap.events[0]) == "2026-05-01..2026-05-31"


def test_numbers_of_columns_and_repeated_headers_are_no_events() -> None:
    roadmap = excel(
        [TITLE], HEADER, ["1", "2", "3", "4", "5"], ["1.1", "Форум", "май", "ТМС", "КРЦ"],
        HEADER, ["1.2", "Сроки сдачи отчёта", "В течение периода", "ТМС", "КРЦ"],
    )  # fmt: skip
    assert [e.title for e in roadmap.events] == ["Форум", "Сроки сдачи отчёта"]


def test_an_event_named_like_a_column_is_still_an_event() -> None:
    (event,) = excel(["Мероприятие", "Срок"], ["Мероприятия сети", "Весь период"]).events
    assert event.title == "Мероприятия сети"


def test_section_rows_may_be_merged_or_not_or_numbered_in_their_column() -> None:
    rows: list[Sequence[Value]] = [
        ["1. Организационные мероприятия"],
        ["1.1", "Форум", "май", "ТМС", "КРЦ"],
        ["II", "Нормативно-правовое обеспечение"],
        ["2.1", "Приказ", "май", "ТМС", "КРЦ"],
        [None, "4. Методическая деятельность"],
        ["4.1", "Семинар", "май", "ТМС", "КРЦ"],
        ["Обобщение и распространение опыта"],
        ["5.1", "Сборник", "май", "ТМС", "КРЦ"],
    ]
    roadmap = excel([TITLE], HEADER, *rows, merged=["A3:E3"])
    assert [e.section for e in roadmap.events] == [1, 2, 4, 5]
    assert codes(roadmap) == []


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("1. Организационные мероприятия", 1),
        ("Раздел 2. Нормативно-правовое обеспечение деятельности", 2),
        ("III. Аналитическая, экспертная и диагностическая деятельность", 3),
        ("Методическая деятельность", 4),
        ("5) Обобщение и распространение инновационного опыта", 5),
        ("Прочее", None),
    ],
)
def test_sections_by_number_or_name(heading: str, section: int | None) -> None:
    assert section_of(heading) == section


def test_an_unknown_heading_is_doubted_not_lost() -> None:
    roadmap = excel(
        [TITLE], HEADER, ["Разное"], ["1.1", "Форум", "май", "ТМС", "КРЦ"], merged=["A3:E3"]
    )
    assert codes(roadmap) == ["heading_unread"]
    assert roadmap.doubts[0].args == {"row": 3, "text": "Разное"}


def test_years_may_head_rows_too() -> None:
    roadmap = excel(
        ["Мероприятие", "Срок", "Кто"], ["2021 год"], ["Форум", "май", "x"],
        ["2022 год"], ["Форум", "май", "x"], merged=["A2:C2", "A4:C4"],
    )  # fmt: skip
    assert [windows(e) for e in roadmap.events] == [
        "2021-05-01..2021-05-31",
        "2022-05-01..2022-05-31",
    ]


def test_a_row_continued_on_the_next_page_joins_its_event() -> None:
    roadmap = excel(
        [TITLE], HEADER,
        ["4.1", "Цикл семинаров: «Первый»", "Март", "ТМС", "КРЦ"],
        [None, "«Второй»", "Апрель", None, None],
        ["4.2", "Форум", "май", "ТМС", "КРЦ"],
    )  # fmt: skip
    first, second = roadmap.events
    assert (first.title, first.term) == ("Цикл семинаров: «Первый» «Второй»", "Март Апрель")
    assert (codes(first), codes(second)) == (["continued_row"], [])


def test_a_row_without_number_that_names_its_own_people_is_an_event() -> None:
    roadmap = excel(
        [TITLE], HEADER,
        ["4.1", "Семинар", "Март", "ТМС", "КРЦ"],
        [None, "Форум", "Апрель", "Педагоги", "ИРО"],
    )  # fmt: skip
    assert [codes(e) for e in roadmap.events] == [[], ["number_missing"]]


def test_people_merged_down_belong_to_every_row() -> None:
    roadmap = excel(
        [TITLE], HEADER, ["1", "А", "май", "ТМС", "КРЦ"], ["2", "Б", "июнь"], ["3", "В", "июль"],
        merged=["D3:D5", "E3:E4"],
    )  # fmt: skip
    assert [(e.audience, e.responsible) for e in roadmap.events] == [
        ("ТМС", "КРЦ"), ("ТМС", "КРЦ"), ("ТМС", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("shown", "term", "precision"),
    [
        ("dd.mm.yyyy", "01.10.2026", "day"),
        ("mm-dd-yy", "01.10.2026", "day"),
        ("mmm-yy", "октябрь 2026", "month"),
        ('[$-419]mmmm\\ yyyy;@', "октябрь 2026", "month"),
        ("[$-FC19]dd mmmm", "1 октября", "day"),
        ("mmmm", "октябрь", "month"),
        ("dd.mm.yyyy hh:mm", "01.10.2026", "day"),
    ],
)  # fmt: skip
def test_a_date_cell_says_only_what_its_format_shows(shown: str, term: str, precision: str) -> None:
    event = one(["1", "Форум", at(2026, 10, 1), "ТМС", "КРЦ"], C3=shown)
    assert (event.term, event.precision) == (term, precision)
    assert event.windows[0].start == date(2026, 10, 1)


def test_the_year_excel_made_up_is_not_taken_for_written() -> None:
    event = one(["1", "Форум", at(2025, 3, 15), "ТМС", "КРЦ"], C3="d mmmm")
    assert windows(event) == "2027-03-15..2027-03-15"


def test_an_hour_in_a_date_cell_is_doubted() -> None:
    event = one(["1", "Форум", at(2026, 10, 1, 14, 30), "ТМС", "КРЦ"], C3="dd.mm.yyyy hh:mm")
    assert (windows(event), codes(event)) == ("2026-10-01..2026-10-01", ["time_left_out"])


def test_numbers_that_excel_changed_are_put_right_or_doubted() -> None:
    roadmap = excel(
        [TITLE], HEADER,
        [1.1, "А", "май", "ТМС", "КРЦ"], [1.1, "Б", "май", "ТМС", "КРЦ"],
        [at(2026, 2, 1), "В", "май", "ТМС", "КРЦ"],
        A4="0.00",
    )  # fmt: skip
    assert [e.number for e in roadmap.events] == ["1.1", "1.10", "1.2"]
    assert [codes(e) for e in roadmap.events] == [[], [], ["number_was_date"]]


def test_a_number_given_twice_is_doubted_at_both() -> None:
    roadmap = excel([TITLE], HEADER, ["1", "А", "май"], ["1", "Б", "май"])
    assert [codes(e) for e in roadmap.events] == [["number_twice"]] * 2


def test_several_sheets_are_one_roadmap_and_hidden_ones_are_named() -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    for row in ([TITLE], HEADER, ["1.1", "Форум", "май", "ТМС", "КРЦ"]):
        first.append(row)
    second = book.create_sheet("Ещё")
    for row in (HEADER, ["4.1", "Семинар", "октябрь", "ТМС", "КРЦ"]):
        second.append(row)
    hidden = book.create_sheet("Черновик")
    hidden.append(["x"])
    hidden.sheet_state = "hidden"
    odd = book.create_sheet("Контакты")
    odd.append(["Имя", "Телефон", "Почта"])
    out = BytesIO()
    book.save(out)
    roadmap = read(read_xlsx(out.getvalue()))
    assert [windows(e) for e in roadmap.events] == [
        "2027-05-01..2027-05-31",
        "2026-10-01..2026-10-31",
    ]
    assert codes(roadmap) == ["sheet_hidden", "table_left_out"]


def word(paragraphs: Sequence[str], *tables: Sequence[Sequence[str]]) -> Roadmap:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    for rows in tables:
        table = document.add_table(len(rows), max(map(len, rows)))
        for i, row in enumerate(rows):
            for j, text in enumerate(row):
                table.cell(i, j).text = text
    out = BytesIO()
    document.save(out)
    return read(read_docx(out.getvalue()))


def test_a_word_table_cut_in_two_goes_on_without_its_header() -> None:
    roadmap = word(
        ["Дорожная карта", "сетевого сообщества", "на 2026-2027 учебный год"],
        [HEADER, ["1.1", "Форум", "май", "ТМС", "КРЦ"]],
        [["1.2", "Семинар", "октябрь", "ТМС", "КРЦ"]],
    )
    assert roadmap.title == "Дорожная карта сетевого сообщества на 2026-2027 учебный год"
    assert [e.number for e in roadmap.events] == ["1.1", "1.2"]
    assert codes(roadmap) == []


def test_a_stamp_beside_the_table_is_passed_over() -> None:
    roadmap = word([TITLE], [["Согласовано", "Утверждаю"]], [HEADER, ["1", "Форум", "май"]])
    assert (len(roadmap.events), codes(roadmap)) == (1, [])


def test_a_document_without_such_a_table_says_so() -> None:
    with pytest.raises(NoTable):
        word(["Письмо"], [["Имя", "Телефон", "Почта"]])


def test_columns_that_mean_nothing_to_us_are_named_if_they_hold_anything() -> None:
    roadmap = excel(
        ["Мероприятие", "Срок", "Форма проведения", "Примечание"],
        ["Форум", "май 2022", "очно", "-"],
    )
    assert [(d.code.value, d.args) for d in roadmap.doubts] == [
        ("column_left_out", {"text": "Форма проведения"})
    ]


def test_a_column_without_a_name_is_not_lost_unseen() -> None:
    roadmap = excel(["Мероприятие", "Срок"], ["Форум", "май 2022", "в Анапе"])
    assert [(d.code.value, d.args) for d in roadmap.doubts] == [("column_left_out", {"text": "3"})]


def test_tasks_have_their_level_and_last_day() -> None:
    header = ["№", "Мероприятие", "Срок", "Кейс", "Сроки выполнения кейса"]
    rows: list[Sequence[Value]] = [
        ["4.1", "А", "май", "Эссе (продуктивный творческий уровень)", "до 15 июня"],
        ["4.2", "Б", "май", "Тест, репродуктивного уровня", "июнь, июль"],
        ["4.3", "В", "май", "Проект (уровень: продуктивный, инновационный)", None],
        ["4.4", "Г", "май", "Буклет", "сентбрь"],
        ["4.5", "Д", "май", "-", "-"],
        ["1.1", "Е", "май", "Реферат (репродуктивный уровень)", "15.06.2027"],
    ]
    events = excel([TITLE], header, *rows).events
    tasks = [(e.task.level, e.task.due) if e.task else None for e in events]
    assert tasks == [
        ("продуктивный творческий", date(2027, 6, 15)),
        ("репродуктивный", date(2027, 7, 31)),
        ("продуктивный инновационный", None),
        (None, date(2026, 9, 30)),
        None,
        ("репродуктивный", date(2027, 6, 15)),
    ]
    assert [codes(e) for e in events] == [
        [], [], ["task_without_term"], ["task_without_level", "task_term"], [],
        ["task_outside_section"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("Дорожная карта проекта на 2022 г.", "2022"),
        ("План на 2022 год", "2022"),
        ("План работы на 2026-2027 учебный год", "2026-2027"),
        ("План работы на 2026/27 уч. год", "2026-2027"),
        ("План работы на 2026 – 2027 уч.г.", "2026-2027"),
        ("План на 2020-2023 годы", "2020-2023"),
        ("План (приказ от 26.01.2022 № 56)", None),
        ("План по итогам марта 2022 г.", None),
        ("План", None),
    ],
)
def test_the_year_of_a_title(title: str, label: str | None) -> None:
    period, doubts = plan_period([title])
    assert (period.label if period else None, doubts) == (label, [])


@pytest.mark.parametrize("title", ["План на 2026-2027 гг.", "План на 2022 год и на 2023 год"])
def test_a_title_that_could_mean_two_years_is_not_guessed(title: str) -> None:
    period, doubts = plan_period([title])
    assert period is None
    assert [d.code.value for d in doubts] == ["year_of_plan_unclear"]


def test_then_the_coordinators_year_settles_it() -> None:
    rows = [["План на 2026-2027 гг."], HEADER, ["1", "Форум", "октябрь", "ТМС", "КРЦ"]]
    document = read_xlsx(workbook(*rows))
    assert codes(read(document).events[0]) == ["year_unknown"]
    settled = read(document, Period.school(2026))
    assert (settled.year, windows(settled.events[0])) == ("2026-2027", "2026-10-01..2026-10-31")


def test_a_plan_of_no_year_asks_for_it_once() -> None:
    roadmap = excel(HEADER, ["1", "Форум", "октябрь"], ["2", "Семинар", "май"])
    assert (roadmap.year, codes(roadmap)) == (None, ["year_of_plan_unknown"])


def test_the_title_is_the_line_that_calls_itself_a_plan() -> None:
    assert choose_title(["ИРО", "Дорожная карта", "сети", "на 2022 год", "Сокращения"]) == (
        "Дорожная карта сети на 2022 год"
    )
    assert choose_title(["Письмо", "План работы"]) == "План работы"
    assert choose_title([]) is None


def test_a_section_known_by_its_number_alone_is_doubted() -> None:
    roadmap = excel(
        [TITLE], HEADER, ["2. Всё прочее"], ["2.1", "Форум", "май", "ТМС", "КРЦ"], merged=["A3:E3"]
    )
    assert (roadmap.events[0].section, codes(roadmap)) == (2, ["heading_by_number"])


TEXTS = st.text(alphabet="абвг 12.-", min_size=1, max_size=8).filter(str.strip)


@given(st.lists(st.tuples(*[st.just("") | TEXTS] * 5), max_size=8), st.sampled_from([2022, 2030]))
def test_no_text_of_any_table_is_lost(rows: list[tuple[str, ...]], year: int) -> None:
    cells = [Row([Cell(" ".join(t.split())) for t in row], i + 2) for i, row in enumerate(rows)]
    header = Row([Cell(name) for name in HEADER], 1)
    roadmap = read(Document([Table("", [], [header, *cells])]), Period.calendar(year))
    kept = " ".join(
        f"{e.number} {e.title} {e.term} {e.audience} {e.responsible}" for e in roadmap.events
    ) + " ".join(str(d.args) for d in roadmap.doubts)
    for row in cells:
        texts = [cell.text.strip(". )") for cell in row.cells]
        if texts != [str(n) for n in range(1, 6)] and not {*texts} <= {"", "-", *HEADER}:
            assert all(text in kept for text in texts if text not in {"", "-"}), (row, roadmap)
