"""Inviting people to a campaign and nudging those who have not answered.

Both only plan rows of the outbox; whether a message still applies is asked when it is sent.
Everybody has a row in `invitees` from the moment they are asked: it is the denominator of the
response rate, and where nudges are counted.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import audiences, outbox
from storage.audit import By, Deed, record
from storage.questionnaires import campaigns
from storage.questionnaires.campaigns import Campaign, Phase
from storage.questionnaires.turnout import ANSWERED
from storage.scopes import PERSON_PLACE, Scope, within
from storage.times import moment, stored

INVITATION = "campaign-invitation"
NUDGE = "campaign-nudge"

RECENT = timedelta(minutes=15)
"""Somebody who answered something within this time is in the middle of it."""


ONE_A_DAY = timedelta(days=1)
"""A person is asked for one new questionnaire within this time; the next waits for its turn, in the
order of closing. One that closes sooner than that waits for nobody."""

AT_ONCE = 500
"""People planned for in one write (about 25 ms): no tap waits for a whole region's invitations."""


def plan(conn: sqlite3.Connection, *, now: datetime) -> int:
    """Ask people of the audiences of open campaigns who have not been asked yet.

    The audience is a rule, so this finds those who registered since. At most `AT_ONCE` of them;
    returns how many, so call it again until it is 0.
    """
    left = AT_ONCE
    for campaign in campaigns.running(conn, now):
        left -= _invite(conn, campaign, left, now=now)
        if left <= 0:
            break
    return AT_ONCE - left


def mark_asked(
    conn: sqlite3.Connection, campaign_id: int, person_id: int, *, now: datetime
) -> None:
    """The person came by the campaign's own link and has read what it is: no invitation follows."""
    conn.execute(
        "INSERT INTO invitees (campaign_id, person_id, invited_at) VALUES (?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        (campaign_id, person_id, stored(now)),
    )


@dataclass(frozen=True, slots=True)
class Nudging:
    """Whom a nudge would reach now, and if nobody yet, from when on somebody.

    `round` is the number of the next nudge (1…`nudges_max`) for those who had the fewest; one more
    where all who are silent have had every nudge, 0 where nobody is silent.
    """

    people: int
    round: int
    allowed_from: datetime | None


def nudging(
    conn: sqlite3.Connection, campaign: Campaign, scopes: Iterable[Scope], *, now: datetime
) -> Nudging:
    """How nudging stands within these scopes; people Telegram does not reach are left out."""
    every = _silent(conn, campaign, scopes)
    rows = [row for row in every if row["nudges"] < campaign.nudges_max]
    ready = [row for row in rows if _last_word(row) + campaign.nudge_gap <= now]
    soonest = min((_last_word(row) for row in rows), default=None)
    return Nudging(
        len(ready),
        min((row["nudges"] for row in ready or rows or every), default=-1) + 1,
        None if ready or soonest is None else soonest + campaign.nudge_gap,
    )


def nudge(
    conn: sqlite3.Connection,
    campaign: Campaign,
    scopes: Iterable[Scope],
    *,
    now: datetime,
    by: By | None = None,
) -> int:
    """Plan a nudge to people within these scopes who may have one now; how many that are.

    At most `AT_ONCE` of them, so call it until it is 0. Handled twice, it finds nobody the second
    time: they all have just been nudged.
    """
    if campaign.phase(now) is not Phase.OPEN:
        return 0
    count = 0
    for row in _silent(conn, campaign, scopes, ready=now):
        if count == AT_ONCE:
            break
        number = row["nudges"] + 1
        conn.execute(
            "UPDATE invitees SET nudges = ?, nudged_at = ? WHERE campaign_id = ? AND person_id = ?",
            (number, stored(now), campaign.id, row["person_id"]),
        )
        count += 1
        outbox.put(
            conn,
            f"campaign:{campaign.id}:nudge:{number}:person:{row['person_id']}",
            person_id=row["person_id"],
            kind=NUDGE,
            payload={"campaign": campaign.id},
            lane=outbox.NOTICE,
            due_at=now,
            expires_at=campaign.closes_at,
        )
    if count and campaign.anonymous:  # how many were silent is hidden in small groups
        record(conn, by, Deed.NUDGED, object=f"campaign:{campaign.id}")
    elif count:
        record(conn, by, Deed.NUDGED, object=f"campaign:{campaign.id}", after={"people": count})
    return count


def answered(conn: sqlite3.Connection, campaign_id: int, person_id: int) -> bool:
    """Whether this person has sent an answer, in either mode."""
    row = conn.execute(
        f"SELECT {ANSWERED} FROM (SELECT ? AS campaign_id, ? AS person_id) i",  # noqa: S608 - the condition is ours
        (campaign_id, person_id),
    ).fetchone()
    return bool(row[0])


def busy_elsewhere(
    conn: sqlite3.Connection, campaign_id: int, person_id: int, *, now: datetime
) -> bool:
    """Whether the person is just now in the middle of another questionnaire, or of a screening."""
    row = conn.execute(
        "SELECT 1 FROM responses WHERE person_id = ? AND campaign_id <> ? AND paused = 0"
        " AND (submitted_at IS NULL OR editing = 1) AND touched_at > ?",
        (person_id, campaign_id, stored(now - RECENT)),
    ).fetchone()
    row = (
        row
        or conn.execute(
            "SELECT 1 FROM screening_drafts WHERE person_id = ? AND touched_at > ?",
            (person_id, stored(now - RECENT)),
        ).fetchone()
    )
    return row is not None


def _invite(conn: sqlite3.Connection, campaign: Campaign, most: int, *, now: datetime) -> int:
    hurried = campaign.closes_at - now <= ONE_A_DAY
    fresh = audiences.uninvited(
        conn,
        campaign.id,
        campaign.audience,
        campaign.scope,
        most,
        rested_since=None if hurried else now - ONE_A_DAY,
    )
    for person in fresh:
        conn.execute(
            "INSERT INTO invitees (campaign_id, person_id, invited_at) VALUES (?, ?, ?)",
            (campaign.id, person, stored(now)),
        )
        outbox.put(
            conn,
            f"campaign:{campaign.id}:invite:person:{person}",
            person_id=person,
            kind=INVITATION,
            payload={"campaign": campaign.id},
            lane=outbox.BROADCAST,
            due_at=now,
            expires_at=campaign.closes_at,
        )
    return len(fresh)


def _silent(
    conn: sqlite3.Connection,
    campaign: Campaign,
    scopes: Iterable[Scope],
    *,
    ready: datetime | None = None,
) -> list[sqlite3.Row]:
    """Invitees who have not answered and can be reached; with `ready` those a nudge may reach then.

    A beat asks that of every open campaign: most invitees are no longer looked at, let alone read.
    """
    condition, places = within(scopes, *PERSON_PLACE)
    arguments: list[str | int | None] = [*places]
    if ready is not None:
        condition = f"i.nudges < ? AND coalesce(i.nudged_at, i.invited_at) <= ? AND {condition}"
        arguments = [campaign.nudges_max, stored(ready - campaign.nudge_gap), *arguments]
    return conn.execute(
        "SELECT i.person_id, i.nudges, coalesce(i.nudged_at, i.invited_at) AS last_word"  # noqa: S608 - the conditions are ours
        " FROM invitees i JOIN people p ON p.id = i.person_id"
        " WHERE i.campaign_id = ? AND p.unreachable_since IS NULL"
        f" AND NOT {ANSWERED} AND {condition} ORDER BY i.person_id",
        (campaign.id, *arguments),
    ).fetchall()


def _last_word(row: sqlite3.Row) -> datetime:
    last: str = row["last_word"]
    return moment(last)
