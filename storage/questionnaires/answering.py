"""Giving answers: one tap or one typed message is one atomic step that checks and records.

What a step is: `storage.questionnaires.steps`.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from storage.questionnaires.responses import Response
from storage.questionnaires.steps import (
    Outcome,
    Verdict,
    Where,
    Which,
    at,
    checked,
    kept_draft,
    once,
    recorded,
    without,
)
from surveys import engine
from surveys.answers import Answer, FileAnswer, OtherAnswer, chosen, own_words
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
        return checked(conn, response, walked, ask.item.name, answer)

    return at(conn, response_id, person_id, item, step, now=now)


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
        return checked(conn, response, walked, ask.item.name, values[option])

    return at(conn, response_id, person_id, item, step, now=now)


def finish_choices(
    conn: sqlite3.Connection, response_id: int, person_id: int, item: Where, *, now: datetime
) -> Outcome:
    """«Готово»: record what has been ticked or put in order; nothing ticked is «пропустить»."""

    def step(response: Response, ask: Ask, walked: Walk) -> Outcome:
        draft = shown_answer(response, ask)
        answer = draft if chosen(draft) else None
        return checked(conn, response, walked, ask.item.name, answer)

    return at(conn, response_id, person_id, item, step, now=now)


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
            return kept_draft(conn, response, ask.item.name, after)
        if isinstance(ask.item, SelectOne) and name == OTHER and on:
            return kept_draft(conn, response, ask.item.name, OtherAnswer(choice=OTHER))
        return Outcome(Verdict.NOT_NOW, response)

    return at(conn, response_id, person_id, item, step, now=now)


def clear(
    conn: sqlite3.Connection, response_id: int, person_id: int, item: Where, *, now: datetime
) -> Outcome:
    """Forget what is ticked or put in order and not confirmed."""

    def step(response: Response, ask: Ask, _walked: Walk) -> Outcome:
        conn.execute(
            "DELETE FROM answers WHERE response_id = ? AND item = ? AND final = 0",
            (response.id, ask.item.name),
        )
        fresh = replace(response, drafts=without(response.drafts, ask.item.name))
        return Outcome(Verdict.DRAFTED, fresh)

    return at(conn, response_id, person_id, item, step, now=now)


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
            return checked(conn, response, walked, ask.item.name, [*order, *left])
        return kept_draft(conn, response, ask.item.name, list(order))

    return at(conn, response_id, person_id, item, step, now=now)


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
                return kept_draft(conn, response, item.name, tried.answer)
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
        return recorded(conn, response, item.name, tried.answer)

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
        return checked(conn, response, response.walk(now), ask.item.name, answer)

    return once(conn, response_id, person_id, step, message_id=message_id, now=now)


def shown_answer(response: Response, ask: Ask) -> Answer:
    """What stands ticked at an item: the draft, else the answer given before, else the default."""
    before = ask.answer if ask.answered else ask.suggested
    return response.drafts.get(ask.item.name, before)


def awaits_words(draft: Answer) -> bool:
    """Whether «другое» is chosen in a draft and its words are not there yet."""
    return OTHER in chosen(draft) and not own_words(draft)


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
