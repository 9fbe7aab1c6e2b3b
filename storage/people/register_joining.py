"""Following a personal link: the row of the register becomes the person's, with what it brings."""

import sqlite3
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from storage.audit import By, Deed, record
from storage.people import organisations, people
from storage.people.invitations import hashed
from storage.people.people import Field, Grant
from storage.people.register_rows import Row, row_of
from storage.times import moment, stored


class Joining(StrEnum):
    """What became of following a personal link."""

    JOINED = "joined"
    ALREADY = "already"
    EXPIRED = "expired"
    UNKNOWN = "unknown"  # never made, or used by somebody


def join(
    conn: sqlite3.Connection, code: str, person_id: int, *, now: datetime
) -> tuple[Joining, Grant | None]:
    """Follow a personal link: the row is the person's, and so is the role that stands in it."""
    row = conn.execute("SELECT * FROM register WHERE code_hash = ?", (hashed(code),)).fetchone()
    if row is None:
        return Joining.UNKNOWN, None
    found = row_of(row)
    if found.person_id is not None:
        mine = found.person_id == person_id
        return (Joining.ALREADY if mine else Joining.UNKNOWN), None
    if moment(row["code_until"]) <= now:
        return Joining.EXPIRED, None
    take(conn, found.id, person_id, now)
    if found.entry.grant is not None:
        give(conn, found, person_id, By(row["loaded_by"], now))
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
    entry = row_of(found).entry
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


def take(conn: sqlite3.Connection, row_id: int, person_id: int, now: datetime) -> None:
    """The row is the person's from now on."""
    # The hash stays: the same link followed again by the same person is answered kindly.
    conn.execute(
        "UPDATE register SET person_id = ?, joined_at = ? WHERE id = ?",
        (person_id, stored(now), row_id),
    )


def give(conn: sqlite3.Connection, row: Row, person_id: int, by: By) -> None:
    """Give the role that stands in a row."""
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
