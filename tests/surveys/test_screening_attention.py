"""Which schools are named to be helped first: by a rule, and only where they may be shown."""

import random

from surveys.boyko import score
from surveys.boyko_key import Degree
from surveys.screening_attention import standouts
from surveys.screening_groups import Entry, Summary, summarise
from surveys.statistics import share

CALM = score(dict.fromkeys(range(1, 85), False))
TIRED = score(dict.fromkeys(range(1, 85), True))


def school(place: str, name: str, calm: int, tired: int) -> list[Entry]:
    return [Entry(TIRED if n < tired else CALM, "w", place, name) for n in range(calm + tired)]


def names(summary: Summary) -> list[str]:
    return [one.organisation for one in standouts(summary)]


def test_a_school_is_named_where_its_share_is_above_everybodys_beyond_chance() -> None:
    summary = summarise(
        [
            *school("А", "тяжело", 2, 18),
            *school("А", "хуже всех", 0, 30),
            *school("А", "чуть выше", 9, 11),
            *school("Б", "обычная", 60, 30),
            *school("Б", "спокойная", 40, 2),
        ]
    )
    assert names(summary) == ["хуже всех", "тяжело"], "the highest share first"
    assert [one.organisation for one in standouts(summary, {"Б"})] == []
    assert [one.organisation for one in standouts(summary, frozenset("А"))] == names(summary)


def test_what_dominates_most_often_there_is_said() -> None:
    summary = summarise([*school("А", "тяжело", 1, 19), *school("А", "обычная", 90, 5)])
    [found] = standouts(summary)
    most = max(counts.get(Degree.DOMINANT, 0) for counts in found.figures.symptoms)
    assert found.symptom is not None
    assert found.figures.symptoms[found.symptom][Degree.DOMINANT] == most == 19
    assert found.high == share(19, 20)


def test_where_nobody_or_everybody_has_a_high_level_no_school_stands_out() -> None:
    assert names(summarise([*school("А", "1", 30, 0), *school("А", "2", 30, 0)])) == []
    assert names(summarise([*school("А", "1", 0, 30), *school("А", "2", 0, 30)])) == []
    assert names(summarise(school("А", "1", 2, 7))) == [], "nine people are no summary"


def test_a_school_of_nine_is_not_named_and_changes_no_word_however_bad_it_is() -> None:
    others = [*school("А", "1", 30, 10), *school("А", "2", 30, 10), *school("Б", "3", 30, 10)]
    tired, calm = ([*others, *school("Б", "девять", 9 - n, n)] for n in (9, 0))
    assert "девять" not in names(summarise(tired))
    assert names(summarise(tired)) == names(summarise(calm)) == []


def test_whoever_is_named_is_shown_in_the_table_of_schools() -> None:
    dice = random.Random(7)
    named = 0
    for _ in range(60):
        people = [
            entry
            for place in "АБ"
            for name in "123"
            for entry in school(place, name, dice.randint(0, 20), dice.choice([0, 3, 25]))
        ]
        summary = summarise(people)
        for one in standouts(summary):
            named += 1
            assert summary.places[one.municipality].organisations[one.organisation] == one.figures
    assert named > 20
