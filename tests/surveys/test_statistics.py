"""The figures of a report, against published values and by their properties."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.answers import Answer
from surveys.loading import load_all
from surveys.questionnaire import Choice, Integer, Range, SelectMultiple
from surveys.statistics import (
    Z95,
    Zone,
    distribution,
    figures,
    measured,
    ranks,
    response_rate,
    share,
    wilson,
    zone,
)

SHIPPED = load_all()


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [
        (4, 5, 0.376, 0.964),
        (18, 20, 0.699, 0.972),
        (0, 10, 0.0, 0.278),  # Brown, Cai, DasGupta 2001: z²/(n+z²) at a zero count
        (10, 10, 0.722, 1.0),
        (1, 1, 0.207, 1.0),
    ],
)
def test_wilsons_interval(count: int, n: int, low: float, high: float) -> None:
    found = wilson(count, n)
    assert (round(found.low, 3), round(found.high, 3)) == (low, high)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_both_ends_of_wilsons_interval_solve_its_equation(case: tuple[int, int]) -> None:
    count, n = case
    p = count / n
    for end in (wilson(count, n).low, wilson(count, n).high):
        assert math.isclose((p - end) ** 2, Z95**2 * end * (1 - end) / n, abs_tol=1e-12)
    assert 0 <= wilson(count, n).low <= p <= wilson(count, n).high <= 1


@pytest.mark.parametrize(("count", "n"), [(1, 0), (-1, 5), (6, 5), (0, 0)])
def test_what_is_no_share_has_no_interval(count: int, n: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(count, n)


@pytest.mark.parametrize(
    ("percent", "colour"),
    [
        (0, Zone.RED),
        (32.99, Zone.RED),
        (33, Zone.ORANGE),
        (49.9, Zone.ORANGE),
        (50, Zone.YELLOW),
        (74.9, Zone.YELLOW),
        (75, Zone.GREEN),
        (100, Zone.GREEN),
    ],
)
def test_a_border_belongs_to_the_zone_above_it(percent: float, colour: Zone) -> None:
    assert zone(percent / 100) is colour


@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_zone_of_a_count_is_exact(case: tuple[int, int]) -> None:
    count, n = case
    expected = (
        Zone.RED
        if count * 100 < 33 * n
        else Zone.ORANGE
        if count * 2 < n
        else Zone.YELLOW
        if count * 4 < 3 * n
        else Zone.GREEN
    )
    assert zone(count / n) is expected


def test_equal_values_share_the_better_place() -> None:
    assert ranks({"a": 5, "b": 9, "c": 5, "d": 1}) == {"b": 1, "a": 2, "c": 2, "d": 4}


def test_nobody_asked_is_not_nobody_pleased() -> None:
    item = SHIPPED["event_satisfaction"].item("overall")
    assert share(0, 0) is None
    assert response_rate(3, 0) is None
    assert response_rate(3, None) is None
    assert measured(item, []) is None
    assert figures(item, []).mean is None


def test_satisfied_are_the_two_highest_of_five() -> None:
    item = SHIPPED["event_satisfaction"].item("overall")
    answers: list[Answer] = ["fully", "rather_yes", "partly", "rather_no", "not_at_all", None]
    found = figures(item, answers)
    assert (found.n, found.skipped, found.mean, found.median) == (5, 1, 3, 3)
    assert found.measured == share(2, 5)
    scale = Range(name="r", label="?", start=1, end=5, measure=item.measure)
    assert measured(scale, [1, 2, 3, 4, 5, 5]) == share(3, 6)


def test_hard_to_say_is_left_out_of_an_effects_share() -> None:
    item = SHIPPED["centre_services"].item("effects")
    assert measured(item, ["clear", "first", "none", "unsure", None]) == share(2, 3)


def test_relevance_is_the_mean_of_the_percents() -> None:
    item = SHIPPED["poster_session"].item("relevance")
    found = measured(item, [100, 50, 0, 90])
    assert found is not None
    assert (found.value, found.n, found.interval) == (0.6, 4, None)


def test_shares_of_many_choices_are_of_those_who_answered() -> None:
    item = SelectMultiple(
        name="m",
        label="?",
        or_other=True,
        other_label="Иное",
        choices=(Choice(name="a", label="А"), Choice(name="b", label="Б")),
    )
    answers: list[Answer] = [["a"], ["a", "b"], {"choice": ["a", "other"], "other": "в"}, None]
    assert [(bar.label, bar.count, bar.share) for bar in distribution(item, answers)] == [
        ("А", 3, 1.0),
        ("Б", 1, 1 / 3),
        ("Иное", 1, 1 / 3),
    ]


@given(st.lists(st.sampled_from([1, 2, 3, 4, 5, None])))
def test_the_distribution_of_a_scale_adds_up(answers: list[int | None]) -> None:
    item = Range(name="r", label="?", start=1, end=5)
    found = figures(item, answers)
    assert sum(bar.count for bar in found.distribution) == found.n == len(answers) - found.skipped
    assert found.n == 0 or math.isclose(sum(bar.share for bar in found.distribution), 1)


def test_the_median_of_typed_numbers() -> None:
    found = figures(Integer(name="i", label="?"), [1, 100, 3, 4, None])
    assert (found.median, found.mean, found.distribution) == (3.5, 27, ())
