"""XLSForm expressions: what they mean, and what is said of those that cannot be used."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from surveys.expressions import Expression, ExpressionCode, ExpressionFault, parse, recall
from surveys.xpath import Scope, Value

NOW = datetime(2026, 3, 15, 0, 30, tzinfo=ZoneInfo("Europe/Moscow"))
VALUES: dict[str, Value] = {
    "age": 41,
    "half": 4.5,
    "town": "north",
    "liked": "people place",
    "empty": "",
    "day": "2026-03-10",
    "or": "x",
    "two-part.name": 1,
}


def scope(own: Value = "") -> Scope:
    return Scope(VALUES, NOW, own, lambda item, name: f"{item}:{name.upper()}")


def value(source: str, own: Value = "") -> Value | ExpressionFault:
    found = parse(source)
    assert isinstance(found, Expression), found
    return found.value(scope(own))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("${age} > 40 and ${town} = 'north'", True),
        ("${town} = 'south' or ${age} = 41", True),
        ("${age} = '41'", True),  # a number and a string compare as numbers
        ("${missing} > 3", False),
        ("${missing} = ''", True),
        ("${or} = 'x'", True),
        ("${two-part.name} + 1", 2),
        ("${ age } - 1", 40),
        ("1 + 2 * 3 - 4 div 8", 6.5),
        ("10 - 3 - 2", 5),
        ("-7 mod 3", -1),
        ("-(2 + 3)", -5),
        ("not(${age} < 40)", True),
        ("selected(${liked}, 'place')", True),
        ("selected(${liked}, 'pla')", False),
        ("count-selected(${liked})", 2),
        ("count-selected(${empty})", 0),
        ("true() or false() and false()", True),  # «and» binds closer
        ("selected-at(${liked}, 0)", "people"),
        ("selected-at(${liked}, 1)", "place"),
        ("selected-at(${liked}, 2)", ""),
        ("if(${age} >= 18, 'adult', 'child')", "adult"),
        ("coalesce(${empty}, ${town})", "north"),
        ("concat('п', 1.0, '-', ${half})", "п1-4.5"),
        ("string-length('привет')", 6),
        ("regex('СОШ 5', 'СОШ [0-9]+')", True),
        ("regex('МБОУ СОШ 5', 'СОШ [0-9]+')", False),  # the whole value, as in ODK
        ("round(2.5)", 3),
        ("round(-2.5)", -2),
        ("round(3.14159, 2)", 3.14),
        ("int('4.7')", 4),
        ("number('4.5') + 1", 5.5),
        ("substr('abcdef', 1, 3)", "bc"),
        ("substr('abcdef', 1 div 0)", ""),
        ("substr('abcdef', -3)", "def"),
        ("round(number('1e300'), 15) = number('1e300')", True),
        ("'2026-03-10T00:00:00' = ${day}", True),  # moments compare as moments
        ("today()", "2026-03-15"),
        ("now()", "2026-03-15T00:30:00"),
        ("today() - ${day}", 5),
        ("${day} <= today()", True),
        ("${day} > today() - 7", True),
        ("date(today() + 1)", "2026-03-16"),
        ("${day} = '2026-03-10'", True),
        ("format-date(${day}, '%d.%m.%Y')", "10.03.2026"),
        ("jr:choice-name(${liked}, '${liked}')", "liked:PEOPLE, liked:PLACE"),
        ("position(..)", 1),
        ("max(1, ${age}, 7)", 41),
        ("true() and not(false())", True),
        ("'it''s'", "it's"),
    ],
)
def test_what_an_expression_means(source: str, expected: Value) -> None:
    assert value(source) == expected


def test_the_own_value_is_the_dot() -> None:
    assert value(". >= 0 and . <= 120", own=41) is True
    assert value("string-length(.) <= 5", own="привет") is False
    assert value("not(selected(., 'none') and count-selected(.) > 1)", own="none a") is False


def test_division_by_nothing_is_no_number_and_never_an_error() -> None:
    for source in ("1 div 0", "0 div 0", "'a' + 1", "${missing} * 2"):
        found = parse(source)
        assert isinstance(found, Expression)
        assert found.shown(scope()) == ""


def test_today_is_the_day_of_the_given_moment_in_its_own_zone() -> None:
    utc = Scope(VALUES, NOW.astimezone(ZoneInfo("UTC")))
    found = parse("today()")
    assert isinstance(found, Expression)
    assert (found.value(scope()), found.value(utc)) == ("2026-03-15", "2026-03-14")


@pytest.mark.parametrize("pattern", ["(a+)+", "(a|aa)+", "(([a-z])+.)+[A-Z]([a-z])+"])
def test_a_pattern_without_end_comes_to_an_end(pattern: str) -> None:
    # Without the time limit this test would not come back.
    assert value(f"regex(., '{pattern}')", own="a" * 3000 + "!") is False


def test_a_pattern_may_speak_of_letters_of_any_language() -> None:
    assert value(r"regex(., '\p{Lu}\p{Ll}+')", own="Ёлкин") is True


def test_an_expression_knows_what_it_looks_at() -> None:
    found = parse("${a} = 1 or selected(${b}, ${a}) or jr:choice-name(${c}, '${d}') = 'x'")
    assert isinstance(found, Expression)
    assert set(found.references) == {"a", "b", "c", "d"}
    assert not found.uses_clock
    clock = parse("${a} < today()")
    assert isinstance(clock, Expression)
    assert clock.uses_clock


def test_a_choice_filter_reads_the_columns_of_the_choices() -> None:
    found = parse("side = ${town}", columns=True)
    assert isinstance(found, Expression)
    assert found.columns == ("side",)
    assert found.holds(Scope(VALUES, NOW, columns={"side": "north"})) is True
    assert found.holds(Scope(VALUES, NOW, columns={"side": "south"})) is False


@pytest.mark.parametrize(
    ("source", "code", "what", "column"),
    [
        ("", ExpressionCode.EMPTY, "", None),
        ("  ", ExpressionCode.EMPTY, "", None),
        ("1 +", ExpressionCode.SYNTAX, "", 3),
        ("(1 + 2", ExpressionCode.SYNTAX, "", 6),
        ("1 2", ExpressionCode.SYNTAX, "2", 3),
        ("${age", ExpressionCode.SYNTAX, "", 3),
        ("$age", ExpressionCode.SYNTAX, "age", 2),
        ("age > 3", ExpressionCode.BARE_NAME, "age", 1),
        ("/data/age = 3", ExpressionCode.SYNTAX, "/", 1),
        ("../age = 3", ExpressionCode.SYNTAX, "/", 3),
        (".. = 3", ExpressionCode.SYNTAX, "..", 1),
        ("${age} = 1 and pulldata('x')", ExpressionCode.UNKNOWN_FUNCTION, "pulldata", 16),
        ("document('x')", ExpressionCode.UNKNOWN_FUNCTION, "document", 1),
        ("selected(1)", ExpressionCode.ARGUMENTS, "selected", 1),
        ("regex(., '[')", ExpressionCode.BAD_REGEX, None, None),
        ("1 + " * 600 + "1", ExpressionCode.TOO_LONG, "2000", None),
        ("(" * 900 + "1" + ")" * 900, ExpressionCode.SYNTAX, None, None),
    ],
)
def test_a_fault_tells_what_and_where(
    source: str, code: ExpressionCode, what: str | None, column: int | None
) -> None:
    found = parse(source)
    assert isinstance(found, ExpressionFault)
    assert (found.code, found.column) == (code, column)
    if what is not None:
        assert found.what == what


def test_a_label_recalls_the_label_of_a_choice_and_shows_a_gap_for_nothing() -> None:
    assert recall("${liked}, ${age}, ${empty}", scope()) == ("liked:PEOPLE, liked:PLACE, age:41, …")
