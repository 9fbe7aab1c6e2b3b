"""Each kind of data goes when its time has come, and not a day before."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from storage.people import people
from storage.privacy import retention
from storage.privacy.retention import LIMITS, Kept
from storage.times import stored
from tests.kit.forms import NOW as OPENED
from tests.kit.forms import opened, register
from tests.kit.screening import opened_screening

NOW = datetime(2030, 6, 1, 0, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def old(conn: sqlite3.Connection, kind: Kept, when: datetime) -> None:
    """Something of this kind whose limit counts from `when`."""
    at = stored(when)
    match kind:
        case Kept.ARRIVING:
            people.arrive(conn, 501, payload=None, now=when)
        case Kept.GONE:
            people.set_unreachable(conn, register(conn, 501), "blocked", now=when)
        case Kept.FORMS:
            conn.execute("INSERT INTO dialogs VALUES (501, 'x', '{}', ?)", (at,))
        case Kept.DRAFTS | Kept.ANSWERS:
            campaign = opened(conn)
            conn.execute("UPDATE campaigns SET closes_at = ?", (at,))
            conn.execute(
                "INSERT INTO responses (campaign_id, person_id, started_at, touched_at,"
                " submitted_at) VALUES (?, ?, ?, ?, ?)",
                (campaign.id, register(conn, 501), at, at, at if kind is Kept.ANSWERS else None),
            )
        case Kept.SCREENING:
            campaign = opened_screening(conn)
            conn.execute(
                "INSERT INTO screening_drafts (campaign_id, person_id, touched_at)"
                " VALUES (?, ?, ?)",
                (campaign.id, register(conn, 501), at),
            )
        case Kept.REGISTER:
            conn.execute(
                "INSERT INTO register (surname, first_name, search, municipality, loaded_at)"
                " VALUES ('Лугова', 'Анна', 'лугова анна', 'Ейский район', ?)",
                (at,),
            )
        case Kept.INVITATIONS:
            conn.execute(
                "INSERT INTO invitations (code_hash, role, scope_kind, created_at, expires_at,"
                " uses_left) VALUES (x'00', 'expert', 'region', ?, ?, 1)",
                (at, at),
            )
        case Kept.MESSAGES:
            conn.execute(
                "INSERT INTO outbox (key, person_id, kind, lane, due_at, state, sent_at)"
                " VALUES ('k', ?, 'x', 1, ?, 'sent', ?)",
                (register(conn, 501), at, at),
            )


@pytest.mark.parametrize("kind", Kept)
def test_it_goes_after_its_limit_and_not_before(conn: sqlite3.Connection, kind: Kept) -> None:
    assert OPENED < NOW
    old(conn, kind, NOW - LIMITS[kind] + DAY)
    assert kind not in retention.forget_old(conn, now=NOW)
    assert retention.forget_old(conn, now=NOW + 2 * DAY)[kind] == 1
    assert kind not in retention.forget_old(conn, now=NOW + 2 * DAY)


def test_messages_still_to_be_sent_are_never_forgotten(conn: sqlite3.Connection) -> None:
    old(conn, Kept.MESSAGES, NOW - 9 * retention.YEAR)
    conn.execute("UPDATE outbox SET state = 'waiting', sent_at = NULL")
    assert retention.forget_old(conn, now=NOW) == {}


def test_anonymous_answers_stay_as_they_are_counted(conn: sqlite3.Connection) -> None:
    campaign = opened(conn)
    conn.execute("INSERT INTO sealed_responses VALUES (?, x'00', '{}', '{}')", (campaign.id,))
    retention.forget_old(conn, now=NOW + 20 * retention.YEAR)
    assert conn.execute("SELECT count(*) FROM sealed_responses").fetchone()[0] == 1
