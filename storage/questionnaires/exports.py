"""What the reports need of a campaign, read from a copy of the database in another process."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage.questionnaires import campaigns, overseeing
from storage.questionnaires.campaigns import Campaign
from storage.scopes import (
    PERSON_PLACE,
    REGION,
    Scope,
    municipalities_in,
    organisations_in,
    within,
)
from storage.times import moment, stored
from surveys.answers import Answer
from surveys.questionnaire import Questionnaire

CHUNK = 500
"""Responses held in memory at once."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A campaign as a report needs it.

    `invited` counts people of the whole campaign by municipality; `municipalities` are those whose
    figures the reader may see, None for all (what is hidden is decided over the whole campaign).
    `rows` are the scopes that `responses` must be read with.
    """

    campaign: Campaign
    questionnaire: Questionnaire
    invited: dict[str, int]
    municipalities: frozenset[str] | None
    rows: tuple[Scope, ...] = (REGION,)


@dataclass(frozen=True, slots=True)
class ExportedResponse:
    """A sent response; of an anonymous one only the declared cells are known."""

    answers: dict[str, Answer]
    municipality: str | None
    organisation: str | None
    position: str | None
    community: str | None = None
    surname: str | None = None
    first_name: str | None = None
    patronymic: str | None = None
    submitted_at: datetime | None = None


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A copy made by `Database.copy_to`, read-only."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as conn:
        conn.row_factory = sqlite3.Row
        yield conn


def describe(
    conn: sqlite3.Connection, campaign_id: int, scopes: Iterable[Scope]
) -> Exported | None:
    """The campaign if anything of it lies within these scopes, else None."""
    wide = tuple(scopes)
    seen = overseeing.find_for_staff(conn, campaign_id, wide)
    if seen is None:
        return None
    campaign = seen.campaign
    # Of another's campaign the coordinator of an organisation sees its own rows if it is named, and
    # nothing if it is anonymous: what is hidden there is decided by municipality.
    own = bool(organisations_in(conn, wide)) and not seen.manages and not campaign.anonymous
    read_with = wide if own else (REGION,)
    condition, arguments = within(read_with, *PERSON_PLACE)
    rows = conn.execute(
        "SELECT coalesce(p.municipality, '') AS municipality, count(*) AS people"  # noqa: S608 - the condition is ours
        " FROM invitees i JOIN people p ON p.id = i.person_id"
        f" WHERE i.campaign_id = ? AND {condition} GROUP BY 1",
        (campaign.id, *arguments),
    )
    return Exported(
        campaign,
        campaigns.questionnaire_of(conn, campaign),
        {row["municipality"]: row["people"] for row in rows},
        None if seen.manages or own else municipalities_in(conn, wide),
        read_with,
    )


def of_questionnaire(
    conn: sqlite3.Connection, questionnaire_id: str, scopes: Iterable[Scope], now: datetime
) -> list[Exported]:
    """The named campaigns of a questionnaire that have begun, the oldest first, one by one.

    None of the anonymous ones: a sum over several beside each of them would show, by subtraction,
    the small groups that each hides.
    """
    wide = tuple(scopes)
    rows = conn.execute(
        "SELECT id FROM campaigns WHERE questionnaire_id = ? AND anonymity = 'named'"
        " AND trial = 0 AND opens_at <= ? ORDER BY opens_at, id",
        (questionnaire_id, stored(now)),
    ).fetchall()
    found = (describe(conn, row["id"], wide) for row in rows)
    return [one for one in found if one is not None]


def all_campaigns(conn: sqlite3.Connection) -> list[int]:
    """The ids of every campaign, oldest first: for whoever holds the server."""
    return [row[0] for row in conn.execute("SELECT id FROM campaigns WHERE trial = 0 ORDER BY id")]


def responses(
    conn: sqlite3.Connection, campaign: Campaign, scopes: Iterable[Scope] = (REGION,)
) -> Iterator[ExportedResponse]:
    """Every sent response of the campaign, in chunks: named ones by municipality and name.

    The report of an anonymous campaign needs all of them, whatever its reader may see (see
    `Exported.municipalities`); named ones are those of people within the scopes.
    """
    if campaign.anonymous:
        yield from _sealed(conn, campaign)
    else:
        yield from _named(conn, campaign, scopes)


def _sealed(conn: sqlite3.Connection, campaign: Campaign) -> Iterator[ExportedResponse]:
    rows = conn.execute(
        "SELECT cells, answers FROM sealed_responses WHERE campaign_id = ? ORDER BY key",
        (campaign.id,),
    )
    while chunk := rows.fetchmany(CHUNK):
        for row in chunk:
            cells = json.loads(row["cells"])
            yield ExportedResponse(
                json.loads(row["answers"]),
                cells.get("municipality"),
                cells.get("organisation"),
                cells.get("position"),
            )


def _named(
    conn: sqlite3.Connection, campaign: Campaign, scopes: Iterable[Scope]
) -> Iterator[ExportedResponse]:
    condition, arguments = within(scopes, *PERSON_PLACE)
    # Sorting the ids alone: SQLite would otherwise hold every answer in memory to sort the rows.
    ids = [
        row[0]
        for row in conn.execute(
            "SELECT r.id FROM responses r JOIN people p ON p.id = r.person_id"  # noqa: S608 - the condition is ours
            f" WHERE r.campaign_id = ? AND r.submitted_at IS NOT NULL AND {condition}"
            " ORDER BY p.municipality, p.surname, p.first_name, r.id",
            (campaign.id, *arguments),
        )
    ]
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        rows = conn.execute(
            "SELECT r.id, r.submission, r.submitted_at, p.municipality, o.name AS organisation,"
            " p.position, p.community, p.surname, p.first_name, p.patronymic"
            " FROM responses r JOIN people p ON p.id = r.person_id"
            " LEFT JOIN organisations o ON o.id = p.organisation_id"
            " WHERE r.id IN (SELECT value FROM json_each(?))",
            (json.dumps(chunk),),
        )
        found = {row["id"]: row for row in rows}
        for row in (found[id_] for id_ in chunk):
            yield ExportedResponse(
                json.loads(row["submission"]),
                row["municipality"],
                row["organisation"],
                row["position"],
                row["community"],
                row["surname"],
                row["first_name"],
                row["patronymic"],
                moment(row["submitted_at"]),
            )
