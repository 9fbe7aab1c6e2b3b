"""Kinds of messages that a person does not want. What answers their own action is never muted."""

import sqlite3
from enum import StrEnum


class Muted(StrEnum):
    """What can be switched off: reminders by how early they come, nudges, organisers' questions."""

    WEEK = "reminder-week"
    DAY = "reminder-day"
    HOUR = "reminder-hour"
    NUDGE = "nudge"
    QUESTION = "question"


WEEK_FROM = 3 * 1440
DAY_FROM = 12 * 60


def of_minutes(minutes: int) -> Muted:
    """Which kind a reminder so many minutes before the start is."""
    if minutes >= WEEK_FROM:
        return Muted.WEEK
    return Muted.DAY if minutes >= DAY_FROM else Muted.HOUR


def of(conn: sqlite3.Connection, person_id: int) -> frozenset[Muted]:
    """Everything this person has switched off."""
    rows = conn.execute("SELECT kind FROM mutes WHERE person_id = ?", (person_id,))
    return frozenset(Muted(row["kind"]) for row in rows if row["kind"] in set(Muted))


def put(conn: sqlite3.Connection, person_id: int, kind: Muted, *, muted: bool) -> None:
    """Switch a kind off, or on again."""
    if muted:
        conn.execute(
            "INSERT INTO mutes (person_id, kind) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (person_id, kind),
        )
    else:
        conn.execute("DELETE FROM mutes WHERE person_id = ? AND kind = ?", (person_id, kind))
