"""Hiding small groups so that none can be found by subtraction from what is shown.

What is protected: no group of fewer than `minimum` people may be *derivable*, that is, equal to
sums and differences of groups shown. Hiding the small ones is primary suppression; hiding more, so
that the small ones cannot be computed, is complementary suppression (A. Hundepool et al. (2012),
Statistical Disclosure Control, Wiley, ch. 4).

Empty groups are hidden like small ones, so that both look alike; but the reader is assumed to know
which groups are empty (a village without a psychologist), so an empty group protects nobody.

Tables by several attributes at once: `surveys.partitions`.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import TypeVar

MINIMUM = 5
"""People in the smallest group that is shown (10 for the burnout screening)."""

Group = TypeVar("Group", bound=Hashable)
Parent = TypeVar("Parent", bound=Hashable)


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
