"""The chat's path through a form is the one that other tools of the standard would take.

The reference shares nothing with the product but the standard: pyxform turns the workbook into an
XForm, and libxml2 evaluates the XForm's own XPath over its instance document, in document order,
where what is not relevant is empty.
"""

import math
from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]  # it has no stubs
from pyxform.xls2xform import convert

from reports.xlsform import workbook
from surveys.answers import Answer
from surveys.engine import Accepted, Review, check, effective, next_step
from surveys.questionnaire import (
    Calculate,
    Choice,
    Group,
    Integer,
    Item,
    Note,
    Questionnaire,
    Range,
    Rank,
    SelectMultiple,
    SelectOne,
    Text,
)
from surveys.soundness import faults
from surveys.xlsform import load

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CHOICES = tuple(Choice(name=name, label=f"Вариант {name}") for name in "pqr")

CONDITIONS = (
    *("${X} = 'p'", "${X} != 'q'", "selected(${X}, 'r')", "not(selected(${X}, 'p'))"),
    *("${X} > 2", "${X} <= 3", "${X} = ''", "${X} != ''", "string-length(${X}) > 1"),
    *("count-selected(${X}) >= 2", "number(${X}) + 1 > 3", "contains(${X}, 'p')"),
    *("if(${X} = 'p', 1, 0) = 1", "coalesce(${X}, 'p') = 'p'", "${X} = 'p' or ${Y} = 'p'"),
    *("${X} != '' and not(${Y} > 2)", "starts-with(${X}, 'q')", "${X} = ${Y}"),
    *("round(${X} div 2) = 2", "${X} mod 2 = 1", "concat(${X}, ${Y}) = 'pq'", "-${X} < -1"),
)
CALCULATIONS = (
    *("count-selected(${X}) * 2", "string-length(${X})", "if(${X} = 'p', 5, 1)"),
    *("coalesce(${X}, ${Y})", "number(${X}) + 1", "concat(${X}, '-', ${Y})"),
    *("floor(${X} div 2)", "substring-before(${X}, 'q')", "(${X} > 2) + (${Y} > 2)"),
)


@st.composite
def forms(draw: st.DrawFn) -> Questionnaire:
    names = list("abcdefg"[: draw(st.integers(2, 7))])
    cut = draw(st.integers(1, len(names)))
    made: list[Item] = []
    for place, name in enumerate(names):
        made.append(draw(_item(name, names[:place], "grp" if place >= cut else None)))
    group = Group(name="grp", label="Часть", relevant=draw(_about(names[:cut], CONDITIONS)))
    used = (group,) if cut < len(names) else ()
    return Questionnaire(id="f", version=1, title="Форма", items=tuple(made), groups=used)


@st.composite
def _item(draw: st.DrawFn, name: str, earlier: list[str], group: str | None) -> Item:
    common: dict[str, Any] = {
        "name": name,
        "label": f"Вопрос {name}",
        "group": group,
        "relevant": draw(st.none() | _about(earlier, CONDITIONS)) if earlier else None,
    }
    kinds: list[Item] = [
        SelectOne(**common, choices=CHOICES),
        SelectMultiple(**common, choices=CHOICES),
        Rank(**common, choices=CHOICES),
        Range(**common, start=1, end=5),
        Integer(**common),
        Text(**common),
    ]
    if earlier:
        calculation = draw(_about(earlier, CALCULATIONS))
        kinds += [Note(**common), Calculate(**common | {"label": ""}, calculation=calculation)]
    return draw(st.sampled_from(kinds))


@st.composite
def _about(draw: st.DrawFn, earlier: list[str], sources: tuple[str, ...]) -> str:
    x, y = draw(st.sampled_from(earlier)), draw(st.sampled_from(earlier))
    return draw(st.sampled_from(sources)).replace("X", x).replace("Y", y)


ANSWERS: dict[type, st.SearchStrategy[Answer]] = {
    SelectOne: st.none() | st.sampled_from("pqr"),
    SelectMultiple: st.none() | st.lists(st.sampled_from("pqr"), min_size=1, unique=True),
    Rank: st.permutations("pqr").map(list),
    Range: st.none() | st.sampled_from([1, 2, 3, 4, 5]),
    Integer: st.none() | st.integers(-3, 6),
    Text: st.none() | st.sampled_from(["p", "q", "pq", "r", "2", "3", "слово"]),
    Note: st.none(),
}


class Reference:
    """An XForm and its instance document."""

    def __init__(self, form: Questionnaire) -> None:
        xform = etree.fromstring(convert(workbook(form), validate=False).xform.encode())
        for node in xform.iter():
            if isinstance(node.tag, str):
                node.tag = etree.QName(node).localname
        (instance,) = xform.xpath("//instance[not(@id)]/*")
        self.tree = etree.ElementTree(instance)
        self.binds = {bind.get("nodeset"): bind for bind in xform.iter("bind")}

    def run(self, given: dict[str, Answer]) -> dict[str, str | None]:
        """Name → value of every item that is relevant; answers not given count as empty."""
        found: dict[str, str | None] = {}
        dropped: set[str] = set()
        for path, bind in self.binds.items():
            if "/meta/" in path or path.endswith("/meta"):
                continue
            (node,) = self.tree.xpath(path)
            inside = any(path.startswith(f"{one}/") for one in dropped)
            if inside or not self._holds(bind.get("relevant"), node):
                dropped.add(path)
                continue
            if bind.get("calculate"):
                node.text = _text(self._value(bind.get("calculate"), node))
            elif node.tag in given:
                node.text = _written(given[node.tag])
            if not len(node):
                found[node.tag] = node.text or ""
        return found

    def _holds(self, source: str | None, node: Any) -> bool:
        return source is None or bool(self._value(f"boolean({source})", node))

    def _value(self, source: str, node: Any) -> Any:
        return self.tree.xpath(
            source,
            extensions={
                (None, "selected"): lambda _, words, word: word in _string(words).split(),
                (None, "count-selected"): lambda _, words: float(len(_string(words).split())),
                (None, "if"): lambda _, test, one, other: one if test else other,
                (None, "coalesce"): lambda _, one, other: _string(one) or _string(other),
            },
        )


def _string(value: Any) -> str:
    """XPath's string() of what libxml2 hands to an extension."""
    if isinstance(value, list):
        return (value[0].text or "") if value else ""
    return value if isinstance(value, str) else _text(value)


def _text(value: Any) -> str:
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        return str(int(value)) if value == int(value) else repr(value)
    return _string(value)


def _written(answer: Answer) -> str:
    return " ".join(answer) if isinstance(answer, list) else "" if answer is None else str(answer)


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(forms(), st.data())
def test_the_chat_asks_what_the_reference_finds_relevant(
    form: Questionnaire, data: st.DataObject
) -> None:
    assume(not faults(form))  # an item that no answers bring up: refused before
    assert load(workbook(form)).questionnaire == form
    answers: dict[str, Answer] = {}
    asked: list[str] = []
    while not isinstance(step := next_step(form, answers, now=NOW), Review):
        answer = data.draw(ANSWERS[type(step.item)])
        taken = check(form, step.item.name, answer, answers, now=NOW)
        assert isinstance(taken, Accepted)
        answers[step.item.name] = taken.answer
        asked.append(step.item.name)
    relevant = Reference(form).run(answers)
    computed = [item.name for item in form.items if isinstance(item, Calculate)]
    assert [name for name in relevant if name not in computed] == asked
    counted = effective(form, answers, now=NOW)
    ours = {name: _written(counted[name]) for name in computed if name in counted}
    assert ours == {name: relevant[name] for name in computed if name in relevant}
