import copy
import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.boyko import checked_key, load_key, score
from surveys.boyko_key import ITEMS, Degree, Fault, PackRefusedError
from surveys.boyko_words import load_advice, load_wording, parse_advice, wording

DATA: dict[str, Any] = json.loads(
    files("surveys").joinpath("data/boyko/key.json").read_text(encoding="utf-8")
)
ALL_NO = dict.fromkeys(range(1, ITEMS + 1), False)
FORMS = st.lists(st.booleans(), min_size=ITEMS, max_size=ITEMS).map(
    lambda answers: dict(enumerate(answers, 1))
)


def changed(change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    data = copy.deepcopy(DATA)
    change(data)
    return data


# Written out here by hand, apart from the key's file: a key changed together with its own check
# vectors must still meet these.
def test_the_published_vectors_come_out() -> None:
    nothing = score(ALL_NO)
    assert [each.points for each in nothing.symptoms] == [8, 18, 5, 0, 3, 8, 7, 2, 15, 2, 0, 0]
    assert [each.points for each in nothing.phases] == [31, 20, 17]
    everything = score(dict.fromkeys(ALL_NO, True))
    assert [each.points for each in everything.symptoms] == [
        *(22, 12, 25, 30),
        *(27, 22, 23, 28),
        *(15, 28, 30, 30),
    ]
    odd = score({number: number % 2 == 1 for number in ALL_NO})
    assert [each.points for each in odd.phases] == [65, 60, 47]
    first_half = score({number: number <= 42 for number in ALL_NO})
    assert [each.points for each in first_half.phases] == [60, 71, 51]


def test_symptom_eleven_is_the_self_consistent_one() -> None:
    eleven = load_key().symptoms[10]
    weights = {scored.item: scored.weight for scored in eleven.items}
    assert weights == {11: 5, 23: 3, 35: 3, 47: 2, 59: 5, 71: 2, 83: 10}


@given(FORMS)
def test_every_symptom_lies_within_0_and_30_and_phases_are_their_sums(
    form: dict[int, bool],
) -> None:
    result = score(form)
    assert all(0 <= each.points <= 30 for each in result.symptoms)
    for index, phase in enumerate(result.phases):
        own = result.symptoms[index * 4 : index * 4 + 4]
        assert phase.points == sum(each.points for each in own)
        assert phase.level.low <= phase.points <= phase.level.high
    assert result.total == sum(each.points for each in result.symptoms)


@given(FORMS, st.integers(1, ITEMS))
def test_one_changed_answer_moves_exactly_one_symptom_by_its_weight(
    form: dict[int, bool], item: int
) -> None:
    other = form | {item: not form[item]}
    moved = [
        (symptom.number, abs(after.points - before.points))
        for symptom, before, after in zip(
            load_key().symptoms, score(form).symptoms, score(other).symptoms, strict=True
        )
        if before.points != after.points
    ]
    [(number, distance)] = moved
    [scored] = [each for each in load_key().symptoms[number - 1].items if each.item == item]
    assert distance == scored.weight


@pytest.mark.parametrize(
    ("points", "degree"),
    [
        (9, Degree.NONE),
        (10, Degree.FORMING),
        (15, Degree.FORMING),
        (16, Degree.FORMED),
        (19, Degree.FORMED),
        (20, Degree.DOMINANT),
    ],
)
def test_levels_of_a_symptom_begin_where_the_method_says(points: int, degree: Degree) -> None:
    [level] = [each for each in load_key().symptom_levels if each.low <= points <= each.high]
    assert level.degree is degree


@pytest.mark.parametrize(
    ("points", "degree"),
    [(36, Degree.NONE), (37, Degree.FORMING), (60, Degree.FORMING), (61, Degree.FORMED)],
)
def test_levels_of_a_phase_begin_where_the_method_says(points: int, degree: Degree) -> None:
    [level] = [each for each in load_key().phase_levels if each.low <= points <= each.high]
    assert level.degree is degree


@pytest.mark.parametrize(
    "form",
    [
        {},
        dict.fromkeys(range(1, 84), True),
        dict.fromkeys(range(85), True),
        dict.fromkeys(range(2, 86), True),
        ALL_NO | {5: None},
        ALL_NO | {5: 1},
    ],
    ids=["empty", "83", "with 0", "2–85", "None", "1 for True"],
)
def test_anything_but_84_answers_is_refused(form: dict[int, Any]) -> None:
    with pytest.raises(ValueError, match="answer"):
        score(form)


@pytest.mark.parametrize("symptom", range(12))
@pytest.mark.parametrize("place", range(7))
@pytest.mark.parametrize("by", [1, -1])
def test_no_weight_can_change_unnoticed(symptom: int, place: int, by: int) -> None:
    def change(data: dict[str, Any]) -> None:
        data["symptoms"][symptom]["items"][place]["weight"] += by

    with pytest.raises(PackRefusedError):
        checked_key(changed(change))


@pytest.mark.parametrize("symptom", range(12))
@pytest.mark.parametrize("place", range(7))
def test_no_sign_can_change_unnoticed(symptom: int, place: int) -> None:
    def change(data: dict[str, Any]) -> None:
        item = data["symptoms"][symptom]["items"][place]
        item["scored_answer"] = "no" if item["scored_answer"] == "yes" else "yes"

    with pytest.raises(PackRefusedError) as refusal:
        checked_key(changed(change))
    assert {fault for fault, _ in refusal.value.faults} == {Fault.CHECK_VECTOR}


SWAPS = [
    (symptom, a, b)
    for symptom in range(12)
    for a in range(7)
    for b in range(a)
    if DATA["symptoms"][symptom]["items"][a]["weight"]
    != DATA["symptoms"][symptom]["items"][b]["weight"]
]


@pytest.mark.parametrize(("symptom", "a", "b"), SWAPS)
def test_two_weights_cannot_be_swapped_unnoticed(symptom: int, a: int, b: int) -> None:
    """A swap keeps every sum, and the vectors miss it where they answer both items alike."""

    def change(data: dict[str, Any]) -> None:
        first, second = (data["symptoms"][symptom]["items"][place] for place in (a, b))
        first["weight"], second["weight"] = second["weight"], first["weight"]

    try:
        key = checked_key(changed(change))
    except PackRefusedError:
        return
    assert weights(key.symptoms[symptom].items) != EXPECTED[symptom]


def weights(items: Any) -> str:
    return " ".join(f"{'' if each.answer else '-'}{each.item}({each.weight})" for each in items)


# The whole key once more, by hand from the method: item(weight), minus = «нет» counts.
EXPECTED = [
    "1(2) 13(3) 25(2) -37(3) 49(10) 61(5) -73(5)",
    "-2(3) 14(2) 26(2) -38(10) -50(5) 62(5) 74(3)",
    "3(10) 15(5) 27(2) 39(2) 51(5) 63(1) -75(5)",
    "4(2) 16(3) 28(5) 40(5) 52(10) 64(2) 76(3)",
    "5(5) -17(3) 29(10) 41(2) 53(2) 65(3) 77(5)",
    "6(10) -18(3) 30(3) 42(5) 54(2) 66(2) -78(5)",
    "7(2) 19(10) -31(2) 43(5) 55(3) 67(3) -79(5)",
    "8(5) 20(5) 32(2) -44(2) 56(3) 68(3) 80(10)",
    "9(3) 21(2) 33(5) -45(5) 57(3) -69(10) 81(2)",
    "10(2) 22(3) -34(2) 46(3) 58(5) 70(5) 82(10)",
    "11(5) 23(3) 35(3) 47(2) 59(5) 71(2) 83(10)",
    "12(3) 24(2) 36(5) 48(3) 60(2) 72(10) 84(5)",
]


def test_the_shipped_key_is_the_methods() -> None:
    assert [weights(symptom.items) for symptom in load_key().symptoms] == EXPECTED


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda data: data["symptoms"][0]["items"].pop(), Fault.ITEM_COUNT),
        (lambda data: data["symptoms"][0]["items"][0].update(item=2), Fault.ITEM_TWICE),
        (lambda data: data["symptoms"][0]["items"][0].update(item=85), Fault.ITEM_UNKNOWN),
        (
            lambda data: data["symptoms"][0]["items"][0].update(scored_answer="да"),
            Fault.SCORED_ANSWER,
        ),
        (lambda data: data["symptoms"][0].update(phase="Истощение"), Fault.PHASE_SUM),
        (lambda data: data["symptom_levels"][1].update({"from": 11}), Fault.LEVEL_GAP),
        (lambda data: data["phase_levels"].pop(), Fault.LEVEL_GAP),
        (lambda data: data["check_vectors"][2]["phases"].reverse(), Fault.CHECK_VECTOR),
    ],
)
def test_a_broken_key_is_refused_with_its_fault(
    change: Callable[[dict[str, Any]], None], fault: Fault
) -> None:
    with pytest.raises(PackRefusedError) as refusal:
        checked_key(changed(change))
    assert fault in {found for found, _ in refusal.value.faults}


def test_the_shipped_wording_is_whole_named_as_own_and_fits_a_phone() -> None:
    shipped = load_wording()
    assert len(shipped.statements) == ITEMS
    assert shipped.own_words
    assert all(len(statement) <= 120 for statement in shipped.statements)


def test_all_faults_of_a_loaded_wording_are_told_at_once() -> None:
    statements = {number: f"Утверждение {number}" for number in range(1, ITEMS + 1)}
    del statements[7]
    statements |= {9: " ", 90: "Лишнее", 12: "Утверждение 11"}
    with pytest.raises(PackRefusedError) as refusal:
        wording("лицензия", "авторский текст", statements)
    assert set(refusal.value.faults) == {
        (Fault.STATEMENT_MISSING, "7"),
        (Fault.STATEMENT_EMPTY, "9"),
        (Fault.ITEM_UNKNOWN, "90"),
        (Fault.ITEM_TWICE, "11"),
        (Fault.ITEM_TWICE, "12"),
    }


def test_there_are_words_for_every_phase_level_and_symptom() -> None:
    advice = load_advice()
    assert len(advice.phases) == 3
    assert len(advice.symptoms) == 12
    assert set(advice.general) == {Degree.NONE, Degree.FORMING, Degree.FORMED}
    assert "не диагноз" in advice.not_a_diagnosis


def test_missing_words_are_all_named() -> None:
    with pytest.raises(PackRefusedError) as refusal:
        parse_advice({"edition": "пустая"})
    assert len(refusal.value.faults) == 3 * 5 + 12 * 2 + 4
