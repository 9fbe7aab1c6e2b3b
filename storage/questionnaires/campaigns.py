"""Campaigns: a version of a questionnaire opened for an audience for a time."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from storage.audiences import Audience
from storage.audit import By, Deed, record
from storage.questionnaires.publishing import CannotPublishError, file_items, parsed, publish
from storage.scopes import Scope, ScopeKind
from storage.times import moment, stored
from surveys import screening_groups, suppression
from surveys.boyko_form import FORM
from surveys.questionnaire import Anonymity, Questionnaire


class Phase(StrEnum):
    """Where a campaign is in its life at a given moment."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class Cell(StrEnum):
    """A group that an anonymous answer may keep, if declared before the opening."""

    MUNICIPALITY = "municipality"
    ORGANISATION = "organisation"
    POSITION = "position"
    SERVICE = "service"  # length of service; asked in a screening only


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign as stored; moments are aware UTC.

    `title` is the questionnaire's, `subject` what it is asked about («Семинар 24 ноября»).
    Whoever is nudged has had no message of this campaign for `nudge_gap`, at most `nudges_max`
    times.
    """

    id: int
    questionnaire_id: str
    questionnaire_version: int
    title: str
    subject: str
    anonymity: Anonymity
    cells: tuple[Cell, ...]
    audience: Audience
    scope: Scope
    opens_at: datetime
    closes_at: datetime
    created_by: int | None
    nudges_max: int
    nudge_gap: timedelta
    trial: bool = False
    """Somebody tries the questionnaire out (`trials` beside this): no list or report has it."""
    editable: bool | None = None
    """Whether sent answers may be changed, where the opener decided; None: as the form says."""

    def phase(self, now: datetime) -> Phase:
        """The closing moment itself is already closed."""
        if now < self.opens_at:
            return Phase.PLANNED
        return Phase.OPEN if now < self.closes_at else Phase.CLOSED

    @property
    def anonymous(self) -> bool:
        """Whether answers are cut from the person on submit."""
        return self.anonymity is Anonymity.ANONYMOUS

    def lets_edit(self, form: Questionnaire) -> bool:
        """Whether what was sent may be changed until the closing. Never what was cut from people.

        Args:
            form: what the campaign asks.
        """
        wanted = form.editable_after_submit if self.editable is None else self.editable
        return wanted and not self.anonymous

    @property
    def screening(self) -> bool:
        """Whether it is the burnout screening, whose answers go their own way (see screening)."""
        return self.questionnaire_id == FORM

    @property
    def smallest(self) -> int:
        """People in the smallest group that staff see a number of, if it is anonymous."""
        return screening_groups.MINIMUM if self.screening else suppression.MINIMUM


def opened_by(conn: sqlite3.Connection, request_key: str) -> int | None:
    """The campaign that this confirmation has opened, if it has."""
    row = conn.execute("SELECT id FROM campaigns WHERE request_key = ?", (request_key,)).fetchone()
    return None if row is None else int(row["id"])


def questionnaire_of(conn: sqlite3.Connection, campaign: Campaign) -> Questionnaire:
    """What the campaign asks: the version it was opened with."""
    row = conn.execute(
        "SELECT definition FROM questionnaires WHERE id = ? AND version = ?",
        (campaign.questionnaire_id, campaign.questionnaire_version),
    ).fetchone()
    return parsed(row["definition"])


def with_questionnaire(
    conn: sqlite3.Connection, campaign_id: int
) -> tuple[Campaign, Questionnaire] | None:
    """The campaign and what it asks. Runs twice for every answer: one statement by two keys."""
    row = conn.execute(
        _SELECT.format("q.definition") + " WHERE c.id = ?",
        (campaign_id,),
    ).fetchone()
    if row is None:
        return None
    # The title comes from here: SQLite would read the whole JSON for it, every time.
    *columns, definition = row
    form = parsed(definition)
    return _campaign((*columns, form.title)), form


def open_campaign(
    conn: sqlite3.Connection,
    questionnaire: Questionnaire,
    *,
    subject: str,
    anonymity: Anonymity,
    audience: Audience,
    scope: Scope,
    opens_at: datetime,
    closes_at: datetime,
    author: int | None,
    request_key: str,
    now: datetime,
    cells: Iterable[Cell] = (Cell.MUNICIPALITY,),
    editable: bool | None = None,
) -> Campaign:
    """Publish the version and open it; the same `request_key` again returns the same campaign.

    `scope` is the author's: nobody outside it is ever invited, whatever `audience` says.
    `editable` is whether sent answers may be changed; None leaves it to the questionnaire.

    Raises:
        CannotPublishError: the questionnaire cannot be asked.
        ValueError: it would close before it opens.
    """
    if closes_at <= opens_at:
        message = "a campaign closes after it opens"
        raise ValueError(message)
    if questionnaire.id == FORM:  # whatever was asked for: a health record has one mode only
        anonymity, cells = Anonymity.ANONYMOUS, tuple(Cell)
    if anonymity is Anonymity.ANONYMOUS and (files := file_items(questionnaire)):
        raise CannotPublishError(questionnaire.id, items=files)
    publish(conn, questionnaire, now=now)
    made = conn.execute(
        "INSERT INTO campaigns (questionnaire_id, questionnaire_version, subject, anonymity, cells,"
        " audience, scope_kind, scope_ref, opens_at, closes_at, created_by, created_at,"
        " request_key, editable) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (request_key) DO NOTHING",
        (
            questionnaire.id,
            questionnaire.version,
            subject,
            anonymity.value,
            json.dumps([cell.value for cell in cells]),
            audience.model_dump_json(),
            scope.kind.value,
            scope.ref,
            stored(opens_at),
            stored(closes_at),
            author,
            stored(now),
            request_key,
            editable,
        ),
    )
    row = conn.execute(f"{_TITLED} WHERE c.request_key = ?", (request_key,)).fetchone()
    campaign = _campaign(tuple(row))
    if made.rowcount:
        after = {
            "questionnaire": questionnaire.id,
            "anonymity": anonymity.value,
            "kind": scope.kind.value,
            "ref": scope.ref,
            "from": stored(opens_at),
            "until": stored(closes_at),
        }
        thing = f"campaign:{campaign.id}"
        by = None if author is None else By(author, now)  # what the bot opens is nobody's deed
        record(conn, by, Deed.CAMPAIGN_OPENED, object=thing, after=after)
    return campaign


def find(conn: sqlite3.Connection, campaign_id: int) -> Campaign | None:
    """The campaign, for the bot's own work; what staff see goes through `overseeing`."""
    row = conn.execute(f"{_TITLED} WHERE c.id = ?", (campaign_id,)).fetchone()
    return None if row is None else _campaign(tuple(row))


def every(conn: sqlite3.Connection) -> list[Campaign]:
    """Every campaign, the oldest first: for whoever sums them up."""
    return [
        _campaign(tuple(row)) for row in conn.execute(f"{_TITLED} WHERE c.trial = 0 ORDER BY c.id")
    ]


def running(conn: sqlite3.Connection, now: datetime) -> list[Campaign]:
    """Every campaign that is open now."""
    rows = conn.execute(
        f"{_TITLED} WHERE c.trial = 0 AND c.opens_at <= :now AND :now < c.closes_at"
        " ORDER BY c.closes_at, c.id",
        {"now": stored(now)},
    )
    return [_campaign(tuple(row)) for row in rows]


_COLUMNS = (
    "id",
    "questionnaire_id",
    "questionnaire_version",
    "subject",
    "anonymity",
    "cells",
    "audience",
    "scope_kind",
    "scope_ref",
    "opens_at",
    "closes_at",
    "created_by",
    "nudges_max",
    "nudge_gap_hours",
    "trial",
    "editable",
)
_LISTED = ", ".join(f"c.{name}" for name in _COLUMNS)
_SELECT = (
    f"SELECT {_LISTED}, {{}} FROM campaigns c JOIN questionnaires q"  # noqa: S608 - names of ours
    " ON q.id = c.questionnaire_id AND q.version = c.questionnaire_version"
)
_TITLED = _SELECT.format("json_extract(q.definition, '$.title')")


@lru_cache(maxsize=256)
def _campaign(values: tuple[Any, ...]) -> Campaign:
    """The campaign of a row of `_COLUMNS` and the title; rows change, what a row says does not."""
    *columns, title = values
    row = dict(zip(_COLUMNS, columns, strict=True))
    return Campaign(
        id=row["id"],
        questionnaire_id=row["questionnaire_id"],
        questionnaire_version=row["questionnaire_version"],
        title=title,
        subject=row["subject"],
        anonymity=Anonymity(row["anonymity"]),
        cells=tuple(Cell(name) for name in json.loads(row["cells"])),
        audience=Audience.model_validate_json(row["audience"]),
        scope=Scope(ScopeKind(row["scope_kind"]), row["scope_ref"]),
        opens_at=moment(row["opens_at"]),
        closes_at=moment(row["closes_at"]),
        created_by=row["created_by"],
        nudges_max=row["nudges_max"],
        nudge_gap=timedelta(hours=row["nudge_gap_hours"]),
        trial=bool(row["trial"]),
        editable=None if row["editable"] is None else bool(row["editable"]),
    )
