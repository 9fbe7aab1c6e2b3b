"""What holds for every path through every questionnaire, shipped or made up at random."""

import string
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.answers import Answer
from surveys.engine import (
    Accepted,
    Ask,
    Refusal,
    Review,
    accept,
    back,
    check,
    effective,
    forward,
    next_step,
    step_at,
    summary,
    validate_answers,
)
from surveys.expressions import Expression, parse
from surveys.loading import load_all
from surveys.questionnaire import (
    OTHER,
    Acknowledge,
    Choice,
    Date,
    Decimal,
    Integer,
    Item,
    Note,
    Questionnaire,
    Range,
    Rank,
    SelectMultiple,
    SelectOne,
    Text,
    Upload,
)
from surveys.soundness import faults
from surveys.xpath import Scope

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SHIPPED = load_all()
NAMES = "abcdefgh"

choices = st.lists(st.sampled_from("pqrst"), min_size=1, max_size=4, unique=True).map(
    lambda names: tuple(Choice(name=name, label=f"Вариант {name}") for name in names)
)


@st.composite
def conditions(draw: st.DrawFn, earlier: list[str]) -> str | None:
    if not earlier or draw(st.booleans()):
        return None
    parts = []
    for name in draw(st.lists(st.sampled_from(earlier), min_size=1, max_size=2)):
        letter = draw(st.sampled_from("pqr"))
        parts.append(
            draw(
                st.sampled_from(
                    [
                        f"${{{name}}} = '{letter}'",
                        f"selected(${{{name}}}, '{letter}')",
                        f"${{{name}}} > 2",
                        f"${{{name}}} != ''",
                        f"not(string-length(${{{name}}}) > 1)",
                    ]
                )
            )
        )
    return draw(st.sampled_from([" and ", " or "])).join(parts)


@st.composite
def items(draw: st.DrawFn, name: str, earlier: list[str]) -> Item:
    common: dict[str, Any] = {
        "name": name,
        "label": f"Вопрос {name}",
        "relevant": draw(conditions(earlier)),
        "required": draw(st.booleans()),
    }
    closed = {"choices": draw(choices), "or_other": draw(st.booleans())}
    made: list[Item] = [
        Note(**common),
        SelectOne(**common, **closed),
        SelectMultiple(**common, **closed),
        Range(**common, start=0, end=5),
        Integer(**common, constraint=". < 100"),
        Decimal(**common),
        Text(**common),
        Date(**common, constraint=". <= today()"),
        Upload(**common, type="file"),
    ]
    return draw(st.sampled_from(made))


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    names = NAMES[: draw(st.integers(1, len(NAMES)))]
    made = [draw(items(name, list(names[:place]))) for place, name in enumerate(names)]
    return Questionnaire(id="random", version=1, title="Случайная", items=tuple(made))


any_questionnaire = st.one_of(questionnaires(), st.sampled_from(list(SHIPPED.values())))


def answer_to(ask: Ask, data: st.DataObject) -> Answer:
    """An answer that the item itself allows."""
    item = ask.item
    if isinstance(item, Note) or (not item.required and data.draw(st.integers(0, 3)) == 0):
        return None
    names = [choice.name for choice in ask.choices]
    match item:
        case SelectOne() | Acknowledge():
            one = data.draw(st.sampled_from([*names, OTHER] if item.or_other else names))
            return {"choice": OTHER, "other": "своё"} if one == OTHER else one
        case SelectMultiple():
            free = [choice.name for choice in ask.choices if not choice.alone]
            some = data.draw(st.lists(st.sampled_from(free), min_size=1, unique=True))
            with_other: Answer = {"choice": [*some, OTHER], "other": "своё"}
            return with_other if item.or_other and data.draw(st.booleans()) else some
        case Rank():
            return data.draw(st.permutations(names))
        case Range():
            return data.draw(st.sampled_from(item.values()))
        case Integer():
            return data.draw(st.integers(1, 30))
        case Decimal():
            return data.draw(st.floats(-1e6, 1e6))
        case Date():
            return (date(2026, 11, 22) - timedelta(days=data.draw(st.integers(0, 9)))).isoformat()
        case Upload():
            return {"file": f"3f/{'3f' * 16}", "name": "план.pdf", "size": 7}
        case _:
            return data.draw(st.text("абв pqr", min_size=1).filter(str.strip))


def walked(questionnaire: Questionnaire, data: st.DataObject) -> dict[str, Answer]:
    """Answers of one whole conversation, checked on its way."""
    answers: dict[str, Answer] = {}
    progress = 0.0
    for _ in range(len(questionnaire.items) + 1):
        step = next_step(questionnaire, answers, now=NOW)
        if isinstance(step, Review):
            return answers
        assert step.item.name not in answers
        assert 0 <= step.number <= step.total
        if step.total:
            assert step.number / step.total >= progress
            progress = step.number / step.total
        found = check(questionnaire, step.item.name, answer_to(step, data), answers, now=NOW)
        assert isinstance(found, Accepted), (step.item, found)
        answers[step.item.name] = found.answer
    raise AssertionError("the conversation does not end")


@settings(max_examples=60, deadline=None)
@given(any_questionnaire, st.data())
def test_every_path_ends_in_a_review_that_may_be_submitted(
    questionnaire: Questionnaire, data: st.DataObject
) -> None:
    answers = walked(questionnaire, data)
    assert validate_answers(questionnaire, answers, now=NOW) == {}
    counted = effective(questionnaire, answers, now=NOW)
    shown = [item.name for item, _ in summary(questionnaire, answers, now=NOW)]
    assert list(counted) == shown
    assert next_step(questionnaire, counted | answers, now=NOW) == next_step(
        questionnaire, answers, now=NOW
    )


@settings(max_examples=60, deadline=None)
@given(any_questionnaire, st.data())
def test_an_accepted_answer_is_accepted_again_unchanged(
    questionnaire: Questionnaire, data: st.DataObject
) -> None:
    answers = walked(questionnaire, data)
    for name in effective(questionnaire, answers, now=NOW):
        again = check(questionnaire, name, answers[name], answers, now=NOW)
        assert again == Accepted(answers[name])


@settings(max_examples=60, deadline=None)
@given(any_questionnaire, st.data())
def test_back_and_then_forward_leads_to_the_same_place(
    questionnaire: Questionnaire, data: st.DataObject
) -> None:
    answers = walked(questionnaire, data)
    step = back(questionnaire, answers, None, now=NOW)
    seen = []
    while isinstance(step, Ask):
        seen.append(step.item.name)
        here = back(questionnaire, answers, step.item.name, now=NOW)
        assert isinstance(here, Ask)
        if step.first:
            assert here.item.name == step.item.name
            break
        assert forward(questionnaire, answers, here.item.name, now=NOW) == step
        assert step_at(questionnaire, answers, here.item.name, now=NOW) == here
        step = here
    assert len(seen) == len(set(seen))


@settings(max_examples=60, deadline=None)
@given(any_questionnaire, st.data())
def test_an_edit_never_exports_what_does_not_apply_and_undoing_it_restores_all(
    questionnaire: Questionnaire, data: st.DataObject
) -> None:
    answers = walked(questionnaire, data)
    before = effective(questionnaire, answers, now=NOW)
    if not before:
        return
    name = data.draw(st.sampled_from(sorted(before)))
    step = step_at(questionnaire, answers, name, now=NOW)
    assert isinstance(step, Ask)
    changed = answers | {name: answer_to(step, data)}
    for each in effective(questionnaire, changed, now=NOW):
        found = check(questionnaire, each, changed[each], changed, now=NOW)
        assert not isinstance(found, Refusal) or found.code != "not_asked"
    assert effective(questionnaire, changed | {name: answers[name]}, now=NOW) == before


@settings(max_examples=100, deadline=None)
@given(questionnaires())
def test_a_questionnaire_comes_back_equal_from_its_stored_text(
    questionnaire: Questionnaire,
) -> None:
    assert Questionnaire.from_json(questionnaire.to_json()) == questionnaire


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questionnaires(), st.data())
def test_what_was_asked_on_some_path_is_never_called_unreachable(
    questionnaire: Questionnaire, data: st.DataObject
) -> None:
    answers = walked(questionnaire, data)
    called = {fault.item for fault in faults(questionnaire)}
    assert called.isdisjoint(effective(questionnaire, answers, now=NOW))


typed = st.one_of(
    st.text(),
    st.text(string.printable + "абвгд,.№«»—  \u00a0"),
    st.from_regex(r"\A-?\d{1,20}([.,]\d{1,5})?( лет)?\Z"),
    st.from_regex(r"\A\d{1,3}[./ -]\d{1,3}([./ -]\d{1,5})?\Z"),
    st.sampled_from(["да", "нет", "вчера", "99999 дней назад", "31 июня", "0 января", "²", "١٢"]),
)


@settings(max_examples=150, deadline=None)
@given(any_questionnaire, typed, st.data())
def test_whatever_is_typed_is_taken_in_normal_form_or_refused(
    questionnaire: Questionnaire, raw: str, data: st.DataObject
) -> None:
    answers = walked(questionnaire, data)
    for name in effective(questionnaire, answers, now=NOW):
        found = accept(questionnaire, name, raw, answers, now=NOW)
        if isinstance(found, Accepted):
            again = check(questionnaire, name, found.answer, answers, now=NOW)
            assert again == found


json_values: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.lists(st.sampled_from(["p", "q", "other", "zz", ""]), max_size=3),
    st.builds(dict, choice=st.lists(st.sampled_from("pq"), max_size=2), other=st.text(max_size=3)),
    st.builds(dict, choice=st.sampled_from(["p", OTHER])),
)


@settings(max_examples=100, deadline=None)
@given(any_questionnaire, json_values, st.data())
def test_a_forged_value_is_put_in_normal_form_or_refused(
    questionnaire: Questionnaire, value: Any, data: st.DataObject
) -> None:
    answers = walked(questionnaire, data)
    for item in questionnaire.items:
        found = check(questionnaire, item.name, value, answers, now=NOW)
        if isinstance(found, Accepted):
            assert check(questionnaire, item.name, found.answer, answers, now=NOW) == found


values = st.one_of(
    st.text(string.printable, max_size=6),
    st.integers(),
    st.floats(),
    st.sampled_from(["2026-03-15", "2026-02-31", "2026-03-15T10:00:00", "a b c", ""]),
)
FUNCTIONS = (
    *("not(X)", "if(X, Y, 1)", "coalesce(X, Y)", "selected(X, Y)", "count-selected(X)", "int(X)"),
    *("selected-at(X, Y)", "concat(X, Y)", "string-length(X)", "regex(X, Y)", "number(X)"),
    *("round(X)", "round(X, Y)", "substr(X, Y)", "date(X)", "format-date(X, Y)", "pow(X, Y)"),
    *("min(X, Y)", "sum(X, Y)", "abs(X)", "X + Y", "X - Y", "X * Y", "X div Y", "X mod Y"),
    *("X = Y", "X != Y", "X < Y", "X >= Y", "X and Y", "X or Y", "-X", "today() - X", "floor(X)"),
    *("jr:choice-name(X, Y)", "translate(X, Y, 'z')", "ceiling(X)", "decimal-date-time(X)"),
    *("date-time(X)", "join(X, Y)", "now() > X", "count-non-empty(X)", "once(X)", "position(..)"),
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(FUNCTIONS), values, values)
def test_no_function_fails_on_odd_input(source: str, x: str | float, y: str | float) -> None:
    found = parse(source.replace("X", "${x}").replace("Y", "${y}"))
    assert isinstance(found, Expression), source
    value = found.value(Scope({"x": x, "y": y}, NOW))
    assert isinstance(value, str | int | float | bool), (source, value)
    assert isinstance(found.shown(Scope({"x": x, "y": y}, NOW)), str)


@settings(max_examples=150, deadline=None)
@given(st.text(string.ascii_letters + "0123456789${}()[]/.,'\"=<>+-*| :", max_size=30))
def test_any_text_parses_or_is_told_what_is_wrong(source: str) -> None:
    found = parse(source)
    if isinstance(found, Expression):
        value = found.value(Scope({}, NOW))
        assert isinstance(value, str | int | float | bool), value
    else:
        assert found.expression == source
