"""The register of people: who is expected, who has come, and their personal links.

Coordinators load it within their scopes (`register_loading`). A person comes by a personal link
(`register_joining`), or registers alone and is matched (`register_matching`).
"""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.audit import By, Deed, record
from storage.people.invitations import hashed
from storage.people.register_matching import doubts
from storage.people.register_rows import Row, row_of
from storage.scopes import Scope, within
from storage.times import stored


@dataclass(frozen=True)
class Overview:
    """The register within some scopes."""

    total: int
    joined: int
    doubts: int


@dataclass(frozen=True)
class Page:
    """Rows by name; `number` from 0, of `pages`."""

    rows: tuple[Row, ...]
    number: int
    pages: int
    total: int


def overview(conn: sqlite3.Connection, scopes: Sequence[Scope]) -> Overview:
    """How many are expected, how many have come, how many doubts wait."""
    inside, arguments = within(scopes, "r.municipality")
    total, joined = conn.execute(
        f"SELECT count(*), count(r.person_id) FROM register r WHERE {inside}",  # noqa: S608 - ours
        arguments,
    ).fetchone()
    return Overview(total, joined, len(doubts(conn, scopes)))


def page(
    conn: sqlite3.Connection,
    scopes: Sequence[Scope],
    *,
    joined: bool,
    number: int = 0,
    size: int = 20,
) -> Page:
    """Those who have come, or those who have not; beyond the last page is the last."""
    inside, arguments = within(scopes, "r.municipality")
    state = "IS NOT NULL" if joined else "IS NULL"
    where = f"FROM register r WHERE r.person_id {state} AND {inside}"
    total = conn.execute(f"SELECT count(*) {where}", arguments).fetchone()[0]
    pages = max(1, -(-total // size))
    number = min(max(number, 0), pages - 1)
    rows = conn.execute(
        f"SELECT r.* {where} ORDER BY r.municipality, r.search, r.id LIMIT ? OFFSET ?",
        [*arguments, size, number * size],
    )
    return Page(tuple(map(row_of, rows)), number, pages, total)


def issue(
    conn: sqlite3.Connection,
    scopes: Sequence[Scope],
    code_of: Callable[[int], str],
    *,
    until: datetime,
    by: By,
) -> list[tuple[Row, str]]:
    """A personal link's code for everybody in scope who has not come; valid until then, once.

    `code_of` gives the same code for the same row, so a table and a sheet of slips agree.
    """
    inside, arguments = within(scopes, "r.municipality")
    rows = conn.execute(
        f"SELECT r.* FROM register r WHERE r.person_id IS NULL AND {inside}"  # noqa: S608 - ours
        " ORDER BY r.municipality, r.organisation, r.search, r.id",
        arguments,
    ).fetchall()
    issued = [(row_of(row), code_of(row["id"])) for row in rows]
    conn.executemany(
        "UPDATE register SET code_hash = ?, code_until = ? WHERE id = ?",
        [(hashed(code), stored(until), row.id) for row, code in issued],
    )
    if issued:
        record(conn, by, Deed.REGISTER_LINKS, after={"people": len(issued), "names": True})
    return issued
