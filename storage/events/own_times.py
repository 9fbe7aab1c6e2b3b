"""When people want to be reminded of meetings, where they chose times of their own.

Nobody has chosen nothing: whoever wants no reminders mutes them (storage/peace.py), and whoever
has no rows here is reminded when the organiser says.
"""

import json
import sqlite3
from collections.abc import Collection, Mapping
from datetime import datetime

from storage.times import moment, stored

MOST = 8
"""Times one person may choose: more would be a nuisance, by mistake or by malice."""

Own = Mapping[str, datetime]
"""Name of a time (roadmap/offsets.py) → since when it is wanted."""


def of(conn: sqlite3.Connection, person_id: int) -> frozenset[str]:
    """Names of the times this person chose; empty: the organisers' times hold."""
    rows = conn.execute("SELECT name FROM own_times WHERE person_id = ?", (person_id,))
    return frozenset(row["name"] for row in rows)


def everybody(conn: sqlite3.Connection) -> dict[int, Own]:
    """Everybody who chose times."""
    found: dict[int, dict[str, datetime]] = {}
    for row in conn.execute("SELECT person_id, name, since FROM own_times"):
        found.setdefault(row["person_id"], {})[row["name"]] = moment(row["since"])
    return dict(found)


def names(conn: sqlite3.Connection) -> list[str]:
    """Every time that anybody chose. Steps from one to the next, past all who chose the same."""
    rows = conn.execute(
        "WITH RECURSIVE chosen(name) AS (SELECT min(name) FROM own_times UNION ALL"
        " SELECT (SELECT min(name) FROM own_times WHERE name > chosen.name) FROM chosen"
        " WHERE name IS NOT NULL) SELECT name FROM chosen WHERE name IS NOT NULL"
    )
    return [row["name"] for row in rows]


def choose(
    conn: sqlite3.Connection,
    person_id: int,
    name: str,
    *,
    on: bool,
    usual: Collection[str],
    now: datetime,
) -> bool:
    """Want a reminder then, or not; False if that would leave none, or too many.

    The first choice starts from `usual`, what has come so far. The same again changes nothing.
    """
    had = of(conn, person_id)
    start = had or frozenset(usual)
    wanted = start | {name} if on else start - {name}
    if not wanted or len(wanted) > MOST:
        return False
    conn.execute(
        "DELETE FROM own_times WHERE person_id = ?"
        " AND name NOT IN (SELECT value FROM json_each(?))",
        (person_id, json.dumps(sorted(wanted))),
    )
    for each in sorted(wanted - had):
        conn.execute(
            "INSERT INTO own_times (person_id, name, since) VALUES (?, ?, ?)",
            (person_id, each, stored(now)),
        )
    return True


def as_organisers_set(conn: sqlite3.Connection, person_id: int) -> None:
    """Give up own times."""
    conn.execute("DELETE FROM own_times WHERE person_id = ?", (person_id,))
