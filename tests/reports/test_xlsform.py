"""What is taken out as XLSForm loads back equal."""

import io

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from reports.xlsform import workbook
from surveys.loading import load_all
from surveys.questionnaire import (
    Anonymity,
    Band,
    Calculate,
    Choice,
    Decimal,
    Group,
    Item,
    Note,
    Questionnaire,
    Range,
    SelectMultiple,
    SelectOne,
    Text,
)
from surveys.xlsform import load

WORDS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "Zs"), exclude_characters="\xa0${}"),
    min_size=1,
    max_size=30,
).map(lambda words: " ".join(words.split()) or "слово")
NAMES = st.from_regex(r"[a-z][a-z0-9]{0,7}", fullmatch=True)


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    names = draw(st.lists(NAMES, min_size=3, max_size=9, unique=True))
    group_names, item_names = names[:2], names[2:]
    groups = tuple(
        Group(name=name, label=draw(WORDS), parent=group_names[0] if place else None)
        for place, name in enumerate(group_names)
    )
    # XLSForm keeps a group together: items outside, then in the outer, then in the inner one.
    cuts = sorted(draw(st.lists(st.integers(1, len(item_names)), min_size=2, max_size=2)))
    items: list[Item] = []
    for place, name in enumerate(item_names):
        group = None if place < cuts[0] else groups[0].name if place < cuts[1] else groups[1].name
        items.append(draw(_item(name, group, f"{item_names[0]}_q")))
    used = {item.group for item in items}
    kept = tuple(each for each in groups if each.name in used or groups[1].name in used)
    first = Text(name=f"{item_names[0]}_q", label="Вопрос")
    calculate = Calculate(name=f"{item_names[0]}_c", calculation="1 + 1", group=items[-1].group)
    return Questionnaire(
        id=draw(NAMES),
        version=draw(st.integers(1, 10**9)),
        title=draw(WORDS),
        about=draw(WORDS),
        thanks=draw(WORDS),
        anonymity=draw(st.sampled_from(Anonymity)),
        editable_after_submit=draw(st.booleans()),
        items=(first, *items, calculate),
        groups=kept,
        bands=(Band(item=calculate.name, low=0, high=2.5, text=draw(WORDS), for_person=True),),
    )


@st.composite
def _item(draw: st.DrawFn, name: str, group: str | None, earlier: str) -> Item:
    common = {
        "name": name,
        "label": draw(WORDS),
        "hint": draw(st.none() | WORDS),
        "group": group,
    }
    relevant = f"${{{earlier}}} != ''"
    choices = tuple(
        Choice(name=f"c{n}", label=f"{draw(WORDS)} {n}", score=draw(st.none() | st.integers(0, 5)))
        for n in range(draw(st.integers(2, 4)))
    )
    required = draw(st.booleans())
    kinds: list[Item] = [
        Note(**common),
        Text(**common, required=required, relevant=relevant),
        Decimal(**common, constraint=". > 1", constraint_message="Больше"),
        Range(**common, start=0, end=10, step=2.5, start_label="нет", end_label="да"),
        SelectOne(**common, choices=choices, or_other=required, randomize=required),
        SelectMultiple(**common, choices=choices, required=required),
    ]
    return draw(st.sampled_from(kinds))


@settings(max_examples=60, deadline=None)
@given(questionnaires())
def test_any_questionnaire_comes_back_equal(questionnaire: Questionnaire) -> None:
    form = load(workbook(questionnaire))
    assert form.faults == ()
    assert form.questionnaire == questionnaire


def test_every_shipped_questionnaire_comes_back_equal() -> None:
    for questionnaire in load_all().values():
        assert load(workbook(questionnaire)).questionnaire == questionnaire


def test_a_label_that_looks_like_a_formula_stays_text() -> None:
    label = '=HYPERLINK("http://example.org")'
    questionnaire = Questionnaire(
        id="a", version=1, title="+1", items=(Text(name="q", label=label),)
    )
    content = workbook(questionnaire)
    cell = load_workbook(io.BytesIO(content))["survey"]["C2"]
    assert (cell.data_type, cell.value) == ("s", label)
    assert load(content).questionnaire == questionnaire
