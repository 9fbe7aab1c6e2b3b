"""Responses: one person's answers in one campaign, and where the person stands in it.

An unfinished response keeps one row of `answers` per item, so every tap is on the disk at once and
the step is derived from the rows. What was sent is one JSON value (see the schema).
"""

import json
import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

import orjson

from storage import audiences
from storage.questionnaires import campaigns
from storage.questionnaires.campaigns import Campaign, Phase
from storage.times import moment, stored
from surveys import engine
from surveys.answers import Answer, is_file
from surveys.applicability import Walk
from surveys.engine import Step
from surveys.questionnaire import Calculate, Note, Questionnaire

STILL_HERE = timedelta(hours=12)
"""After a closing, how long a message may still have been meant as an answer."""


@dataclass(frozen=True, slots=True)
class Response:
    """A response as it stands.

    `answers` are given; `drafts` are being ticked or wait for own words, and count for nothing
    until confirmed. `editing`: it was sent and is being changed; what was sent stands until it is
    sent again. `last_typed` is the id of the newest message that was taken as an answer.
    """

    id: int
    person_id: int
    campaign: Campaign
    questionnaire: Questionnaire
    answers: dict[str, Answer]
    drafts: dict[str, Answer]
    touched_at: datetime
    submitted_at: datetime | None
    editing: bool
    paused: bool
    at_item: str | None
    misses: int
    message_id: int | None
    last_typed: int | None

    @property
    def sent(self) -> bool:
        """Sent, and not being changed."""
        return self.submitted_at is not None and not self.editing

    def step(self, now: datetime) -> Step:
        """What to show: the item being changed, else the first without an answer."""
        return self.step_on(self.walk(now))

    def walk(self, now: datetime) -> Walk:
        """The questionnaire walked through with the answers."""
        return engine.walk(self.questionnaire, self.answers, now=now)

    def step_on(self, walked: Walk) -> Step:
        """`step`, where `walk` is at hand already."""
        if self.at_item is not None:
            return engine.step_on(walked, self.at_item, seed=self.id)
        return engine.next_on(walked, seed=self.id)


class Entry(StrEnum):
    """What came of wanting to answer a campaign."""

    STARTED = "started"  # a new response
    CONTINUED = "continued"
    SENT = "sent"  # already sent; a named response comes with it
    BUSY = "busy"  # another questionnaire is under way; it comes with it
    PLANNED = "planned"
    CLOSED = "closed"
    NOT_INVITED = "not_invited"  # the person is not of its audience
    GONE = "gone"  # no such campaign
    SCREENING = "screening"  # taken by storage.screening, never as a response


@dataclass(frozen=True, slots=True)
class Entered:
    """`response` is the started or continued one; for SENT the sent one, for BUSY the other."""

    entry: Entry
    campaign: Campaign | None = None
    response: Response | None = None


def start_or_continue(
    conn: sqlite3.Connection,
    campaign_id: int,
    person_id: int,
    *,
    now: datetime,
    leave_other: bool = False,
) -> Entered:
    """Begin or go on answering; with `leave_other` another one under way is paused, not lost."""
    found = peek(conn, campaign_id, person_id, now=now)
    if found.entry not in (Entry.STARTED, Entry.CONTINUED):
        return found
    if found.campaign is not None and found.campaign.screening:
        return Entered(Entry.SCREENING, found.campaign)
    other = active(conn, person_id, now=now)
    if other is not None and other.campaign.id != campaign_id and not leave_other:
        return Entered(Entry.BUSY, found.campaign, other)
    if found.response is None:
        _create(conn, campaign_id, person_id, now=now)
    own = _of_person(conn, campaign_id, person_id)
    assert own is not None  # noqa: S101 - made two lines above, in the same transaction
    make_active(conn, own, now=now)
    return Entered(found.entry, found.campaign, find(conn, own.id, person_id))


def peek(conn: sqlite3.Connection, campaign_id: int, person_id: int, *, now: datetime) -> Entered:
    """What wanting to answer would come to, without beginning: STARTED has no response yet."""
    campaign = campaigns.find(conn, campaign_id)
    if campaign is None:
        return Entered(Entry.GONE)
    own = _of_person(conn, campaign_id, person_id)
    if (own is not None and own.sent) or took_part(conn, campaign_id, person_id):
        return Entered(Entry.SENT, campaign, own)
    phase = campaign.phase(now)
    if phase is not Phase.OPEN:
        return Entered(Entry.PLANNED if phase is Phase.PLANNED else Entry.CLOSED, campaign)
    if own is not None:
        return Entered(Entry.CONTINUED, campaign, own)
    if not audiences.includes(conn, campaign.audience, campaign.scope, person_id):
        return Entered(Entry.NOT_INVITED, campaign)
    return Entered(Entry.STARTED, campaign)


def find(conn: sqlite3.Connection, response_id: int, person_id: int) -> Response | None:
    """The person's own response; None if it is erased or somebody else's."""
    row = conn.execute(
        "SELECT * FROM responses WHERE id = ? AND person_id = ?", (response_id, person_id)
    ).fetchone()
    return None if row is None else _response(conn, row)


def active(conn: sqlite3.Connection, person_id: int, *, now: datetime) -> Response | None:
    """The one response that what this person types belongs to: open, not sent, not paused."""
    row = conn.execute(
        "SELECT r.* FROM responses r JOIN campaigns c ON c.id = r.campaign_id"
        " WHERE r.person_id = :person AND r.paused = 0"
        " AND (r.submitted_at IS NULL OR r.editing = 1)"
        " AND c.opens_at <= :now AND :now < c.closes_at ORDER BY r.touched_at DESC, r.id DESC",
        {"person": person_id, "now": stored(now)},
    ).fetchone()
    return None if row is None else _response(conn, row)


def typed_into(conn: sqlite3.Connection, person_id: int, *, now: datetime) -> Response | None:
    """The response that a message of this person is meant for: the active one.

    Or the one that was being answered when its campaign closed: they are to be told once.
    """
    found = active(conn, person_id, now=now)
    if found is not None:
        return found
    row = conn.execute(
        "SELECT r.* FROM responses r JOIN campaigns c ON c.id = r.campaign_id"
        " WHERE r.person_id = ? AND r.paused = 0 AND (r.submitted_at IS NULL OR r.editing = 1)"
        " AND c.closes_at BETWEEN ? AND ? ORDER BY r.touched_at DESC, r.id DESC",
        (person_id, stored(now - STILL_HERE), stored(now)),
    ).fetchone()
    return None if row is None else _response(conn, row)


def took_part(conn: sqlite3.Connection, campaign_id: int, person_id: int) -> bool:
    """Whether the register of an anonymous campaign names this person."""
    row = conn.execute(
        "SELECT 1 FROM participations WHERE campaign_id = ? AND person_id = ?",
        (campaign_id, person_id),
    ).fetchone()
    return row is not None


@dataclass(frozen=True, slots=True)
class Mine:
    """What /surveys shows a person; nearest closing first, sent ones newest first."""

    to_answer: list[Campaign]
    unfinished: list[Response]
    sent: list[tuple[Campaign, Response | None]]
    """With the response of a named campaign; None for an anonymous one, where none is kept."""


def mine(conn: sqlite3.Connection, person_id: int, *, now: datetime) -> Mine:
    """The person's questionnaires, by the same rules that invitations are sent by."""
    rows = conn.execute("SELECT * FROM responses WHERE person_id = ?", (person_id,)).fetchall()
    own = [_response(conn, row) for row in rows]
    begun = {response.campaign.id for response in own}
    secret = {
        row["campaign_id"]
        for row in conn.execute(
            "SELECT campaign_id FROM participations WHERE person_id = ?", (person_id,)
        )
    }
    to_answer = [
        campaign
        for campaign in campaigns.running(conn, now)
        if campaign.id not in begun | secret
        and audiences.includes(conn, campaign.audience, campaign.scope, person_id)
    ]
    unfinished = [
        response
        for response in own
        if not response.sent and response.campaign.phase(now) is Phase.OPEN
    ]
    sent: list[tuple[Campaign, Response | None]] = [
        (response.campaign, response)
        for response in own
        if response.submitted_at is not None and not response.campaign.trial
    ]
    sent += [(one, None) for id_ in secret if (one := campaigns.find(conn, id_)) is not None]
    return Mine(
        to_answer,
        sorted(unfinished, key=lambda response: response.campaign.closes_at),
        sorted(sent, key=lambda pair: pair[0].id, reverse=True),
    )


def make_active(conn: sqlite3.Connection, response: Response, *, now: datetime) -> Response:
    """What the person types belongs to this response from now on; any other one is paused.

    Returns the response as it then stands.
    """
    touched = stored(now)
    conn.execute(
        "UPDATE responses SET paused = (id <> :id),"
        " misses = CASE id WHEN :id THEN misses ELSE 0 END,"
        " touched_at = CASE id WHEN :id THEN :now ELSE touched_at END WHERE person_id = :person",
        {"id": response.id, "person": response.person_id, "now": touched},
    )
    return replace(response, paused=False, touched_at=moment(touched))


def pause(conn: sqlite3.Connection, response_id: int, person_id: int) -> Response | None:
    """Stop taking what the person types as answers; everything given stays."""
    conn.execute(
        "UPDATE responses SET paused = 1, misses = 0 WHERE id = ? AND person_id = ?",
        (response_id, person_id),
    )
    return find(conn, response_id, person_id)


def remember_message(
    conn: sqlite3.Connection, response_id: int, person_id: int, message_id: int
) -> None:
    """Which message of the chat shows this response: the one to edit."""
    conn.execute(
        "UPDATE responses SET message_id = ? WHERE id = ? AND person_id = ?",
        (message_id, response_id, person_id),
    )


def reopen(
    conn: sqlite3.Connection, response_id: int, person_id: int, *, now: datetime
) -> Response | None:
    """Let a sent named response be changed until the closing; None if that is not allowed.

    What was sent stands, and is what reports read, until it is sent again.
    """
    response = find(conn, response_id, person_id)
    if (
        response is None
        or response.submitted_at is None
        or not response.campaign.lets_edit(response.questionnaire)
        or response.campaign.phase(now) is not Phase.OPEN
    ):
        return None
    if not response.editing:
        asked = {
            item.name: isinstance(item, Note)
            for item in response.questionnaire.items
            if not isinstance(item, Calculate)
        }
        given = submission(conn, response_id)
        kept = {name: given.get(name) for name, note in asked.items() if note or name in given}
        conn.executemany(
            "INSERT INTO answers (response_id, item, value) VALUES (?, ?, ?)"
            " ON CONFLICT (response_id, item) DO UPDATE SET value = excluded.value, final = 1",
            [(response_id, name, dumped(answer)) for name, answer in kept.items()],
        )
        conn.execute(
            "UPDATE responses SET editing = 1, at_item = NULL WHERE id = ?", (response_id,)
        )
    make_active(conn, response, now=now)
    return find(conn, response_id, person_id)


def discard(conn: sqlite3.Connection, response_id: int, person_id: int) -> bool:
    """Erase an unfinished response, or forget the unsent changes of a sent one.

    False if there was nothing to discard (it is sent, or gone).
    """
    response = find(conn, response_id, person_id)
    if response is None or response.sent:
        return False
    if response.submitted_at is None:
        conn.execute("DELETE FROM responses WHERE id = ?", (response_id,))
    else:
        conn.execute("DELETE FROM answers WHERE response_id = ?", (response_id,))
        prune_files(conn, response_id)
        conn.execute(
            "UPDATE responses SET editing = 0, at_item = NULL, misses = 0 WHERE id = ?",
            (response_id,),
        )
    return True


def submission(conn: sqlite3.Connection, response_id: int) -> dict[str, Answer]:
    """The answers as last sent, by item, in asking order; {} if nothing was."""
    row = conn.execute("SELECT submission FROM responses WHERE id = ?", (response_id,)).fetchone()
    found: dict[str, Answer] = json.loads(row["submission"] or "{}") if row is not None else {}
    return found


def prune_files(conn: sqlite3.Connection, response_id: int) -> None:
    """Drop the files that neither the answers nor what was sent name any more."""
    rows = conn.execute("SELECT value FROM answers WHERE response_id = ?", (response_id,))
    now_given = [json.loads(row["value"]) for row in rows]
    kept = {
        answer["file"]
        for answer in (*now_given, *submission(conn, response_id).values())
        if is_file(answer)
    }
    conn.execute(
        "DELETE FROM answer_files WHERE response_id = ?"
        " AND stored_name NOT IN (SELECT value FROM json_each(?))",
        (response_id, json.dumps(sorted(kept))),
    )


def dumped(answer: object) -> str:
    """JSON as the store keeps it: readable Russian, no blanks."""
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))


def _create(conn: sqlite3.Connection, campaign_id: int, person_id: int, *, now: datetime) -> None:
    conn.execute(
        "INSERT INTO invitees (campaign_id, person_id, invited_at) VALUES (?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        (campaign_id, person_id, stored(now)),
    )
    conn.execute(
        "INSERT INTO responses (campaign_id, person_id, started_at, touched_at)"
        " VALUES (?, ?, ?, ?)",
        (campaign_id, person_id, stored(now), stored(now)),
    )


def _of_person(conn: sqlite3.Connection, campaign_id: int, person_id: int) -> Response | None:
    row = conn.execute(
        "SELECT * FROM responses WHERE campaign_id = ? AND person_id = ?", (campaign_id, person_id)
    ).fetchone()
    return None if row is None else _response(conn, row)


def _response(conn: sqlite3.Connection, row: sqlite3.Row) -> Response:
    asked = campaigns.with_questionnaire(conn, row["campaign_id"])
    assert asked is not None  # noqa: S101 - a foreign key says so
    campaign, questionnaire = asked
    answers: dict[str, Answer] = {}
    drafts: dict[str, Answer] = {}
    for item, value, final in conn.execute(
        "SELECT item, value, final FROM answers WHERE response_id = ?", (row["id"],)
    ):
        (answers if final else drafts)[item] = orjson.loads(value)
    return Response(
        id=row["id"],
        person_id=row["person_id"],
        campaign=campaign,
        questionnaire=questionnaire,
        answers=answers,
        drafts=drafts,
        touched_at=moment(row["touched_at"]),
        submitted_at=moment(row["submitted_at"]),
        editing=bool(row["editing"]),
        paused=bool(row["paused"]),
        at_item=row["at_item"],
        misses=row["misses"],
        message_id=row["message_id"],
        last_typed=row["last_typed"],
    )
