"""Schools, kindergartens and centres: one row each, however people write the name."""

import sqlite3


def known(conn: sqlite3.Connection, municipality: str) -> list[tuple[int, str]]:
    """Id and name of the organisations of a municipality, those with more people first."""
    rows = conn.execute(
        "SELECT o.id, o.name FROM organisations o LEFT JOIN people p ON p.organisation_id = o.id"
        " WHERE o.municipality = ? GROUP BY o.id ORDER BY count(p.id) DESC, o.name",
        (municipality,),
    )
    return [(row["id"], row["name"]) for row in rows]


def within_municipality(
    conn: sqlite3.Connection, organisation_id: int, municipality: str
) -> str | None:
    """The organisation's name, if it is one of this municipality: a button's id may be forged."""
    row = conn.execute(
        "SELECT name FROM organisations WHERE id = ? AND municipality = ?",
        (organisation_id, municipality),
    ).fetchone()
    return None if row is None else row["name"]


def add(conn: sqlite3.Connection, municipality: str, name: str, sound: str) -> int:
    """The id of the organisation of this sound (bot.search.sound); made if it is new."""
    conn.execute(
        "INSERT INTO organisations (municipality, name, sound) VALUES (?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        (municipality, name, sound),
    )
    row = conn.execute(
        "SELECT id FROM organisations WHERE municipality = ? AND sound = ?", (municipality, sound)
    ).fetchone()
    return int(row["id"])
