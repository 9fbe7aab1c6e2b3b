"""Campaigns that are held again by themselves: each April, twice a year, each quarter.

The next one asks the newest version of the questionnaire, of the same audience in the same mode.
"""

import calendar
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.audit import By, Deed, record
from storage.questionnaires import campaigns, publishing
from storage.questionnaires.campaigns import Campaign
from storage.times import moment, stored

TERMS = (12, 6, 3)
"""Months between two openings."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """How often a campaign is held, and when next."""

    months: int
    next_at: datetime


def of(conn: sqlite3.Connection, campaign_id: int) -> Repeat | None:
    """Whether this campaign is the one that will be held again."""
    row = conn.execute("SELECT * FROM repeats WHERE campaign_id = ?", (campaign_id,)).fetchone()
    return None if row is None else Repeat(row["months"], moment(row["next_at"]))


def repeat(
    conn: sqlite3.Connection,
    campaign: Campaign,
    months: int | None,
    *,
    now: datetime,
    by: By | None = None,
) -> None:
    """Hold it again so many months after its opening, and so on; None: no longer."""
    standing = of(conn, campaign.id)
    if (None if standing is None else standing.months) != months:
        thing, after = f"campaign:{campaign.id}", {"months": months or 0}
        record(conn, by, Deed.CAMPAIGN_REPEATED, object=thing, after=after)
    conn.execute("DELETE FROM repeats WHERE campaign_id = ?", (campaign.id,))
    if months is not None:
        lasts = int((campaign.closes_at - campaign.opens_at).total_seconds())
        following = _following(campaign.opens_at, months, now)
        conn.execute(
            "INSERT INTO repeats (campaign_id, months, lasts, next_at) VALUES (?, ?, ?, ?)",
            (campaign.id, months, max(lasts, 1), stored(following)),
        )


def open_due(conn: sqlite3.Connection, *, now: datetime) -> int:
    """Open what is due; how many. A term that passed while nobody was there is left out."""
    rows = conn.execute("SELECT * FROM repeats WHERE next_at <= ?", (stored(now),)).fetchall()
    return sum(_open(conn, row, now=now) for row in rows)


def _open(conn: sqlite3.Connection, row: sqlite3.Row, *, now: datetime) -> bool:
    before = campaigns.find(conn, row["campaign_id"])
    form = None if before is None else publishing.published_version(conn, before.questionnaire_id)
    if before is None or form is None or before.created_by is None:
        # Whoever answered for it is gone: somebody else may open it and repeat that one.
        conn.execute("DELETE FROM repeats WHERE campaign_id = ?", (row["campaign_id"],))
        return False
    if before.anonymous and publishing.file_items(form):
        # The newest version asks for files, which nobody gives without a name: the one before does.
        form = campaigns.questionnaire_of(conn, before)
    due = moment(row["next_at"])
    following = stored(_following(due, row["months"], now))
    closes = due + timedelta(seconds=row["lasts"])
    if closes <= now:
        conn.execute("UPDATE repeats SET next_at = ? WHERE campaign_id = ?", (following, before.id))
        return False
    made = campaigns.open_campaign(
        conn,
        form,
        subject=before.subject,
        anonymity=before.anonymity,
        audience=before.audience,
        scope=before.scope,
        opens_at=due,
        closes_at=closes,
        author=before.created_by,
        request_key=f"repeat:{before.id}:{row['next_at']}",
        now=now,
        cells=before.cells,
        editable=before.editable,
    )
    conn.execute(
        "UPDATE repeats SET campaign_id = ?, next_at = ? WHERE campaign_id = ?",
        (made.id, following, before.id),
    )
    return True


def _following(opened: datetime, months: int, now: datetime) -> datetime:
    """The first term after `now`, counted from an opening."""
    count = 1
    while (found := _later(opened, months * count)) <= now:
        count += 1
    return found


def _later(when: datetime, months: int) -> datetime:
    """The same day so many months later, or the month's last day where it has no such day."""
    year, month = divmod(when.year * 12 + when.month - 1 + months, 12)
    day = min(when.day, calendar.monthrange(year, month + 1)[1])
    return when.replace(year=year, month=month + 1, day=day)
