"""Looking people up, by staff: always within the asker's scopes."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storage.audit import By, Deed, record, record_view
from storage.people.people import PERSON, Grant, Person, person_of
from storage.scopes import PERSON_PLACE, Scope, covered, within


@dataclass(frozen=True)
class Page:
    """A page of people, `number` from 0, out of `pages` (at least 1) with `total` people."""

    people: tuple[Person, ...]
    number: int
    pages: int
    total: int


def page(
    conn: sqlite3.Connection,
    scopes: Sequence[Scope],
    *,
    search: str = "",
    number: int = 0,
    size: int = 8,
) -> Page:
    """Registered people by name; `search` is folded (bot.search.folded), each word a beginning.

    A page beyond the last is the last: people may have left since the button was drawn.
    """
    inside, arguments = within(scopes, *PERSON_PLACE)
    where = f"WHERE p.registered_at IS NOT NULL AND {inside}"
    for word in search.split():
        where += " AND ' ' || p.search LIKE ? ESCAPE '!'"
        arguments.append(f"% {_literal(word)}%")
    total = conn.execute(f"SELECT count(*) FROM people p {where}", arguments).fetchone()[0]  # noqa: S608 - built of our own conditions, values are arguments
    pages = max(1, -(-total // size))
    number = min(max(number, 0), pages - 1)
    rows = conn.execute(
        f"{PERSON} {where} ORDER BY p.search, p.id LIMIT ? OFFSET ?",
        [*arguments, size, number * size],
    )
    return Page(tuple(map(person_of, rows)), number, pages, total)


def card(conn: sqlite3.Connection, scopes: Sequence[Scope], person_id: int) -> Person | None:
    """One registered person, if within the scopes: a button's id may be forged."""
    inside, arguments = within(scopes, *PERSON_PLACE)
    row = conn.execute(
        f"{PERSON} WHERE p.id = ? AND p.registered_at IS NOT NULL AND {inside}",
        [person_id, *arguments],
    ).fetchone()
    return None if row is None else person_of(row)


def open_card(
    conn: sqlite3.Connection, scopes: Sequence[Scope], person_id: int, *, by: By
) -> Person | None:
    """As `card`, and the log says whose card was opened by whom."""
    found = card(conn, scopes, person_id)
    if found is not None:
        record_view(conn, by, Deed.PERSON_OPENED, person_id)
    return found


def remove_grant(
    conn: sqlite3.Connection,
    scopes: Sequence[Scope],
    person_id: int,
    grant: Grant,
    *,
    by: By | None = None,
) -> bool:
    """Take a role away, if the role's scope is covered by the asker's; False if it is not."""
    if not covered(conn, scopes, grant.scope):
        return False
    taken = conn.execute(
        "DELETE FROM grants WHERE person_id = ? AND role = ? AND scope_kind = ? AND scope_ref = ?",
        (person_id, grant.role, grant.scope.kind, grant.scope.ref),
    )
    if taken.rowcount:
        record(conn, by, Deed.ROLE_TAKEN, about=person_id, before=grant.said())
    return True


def among(
    conn: sqlite3.Connection, scopes: Sequence[Scope], people: Iterable[int]
) -> dict[int, Person]:
    """Those of these ids who are within the scopes and were not erased."""
    inside, arguments = within(scopes, *PERSON_PLACE)
    rows = conn.execute(
        f"{PERSON} WHERE p.id IN (SELECT value FROM json_each(?)) AND {inside}",  # noqa: S608 - the condition is ours
        [json.dumps(sorted(set(people))), *arguments],
    )
    return {row["id"]: person_of(row) for row in rows}


def staff(conn: sqlite3.Connection, admin_ids: Iterable[int]) -> list[Person]:
    """Everybody with a role, and the admins: for the bot itself, whose command menu they share."""
    admins = list(admin_ids)
    places = ", ".join("?" for _ in admins)
    rows = conn.execute(
        f"{PERSON} WHERE p.registered_at IS NOT NULL"  # noqa: S608 - places are question marks
        f" AND (p.telegram_id IN ({places}) OR EXISTS"
        " (SELECT 1 FROM grants g WHERE g.person_id = p.id)) ORDER BY p.id",
        admins,
    )
    return [person_of(row) for row in rows]


def _literal(word: str) -> str:
    for special in "!%_":
        word = word.replace(special, f"!{special}")
    return word
