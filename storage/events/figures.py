"""How events went: invited, said they would come, came, answered, satisfied.

The share of the satisfied follows the rules of campaigns: an anonymous one tells it after its
closing only, and never for fewer answers than the campaign's smallest group; of fewer people asked
not even how many answered is told («1 of 1» would name the person). A total sums what is shown and
nothing else, so that what is hidden cannot be found by subtraction.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.events import attending
from storage.events.events import MEETING, Meeting, meeting_of
from storage.events.notices import REMINDER
from storage.questionnaires import campaigns, exports
from storage.questionnaires.campaigns import Campaign, Phase
from storage.questionnaires.turnout import ANSWERED
from storage.scopes import Scope, covered
from storage.times import stored
from surveys.questionnaire import Measure
from surveys.statistics import Share, measured, share


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers of people; `answered` and `satisfied` are None where they may not be told (yet)."""

    invited: int
    said: int
    came: int
    asked: int
    answered: int | None
    satisfied: Share | None


def of_scopes(
    conn: sqlite3.Connection, scopes: Iterable[Scope], *, now: datetime
) -> list[tuple[Meeting, Figures]]:
    """Every meeting that has ended and lies within these scopes, the latest first."""
    wide = tuple(scopes)
    rows = conn.execute(
        f"{MEETING} WHERE o.ends_at <= ? AND o.cancelled_at IS NULL AND e.withdrawn_at IS NULL"
        " ORDER BY o.starts_at DESC, o.id DESC",
        (stored(now),),
    ).fetchall()
    meetings = [one for one in map(meeting_of, rows) if covered(conn, wide, one.scope)]
    return [(one, figures(conn, one, now=now)) for one in meetings]


def figures(conn: sqlite3.Connection, meeting: Meeting, *, now: datetime) -> Figures:
    """The figures of one meeting."""
    said = conn.execute(
        "SELECT count(*) AS n FROM signups WHERE occurrence_id = ? AND choice <> 'declined'",
        (meeting.id,),
    ).fetchone()["n"]
    invited = conn.execute(
        "SELECT count(*) AS n FROM (SELECT person_id FROM outbox WHERE state = 'sent'"
        " AND kind IN ('event-reminder', 'event-announcement')"
        " AND substr(key, 1, length(?1)) = ?1"
        " UNION SELECT person_id FROM signups WHERE occurrence_id = ?2)",
        (f"{REMINDER}:{meeting.id}:", meeting.id),
    ).fetchone()["n"]
    came = len(attending.attended(conn, meeting.id))
    campaign = None if meeting.campaign_id is None else campaigns.find(conn, meeting.campaign_id)
    if campaign is None:
        return Figures(invited, said, came, 0, 0, None)
    row = conn.execute(
        f"SELECT count(*) AS asked, coalesce(sum({ANSWERED}), 0) AS answered FROM invitees i"  # noqa: S608 - the condition is ours
        " WHERE i.campaign_id = ?",
        (campaign.id,),
    ).fetchone()
    few = campaign.anonymous and row["asked"] < campaign.smallest
    answered = None if few else row["answered"]
    return Figures(invited, said, came, row["asked"], answered, _satisfied(conn, campaign, now))


def total(every: Iterable[Figures]) -> Figures:
    """The sum; people who came twice count twice."""
    found = list(every)
    shown = [one.satisfied for one in found if one.satisfied is not None]
    return Figures(
        sum(one.invited for one in found),
        sum(one.said for one in found),
        sum(one.came for one in found),
        sum(one.asked for one in found if one.answered is not None),
        sum(one.answered for one in found if one.answered is not None),
        share_of(shown),
    )


def share_of(shares: Iterable[Share]) -> Share | None:
    """The shares put together, with an interval of their own."""
    found = list(shares)
    return share(round(sum(one.count for one in found)), sum(one.n for one in found))


def _satisfied(conn: sqlite3.Connection, campaign: Campaign, now: datetime) -> Share | None:
    if campaign.anonymous and campaign.phase(now) is not Phase.CLOSED:
        return None
    form = campaigns.questionnaire_of(conn, campaign)
    item = next((one for one in form.items if one.measure is Measure.SATISFACTION), None)
    if item is None:
        return None
    answers = [one.answers.get(item.name) for one in exports.responses(conn, campaign)]
    given = [answer for answer in answers if answer is not None]
    return None if len(given) < campaign.smallest else measured(item, given)
