"""One new questionnaire a day; campaigns held again; where people stop; trials leave nothing."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from storage.questionnaires import (
    campaigns,
    inviting,
    overseeing,
    progress,
    publishing,
    repeats,
    responses,
    trials,
)
from storage.questionnaires.answering import record_answer
from storage.questionnaires.campaigns import Campaign
from storage.questionnaires.submitting import submit
from storage.scopes import REGION
from surveys.answers import Answer
from surveys.questionnaire import Anonymity, Integer, Questionnaire, Text
from tests.kit.forms import NOW, opened, register

START = NOW.astimezone(UTC)
SHORT = Questionnaire(
    id="short",
    version=1,
    title="Коротко",
    items=(Text(name="a", label="Первое"), Integer(name="b", label="Второе")),
)


def invited(conn: sqlite3.Connection, campaign: Campaign) -> int:
    sql = "SELECT count(*) FROM invitees WHERE campaign_id = ?"
    return int(conn.execute(sql, (campaign.id,)).fetchone()[0])


def test_nobody_is_asked_for_two_new_questionnaires_a_day(conn: sqlite3.Connection) -> None:
    later = opened(conn, key="later", days=14)
    sooner = opened(conn, key="sooner", days=7)
    inviting.plan(conn, now=START)
    assert (invited(conn, sooner), invited(conn, later)) == (1, 0)
    inviting.plan(conn, now=START + timedelta(hours=23))
    assert invited(conn, later) == 0
    inviting.plan(conn, now=START + timedelta(hours=25))
    assert invited(conn, later) == 1


def test_a_questionnaire_that_closes_within_the_day_waits_for_no_other(
    conn: sqlite3.Connection,
) -> None:
    inviting.plan(conn, now=START)
    opened(conn, key="long", days=14)
    inviting.plan(conn, now=START)
    hurried = opened(conn, key="hurried", days=1)
    inviting.plan(conn, now=START + timedelta(hours=1))
    assert invited(conn, hurried) == 1


def test_a_yearly_campaign_opens_again_with_the_newest_version(conn: sqlite3.Connection) -> None:
    first = opened(conn, form=SHORT)
    repeats.repeat(conn, first, 12, now=START)
    publishing.publish(conn, SHORT.model_copy(update={"version": 2}), now=START)
    assert repeats.open_due(conn, now=START + timedelta(days=300)) == 0
    due = first.opens_at.replace(year=2027)
    assert repeats.open_due(conn, now=due + timedelta(hours=2)) == 1
    assert repeats.open_due(conn, now=due + timedelta(hours=2)) == 0
    second = max(campaigns.every(conn), key=lambda one: one.id)
    assert second.opens_at == due
    assert second.closes_at - second.opens_at == first.closes_at - first.opens_at
    assert (second.questionnaire_version, second.subject) == (2, first.subject)
    assert repeats.of(conn, first.id) is None
    following = repeats.of(conn, second.id)
    assert following is not None
    assert following.next_at == first.opens_at.replace(year=2028)


@pytest.mark.parametrize("decided", [True, False, None])
def test_the_next_one_lets_answers_be_changed_as_the_first_did(
    conn: sqlite3.Connection, decided: bool | None
) -> None:
    """Whatever the questionnaire's newest version would have: None leaves it to that."""
    form = SHORT.model_copy(update={"editable_after_submit": decided is not True})
    first = opened(conn, form=form, editable=decided)
    repeats.repeat(conn, first, 12, now=START)
    for year in (2027, 2028):
        due = first.opens_at.replace(year=year)
        assert repeats.open_due(conn, now=due + timedelta(hours=2)) == 1
        again = max(campaigns.every(conn), key=lambda one: one.id)
        assert (again.id > first.id, again.editable) == (True, decided)
        assert again.lets_edit(form) is (decided is not False)


def test_terms_that_passed_while_nobody_was_there_are_left_out(conn: sqlite3.Connection) -> None:
    first = opened(conn, form=SHORT)
    repeats.repeat(conn, first, 3, now=START)
    long_after = datetime(2027, 7, 1, tzinfo=UTC)
    assert repeats.open_due(conn, now=long_after) == 0
    following = repeats.of(conn, first.id)
    assert following is not None
    assert following.next_at == first.opens_at.replace(year=2027, month=8)
    assert len(campaigns.every(conn)) == 1


def test_a_term_falls_on_the_last_day_of_a_shorter_month(conn: sqlite3.Connection) -> None:
    made = opened(conn, form=SHORT)
    conn.execute("UPDATE campaigns SET opens_at = '2026-11-30T06:00:00Z'")
    again = campaigns.find(conn, made.id)
    assert again is not None
    repeats.repeat(conn, again, 3, now=START)
    found = repeats.of(conn, made.id)
    assert found is not None
    assert found.next_at == datetime(2027, 2, 28, 6, tzinfo=UTC)


def test_a_campaign_is_repeated_no_longer(conn: sqlite3.Connection) -> None:
    first = opened(conn, form=SHORT)
    repeats.repeat(conn, first, 6, now=START)
    repeats.repeat(conn, first, None, now=START)
    assert repeats.open_due(conn, now=START + timedelta(days=800)) == 0


def test_where_people_stop_and_how_long_they_take(conn: sqlite3.Connection) -> None:
    campaign = opened(conn, form=SHORT)
    ways: list[tuple[dict[str, Answer], int]] = [
        ({}, 0),
        ({"a": "да"}, 1),
        ({"a": "да"}, 2),
        ({"a": "да", "b": 1}, 2),
        ({"a": "да", "b": 1}, 4),
        ({"a": "да", "b": 1}, 9),
    ]
    for number, (answers, minutes) in enumerate(ways):
        person = register(conn, 100 + number)
        begun = responses.start_or_continue(conn, campaign.id, person, now=NOW).response
        assert begun is not None
        for item, answer in answers.items():
            record_answer(conn, begun.id, person, item, answer, now=NOW)
        submit(conn, begun.id, person, now=NOW + timedelta(minutes=minutes))
    found = progress.progress(conn, campaign, (REGION,))
    assert (found.sent, found.took) == (3, timedelta(minutes=4))
    assert found.stopped == {progress.NOWHERE: 1, 0: 2}


def test_of_an_anonymous_campaign_no_times_and_no_drafts_are_shown(
    conn: sqlite3.Connection,
) -> None:
    campaign = opened(conn, anonymity=Anonymity.ANONYMOUS)
    with pytest.raises(PermissionError):
        progress.progress(conn, campaign, (REGION,))


def test_a_trial_is_in_no_list_and_its_answers_go(conn: sqlite3.Connection) -> None:
    person = register(conn, 100)
    draft = SHORT.model_copy(update={"id": "draft--1"})
    begun = trials.start(conn, draft, person, subject="проба", now=START)
    record_answer(conn, begun.id, person, "a", "слова", now=START)
    assert overseeing.list_for_staff(conn, (REGION,)) == []
    assert campaigns.every(conn) == []
    assert overseeing.find_for_staff(conn, begun.campaign.id, (REGION,)) is None
    assert inviting.plan(conn, now=START) == 0
    again = trials.start(conn, SHORT, person, subject="проба", now=START)
    assert again.campaign.id == begun.campaign.id, "an id never becomes another campaign's"
    assert again.answers == {}
    assert publishing.published_version(conn, "draft--1") is None, "tried by nobody any more"
    trials.sweep(conn, now=START + timedelta(days=2))
    for table in ("responses", "answers"):
        assert conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0
