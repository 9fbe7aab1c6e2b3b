"""People: who a Telegram account is, and the steps by which somebody registers.

Where somebody is in their registration is not kept anywhere: it is the first field that is still
empty (see `Person.missing`). Staff look people up in `storage/people/roster.py`, within
their scope.
"""

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.scopes import Scope, ScopeKind
from storage.times import moment, stored

PERSONAL_DATA = "personal-data"
"""The kind of consent without which nothing about a person is kept."""


class Role(StrEnum):
    """What somebody is to the network. Everybody registered is a teacher; grants add to that."""

    TEACHER = "teacher"
    TRAINEE = "trainee"
    ORGANISER = "organiser"
    COORDINATOR = "coordinator"
    EXPERT = "expert"
    ADMIN = "admin"  # ADMIN_IDS of the settings, never a grant


class Field(StrEnum):
    """What a person says about themselves, in the order in which it is asked."""

    SURNAME = "surname"
    FIRST_NAME = "first_name"
    PATRONYMIC = "patronymic"
    MUNICIPALITY = "municipality"
    ORGANISATION = "organisation"
    POSITION = "position"
    COMMUNITY = "community"


@dataclass(frozen=True, order=True)
class Grant:
    """A role within a scope."""

    role: Role
    scope: Scope

    def said(self) -> dict[str, str | int | bool | list[str]]:
        """As the audit log keeps it."""
        return {"role": self.role.value, "kind": self.scope.kind.value, "ref": self.scope.ref}


@dataclass(frozen=True)
class Person:
    """Somebody who has written to the bot.

    `patronymic` '' means that the person has none; None, that it was not asked yet. `consented`
    is the version of the text that the person agreed to and has not withdrawn. `unreachable` is
    since when Telegram refuses messages to them. `said_in` is the message whose text came last:
    what is asked for is derived from the row, so the same message handled again (after a crash)
    would otherwise answer the next question too. `zone` is one they
    chose (storage/people/zones.py).
    """

    id: int
    telegram_id: int | None
    surname: str | None
    first_name: str | None
    patronymic: str | None
    municipality: str | None
    organisation_id: int | None
    organisation: str | None
    position: str | None
    community: str | None
    registered: bool
    consented: str | None
    grants: tuple[Grant, ...] = ()
    said_in: int | None = None
    start_payload: str | None = None
    unreachable: datetime | None = None
    zone: str | None = None

    @property
    def missing(self) -> Field | None:
        """The first field not yet known: where the registration stands."""
        known = {
            Field.SURNAME: self.surname,
            Field.FIRST_NAME: self.first_name,
            Field.PATRONYMIC: self.patronymic,
            Field.MUNICIPALITY: self.municipality,
            Field.ORGANISATION: self.organisation_id,
            Field.POSITION: self.position,
            Field.COMMUNITY: self.community,
        }
        return next((name for name in Field if known[name] is None), None)

    @property
    def roles(self) -> frozenset[Role]:
        """The roles by grants, and teacher; who is an admin only the settings know."""
        return frozenset({Role.TEACHER, *(grant.role for grant in self.grants)})


PERSON = """
SELECT p.id, p.telegram_id, p.surname, p.first_name, p.patronymic, p.municipality,
  p.organisation_id, o.name AS organisation, p.position, p.community, p.registered_at,
  p.said_in, p.start_payload, p.unreachable_since, p.zone,
  (SELECT c.version FROM consents c
    WHERE c.person_id = p.id AND c.kind = 'personal-data' AND c.withdrawn_at IS NULL
    ORDER BY c.given_at DESC, length(c.version) DESC, c.version DESC LIMIT 1) AS consented,
  (SELECT json_group_array(json_array(g.role, g.scope_kind, g.scope_ref)) FROM grants g
    WHERE g.person_id = p.id) AS grants
FROM people p LEFT JOIN organisations o ON o.id = p.organisation_id
"""
"""The columns of a `Person`; whoever selects with it adds the WHERE and calls `person_of`."""


def person_of(row: sqlite3.Row) -> Person:
    """The person of a row selected with `PERSON`."""
    grants = () if row["grants"] == "[]" else json.loads(row["grants"])
    return Person(
        id=row["id"],
        telegram_id=row["telegram_id"],
        surname=row["surname"],
        first_name=row["first_name"],
        patronymic=row["patronymic"],
        municipality=row["municipality"],
        organisation_id=row["organisation_id"],
        organisation=row["organisation"],
        position=row["position"],
        community=row["community"],
        registered=row["registered_at"] is not None,
        consented=row["consented"],
        grants=tuple(
            sorted(Grant(Role(role), Scope(ScopeKind(kind), ref)) for role, kind, ref in grants)
        ),
        said_in=row["said_in"],
        start_payload=row["start_payload"],
        unreachable=moment(row["unreachable_since"]),
        zone=row["zone"],
    )


def find(conn: sqlite3.Connection, telegram_id: int) -> Person | None:
    """The person of a Telegram account. Runs for every update: one statement by an index."""
    row = conn.execute(f"{PERSON} WHERE p.telegram_id = ?", (telegram_id,)).fetchone()
    return None if row is None else person_of(row)


def by_id(conn: sqlite3.Connection, person_id: int) -> Person | None:
    """The person of an id: for what the bot does by itself, never for staff (see roster)."""
    row = conn.execute(f"{PERSON} WHERE p.id = ?", (person_id,)).fetchone()
    return None if row is None else person_of(row)


def arrive(
    conn: sqlite3.Connection, telegram_id: int, *, payload: str | None, now: datetime
) -> Person:
    """Somebody pressed «Начать»: make their row, keep the latest deep link until it is followed."""
    conn.execute(
        "INSERT INTO people (telegram_id, start_payload, created_at) VALUES (?, ?, ?)"
        " ON CONFLICT (telegram_id) DO UPDATE SET"
        " start_payload = coalesce(excluded.start_payload, start_payload)",
        (telegram_id, payload, stored(now)),
    )
    person = find(conn, telegram_id)
    assert person is not None  # noqa: S101 - just inserted
    return person


def consent(
    conn: sqlite3.Connection, person_id: int, version: str, *, now: datetime, kind: str
) -> None:
    """Record that the person agreed to this version of the text; again after a withdrawal."""
    conn.execute(
        "INSERT INTO consents (person_id, kind, version, given_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET given_at = excluded.given_at, withdrawn_at = NULL"
        " WHERE withdrawn_at IS NOT NULL",
        (person_id, kind, version, stored(now)),
    )


def consents_of(conn: sqlite3.Connection, person_id: int) -> list[tuple[str, str, datetime]]:
    """(kind, version, given at) of every consent in force, oldest first."""
    rows = conn.execute(
        "SELECT kind, version, given_at FROM consents"
        " WHERE person_id = ? AND withdrawn_at IS NULL ORDER BY given_at",
        (person_id,),
    )
    return [(row["kind"], row["version"], moment(row["given_at"])) for row in rows]


_COLUMNS = {name: name.value for name in Field} | {Field.ORGANISATION: "organisation_id"}


def say(
    conn: sqlite3.Connection,
    person_id: int,
    said: dict[Field, str | int | None],
    *,
    search: str,
    message_id: int | None = None,
) -> None:
    """Record what a person says about themselves; None takes a field back.

    `search` is the form under which staff will find the name (bot.search.folded of it). A changed
    municipality takes the organisation back, unless it is given with it: it stood in the old one.
    `message_id` is the typed message that said it.
    """
    row = conn.execute("SELECT municipality FROM people WHERE id = ?", (person_id,)).fetchone()
    if row is None:
        return
    moved = Field.MUNICIPALITY in said and said[Field.MUNICIPALITY] != row["municipality"]
    if moved and Field.ORGANISATION not in said:
        said = said | {Field.ORGANISATION: None}
    for name, value in said.items():
        conn.execute(f"UPDATE people SET {_COLUMNS[name]} = ? WHERE id = ?", (value, person_id))  # noqa: S608 - the column comes from the enum
    conn.execute(
        "UPDATE people SET search = ?, said_in = coalesce(?, said_in) WHERE id = ?",
        (search, message_id, person_id),
    )


def finish_registration(conn: sqlite3.Connection, person_id: int, *, now: datetime) -> None:
    """The person is registered from now on; a kept deep link stays until it was followed."""
    conn.execute(
        "UPDATE people SET registered_at = coalesce(registered_at, ?) WHERE id = ?",
        (stored(now), person_id),
    )


def followed(conn: sqlite3.Connection, person_id: int) -> None:
    """The kept deep link was followed and its screen shown."""
    conn.execute("UPDATE people SET start_payload = NULL WHERE id = ?", (person_id,))


def set_unreachable(conn: sqlite3.Connection, person_id: int, why: str, *, now: datetime) -> None:
    """Telegram refuses for good to deliver to this person; the first refusal's date stays."""
    conn.execute(
        "UPDATE people SET unreachable_since = coalesce(unreachable_since, ?), unreachable_why = ?"
        " WHERE id = ?",
        (stored(now), why, person_id),
    )


def set_reachable(conn: sqlite3.Connection, person_id: int) -> None:
    """The person has written to us or let us in again."""
    conn.execute(
        "UPDATE people SET unreachable_since = NULL, unreachable_why = NULL WHERE id = ?",
        (person_id,),
    )
