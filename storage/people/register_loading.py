"""Loading a table into the register: kept as a draft, compared, taken in after a yes."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from storage.audit import By, Deed, record
from storage.people.register_matching import match
from storage.people.register_rows import FIELDS, KEY, Entry, Row, row_of
from storage.times import stored


@dataclass(frozen=True)
class Counts:
    """How a table stands to what is stored already."""

    new: int
    changed: int
    same: int


def draft(conn: sqlite3.Connection, entries: Sequence[Entry], by: By, *, source_key: str) -> int:
    """Keep what was read until it is confirmed; the same message again is the same draft."""
    text = json.dumps([asdict(entry) for entry in entries], ensure_ascii=False)
    conn.execute(
        "INSERT INTO register_drafts (entries, created_by, created_at, source_key)"
        " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (text, by.who, stored(by.at), source_key),
    )
    row = conn.execute("SELECT id FROM register_drafts WHERE source_key = ?", (source_key,))
    return int(row.fetchone()["id"])


def drafted(conn: sqlite3.Connection, draft_id: int, owner: int) -> list[Entry] | None:
    """The entries of one's own draft; None if it was confirmed, dropped, or is another's."""
    row = conn.execute(
        "SELECT entries FROM register_drafts WHERE id = ? AND created_by = ?", (draft_id, owner)
    ).fetchone()
    return None if row is None else [Entry(**one) for one in json.loads(row["entries"])]


def drop(conn: sqlite3.Connection, draft_id: int, owner: int) -> None:
    """Forget a draft of one's own."""
    conn.execute("DELETE FROM register_drafts WHERE id = ? AND created_by = ?", (draft_id, owner))


def compare(conn: sqlite3.Connection, entries: Iterable[Entry]) -> Counts:
    """What loading would do."""
    new = changed = same = 0
    for entry in entries:
        row = _stored(conn, entry)
        if row is None:
            new += 1
        elif row.entry == entry:
            same += 1
        else:
            changed += 1
    return Counts(new, changed, same)


def load(conn: sqlite3.Connection, draft_id: int, *, by: By) -> Counts | None:
    """Take a draft into the register and match people who are here already; None if it is gone."""
    entries = None if by.who is None else drafted(conn, draft_id, by.who)
    if entries is None or by.who is None:
        return None
    counts = compare(conn, entries)
    names = ", ".join(FIELDS)
    places = ", ".join("?" for _ in FIELDS)
    updates = ", ".join(f"{name} = excluded.{name}" for name in FIELDS if name not in KEY)
    conn.executemany(
        f"INSERT INTO register ({names}, loaded_by, loaded_at) VALUES ({places}, ?, ?)"  # noqa: S608 - names of our own fields
        f" ON CONFLICT ({', '.join(KEY)}) DO UPDATE SET {updates}",
        [(*(getattr(one, name) for name in FIELDS), by.who, stored(by.at)) for one in entries],
    )
    towns = sorted({entry.municipality for entry in entries})
    found = conn.execute(
        "SELECT id FROM people WHERE registered_at IS NOT NULL"
        " AND municipality IN (SELECT value FROM json_each(?))",
        (json.dumps(towns),),
    ).fetchall()
    for (number,) in found:
        match(conn, number, now=by.at)
    drop(conn, draft_id, by.who)
    after: dict[str, str | int | bool | list[str]] = {"people": len(entries), "new": counts.new}
    record(conn, by, Deed.REGISTER_LOADED, after=after)
    return counts


def _stored(conn: sqlite3.Connection, entry: Entry) -> Row | None:
    row = conn.execute(
        "SELECT * FROM register WHERE search = ? AND municipality = ? AND sound = ?",
        (entry.search, entry.municipality, entry.sound),
    ).fetchone()
    return None if row is None else row_of(row)
