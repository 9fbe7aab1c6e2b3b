"""Hiding small groups so that none can be found by subtraction from what is shown.

What is protected: no group of fewer than `minimum` people may be *derivable*, that is, equal to
sums and differences of groups shown. Hiding the small ones is primary suppression; hiding more, so
that the small ones cannot be computed, is complementary suppression (A. Hundepool et al. (2012),
Statistical Disclosure Control, Wiley, ch. 4).

Empty groups are hidden like small ones, so that both look alike; but the reader is assumed to know
which groups are empty (a village without a psychologist), so an empty group protects nobody.

How two-way tables are made safe: a hidden cell is an edge between its row and its column. What can
be derived from row and column totals is exactly a cut of that graph all of whose edges lead from a
row inside to a column outside (D. Gusfield (1988), A graph theoretic approach to statistical data
security, SIAM J. Comput. 17:552–571). The smallest derivable group around a cell is therefore a
minimum cut, and a maximum flow finds it.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from surveys.flow import Node, minimum_cut

MINIMUM = 5
"""People in the smallest group that is shown (10 for the burnout screening)."""

Group = TypeVar("Group", bound=Hashable)
Parent = TypeVar("Parent", bound=Hashable)
Cell = tuple[Any, Any]
"""A row's key and a column's key, both hashable."""
Cells = Mapping[Cell, int]


def one_way(
    counts: Mapping[Group, int], *, minimum: int = MINIMUM, hidden: Iterable[Group] = ()
) -> frozenset[Group]:
    """The groups to hide beside a shown total; `hidden` ones are hidden already.

    Complementary: the smallest shown group joins until the hidden ones together reach the minimum
    (their sum is what the total gives away). All are hidden if the total itself is too small.
    """
    found = {group for group, count in counts.items() if count < minimum}
    found |= set(hidden) & set(counts)
    order = sorted(counts, key=lambda group: (counts[group], str(group)))
    for group in order:
        together = sum(counts[each] for each in found)
        if together == 0 or together >= minimum:
            break
        found.add(group)
    return frozenset(found)


def nested(
    counts: Mapping[Parent, Mapping[Group, int]], *, minimum: int = MINIMUM
) -> tuple[frozenset[Parent], dict[Parent, frozenset[Group]]]:
    """The parents to hide, and in each parent the children (schools of municipalities).

    All children of a hidden parent are hidden: one shown would take a piece out of the sum of the
    hidden parents, and the rest might be small.
    """
    parents = one_way({p: sum(inner.values()) for p, inner in counts.items()}, minimum=minimum)
    children = {
        parent: frozenset(inner) if parent in parents else one_way(inner, minimum=minimum)
        for parent, inner in counts.items()
    }
    return parents, children


def by_item(
    groups: Mapping[Group, int],
    items: Mapping[str, Mapping[Group, int]],
    *,
    depends: Mapping[str, Collection[str]] | None = None,
    minimum: int = MINIMUM,
) -> dict[str, frozenset[Group]]:
    """The groups to hide at each item, by how many *answered that item* in each group.

    What is hidden in the table of groups is hidden at every item. `depends` names the items that
    an item's `relevant` looks at: how many were asked why tells how many were dissatisfied, so a
    group hidden at the one is hidden at the other. `items` stand in asking order.
    """
    base = one_way(groups, minimum=minimum)
    found: dict[str, frozenset[Group]] = {}
    for name, counts in items.items():
        inherited = base.union(*(found.get(each, base) for each in (depends or {}).get(name, ())))
        found[name] = one_way(counts, minimum=minimum, hidden=inherited)
    return found


@dataclass(frozen=True)
class Hidden:
    """What a two-way table hides: cells and totals; `everything`: the grand total too."""

    cells: frozenset[Cell]
    rows: frozenset[Any]
    columns: frozenset[Any]
    everything: bool = False


def two_way(
    counts: Cells,
    *,
    minimum: int = MINIMUM,
    cells_shown: bool = True,
) -> Hidden:
    """What to hide in a table with totals of rows, of columns and of all.

    `cells_shown=False` is for two one-way tables of the same people (by municipality, by position):
    they give away as much as the totals of their unseen two-way table. Beyond primary suppression
    the smallest cell, else the smallest total, that breaks a derivation is hidden, one at a time;
    what turns out needless at the end is shown again, the largest first. Greedy: always safe,
    nothing hidden in vain, but not always the least possible.
    """
    rows = _totals(counts, 0)
    columns = _totals(counts, 1)
    if sum(rows.values()) < minimum:
        return Hidden(frozenset(counts), frozenset(rows), frozenset(columns), everything=True)
    small = {cell for cell, count in counts.items() if count < minimum}
    hidden = Hidden(
        frozenset(small if cells_shown else counts),
        one_way(rows, minimum=minimum),
        one_way(columns, minimum=minimum),
    )
    while (leak := _leak(counts, hidden, minimum)) is not None:
        hidden = _break(counts, hidden, leak)
    return _thinned(counts, hidden, minimum, cells_shown=cells_shown)


@dataclass(frozen=True)
class _Leak:
    """A derivable group that is too small: the totals of `rows` minus those of `columns`."""

    rows: frozenset[Any]
    columns: frozenset[Any]


def _totals(counts: Cells, place: int) -> dict[Any, int]:
    found: dict[Any, int] = {}
    for cell, count in counts.items():
        found[cell[place]] = found.get(cell[place], 0) + count
    return found


def _leak(counts: Cells, hidden: Hidden, minimum: int) -> _Leak | None:
    """The first small hidden cell around which a group below the minimum can be derived."""

    # Rows whose total is hidden are known only together: all of them minus the rows shown.
    def row_node(row: Any) -> Node:
        return "row", None if row in hidden.rows else row

    def column_node(column: Any) -> Node:
        return "column", None if column in hidden.columns else column

    edges: dict[tuple[Node, Node], int] = {}
    ends = {(row, column): (row_node(row), column_node(column)) for row, column in hidden.cells}
    for cell, end in ends.items():
        if counts[cell]:
            edges[end] = edges.get(end, 0) + counts[cell]
    for end, count in edges.items():
        if count >= minimum:
            continue  # what lies around it is at least as large
        side = minimum_cut(edges, *end, limit=minimum)
        if side is not None:
            return _Leak(
                frozenset(row for row, _ in counts if row_node(row) in side),
                frozenset(column for _, column in counts if column_node(column) in side),
            )
    return None


def _break(
    counts: Cells,
    hidden: Hidden,
    leak: _Leak,
) -> Hidden:
    """Hides the smallest shown cell across the cut, else the smallest total used."""
    crossing = [
        cell
        for cell, count in counts.items()
        if count
        and cell not in hidden.cells
        and (cell[0] in leak.rows) != (cell[1] in leak.columns)
    ]
    if crossing:
        cell = min(crossing, key=lambda each: (counts[each], str(each)))
        return Hidden(hidden.cells | {cell}, hidden.rows, hidden.columns)
    rows, columns = _totals(counts, 0), _totals(counts, 1)
    totals = [(rows[row], 0, str(row), row) for row in rows if row not in hidden.rows]
    totals += [(columns[c], 1, str(c), c) for c in columns if c not in hidden.columns]
    _, place, _, group = min(totals, key=lambda each: each[:3])
    if place == 0:
        return Hidden(hidden.cells, hidden.rows | {group}, hidden.columns)
    return Hidden(hidden.cells, hidden.rows, hidden.columns | {group})


def _thinned(counts: Cells, hidden: Hidden, minimum: int, *, cells_shown: bool) -> Hidden:
    """Shows again whatever can be shown without making a small group derivable."""
    rows, columns = _totals(counts, 0), _totals(counts, 1)
    cells = [cell for cell in hidden.cells if counts[cell] >= minimum] if cells_shown else []
    trials = [
        *((rows[row], "rows", row) for row in hidden.rows if rows[row] >= minimum),
        *((columns[c], "columns", c) for c in hidden.columns if columns[c] >= minimum),
        *((counts[cell], "cells", cell) for cell in cells),
    ]
    # Totals first: they are what a reader looks for.
    trials.sort(key=lambda trial: (trial[1] == "cells", -trial[0], str(trial[2])))
    for _, kind, group in trials:
        less = replace(hidden, **{kind: getattr(hidden, kind) - {group}})
        if _leak(counts, less, minimum) is None:
            hidden = less
    return hidden
