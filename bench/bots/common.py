"""What the bare bots share: a database as durable as ours, one commit per answer."""

import sqlite3
from pathlib import Path


def opened(folder: str) -> sqlite3.Connection:
    """A database of their own."""
    conn = sqlite3.connect(Path(folder) / "bare.sqlite3", isolation_level=None)
    conn.execute("PRAGMA journal_mode=WAL")
    conn.execute("PRAGMA synchronous=FULL")
    conn.execute("CREATE TABLE answers (person INTEGER, data TEXT)")
    return conn


def insert(conn: sqlite3.Connection, person: int, data: str) -> int:
    """One answer, committed; the number of the next question."""
    conn.execute("INSERT INTO answers VALUES (?, ?)", (person, data))
    return int(data.split(":", maxsplit=1)[0]) + 1
