"""An invented region for the tests of its workbook: no real people, no real answers."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook, load_workbook

from bot.texts.region_labels import LABELS_OF_REGION
from reports.periods import PeriodKind, period_of
from reports.region import describe_region
from reports.region_counting import questioned
from reports.region_data import (
    Area,
    Meeting,
    NetworkInfo,
    PeopleCount,
    Questioned,
    RegionData,
    TaskCount,
)
from reports.region_turns import View
from reports.responses import CampaignData, Response
from reports.workbook import write
from surveys.questionnaire import Anonymity, Choice, Measure, Questionnaire, SelectOne

ZONE = ZoneInfo("Europe/Moscow")
NOW = datetime(2027, 3, 1, 6, 0, tzinfo=UTC)
TOWNS = ("Калинов", "Глупов", "Градов", "Скотопригоньевск", "Миргород")
EVIL = "=HYPERLINK(0)"
FORM = Questionnaire(
    id="overall",
    version=1,
    title=EVIL,
    items=(
        SelectOne(
            name="overall",
            label="Удовлетворены?",
            choices=tuple(
                Choice(name=f"d{score}", label=f"Степень {score}", score=score)
                for score in (5, 4, 3, 2, 1)
            ),
            measure=Measure.SATISFACTION,
        ),
    ),
)
Rows = list[tuple[int, str, int]]
"""(campaign, town, grade) of every response."""


def asked(
    number: int,
    counts: Mapping[str, int],
    *,
    anonymity: Anonymity,
    seed: int,
    rows: Rows,
    year: int = 2027,
) -> Questioned:
    dice = random.Random(seed)
    mine = [(town, dice.randint(1, 5)) for town, count in counts.items() for _ in range(count)]
    rows += [(number, town, grade) for town, grade in mine]

    def responses() -> Iterator[Response]:
        for town, grade in mine:
            yield Response(1, {"overall": f"d{grade}"}, town)

    data = CampaignData(
        versions={1: FORM},
        subject=f"+Форум {number}",
        opens_at=datetime(year, 1, 10 + number, tzinfo=UTC),
        closes_at=datetime(year, 2, 10, tzinfo=UTC),
        made_at=NOW,
        zone=ZONE,
        anonymity=anonymity,
        invited={town: count + 3 for town, count in counts.items()},
        responses=responses,
    )
    return questioned(data, number=number, area=Area())


def region(anonymity: Anonymity, rows: Rows) -> RegionData:
    period = period_of(PeriodKind.YEAR, date(2027, 3, 1))
    counts = (
        {"Калинов": 14, "Глупов": 3, "Градов": 21, "Миргород": 9},
        {"Калинов": 8, "Глупов": 12, "Градов": 2, "Скотопригоньевск": 30, "Миргород": 0},
    )
    return RegionData(
        made_at=NOW,
        zone=ZONE,
        period=period,
        previous=period.previous(date(2027, 3, 1)),
        municipalities=TOWNS,
        people=tuple(
            PeopleCount(town, f"@СОШ № {n}", "=физика", 10 + n, n, 1, 5)
            for town in TOWNS
            for n in range(3)
        ),
        people_before=(),
        networks=(NetworkInfo("1", "-Сеть", "krc", "Калинов", ("Калинов", "Глупов")),),
        meetings=(
            Meeting(
                1,
                "=1",
                5,
                "@Семинар",
                Area(network="1"),
                datetime(2027, 1, 11, 10, tzinfo=UTC).replace(tzinfo=None),
                (None, None),
                cancelled=False,
                said={("Калинов", ""): 7},
                came={("Калинов", ""): 5},
                campaign=1,
            ),
        ),
        questioned=tuple(
            asked(n, of, anonymity=anonymity, seed=n, rows=rows) for n, of in enumerate(counts, 1)
        ),
    )


TASKS = (
    TaskCount("Градов", "creative", 12, 9, 7, 4, 2, 3, 1),
    TaskCount("Градов", "innovative", 4, 2, 1, 1, 0, 0, 0),
    TaskCount("Калинов", "creative", 8, 8, 6, 5, 1, 1, 2),
)
BEFORE = (TaskCount("Градов", "creative", 10, 5, 4, 4, 0, 0, 0),)


LAST_YEAR = {"Калинов": 11, "Глупов": 9, "Скотопригоньевск": 3}


def whole(anonymity: Anonymity = Anonymity.ANONYMOUS, before: Rows | None = None) -> RegionData:
    """The same with tasks, headcounts, and what there was in the period before."""
    made = region(anonymity, [])
    rows = [] if before is None else before
    past = asked(3, LAST_YEAR, anonymity=anonymity, seed=3, rows=rows, year=2026)
    return replace(
        made,
        questioned=(past, *made.questioned),
        tasks=TASKS,
        tasks_before=BEFORE,
        people_before=tuple(
            PeopleCount(town, "@СОШ № 1", "=физика", 20, 4, 1, 6 + n)
            for n, town in enumerate(TOWNS)
        ),
        headcounts={"Калинов": 120, "Градов": 60},
    )


def printed(data: RegionData, view: View, folder: Path) -> Workbook:
    path = folder / "region.xlsx"
    write(describe_region(data, view, LABELS_OF_REGION, about="=Регион"), path)
    return load_workbook(path, data_only=True)


def table(book: Workbook, sheet: str) -> dict[str, tuple[Any, ...]]:
    return {str(row[0]): row for row in book[sheet].iter_rows(values_only=True) if row[0]}
