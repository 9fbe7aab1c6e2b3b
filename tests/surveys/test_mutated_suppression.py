"""Every guard of the suppression, changed one at a time: some table then gives somebody away.

The changes are made from the code's own syntax tree: a comparison that takes its border along or
leaves it out, a condition turned round, `any` for `all`, the lowest for the highest, one more. What
a changed module says of the tables below is held against the exact auditor of `test_suppression`.
"""

import ast
import functools
import itertools
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import pytest

from surveys import partitions, suppression
from tests.surveys.test_partitions import Crossed, leaks
from tests.surveys.test_suppression import small_groups_found

MINIMUM = 4
MOST_TURNS = 200_000
"""Of all loops over one table; the unchanged search needs some thousands."""

SWAPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
OTHER_NAME = {"any": "all", "all": "any", "min": "max", "max": "min"}


class TurnsRoundError(Exception):
    """A changed loop does not end."""


def changes(node: ast.AST) -> Iterator[tuple[str, Callable[[], None]]]:
    """What can be changed at this place, and how; the change is made in the tree."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        other = SWAPPED[type(node.ops[0])]
        yield f"{other.__name__}", functools.partial(node.ops.__setitem__, 0, other())
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        negated = ast.UnaryOp(ast.Not(), node.test)
        yield "not", functools.partial(setattr, node, "test", negated)
    if isinstance(node, ast.comprehension):
        for place, test in enumerate(node.ifs):
            yield (
                "not",
                functools.partial(node.ifs.__setitem__, place, ast.UnaryOp(ast.Not(), test)),
            )
            yield "no if", functools.partial(node.ifs.__delitem__, place)
    if isinstance(node, ast.BoolOp):
        turned = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield type(turned).__name__, functools.partial(setattr, node, "op", turned)
    if isinstance(node, ast.Name) and node.id in OTHER_NAME:
        yield OTHER_NAME[node.id], functools.partial(setattr, node, "id", OTHER_NAME[node.id])
    if isinstance(node, ast.Return) and isinstance(value := node.value, ast.Constant):
        yield (
            f"return {not value.value}",
            functools.partial(setattr, value, "value", not value.value),
        )
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield "+ 1", functools.partial(setattr, node, "value", node.value + 1)


def mutants(module: ModuleType) -> Iterator[tuple[str, ast.Module]]:
    """Each with the unchanged line and the change; the tree serves until the next is asked for."""
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    lines = source.splitlines()
    whole = ast.parse(source)
    for place, node in enumerate(ast.walk(whole)):
        for number, (what, _) in enumerate(changes(node)):
            tree = ast.parse(source)
            changed = next(itertools.islice(ast.walk(tree), place, None))
            next(itertools.islice(changes(changed), number, None))[1]()
            at = getattr(node, "lineno", 0) or getattr(node, "target").lineno  # noqa: B009
            yield f"{lines[at - 1].strip()} → {what}", tree


class Counted(ast.NodeTransformer):
    """Every turn of a loop is counted: one without an end is found out without a clock."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        if isinstance(node, ast.For | ast.While):
            node.body.insert(0, ast.parse("_turn()").body[0])
        return node


class Changed:
    """The functions of a changed module."""

    def __init__(self, tree: ast.Module) -> None:
        self._left = MOST_TURNS
        self.names: dict[str, Any] = {"_turn": self._turn, "__name__": "changed"}
        tree = ast.fix_missing_locations(Counted().visit(tree))
        exec(compile(tree, "changed", "exec"), self.names)

    def _turn(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise TurnsRoundError

    def says(self, name: str, *given: object, **named: object) -> object:
        """What the function answers; «broken» where it answers nothing."""
        self._left = MOST_TURNS
        try:
            return self.names[name](*given, **named)
        except Exception:
            return "broken"


def survivors(module: ModuleType, wrong: Callable[[Changed], bool]) -> tuple[int, set[str]]:
    """How many changes there were, and which of them nothing shows."""
    count, alive = 0, set()
    for what, tree in mutants(module):
        count += 1
        try:
            changed = Changed(tree)
        except Exception:
            continue
        if not wrong(changed):
            alive.add(what)
    return count, alive


def table(seed: int) -> Crossed:
    """Random people; often of parts that have no class or no row in common."""
    dice = Random(seed)
    rows = dice.randint(2, 5)
    firsts, seconds = "abcd"[: dice.randint(1, 4)], "wxyz"[: dice.randint(1, 4)]
    every = [(row, a, b) for row in range(rows) for a in firsts for b in seconds]
    if dice.random() < 0.4:
        every = [one for one in every if (one[0] % 2 == 0) == (one[1] in "ab")] or every
    if dice.random() < 0.4:
        every = [one for one in every if (one[1] in "ab") == (one[2] in "wx")] or every
    kept = dice.sample(every, min(len(every), dice.randint(3, 10)))
    return {cell: dice.choice([0, 1, 1, 2, 3, 4, 9, 20]) for cell in kept}


TELLING = (1, 29, 8, 0, 2, 9, 10, 14, 30, 42, 43, 52, 55, 76, 81, 177, 220, 442, 479, 827)
"""Of some 1 500 such tables those that show a change which the ones before do not."""

HARMLESS = {
    # How much is tried before a table is given up: that it is given up is tried below.
    "MOST_STEPS = 50_000 → + 1",
    "steps = 0 → + 1",
    "steps += 1 → + 1",
    "if steps > MOST_STEPS: → GtE",
    # Which pair the walk begins with.
    "start = max(part, key=lambda pair: (len(meets[pair]), str(pair))) → min",
    # A way is found exactly where a pair is.
    "if pair is not None and way is not None: → Or",
    # Where counting stops that has reached the minimum.
    "if found >= enough: → Gt",
    # A row of one pair adds nobody: whether it is looked at, costs time only.
    "blocks = [(pairs, counts) for pairs, counts in alike.items()"
    " if pairs & own and len(pairs) > 1] → GtE",
    # Counters are equal whether they hold a zero or not.
    "moves[pair] = Counter({origin: times for origin, times in moved.items() if times}) → no if",
    # What may be tried; `fits` leaves out what is too much, and shifting all changes nothing.
    "choices = range(max(known) - 1, min(known) + 2) if known else [0] → + 1",
    "choices = range(max(known) - 1, min(known) + 2) if known else [0] → min",
    "choices = range(max(known) - 1, min(known) + 2) if known else [0] → max",
    # More is looked at than can be: could only be too careful, and was in none of the tables.
    "return all(abs(values[one] - value) <= 1 for one in meets[pair] if one in values) → + 1",
}


def test_every_changed_guard_of_the_search_over_three_tables_is_found_out() -> None:
    tables = [(each, not leaks(each, MINIMUM)) for each in map(table, TELLING)]
    harmless = next(each for each, safe in tables if safe)

    def wrong(changed: Changed) -> bool:
        if any(changed.says("safe", each, minimum=MINIMUM) is not safe for each, safe in tables):
            return True
        changed.names["MOST_STEPS"] = 0
        return changed.says("safe", harmless, minimum=MINIMUM) is not False

    with pytest.MonkeyPatch.context() as patch:
        assert all(partitions.safe(each, minimum=MINIMUM) is safe for each, safe in tables)
        patch.setattr(partitions, "MOST_STEPS", 0)
        assert not partitions.safe(harmless, minimum=MINIMUM), "given up is unsafe"
    count, alive = survivors(partitions, wrong)
    assert count > 90
    assert alive == HARMLESS


NESTED = [
    {
        place: {
            school: Random(seed * 31 + place * 7 + school).choice([0, 1, 2, 3, 4, 5, 6, 9, 14])
            for school in range(Random(seed + place).randint(1, 3))
        }
        for place in range(Random(seed).randint(1, 4))
    }
    for seed in range(150)
]
"""Schools of municipalities."""


def shown_badly(counts: Mapping[int, Mapping[int, int]], told: object) -> bool:
    """Whether what `nested` hides gives a small group away, or is more than need be."""
    if not isinstance(told, tuple):
        return True
    parents, children = told
    cells = [(p, c) for p, inner in counts.items() for c, n in inner.items() if n]
    sizes = [counts[p][c] for p, c in cells]
    shown = [[i] for i, (p, c) in enumerate(cells) if c not in children[p]]
    shown += [
        [i for i, cell in enumerate(cells) if cell[0] == p] for p in counts if p not in parents
    ]
    if sum(sizes) >= MINIMUM:
        shown.append([*range(len(cells))])
    whole = {place: sum(inner.values()) for place, inner in counts.items()}
    tables: list[tuple[Mapping[int, int], Any]] = [(whole, parents)]
    tables += [(inner, children[p]) for p, inner in counts.items() if p not in parents]
    return bool(small_groups_found(sizes, shown, MINIMUM)) or any(
        too_much(each, hidden) for each, hidden in tables
    )


def too_much(counts: Mapping[Any, int], hidden: Collection[Any]) -> bool:
    """More than the small groups and the smallest complement that makes them enough."""
    small = {group for group, count in counts.items() if count < MINIMUM}
    more = sorted(counts[group] for group in hidden if group not in small)
    others = sorted(count for group, count in counts.items() if group not in small)
    together = sum(counts[group] for group in small)
    need = 0 < together < MINIMUM and bool(others)
    return not small <= set(hidden) or more != (others[:1] if need else [])


def test_every_changed_guard_of_the_one_way_and_nested_tables_is_found_out() -> None:
    def wrong(changed: Changed) -> bool:
        return (
            changed.names.get("MINIMUM") != 5  # of people in the smallest group that is shown
            or changed.says("one_way", {"a": 4, "b": 2, "c": 9}, hidden=["c"]) != {"a", "b", "c"}
            or any(
                shown_badly(each, changed.says("nested", each, minimum=MINIMUM)) for each in NESTED
            )
            or changed.says(
                "by_item",
                {"a": 6, "b": 9, "c": 20},
                {"asked": {"a": 3, "b": 9, "c": 20}, "why": {"a": 3, "b": 6, "c": 5}},
                depends={"why": ["asked"]},
            )
            != {"asked": {"a", "b"}, "why": {"a", "b"}}
        )

    assert not any(shown_badly(each, suppression.nested(each, minimum=MINIMUM)) for each in NESTED)
    count, alive = survivors(suppression, wrong)
    assert count >= 12
    assert alive == set()
