"""Small facts the bot remembers about itself: when the last night's work was done, and such."""

import sqlite3


def get(conn: sqlite3.Connection, name: str) -> str | None:
    """The fact of that name, if there is one."""
    row = conn.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row["value"])


def put(conn: sqlite3.Connection, name: str, value: str) -> None:
    """Remember a fact, or change it."""
    conn.execute(
        "INSERT INTO facts (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )
