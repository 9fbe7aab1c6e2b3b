"""What became of every reminder of a year (tests/kit/year_of_events.py), against what should have.

What should have come is reckoned from the meetings alone; what came is read from the chats, where
each reminder carries a mark.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bot.delivery.composers import Composer, Drop, Later, Letter, composers
from bot.screens import Screen
from roadmap.offsets import days_before, offset_of
from roadmap.reminding import Recipient, Rules, reminders
from sandbox.telegram import Telegram
from storage import outbox
from storage.database import Connection, Database
from storage.events import events, own_times
from storage.events import reminding as event_reminding
from storage.events.notices import ANNOUNCEMENT, REMINDER
from storage.people.people import Person

ZONE = ZoneInfo("Europe/Moscow")
BEGINS = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)
FIRST_CHAT = 1000
OWN = ("1d@1800", "2h")
"""What every tenth person chose instead of the organisers' times."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How large the year is, and how much goes wrong in it."""

    people: int = 500
    events: int = 60
    towns: int = 10
    outages: int = 500
    kills: int = 500
    seed: int = 60


@dataclass(slots=True)
class Account:
    """What became of every reminder that should have come; `wrong` are broken promises."""

    wrong: list[str] = field(default_factory=list)
    fates: Counter[str] = field(default_factory=Counter)
    outages: Counter[str] = field(default_factory=Counter)
    kills: Counter[str] = field(default_factory=Counter)
    beats: int = 0
    counted_late: int = 0


@dataclass(frozen=True, slots=True)
class Expected:
    """A reminder that should come to one person: within its window, or be counted."""

    due_at: datetime
    expires_at: datetime
    run: tuple[int, str]


class Lived(Protocol):
    """What the reckoning asks of a year that has passed."""

    scale: Scale
    account: Account
    telegram: Telegram
    meetings: dict[int, int]
    coming: dict[int, set[int]]
    doubtful: set[str]
    planned: list[datetime]
    sent: list[datetime]


def reckon(conn: Connection, year: Lived) -> Account:
    """Compare the chats with what should have come."""
    rows, runs, late = _kept(conn)
    expected = dict(all_expected(conn, year))
    shown = _shown(year)
    account = year.account
    account.wrong += [f"nobody should get {key}" for key in shown.keys() - expected.keys()]
    unrecorded = 0
    for key, reminder in expected.items():
        row, run, came = rows.get(key), runs.get(reminder.run), shown[key]
        if row is not None:
            fate, fault = _fate(row, came, reminder, year.sent, doubtful=key in year.doubtful)
        elif run == "too-late":
            fate, fault = "too late to plan", _healthy(reminder, year.planned)
            unrecorded += 1
        else:
            fate, fault = "forgotten", "no row, and not counted"
        account.fates[fate] += 1
        if fault or (row is None and came):
            account.wrong.append(f"{key}: {fate}, came {came} times; {fault}")
    account.counted_late = late
    dropped = account.fates["too late to send"]
    if late != unrecorded + dropped:
        account.wrong.append(f"counted {late} as late, not {unrecorded} and {dropped}")
    return account


def _fate(
    row: Mapping[str, Any],
    came: int,
    reminder: Expected,
    sent: list[datetime],
    *,
    doubtful: bool,
) -> tuple[str, str]:
    """(what became of it, what is wrong about that)."""
    state, reason = row["state"], row["reason"]
    if state == "sent" and not doubtful:
        return "sent once", "" if came == 1 else "not once"
    if state == "sent":
        return f"sent, in doubt meanwhile ({came})", "" if came in {1, 2} else "not once or twice"
    if state == "unknown" and reason in {outbox.INTERRUPTED, "no-answer"}:
        return f"unknown ({came})", "" if came <= 2 else "too often"
    if (state, reason) == ("dropped", outbox.TOO_LATE):
        since = replace(reminder, due_at=max(reminder.due_at, row["due_at"]))
        # One in doubt may have come before its repetition was too late.
        fault = _healthy(since, sent) or ("" if came <= doubtful else "too often")
        return "too late to send", fault
    if (state, reason) in {("dropped", outbox.MERGED), ("dropped", outbox.IN_SUMMARY)}:
        return "merged into the week's summary", "" if came == 0 else "not merged"
    return f"{state} {reason}", "no rule says so"


def _healthy(reminder: Expected, beats: list[datetime]) -> str:
    """Whether it could have been done in time."""
    found = [at for at in beats if reminder.due_at <= at < reminder.expires_at]
    return f"there was time at {found[0]}" if found else ""


def all_expected(conn: Connection, year: Lived) -> Iterator[tuple[str, Expected]]:
    """Key and window of every reminder of the year."""
    rules = Rules(zone=ZONE)
    own = own_times.everybody(conn)
    for number, place in year.meetings.items():
        meeting = events.find(conn, number)
        assert meeting is not None
        happening = event_reminding.happening(meeting)
        for person in range(place + 1, year.scale.people + 1, year.scale.towns):
            chosen = event_reminding.offsets_of(OWN) if person in own else None
            for message in reminders(happening, Recipient(person, BEGINS, own=chosen), rules):
                name = message.key.split(":")[4]
                offset = offset_of(name)
                assert offset is not None
                if days_before(offset) >= timedelta(days=1) or person in year.coming[number]:
                    run = f"{event_reminding.OWN}{name}" if person in own else name
                    window = Expected(message.due_at, message.expires_at, (number, run))
                    yield f"{REMINDER}:{number}:0:{name}:person:{person}", window


def _shown(year: Lived) -> Counter[str]:
    found: Counter[str] = Counter()
    for number in range(year.scale.people):
        for message in year.telegram.history(FIRST_CHAT + number):
            for meeting, name in MARK.findall(message.text):
                found[f"{REMINDER}:{meeting}:0:{name}:person:{number + 1}"] += 1
    return found


REMINDING = (REMINDER, ANNOUNCEMENT)
MARK = re.compile(r"#(\d+)#(\S+)#")
_NAMES = {10080: "7d", 1440: "1d", 60: "1h", 120: "2h"}


def marked(kind: str) -> Composer:
    """The kind's own composer; what it words says which reminder it is."""
    real = composers[kind]

    async def composed(
        db: Database, person: Person, payload: Mapping[str, Any], now: datetime
    ) -> Screen | Letter | Drop | Later:
        screen = await real(db, person, payload, now)
        if not isinstance(screen, Screen):
            return screen
        name = _NAMES[payload["minutes"]]
        name = "1d@1800" if name == "1d" and payload.get("own") else name
        return Screen(f"{screen.text}\n#{payload['meeting']}#{name}#", screen.keyboard)

    return composed


def _kept(
    conn: Connection,
) -> tuple[dict[str, dict[str, Any]], dict[tuple[int, str], str], int]:
    rows = {
        row["key"]: {
            "state": row["state"],
            "reason": row["reason"],
            "due_at": datetime.fromisoformat(row["due_at"]),
        }
        for row in conn.execute("SELECT key, state, reason, due_at FROM outbox")
    }
    runs = {
        (row["occurrence_id"], row["name"]): row["state"]
        for row in conn.execute("SELECT occurrence_id, name, state FROM reminder_runs")
    }
    return rows, runs, event_reminding.too_late(conn)
