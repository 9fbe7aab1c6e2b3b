"""Trying a questionnaire out: the real way of answering, with answers that nobody counts.

A trial is a campaign for one person, marked so that no list, invitation or report meets it; the
row stays for the next trial (its id must never become another campaign's), the answers go.
"""

import sqlite3
from datetime import datetime, timedelta

from storage.audiences import Audience
from storage.questionnaires import publishing, responses
from storage.questionnaires.forms import DRAFT
from storage.questionnaires.responses import Response
from storage.scopes import REGION
from storage.times import stored
from surveys.questionnaire import Anonymity, Questionnaire

LASTS = timedelta(days=1)


def start(
    conn: sqlite3.Connection,
    questionnaire: Questionnaire,
    person_id: int,
    *,
    subject: str,
    now: datetime,
) -> Response:
    """Begin a trial from the first item; another questionnaire under way is paused, not lost.

    Args:
        conn: the store.
        questionnaire: a published version, or a draft under an id that begins with `DRAFT`.
        person_id: who tries.
        subject: what stands beside the title, so that nobody takes it for the real thing.
        now: the moment.

    Raises:
        storage.questionnaires.publishing.CannotPublishError: it cannot be asked here.
    """
    discard(conn, person_id)
    publishing.publish(conn, questionnaire, now=now)
    row = conn.execute(
        "INSERT INTO campaigns (questionnaire_id, questionnaire_version, subject, anonymity, cells,"
        " audience, scope_kind, scope_ref, opens_at, closes_at, created_by, created_at,"
        " request_key, trial) VALUES (?, ?, ?, ?, '[]', ?, ?, ?, ?, ?, ?, ?, ?, 1)"
        " ON CONFLICT (request_key) DO UPDATE SET questionnaire_id = excluded.questionnaire_id,"
        " questionnaire_version = excluded.questionnaire_version, subject = excluded.subject,"
        " opens_at = excluded.opens_at, closes_at = excluded.closes_at RETURNING id",
        (
            questionnaire.id,
            questionnaire.version,
            subject,
            # Named whatever the real one will be: sealed answers could not be discarded.
            Anonymity.NAMED.value,
            Audience(people=(person_id,)).model_dump_json(),
            REGION.kind.value,
            REGION.ref,
            stored(now),
            stored(now + LASTS),
            person_id,
            stored(now),
            _key(person_id),
        ),
    ).fetchone()
    _forget_drafts(conn)
    entered = responses.start_or_continue(conn, row["id"], person_id, now=now, leave_other=True)
    assert entered.response is not None  # noqa: S101 - just opened, for this person alone
    return entered.response


def discard(conn: sqlite3.Connection, person_id: int) -> None:
    """Erase the person's trial answers; harmless where there are none."""
    for table in ("responses", "invitees"):
        conn.execute(
            f"DELETE FROM {table} WHERE campaign_id IN"  # noqa: S608 - two names of ours
            " (SELECT id FROM campaigns WHERE request_key = ? AND trial = 1)",
            (_key(person_id),),
        )


def sweep(conn: sqlite3.Connection, *, now: datetime) -> int:
    """Erase the answers of trials that are over; how many."""
    gone = conn.execute(
        "DELETE FROM responses WHERE campaign_id IN"
        " (SELECT id FROM campaigns WHERE trial = 1 AND closes_at <= ?)",
        (stored(now),),
    )
    return gone.rowcount


def _key(person_id: int) -> str:
    return f"trial:{person_id}"


def _forget_drafts(conn: sqlite3.Connection) -> None:
    """Drafts that were tried and are tried by nobody now."""
    conn.execute(
        "DELETE FROM questionnaires WHERE substr(id, 1, ?) = ? AND NOT EXISTS"
        " (SELECT 1 FROM campaigns c WHERE c.questionnaire_id = questionnaires.id"
        " AND c.questionnaire_version = questionnaires.version)",
        (len(DRAFT), DRAFT),
    )
