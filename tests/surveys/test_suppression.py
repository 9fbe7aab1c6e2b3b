"""Hidden groups stay hidden: an auditor with exact arithmetic tries to derive every small one.

The auditor knows nothing of how the product hides. It takes the groups shown as vectors over the
non-empty cells and asks, for every set of cells, whether its vector is a combination of those.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import chain, combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.suppression import by_item, nested, one_way

Vector = Sequence[int | Fraction]


def without(vector: Vector, known: Vector) -> list[Fraction]:
    """The vector less so much of the known one that its leading place becomes zero."""
    lead = next(i for i, x in enumerate(known) if x)
    factor = Fraction(vector[lead]) / Fraction(known[lead])
    return [x - factor * y for x, y in zip(vector, known, strict=True)]


def reduced(vectors: Iterable[Vector]) -> list[list[Fraction]]:
    """A basis in reduced row echelon form (each lead is zero in all other vectors)."""
    basis: list[list[Fraction]] = []
    for vector in vectors:
        left = [Fraction(x) for x in vector]
        for known in basis:
            left = without(left, known)
        if any(left):
            basis = [*(without(known, left) for known in basis), left]
    return basis


def derivable(basis: list[list[Fraction]], vector: Vector) -> bool:
    left = [Fraction(x) for x in vector]
    for known in basis:
        left = without(left, known)
    return not any(left)


def small_groups_found(
    sizes: Sequence[int], shown: Iterable[Iterable[int]], minimum: int
) -> list[tuple[int, ...]]:
    """Every derivable set of (non-empty) base cells with fewer people than the minimum."""
    count = len(sizes)
    basis = reduced([[int(i in group) for i in range(count)] for group in map(set, shown)])
    sets = chain.from_iterable(combinations(range(count), size) for size in range(1, count + 1))
    return [
        cells
        for cells in sets
        if sum(sizes[i] for i in cells) < minimum
        and derivable(basis, [int(i in cells) for i in range(count)])
    ]


def test_the_auditor_finds_what_subtraction_finds() -> None:
    total = [[0, 1, 2]]
    assert small_groups_found([3, 6, 9], [[1], [2], *total], 5) == [(0,)]
    assert small_groups_found([3, 6, 9], [[2], *total], 5) == []


def test_a_lone_small_group_takes_the_next_smallest_with_it() -> None:
    assert one_way({"Крымск": 3, "Ейск": 9, "Сочи": 6, "Анапа": 40}) == {"Крымск", "Сочи"}


def test_two_small_groups_that_reach_the_minimum_together_are_enough() -> None:
    assert one_way({"Крымск": 3, "Ейск": 2, "Сочи": 6}) == {"Крымск", "Ейск"}
    assert one_way({"Крымск": 2, "Ейск": 2, "Сочи": 6}) == {"Крымск", "Ейск", "Сочи"}


def test_an_empty_group_is_hidden_but_protects_nobody() -> None:
    assert one_way({"Крымск": 0, "Ейск": 9, "Сочи": 6}) == {"Крымск"}
    assert one_way({"Крымск": 0, "Ейск": 3, "Сочи": 6}) == {"Крымск", "Ейск", "Сочи"}


def test_the_border_is_the_minimum_itself() -> None:
    assert one_way({"a": 5, "b": 5}) == set()
    assert one_way({"a": 4, "b": 5}) == {"a", "b"}
    assert one_way({"a": 9, "b": 10, "c": 30}, minimum=10) == {"a", "b"}
    assert one_way({"a": 2, "b": 1}) == {"a", "b"}
    assert one_way({}) == set()


one_way_tables = st.dictionaries(st.integers(0, 6), st.integers(0, 14), max_size=7)


@given(one_way_tables, st.sampled_from([3, 5, 10]))
def test_no_small_group_is_derivable_from_a_one_way_table(
    counts: dict[int, int], minimum: int
) -> None:
    hidden = one_way(counts, minimum=minimum)
    groups = [group for group, count in counts.items() if count]
    sizes = [counts[group] for group in groups]
    shown = [[i] for i, group in enumerate(groups) if group not in hidden]
    if sum(sizes) >= minimum:
        shown.append([*range(len(groups))])
    assert small_groups_found(sizes, shown, minimum) == []


@given(one_way_tables)
def test_no_more_is_hidden_than_one_complement(counts: dict[int, int]) -> None:
    hidden = one_way(counts)
    assert len([group for group in hidden if counts[group] >= 5]) <= 1
    if all(count >= 5 for count in counts.values()):
        assert not hidden


def test_schools_of_a_hidden_municipality_are_all_hidden() -> None:
    parents, children = nested(
        {
            "Крымск": {"СОШ 1": 4},
            "Ейск": {"СОШ 2": 6, "СОШ 3": 5},
            "Сочи": {"СОШ 4": 9, "СОШ 5": 2, "СОШ 6": 12},
        }
    )
    assert parents == {"Крымск", "Ейск"}
    assert children["Ейск"] == {"СОШ 2", "СОШ 3"}
    assert children["Сочи"] == {"СОШ 5", "СОШ 4"}


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.integers(0, 2),
        st.dictionaries(
            st.integers(0, 2), st.one_of(st.integers(0, 4), st.integers(5, 9)), min_size=1
        ),
        min_size=1,
    )
)
def test_no_small_group_is_derivable_from_nested_tables(counts: dict[int, dict[int, int]]) -> None:
    parents, children = nested(counts)
    cells = [(p, c) for p, inner in counts.items() for c, n in inner.items() if n]
    sizes = [counts[p][c] for p, c in cells]
    shown = [[i] for i, (p, c) in enumerate(cells) if c not in children[p]]
    shown += [[i for i, cell in enumerate(cells) if cell[0] == p] for p in counts.keys() - parents]
    if sum(sizes) >= 5:
        shown.append([*range(len(cells))])
    assert small_groups_found(sizes, shown, 5) == []


def test_an_item_few_answered_is_hidden_where_the_group_is_shown() -> None:
    hidden = by_item(
        {"Крымск": 6, "Ейск": 9, "Сочи": 20},
        {"wish": {"Крымск": 2, "Ейск": 9, "Сочи": 20}},
    )
    assert hidden["wish"] == {"Крымск", "Ейск"}


def test_what_is_hidden_at_a_question_is_hidden_at_its_follow_up() -> None:
    groups = {"Крымск": 6, "Ейск": 9, "Сочи": 20}
    items = {
        "overall": {"Крымск": 3, "Ейск": 9, "Сочи": 20},
        "hindered": {"Крымск": 3, "Ейск": 6, "Сочи": 5},
    }
    apart = by_item(groups, items)
    together = by_item(groups, items, depends={"hindered": ["overall"]})
    assert apart["hindered"] == {"Крымск", "Сочи"}
    assert together["hindered"] >= together["overall"] == {"Крымск", "Ейск"}


@given(st.dictionaries(st.integers(0, 5), st.integers(0, 12), min_size=1), st.randoms())
def test_no_item_shows_a_small_group_or_one_hidden_above(
    groups: dict[int, int], dice: Random
) -> None:
    asked = {group: dice.randint(0, n) for group, n in groups.items()}
    why = {group: dice.randint(0, n) for group, n in asked.items()}
    hidden = by_item(groups, {"asked": asked, "why": why}, depends={"why": ["asked"]})
    assert one_way(groups) <= hidden["asked"] <= hidden["why"]
    for name, counts in (("asked", asked), ("why", why)):
        together = sum(counts[group] for group in hidden[name])
        assert all(counts[group] >= 5 for group in counts.keys() - hidden[name])
        assert together == 0 or together >= 5 or hidden[name] == counts.keys()
