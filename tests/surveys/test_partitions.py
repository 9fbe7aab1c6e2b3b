"""Totals of three tables of the same people: the exact auditor has the last word."""

from random import Random

import pytest

from surveys.partitions import safe
from tests.surveys.test_suppression import small_groups_found

Crossed = dict[tuple[int, str, str], int]


def leaks(crossed: Crossed, minimum: int) -> list[tuple[int, ...]]:
    """Small groups that follow from the totals of rows and of both attributes."""
    cells = [cell for cell, count in crossed.items() if count]
    shown = [
        [place for place, cell in enumerate(cells) if cell[side] == name]
        for side in range(3)
        for name in sorted({cell[side] for cell in cells}, key=str)
    ]
    return small_groups_found([crossed[cell] for cell in cells], shown, minimum)


def drawn(seed: int) -> Crossed:
    dice = Random(seed)
    rows, firsts, seconds = dice.randint(1, 3), dice.choice(["ab", "abc"]), dice.choice(["xy", "x"])
    every = [(row, a, b) for row in range(rows) for a in firsts for b in seconds]
    kept = dice.sample(every, min(len(every), dice.randint(2, 9)))
    return {cell: dice.choice([1, 1, 2, 4, 9, 20]) for cell in kept}


@pytest.mark.parametrize("block", range(10))
def test_what_is_called_safe_gives_no_small_group_away(block: int) -> None:
    for seed in range(block * 60, block * 60 + 60):
        table = drawn(seed)
        if safe(table, minimum=4):
            assert leaks(table, 4) == [], (seed, table)


def test_a_table_that_gives_nothing_away_is_called_safe() -> None:
    harmless = [table for table in map(drawn, range(400)) if not leaks(table, 4)]
    assert len(harmless) > 60
    assert [table for table in harmless if not safe(table, minimum=4)] == []


def test_two_attributes_give_away_together_what_neither_gives_away_alone() -> None:
    """Row 1 + row 2 + x − a − b … : the auditor finds it, and so does the search."""
    table: Crossed = {
        (0, "a", "x"): 2,
        (0, "b", "y"): 10,
        (1, "a", "y"): 10,
        (1, "b", "y"): 10,
        (2, "b", "y"): 10,
    }
    assert leaks(table, 4)
    assert not safe(table, minimum=4)


def test_a_place_whose_psychologists_work_nowhere_else() -> None:
    """Place minus psychologists would be two people."""
    table: Crossed = {(0, "a", "x"): 8, (0, "b", "x"): 4, (1, "b", "x"): 30}
    assert not safe(table, minimum=5)
    assert safe({**table, (0, "b", "x"): 5}, minimum=5)


def test_a_whole_region_is_decided_at_once() -> None:
    """Six groups by four over a thousand schools; the common table is safe."""
    dice = Random(1)
    table: Crossed = {}
    for row in range(1000):
        for _ in range(25):
            cell = (row, dice.choice("abcdef"), dice.choice("wxyz"))
            table[cell] = table.get(cell, 0) + 1
    assert safe(table, minimum=10)
    alone = {**table, (0, "g", "w"): 9}
    assert not safe(alone, minimum=10), "nine people of a class of their own"
