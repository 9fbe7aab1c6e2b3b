"""Raw rows of the region's workbook and of the digests, read from a copy of the database.

Counts by municipality (and organisation or community), never names. What may be shown of them is
decided by `reports.region_figures`; this module only counts.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from storage.events.events import MEETING, Meeting, meeting_of
from storage.questionnaires.campaigns import Campaign, every
from storage.questionnaires.turnout import ANSWERED
from storage.scopes import PERSON_PLACE, Scope, within
from storage.times import stored

Place = tuple[str, str]
"""A municipality and a professional community, '' where not known."""


@dataclass(frozen=True, slots=True)
class PeopleCount:
    """People of one organisation and community, registered before the end of the period.

    `new` registered within it; `unreachable` since before its end; `active` came to an
    event or sent a named questionnaire within it.
    """

    municipality: str
    organisation: str
    community: str
    people: int
    new: int
    unreachable: int
    active: int


@dataclass(frozen=True)
class HeldMeeting:
    """A meeting with how many said they would come and how many came, by place."""

    meeting: Meeting
    campaign_id: int | None
    said: dict[Place, int] = field(default_factory=dict)
    came: dict[Place, int] = field(default_factory=dict)


@dataclass(frozen=True)
class AskedCampaign:
    """A campaign with how many were asked, by place."""

    campaign: Campaign
    invited: dict[Place, int]


_ACTIVE = """
EXISTS (SELECT 1 FROM attendances a JOIN occurrences o ON o.id = a.occurrence_id
  WHERE a.person_id = p.id AND o.starts_at >= :since AND o.starts_at < :until)
OR EXISTS (SELECT 1 FROM responses r
  WHERE r.person_id = p.id AND r.submitted_at >= :since AND r.submitted_at < :until)
"""
"""An anonymous campaign counts for nobody: who took part in it is kept for the bot alone."""


def people(conn: sqlite3.Connection, since: datetime, until: datetime) -> list[PeopleCount]:
    """Everybody registered before `until`, by municipality, organisation and community."""
    rows = conn.execute(
        "SELECT coalesce(p.municipality, '') AS municipality, coalesce(o.name, '') AS organisation,"  # noqa: S608 - the condition is ours
        " coalesce(p.community, '') AS community, count(*) AS people,"
        " sum(p.registered_at >= :since) AS new,"
        " sum(coalesce(p.unreachable_since < :until, 0)) AS unreachable,"
        f" sum({_ACTIVE}) AS active"
        " FROM people p LEFT JOIN organisations o ON o.id = p.organisation_id"
        " WHERE p.registered_at IS NOT NULL AND p.registered_at < :until GROUP BY 1, 2, 3",
        {"since": stored(since), "until": stored(until)},
    )
    return [PeopleCount(*row) for row in rows]


def meetings(conn: sqlite3.Connection) -> Iterator[HeldMeeting]:
    """Every meeting of the plan, cancelled ones too, without events withdrawn from it."""
    said = _by_place(conn, "signups s", "s.choice <> 'declined'")
    came = _by_place(conn, "attendances s", "1")
    asked = {
        row["id"]: row["campaign_id"]
        for row in conn.execute("SELECT id, campaign_id FROM occurrences")
    }
    for row in conn.execute(f"{MEETING} WHERE e.withdrawn_at IS NULL ORDER BY o.id"):
        meeting = meeting_of(row)
        yield HeldMeeting(meeting, asked[meeting.id], said[meeting.id], came[meeting.id])


def _by_place(
    conn: sqlite3.Connection, table: str, condition: str
) -> defaultdict[int, dict[Place, int]]:
    found: defaultdict[int, dict[Place, int]] = defaultdict(dict)
    rows = conn.execute(
        "SELECT s.occurrence_id, coalesce(p.municipality, ''), coalesce(p.community, ''), count(*)"  # noqa: S608 - table and condition are ours
        f" FROM {table} JOIN people p ON p.id = s.person_id WHERE {condition} GROUP BY 1, 2, 3"
    )
    for occurrence, municipality, community, count in rows:
        found[occurrence][municipality, community] = count
    return found


def campaigns(conn: sqlite3.Connection) -> list[AskedCampaign]:
    """Every campaign, oldest first, with whom it asked."""
    invited: defaultdict[int, dict[Place, int]] = defaultdict(dict)
    rows = conn.execute(
        "SELECT i.campaign_id, coalesce(p.municipality, ''), coalesce(p.community, ''), count(*)"
        " FROM invitees i JOIN people p ON p.id = i.person_id GROUP BY 1, 2, 3"
    )
    for campaign, municipality, community, count in rows:
        invited[campaign][municipality, community] = count
    return [AskedCampaign(one, invited[one.id]) for one in every(conn)]


@dataclass(frozen=True, slots=True)
class Crowd:
    """Registered people of some scopes; of them new and newly out of reach since a moment."""

    people: int
    new: int
    unreachable: int
    new_unreachable: int


def crowd(conn: sqlite3.Connection, scopes: Iterable[Scope], since: datetime) -> Crowd:
    """How many there are now."""
    condition, arguments = within(scopes, *PERSON_PLACE)
    row = conn.execute(
        "SELECT count(*), coalesce(sum(p.registered_at >= ?), 0), count(p.unreachable_since),"  # noqa: S608 - the condition is ours
        " coalesce(sum(p.unreachable_since >= ?), 0) FROM people p"
        f" WHERE p.registered_at IS NOT NULL AND {condition}",
        [stored(since), stored(since), *arguments],
    ).fetchone()
    return Crowd(*row)


def organised_by(conn: sqlite3.Connection, person_id: int) -> frozenset[int]:
    """The meetings that this person holds; see `storage.events.events.organisers`."""
    rows = conn.execute(
        "SELECT o.id FROM occurrences o JOIN events e ON e.id = o.event_id WHERE EXISTS"
        " (SELECT 1 FROM event_organisers h WHERE h.event_id = e.id AND h.person_id = ?1)"
        " OR e.created_by = ?1 AND NOT EXISTS"
        " (SELECT 1 FROM event_organisers h WHERE h.event_id = e.id)",
        (person_id,),
    )
    return frozenset(row[0] for row in rows)


def signed_up(conn: sqlite3.Connection, person_id: int) -> frozenset[int]:
    """The meetings that this person said they would come to."""
    rows = conn.execute(
        "SELECT occurrence_id FROM signups WHERE person_id = ? AND choice <> 'declined'",
        (person_id,),
    )
    return frozenset(row[0] for row in rows)


def visited(conn: sqlite3.Connection, person_id: int) -> frozenset[int]:
    """The meetings that this person came to."""
    rows = conn.execute("SELECT occurrence_id FROM attendances WHERE person_id = ?", (person_id,))
    return frozenset(row[0] for row in rows)


def waiting_for(conn: sqlite3.Connection, person_id: int, now: datetime) -> frozenset[int]:
    """The open campaigns that asked this person and have no answer yet."""
    rows = conn.execute(
        "SELECT i.campaign_id FROM invitees i JOIN campaigns c ON c.id = i.campaign_id"  # noqa: S608 - the condition is ours
        f" WHERE i.person_id = ? AND c.opens_at <= ? AND c.closes_at > ? AND NOT {ANSWERED}",
        (person_id, stored(now), stored(now)),
    )
    return frozenset(row[0] for row in rows)
