"""The demonstration is furnished with what the real bot would have counted."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.demo.furnishing import furnish
from storage.database import connect_file
from storage.migrating import migrate
from storage.people import people
from storage.people.people import Role
from storage.questionnaires import campaigns, overseeing
from storage.questionnaires.campaigns import Phase
from storage.scopes import REGION
from storage.screening import sealing as screening_sealing
from storage.tasks import audience as task_audience
from surveys import engine

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
STAFF = {Role.ADMIN: 1, Role.COORDINATOR: 2, Role.ORGANISER: 3, Role.TRAINEE: 4}


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = connect_file(tmp_path / "bot.sqlite3")
    migrate(connection)
    connection.execute("BEGIN")
    furnish(connection, STAFF, range(100, 160), now=NOW)
    connection.execute("COMMIT")
    yield connection
    connection.close()


def test_staff_have_their_roles_and_everybody_is_registered(conn: sqlite3.Connection) -> None:
    for role, telegram_id in STAFF.items():
        person = people.find(conn, telegram_id)
        assert person is not None
        assert person.registered
        assert person.missing is None
        assert role is Role.ADMIN or role in person.roles


def test_one_campaign_is_over_and_one_is_open(conn: sqlite3.Connection) -> None:
    found = [each.campaign for each in overseeing.list_for_staff(conn, [REGION])]
    assert [each.phase(NOW) for each in found if not each.screening] == [Phase.OPEN, Phase.CLOSED]


def test_a_screening_is_closed_and_counted(conn: sqlite3.Connection) -> None:
    found = [each.campaign for each in overseeing.list_for_staff(conn, [REGION])]
    (campaign,) = [each for each in found if each.screening]
    summary = screening_sealing.summary_of(conn, campaign.id)
    assert campaign.phase(NOW) is Phase.CLOSED
    assert summary is not None
    assert summary.everybody is not None
    assert summary.everybody.people > 30


def test_answers_are_ones_that_the_questionnaire_takes(conn: sqlite3.Connection) -> None:
    for seen in overseeing.list_for_staff(conn, [REGION]):
        if seen.campaign.screening:
            continue
        form = campaigns.questionnaire_of(conn, seen.campaign)
        rows = conn.execute(
            "SELECT answers FROM sealed_responses WHERE campaign_id = ?", (seen.campaign.id,)
        ).fetchall()
        assert len(rows) > 10
        for row in rows:
            assert engine.validate_answers(form, json.loads(row["answers"]), now=NOW) == {}


def test_works_wait_came_back_and_were_accepted(conn: sqlite3.Connection) -> None:
    states = [row[0] for row in conn.execute("SELECT state FROM submissions")]
    assert {"waiting", "returned", "accepted"} <= set(states)
    trainee = people.find(conn, STAFF[Role.TRAINEE])
    assert trainee is not None
    asked = task_audience.of_person(conn, trainee.id, now=NOW)
    assert [each.task.number for each in asked] == ["4.1", "4.2"]
