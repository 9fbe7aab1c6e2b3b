"""A minimum cut by maximum flow, for finding the smallest derivable group.

Augmenting shortest paths (J. Edmonds, R. M. Karp (1972), JACM 19:248–264), stopped as soon as the
cut is known to be large enough.
"""

from collections import deque
from collections.abc import Hashable, Mapping

Node = Hashable


def minimum_cut(
    edges: Mapping[tuple[Node, Node], int], source: Node, sink: Node, *, limit: int
) -> frozenset[Node] | None:
    """The source's side of a minimum cut of less than `limit`; None if every cut is larger.

    An edge may be crossed forward for its count and never backward: its reverse has infinite
    capacity, so that no cut has an edge leading from outside in.
    """
    unbounded = limit + sum(edges.values())
    room: dict[Node, dict[Node, int]] = {source: {}, sink: {}}
    for (start, end), count in edges.items():
        room.setdefault(start, {})[end] = count
        room.setdefault(end, {})[start] = unbounded
    flow = 0
    while True:
        came_from = _search(room, source, sink)
        if sink not in came_from:
            return frozenset(came_from)
        path = [sink]
        while path[-1] != source:
            path.append(came_from[path[-1]])
        steps = list(zip(path[1:], path[:-1], strict=True))
        pushed = min(room[start][end] for start, end in steps)
        for start, end in steps:
            room[start][end] -= pushed
            room[end][start] += pushed
        flow += pushed
        if flow >= limit:
            return None


def _search(room: Mapping[Node, Mapping[Node, int]], source: Node, sink: Node) -> dict[Node, Node]:
    """What can still be reached from the source, each with the node it was reached from."""
    came_from: dict[Node, Node] = {source: source}
    queue = deque([source])
    while queue:
        here = queue.popleft()
        for there, left in room[here].items():
            if left > 0 and there not in came_from:
                came_from[there] = here
                if there == sink:
                    return came_from
                queue.append(there)
    return came_from
