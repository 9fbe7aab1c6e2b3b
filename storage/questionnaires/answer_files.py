"""Files that people give as answers: recorded with the answer, dropped when nothing names them.

The answer says where its file lies and what it is called; a row here ties the file to the
response, so that it goes with it. What was sent keeps its file until something else is sent.
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.people import people
from storage.people.people import Person
from storage.questionnaires import answering, responses, steps
from storage.questionnaires.campaigns import Campaign
from storage.questionnaires.responses import Response
from storage.questionnaires.steps import Outcome
from storage.scopes import Scope, within
from storage.times import moment
from surveys.answers import FileAnswer, is_file
from surveys.engine import Ask
from surveys.questionnaire import Upload
from surveys.tasks import Content


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file that was stored and is to be an answer; `kind` is how Telegram sends it again."""

    stored_name: str
    kind: Content
    file_id: str
    name: str
    size: int
    album: str | None = None


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file of a sent response, for whoever may read it."""

    person: Person
    item: str
    answer: FileAnswer
    submitted_at: datetime


def awaited(response: Response, message_id: int, now: datetime) -> Upload | None:
    """The item whose answer this message's file would be; None if no file is asked for."""
    step = response.step(now)
    if not isinstance(step, Ask) or not isinstance(step.item, Upload):
        return None
    return None if steps.taken_before(response, message_id) else step.item


def of_album(conn: sqlite3.Connection, response_id: int, album: str) -> bool:
    """Whether a file of this album is an answer already: of several, one is meant."""
    row = conn.execute(
        "SELECT 1 FROM answer_files WHERE response_id = ? AND album = ?", (response_id, album)
    ).fetchone()
    return row is not None


def record(
    conn: sqlite3.Connection,
    response_id: int,
    person_id: int,
    file: GivenFile,
    *,
    message_id: int,
    now: datetime,
) -> Outcome:
    """Take a file as the answer to the item that is shown; a message is taken once."""

    def keep(response: Response, item: str) -> None:
        conn.execute(
            "INSERT INTO answer_files (stored_name, response_id, item, kind, file_id, album)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (stored_name) DO NOTHING",
            (file.stored_name, response.id, item, file.kind.value, file.file_id, file.album),
        )

    answer = FileAnswer(file=file.stored_name, name=file.name, size=file.size)
    outcome = answering.record_file(
        conn, response_id, person_id, answer, message_id=message_id, now=now, keep=keep
    )
    responses.prune_files(conn, response_id)
    return outcome


def find(conn: sqlite3.Connection, response_id: int, person_id: int, item: str) -> GivenFile | None:
    """The person's own file at an item: as it is now, else as it was sent."""
    response = responses.find(conn, response_id, person_id)
    if response is None:
        return None
    given = response.answers.get(item) or responses.submission(conn, response_id).get(item)
    if given is None or not is_file(given):
        return None
    row = conn.execute(
        "SELECT * FROM answer_files WHERE stored_name = ? AND response_id = ?",
        (given["file"], response_id),
    ).fetchone()
    if row is None:
        return None
    kind = Content(row["kind"])
    return GivenFile(given["file"], kind, row["file_id"], given["name"], given["size"])


def sent(conn: sqlite3.Connection, campaign: Campaign, scopes: Iterable[Scope]) -> list[SentFile]:
    """Every file of the campaign's sent responses within these scopes, by place and name.

    None of an anonymous campaign: it has none.
    """
    if campaign.anonymous:
        return []
    condition, arguments = within(scopes, "p.municipality")
    rows = conn.execute(
        "SELECT r.person_id, r.submission, r.submitted_at FROM responses r"  # noqa: S608 - the condition is ours
        " JOIN people p ON p.id = r.person_id"
        f" WHERE r.campaign_id = ? AND r.submitted_at IS NOT NULL AND {condition}"
        " AND EXISTS (SELECT 1 FROM answer_files f WHERE f.response_id = r.id)"
        " ORDER BY p.municipality, p.surname, p.first_name, r.id",
        (campaign.id, *arguments),
    ).fetchall()
    found = []
    for row in rows:
        person = people.by_id(conn, row["person_id"])  # within the scopes, as selected
        if person is None:
            continue
        for item, answer in json.loads(row["submission"]).items():
            if is_file(answer):
                found.append(SentFile(person, item, answer, moment(row["submitted_at"])))
    return found
