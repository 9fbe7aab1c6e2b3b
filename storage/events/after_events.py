"""When a meeting has ended: its questionnaire opens by itself, reminds twice, and closes.

It is for those who came. Where nobody was marked when check-in closes, for those who said they
would come. Whoever is marked later is asked later: the audience grows with the list.
"""

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta

from storage.audiences import Audience
from storage.events import attending
from storage.events.attending import Choice
from storage.events.events import AROUND, MEETING, Meeting, meeting_of
from storage.questionnaires import campaigns, forms, inviting, publishing
from storage.times import stored
from surveys.questionnaire import Anonymity, Questionnaire

QUESTIONNAIRE = "event_satisfaction"

STALE = timedelta(days=14)
"""After so long nobody is asked any more how it was: the bot was down, or the day named late."""


def plan(conn: sqlite3.Connection, subject_of: Callable[[Meeting], str], *, now: datetime) -> int:
    """Open what is to be opened, let audiences grow, nudge; how many things were done.

    `subject_of` words what is asked about («Семинар, 24 ноября»).
    """
    rows = conn.execute(
        f"{MEETING} WHERE o.survey_settled = 0 AND o.ends_at <= ? ORDER BY o.id", (stored(now),)
    ).fetchall()
    done = sum(_settle(conn, meeting_of(row), subject_of, now) for row in rows)
    open_now = conn.execute(
        f"{MEETING} JOIN campaigns c ON c.id = o.campaign_id"
        " WHERE c.opens_at <= ?1 AND c.closes_at > ?1 ORDER BY o.id",
        (stored(now),),
    ).fetchall()
    for row in open_now:
        meeting = meeting_of(row)
        done += _grow(conn, meeting) + _nudge(conn, meeting, now)
    return done


def belongs_to(conn: sqlite3.Connection, occurrence_id: int, campaign_id: int) -> None:
    """A questionnaire that was opened by other means is the one after this meeting."""
    conn.execute(
        "UPDATE occurrences SET survey_settled = 1, campaign_id = ? WHERE id = ?",
        (campaign_id, occurrence_id),
    )


def _settle(
    conn: sqlite3.Connection,
    meeting: Meeting,
    subject_of: Callable[[Meeting], str],
    now: datetime,
) -> int:
    assert meeting.ends_at is not None  # noqa: S101 - selected so
    asked: tuple[int, ...] = ()
    gone = meeting.cancelled or meeting.withdrawn or meeting.survey_days == 0
    if not gone and now < meeting.ends_at + STALE:
        asked = tuple(sorted(attending.attended(conn, meeting.id)))
        if not asked:
            if now < meeting.ends_at + AROUND:
                return 0  # people may still check in
            seated, _ = attending.seated(conn, meeting.id)
            online = attending.saying(conn, meeting.id, Choice.ONLINE)
            asked = tuple(sorted({*seated, *online}))
    campaign = _open(conn, meeting, asked, subject_of(meeting), now) if asked else None
    if campaign is not None:
        belongs_to(conn, meeting.id, campaign)
    else:
        conn.execute("UPDATE occurrences SET survey_settled = 1 WHERE id = ?", (meeting.id,))
    return 1


def _open(
    conn: sqlite3.Connection,
    meeting: Meeting,
    people: tuple[int, ...],
    subject: str,
    now: datetime,
) -> int | None:
    form = questionnaire_after(conn, meeting)
    if form is None:
        return None
    files = publishing.file_items(form)
    return campaigns.open_campaign(
        conn,
        form,
        subject=subject,
        anonymity=Anonymity.NAMED if files else form.anonymity,
        audience=Audience(people=people),
        scope=meeting.scope,
        opens_at=now,
        closes_at=now + timedelta(days=meeting.survey_days),
        author=None,
        request_key=f"event:{meeting.id}",
        now=now,
    ).id


def questionnaire_after(conn: sqlite3.Connection, meeting: Meeting) -> Questionnaire | None:
    """What is asked after this meeting, in its newest version.

    The chosen one as long as it may be used on the meeting's territory, else the bot's own.
    """
    if meeting.survey_form is not None:
        known = forms.find(conn, meeting.survey_form, (meeting.scope,))
        if known is not None:
            return known.questionnaire
    return publishing.published_version(conn, QUESTIONNAIRE)


def _grow(conn: sqlite3.Connection, meeting: Meeting) -> int:
    """Whoever was marked since is asked too."""
    campaign = None if meeting.campaign_id is None else campaigns.find(conn, meeting.campaign_id)
    if campaign is None:
        return 0
    known = set(campaign.audience.people)
    came = set(attending.attended(conn, meeting.id))
    if came <= known:
        return 0
    audience = Audience(people=tuple(sorted(known | came)))
    conn.execute(
        "UPDATE campaigns SET audience = ? WHERE id = ?",
        (audience.model_dump_json(), campaign.id),
    )
    return 1


def _nudge(conn: sqlite3.Connection, meeting: Meeting, now: datetime) -> int:
    campaign = None if meeting.campaign_id is None else campaigns.find(conn, meeting.campaign_id)
    if campaign is None:
        return 0
    return inviting.nudge(conn, campaign, (campaign.scope,), now=now)
