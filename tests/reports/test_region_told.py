"""What the region's workbook says, word for word and number by number, free of any format.

After a change that is meant: `TELL=1 pytest tests/reports/test_region_told.py`, and read the diff.
"""

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from bot.texts.region_labels import LABELS_OF_REGION
from reports.region import describe_region
from reports.region_data import Entered, PeopleCount, TaskCount
from reports.region_turns import View
from surveys.indicators import Code
from surveys.questionnaire import Anonymity
from tests.reports.region_samples import LAST_YEAR, TASKS, TOWNS, Rows, printed, table, whole
from tests.reports.told import told

GOLDEN = Path(__file__).with_name("golden") / "region.txt"


def test_it_says_what_it_said() -> None:
    said = told(describe_region(whole(), View(), LABELS_OF_REGION, about="Весь край"))
    if os.environ.get("TELL"):
        GOLDEN.write_text(said, encoding="utf-8")
    assert said == GOLDEN.read_text(encoding="utf-8")


def test_people_and_tasks_beside_the_previous_period_are_those_that_pandas_computes(
    tmp_path: Path,
) -> None:
    data = whole()
    book = printed(data, View(), tmp_path)
    now, then = by(data.people, "municipality"), by(data.people_before or (), "municipality")
    people = table(book, "Участники")
    for town in TOWNS:
        active = now[town]["active"] / now[town]["people"]
        earlier = then[town]["active"] / then[town]["people"]
        assert people[town][5] == pytest.approx(active)
        assert people[town][7] == pytest.approx(earlier)
        assert people[town][8] == pytest.approx(active - earlier)
    schools = by(data.people, ["municipality", "organisation"])
    schools_then = by(data.people_before or (), ["municipality", "organisation"])
    for town in TOWNS:
        found = people[f"{town} · @СОШ № 1"]
        school, past = schools[town, "@СОШ № 1"], schools_then[town, "@СОШ № 1"]
        assert found[4] == pytest.approx(school["active"] / school["people"])
        assert found[5] == pytest.approx(past["active"] / past["people"])
        assert found[6] == pytest.approx(found[4] - found[5])
        assert people[f"{town} · @СОШ № 2"][5:7] == (None, None), "nobody was there"
    for name in ("=физика", "Всего"):
        all_then = sum(then[town]["active"] for town in TOWNS) / (20 * len(TOWNS))
        assert people[name][5] == pytest.approx(all_then)
        assert people[name][6] == pytest.approx(people[name][4] - all_then)
    assert people["Калинов"][9:11] == (120, pytest.approx(now["Калинов"]["people"] / 120))
    by_town, by_level = by(TASKS, "municipality"), by(TASKS, "level")
    shown = table(book, "Задания")
    for name, row in (
        ("Градов", by_town["Градов"]),
        ("Калинов", by_town["Калинов"]),
        ("продуктивный творческий", by_level["creative"]),
        ("продуктивный инновационный", by_level["innovative"]),
    ):
        later = row["accepted"] - row["at_first"] - row["at_second"]
        assert shown[name][1:7] == (
            *(row[one] for one in ("given", "submitted", "accepted", "at_first", "at_second")),
            later,
        )
        assert shown[name][9] == pytest.approx(row["accepted"] / row["given"])
    assert shown["Градов"][10:12] == (0.4, pytest.approx(0.5 - 0.4))
    assert shown["продуктивный творческий"][10:12] == (0.4, pytest.approx(13 / 20 - 0.4))
    assert shown["Сдано"][1:6] == (19, *(pytest.approx(one) for one in (19 / 24, 5, 0.5, 7 / 24)))


def test_satisfaction_stands_beside_that_of_the_year_before(tmp_path: Path) -> None:
    before: Rows = []
    book = printed(whole(Anonymity.NAMED, before), View(), tmp_path)
    raw = pd.DataFrame(before, columns=["campaign", "town", "grade"])
    raw["high"] = raw["grade"] >= 4
    shares = raw.groupby("town")["high"].mean()
    ranks = shares.rank(method="min", ascending=False)
    shown = table(book, "Удовлетворённость")
    for town in LAST_YEAR:
        assert shown[town][12:14] == (ranks[town], pytest.approx(shares[town]))
        assert shown[town][14] == pytest.approx(shown[town][5] - shares[town])
    assert shown["Градов"][12:15] == (None, None, None), "nobody was asked then"
    assert shown["+Форум 1"][13] == pytest.approx(raw["high"].mean()), "by the same form"
    overview = table(book, "Обзор")
    assert overview["Удовлетворены"][2] == pytest.approx(raw["high"].mean())
    tidy = pd.DataFrame(book["Данные"].iter_rows(min_row=2, values_only=True))
    last = tidy[(tidy[7] == "прошлый") & (tidy[4] == "Ответили")]
    assert dict(zip(last[3], last[5], strict=True)) == LAST_YEAR
    satisfied = overview["Доля ТМС, удовлетворённых методическими услугами КРЦ и ЛСВ"]
    assert satisfied[6] == pytest.approx(100 * raw["high"].mean())


def test_what_was_entered_last_school_year_stands_beside_this_years(tmp_path: Path) -> None:
    data = replace(
        whole(),
        indicators={Code.RULES: Entered(90, 60)},
        indicators_before={Code.RULES: Entered(None, 45), Code.SATISFIED: Entered(None, 1)},
    )
    overview = table(printed(data, View(), tmp_path), "Обзор")
    assert overview["Обновление нормативно-правовой базы"][6:8] == (45, 15)
    satisfied = overview["Доля ТМС, удовлетворённых методическими услугами КРЦ и ЛСВ"]
    assert satisfied[6] != 1, "the bot computes it"


def by(
    counts: Iterable[PeopleCount | TaskCount], key: str | list[str]
) -> dict[Any, dict[str, Any]]:
    """Sums of every number, by the values of some fields."""
    rows = [{name: getattr(one, name) for name in type(one).__dataclass_fields__} for one in counts]
    found = pd.DataFrame(rows).groupby(key).sum(numeric_only=True)
    return {name: dict(row) for name, row in found.iterrows()}
