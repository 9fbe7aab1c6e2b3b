"""Screenings for tests: a campaign, people who take it; all invented."""

import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from storage.audiences import Audience
from storage.questionnaires import campaigns, publishing
from storage.questionnaires.campaigns import Campaign
from storage.scopes import REGION, Scope
from storage.screening import sealing as screening_sealing
from storage.screening import taking as screening
from storage.screening import wordings as screening_wordings
from storage.screening.taking import Ready
from surveys.boyko_form import FORM
from surveys.questionnaire import Anonymity
from tests.kit.forms import NOW, register

SECRET = bytes(range(32))
ANSWERS = {number: number % 3 == 0 for number in range(1, 85)}
ALL_NO = dict.fromkeys(ANSWERS, False)


def opened_screening(
    conn: sqlite3.Connection,
    *,
    scope: Scope = REGION,
    key: str = "screening",
    days: int = 30,
    now: datetime = NOW,
) -> Campaign:
    """A screening open since an hour before `now`."""
    screening_wordings.publish_own(conn, now=now)
    form = publishing.published_version(conn, FORM)
    author = conn.execute("SELECT min(id) FROM people").fetchone()[0] or register(conn, 900_000)
    assert form is not None
    return campaigns.open_campaign(
        conn,
        form,
        subject="Осень",
        anonymity=Anonymity.NAMED,  # whatever is asked for, it becomes an anonymous one
        audience=Audience(),
        scope=scope,
        opens_at=now.astimezone(UTC) - timedelta(hours=1),
        closes_at=now.astimezone(UTC) + timedelta(days=days),
        author=author,
        request_key=key,
        now=now,
    )


def begun(
    conn: sqlite3.Connection,
    campaign: Campaign,
    person: int,
    answers: Mapping[int, bool] = ANSWERS,
    *,
    service: str = "3-9",
    now: datetime = NOW,
) -> int:
    """A draft with these answers; its id."""
    draft = screening.begin(conn, campaign.id, person, version="screening-2", now=now).draft
    assert draft is not None
    screening.describe(conn, draft.id, person, service=service, now=now)
    for item, yes in sorted(answers.items()):
        screening.record(conn, draft.id, person, item, yes=yes, now=now)
    return draft.id


def submitted(
    conn: sqlite3.Connection,
    campaign: Campaign,
    person: int,
    answers: Mapping[int, bool] = ANSWERS,
    *,
    secret: bytes = SECRET,
    service: str = "3-9",
    now: datetime = NOW,
) -> str:
    """A form taken to its end; its private code."""
    draft = begun(conn, campaign, person, answers, service=service, now=now)
    ready = screening.ready(conn, draft, person, now=now)
    assert isinstance(ready, Ready)
    done = screening_sealing.seal(conn, draft, person, secret, answer_buttons="za1", now=now)
    assert done
    return ready.code
