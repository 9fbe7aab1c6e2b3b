"""Giving answers: one tap or one typed message is one atomic step that checks and records.

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
from surveys.answers import Answer, Answers, FileAnswer, OtherAnswer, chosen, is_file, own_words
from surveys.applicability import Walk
from surveys.engine import Accepted, Ask, Refusal
from surveys.questionnaire import (
    OTHER,
    Acknowledge,
    Range,
    Rank,
    SelectMultiple,
    SelectOne,
    Upload,
)


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


def record_answer(
    conn: sqlite3.Connection,
    response_id: int,
    person_id: int,
    item: Where,
    answer: Answer,
    *,
    now: datetime,
) -> Outcome:
    """Record a ready answer to `item`: a date, None for «пропустить» or a note read."""

    def step(response: Response, ask: Ask, walked: Walk) -> Outcome:
        if answer is not None and isinstance(ask.item, Upload):  # a file comes as a message only
            return Outcome(Verdict.NOT_NOW, response)
        return _checked(conn, response, walked, ask.item.name, answer)

    return _at(conn, response_id, person_id, item, step, now=now)


def record_option(
    conn: sqlite3.Connection,
    response_id: int,
    person_id: int,
    item: Where,
    option: int,
    *,
    now: datetime,
) -> Outcome:
    """Record a tapped choice, or a value of a scale, by its place."""

    def step(response: Response, ask: Ask, walked: Walk) -> Outcome:
        values: tuple[Answer, ...] = ()
        if isinstance(ask.item, Range):
            values = ask.item.values()
        elif isinstance(ask.item, SelectOne | Acknowledge):
            values = tuple(one.name for one in ask.item.choices)
        if not 0 <= option < len(values):
            return Outcome(Verdict.NOT_NOW, response)
        return _checked(conn, response, walked, ask.item.name, values[option])

    return _at(conn, response_id, person_id, item, step, now=now)


def finish_choices(
    conn: sqlite3.Connection, response_id: int, person_id: int, item: Where, *, now: datetime
) -> Outcome:
    """«Готово»: record what has been ticked or put in order; nothing ticked is «пропустить»."""

    def step(response: Response, ask: Ask, walked: Walk) -> Outcome:
        draft = shown_answer(response, ask)
        answer = draft if chosen(draft) else None
        return _checked(conn, response, walked, ask.item.name, answer)

    return _at(conn, response_id, person_id, item, step, now=now)


def tick_choice(
    conn: sqlite3.Connection,
    response_id: int,
    person_id: int,
    item: Where,
    choice: Which,
    *,
    on: bool,
    now: datetime,
) -> Outcome:
    """Set one choice of several on or off; «другое» of a single choice: wait for own words."""

    def step(response: Response, ask: Ask, _walked: Walk) -> Outcome:
        name = _named(ask, choice)
        if isinstance(ask.item, SelectMultiple) and name is not None:
            before = shown_answer(response, ask)
            after = engine.with_choice(ask.item, before, name, on=on)
            return _draft(conn, response, ask.item.name, after)
        if isinstance(ask.item, SelectOne) and name == OTHER and on:
            return _draft(conn, response, ask.item.name, OtherAnswer(choice=OTHER))
        return Outcome(Verdict.NOT_NOW, response)

    return _at(conn, response_id, person_id, item, step, now=now)


def clear(
    conn: sqlite3.Connection, response_id: int, person_id: int, item: Where, *, now: datetime
) -> Outcome:
    """Forget what is ticked or put in order and not confirmed."""

    def step(response: Response, ask: Ask, _walked: Walk) -> Outcome:
        conn.execute(
            "DELETE FROM answers WHERE response_id = ? AND item = ? AND final = 0",
            (response.id, ask.item.name),
        )
        fresh = replace(response, drafts=_without(response.drafts, ask.item.name))
        return Outcome(Verdict.DRAFTED, fresh)

    return _at(conn, response_id, person_id, item, step, now=now)


def place_choice(
    conn: sqlite3.Connection,
    response_id: int,
    person_id: int,
    item: Where,
    choice: Which,
    *,
    place: int,
    now: datetime,
) -> Outcome:
    """Put a choice of an order at `place` (0 is best) and forget the places after it.

    The last place fills itself: then the order is complete and recorded.
    """

    def step(response: Response, ask: Ask, walked: Walk) -> Outcome:
        if not isinstance(ask.item, Rank):
            return Outcome(Verdict.NOT_NOW, response)
        order = list(chosen(response.drafts.get(ask.item.name)))
        names = [one.name for one in ask.choices]
        name = _named(ask, choice)
        if name is None or not 0 <= place <= len(order) or order[place : place + 1] == [name]:
            return Outcome(Verdict.NOT_NOW, response)
        order = [*order[:place], name]
        if len(set(order)) < len(order):
            return Outcome(Verdict.NOT_NOW, response)
        left = [name for name in names if name not in order]
        if len(left) <= 1:
            return _checked(conn, response, walked, ask.item.name, [*order, *left])
        return _draft(conn, response, ask.item.name, list(order))

    return _at(conn, response_id, person_id, item, step, now=now)


def record_typed(
    conn: sqlite3.Connection,
    response_id: int,
    person_id: int,
    raw: str,
    *,
    message_id: int,
    now: datetime,
) -> Outcome:
    """Take a typed message as the answer to the item that is shown."""

    def step(response: Response, ask: Ask) -> Outcome:
        item = ask.item
        draft = response.drafts.get(item.name)
        if awaits_words(draft):
            several = isinstance(item, SelectMultiple)
            names = list(chosen(draft)) if several else OTHER
            words = OtherAnswer(choice=names, other=raw)
            form, answers = response.questionnaire, response.answers
            tried = engine.check(form, item.name, words, answers, now=now)
            if isinstance(tried, Accepted) and several:
                return _draft(conn, response, item.name, tried.answer)
        else:
            tried = engine.accept(
                response.questionnaire,
                item.name,
                raw,
                response.answers,
                now=now,
                misses=response.misses,
                seed=response.id,
            )
        if isinstance(tried, Refusal):
            conn.execute("UPDATE responses SET misses = misses + 1 WHERE id = ?", (response_id,))
            return Outcome(Verdict.REFUSED, replace(response, misses=response.misses + 1), tried)
        return _record(conn, response, item.name, tried.answer)

    return once(conn, response_id, person_id, step, message_id=message_id, now=now)


def record_file(
    conn: sqlite3.Connection,
    response_id: int,
    person_id: int,
    answer: FileAnswer,
    *,
    message_id: int,
    now: datetime,
    keep: Callable[[Response, str], None],
) -> Outcome:
    """Take a stored file as the answer to the item that is shown; `keep` notes whose it is."""

    def step(response: Response, ask: Ask) -> Outcome:
        if not isinstance(ask.item, Upload):
            return Outcome(Verdict.NOT_NOW, response)
        keep(response, ask.item.name)
        return _checked(conn, response, response.walk(now), ask.item.name, answer)

    return once(conn, response_id, person_id, step, message_id=message_id, now=now)


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
    response = responses.find(conn, response_id, person_id)
    if (trouble := _trouble(response, now)) is not None:
        if trouble is Verdict.CLOSED:  # said once; what is typed next belongs to something else
            responses.pause(conn, response_id, person_id)
        return Outcome(trouble, response)
    assert response is not None  # noqa: S101 - _trouble has said so
    if taken_before(response, message_id):
        return Outcome(Verdict.ALREADY, response)
    conn.execute("UPDATE responses SET last_typed = ? WHERE id = ?", (message_id, response_id))
    response = replace(responses.make_active(conn, response, now=now), last_typed=message_id)
    shown = response.step(now)
    return step(response, shown) if isinstance(shown, Ask) else Outcome(Verdict.REVIEW, response)


def taken_before(response: Response, message_id: int) -> bool:
    """Whether this message, or a newer one, was taken as an answer."""
    return response.last_typed is not None and message_id <= response.last_typed


def go_back(
    conn: sqlite3.Connection,
    response_id: int,
    person_id: int,
    item: Where,
    *,
    now: datetime,
) -> Outcome:
    """Show the item before `item`, which may be `REVIEW`. Pressed twice, goes back once."""
    response = responses.find(conn, response_id, person_id)
    if (trouble := _trouble(response, now)) is not None:
        return Outcome(trouble, response)
    assert response is not None  # noqa: S101 - _trouble has said so
    step = response.step(now)
    shown = step.item.name if isinstance(step, Ask) else None
    if shown != (None if item == REVIEW else _item_name(response, item) or item):
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
    response = responses.find(conn, response_id, person_id)
    if (trouble := _trouble(response, now)) is not None:
        return Outcome(trouble, response)
    assert response is not None  # noqa: S101 - _trouble has said so
    name = _item_name(response, item)
    if item != REVIEW and name not in response.answers:
        return Outcome(Verdict.NOT_NOW, response)
    return _show(conn, response, name, now=now)


def shown_answer(response: Response, ask: Ask) -> Answer:
    """What stands ticked at an item: the draft, else the answer given before, else the default."""
    before = ask.answer if ask.answered else ask.suggested
    return response.drafts.get(ask.item.name, before)


def awaits_words(draft: Answer) -> bool:
    """Whether «другое» is chosen in a draft and its words are not there yet."""
    return OTHER in chosen(draft) and not own_words(draft)


def _item_name(response: Response, item: Where) -> str | None:
    """The item's name; None if the questionnaire has no such place."""
    items = response.questionnaire.items
    if isinstance(item, int):
        return items[item].name if 0 <= item < len(items) else None
    return item


def _named(ask: Ask, choice: Which) -> str | None:
    """The choice's name if it is offered at this item now, else None."""
    item = ask.item
    if not isinstance(item, SelectOne | SelectMultiple | Rank):
        return None
    names = [one.name for one in item.choices] + ([OTHER] if item.or_other else [])
    if isinstance(choice, int):
        choice = names[choice] if 0 <= choice < len(names) else ""
    offered = {one.name for one in ask.choices} | ({OTHER} if item.or_other else set())
    return choice if choice in offered else None


def _trouble(response: Response | None, now: datetime) -> Verdict | None:
    """What stands against any step at all."""
    if response is None:
        return Verdict.GONE
    if response.sent:
        return Verdict.SENT
    return None if response.campaign.phase(now) is Phase.OPEN else Verdict.CLOSED


def _at(
    conn: sqlite3.Connection,
    response_id: int,
    person_id: int,
    item: Where,
    step: Callable[[Response, Ask, Walk], Outcome],
    *,
    now: datetime,
) -> Outcome:
    response = responses.find(conn, response_id, person_id)
    if (trouble := _trouble(response, now)) is not None:
        return Outcome(trouble, response)
    assert response is not None  # noqa: S101 - _trouble has said so
    walked = response.walk(now)
    shown = response.step_on(walked)
    name = _item_name(response, item)
    if not isinstance(shown, Ask) or shown.item.name != name:
        verdict = Verdict.ALREADY if name in response.answers else Verdict.NOT_NOW
        return Outcome(verdict, response)
    # Whoever taps is here now: what they type next belongs to this response.
    return step(responses.make_active(conn, response, now=now), shown, walked)


def _checked(
    conn: sqlite3.Connection, response: Response, walked: Walk, item: str, answer: Answer
) -> Outcome:
    tried = engine.checked(walked, item, answer)
    if isinstance(tried, Refusal):
        return Outcome(Verdict.REFUSED, response, tried)
    return _record(conn, response, item, tried.answer)


def _record(conn: sqlite3.Connection, response: Response, item: str, answer: Answer) -> Outcome:
    _write(conn, response, item, answer, final=True)
    if is_file(response.answers.get(item)):
        responses.prune_files(conn, response.id)
    if response.at_item is not None or response.misses:
        conn.execute("UPDATE responses SET at_item = NULL, misses = 0 WHERE id = ?", (response.id,))
    # Said, not read again: half of an answer's work would be reading what was just written.
    fresh = replace(
        response,
        answers={**response.answers, item: answer},
        drafts=_without(response.drafts, item),
        at_item=None,
        misses=0,
    )
    return Outcome(Verdict.RECORDED, fresh)


def _draft(conn: sqlite3.Connection, response: Response, item: str, answer: Answer) -> Outcome:
    _write(conn, response, item, answer, final=False)
    if response.misses:
        conn.execute("UPDATE responses SET misses = 0 WHERE id = ?", (response.id,))
    fresh = replace(
        response,
        answers=_without(response.answers, item),
        drafts={**response.drafts, item: answer},
        misses=0,
    )
    return Outcome(Verdict.DRAFTED, fresh)


def _without(answers: Answers, item: str) -> dict[str, Answer]:
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


def _show(
    conn: sqlite3.Connection, response: Response, item: str | None, *, now: datetime
) -> Outcome:
    conn.execute("UPDATE responses SET at_item = ?, misses = 0 WHERE id = ?", (item, response.id))
    active = responses.make_active(conn, response, now=now)
    return Outcome(Verdict.MOVED, replace(active, at_item=item, misses=0))
