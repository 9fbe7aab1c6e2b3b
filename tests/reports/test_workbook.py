from datetime import datetime
from itertools import pairwise
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.chart import BarChart
from openpyxl.utils import get_column_letter

from bot.texts.report import LABELS
from reports.campaign import Respondent, Response, describe
from reports.workbook import write
from surveys.questionnaire import Anonymity
from tests.reports import samples
from tests.reports.reading import figures, printed, records, sheet, table

SIZES = {"Калинов": 14, "Глупов": 9, "Градов": 21}


def test_a_workbook_has_the_promised_sheets_with_the_summary_first(tmp_path: Path) -> None:
    book = printed(samples.campaign(SIZES), tmp_path)
    assert book.sheetnames == ["Сводка", "Ответы", "Коды", "Вопросы", "Как считалось"]
    assert book.properties.title == "Семинар «Современный урок»"
    assert book.properties.subject == "Современный урок литературы"


def test_the_summary_gives_interval_and_target_of_the_satisfied_share(tmp_path: Path) -> None:
    book = printed(samples.campaign({"Калинов": 20, "Глупов": 0}), tmp_path)
    raw = [row["overall"] for row in records(book, "Коды")]
    satisfied = sum(grade in {"yes", "rather"} for grade in raw)
    value, low, high, target, remark = figures(book)["Удовлетворены"]
    assert value == satisfied / 20
    assert low < value < high
    assert target == 0.75
    assert remark == f"{satisfied} из 20 чел."


def test_numbers_percentages_and_dates_are_what_they_are(tmp_path: Path) -> None:
    book = printed(samples.campaign(SIZES), tmp_path)
    summary = sheet(book, "Сводка")
    formats = {
        str(row[0].value): row[1].number_format
        for row in summary.iter_rows(max_row=15)
        if row[0].value
    }
    assert formats["Ответили, чел."] == "#,##0"
    assert formats["Доля ответивших"] == "0.0%"
    assert formats["Средняя оценка"] == "0.00"
    answers = sheet(book, "Ответы")
    header = [cell.value for cell in answers[1]]
    sent = answers.cell(2, header.index("Отправлено") + 1)
    # 1 March 06:00 UTC + 16 h is 2 March 01:00 in Moscow
    assert sent.value == datetime.fromisoformat("2027-03-02 01:00")
    assert sent.number_format == "dd.mm.yyyy hh:mm"
    meeting = answers.cell(2, header.index("Когда удобно встретиться снова?") + 1)
    assert isinstance(meeting.value, datetime)
    assert meeting.number_format == "dd.mm.yyyy"
    assert isinstance(answers.cell(2, header.index("Сколько лет вы работаете?") + 1).value, int)


def test_every_data_sheet_has_a_frozen_header_a_filter_and_prints_on_a4(tmp_path: Path) -> None:
    book = printed(samples.campaign(SIZES), tmp_path)
    for title in ("Ответы", "Коды"):
        each = sheet(book, title)
        assert each.freeze_panes == "D2"
        assert each.auto_filter.ref == each.dimensions
        assert each.max_row == 1 + sum(SIZES.values())
        assert each.print_title_rows == "$1:$1"
    for each in book.worksheets:
        assert each.page_setup.orientation == "landscape"
        assert str(each.page_setup.paperSize) == "9"
        assert each.sheet_properties.pageSetUpPr is not None
        assert each.sheet_properties.pageSetUpPr.fitToPage
        assert each.oddFooter is not None
        assert each.oddFooter.center.text == "Страница &P из &N"


def test_column_widths_follow_the_content(tmp_path: Path) -> None:
    book = printed(samples.campaign(SIZES), tmp_path)
    answers = sheet(book, "Ответы")
    header = {
        str(cell.value): get_column_letter(index) for index, cell in enumerate(answers[1], start=1)
    }
    width = {title: answers.column_dimensions[letter].width for title, letter in header.items()}
    assert width["Довольны ли вы залом?"] >= len("Скорее не удовлетворён(а)")
    assert width["№"] < 10
    assert all(5 < each <= 60 for each in width.values())


def test_the_summary_has_native_charts_of_every_distribution_and_of_municipalities(
    tmp_path: Path,
) -> None:
    book = printed(samples.campaign(SIZES), tmp_path)
    charts = sheet(book, "Сводка")._charts  # type: ignore[attr-defined]  # no public list
    assert all(isinstance(chart, BarChart) for chart in charts)
    names = [chart.series[0].cat.strRef or chart.series[0].cat.numRef for chart in charts]
    # overall + room, pace, municipalities, topical, post, useful
    assert len(names) == 6
    assert all("Сводка" in name.f for name in names)


def test_municipalities_carry_the_regions_colours(tmp_path: Path) -> None:
    book = printed(samples.campaign(SIZES), tmp_path)
    rules = [rule for area in sheet(book, "Сводка").conditional_formatting for rule in area.rules]
    fills = {rule.dxf.fill.bgColor.rgb[-6:] for rule in rules if rule.dxf}
    assert len(fills) == 4
    assert any("<0.33" in rule.formula[0] for rule in rules)


def test_several_choices_are_split_into_zeros_and_ones(tmp_path: Path) -> None:
    def answering(*_: object) -> dict[str, object]:
        return {
            "useful": {"choice": ["talk", "other"], "other": "Буфет"},
            "order": ["lesson", "ict"],
        }

    data = samples.campaign({"Калинов": 1}, answering=answering)  # type: ignore[arg-type]  # one shape
    book = printed(data, tmp_path)
    row = records(book, "Коды")[0]
    assert (row["useful/talk"], row["useful/practice"], row["useful/other"]) == (1, 0, 1)
    assert row["useful/other/text"] == "Буфет"
    assert (row["order/ict"], row["order/lesson"]) == (2, 1)
    words = records(book, "Ответы")[0]
    assert words["Что было полезно?"] == "Доклады; Другое: Буфет"
    assert words["Расставьте темы по важности"] == "1. Современный урок; 2. Цифровые средства"


def test_answers_to_a_dropped_item_are_kept(tmp_path: Path) -> None:
    versions = [samples.questionnaire(1), samples.questionnaire(2, dropped=True)]
    book = printed(samples.campaign(SIZES, versions=versions), tmp_path)
    rows = records(book, "Коды")
    for row in rows:
        assert (row["room"] is None) == (row["_version"] == 2)
    assert any(row["room"] for row in rows)
    dictionary = {row["Код"]: row for row in records(book, "Вопросы")}
    assert dictionary["room"]["Состояние"] == "снят, последняя версия — 1"
    assert dictionary["pace"]["Версии"] == "1, 2"


def test_the_dictionary_says_what_was_asked_in_each_version(tmp_path: Path) -> None:
    first = samples.questionnaire(1)
    items = [
        item.model_copy(update={"label": "Как вам темп?"}) if item.name == "pace" else item
        for item in first.items
    ]
    second = first.model_copy(update={"version": 2, "items": tuple(items)})
    book = printed(samples.campaign(SIZES, versions=[first, second]), tmp_path)
    rows = [row for row in records(book, "Вопросы") if row["Код"] == "pace"]
    assert [(row["Версии"], row["Вопрос"]) for row in rows] == [
        ("2", "Как вам темп?"),
        ("1", "Каким был темп?"),
    ]
    overall = next(row for row in records(book, "Вопросы") if row["Код"] == "overall")
    assert "rather — Скорее удовлетворён(а) (4)" in overall["Варианты: код — текст (балл)"]
    wish = next(row for row in records(book, "Вопросы") if row["Код"] == "wish")
    assert wish["Когда задаётся"] == "${overall} != 'yes'"


def test_equal_questions_get_different_headers(tmp_path: Path) -> None:
    asked = samples.questionnaire()
    items = [item.model_copy(update={"label": "Ваше мнение?"}) for item in asked.items]
    twins = asked.model_copy(update={"items": tuple(items)})
    book = printed(samples.campaign({"Калинов": 3}, versions=[twins]), tmp_path)
    for title in ("Ответы", "Коды"):
        header = [str(cell.value) for cell in sheet(book, title)[1]]
        assert len(set(header)) == len(header)


def test_rows_come_one_to_one_and_in_the_same_order_on_both_sheets(tmp_path: Path) -> None:
    book = printed(samples.campaign(SIZES), tmp_path)
    labels = {choice.name: choice.label for choice in samples.DEGREES}
    for words, codes in zip(records(book, "Ответы"), records(book, "Коды"), strict=True):
        assert words["Удовлетворены ли вы семинаром в целом?"] == labels[codes["overall"]]
        assert words["Фамилия"] == codes["_surname"]


def test_municipalities_are_ranked_by_the_satisfied_share(tmp_path: Path) -> None:
    rows = table(printed(samples.campaign(SIZES), tmp_path), "Муниципалитет")
    assert {row["Муниципалитет"] for row in rows} == set(SIZES)
    assert all(above["Удовлетворены"] >= below["Удовлетворены"] for above, below in pairwise(rows))


def test_a_campaign_without_responses_says_so_kindly(tmp_path: Path) -> None:
    data = samples.campaign({}, invited={"Калинов": 30, "Глупов": 12})
    book = printed(data, tmp_path)
    assert figures(book)["Приглашены, чел."][0] == 42
    assert figures(book)["Ответили, чел."][0] == 0
    assert records(book, "Ответы") == []
    texts = [row[0] for row in sheet(book, "Сводка").iter_rows(values_only=True)]
    assert LABELS.figures.nobody in texts


def test_a_reader_with_a_scope_sees_their_municipalities_only(tmp_path: Path) -> None:
    book = printed(samples.campaign(SIZES, scope=frozenset({"Калинов"})), tmp_path)
    assert figures(book)["Ответили, чел."][0] == SIZES["Калинов"]
    assert {row["Муниципалитет"] for row in records(book, "Ответы")} == {"Калинов"}


def test_every_shipped_questionnaire_can_be_reported_on(tmp_path: Path) -> None:
    for name, asked in samples.shipped().items():
        for anonymity in Anonymity:
            data = samples.campaign(
                {"Калинов": 6}, versions=[asked], answering=lambda *_: {}, anonymity=anonymity
            )
            book = printed(data, tmp_path, f"{name}.xlsx")
            assert book.sheetnames[0] == "Сводка"


def test_a_workbook_replaces_the_old_one_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(b"old")
    write(describe(samples.campaign(SIZES), LABELS), path)
    assert path.read_bytes()[:2] == b"PK"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failing_source_leaves_the_old_workbook(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(b"old")
    report = describe(samples.campaign(SIZES), LABELS)
    broken = next(each for each in report.sheets if each.title == "Ответы")
    object.__setattr__(broken, "row", lambda record: 1 / 0)
    try:
        write(report, path)
    except ZeroDivisionError:
        assert path.read_bytes() == b"old"
        assert list(tmp_path.iterdir()) == [path]
    else:
        raise AssertionError("the fault was swallowed")


def test_respondents_without_a_patronymic_leave_the_cell_empty(tmp_path: Path) -> None:
    data = samples.campaign({"Калинов": 1})
    person = Respondent("Чацкий", "Александр")
    response = Response(1, {}, "Калинов", respondent=person, submitted_at=samples.OPENS)
    object.__setattr__(data, "responses", lambda: [response])
    row = records(printed(data, tmp_path), "Ответы")[0]
    assert row["Отчество"] is None
    assert row["Отправлено"] == datetime.fromisoformat("2027-03-01 09:00")


def test_a_row_is_as_tall_as_its_longest_text_needs(tmp_path: Path) -> None:
    data = samples.campaign({})
    long = Response(1, {"wish": "Больше времени на вопросы. " * 12}, "Калинов")
    short = Response(1, {"wish": "Нет"}, "Калинов")
    object.__setattr__(data, "responses", lambda: [long, short])
    answers = sheet(printed(data, tmp_path), "Ответы")
    assert answers.row_dimensions[2].height >= 5 * 15
    assert answers.row_dimensions[3].height is None


def test_a_sheet_of_data_says_how_large_it_is(tmp_path: Path) -> None:
    data = samples.campaign({"Калинов": 14, "Градов": 21})
    printed(data, tmp_path)
    # Read as a stream, which trusts what the sheet says of itself.
    book = load_workbook(tmp_path / "report.xlsx", read_only=True)
    assert book["Ответы"].max_row == 36
    assert book["Ответы"].max_column == len(next(book["Ответы"].iter_rows()))
    book.close()
