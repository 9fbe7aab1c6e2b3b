"""Networks: a leading ТМС and its members, on one topic."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class NetworkKind(StrEnum):
    """What kind of centre leads."""

    KRC = "krc"  # КРЦ, regional resource centre
    LSV = "lsv"  # ЛСВ, leader of network interaction
    MRC = "mrc"  # МРЦ, inter-regional centre


@dataclass(frozen=True)
class Network:
    """One network; `members` are municipalities in alphabetical order, the leader among them."""

    id: int
    title: str
    kind: NetworkKind
    leader: str
    members: tuple[str, ...]


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


def create(conn: sqlite3.Connection, title: str, kind: NetworkKind, leader: str) -> int:
    """Make a network, or return the one of this title: a confirmation may be handled twice."""
    row = conn.execute("SELECT id FROM networks WHERE title = ?", (title,)).fetchone()
    if row is not None:
        return int(row["id"])
    made = conn.execute(
        "INSERT INTO networks (title, kind, leader) VALUES (?, ?, ?) RETURNING id",
        (title, kind, leader),
    ).fetchone()
    set_members(conn, made["id"], [leader])
    return int(made["id"])


def set_members(conn: sqlite3.Connection, network_id: int, members: Iterable[str]) -> None:
    """Who belongs to the network from now on; the leader stays in any case."""
    network = find_leader(conn, network_id)
    if network is None:
        return
    conn.execute("DELETE FROM network_members WHERE network_id = ?", (network_id,))
    conn.executemany(
        "INSERT INTO network_members VALUES (?, ?)",
        [(network_id, municipality) for municipality in sorted({*members, network})],
    )


def set_member(
    conn: sqlite3.Connection, network_id: int, municipality: str, *, member: bool
) -> None:
    """Take one municipality in, or out unless it leads."""
    leader = find_leader(conn, network_id)
    if leader is None:
        return
    if member:
        conn.execute(
            "INSERT INTO network_members VALUES (?, ?) ON CONFLICT DO NOTHING",
            (network_id, municipality),
        )
    elif municipality != leader:
        conn.execute(
            "DELETE FROM network_members WHERE network_id = ? AND municipality = ?",
            (network_id, municipality),
        )


def set_leader(conn: sqlite3.Connection, network_id: int, municipality: str) -> None:
    """Another municipality leads; it becomes a member if it was none."""
    conn.execute("UPDATE networks SET leader = ? WHERE id = ?", (municipality, network_id))
    set_member(conn, network_id, municipality, member=True)


def find_leader(conn: sqlite3.Connection, network_id: int) -> str | None:
    """The leading municipality."""
    row = conn.execute("SELECT leader FROM networks WHERE id = ?", (network_id,)).fetchone()
    return None if row is None else str(row["leader"])


def remove(conn: sqlite3.Connection, network_id: int) -> None:
    """Dissolve a network: roles and invitations for it end with it."""
    for table in ("grants", "invitations"):
        conn.execute(
            f"DELETE FROM {table} WHERE scope_kind = 'network' AND scope_ref = ?",  # noqa: S608 - two names of ours
            (str(network_id),),
        )
    conn.execute("DELETE FROM networks WHERE id = ?", (network_id,))
