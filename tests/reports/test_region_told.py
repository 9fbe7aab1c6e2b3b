"""What the region's workbook says, word for word and number by number, free of any format.

After a change that is meant: `TELL=1 pytest tests/reports/test_region_told.py`, and read the diff.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from bot.texts.region import LABELS_OF_REGION
from reports.region import describe_region
from reports.region_data import PeopleCount, TaskCount
from reports.region_figures import View
from tests.reports.region_samples import TASKS, TOWNS, printed, table, whole
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


def by(counts: Iterable[PeopleCount | TaskCount], key: str) -> dict[Any, dict[str, Any]]:
    """Sums of every number, by the values of one field."""
    rows = [{name: getattr(one, name) for name in type(one).__dataclass_fields__} for one in counts]
    found = pd.DataFrame(rows).groupby(key).sum(numeric_only=True)
    return {name: dict(row) for name, row in found.iterrows()}
