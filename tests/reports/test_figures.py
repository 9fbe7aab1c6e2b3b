"""Every figure of the summary against a second computation, from the rows of the data sheet."""

import statistics
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.questionnaire import Anonymity
from surveys.statistics import wilson
from tests.reports import samples
from tests.reports.reading import figures, printed, records, table

POINTS = {"no": 1, "rather_no": 2, "partly": 3, "rather": 4, "yes": 5}
TOWNS = st.dictionaries(st.sampled_from(samples.TOWNS), st.integers(0, 25), min_size=2)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(TOWNS, st.integers(0, 10_000))
def test_the_summary_agrees_with_its_own_rows(sizes: dict[str, int], seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = samples.campaign(sizes, seed=seed)
        book = printed(data, Path(folder))
    rows = records(book, "Коды")
    shown = figures(book)
    assert shown["Ответили, чел."][0] == len(rows) == sum(sizes.values())
    assert shown["Доля ответивших"][0] == pytest.approx(len(rows) / sum(data.invited.values()))
    if not rows:
        return
    points = [POINTS[row["overall"]] for row in rows]
    high = sum(point >= 4 for point in points)
    value, low, upper, _, _ = shown["Удовлетворены"]
    assert value == pytest.approx(high / len(points))
    interval = wilson(high, len(points))
    assert (low, upper) == (pytest.approx(interval.low), pytest.approx(interval.high))
    assert shown["Средняя оценка"][0] == pytest.approx(statistics.fmean(points))
    assert shown["Медиана оценок"][0] == statistics.median(points)
    topical = [row["topical"] for row in rows]
    assert shown["Актуальность темы"][0] == pytest.approx(statistics.fmean(topical) / 100)
    _check_municipalities(book, rows)
    _check_items(book, rows)


def _check_municipalities(book, rows) -> None:  # type: ignore[no-untyped-def]  # openpyxl's rows
    by_town = defaultdict(list)
    for row in rows:
        by_town[row["_municipality"]].append(POINTS[row["overall"]])
    for line in table(book, "Муниципалитет"):
        points = by_town[line["Муниципалитет"]]
        assert line["Ответили"] == len(points)
        if points:
            share = sum(point >= 4 for point in points) / len(points)
            assert line["Удовлетворены"] == pytest.approx(share)
            assert line["Средняя"] == pytest.approx(statistics.fmean(points))


def _check_items(book, rows) -> None:  # type: ignore[no-untyped-def]  # openpyxl's rows
    counts = Counter(row["overall"] for row in rows)
    shares = table(book, "Вопрос", after="Доли ответов")[0]
    numbers = table(book, "Вопрос", after="Число ответов")[0]
    for choice in samples.DEGREES:
        assert shares[choice.label] == pytest.approx(counts[choice.name] / len(rows))
        assert numbers[choice.label] == counts[choice.name]
    paces = [row["pace"] for row in rows if row["pace"] is not None]
    pace = (
        next(
            line
            for line in table(book, "Вопрос", after="Оценки по вопросам, часть 2 из 2")
            or table(book, "Вопрос", after="Оценки по вопросам")
            if "темп" in line["Вопрос"]
        )
        if paces
        else None
    )
    if pace:
        assert pace["Ответили"] == len(paces)
        assert pace["Медиана"] == statistics.median(paces)
    useful = {
        line["Вариант ответа"]: line["Человек"]
        for line in table(book, "Вариант ответа", after="6. Что было полезно?")
    }
    assert useful["Доклады"] == sum(row["useful/talk"] for row in rows)
    assert useful["Другое"] == sum(row["useful/other"] for row in rows)


def test_an_anonymous_campaign_has_the_same_figures_as_a_named_one(tmp_path: Path) -> None:
    sizes = {"Калинов": 14, "Глупов": 9, "Градов": 21}
    named = printed(samples.campaign(sizes), tmp_path, "named.xlsx")
    hidden = printed(
        samples.campaign(sizes, anonymity=Anonymity.ANONYMOUS), tmp_path, "anonymous.xlsx"
    )
    assert figures(named) == figures(hidden)
    assert table(named, "Муниципалитет") == table(hidden, "Муниципалитет")
