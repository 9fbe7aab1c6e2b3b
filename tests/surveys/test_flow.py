"""Minimum cuts, against trying every cut."""

from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from surveys.flow import Node, minimum_cut

ROWS, COLUMNS = ("r1", "r2", "r3"), ("c1", "c2", "c3")


def test_a_cut_of_just_the_limit_is_large_enough() -> None:
    assert minimum_cut({("r", "c"): 5}, "r", "c", limit=5) is None
    assert minimum_cut({("r", "c"): 4}, "r", "c", limit=5) == frozenset({"r"})


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(ROWS), st.sampled_from(COLUMNS)), st.integers(1, 9), min_size=1
    ),
    st.integers(1, 30),
)
def test_the_cut_is_the_least_of_all_that_are_crossed_forward_only(
    edges: dict[tuple[Node, Node], int], limit: int
) -> None:
    source, sink = next(iter(edges))
    others = ({*ROWS, *COLUMNS} & set(chain.from_iterable(edges))) - {source, sink}
    sizes = []
    for count in range(len(others) + 1):
        for some in combinations(sorted(map(str, others)), count):
            side = {source, *some}
            if not any(start not in side and end in side for start, end in edges):
                sizes.append(
                    sum(n for (start, end), n in edges.items() if start in side and end not in side)
                )
    least = min(sizes, default=limit)
    found = minimum_cut(edges, source, sink, limit=limit)
    if found is None:
        assert least >= limit
    else:
        crossed = sum(n for (start, end), n in edges.items() if start in found and end not in found)
        assert crossed == least < limit
        assert not any(start not in found and end in found for start, end in edges)
