"""The register of people: who is expected, who has come, and who may be whom.

Coordinators load it within their scopes. A person comes by a personal link, or registers alone and
is matched: a row whose name, municipality and organisation are theirs is theirs at once, unless a
role hangs on it; anything less certain waits for a coordinator. A name alone gives nobody a role.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from storage.audit import By, Deed, record
from storage.people import organisations, people
from storage.people.invitations import hashed
from storage.people.people import Field, Grant, Role
from storage.scopes import Scope, ScopeKind, within
from storage.times import moment, stored


@dataclass(frozen=True)
class Entry:
    """A person as a table says; '' where it says nothing.

    `search` and `sound` are the folded forms (bot.search) by which people are matched.
    """

    surname: str
    first_name: str
    patronymic: str
    search: str
    municipality: str
    organisation: str = ""
    sound: str = ""
    position: str = ""
    community: str = ""
    role: str | None = None
    scope_kind: str | None = None
    scope_ref: str | None = None

    @property
    def grant(self) -> Grant | None:
        """The role that comes with joining."""
        if self.role is None or self.scope_kind is None:
            return None
        return Grant(Role(self.role), Scope(ScopeKind(self.scope_kind), self.scope_ref or ""))


@dataclass(frozen=True)
class Row:
    """An entry as stored."""

    id: int
    entry: Entry
    person_id: int | None
    joined_at: datetime | None


@dataclass(frozen=True)
class Counts:
    """How a table stands to what is stored already."""

    new: int
    changed: int
    same: int


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


class Joining(StrEnum):
    """What became of following a personal link."""

    JOINED = "joined"
    ALREADY = "already"
    EXPIRED = "expired"
    UNKNOWN = "unknown"  # never made, or used by somebody


_FIELDS = tuple(Entry.__dataclass_fields__)
_KEY = ("search", "municipality", "sound")


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
    names = ", ".join(_FIELDS)
    places = ", ".join("?" for _ in _FIELDS)
    updates = ", ".join(f"{name} = excluded.{name}" for name in _FIELDS if name not in _KEY)
    conn.executemany(
        f"INSERT INTO register ({names}, loaded_by, loaded_at) VALUES ({places}, ?, ?)"  # noqa: S608 - names of our own fields
        f" ON CONFLICT ({', '.join(_KEY)}) DO UPDATE SET {updates}",
        [(*(getattr(one, name) for name in _FIELDS), by.who, stored(by.at)) for one in entries],
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


def finish_registration(conn: sqlite3.Connection, person_id: int, *, now: datetime) -> None:
    """Somebody is through with the acquaintance: registered, and matched."""
    people.finish_registration(conn, person_id, now=now)
    match(conn, person_id, now=now)


def match(conn: sqlite3.Connection, person_id: int, *, now: datetime) -> None:
    """Find the person's row: theirs at once where all agrees, else a doubt for a coordinator."""
    person = conn.execute(
        "SELECT p.search, p.surname, p.first_name, p.municipality, o.sound FROM people p"
        " LEFT JOIN organisations o ON o.id = p.organisation_id WHERE p.id = ?"
        " AND NOT EXISTS (SELECT 1 FROM register r WHERE r.person_id = p.id)",
        (person_id,),
    ).fetchone()
    if person is None or not person["search"]:
        return
    rows = conn.execute(
        "SELECT id, search, sound, role, surname, first_name FROM register"
        " WHERE person_id IS NULL AND municipality = ? AND (search = ? OR"
        " (surname = ? AND first_name = ?))",
        (person["municipality"], person["search"], person["surname"], person["first_name"]),
    ).fetchall()
    certain = [
        row
        for row in rows
        if (row["search"], row["sound"]) == (person["search"], person["sound"])
        and row["role"] is None
    ]
    if len(certain) == 1:
        _join(conn, certain[0]["id"], person_id, now)
        return
    conn.executemany(
        "INSERT INTO register_doubts (row_id, person_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(row["id"], person_id) for row in rows],
    )


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
    return Page(tuple(map(_row, rows)), number, pages, total)


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
    issued = [(_row(row), code_of(row["id"])) for row in rows]
    conn.executemany(
        "UPDATE register SET code_hash = ?, code_until = ? WHERE id = ?",
        [(hashed(code), stored(until), row.id) for row, code in issued],
    )
    if issued:
        record(conn, by, Deed.REGISTER_LINKS, after={"people": len(issued), "names": True})
    return issued


def join(
    conn: sqlite3.Connection, code: str, person_id: int, *, now: datetime
) -> tuple[Joining, Grant | None]:
    """Follow a personal link: the row is the person's, and so is the role that stands in it."""
    row = conn.execute("SELECT * FROM register WHERE code_hash = ?", (hashed(code),)).fetchone()
    if row is None:
        return Joining.UNKNOWN, None
    found = _row(row)
    if found.person_id is not None:
        mine = found.person_id == person_id
        return (Joining.ALREADY if mine else Joining.UNKNOWN), None
    if moment(row["code_until"]) <= now:
        return Joining.EXPIRED, None
    _join(conn, found.id, person_id, now)
    if found.entry.grant is not None:
        _give(conn, found, person_id, By(row["loaded_by"], now))
    return Joining.JOINED, found.entry.grant


def introduce(
    conn: sqlite3.Connection, person_id: int, folded: Callable[[str], str], *, now: datetime
) -> None:
    """Take from the person's row what they have not said; with all of it known they are registered.

    What they said themselves stays. `folded` is the form in which staff find a name.
    """
    found = conn.execute("SELECT * FROM register WHERE person_id = ?", (person_id,)).fetchone()
    person = people.by_id(conn, person_id)
    if found is None or person is None or person.registered:
        return
    entry = _row(found).entry
    said: dict[Field, str | int | None] = {}
    if person.surname is None and person.first_name is None:
        said |= {
            Field.SURNAME: entry.surname,
            Field.FIRST_NAME: entry.first_name,
            Field.PATRONYMIC: entry.patronymic,
        }
    if person.municipality is None:
        said[Field.MUNICIPALITY] = entry.municipality
        if entry.organisation:
            said[Field.ORGANISATION] = organisations.add(
                conn, entry.municipality, entry.organisation, entry.sound
            )
    for field, words in ((Field.POSITION, entry.position), (Field.COMMUNITY, entry.community)):
        if words and getattr(person, field.value) is None:
            said[field] = words
    own = (person.surname, person.first_name, person.patronymic)
    names = (entry.surname, entry.first_name, entry.patronymic) if own[1] is None else own
    people.say(conn, person_id, said, search=folded(" ".join(filter(None, names))))
    known = people.by_id(conn, person_id)
    if known is not None and known.missing is None:
        people.finish_registration(conn, person_id, now=now)


def doubts(conn: sqlite3.Connection, scopes: Sequence[Scope]) -> list[tuple[Row, int]]:
    """(row, person's id) of every doubt in scope that nobody has settled, by name."""
    inside, arguments = within(scopes, "r.municipality")
    rows = conn.execute(
        "SELECT r.*, d.person_id AS who FROM register_doubts d JOIN register r ON r.id = d.row_id"  # noqa: S608 - ours
        f" WHERE d.declined = 0 AND r.person_id IS NULL AND {inside}"
        " AND NOT EXISTS (SELECT 1 FROM register o WHERE o.person_id = d.person_id)"
        " ORDER BY r.search, r.id, d.person_id",
        arguments,
    )
    return [(_row(row), row["who"]) for row in rows]


def settle(
    conn: sqlite3.Connection,
    scopes: Sequence[Scope],
    row_id: int,
    person_id: int,
    *,
    same: bool,
    by: By,
) -> bool:
    """Decide a doubt; False if there is none such in scope."""
    found = [one for one, who in doubts(conn, scopes) if (one.id, who) == (row_id, person_id)]
    if not found:
        return False
    if same:
        _join(conn, row_id, person_id, by.at)
        if found[0].entry.grant is not None:
            _give(conn, found[0], person_id, by)
    else:
        conn.execute(
            "UPDATE register_doubts SET declined = 1 WHERE row_id = ? AND person_id = ?",
            (row_id, person_id),
        )
    thing = f"register:{row_id}"
    record(conn, by, Deed.REGISTER_MATCHED, about=person_id, object=thing, after={"same": same})
    return True


def _stored(conn: sqlite3.Connection, entry: Entry) -> Row | None:
    row = conn.execute(
        "SELECT * FROM register WHERE search = ? AND municipality = ? AND sound = ?",
        (entry.search, entry.municipality, entry.sound),
    ).fetchone()
    return None if row is None else _row(row)


def _row(row: sqlite3.Row) -> Row:
    entry = Entry(**{name: row[name] for name in _FIELDS})
    return Row(row["id"], entry, row["person_id"], moment(row["joined_at"]))


def _join(conn: sqlite3.Connection, row_id: int, person_id: int, now: datetime) -> None:
    # The hash stays: the same link followed again by the same person is answered kindly.
    conn.execute(
        "UPDATE register SET person_id = ?, joined_at = ? WHERE id = ?",
        (person_id, stored(now), row_id),
    )


def _give(conn: sqlite3.Connection, row: Row, person_id: int, by: By) -> None:
    grant = row.entry.grant
    assert grant is not None  # noqa: S101 - asked by the callers
    made = conn.execute(
        "INSERT INTO grants (person_id, role, scope_kind, scope_ref, granted_by, granted_at)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (person_id, grant.role, grant.scope.kind, grant.scope.ref, by.who, stored(by.at)),
    )
    if made.rowcount:
        thing = f"register:{row.id}"
        record(conn, by, Deed.ROLE_GIVEN, about=person_id, object=thing, after=grant.said())
