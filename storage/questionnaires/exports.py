"""What the reports need of a campaign, read from a copy of the database in another process."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage.questionnaires import campaigns
from storage.questionnaires.campaigns import Campaign
from storage.scopes import Scope, municipalities_of
from storage.times import moment
from surveys.answers import Answer
from surveys.questionnaire import Questionnaire

CHUNK = 500
"""Responses held in memory at once."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A campaign as a report needs it.

    `invited` counts people of the whole campaign by municipality; `municipalities` are those whose
    figures the reader may see, None for all (what is hidden is decided over the whole campaign).
    """

    campaign: Campaign
    questionnaire: Questionnaire
    invited: dict[str, int]
    municipalities: frozenset[str] | None


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
    seen = campaigns.find_for_staff(conn, campaign_id, wide)
    if seen is None:
        return None
    campaign = seen.campaign
    rows = conn.execute(
        "SELECT coalesce(p.municipality, '') AS municipality, count(*) AS people"
        " FROM invitees i JOIN people p ON p.id = i.person_id WHERE i.campaign_id = ? GROUP BY 1",
        (campaign.id,),
    )
    return Exported(
        campaign,
        campaigns.questionnaire_of(conn, campaign),
        {row["municipality"]: row["people"] for row in rows},
        None if seen.manages else _municipalities(conn, wide),
    )


def all_campaigns(conn: sqlite3.Connection) -> list[int]:
    """The ids of every campaign, oldest first: for whoever holds the server."""
    return [row[0] for row in conn.execute("SELECT id FROM campaigns WHERE trial = 0 ORDER BY id")]


def responses(conn: sqlite3.Connection, campaign: Campaign) -> Iterator[ExportedResponse]:
    """Every sent response of the campaign, in chunks: named ones by municipality and name.

    The report needs all of them, whatever its reader may see (see `Exported.municipalities`).
    """
    if campaign.anonymous:
        yield from _sealed(conn, campaign)
    else:
        yield from _named(conn, campaign)


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


def _named(conn: sqlite3.Connection, campaign: Campaign) -> Iterator[ExportedResponse]:
    # Sorting the ids alone: SQLite would otherwise hold every answer in memory to sort the rows.
    ids = [
        row[0]
        for row in conn.execute(
            "SELECT r.id FROM responses r JOIN people p ON p.id = r.person_id"
            " WHERE r.campaign_id = ? AND r.submitted_at IS NOT NULL"
            " ORDER BY p.municipality, p.surname, p.first_name, r.id",
            (campaign.id,),
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


def _municipalities(conn: sqlite3.Connection, scopes: Iterable[Scope]) -> frozenset[str] | None:
    found: set[str] = set()
    for scope in scopes:
        own = municipalities_of(conn, scope)
        if own is None:
            return None
        found |= own
    return frozenset(found)
