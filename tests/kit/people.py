"""People who are through with the acquaintance: for tests of what comes after it.

anna = await registered(world, "Анна", "Щеглова", "Петровна")
oleg = await registered(world, "Олег", "Сомов", roles=[Grant(Role.COORDINATOR, REGION)])
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from bot import search
from bot.people import consent
from storage.people import organisations, people
from storage.people.people import Field, Grant
from storage.times import stored
from surveys.reference import communities
from tests.kit.world import ADMIN, Person, World


async def registered(
    world: World,
    first_name: str,
    surname: str,
    patronymic: str = "",
    *,
    municipality: str = "Ейский район",
    organisation: str = "МБОУ СОШ № 5",
    community: str = communities()[0],
    position: str = "учитель",
    roles: Sequence[Grant] = (),
    admin: bool = False,
) -> Person:
    """Somebody registered, with a chat that is open (they once pressed «Начать»)."""
    someone = await world.person(first_name, surname, person_id=ADMIN if admin else None)
    said: dict[Field, str | int | None] = {
        Field.SURNAME: surname,
        Field.FIRST_NAME: first_name,
        Field.PATRONYMIC: patronymic,
        Field.MUNICIPALITY: municipality,
        Field.POSITION: position,
        Field.COMMUNITY: community,
    }
    await world.db.write(_register, someone.id, said, organisation, roles, world.clock())
    await someone.says("/menu")
    return someone


async def grant(world: World, someone: Person, role: Grant) -> None:
    """Give a role as an invitation would."""
    await world.db.write(_grant, someone.id, role, world.clock())


async def person_id(world: World, someone: Person) -> int:
    """The id of somebody's row."""
    row = await world.db.read(people.find, someone.id)
    assert row is not None
    return row.id


def _register(
    conn: sqlite3.Connection,
    telegram_id: int,
    said: dict[Field, str | int | None],
    organisation: str,
    roles: Sequence[Grant],
    now: datetime,
) -> None:
    person = people.arrive(conn, telegram_id, payload=None, now=now)
    people.consent(conn, person.id, consent.CURRENT, now=now, kind=people.PERSONAL_DATA)
    town = str(said[Field.MUNICIPALITY])
    number = organisations.add(conn, town, organisation, search.sound(organisation))
    names = " ".join(str(said[part]) for part in list(Field)[:3])
    people.say(conn, person.id, said | {Field.ORGANISATION: number}, search=search.folded(names))
    people.finish_registration(conn, person.id, now=now)
    for role in roles:
        _grant(conn, telegram_id, role, now)


def _grant(conn: sqlite3.Connection, telegram_id: int, role: Grant, now: datetime) -> None:
    conn.execute(
        "INSERT INTO grants (person_id, role, scope_kind, scope_ref, granted_at)"
        " SELECT id, ?, ?, ?, ? FROM people WHERE telegram_id = ?",
        (role.role, role.scope.kind, role.scope.ref, stored(now), telegram_id),
    )
