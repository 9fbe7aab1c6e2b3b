"""What staff did: who, what, on whom, before and after. Never a name, never an answer.

A storage function that carries out a deed of staff takes `by` and records it in the same step, so
that neither exists without the other. Rows are only ever added (triggers refuse all else), and
each holds a hash over itself and the hash before it: whoever edits the file by hand breaks the
chain from there on. The last rows can be cut off without a trace inside the file, so `check`
prints the newest hash, for whoever wants to keep it elsewhere.

People stand here as ids, which are never given twice: of an erased person nothing can be read.
"""

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.deeds import EXPORTS, VIEWS, Deed, Kind
from storage.times import moment, stored

__all__ = [
    "By",
    "Deed",
    "Entry",
    "Kind",
    "Page",
    "Value",
    "Verdict",
    "page",
    "record",
    "record_view",
    "verify",
]

Value = str | int | bool | list[str]


@dataclass(frozen=True)
class By:
    """Who does it and when; None is whoever sits at the command line."""

    who: int | None
    at: datetime


@dataclass(frozen=True)
class Entry:
    """One row as shown; `deed` may be of a newer release, hence a plain word."""

    id: int
    at: datetime
    actor: int | None
    about: int | None
    deed: str
    object: str
    before: Mapping[str, Value]
    after: Mapping[str, Value]


@dataclass(frozen=True)
class Verdict:
    """What following the chain found; `broken` is the first row that does not fit."""

    rows: int
    broken: int | None
    newest: str


def record(
    conn: sqlite3.Connection,
    by: By | None,
    deed: Deed,
    *,
    about: int | None = None,
    object: str = "",  # noqa: A002 - the column's name: what the deed was done to
    before: Mapping[str, Value] | None = None,
    after: Mapping[str, Value] | None = None,
) -> None:
    """Add a row; nothing for `by` None: what the bot itself or a demonstration does."""
    if by is None:
        return
    last = conn.execute("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    number, previous = (1, b"") if last is None else (last["id"] + 1, last["hash"])
    columns = (
        number,
        stored(by.at),
        by.who,
        about,
        deed.value,
        object,
        _json(before or {}),
        _json(after or {}),
    )
    conn.execute(
        "INSERT INTO audit (id, at, actor, about, deed, object, before, after, hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*columns, _hash(previous, columns)),
    )


SEEN_AGAIN = timedelta(days=1)
"""So long the same person looking at the same one's things is one row."""


def record_view(
    conn: sqlite3.Connection,
    by: By,
    deed: Deed,
    about: int,
    *,
    object: str = "",  # noqa: A002 - as `record`
) -> None:
    """Note that somebody else's own things were opened; once a day, and never of oneself."""
    if by.who == about:
        return
    seen = conn.execute(
        "SELECT 1 FROM audit WHERE about = ? AND actor = ? AND deed = ? AND object = ? AND at > ?",
        (about, by.who, deed.value, object, stored(by.at - SEEN_AGAIN)),
    ).fetchone()
    if seen is None:
        record(conn, by, deed, about=about, object=object)


@dataclass(frozen=True)
class Page:
    """Entries, the newest first; `number` from 0, of `pages`."""

    entries: tuple[Entry, ...]
    number: int
    pages: int
    total: int


def page(
    conn: sqlite3.Connection,
    *,
    number: int = 0,
    size: int = 8,
    kind: Kind = Kind.ALL,
    person: int | None = None,
) -> Page:
    """A page of the log; beyond the last is the last. `person`: whatever was done to or by them."""
    listed = json.dumps(
        sorted({Kind.EXPORTS: EXPORTS, Kind.VIEWS: VIEWS}.get(kind, EXPORTS | VIEWS))
    )
    inside = "deed IN (SELECT value FROM json_each(?1))"
    of_kind = {Kind.ALL: "?1 IS NOT NULL", Kind.CHANGES: f"NOT {inside}"}.get(kind, inside)
    where = f"WHERE {of_kind} AND (?2 IS NULL OR about = ?2 OR actor = ?2)"
    total = conn.execute(f"SELECT count(*) FROM audit {where}", (listed, person)).fetchone()[0]  # noqa: S608 - the condition is ours
    pages = max(1, -(-total // size))
    number = min(max(number, 0), pages - 1)
    rows = conn.execute(
        f"SELECT * FROM audit {where} ORDER BY id DESC LIMIT ?3 OFFSET ?4",  # noqa: S608 - the same
        (listed, person, size, number * size),
    )
    return Page(tuple(map(_entry, rows)), number, pages, total)


def verify(conn: sqlite3.Connection) -> Verdict:
    """Follow the chain from its first row."""
    previous, number = b"", 0
    for row in conn.execute("SELECT * FROM audit ORDER BY id"):
        columns = tuple(row)[:-1]
        if row["id"] != number + 1 or row["hash"] != _hash(previous, columns):
            return Verdict(number, row["id"], previous.hex())
        previous, number = row["hash"], row["id"]
    return Verdict(number, None, previous.hex())


def _hash(previous: bytes, columns: tuple[object, ...]) -> bytes:
    return hashlib.sha256(previous + _json(list(columns)).encode()).digest()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(
        id=row["id"],
        at=moment(row["at"]),
        actor=row["actor"],
        about=row["about"],
        deed=row["deed"],
        object=row["object"],
        before=json.loads(row["before"]),
        after=json.loads(row["after"]),
    )
