"""Shipped questionnaires load; a broken file is told with all its faults at once."""

from pathlib import Path
from typing import Any

import pytest

from surveys.faults import FaultCode
from surveys.loading import FaultyQuestionnaires, build, load_all
from surveys.questionnaire import Anonymity, Measure, Questionnaire, SelectOne

SHIPPED = load_all()


def test_the_five_questionnaires_of_the_network_are_shipped() -> None:
    assert set(SHIPPED) == {
        "event_satisfaction",
        "centre_services",
        "mentors",
        "mentees",
        "poster_session",
    }


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_a_shipped_questionnaire_survives_its_stored_text(name: str) -> None:
    assert Questionnaire.from_json(SHIPPED[name].to_json()) == SHIPPED[name]


def test_every_shipped_questionnaire_measures_what_the_network_reports() -> None:
    measured = {name: {item.measure for item in q.items} - {None} for name, q in SHIPPED.items()}
    assert measured.pop("poster_session") == {Measure.RELEVANCE, Measure.READINESS}
    for name, found in measured.items():
        assert found == {Measure.SATISFACTION, Measure.EFFECT}, name


def test_only_the_services_questionnaire_is_named() -> None:
    named = {name for name, q in SHIPPED.items() if q.anonymity is Anonymity.NAMED}
    assert named == {"centre_services"}


def document(*items: dict[str, Any], **extra: object) -> dict[str, Any]:
    return {"id": "q", "version": 1, "title": "Проба", "items": list(items), **extra}


def item(name: str, kind: str = "text", **extra: object) -> dict[str, Any]:
    return {"name": name, "type": kind, "label": "Вопрос", **extra}


AB = [{"name": "a", "label": "А"}, {"name": "b", "label": "Б"}]

FAULTY: list[tuple[FaultCode, str, dict[str, Any]]] = [
    (FaultCode.UNKNOWN_TYPE, "x", document(item("x", "geopoint"))),
    (FaultCode.UNKNOWN_LIST, "x", document(item("x", "select_one towns"))),
    (FaultCode.MISSING, "x", document({"name": "x", "type": "text"})),
    (FaultCode.MISSING, "", {"id": "q", "version": 1, "items": [item("x")]}),
    (FaultCode.UNKNOWN_COLUMN, "x", document(item("x", relevance="1"))),
    (FaultCode.WRONG_VALUE, "x", document(item("x", required="maybe"))),
    (FaultCode.WRONG_VALUE, "x", document(item("x", "range", step=0))),
    (FaultCode.NO_QUESTIONS, "", document(item("x", "note"))),
    (FaultCode.DUPLICATE_NAME, "x", document(item("x"), item("x"))),
    (FaultCode.BAD_NAME, "моё имя", document(item("моё имя"))),
    (
        FaultCode.BAD_CHOICE_NAME,
        "x",
        document(item("x", "rank", choices=[{"name": "a b", "label": "А"}])),
    ),
    (
        FaultCode.RESERVED_NAME,
        "x",
        document(item("x", "select_one or_other", choices=[{"name": "other", "label": "А"}])),
    ),
    (FaultCode.EMPTY_LABEL, "x", document(item("x", label=" "))),
    (FaultCode.TOO_LONG, "x", document(item("x", hint="а" * 3001))),
    (FaultCode.TOO_LONG, "", document(item("x"), about="а" * 3501)),
    (FaultCode.NO_CHOICES, "x", document(item("x", "select_one", choices=[]))),
    (
        FaultCode.TOO_MANY_CHOICES,
        "x",
        document(
            item("x", "rank", choices=[{"name": f"c{n}", "label": f"{n}"} for n in range(96)])
        ),
    ),
    (FaultCode.TOO_MANY_CHOICES, "x", document(item("x", "range", start=0, end=100))),
    (
        FaultCode.DUPLICATE_CHOICE,
        "x",
        document(item("x", "rank", choices=[AB[0], {**AB[1], "name": "a"}])),
    ),
    (
        FaultCode.DUPLICATE_CHOICE_LABEL,
        "x",
        document(item("x", "rank", choices=[AB[0], {"name": "z", "label": "А"}])),
    ),
    (FaultCode.EMPTY_RANGE, "x", document(item("x", "range", start=5, end=1))),
    (FaultCode.UNEVEN_RANGE, "x", document(item("x", "range", start=0, end=10, step=3))),
    (FaultCode.EXPRESSION, "x", document(item("x", relevant="1 +"))),
    (FaultCode.EXPRESSION, "x", document(item("x", constraint="forall(.)"))),
    (FaultCode.UNKNOWN_REFERENCE, "x", document(item("x", relevant="${ghost} = 1"))),
    (FaultCode.UNKNOWN_REFERENCE, "x", document(item("x", label="Вы сказали ${ghost}?"))),
    (FaultCode.FORWARD_REFERENCE, "x", document(item("x", relevant="${y} = 1"), item("y"))),
    (FaultCode.FORWARD_REFERENCE, "x", document(item("x", relevant="${x} = 1"))),
    (
        FaultCode.UNKNOWN_COLUMN_IN_FILTER,
        "x",
        document(item("x", "select_one", choices=AB, choice_filter="side = 1")),
    ),
    (
        FaultCode.UNREACHABLE,
        "y",
        document(item("x", "select_one", choices=AB), item("y", relevant="${x} = 'c'")),
    ),
    (
        FaultCode.UNREACHABLE,
        "z",
        document(
            item("x", "select_one", choices=AB),
            item("y", "select_multiple", choices=AB, relevant="${x} = 'a'"),
            item("z", relevant="${x} = 'b' and selected(${y}, 'a')"),
        ),
    ),
    (FaultCode.UNREACHABLE, "x", document(item("x", relevant="1 = 2"))),
    (FaultCode.UNKNOWN_GROUP, "x", document(item("x", group="part"))),
    (
        FaultCode.GROUP_LOOP,
        "g",
        document(
            item("x", group="g"),
            groups=[{"name": "g", "parent": "h"}, {"name": "h", "parent": "g"}],
        ),
    ),
    (
        FaultCode.FORWARD_REFERENCE,
        "g",
        document(item("x", group="g"), groups=[{"name": "g", "relevant": "${x} = 1"}]),
    ),
    (
        FaultCode.BAND_WITHOUT_ITEM,
        "s",
        document(item("x"), bands=[{"item": "s", "low": 0, "high": 1, "text": "мало"}]),
    ),
    (
        FaultCode.BAND_EMPTY,
        "x",
        document(item("x"), bands=[{"item": "x", "low": 2, "high": 1, "text": "мало"}]),
    ),
    (
        FaultCode.BANDS_OVERLAP,
        "x",
        document(
            item("x"),
            bands=[
                {"item": "x", "low": 0, "high": 5, "text": "мало"},
                {"item": "x", "low": 5, "high": 9, "text": "много"},
            ],
        ),
    ),
    (FaultCode.MEASURE_NEEDS_SCALE, "x", document(item("x", measure="satisfaction"))),
    (
        FaultCode.MEASURE_NEEDS_SCALE,
        "x",
        document(item("x", "range", start=0, end=10, measure="readiness")),
    ),
]


@pytest.mark.parametrize(
    ("code", "name", "raw"),
    FAULTY,
    ids=[f"{code}-{place}" for place, (code, *_) in enumerate(FAULTY)],
)
def test_a_fault_is_told_with_its_item(code: FaultCode, name: str, raw: dict[str, Any]) -> None:
    _, found = build(raw)
    assert [(fault.code, fault.item) for fault in found] == [(code, name)]


def test_every_kind_of_fault_has_an_example_here() -> None:
    in_files = {FaultCode.UNREADABLE, FaultCode.ID_IS_NOT_THE_FILE_NAME}
    assert {code for code, *_ in FAULTY} | in_files == set(FaultCode)


def test_what_can_be_reached_is_not_called_unreachable() -> None:
    raw = document(
        item("n", "integer"),
        item("x", "select_one or_other", choices=AB),
        item("m", "select_multiple", choices=AB),
        item("y", relevant="${n} > 5 and today() > '2030-01-01'"),
        item("z", relevant="${x} = 'other'"),
        item("w", relevant="count-selected(${m}) = 2 and ${x} = ''"),
    )
    assert build(raw)[1] == []


def test_a_filtered_list_is_reached_through_what_filters_it() -> None:
    sided = [{**AB[0], "columns": {"side": "a"}}, {**AB[1], "columns": {"side": "z"}}]
    raw = document(
        item("x", "select_one", choices=AB),
        item("g", "select_one", choices=AB),
        item("y", "select_one", choices=sided, relevant="${g} = 'a'", choice_filter="side = ${x}"),
    )
    assert build(raw)[1] == []
    raw["items"][2]["choice_filter"] = "side = concat(${x}, 'pole')"
    assert [fault.code for fault in build(raw)[1]] == [FaultCode.UNREACHABLE]


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text(
        'id = "another"\nversion = 1\ntitle = "Раз"\n'
        '[[items]]\ntype = "text"\nname = "x"\nlabel = "?"\nrelevant = "${y} = 1"\n'
        '[[items]]\ntype = "integer"\nname = "1y"\nlabel = "?"\n',
        encoding="utf-8",
    )
    (tmp_path / "two.toml").write_text("id = ", encoding="utf-8")
    with pytest.raises(FaultyQuestionnaires) as caught:
        load_all(tmp_path)
    assert [(fault.file, fault.item, fault.code) for fault in caught.value.faults] == [
        ("one.toml", "x", FaultCode.UNKNOWN_REFERENCE),
        ("one.toml", "1y", FaultCode.BAD_NAME),
        ("one.toml", "", FaultCode.ID_IS_NOT_THE_FILE_NAME),
        ("two.toml", "", FaultCode.UNREADABLE),
    ]


def test_sugar_is_spelt_out(tmp_path: Path) -> None:
    lists = {"yes_no": AB, "acknowledge": AB[:1]}
    found, faults = build(
        document(item("x", "yes_no"), item("y", "acknowledge"), item("z", "yes_no or_other")), lists
    )
    assert faults == []
    assert found is not None
    first = found.item("x")
    assert isinstance(first, SelectOne)
    assert [choice.name for choice in first.choices] == ["a", "b"]
    assert [(each.type, getattr(each, "or_other", None)) for each in found.items] == [
        ("select_one", False),
        ("acknowledge", False),
        ("select_one", True),
    ]
