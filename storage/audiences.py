"""Audiences: whom a campaign is for, as a rule that is evaluated whenever it is needed.

A rule, not a list: who registers tomorrow in the municipality is asked tomorrow. Evaluated by the
same condition for the count before opening, for /surveys and for invitations, so none of them can
promise what another refuses.
"""

import json
import sqlite3
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from storage.people import Role
from storage.scopes import Scope, within


class Audience(BaseModel):
    """Whom to ask: any of the named within a kind, and all kinds at once; an empty kind is anyone.

    `roles` are those of grants; `Role.TEACHER` among them means everybody registered. `networks`
    are ids; `people` are ids of a typed list.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    roles: tuple[Role, ...] = ()
    municipalities: tuple[str, ...] = ()
    networks: tuple[int, ...] = ()
    communities: tuple[str, ...] = ()
    people: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people an audience has now, and how many of them Telegram does not deliver to."""

    people: int
    unreachable: int


def members(conn: sqlite3.Connection, audience: Audience, scope: Scope) -> list[int]:
    """The ids of everybody in the audience and the scope now, ascending."""
    condition, arguments = _condition(audience, scope)
    rows = conn.execute(
        f"SELECT p.id FROM people p WHERE {condition} ORDER BY p.id",  # noqa: S608 - the condition is ours, its values are arguments
        arguments,
    )
    return [row[0] for row in rows]


def uninvited(
    conn: sqlite3.Connection, campaign_id: int, audience: Audience, scope: Scope, most: int
) -> list[int]:
    """Those of `members` whom this campaign has not asked yet, at most so many."""
    condition, arguments = _condition(audience, scope)
    rows = conn.execute(
        f"SELECT p.id FROM people p WHERE {condition} AND NOT EXISTS (SELECT 1 FROM invitees i"  # noqa: S608 - the condition is ours, its values are arguments
        " WHERE i.campaign_id = ? AND i.person_id = p.id) ORDER BY p.id LIMIT ?",
        [*arguments, campaign_id, most],
    )
    return [row[0] for row in rows]


def includes(conn: sqlite3.Connection, audience: Audience, scope: Scope, person_id: int) -> bool:
    """Whether this person is in the audience and the scope now."""
    condition, arguments = _condition(audience, scope)
    row = conn.execute(
        f"SELECT 1 FROM people p WHERE p.id = ? AND {condition}",  # noqa: S608 - the condition is ours
        (person_id, *arguments),
    ).fetchone()
    return row is not None


def reach(conn: sqlite3.Connection, audience: Audience, scope: Scope) -> Reach:
    """The live count shown while an audience is being chosen."""
    condition, arguments = _condition(audience, scope)
    row = conn.execute(
        f"SELECT count(*), count(p.unreachable_since) FROM people p WHERE {condition}",  # noqa: S608 - the condition is ours
        arguments,
    ).fetchone()
    return Reach(row[0], row[1])


def _condition(audience: Audience, scope: Scope) -> tuple[str, list[str]]:
    """The WHERE of an audience over `people p`; people who never finished registering are none."""
    scoped, arguments = within((scope,), "p.municipality")
    parts = ["p.registered_at IS NOT NULL", scoped]

    def among(condition: str, values: tuple[str, ...] | tuple[int, ...]) -> None:
        if values:
            parts.append(condition.format("(SELECT value FROM json_each(?))"))
            arguments.append(json.dumps(values))

    if Role.TEACHER not in audience.roles:
        among(
            "EXISTS (SELECT 1 FROM grants g WHERE g.person_id = p.id AND g.role IN {})",
            tuple(role.value for role in audience.roles),
        )
    among("p.municipality IN {}", audience.municipalities)
    among(
        "p.municipality IN (SELECT municipality FROM network_members WHERE network_id IN {})",
        audience.networks,
    )
    among("p.community IN {}", audience.communities)
    among("p.id IN {}", audience.people)
    return " AND ".join(parts), arguments
