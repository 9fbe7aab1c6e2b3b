"""Going back and forth in a questionnaire: another item is shown, nothing is answered."""

import sqlite3
from dataclasses import replace
from datetime import datetime

from storage.questionnaires import responses
from storage.questionnaires.responses import Response
from storage.questionnaires.steps import REVIEW, Outcome, Verdict, Where, item_name, ready
from surveys import engine
from surveys.engine import Ask


def go_back(
    conn: sqlite3.Connection,
    response_id: int,
    person_id: int,
    item: Where,
    *,
    now: datetime,
) -> Outcome:
    """Show the item before `item`, which may be `REVIEW`. Pressed twice, goes back once."""
    response = ready(conn, response_id, person_id, now=now)
    if isinstance(response, Outcome):
        return response
    step = response.step(now)
    shown = step.item.name if isinstance(step, Ask) else None
    if shown != (None if item == REVIEW else item_name(response, item) or item):
        return Outcome(Verdict.NOT_NOW, response)
    before = engine.back(response.questionnaire, response.answers, shown, now=now)
    target = before.item.name if isinstance(before, Ask) else None
    return _show(conn, response, target, now=now)


def go_to(
    conn: sqlite3.Connection,
    response_id: int,
    person_id: int,
    item: Where,
    *,
    now: datetime,
) -> Outcome:
    """Show `item` to change its answer; `REVIEW`: go on where the answers end."""
    response = ready(conn, response_id, person_id, now=now)
    if isinstance(response, Outcome):
        return response
    name = item_name(response, item)
    if item != REVIEW and name not in response.answers:
        return Outcome(Verdict.NOT_NOW, response)
    return _show(conn, response, name, now=now)


def _show(
    conn: sqlite3.Connection, response: Response, item: str | None, *, now: datetime
) -> Outcome:
    conn.execute("UPDATE responses SET at_item = ?, misses = 0 WHERE id = ?", (item, response.id))
    active = responses.make_active(conn, response, now=now)
    return Outcome(Verdict.MOVED, replace(active, at_item=item, misses=0))
