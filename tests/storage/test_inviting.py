import sqlite3
from datetime import timedelta

import pytest

from storage import outbox
from storage.people.people import set_unreachable
from storage.questionnaires import campaigns, inviting, overseeing, responses
from storage.scopes import REGION, Scope, ScopeKind
from tests.kit.forms import NOW, opened, register

KRYMSK, ABINSK = "Крымский район", "Абинский район"


def plan_all(conn: sqlite3.Connection) -> int:
    total = 0
    while count := inviting.plan(conn, now=NOW):
        total += count
    return total


def kinds(conn: sqlite3.Connection) -> list[str]:
    far = NOW + timedelta(days=6)
    return [row.kind for row in outbox.due(conn, far, limit=1000)]


def test_everybody_is_invited_once_and_whoever_registers_later_as_well(
    conn: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inviting, "AT_ONCE", 3)
    opened(conn)
    for index in range(7):
        register(conn, index + 1)
    assert plan_all(conn) == 8, "the author is of the audience too"
    assert plan_all(conn) == 0
    register(conn, 99)
    assert plan_all(conn) == 1
    assert kinds(conn) == [inviting.INVITATION] * 9


def test_two_campaigns_share_a_round_fairly_enough_to_end(
    conn: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inviting, "AT_ONCE", 2)
    opened(conn, key="a")
    opened(conn, key="b")
    register(conn, 1)
    assert plan_all(conn) == 2, "the second waits: one new questionnaire a day"
    next_day = NOW + timedelta(days=1, minutes=1)
    assert inviting.plan(conn, now=next_day) == 2
    assert inviting.plan(conn, now=next_day) == 0


def test_nothing_is_planned_before_the_opening_and_after_the_closing(
    conn: sqlite3.Connection,
) -> None:
    campaign = opened(conn)
    assert inviting.plan(conn, now=campaign.opens_at - timedelta(hours=1)) == 0
    assert inviting.plan(conn, now=campaign.closes_at) == 0


def test_a_nudge_reaches_the_silent_within_scope_who_can_be_reached(
    conn: sqlite3.Connection,
) -> None:
    campaign = opened(conn)
    silent, far, lost = register(conn, 1, KRYMSK), register(conn, 2, ABINSK), register(conn, 3)
    set_unreachable(conn, lost, "blocked", now=NOW)
    plan_all(conn)
    scopes = (Scope(ScopeKind.MUNICIPALITY, ABINSK),)
    later = NOW + timedelta(days=2)
    assert inviting.nudge(conn, campaign, scopes, now=NOW) == 0, "they were invited just now"
    assert inviting.nudging(conn, campaign, scopes, now=NOW).allowed_from == later
    assert inviting.nudge(conn, campaign, scopes, now=later) == 1
    assert inviting.nudge(conn, campaign, scopes, now=later) == 0
    rows = {row["person_id"]: row["nudges"] for row in conn.execute("SELECT * FROM invitees")}
    assert (rows[far], rows[silent], rows[lost]) == (1, 0, 0)
    everybody = inviting.nudging(conn, campaign, (REGION,), now=later)
    assert everybody.people == 2, "the silent one of Krymsk and the author"


def test_the_round_is_told_from_the_first_to_none_left(conn: sqlite3.Connection) -> None:
    campaign = opened(conn)
    assert inviting.nudging(conn, campaign, (REGION,), now=NOW).round == 0, "nobody was asked yet"
    plan_all(conn)
    for days, number in ((2, 1), (4, 2), (6, 3)):
        now = NOW + timedelta(days=days)
        assert inviting.nudging(conn, campaign, (REGION,), now=now).round == number
        inviting.nudge(conn, campaign, (REGION,), now=now)


def test_nobody_is_nudged_more_than_twice_or_after_the_closing(conn: sqlite3.Connection) -> None:
    campaign = opened(conn)
    register(conn, 1)
    plan_all(conn)
    for days, reached in ((2, 2), (3, 0), (4, 2), (6, 0)):
        now = NOW + timedelta(days=days)
        assert inviting.nudge(conn, campaign, (REGION,), now=now) == reached, days
    overseeing.close_now(conn, campaign.id, now=NOW)
    closed = campaigns.find(conn, campaign.id)
    assert closed is not None
    assert inviting.nudge(conn, closed, (REGION,), now=NOW + timedelta(days=9)) == 0


def test_whoever_is_in_the_middle_of_another_questionnaire_is_busy(
    conn: sqlite3.Connection,
) -> None:
    first, second = opened(conn, key="a"), opened(conn, key="b")
    person = register(conn, 1)
    assert not inviting.busy_elsewhere(conn, second.id, person, now=NOW)
    entered = responses.start_or_continue(conn, first.id, person, now=NOW)
    assert entered.response is not None
    assert inviting.busy_elsewhere(conn, second.id, person, now=NOW)
    assert not inviting.busy_elsewhere(conn, first.id, person, now=NOW)
    assert not inviting.busy_elsewhere(conn, second.id, person, now=NOW + timedelta(hours=1))
    responses.pause(conn, entered.response.id, person)
    assert not inviting.busy_elsewhere(conn, second.id, person, now=NOW)
