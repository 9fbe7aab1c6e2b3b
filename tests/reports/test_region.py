"""The region's workbook against a second implementation, for leaks, and in LibreOffice."""

import csv
import random
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook

from bot.texts.region import LABELS_OF_REGION
from reports.periods import PeriodKind, period_of
from reports.region import describe_region
from reports.region_counting import questioned
from reports.region_data import Area, Meeting, NetworkInfo, PeopleCount, Questioned, RegionData
from reports.region_figures import View
from reports.responses import CampaignData, Response
from reports.workbook import write
from surveys.questionnaire import Anonymity, Choice, Measure, Questionnaire, SelectOne
from tests.reports.test_libreoffice import ERRORS, converted, needs_office

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
OPTIONS = "44,34,76,1,,0,false,false,false,false,false,-1"
"""Values as they are: comma, quote, UTF-8, not as shown, every sheet into a file."""
Rows = list[tuple[int, str, int]]
"""(campaign, town, grade) of every response."""


def asked(
    number: int, counts: Mapping[str, int], *, anonymity: Anonymity, seed: int, rows: Rows
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
        opens_at=datetime(2027, 1, 10 + number, tzinfo=UTC),
        closes_at=datetime(2027, 2, 10, tzinfo=UTC),
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
        {"Калинов": 8, "Глупов": 12, "Градов": 2, "Скотопригоньевск": 30},
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


def printed(data: RegionData, view: View, folder: Path) -> Workbook:
    path = folder / "region.xlsx"
    write(describe_region(data, view, LABELS_OF_REGION, about="=Регион"), path)
    return load_workbook(path, data_only=True)


def table(book: Workbook, sheet: str) -> dict[str, tuple[object, ...]]:
    return {str(row[0]): row for row in book[sheet].iter_rows(values_only=True) if row[0]}


def test_named_figures_are_those_that_pandas_computes_from_the_raw_rows(tmp_path: Path) -> None:
    rows: Rows = []
    book = printed(region(Anonymity.NAMED, rows), View(), tmp_path)
    raw = pd.DataFrame(rows, columns=["campaign", "town", "grade"])
    raw["high"] = raw["grade"] >= 4
    overview = table(book, "Обзор")
    assert overview["Ответили"][1] == len(raw)
    assert overview["Удовлетворены"][1] == pytest.approx(raw["high"].mean())
    assert overview["Средняя"][1] == pytest.approx(raw["grade"].mean())
    assert overview["Медиана"][1] == pytest.approx(raw["grade"].median())
    shown = table(book, "Удовлетворённость")
    by_town = raw.groupby("town").agg(
        n=("high", "size"),
        high=("high", "sum"),
        mean=("grade", "mean"),
        median=("grade", "median"),
    )
    ranks = (by_town["high"] / by_town["n"]).rank(method="min", ascending=False)
    for town, row in by_town.iterrows():
        found = shown[str(town)]
        assert found[2] == row["n"]
        assert found[4] == row["high"]
        assert found[5] == pytest.approx(row["high"] / row["n"])
        assert found[9] == pytest.approx(row["mean"])
        assert found[10] == row["median"]
        assert found[11] == ranks[str(town)]
    assert shown["Всего"][2] == len(raw)
    heat = table(book, "Тепловая карта")
    for campaign in (1, 2):
        of = raw[raw["campaign"] == campaign]
        for town in sorted(set(of["town"])):
            share = of[of["town"] == town]["high"].mean()
            assert heat[town][1 + campaign] == pytest.approx(share)


def test_what_is_hidden_is_in_no_cell_and_in_no_sum_of_any_sheet(tmp_path: Path) -> None:
    rows: Rows = []
    data = region(Anonymity.ANONYMOUS, rows)
    book = printed(data, View(), tmp_path)
    hidden = {(one.id, town) for one in data.questioned for town in TOWNS if town not in one.shown}
    assert {(1, "Глупов"), (2, "Градов")} <= hidden
    kept = [row for row in rows if (row[0], row[1]) not in hidden]
    shown = table(book, "Удовлетворённость")
    assert shown["Всего"][2] == len(kept), "sums are made of what is shown"
    for one in data.questioned:
        left = sum(row[0] == one.id for row in rows) - sum(row[0] == one.id for row in kept)
        assert left == 0 or left >= 5, "nobody few remains when the shown are taken away"
    tidy = list(book["Данные"].iter_rows(min_row=2, values_only=True))
    for one in data.questioned:
        towns = {row[3] for row in tidy if row[1] == one.name}
        assert not {town for number, town in hidden if number == one.id} & towns


def test_two_readers_cannot_subtract_their_workbooks(tmp_path: Path) -> None:
    rows: Rows = []
    data = region(Anonymity.ANONYMOUS, rows)
    network = View(frozenset({"Калинов", "Глупов"}), frozenset({"1"}))
    whole = table(printed(data, View(), tmp_path), "Удовлетворённость")
    part = table(printed(data, network, tmp_path), "Удовлетворённость")
    for town in ("Калинов", "Глупов"):
        assert part[town][1:10] == whole[town][1:10]
    assert "Градов" not in part


def test_no_words_of_people_become_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "region.xlsx"
    write(describe_region(region(Anonymity.NAMED, []), View(), LABELS_OF_REGION, about=EVIL), path)
    book = load_workbook(path)
    said = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value[0] in "=+-@":
                    ours = cell.value.startswith(("=SUBTOTAL(", "=IF("))
                    assert (cell.data_type == "f") == ours, (sheet.title, cell.coordinate)
                    said += not ours
    assert said > 10


def number(text: str) -> float:
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)


@needs_office
@pytest.mark.parametrize("anonymity", Anonymity)
def test_libreoffice_computes_every_formula_to_the_value_written_beside_it(
    anonymity: Anonymity, tmp_path: Path
) -> None:
    book = printed(region(anonymity, []), View(), tmp_path)
    path = tmp_path / "region.xlsx"
    formulas = load_workbook(path)
    converted(path, f"csv:Text - txt - csv (StarCalc):{OPTIONS}")
    checked = 0
    for sheet in formulas.worksheets:
        file = next(tmp_path.glob(f"*-{sheet.title}.csv"))
        with file.open(encoding="utf-8", newline="") as opened:
            cells = list(csv.reader(opened))
        assert not [cell for row in cells for cell in row if cell.startswith(ERRORS)]
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    written = book[sheet.title][cell.coordinate].value
                    computed = cells[(cell.row or 0) - 1][(cell.column or 0) - 1]
                    if written in (None, ""):
                        assert computed == "", (sheet.title, cell.coordinate)
                    else:
                        assert number(computed) == pytest.approx(written), cell.coordinate
                    checked += 1
    assert checked > 50
