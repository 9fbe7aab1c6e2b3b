"""An attacker who has every sheet, and every other reader's workbook, finds no hidden group."""

import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from bot.texts.report import LABELS
from reports.campaign import CampaignData
from surveys.questionnaire import Anonymity
from surveys.suppression import MINIMUM
from tests.reports import samples
from tests.reports.reading import TOO_FEW, figures, printed, records, sheet, strings, table

SIZES = st.dictionaries(st.sampled_from(samples.TOWNS), st.integers(0, 12), min_size=2)
# Shrinking prints dozens of workbooks more and says little: a dict of sizes is short anyway.
SLOW = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


def anonymous(sizes: dict[str, int], **more: Any) -> CampaignData:
    return samples.campaign(sizes, anonymity=Anonymity.ANONYMOUS, **more)


def is_safe(people: float) -> bool:
    return people == 0 or people >= MINIMUM


def published(data: CampaignData) -> Workbook:
    with tempfile.TemporaryDirectory() as folder:
        return printed(data, Path(folder))


@SLOW
@given(SIZES, st.integers(0, 1000))
def test_what_is_left_after_subtracting_shown_municipalities_is_no_small_group(
    sizes: dict[str, int], seed: int
) -> None:
    book = published(anonymous(sizes, seed=seed))
    total = figures(book)["Ответили, чел."][0]
    assert total == sum(sizes.values())
    rows = table(book, "Муниципалитет")
    shown = [row for row in rows if row["Ответили"] != TOO_FEW]
    assert all(row["Ответили"] >= MINIMUM for row in shown)
    if shown:
        assert is_safe(total - sum(row["Ответили"] for row in shown))
    for row in rows:  # a hidden row is hidden in every column but the number invited
        if row["Ответили"] == TOO_FEW:
            assert {
                value for key, value in row.items() if key not in {"Муниципалитет", "Приглашены"}
            } == {TOO_FEW}


@SLOW
@given(SIZES)
def test_too_few_nobody_and_hidden_for_another_look_the_same(sizes: dict[str, int]) -> None:
    book = published(anonymous({**sizes, "Крутогорск": 0, "Уклейкино": 3, "Буян": 9}))
    rows = {row["Муниципалитет"]: row for row in table(book, "Муниципалитет")}
    if not rows:
        return
    without = {"Муниципалитет", "Приглашены"}
    few, nobody = (
        {key: value for key, value in rows[town].items() if key not in without}
        for town in ("Уклейкино", "Крутогорск")
    )
    assert few == nobody


@SLOW
@given(SIZES, st.integers(0, 1000))
def test_no_report_of_one_reader_can_be_subtracted_from_that_of_another(
    sizes: dict[str, int], seed: int
) -> None:
    region = published(anonymous(sizes, seed=seed))
    alone = {
        town: published(anonymous(sizes, seed=seed, scope=frozenset({town}))) for town in sizes
    }
    total = figures(region)["Ответили, чел."][0]
    counts = [figures(book)["Ответили, чел."][0] for book in alone.values()]
    numbers = [count for count in counts if count != TOO_FEW]
    assert all(count >= MINIMUM for count in numbers)
    if total >= MINIMUM:
        assert is_safe(total - sum(numbers))
        for question in _questions(region):
            whole = _people(region, question)
            parts = [people for book in alone.values() if (people := _people(book, question))]
            assert all(people >= MINIMUM for people in parts)
            if whole:
                assert is_safe(whole - sum(parts)), question
    network = published(anonymous(sizes, seed=seed, scope=frozenset(sizes)))
    together = figures(network)["Ответили, чел."][0]
    if together != TOO_FEW and total >= MINIMUM:
        assert is_safe(total - together)


def _questions(book: Workbook) -> list[str]:
    return [str(row["Вопрос"]) for row in records(book, "Вопросы")]


def _people(book: Workbook, question: str) -> int:
    """How many answered, by any table of the summary; 0 where it is not told."""
    rows = list(sheet(book, "Сводка").iter_rows(values_only=True))
    for place, row in enumerate(rows):
        if not isinstance(row[0], str) or f". {question}" not in row[0]:
            continue
        if isinstance(row[1], int):
            return row[1]
        for below in rows[place:]:
            if below[0] == "Ответили":
                return below[1] if isinstance(below[1], int) else 0
            if below[0] is None:
                break
    return 0


@SLOW
@given(SIZES, st.integers(0, 1000))
def test_rows_hold_grades_only_and_nothing_that_groups_them(
    sizes: dict[str, int], seed: int
) -> None:
    data = anonymous(sizes, seed=seed)
    book = published(data)
    if sum(sizes.values()) < MINIMUM:
        return
    rows = records(book, "Коды")
    assert set(rows[0]) <= {"_number", "overall", "room", "pace", "topical"}
    given_grades = Counter(
        tuple(response.answers.get(name) for name in list(rows[0])[1:])
        for response in data.responses()
    )
    assert Counter(tuple(row.values())[1:] for row in rows) == given_grades
    # Their order is that of their content: whatever order they came in, the sheet is the same.
    backwards = anonymous(sizes, seed=seed)
    inward = list(data.responses())
    object.__setattr__(backwards, "responses", lambda: reversed(inward))
    again = published(backwards)
    for title in ("Ответы", "Коды", "Свободные ответы"):
        assert records(again, title) == records(book, title)


@SLOW
@given(SIZES)
def test_places_and_schools_stand_nowhere_but_in_the_table_of_municipalities(
    sizes: dict[str, int],
) -> None:
    book = published(anonymous(sizes))
    for title, _, text in strings(book):
        assert "СОШ" not in text
        if title != "Сводка":
            assert not any(town in text for town in sizes)


def test_fewer_than_five_in_all_leave_nothing_but_the_count(tmp_path: Path) -> None:
    book = printed(anonymous({"Калинов": 2, "Глупов": 2}), tmp_path)
    assert set(figures(book)) == {"Приглашены, чел.", "Ответили, чел.", "Доля ответивших"}
    assert figures(book)["Ответили, чел."][0] == 4
    for title in ("Ответы", "Коды"):
        assert [text for name, _, text in strings(book) if name == title] == [
            title,
            LABELS.records.withheld,
        ]


def test_an_open_anonymous_campaign_shows_nothing_but_the_count(tmp_path: Path) -> None:
    data = anonymous({"Калинов": 20, "Глупов": 20})
    object.__setattr__(data, "made_at", samples.CLOSES - timedelta(minutes=1))
    book = printed(data, tmp_path)
    assert "Удовлетворены" not in figures(book)
    assert table(book, "Муниципалитет") == []
    assert book.sheetnames == ["Сводка", "Ответы", "Коды", "Вопросы", "Как считалось"]


def test_an_item_answered_by_four_is_hidden_on_every_sheet(tmp_path: Path) -> None:
    def answering(chance: Any, asked: Any) -> Any:
        answers = samples.answers(chance, asked)
        spoken = next(numbers) < 4
        return {**answers, "room": "no" if spoken else None, "wish": "Секрет" if spoken else None}

    numbers: Any = iter(range(10_000))
    data = anonymous({"Калинов": 10, "Глупов": 10}, answering=answering)
    inward = list(data.responses())
    object.__setattr__(data, "responses", lambda: inward)
    book = printed(data, tmp_path)
    assert "room" not in records(book, "Коды")[0]
    rows = table(book, "Вопрос", after="Доли ответов")
    room = next(row for row in rows if "зал" in row["Вопрос"])
    assert set(room.values()) == {room["Вопрос"], TOO_FEW}
    assert not any("Секрет" in text for _, _, text in strings(book))


@pytest.mark.parametrize("town", ["Калинов", "Глупов"])
def test_written_answers_stand_apart_in_alphabetical_order(town: str, tmp_path: Path) -> None:
    book = printed(anonymous({town: 40, "Градов": 40}), tmp_path)
    written = records(book, "Свободные ответы")
    wishes = [row["Ответ"] for row in written if "изменили" in row["Вопрос"]]
    assert len(wishes) >= MINIMUM
    assert wishes == sorted(wishes, key=str.casefold)
    assert "wish" not in records(book, "Коды")[0]
