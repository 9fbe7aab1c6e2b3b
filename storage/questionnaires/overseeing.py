"""Campaigns as staff see them within their scopes; closing early and prolonging."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.audit import By, Deed, record
from storage.questionnaires.campaigns import Campaign, Phase, every, find
from storage.scopes import Scope, covered, municipalities_of
from storage.times import stored


@dataclass(frozen=True, slots=True)
class Seen:
    """A campaign as somebody of the staff may see it.

    `manages`: the whole campaign lies within their scopes, so they may close and prolong it.
    Otherwise they see the part of it in their own municipalities.
    """

    campaign: Campaign
    manages: bool


def find_for_staff(
    conn: sqlite3.Connection, campaign_id: int, scopes: Iterable[Scope]
) -> Seen | None:
    """The campaign if anything of it lies within these scopes."""
    campaign = find(conn, campaign_id)
    if campaign is None or campaign.trial:
        return None
    return _seen(conn, campaign, tuple(scopes))


def list_for_staff(conn: sqlite3.Connection, scopes: Iterable[Scope]) -> list[Seen]:
    """Every campaign that touches these scopes, the newest first."""
    wide = tuple(scopes)
    found = (_seen(conn, one, wide) for one in reversed(every(conn)))
    return [one for one in found if one is not None]


def close_now(
    conn: sqlite3.Connection, campaign_id: int, *, now: datetime, by: By | None = None
) -> None:
    """Close early; a campaign already closed keeps its closing time, a planned one never opens."""
    campaign = find(conn, campaign_id)
    closed = conn.execute(
        "UPDATE campaigns SET closes_at = :now, opens_at = min(opens_at, :now)"
        " WHERE id = :id AND closes_at > :now",
        {"now": stored(now), "id": campaign_id},
    )
    if campaign is not None and closed.rowcount:
        before = {"until": stored(campaign.closes_at)}
        thing = f"campaign:{campaign_id}"
        record(conn, by, Deed.CAMPAIGN_CLOSED, object=thing, before=before)


def prolong(
    conn: sqlite3.Connection,
    campaign_id: int,
    closes_at: datetime,
    *,
    now: datetime,
    by: By | None = None,
) -> bool:
    """Move the closing; False if it cannot be moved.

    A closed anonymous campaign stays closed: its report may have been made, and a second one
    after a few more answers would show those answers by subtraction. Repeated, changes nothing.
    """
    campaign = find(conn, campaign_id)
    if campaign is None or closes_at <= now:
        return False
    if campaign.anonymous and campaign.phase(now) is Phase.CLOSED:
        return False
    conn.execute(
        "UPDATE campaigns SET closes_at = ? WHERE id = ?", (stored(closes_at), campaign_id)
    )
    before, after = {"until": stored(campaign.closes_at)}, {"until": stored(closes_at)}
    if before != after:
        thing = f"campaign:{campaign_id}"
        record(conn, by, Deed.CAMPAIGN_PROLONGED, object=thing, before=before, after=after)
    return True


def _seen(conn: sqlite3.Connection, campaign: Campaign, scopes: tuple[Scope, ...]) -> Seen | None:
    if covered(conn, scopes, campaign.scope):
        return Seen(campaign, manages=True)
    asked = municipalities_of(conn, campaign.scope)
    for scope in scopes:
        if covered(conn, (campaign.scope,), scope):
            return Seen(campaign, manages=False)
        own = municipalities_of(conn, scope)
        if own is None or asked is None or own & asked:
            return Seen(campaign, manages=False)
    return None
