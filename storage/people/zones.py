"""In which zone people see times: the bot's own, or one that they chose.

A Russian region has one zone, but people travel and networks reach into others. Whoever chose
none is everybody, so nothing here costs anything for them.
"""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from storage.times import moment, stored

RUSSIAN = (
    "Europe/Kaliningrad",
    "Europe/Moscow",
    "Europe/Samara",
    "Asia/Yekaterinburg",
    "Asia/Omsk",
    "Asia/Krasnoyarsk",
    "Asia/Irkutsk",
    "Asia/Yakutsk",
    "Asia/Vladivostok",
    "Asia/Magadan",
    "Asia/Kamchatka",
)
"""One for each of Russia's eleven hours, west to east."""

_WINTER, _SUMMER = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)


class OwnZone(ZoneInfo):
    """A zone that somebody chose and that is not the bot's: texts name it beside the hour."""


@lru_cache(maxsize=128)
def zone_of(chosen: str | None, home: ZoneInfo) -> ZoneInfo:
    """The zone of somebody who chose this one; `home` where it shows the same hours, or is none."""
    if chosen is None or chosen == home.key:
        return home
    try:
        own = OwnZone(chosen)
    except (ZoneInfoNotFoundError, ValueError):
        return home
    same = all(
        each.astimezone(own).utcoffset() == each.astimezone(home).utcoffset()
        for each in (_WINTER, _SUMMER)
    )
    return home if same else own


@dataclass(frozen=True, slots=True)
class Chosen:
    """Somebody's zone, and since when it holds."""

    zone: str
    since: datetime


def chosen(conn: sqlite3.Connection) -> dict[int, Chosen]:
    """Everybody who chose a zone, by id."""
    rows = conn.execute("SELECT id, zone, zone_since FROM people WHERE zone IS NOT NULL")
    return {row["id"]: Chosen(row["zone"], moment(row["zone_since"])) for row in rows}


def choose(conn: sqlite3.Connection, person_id: int, zone: str | None, *, now: datetime) -> None:
    """See times in this zone from now on; None is the bot's. The same again changes nothing."""
    if zone is not None and zone not in RUSSIAN:
        return
    since = None if zone is None else stored(now)
    conn.execute(
        "UPDATE people SET zone = ?1, zone_since = ?2 WHERE id = ?3 AND zone IS NOT ?1",
        (zone, since, person_id),
    )
