"""What people type reaches the workbook unharmed and is never run."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.campaign import Response
from reports.cells import LONGEST, clean, is_dangerous, tab, unique
from tests.reports import samples
from tests.reports.reading import printed, records, sheet, strings

INJECTIONS = (
    "=1+1",
    '=HYPERLINK("http://example.org";"жми")',
    "=cmd|' /C calc'!A0",
    "+7 900 000-00-00",
    "-5 баллов",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "#N/A",
    "#REF!",
    "'=1+1",
    "=",
    "{=1+1}",
    "%0A=1",
)


@pytest.mark.parametrize("text", INJECTIONS)
def test_typed_text_is_text_in_every_cell_it_reaches(text: str, tmp_path: Path) -> None:
    asked = samples.questionnaire()
    data = samples.campaign({}, versions=[asked])
    # The whole world is hostile: answers, names, subject, the questionnaire itself.
    items = [item.model_copy(update={"label": text}) for item in asked.items]
    hostile = asked.model_copy(update={"title": text, "items": tuple(items)})
    answers = {"overall": "no", "wish": text, "useful": {"choice": ["other"], "other": text}}
    response = Response(1, answers, municipality=text, organisation=text, position=text)  # type: ignore[arg-type]  # an Answer
    object.__setattr__(data, "versions", {1: hostile})
    object.__setattr__(data, "subject", text)
    object.__setattr__(data, "responses", lambda: [response])
    object.__setattr__(data, "invited", {text: 3, "Глупов": 2})
    book = printed(data, tmp_path)
    for each in book.worksheets:
        for row in each.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n", "d"}, (each.title, cell.coordinate)
    expected = clean(text)
    assert records(book, "Коды")[0]["wish"] == expected
    assert records(book, "Ответы")[0]["Организация"] == expected
    assert any(found == expected for _, _, found in strings(book))
    header = sheet(book, "Ответы").cell(1, 11)
    assert str(header.value).startswith(expected.split("\n")[0])
    if is_dangerous(expected):
        codes = sheet(book, "Коды")
        column = [cell.value for cell in codes[1]].index("wish") + 1
        assert codes.cell(2, column).quotePrefix
    assert bool(header.quotePrefix) == is_dangerous(str(header.value))


def test_characters_that_xml_cannot_hold_are_taken_out_and_the_rest_stays(tmp_path: Path) -> None:
    text = 'до\x00\x08\x0b\x1f\ud800\ufffeпосле\r\nстрока & <b> "кавычки" 🎓 _x0041_'
    data = samples.campaign({})
    object.__setattr__(data, "responses", lambda: [Response(1, {"wish": text}, "Глупов")])
    cell = records(printed(data, tmp_path), "Ответы")[0]["Что бы вы изменили?"]
    assert cell == 'допосле\nстрока & <b> "кавычки" 🎓 _x005F_x0041_'  # Excel shows _x0041_


@given(st.text())
def test_cleaning_changes_nothing_that_a_cell_can_hold(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned.replace("_x005F_", "_")) == cleaned
    assert len(cleaned) <= LONGEST + 6 * text.count("_x")
    if text.isprintable() and "_x" not in text:
        assert cleaned == text


def test_a_text_longer_than_a_cell_is_cut_visibly() -> None:
    assert clean("а" * 40_000) == "а" * (LONGEST - 1) + "…"


@given(st.lists(st.text(max_size=3)))
def test_headers_are_unique_whatever_their_case(titles: list[str]) -> None:
    found = unique(titles)
    assert len({title.casefold() for title in found}) == len(titles)


@given(st.lists(st.text(max_size=40), max_size=8))
def test_tabs_have_names_that_excel_takes(titles: list[str]) -> None:
    taken: set[str] = set()
    names = [tab(title, taken) for title in titles]
    assert len({name.casefold() for name in names}) == len(titles)
    for name in names:
        assert 1 <= len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
