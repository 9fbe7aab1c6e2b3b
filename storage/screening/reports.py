"""What the group report of a screening needs, read from a copy of the database."""

import sqlite3
from dataclasses import dataclass

from storage.questionnaires import campaigns
from storage.questionnaires.campaigns import Campaign
from storage.screening import sealing as screening_sealing
from storage.screening import setup as screening_setup
from storage.times import stored
from surveys.boyko_form import FORM
from surveys.screening_groups import Summary


@dataclass(frozen=True, slots=True)
class Gathered:
    """The frozen summaries of this screening and the last one; headcounts as they stand."""

    summary: Summary
    earlier: Summary | None
    heads: dict[tuple[str, str], int]


def gather(conn: sqlite3.Connection, campaign: Campaign) -> Gathered | None:
    """None while the screening is not closed and settled: until then there is nothing to tell."""
    summary = screening_sealing.summary_of(conn, campaign.id)
    if summary is None:
        return None
    row = conn.execute(
        "SELECT id FROM campaigns WHERE questionnaire_id = ? AND settled = 1 AND scope_kind = ?"
        " AND scope_ref = ? AND closes_at <= ? AND id <> ? ORDER BY closes_at DESC LIMIT 1",
        (
            FORM,
            campaign.scope.kind.value,
            campaign.scope.ref,
            stored(campaign.opens_at),
            campaign.id,
        ),
    ).fetchone()
    before = None if row is None else campaigns.find(conn, row["id"])
    return Gathered(
        summary,
        None if before is None else screening_sealing.summary_of(conn, before.id),
        screening_setup.headcounts(conn),
    )
