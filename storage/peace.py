"""People's peace: what they muted, how much reached them this week, whether they are busy just now.

Asked of every message that nobody asked for, at the moment it is about to be sent, whichever part
of the bot planned it: the week is one budget over all of them.
"""

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from storage import outbox
from storage.audiences import Audience, where
from storage.mutes import Timing
from storage.notices import addressing
from storage.questionnaires.inviting import RECENT
from storage.scopes import Scope
from storage.times import moment, stored

WEEK = timedelta(days=7)


class Topic(StrEnum):
    """A kind of messages that can be muted. Deadlines of one's own tasks belong to none."""

    NOTICES = "notices"
    SURVEYS = "surveys"
    EVENTS = "events"
    WORKS = "works"  # that wait for an expert's review


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands to being written to now; `this_week` counts what nobody asked for."""

    muted: frozenset[str] = frozenset()
    busy: bool = False
    this_week: int = 0


def standing(
    conn: sqlite3.Connection, person_id: int, unasked: Collection[str], *, now: datetime
) -> Standing:
    """Look at one person; `unasked` are the kinds of the outbox that the week counts."""
    row = conn.execute(
        "SELECT (SELECT json_group_array(kind) FROM mutes WHERE person_id = ?1) AS muted,"
        " EXISTS (SELECT 1 FROM responses WHERE person_id = ?1 AND paused = 0"
        " AND (submitted_at IS NULL OR editing = 1) AND touched_at > ?2) AS busy,"
        " (SELECT count(*) FROM outbox WHERE person_id = ?1 AND state = 'sent' AND sent_at > ?3"
        " AND kind IN (SELECT value FROM json_each(?4))) AS this_week",
        (person_id, stored(now - RECENT), stored(now - WEEK), json.dumps(sorted(unasked))),
    ).fetchone()
    return Standing(frozenset(json.loads(row["muted"])), bool(row["busy"]), row["this_week"])


def merge(
    conn: sqlite3.Connection,
    row: outbox.Outgoing,
    unasked: Collection[str],
    *,
    budget: int,
    now: datetime,
) -> None:
    """Keep a message that is over the week for the person's summary, and plan that summary.

    It comes when the week has room for one message again, so that it is within the budget itself.
    """
    if not outbox.end(conn, row.id, "dropped", outbox.MERGED):
        return
    planned = conn.execute(
        "SELECT sum(state IN ('waiting', 'sending')) AS open, count(*) AS n FROM outbox"
        " WHERE person_id = ? AND kind = ?",
        (row.person_id, outbox.SUMMARY),
    ).fetchone()
    if planned["open"]:
        return
    freeing = conn.execute(
        "SELECT sent_at FROM outbox WHERE person_id = ? AND state = 'sent' AND sent_at > ?"
        " AND kind IN (SELECT value FROM json_each(?)) ORDER BY sent_at DESC LIMIT 1 OFFSET ?",
        (row.person_id, stored(now - WEEK), json.dumps(sorted(unasked)), max(0, budget - 1)),
    ).fetchone()
    due = now if freeing is None else moment(freeing["sent_at"]) + WEEK
    outbox.put(
        conn,
        f"summary:{planned['n'] + 1}:person:{row.person_id}",
        person_id=row.person_id,
        kind=outbox.SUMMARY,
        due_at=due,
        lane=outbox.BROADCAST,
    )


def merged(conn: sqlite3.Connection, person_id: int) -> list[outbox.Outgoing]:
    """What waits for this person's summary, oldest first."""
    rows = conn.execute(
        "SELECT * FROM outbox WHERE person_id = ? AND state = 'dropped' AND reason = 'merged'"
        " ORDER BY id",
        (person_id,),
    )
    return [outbox.outgoing_of(row) for row in rows]


def set_mute(
    conn: sqlite3.Connection, person_id: int, topic: Topic | Timing, *, muted: bool
) -> None:
    """Mute a topic (or a part of it), or let it speak again; the same again changes nothing."""
    if muted:
        conn.execute(
            "INSERT INTO mutes (person_id, kind) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (person_id, topic.value),
        )
    else:
        conn.execute("DELETE FROM mutes WHERE person_id = ? AND kind = ?", (person_id, topic.value))


def muted_topics(conn: sqlite3.Connection, person_id: int) -> frozenset[str]:
    """What this person does not want."""
    rows = conn.execute("SELECT kind FROM mutes WHERE person_id = ?", (person_id,))
    return frozenset(row["kind"] for row in rows)


@dataclass(frozen=True, slots=True)
class Burden:
    """How an audience stands, before something is sent to it; all are numbers of people.

    `written`: something nobody asked for reached them in the last seven days. `over`: so much that
    one more would be merged into their summary. `longest` is the longest «имя отчество» in
    characters, so that no placeholder makes a text too long on the way.
    """

    people: int
    unreachable: int
    muted: int
    written: int
    over: int
    longest: int


def burden(
    conn: sqlite3.Connection,
    audience: Audience,
    scope: Scope,
    unasked: Collection[str],
    *,
    topic: Topic,
    budget: int,
    now: datetime,
) -> Burden:
    """Count what the author is shown before sending."""
    condition, arguments = where(addressing.settled(conn, audience, now=now), scope)
    row = conn.execute(
        "WITH week AS (SELECT person_id, count(*) AS n FROM outbox WHERE state = 'sent'"  # noqa: S608 - the condition is ours, its values are arguments
        " AND sent_at > ? AND kind IN (SELECT value FROM json_each(?)) GROUP BY person_id)"
        " SELECT count(*) AS people, count(p.unreachable_since) AS unreachable,"
        " coalesce(sum(EXISTS (SELECT 1 FROM mutes m WHERE m.person_id = p.id AND m.kind = ?)), 0)"
        " AS muted, count(week.n) AS written, coalesce(sum(week.n >= ?), 0) AS over,"
        " coalesce(max(length(p.first_name) + length(coalesce(p.patronymic, '')) + 1), 0)"
        " AS longest FROM people p LEFT JOIN week ON week.person_id = p.id"
        f" WHERE {condition}",
        (stored(now - WEEK), json.dumps(sorted(unasked)), topic.value, budget, *arguments),
    ).fetchone()
    return Burden(**{name: row[name] for name in Burden.__dataclass_fields__})
