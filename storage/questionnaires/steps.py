"""A step in a questionnaire: which item it means, whether it can be taken, what comes of it.

Every step names the item it means. If the person has meanwhile moved on (a double tap, a button of
an old message, an update handled again after a crash), nothing changes and the outcome says why.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from storage.questionnaires import responses
from storage.questionnaires.campaigns import Phase
from storage.questionnaires.responses import Response, dumped
from surveys import engine
from surveys.answers import Answer, Answers, is_file
from surveys.applicability import Walk
from surveys.engine import Ask, Refusal


class Verdict(StrEnum):
    """What came of a step."""

    RECORDED = "recorded"
    DRAFTED = "drafted"  # a tick, a place in an order: counts after «Готово»
    MOVED = "moved"  # another item is shown, nothing was answered
    REFUSED = "refused"  # the check did not let it through
    ALREADY = "already"  # that item has an answer and is not being asked now
    NOT_NOW = "not_now"  # that item is not being asked now and has no answer
    REVIEW = "review"  # typed although nothing is asked any more
    SENT = "sent"  # the response is sent and not open for changes
    CLOSED = "closed"  # the campaign closed meanwhile
    GONE = "gone"  # erased (an anonymous one after sending), or somebody else's


Where = str | int
"""An item by its name, or by its place in the questionnaire (as buttons say it)."""
REVIEW = -1
"""The place that stands for the summary before sending."""
Which = str | int
"""A choice by its name or its place among all choices; one beyond the last is «другое»."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a step and the response as it stands after it; None with GONE only."""

    verdict: Verdict
    response: Response | None = None
    refusal: Refusal | None = None


def item_name(response: Response, item: Where) -> str | None:
    """The item's name; None if the questionnaire has no such place."""
    items = response.questionnaire.items
    if isinstance(item, int):
        return items[item].name if 0 <= item < len(items) else None
    return item


def once(
    conn: sqlite3.Connection,
    response_id: int,
    person_id: int,
    step: Callable[[Response, Ask], Outcome],
    *,
    message_id: int,
    now: datetime,
) -> Outcome:
    """Take a message for the item that is shown, if it was not taken before.

    Message ids of a chat only grow: one not newer than the last taken is the same update handled
    again, and must not answer the next item.
    """
    response = ready(conn, response_id, person_id, now=now)
    if isinstance(response, Outcome):
        if response.verdict is Verdict.CLOSED:  # said once; what is typed next is something else's
            responses.pause(conn, response_id, person_id)
        return response
    if taken_before(response, message_id):
        return Outcome(Verdict.ALREADY, response)
    conn.execute("UPDATE responses SET last_typed = ? WHERE id = ?", (message_id, response_id))
    response = replace(responses.make_active(conn, response, now=now), last_typed=message_id)
    shown = response.step(now)
    return step(response, shown) if isinstance(shown, Ask) else Outcome(Verdict.REVIEW, response)


def taken_before(response: Response, message_id: int) -> bool:
    """Whether this message, or a newer one, was taken as an answer."""
    return response.last_typed is not None and message_id <= response.last_typed


def ready(
    conn: sqlite3.Connection, response_id: int, person_id: int, *, now: datetime
) -> Response | Outcome:
    """The person's response if a step can be taken in it; else what stands against any."""
    response = responses.find(conn, response_id, person_id)
    if response is None:
        return Outcome(Verdict.GONE)
    if response.sent:
        return Outcome(Verdict.SENT, response)
    if response.campaign.phase(now) is not Phase.OPEN:
        return Outcome(Verdict.CLOSED, response)
    return response


def at(
    conn: sqlite3.Connection,
    response_id: int,
    person_id: int,
    item: Where,
    step: Callable[[Response, Ask, Walk], Outcome],
    *,
    now: datetime,
) -> Outcome:
    """Take a step at `item`, if it is the one that is shown."""
    response = ready(conn, response_id, person_id, now=now)
    if isinstance(response, Outcome):
        return response
    walked = response.walk(now)
    shown = response.step_on(walked)
    name = item_name(response, item)
    if not isinstance(shown, Ask) or shown.item.name != name:
        verdict = Verdict.ALREADY if name in response.answers else Verdict.NOT_NOW
        return Outcome(verdict, response)
    # Whoever taps is here now: what they type next belongs to this response.
    return step(responses.make_active(conn, response, now=now), shown, walked)


def checked(
    conn: sqlite3.Connection, response: Response, walked: Walk, item: str, answer: Answer
) -> Outcome:
    """Record the answer if the item's check lets it through."""
    tried = engine.checked(walked, item, answer)
    if isinstance(tried, Refusal):
        return Outcome(Verdict.REFUSED, response, tried)
    return recorded(conn, response, item, tried.answer)


def recorded(conn: sqlite3.Connection, response: Response, item: str, answer: Answer) -> Outcome:
    """The answer counts from now on."""
    _write(conn, response, item, answer, final=True)
    if is_file(response.answers.get(item)):
        responses.prune_files(conn, response.id)
    if response.at_item is not None or response.misses:
        conn.execute("UPDATE responses SET at_item = NULL, misses = 0 WHERE id = ?", (response.id,))
    # Said, not read again: half of an answer's work would be reading what was just written.
    fresh = replace(
        response,
        answers={**response.answers, item: answer},
        drafts=without(response.drafts, item),
        at_item=None,
        misses=0,
    )
    return Outcome(Verdict.RECORDED, fresh)


def kept_draft(conn: sqlite3.Connection, response: Response, item: str, answer: Answer) -> Outcome:
    """Something is ticked or put in order; it counts after «Готово»."""
    _write(conn, response, item, answer, final=False)
    if response.misses:
        conn.execute("UPDATE responses SET misses = 0 WHERE id = ?", (response.id,))
    fresh = replace(
        response,
        answers=without(response.answers, item),
        drafts={**response.drafts, item: answer},
        misses=0,
    )
    return Outcome(Verdict.DRAFTED, fresh)


def without(answers: Answers, item: str) -> dict[str, Answer]:
    """The answers but this one."""
    return {name: answer for name, answer in answers.items() if name != item}


def _write(
    conn: sqlite3.Connection, response: Response, item: str, answer: Answer, *, final: bool
) -> None:
    conn.execute(
        "INSERT INTO answers (response_id, item, value, final) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (response_id, item) DO UPDATE"
        " SET value = excluded.value, final = excluded.final",
        (response.id, item, dumped(answer), final),
    )
