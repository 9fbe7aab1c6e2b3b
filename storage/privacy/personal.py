"""Everything the database holds about a person, complete by construction.

What belongs to a person is read off the schema: rows that go with the person's row (foreign keys
with ON DELETE CASCADE, and theirs in turn) are the person's; rows that would only lose a name (ON
DELETE SET NULL) mention them. A new table is found without a word here. The few tables that hold
somebody without a foreign key are named below, and a test looks for columns that should be.
"""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

PEOPLE: Final = "people"

BY_TELEGRAM: Final = {"dialogs": "telegram_id", "inbox": "chat"}
"""Tables that know the account's number only; `storage.privacy.erasing` empties them by name."""

BY_ID: Final = {"audit": ("actor", "about")}
"""Tables that keep the bare id for good: it is given once and names nobody after an erasing."""

SUSPECT: Final = re.compile(r"person|people|telegram|chat\b|actor|about|author|_by$|user")
"""Column names that look as if they held somebody."""


@dataclass(frozen=True)
class Holding:
    """The person's rows of one table, each column → value."""

    table: str
    rows: tuple[dict[str, object], ...]


@dataclass(frozen=True)
class Mention:
    """How many rows of a table name the person in a column without being theirs."""

    table: str
    column: str
    rows: int


@dataclass(frozen=True)
class _Key:
    """A foreign key of one column."""

    table: str
    column: str
    target: str
    to: str
    cascades: bool


def everything(conn: sqlite3.Connection, person_id: int) -> list[Holding]:
    """All rows that belong to the person, tables without any left out."""
    found = []
    for table, condition in owned(conn).items():
        rows = _rows(conn, table, condition, person_id)
        if rows:
            found.append(Holding(table, rows))
    return found


def mentions(conn: sqlite3.Connection, person_id: int) -> list[Mention]:
    """Where the person is named in rows of others, or of the bot."""
    found = [
        Mention(key.table, key.column, count)
        for key in _keys(conn)
        if key.target == PEOPLE
        and not key.cascades
        and (count := _count(conn, key.table, key.column, person_id))
    ]
    found += [
        Mention(table, column, count)
        for table, columns in BY_ID.items()
        for column in columns
        if (count := _count(conn, table, column, person_id))
    ]
    return found


def owned(conn: sqlite3.Connection) -> dict[str, str]:
    """Table → the SQL condition on it that a row is the person's; `?1` is the person's id."""
    keys = [key for key in _keys(conn) if key.cascades]
    conditions: dict[str, list[str]] = {PEOPLE: ["id = ?1"]}
    waiting = [PEOPLE]
    while waiting:
        target = waiting.pop(0)
        for key in keys:
            if key.target != target or key.table == target:
                continue
            if target == PEOPLE:
                condition = f'"{key.column}" = ?1'
            else:
                above = " OR ".join(conditions[target])
                condition = f'"{key.column}" IN (SELECT "{key.to}" FROM "{target}" WHERE {above})'  # noqa: S608 - names out of the schema
            if condition in conditions.setdefault(key.table, []):
                continue
            conditions[key.table].append(condition)
            waiting.append(key.table)
    by_number = f"(SELECT telegram_id FROM {PEOPLE} WHERE id = ?1)"  # noqa: S608 - ours
    for table, column in BY_TELEGRAM.items():
        conditions[table] = [f'"{column}" = {by_number}']
    return {table: " OR ".join(each) for table, each in conditions.items()}


def loose(conn: sqlite3.Connection) -> list[str]:
    """`table.column` that look as if they held somebody and are not known to."""
    known = {(key.table, key.column) for key in _keys(conn) if key.target == PEOPLE}
    known |= set(BY_TELEGRAM.items()) | {(PEOPLE, "telegram_id")}
    known |= {(table, column) for table, columns in BY_ID.items() for column in columns}
    keyed = {(key.table, key.column) for key in _keys(conn)}
    return [
        f"{table}.{column}"
        for table in tables(conn)
        for (column,) in conn.execute("SELECT name FROM pragma_table_info(?)", (table,))
        if SUSPECT.search(column) and (table, column) not in known | keyed
    ]


def tables(conn: sqlite3.Connection) -> list[str]:
    """Every table of the schema."""
    rows = conn.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " ORDER BY name"
    )
    return [row[0] for row in rows]


def _keys(conn: sqlite3.Connection) -> Iterator[_Key]:
    for table in tables(conn):
        for row in conn.execute(
            'SELECT "from", "table", "to", on_delete, id FROM pragma_foreign_key_list(?) k'
            " WHERE (SELECT count(*) FROM pragma_foreign_key_list(?) o WHERE o.id = k.id) = 1",
            (table, table),
        ):
            column, target, to, on_delete = row[0], row[1], row[2], row[3]
            yield _Key(table, column, target, to or "id", on_delete == "CASCADE")


def _rows(
    conn: sqlite3.Connection, table: str, condition: str, person_id: int
) -> tuple[dict[str, object], ...]:
    cursor = conn.execute(f'SELECT * FROM "{table}" WHERE {condition}', (person_id,))  # noqa: S608 - names out of the schema
    names = [column[0] for column in cursor.description]
    return tuple(dict(zip(names, row, strict=True)) for row in cursor)


def _count(conn: sqlite3.Connection, table: str, column: str, person_id: int) -> int:
    statement = f'SELECT count(*) FROM "{table}" WHERE "{column}" = ?'  # noqa: S608 - the same
    return int(conn.execute(statement, (person_id,)).fetchone()[0])
