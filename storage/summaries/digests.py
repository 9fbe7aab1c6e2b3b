"""Digests: when each is due, what was made, when somebody wants theirs.

The natural key is person, kind and week (its Monday): whatever restarts, a week's digest is made
once. One that is more than `LATE` behind its hour is not made any more: Monday's news on Wednesday
would mislead.
"""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from storage import outbox
from storage.people.people import Role
from storage.people.zones import zone_of
from storage.times import moment, stored

LATE = timedelta(hours=24)
KEPT = timedelta(days=3)
"""Files are kept so long; the figures stay, for the next week to compare with."""
FEW = 4
"""Digests whose files are dropped in one step."""
KIND = "digest"
WORKBOOK_KIND = "digest-workbook"
EARLIEST, LATEST = 8, 20
"""Hours that can be chosen: outside them people are left in peace."""


class Kind(StrEnum):
    """Whose view a digest takes."""

    COORDINATOR = "coordinator"
    ORGANISER = "organiser"
    TRAINEE = "trainee"


@dataclass(frozen=True, slots=True)
class Wish:
    """When somebody wants their digest: weekday from 0 (Monday), local hour; `off` not at all."""

    weekday: int = 0
    hour: int = 9
    off: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """A digest that is to be made now."""

    person_id: int
    kind: Kind
    week: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Made:
    """What was made for somebody; `figures` is JSON, '' means that there was nothing to say."""

    figures: str
    picture: bytes | None = None
    workbook: bytes | None = None


def wish(conn: sqlite3.Connection, person_id: int, kind: Kind) -> Wish:
    """When this person wants it; trainees get none until they ask for it."""
    row = conn.execute(
        "SELECT weekday, hour, off FROM digest_settings WHERE person_id = ?", (person_id,)
    ).fetchone()
    if row is None:
        return Wish(off=kind is Kind.TRAINEE)
    return Wish(row["weekday"], row["hour"], bool(row["off"]))


def set_wish(conn: sqlite3.Connection, person_id: int, wanted: Wish) -> None:
    """From now on so."""
    conn.execute(
        "INSERT INTO digest_settings (person_id, weekday, hour, off) VALUES (?1, ?2, ?3, ?4)"
        " ON CONFLICT (person_id) DO UPDATE SET weekday = ?2, hour = ?3, off = ?4",
        (person_id, wanted.weekday, wanted.hour, int(wanted.off)),
    )


_ROLES = {
    Role.COORDINATOR: Kind.COORDINATOR,
    Role.ORGANISER: Kind.ORGANISER,
    Role.TRAINEE: Kind.TRAINEE,
}


def due(conn: sqlite3.Connection, now: datetime, zone: ZoneInfo) -> list[Due]:
    """Every digest whose hour has come, where its reader is, within `LATE`, and not made yet.

    Whoever got their role after the hour waits for the next week.
    """
    rows = conn.execute(
        "SELECT g.person_id, g.role, min(g.granted_at) AS granted_at, s.weekday, s.hour, s.off,"
        " p.zone FROM grants g JOIN people p ON p.id = g.person_id"
        " LEFT JOIN digest_settings s ON s.person_id = g.person_id"
        " WHERE p.registered_at IS NOT NULL AND p.unreachable_since IS NULL"
        " AND p.telegram_id IS NOT NULL AND g.role IN ('coordinator', 'organiser', 'trainee')"
        " GROUP BY g.person_id, g.role ORDER BY g.person_id, g.role"
    ).fetchall()
    made = {
        (row["person_id"], row["kind"], row["week"])
        for row in conn.execute(
            # By the index alone: `made_at` stands behind the pictures, which would all be read.
            "SELECT person_id, kind, week FROM digests WHERE week > ?",
            (week_of(now - timedelta(days=15), zone),),
        )
    }
    found = []
    for row in rows:
        kind = _ROLES[Role(row["role"])]
        wanted = (
            Wish(off=kind is Kind.TRAINEE)
            if row["off"] is None
            else Wish(row["weekday"], row["hour"], bool(row["off"]))
        )
        there = zone_of(row["zone"], zone)
        hour = last_hour(wanted, now, there)
        week = week_of(hour, there)
        if wanted.off or now - hour > LATE or moment(row["granted_at"]) > hour:
            continue
        if (row["person_id"], kind, week) not in made:
            found.append(Due(row["person_id"], kind, week, hour))
    return found


def last_hour(wanted: Wish, now: datetime, zone: ZoneInfo) -> datetime:
    """The last moment, now included, at which a digest so wanted was due."""
    local = now.astimezone(zone)
    day = local.date() - timedelta(days=(local.weekday() - wanted.weekday) % 7)
    hour = datetime.combine(day, time(wanted.hour), zone)
    if hour > local:
        hour = datetime.combine(day - timedelta(days=7), time(wanted.hour), zone)
    return hour.astimezone(UTC)


def week_of(when: datetime, zone: ZoneInfo) -> str:
    """The Monday of the week, which names it."""
    day = when.astimezone(zone).date()
    return (day - timedelta(days=day.weekday())).isoformat()


def put(conn: sqlite3.Connection, one: Due, made: Made, *, now: datetime) -> bool:
    """Keep what was made and plan its messages, in one step; False if that was done already."""
    row = conn.execute(
        "INSERT INTO digests (person_id, kind, week, figures, picture, workbook, made_at)"
        " SELECT ?, ?, ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM people WHERE id = ?)"
        " ON CONFLICT (person_id, kind, week) DO NOTHING RETURNING id",
        (
            one.person_id,
            one.kind,
            one.week,
            made.figures,
            made.picture,
            made.workbook,
            stored(now),
            one.person_id,
        ),
    ).fetchone()
    if row is None or not made.figures:
        return False
    late = one.due_at + LATE
    for kind, there in ((KIND, True), (WORKBOOK_KIND, made.workbook is not None)):
        if there:
            outbox.put(
                conn,
                f"{kind}:{one.kind}:{one.week}:person:{one.person_id}",
                person_id=one.person_id,
                kind=kind,
                payload={"digest": row["id"]},
                due_at=now,
                expires_at=late,
            )
    return True


def find(conn: sqlite3.Connection, digest_id: int, person_id: int) -> tuple[Kind, str, Made] | None:
    """The kind, the week and what was made, if it is this person's."""
    row = conn.execute(
        "SELECT kind, week, figures, picture, workbook FROM digests WHERE id = ? AND person_id = ?",
        (digest_id, person_id),
    ).fetchone()
    if row is None:
        return None
    made = Made(row["figures"], row["picture"], row["workbook"])
    return Kind(row["kind"]), row["week"], made


def before(conn: sqlite3.Connection, person_id: int, kind: Kind, week: str) -> str:
    """The figures of this person's last digest before that week; '' without one."""
    row = conn.execute(
        "SELECT figures FROM digests WHERE person_id = ? AND kind = ? AND week < ?"
        " AND figures <> '' ORDER BY week DESC LIMIT 1",
        (person_id, kind, week),
    ).fetchone()
    return "" if row is None else str(row["figures"])


def drop_files(conn: sqlite3.Connection, now: datetime) -> int:
    """Forget pictures and workbooks that were sent long ago, a few; 0 when none is left.

    What is erased is overwritten: those of a whole region at once would hold up everybody.
    """
    return conn.execute(
        "UPDATE digests SET picture = NULL, workbook = NULL WHERE id IN (SELECT id FROM digests"
        " WHERE (picture IS NOT NULL OR workbook IS NOT NULL) AND made_at < ? LIMIT ?)",
        (stored(now - KEPT), FEW),
    ).rowcount
