"""A school year of events in a minute: 500 people, 60 meetings, outages, kills and clock jumps.

Planning and the outbox's rows are the real ones; Telegram is a tally of what was delivered.
"""

import random
import sqlite3
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from roadmap.reminding import Recipient, Rules, reminders
from storage import outbox
from storage.database import connect_file
from storage.events import attending, events
from storage.events import reminding as event_reminding
from storage.migrating import migrate
from storage.people import people
from storage.scopes import Scope, ScopeKind
from surveys.reference import municipalities

NOW = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)
YEAR = timedelta(days=300)
PEOPLE, EVENTS, TOWNS = 500, 60, 10
OUTAGES, KILLS = 500, 500


def furnish(conn: sqlite3.Connection, dice: random.Random) -> list[int]:
    towns = municipalities()[:TOWNS]
    for number in range(PEOPLE):
        person = people.arrive(conn, 1000 + number, payload=None, now=NOW).id
        conn.execute(
            "UPDATE people SET municipality = ?, registered_at = ? WHERE id = ?",
            (towns[number % TOWNS], "2026-09-01T06:00:00Z", person),
        )
    made = []
    for number in range(EVENTS):
        scope = Scope(ScopeKind.MUNICIPALITY, towns[number % TOWNS])
        meeting = events.create(
            conn, scope, f"Событие {number}", created_by=1, request_key=str(number), now=NOW
        )
        start = NOW + timedelta(days=dice.randint(9, 280), hours=dice.randint(3, 12))
        events.name_time(conn, meeting, start, start + timedelta(hours=2), now=NOW)
        for person in range(number % TOWNS + 1, PEOPLE, TOWNS * 10):  # five of the town come
            attending.say(conn, meeting, person, attending.Choice.COMING, now=NOW)
        made.append(meeting)
    return made


def send(
    conn: sqlite3.Connection,
    dice: random.Random,
    delivered: Counter[str],
    killed: set[str],
    now: datetime,
    kills: int,
) -> int:
    """Send what is due as the sender does; a kill leaves a row in doubt and begins anew."""
    outbox.expire(conn, now)
    while rows := outbox.due(conn, now, limit=20):
        for row in rows:
            assert outbox.claim(conn, row.id)
            if kills and dice.random() < 0.2:
                kills -= 1
                killed.add(row.key)
                delivered[row.key] += dice.random() < 0.5  # it died before or after the call
                outbox.recover(conn)
                break
            delivered[row.key] += 1
            outbox.sent(conn, row.id, [row.id], now)
    return kills


def test_each_reminder_of_a_year_is_sent_once_or_counted_as_too_late(tmp_path: Path) -> None:
    dice = random.Random(60)
    conn = connect_file(tmp_path / "bot.sqlite3")
    migrate(conn)
    conn.execute("PRAGMA synchronous = OFF")  # kills here are of the process, not of the power
    conn.execute("BEGIN")
    made = furnish(conn, dice)
    rules = Rules()
    outages = {dice.randint(0, 3000) for _ in range(OUTAGES)}
    delivered: Counter[str] = Counter()
    killed: set[str] = set()
    kills, now, beat = KILLS, NOW, 0
    while now < NOW + YEAR:
        now += timedelta(minutes=dice.choice((30, 60, 120, 240, 1440 if beat % 40 == 0 else 90)))
        beat += 1
        if beat in outages:
            continue
        event_reminding.plan(conn, rules, now=now)
        kills = send(conn, dice, delivered, killed, now, kills)
    assert kills < KILLS
    runs = {
        (row["occurrence_id"], row["name"]): row["state"]
        for row in conn.execute("SELECT occurrence_id, name, state FROM reminder_runs")
    }
    for number in made:
        meeting = events.find(conn, number)
        assert meeting is not None
        seen = event_reminding.happening(meeting)
        whole = reminders(seen, Recipient(0, event_reminding.LONG_AGO), rules)
        assert {(number, event_reminding.name_of(one)) for one in whole} <= set(runs)
    rows = conn.execute("SELECT key, state, reason FROM outbox").fetchall()
    assert len(rows) > 5000
    for row in rows:
        if row["key"] in killed:  # repeated once at most, as the lane's rule says
            assert delivered[row["key"]] <= 2
        elif row["state"] == "sent":
            assert delivered[row["key"]] == 1
        else:
            assert (row["state"], row["reason"]) == ("dropped", outbox.TOO_LATE)
            assert delivered[row["key"]] == 0
    late = sum(state == "too-late" for state in runs.values())
    dropped = sum(row["state"] == "dropped" for row in rows)
    assert late
    assert event_reminding.too_late(conn) >= 5 * late + dropped
    conn.close()
