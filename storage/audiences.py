"""Audiences: whom a campaign or a notice is for, as a rule that is evaluated whenever it is needed.

A rule, not a list: who registers tomorrow in the municipality is asked tomorrow. Evaluated by the
same condition for the count before opening, for /surveys and for invitations, so none of them can
promise what another refuses.
"""

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from storage.people.people import Role
from storage.scopes import PERSON_PLACE, Scope, within
from storage.times import stored


class Attitude(StrEnum):
    """How somebody stands to a meeting of an event."""

    COMING = "coming"
    ONLINE = "online"
    DECLINED = "declined"
    CAME = "came"
    MISSED = "missed"  # said they would come, and did not
    SILENT = "silent"  # said nothing


class ToMeeting(BaseModel):
    """Those who stand so to this occurrence."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    occurrence: int
    attitude: Attitude


class Audience(BaseModel):
    """Whom to ask: any of the named within a kind, and all kinds at once; an empty kind is anyone.

    `roles` are those of grants; `Role.TEACHER` among them means everybody registered. `networks`
    are ids; `people` are ids of a typed list. `unanswered` are ids of named campaigns that asked
    the person and wait for the answer. `unsubmitted` are ids of tasks the person is asked for and
    has handed in nothing of; a notice settles them first (storage/notices/addressing.py), and
    where nobody has they stand for nobody. `meetings` are attitudes to occurrences.

    `also` widens: whoever is in this or in any of those. `but` leaves out, after the union.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    roles: tuple[Role, ...] = ()
    municipalities: tuple[str, ...] = ()
    networks: tuple[int, ...] = ()
    communities: tuple[str, ...] = ()
    people: tuple[int, ...] = ()
    unanswered: tuple[int, ...] = ()
    unsubmitted: tuple[int, ...] = ()
    meetings: tuple[ToMeeting, ...] = ()
    also: tuple["Audience", ...] = ()
    but: tuple["Audience", ...] = ()

    @property
    def everybody(self) -> bool:
        """Whether nothing narrows it."""
        return self == EVERYBODY


EVERYBODY = Audience()


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people an audience has now, and how many of them Telegram does not deliver to."""

    people: int
    unreachable: int


def members(conn: sqlite3.Connection, audience: Audience, scope: Scope) -> list[int]:
    """The ids of everybody in the audience and the scope now, ascending."""
    condition, arguments = where(audience, scope)
    rows = conn.execute(
        f"SELECT p.id FROM people p WHERE {condition} ORDER BY p.id",  # noqa: S608 - the condition is ours, its values are arguments
        arguments,
    )
    return [row[0] for row in rows]


def uninvited(
    conn: sqlite3.Connection,
    campaign_id: int,
    audience: Audience,
    scope: Scope,
    most: int,
    *,
    rested_since: datetime | None = None,
) -> list[int]:
    """Those of `members` whom this campaign has not asked yet, at most so many.

    With `rested_since` only those whom no campaign has asked after that moment.
    """
    condition, arguments = where(audience, scope)
    if rested_since is not None:
        condition += (
            " AND NOT EXISTS (SELECT 1 FROM invitees j WHERE j.person_id = p.id"
            " AND j.invited_at > ?)"
        )
        arguments = [*arguments, stored(rested_since)]
    rows = conn.execute(
        f"SELECT p.id FROM people p WHERE {condition} AND NOT EXISTS (SELECT 1 FROM invitees i"  # noqa: S608 - the condition is ours, its values are arguments
        " WHERE i.campaign_id = ? AND i.person_id = p.id) ORDER BY p.id LIMIT ?",
        [*arguments, campaign_id, most],
    )
    return [row[0] for row in rows]


def includes(conn: sqlite3.Connection, audience: Audience, scope: Scope, person_id: int) -> bool:
    """Whether this person is in the audience and the scope now."""
    condition, arguments = where(audience, scope)
    row = conn.execute(
        f"SELECT 1 FROM people p WHERE p.id = ? AND {condition}",  # noqa: S608 - the condition is ours
        (person_id, *arguments),
    ).fetchone()
    return row is not None


def reach(conn: sqlite3.Connection, audience: Audience, scope: Scope) -> Reach:
    """The live count shown while an audience is being chosen."""
    condition, arguments = where(audience, scope)
    row = conn.execute(
        f"SELECT count(*), count(p.unreachable_since) FROM people p WHERE {condition}",  # noqa: S608 - the condition is ours
        arguments,
    ).fetchone()
    return Reach(row[0], row[1])


def where(audience: Audience, scope: Scope) -> tuple[str, list[str]]:
    """The condition of an audience over `people p`, with its arguments, for a query of storage.

    People who never finished registering are in no audience, and nobody outside the scope is.
    """
    scoped, arguments = within((scope,), *PERSON_PLACE)
    parts = ["p.registered_at IS NOT NULL", scoped]
    wanted, values = _matching(audience)
    if wanted:
        parts.append(wanted)
        arguments += values
    return " AND ".join(parts), arguments


def _matching(audience: Audience) -> tuple[str, list[str]]:
    """The condition of the rule alone; '' is anybody."""
    condition, arguments = _own(audience)
    if audience.also:
        others = [_matching(other) for other in audience.also]
        if not condition or any(not other for other, _ in others):
            condition, arguments = "", []
        else:
            condition = f"({' OR '.join([condition, *(f'({other})' for other, _ in others)])})"
            arguments = arguments + [value for _, values in others for value in values]
    parts = [condition] if condition else []
    for excluded in audience.but:
        left_out, values = _matching(excluded)
        parts.append(f"NOT ({left_out or '1'})")
        arguments = arguments + values
    return " AND ".join(parts), arguments


def _own(audience: Audience) -> tuple[str, list[str]]:
    parts: list[str] = []
    arguments: list[str] = []

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
    among(
        # Of an anonymous campaign nobody: who receives a message would tell who has not answered.
        "EXISTS (SELECT 1 FROM invitees i JOIN campaigns c ON c.id = i.campaign_id"
        " AND c.anonymity = 'named' WHERE i.person_id = p.id AND i.campaign_id IN {}"
        " AND NOT EXISTS (SELECT 1 FROM responses r WHERE r.campaign_id = i.campaign_id"
        " AND r.person_id = i.person_id AND r.submitted_at IS NOT NULL))",
        audience.unanswered,
    )
    if audience.unsubmitted:
        parts.append("0")
    if audience.meetings:
        parts.append(f"({' OR '.join(_STANDING[one.attitude] for one in audience.meetings)})")
        for one in audience.meetings:
            arguments += [str(one.occurrence)] * _STANDING[one.attitude].count("?")
    return " AND ".join(parts), arguments


_SAID = (
    "EXISTS (SELECT 1 FROM signups s WHERE s.occurrence_id = CAST(? AS INTEGER)"
    " AND s.person_id = p.id{})"
)
_CAME = (
    "EXISTS (SELECT 1 FROM attendances a WHERE a.occurrence_id = CAST(? AS INTEGER)"
    " AND a.person_id = p.id)"
)
_COMING = _SAID.format(" AND s.choice = 'coming'")
_STANDING = {
    Attitude.COMING: _COMING,
    Attitude.ONLINE: _SAID.format(" AND s.choice = 'online'"),
    Attitude.DECLINED: _SAID.format(" AND s.choice = 'declined'"),
    Attitude.CAME: _CAME,
    Attitude.MISSED: f"({_COMING} AND NOT {_CAME})",
    Attitude.SILENT: f"NOT {_SAID.format('')}",
}
