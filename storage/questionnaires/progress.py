"""How a named campaign is answered: how long it takes, and where people stop."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from storage.questionnaires import campaigns
from storage.questionnaires.campaigns import Campaign
from storage.scopes import PERSON_PLACE, Scope, within
from storage.times import moment

NOWHERE = -1
"""The place before the first item: begun, and nothing answered."""


@dataclass(frozen=True, slots=True)
class Progress:
    """`took` is the median from beginning to first sending; None before anybody has sent.

    `stopped` counts unfinished responses by the place of the last item they answered.
    """

    sent: int
    took: timedelta | None
    stopped: Mapping[int, int]


def progress(conn: sqlite3.Connection, campaign: Campaign, scopes: Iterable[Scope]) -> Progress:
    """The progress within these scopes.

    Raises:
        PermissionError: the campaign is anonymous: times and drafts are nobody's business.
    """
    if campaign.anonymous:
        message = "how an anonymous campaign is answered is not shown"
        raise PermissionError(message)
    condition, arguments = within(scopes, *PERSON_PLACE)
    rows = conn.execute(
        "SELECT r.id, r.started_at, r.submitted_at FROM responses r"  # noqa: S608 - the condition is ours
        f" JOIN people p ON p.id = r.person_id WHERE r.campaign_id = ? AND {condition}",
        (campaign.id, *arguments),
    ).fetchall()
    times = [
        (moment(row["submitted_at"]) - moment(row["started_at"])).total_seconds()
        for row in rows
        if row["submitted_at"] is not None
    ]
    form = campaigns.questionnaire_of(conn, campaign)
    places = {item.name: place for place, item in enumerate(form.items)}
    furthest = {row["id"]: NOWHERE for row in rows if row["submitted_at"] is None}
    given = conn.execute(
        "SELECT a.response_id, a.item FROM answers a JOIN responses r ON r.id = a.response_id"
        " WHERE r.campaign_id = ? AND r.submitted_at IS NULL AND a.final = 1",
        (campaign.id,),
    )
    for row in given:
        if (number := row["response_id"]) in furthest:
            furthest[number] = max(furthest[number], places.get(row["item"], NOWHERE))
    took = timedelta(seconds=median(times)) if times else None
    return Progress(len(times), took, dict(sorted(Counter(furthest.values()).items())))
