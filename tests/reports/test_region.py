"""The region's workbook against a second implementation, for leaks, and in LibreOffice."""

import csv
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from bot.texts.region_labels import LABELS_OF_REGION
from reports.region import describe_region
from reports.region_turns import View
from reports.workbook import write
from surveys.questionnaire import Anonymity
from tests.reports.region_samples import EVIL, TOWNS, Rows, printed, region, table, whole
from tests.reports.test_libreoffice import ERRORS, converted, needs_office

OPTIONS = "44,34,76,1,,0,false,false,false,false,false,-1"
"""Values as they are: comma, quote, UTF-8, not as shown, every sheet into a file."""


def test_named_figures_are_those_that_pandas_computes_from_the_raw_rows(tmp_path: Path) -> None:
    rows: Rows = []
    data = region(Anonymity.NAMED, rows)
    book = printed(data, View(), tmp_path)
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
        invited = sum(one.invited.get(str(town), 0) for one in data.questioned)
        assert found[1] == invited, "those who were asked and kept silent too"
        assert found[2] == row["n"]
        assert found[3] == pytest.approx(row["n"] / invited)
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
def test_libreoffice_computes_every_formula_to_the_value_written_beside_it(
    tmp_path: Path,
) -> None:
    paths = [tmp_path / f"{anonymity}.xlsx" for anonymity in Anonymity]
    for anonymity, path in zip(Anonymity, paths, strict=True):
        report = describe_region(whole(anonymity), View(), LABELS_OF_REGION, about="=Регион")
        write(report, path)
    converted(*paths, to=f"csv:Text - txt - csv (StarCalc):{OPTIONS}")
    for path in paths:
        checked = formulas_checked(path)
        assert checked["Задания"] > 20, "tasks by municipality and by level"
        assert checked["Участники"] > 20
        assert sum(checked.values()) > 150


def formulas_checked(path: Path) -> dict[str, int]:
    """How many formulas of each sheet LibreOffice computed to the value that was written."""
    formulas, written_ones = load_workbook(path), load_workbook(path, data_only=True)
    checked: dict[str, int] = {}
    for sheet in formulas.worksheets:
        file = path.with_name(f"{path.stem}-{sheet.title}.csv")
        with file.open(encoding="utf-8", newline="") as opened:
            cells = list(csv.reader(opened))
        assert not [cell for row in cells for cell in row if cell.startswith(ERRORS)]
        checked[sheet.title] = 0
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    written = written_ones[sheet.title][cell.coordinate].value
                    computed = cells[(cell.row or 0) - 1][(cell.column or 0) - 1]
                    if written in (None, ""):
                        assert computed == "", (sheet.title, cell.coordinate)
                    else:
                        assert number(computed) == pytest.approx(written), cell.coordinate
                    checked[sheet.title] += 1
    return checked
