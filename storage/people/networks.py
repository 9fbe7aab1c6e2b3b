"""Networks: a leading ТМС and its members, on one topic."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from storage.audit import By, Deed, Value, record


class NetworkKind(StrEnum):
    """What kind of centre leads."""

    KRC = "krc"  # КРЦ, regional resource centre
    LSV = "lsv"  # ЛСВ, leader of network interaction
    MRC = "mrc"  # МРЦ, inter-regional centre


@dataclass(frozen=True)
class Network:
    """One network; `members` are municipalities in alphabetical order, the leader among them.

    `since` and `until` are its first and last day, None where nobody said them. When the last has
    passed nothing ends by itself: whoever answers for the network prolongs or dissolves it.
    """

    id: int
    title: str
    kind: NetworkKind
    leader: str
    members: tuple[str, ...]
    since: date | None = None
    until: date | None = None


def every(conn: sqlite3.Connection) -> list[Network]:
    """All networks by title: their make-up is no secret."""
    members: dict[int, list[str]] = {}
    for row in conn.execute("SELECT * FROM network_members ORDER BY municipality"):
        members.setdefault(row["network_id"], []).append(row["municipality"])
    return [
        Network(
            row["id"],
            row["title"],
            NetworkKind(row["kind"]),
            row["leader"],
            tuple(members[row["id"]]),
            _day(row["since"]),
            _day(row["until"]),
        )
        for row in conn.execute("SELECT * FROM networks ORDER BY title")
    ]


def titled(conn: sqlite3.Connection, title: str) -> bool:
    """Whether a network of this title exists."""
    row = conn.execute("SELECT 1 FROM networks WHERE title = ?", (title,)).fetchone()
    return row is not None


def titles(conn: sqlite3.Connection) -> dict[str, str]:
    """The title of each network by its id as scopes hold it."""
    rows = conn.execute("SELECT id, title FROM networks")
    return {str(row["id"]): row["title"] for row in rows}


def find(conn: sqlite3.Connection, network_id: int) -> Network | None:
    """The network of an id."""
    return next((network for network in every(conn) if network.id == network_id), None)


def create(
    conn: sqlite3.Connection,
    title: str,
    kind: NetworkKind,
    leader: str,
    *,
    by: By | None = None,
) -> int:
    """Make a network, or return the one of this title: a confirmation may be handled twice."""
    row = conn.execute("SELECT id FROM networks WHERE title = ?", (title,)).fetchone()
    if row is not None:
        return int(row["id"])
    made = conn.execute(
        "INSERT INTO networks (title, kind, leader) VALUES (?, ?, ?) RETURNING id",
        (title, kind, leader),
    ).fetchone()
    network = int(made["id"])
    conn.execute("INSERT INTO network_members VALUES (?, ?)", (network, leader))
    after: dict[str, Value] = {"title": title, "leader": leader}
    record(conn, by, Deed.NETWORK_MADE, object=f"network:{network}", after=after)
    return network


def set_members(
    conn: sqlite3.Connection, network_id: int, members: Iterable[str], *, by: By | None = None
) -> None:
    """Who belongs to the network from now on; the leader stays in any case."""
    network = find(conn, network_id)
    if network is None:
        return
    after = tuple(sorted({*members, network.leader}))
    if after == network.members:
        return
    conn.execute("DELETE FROM network_members WHERE network_id = ?", (network_id,))
    conn.executemany(
        "INSERT INTO network_members VALUES (?, ?)", [(network_id, member) for member in after]
    )
    record(
        conn,
        by,
        Deed.NETWORK_MEMBERS,
        object=f"network:{network_id}",
        before={"title": network.title, "members": list(network.members)},
        after={"members": list(after)},
    )


def set_member(
    conn: sqlite3.Connection,
    network_id: int,
    municipality: str,
    *,
    member: bool,
    by: By | None = None,
) -> None:
    """Take one municipality in, or out unless it leads."""
    network = find(conn, network_id)
    if network is None:
        return
    changed = {*network.members, municipality} if member else {*network.members} - {municipality}
    set_members(conn, network_id, changed, by=by)


def set_leader(
    conn: sqlite3.Connection, network_id: int, municipality: str, *, by: By | None = None
) -> None:
    """Another municipality leads; it becomes a member if it was none."""
    network = find(conn, network_id)
    if network is None or network.leader == municipality:
        return
    conn.execute("UPDATE networks SET leader = ? WHERE id = ?", (municipality, network_id))
    conn.execute(
        "INSERT INTO network_members VALUES (?, ?) ON CONFLICT DO NOTHING",
        (network_id, municipality),
    )
    record(
        conn,
        by,
        Deed.NETWORK_LEADER,
        object=f"network:{network_id}",
        before={"title": network.title, "leader": network.leader},
        after={"leader": municipality},
    )


def set_kind(
    conn: sqlite3.Connection, network_id: int, kind: NetworkKind, *, by: By | None = None
) -> None:
    """What kind of centre leads from now on."""
    network = find(conn, network_id)
    if network is None or network.kind is kind:
        return
    conn.execute("UPDATE networks SET kind = ? WHERE id = ?", (kind, network_id))
    _changed(conn, network, by, {"kind": network.kind.value}, {"kind": kind.value})


def rename(conn: sqlite3.Connection, network_id: int, title: str, *, by: By | None = None) -> bool:
    """Another topic; False if another network has it."""
    network = find(conn, network_id)
    if network is None or network.title == title:
        return True
    if titled(conn, title):
        return False
    conn.execute("UPDATE networks SET title = ? WHERE id = ?", (title, network_id))
    _changed(conn, network, by, {"name": network.title}, {"name": title})
    return True


def set_period(
    conn: sqlite3.Connection,
    network_id: int,
    since: date | None,
    until: date | None,
    *,
    by: By | None = None,
) -> None:
    """Its first and last day; None takes them back."""
    network = find(conn, network_id)
    if network is None or (network.since, network.until) == (since, until):
        return
    conn.execute(
        "UPDATE networks SET since = ?, until = ? WHERE id = ?",
        (since and since.isoformat(), until and until.isoformat(), network_id),
    )
    _changed(
        conn,
        network,
        by,
        {"since": str(network.since or ""), "until": str(network.until or "")},
        {"since": str(since or ""), "until": str(until or "")},
    )


def _changed(
    conn: sqlite3.Connection,
    network: Network,
    by: By | None,
    before: dict[str, Value],
    after: dict[str, Value],
) -> None:
    thing = f"network:{network.id}"
    before = {"title": network.title} | before
    record(conn, by, Deed.NETWORK_CHANGED, object=thing, before=before, after=after)


def _day(stored: str | None) -> date | None:
    return None if stored is None else date.fromisoformat(stored)


def remove(conn: sqlite3.Connection, network_id: int, *, by: By | None = None) -> None:
    """Dissolve a network: roles and invitations for it end with it."""
    network = find(conn, network_id)
    if network is None:
        return
    for table in ("grants", "invitations"):
        conn.execute(
            f"DELETE FROM {table} WHERE scope_kind = 'network' AND scope_ref = ?",  # noqa: S608 - two names of ours
            (str(network_id),),
        )
    conn.execute("DELETE FROM networks WHERE id = ?", (network_id,))
    before: dict[str, Value] = {
        "title": network.title,
        "leader": network.leader,
        "members": list(network.members),
    }
    record(conn, by, Deed.NETWORK_DISSOLVED, object=f"network:{network_id}", before=before)
