"""What a screening shows about groups: nothing of fewer than ten, and nothing that gives one away.

The solver knows only what is published. It adds and subtracts published groups in every way (each
used once, added or taken away) and looks for one that is a group of fewer than ten people.
"""

import random
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys import screening_groups
from surveys.boyko import score
from surveys.boyko_key import Degree
from surveys.screening_attention import standouts
from surveys.screening_groups import MINIMUM, Entry, Summary, position_group, summarise

CALM = score(dict.fromkeys(range(1, 85), False))
TIRED = score(dict.fromkeys(range(1, 85), True))


def entry(
    place: str, school: str, position: str, service: str = "", *, tired: bool = False
) -> Entry:
    return Entry(TIRED if tired else CALM, "w", place, school, position, service)


def published(people: list[Entry], summary: Summary) -> dict[tuple[str, ...], frozenset[int]]:
    """Every group shown, as the people it consists of."""

    def group(**wanted: str) -> frozenset[int]:
        return frozenset(
            index
            for index, one in enumerate(people)
            if all(getattr(one, name) == value for name, value in wanted.items())
        )

    found: dict[tuple[str, ...], frozenset[int]] = {}
    if summary.everybody is not None:
        found["all",] = group()
    for place, shown in summary.places.items():
        found["place", place] = group(municipality=place)
        for school in shown.organisations:
            found["school", place, school] = group(municipality=place, organisation=school)
    for named in standouts(summary):
        found["helped first", named.municipality, named.organisation] = group(
            municipality=named.municipality, organisation=named.organisation
        )
    for position in summary.positions:
        found["position", position] = group(position=position)
    for service in summary.services:
        found["service", service] = group(service=service)
    return found


def derived(groups: list[frozenset[int]], people: int) -> Iterator[int]:
    """The size of every group that equals a sum or difference of published ones.

    People who are in the same published groups cannot be told apart: they are counted together.
    A sum is given up as soon as what is left can make it no set of people any more.
    """
    alike = Counter(tuple(person in group for group in groups) for person in range(people))
    kinds, sizes = list(alike), list(alike.values())
    left = [[sum(kind[place:]) for kind in kinds] for place in range(len(groups) + 1)]

    def walk(place: int, counts: list[int]) -> Iterator[int]:
        if any(
            count - more > 1 or count + more < 0
            for count, more in zip(counts, left[place], strict=True)
        ):
            return
        if place == len(groups):
            if any(counts):
                yield sum(size for size, count in zip(sizes, counts, strict=True) if count)
            return
        for sign in (-1, 0, 1):
            yield from walk(
                place + 1,
                [count + sign * kind[place] for count, kind in zip(counts, kinds, strict=True)],
            )

    yield from walk(0, [0] * len(kinds))


def random_people(dice: random.Random) -> list[Entry]:
    places = [f"район {n}" for n in range(dice.randint(1, 3))]
    schools = {place: [f"школа {n}" for n in range(dice.randint(1, 2))] for place in places}
    positions = ["teachers", "leaders", "preschool"][: dice.randint(1, 3)]
    people = []
    for _ in range(dice.randint(12, 90)):
        place = dice.choices(places, range(1, len(places) + 1))[0]
        position = dice.choices(positions, (8, 2, 1)[: len(positions)])[0]
        # Some positions stand together in one place: there subtraction bites.
        if place == places[0] and dice.random() < 0.5:
            position = positions[-1]
        service = dice.choices(["20-up", "under-3", ""], (8, 3, 1))[0]
        if position == positions[-1] and dice.random() < 0.7:
            service = "under-3"  # the young are of one position: subtraction bites here too
        school = dice.choice(schools[place])
        tired = dice.random() < (0.9 if school == "школа 1" else 0.2)
        people.append(entry(place, school, position, service, tired=tired))
    return people


@pytest.mark.parametrize("seed", range(150))
def test_no_group_below_ten_can_be_computed_from_all_that_is_published(seed: int) -> None:
    people = random_people(random.Random(seed))
    shown = published(people, summarise(people))
    assert all(len(group) >= MINIMUM for group in shown.values())
    groups = list(dict.fromkeys(shown.values()))
    small = [size for size in derived(groups, len(people)) if size < MINIMUM]
    assert small == [], (seed, list(shown))


def test_schools_to_help_first_are_named_in_these_random_regions_too() -> None:
    regions = [summarise(random_people(random.Random(seed))) for seed in range(150)]
    named = [len(standouts(summary)) for summary in regions]
    assert sum(map(bool, named)) > 20, "or the solver would not have looked at any"


def test_the_solver_finds_what_carelessness_would_give_away() -> None:
    """Were every group of ten shown, the solver would find a hidden one: it is no blind test."""
    people = [entry("А", "1", "teachers") for _ in range(20)]
    people += [entry("Б", "1", "teachers") for _ in range(4)]
    careless = [frozenset(range(24)), frozenset(range(20))]
    assert 4 in derived(careless, 24)
    assert "А" not in summarise(people).places
    assert summarise(people).everybody is not None


def test_without_the_search_over_three_tables_the_solver_finds_small_groups(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(screening_groups, "safe", lambda table, minimum: True)
    found = 0
    for seed in range(30):
        people = random_people(random.Random(seed))
        groups = list(dict.fromkeys(published(people, summarise(people)).values()))
        found += any(size < MINIMUM for size in derived(groups, len(people)))
    assert found > 5


def test_a_position_of_one_place_is_not_subtracted_from_it() -> None:
    people = [entry("А", "", "leaders") for _ in range(12)] + [
        entry("А", "", "teachers") for _ in range(5)
    ]
    people += [entry("Б", "", "teachers") for _ in range(30)]
    summary = summarise(people)
    assert set(summary.places) == {"А", "Б"}
    assert "leaders" not in summary.positions, "А without its leaders would be five people"


def test_length_of_service_is_shown_where_it_gives_nobody_away() -> None:
    people = [
        entry(place, "1", position, service)
        for place in ("А", "Б")
        for position in ("teachers", "leaders")
        for service in ("under-3", "20-up")
        for _ in range(12)
    ]
    summary = summarise(people)
    assert set(summary.positions) == {"teachers", "leaders"}
    assert {group: one.people for group, one in summary.services.items()} == {
        "under-3": 48,
        "20-up": 48,
    }
    # The same with four newcomers in all: neither they nor, by subtraction, the others.
    few = [*people[:12], *(entry("А", "1", "teachers", "under-3") for _ in range(4))]
    few += [entry("Б", "1", "teachers", "20-up") for _ in range(20)]
    assert "under-3" in summarise(few).services
    rare = [entry("А", "1", "teachers", "20-up") for _ in range(30)]
    rare += [entry("А", "1", "teachers", "3-9") for _ in range(4)]
    assert summarise(rare).services == {}


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_a_narrower_report_and_a_second_one_are_parts_of_the_same_summary(seed: int) -> None:
    people = random_people(random.Random(seed))
    first = summarise(people)
    shuffled = people[:]
    random.Random(seed + 1).shuffle(shuffled)
    assert summarise(shuffled) == first, "who came when changes nothing"
    assert Summary.model_validate_json(first.model_dump_json()) == first


def test_fewer_than_ten_are_no_summary_at_all() -> None:
    summary = summarise([entry("А", "1", "teachers") for _ in range(9)])
    assert summary.everybody is None
    assert (summary.places, summary.positions) == ({}, {})


def test_counts_are_of_people_by_degree() -> None:
    people = [entry("А", "1", "teachers", tired=n < 4) for n in range(16)]
    everybody = summarise(people).everybody
    assert everybody is not None
    assert everybody.people == 16
    assert everybody.high == 4
    assert [sum(counts.values()) for counts in everybody.symptoms] == [16] * 12
    expected = sum(TIRED.symptoms[0].level.degree is Degree.DOMINANT for _ in range(4))
    assert everybody.symptoms[0].get(Degree.DOMINANT, 0) == expected


@pytest.mark.parametrize(
    ("said", "group"),
    [
        ("Учитель физики", "teachers"),
        ("заместитель директора по УВР", "leaders"),
        ("педагог-психолог", "specialists"),
        ("Воспитатель", "preschool"),
        ("методист", "methodists"),
        ("библиотекарь", "others"),
        ("", "others"),
    ],
)
def test_a_position_as_people_write_it_falls_into_a_group(said: str, group: str) -> None:
    assert position_group(said) == group
