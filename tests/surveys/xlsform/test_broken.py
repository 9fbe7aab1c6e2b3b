"""More than a hundred broken workbooks: every fault at its place, none half-loaded."""

import io
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pytest
from openpyxl import Workbook

from surveys.xlsform import load

HEAD = [
    *("type", "name", "label", "required", "relevant", "constraint", "calculation"),
    *("parameters", "measure", "choice_filter"),
]
SOUND: dict[str, list[list[Any]]] = {
    "survey": [
        HEAD,
        ["note", "hello", "Здравствуйте"],
        ["select_one q", "came", "Были?", "yes"],
        ["select_multiple q or_other", "why", "Почему?", None, "${came} = 'yes'"],
        ["integer", "years", "Стаж", None, None, ". >= 0"],
        ["begin group", "part", "Часть"],
        ["text", "words", "Слова"],
        ["range", "scale", "Оценка", None, None, None, None, "start=1 end=5"],
        ["end group"],
        ["calculate", "sum", None, None, None, None, "${years} + 1"],
        ["rank q", "order", "По порядку"],
        ["date", "day", "Когда?"],
        ["decimal", "hours", "Часы"],
        ["acknowledge", "ok", "Прочитано"],
        ["select_one q", "last", "И последнее?"],
    ],
    "choices": [["list_name", "name", "label", "score"], ["q", "yes", "Да"], ["q", "no", "Нет"]],
    "settings": [["form_title", "form_id", "anonymity"], ["Анкета", "anketa", "named"]],
    "bands": [["name", "from", "to", "text"], ["sum", 0, 3, "мало"], ["sum", 4, 9, "много"]],
}


@dataclass(frozen=True)
class Slip:
    """A cell filled in wrongly, and where the fault must be told."""

    sheet: str
    cell: str
    value: Any
    told: tuple[str, int, str | None] | None = None

    @property
    def place(self) -> tuple[str, int, str | None]:
        """Sheet, row, column as a coordinator finds them."""
        return self.told or (self.sheet, int(self.cell[1:]), self.cell[0])


SLIPS = (
    Slip("survey", "A2", "nota"),
    Slip("survey", "D3", "наверное"),
    Slip("survey", "E4", "${nobody} = 'yes'"),
    Slip("survey", "F5", ". >= "),
    Slip("survey", "C7", None),
    Slip("survey", "H8", "start=много end=5"),
    Slip("survey", "G10", None),
    Slip("survey", "A11", "rank qq"),
    Slip("survey", "B12", "имя дня"),
    Slip("survey", "I13", "satisfactory"),
    Slip("survey", "E14", "foo(1)"),
    Slip("survey", "B15", None),
    Slip("choices", "D2", "пять"),
    Slip("settings", "C2", "secret"),
    Slip("bands", "B3", "x"),
)
PAIRS = [*((slip,) for slip in SLIPS), *combinations(SLIPS, 2)]


def book(slips: tuple[Slip, ...]) -> bytes:
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in SOUND.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for slip in slips:
        made[slip.sheet][slip.cell] = slip.value
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_without_a_slip_it_loads() -> None:
    form = load(book(()))
    assert form.faults == ()
    assert form.questionnaire is not None
    assert len(PAIRS) >= 100


@pytest.mark.parametrize(
    "slips", PAIRS, ids=lambda slips: "+".join(f"{one.sheet}.{one.cell}" for one in slips)
)
def test_every_fault_is_told_at_its_place_and_nothing_else(slips: tuple[Slip, ...]) -> None:
    form = load(book(slips))
    assert form.questionnaire is None
    found = {(fault.sheet, fault.row, fault.column) for fault in form.faults}
    assert found == {slip.place for slip in slips}
