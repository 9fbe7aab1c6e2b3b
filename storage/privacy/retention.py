"""How long each kind of data is kept; what is older is forgotten at night.

docs/guide/privacy.md shows the same table (a test compares them).
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from storage.privacy import erasing
from storage.screening import taking as screening
from storage.times import stored

YEAR = timedelta(days=365)


class Kept(StrEnum):
    """A kind of data with a limit of its own."""

    ARRIVING = "arriving"  # began to get acquainted and never finished
    GONE = "gone"  # stopped the bot, or deleted the account
    FORMS = "forms"  # half-filled forms of staff and of /me
    DRAFTS = "drafts"  # begun and unsent answers to a questionnaire that has closed
    ANSWERS = "answers"  # sent with a name
    SCREENING = "screening"  # unfinished answers of a screening
    INVITATIONS = "invitations"
    REGISTER = "register"  # expected by a coordinator and never came
    MESSAGES = "messages"  # the account of what the bot has sent


LIMITS: dict[Kept, timedelta] = {
    Kept.ARRIVING: timedelta(days=90),
    Kept.GONE: 2 * YEAR,
    Kept.FORMS: timedelta(days=30),
    Kept.DRAFTS: timedelta(days=30),
    Kept.ANSWERS: 3 * YEAR,
    Kept.SCREENING: screening.KEPT,
    Kept.INVITATIONS: YEAR,
    Kept.REGISTER: YEAR,
    Kept.MESSAGES: YEAR,
}
"""From the last sign of it: the last step, the refusal, the closing, the end, the sending."""


@dataclass(frozen=True)
class _Rule:
    """SQL that forgets what is older than `:before`."""

    kind: Kept
    statement: str


_RULES = (
    _Rule(Kept.FORMS, "DELETE FROM dialogs WHERE updated_at < :before"),
    _Rule(
        Kept.DRAFTS,
        "DELETE FROM responses WHERE submitted_at IS NULL AND campaign_id IN"
        " (SELECT id FROM campaigns WHERE closes_at < :before)",
    ),
    _Rule(
        Kept.ANSWERS,
        "DELETE FROM responses WHERE campaign_id IN"
        " (SELECT id FROM campaigns WHERE closes_at < :before)",
    ),
    _Rule(Kept.SCREENING, "DELETE FROM screening_drafts WHERE touched_at < :before"),
    _Rule(Kept.FORMS, "DELETE FROM register_drafts WHERE created_at < :before"),
    _Rule(Kept.REGISTER, "DELETE FROM register WHERE person_id IS NULL AND loaded_at < :before"),
    _Rule(Kept.INVITATIONS, "DELETE FROM invitations WHERE expires_at < :before"),
    _Rule(
        Kept.MESSAGES,
        "DELETE FROM outbox WHERE state NOT IN ('waiting', 'sending')"
        " AND coalesce(sent_at, expires_at, due_at) < :before",
    ),
)

_PEOPLE = {
    Kept.ARRIVING: "SELECT telegram_id FROM people WHERE registered_at IS NULL"
    " AND telegram_id IS NOT NULL AND created_at < ?",
    Kept.GONE: "SELECT telegram_id FROM people WHERE unreachable_since < ?"
    " AND telegram_id IS NOT NULL",
}


def forget_old(conn: sqlite3.Connection, *, now: datetime) -> dict[Kept, int]:
    """Forget everything past its limit; how many rows or people of each kind there were.

    Anonymous answers and all counted figures stay. If anything went, the caller runs
    `Database.truncate_wal`.
    """
    gone = {}
    for kind, statement in _PEOPLE.items():
        before = stored(now - LIMITS[kind])
        numbers = [row[0] for row in conn.execute(statement, (before,)).fetchall()]
        for number in numbers:
            erasing.forget(conn, number)
        gone[kind] = len(numbers)
    for rule in _RULES:
        before = stored(now - LIMITS[rule.kind])
        count = conn.execute(rule.statement, {"before": before}).rowcount
        gone[rule.kind] = gone.get(rule.kind, 0) + count
    return {kind: count for kind, count in gone.items() if count}
