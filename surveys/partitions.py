"""Three one-way tables of the same people: what their totals give away together.

People are divided thrice: into rows (territories), and by two attributes of few classes each
(position group, length of service). Published are the totals of every row and of every class. A
group is derivable if it equals sums and differences of those, that is, if there are numbers a(row),
b(first class) and c(second class) whose sum is 1 for the group's people and 0 for all others.

For two tables a minimum cut finds the smallest such group (D. Gusfield (1988), SIAM J. Comput.
17:552–571); for three no network does. But the two attributes have few classes, so their numbers
can be tried in full. Write u = b + c for a pair of classes. Within a row, u takes one value or two
that differ by one: a lone value adds nobody (or the whole row, which is large enough), of two the
higher are in the group. So pairs that meet in a row differ by at most one, and walking from pair to
pair every u is found. What the walk cannot decide counts as unsafe: the search errs to the safe
side only (and, over the thousands of random tables of its test, not at all).
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any

Pair = tuple[Hashable, Hashable]
"""A class of the first attribute and one of the second."""
Crossed = Mapping[tuple[Any, Any, Any], int]
"""People by (row, first class, second class)."""
MOST_STEPS = 50_000
"""Assignments tried before a table is given up as unsafe; tables of a region need some hundreds."""


def safe(crossed: Crossed, *, minimum: int) -> bool:
    """Whether no group below `minimum` follows from the totals of rows and of both attributes."""
    counts = {cell: count for cell, count in crossed.items() if count}
    rows: dict[Any, dict[Pair, int]] = defaultdict(lambda: defaultdict(int))
    for (row, first, second), count in counts.items():
        rows[row][first, second] += count
    if any(sum(pairs.values()) < minimum for pairs in rows.values()):
        return False
    # Rows in which the same pairs occur have the same people in the group: they are added up.
    alike: dict[frozenset[Pair], dict[Pair, int]] = {}
    for pairs in rows.values():
        together = alike.setdefault(frozenset(pairs), defaultdict(int))
        for pair, count in pairs.items():
            together[pair] += count
    return all(_safe_part(part, alike, minimum) for part in _parts(alike))


def _parts(alike: Iterable[frozenset[Pair]]) -> list[list[Pair]]:
    """Pairs that share a row or a class, directly or by way of others: nothing else ties them."""
    parts: list[tuple[set[Hashable], set[Pair]]] = []
    for pairs in alike:
        ends: set[Hashable] = {(side, pair[side]) for pair in pairs for side in (0, 1)}
        joined, others = set(pairs), []
        for known, members in parts:
            if known & ends:
                ends |= known
                joined |= members
            else:
                others.append((known, members))
        parts = [*others, (ends, joined)]
    return [sorted(members, key=str) for _, members in parts]


def _safe_part(
    part: list[Pair], alike: Mapping[frozenset[Pair], Mapping[Pair, int]], minimum: int
) -> bool:
    own = set(part)
    blocks = [(pairs, counts) for pairs, counts in alike.items() if pairs & own and len(pairs) > 1]
    meets: dict[Pair, set[Pair]] = defaultdict(set)
    for pairs, _ in blocks:
        for pair in pairs:
            meets[pair] |= pairs
    order = _order(part, meets)
    if order is None:
        return False
    steps = 0
    for values in _assignments(order, meets):
        steps += 1
        if values is None:
            if steps > MOST_STEPS:
                return False
            continue
        if 0 < _group(values, blocks, minimum) < minimum:
            return False
    return True


_Step = tuple[Pair, tuple[tuple[int, Pair], ...] | None]
"""A pair, and from which earlier ones its number follows (with signs); None: it is tried."""


def _order(part: list[Pair], meets: Mapping[Pair, set[Pair]]) -> list[_Step] | None:
    """In which order numbers are found; None where that needs more than trying whole numbers.

    A pair that nothing found so far determines starts at 0: all numbers found from it may be moved
    together (`moves`: by how many times each such start). That is no loss as long as pairs that
    meet move alike, since only differences within a row count.
    """
    start = max(part, key=lambda pair: (len(meets[pair]), str(pair)))
    order: list[_Step] = []
    moves: dict[Pair, Counter[Pair]] = {}
    left, tried = sorted(set(part), key=str), list[Pair]()
    while left:
        pair = next((one for one in left if _way(one, tried) is not None), None)
        way = None if pair is None else _way(pair, tried)
        if pair is not None and way is not None:
            moved: Counter[Pair] = Counter()
            for sign, one in way:
                for origin, times in moves[one].items():
                    moved[origin] += sign * times
        else:
            pair = next((one for one in left if meets[one] & moves.keys()), start)
            pair = pair if pair in left else left[0]
            known = next(iter(meets[pair] & moves.keys()), None)
            moved = Counter([pair]) if known is None else moves[known].copy()
            tried.append(pair)
        moves[pair] = Counter({origin: times for origin, times in moved.items() if times})
        if any(moves[one] != moves[pair] for one in meets[pair] & moves.keys()):
            return None
        order.append((pair, way))
        left.remove(pair)
    return order


def _way(pair: Pair, tried: list[Pair]) -> tuple[tuple[int, Pair], ...] | None:
    """u(j, k) as an alternating sum along a path from class j to class k through tried pairs."""
    reached: dict[tuple[int, Hashable], tuple[tuple[int, Pair], ...]] = {(0, pair[0]): ()}
    waiting = [(0, pair[0])]
    while waiting:
        side, name = at = waiting.pop()
        for one in tried:
            if one[side] != name:
                continue
            beyond = (1 - side, one[1 - side])
            if beyond not in reached:
                reached[beyond] = (*reached[at], (1 if side == 0 else -1, one))
                waiting.append(beyond)
    return reached.get((1, pair[1]))


def _assignments(
    order: list[_Step], meets: Mapping[Pair, set[Pair]]
) -> Iterator[dict[Pair, int] | None]:
    """Every choice of numbers in which pairs that meet differ by at most one; None: a step."""
    values: dict[Pair, int] = {}

    def fits(pair: Pair, value: int) -> bool:
        return all(abs(values[one] - value) <= 1 for one in meets[pair] if one in values)

    def walk(place: int) -> Iterator[dict[Pair, int] | None]:
        yield None
        if place == len(order):
            yield values
            return
        pair, way = order[place]
        if way is not None:
            choices: Iterable[int] = [sum(sign * values[one] for sign, one in way)]
        else:
            known = [values[one] for one in meets[pair] if one in values]
            choices = range(max(known) - 1, min(known) + 2) if known else [0]
        for value in choices:
            if fits(pair, value):
                values[pair] = value
                yield from walk(place + 1)
                del values[pair]

    return walk(0)


def _group(
    values: Mapping[Pair, int],
    blocks: list[tuple[frozenset[Pair], Mapping[Pair, int]]],
    enough: int,
) -> int:
    """People of the group that these numbers single out; counting stops at `enough`."""
    found = 0
    for pairs, counts in blocks:
        lowest = min(values[pair] for pair in pairs)
        found += sum(counts[pair] for pair in pairs if values[pair] > lowest)
        if found >= enough:
            return found
    return found
