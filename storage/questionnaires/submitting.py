"""Sending a response: the one way by which answers come to count.

One function for both modes, so that no path can send an anonymous response with its name on.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.questionnaires import responses, sealing
from storage.questionnaires.campaigns import Campaign, Phase
from storage.questionnaires.publishing import file_items
from storage.questionnaires.responses import Response, dumped
from storage.times import stored
from surveys import engine, scoring
from surveys.scoring import Result


class Sent(StrEnum):
    """What came of «Отправить»."""

    NAMED = "named"
    SEALED = "sealed"  # cut from the person; call `Database.truncate_wal` now
    INCOMPLETE = "incomplete"  # the response shows the first item that needs an answer
    ALREADY = "already"
    CLOSED = "closed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Submitted:
    """`response` as it stands, None once sealed or gone; `again` when a sent one was changed.

    `results` is what the person is told of the own result: shown once, stored nowhere.
    """

    sent: Sent
    campaign: Campaign | None = None
    response: Response | None = None
    thanks: str = ""
    again: bool = False
    results: tuple[Result, ...] = ()


def submit(
    conn: sqlite3.Connection, response_id: int, person_id: int, *, now: datetime
) -> Submitted:
    """Check the whole response and send it."""
    response = responses.find(conn, response_id, person_id)
    if response is None:
        return Submitted(Sent.GONE)
    campaign = response.campaign
    if response.sent:
        return Submitted(Sent.ALREADY, campaign, response)
    if campaign.phase(now) is not Phase.OPEN:
        return Submitted(Sent.CLOSED, campaign, response)
    form = response.questionnaire
    left = isinstance(engine.next_step(form, response.answers, now=now), engine.Ask)
    faults = engine.validate_answers(form, response.answers, now=now)
    if left or faults:
        # Without an answer to change, the response shows the first item that has none.
        first = next((name for name in faults if name in response.answers), None)
        conn.execute("UPDATE responses SET at_item = ? WHERE id = ?", (first, response_id))
        shown = responses.find(conn, response_id, person_id)
        return Submitted(Sent.INCOMPLETE, campaign, shown)
    given = engine.effective(form, response.answers, now=now)
    results = scoring.results(form, given)
    if campaign.anonymous:
        sealing.seal(conn, response, given)
        return Submitted(Sent.SEALED, campaign, thanks=form.thanks, results=results)
    conn.execute(
        "UPDATE responses SET submission = ?, submitted_at = coalesce(submitted_at, ?),"
        " touched_at = ?, editing = 0, at_item = NULL, misses = 0 WHERE id = ?",
        (dumped(given), stored(now), stored(now), response_id),
    )
    conn.execute("DELETE FROM answers WHERE response_id = ?", (response_id,))
    if file_items(form):
        responses.prune_files(conn, response_id)
    shown = responses.find(conn, response_id, person_id)
    return Submitted(
        Sent.NAMED, campaign, shown, form.thanks, again=response.editing, results=results
    )
