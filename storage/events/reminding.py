"""Planning what events have to say: reminders, announcements, questions to organisers.

What is due when is decided by `roadmap.reminding`; here are the rows. A reminder of a meeting is
planned once, at its moment, for everybody whom it concerns then (`reminder_runs`): so whoever
joins later gets no stale one, and whether it still applies is asked again when it is sent.
"""

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from roadmap.offsets import Offset, days_before, offset_of
from roadmap.reminding import Happening, Message, Recipient, Rules, questions, reminders
from storage import audiences, outbox
from storage.events import agenda, attending, events, own_times
from storage.events.attending import Choice
from storage.events.events import MEETING, Meeting, meeting_of
from storage.events.notices import ANNOUNCEMENT, QUESTION, REMINDER
from storage.times import moment, stored

DAY = timedelta(days=1)
FARTHEST = timedelta(days=31)
"""No reminder comes earlier before a start."""
LATEST = timedelta(days=14)
"""How long after a start its missed reminders are still counted."""
EVERYBODY_FROM = 1440
"""Minutes before the start from which a reminder goes to all whom the event is for."""
SETTLING = timedelta(minutes=10)
"""Where a reminder is due as soon as the hour is named: time to name place and link as well."""
ASKED_AT_MOST = 4
"""Questions about one meeting to one organiser: a window may be as long as the school year."""
DEADLINE_OPENS = timedelta(days=30)
"""«до 15 марта»: its organiser is asked as if the window opened so long before."""
OWN = "own:"
"""Before the name of a run at a time that people chose themselves."""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Recipients:
    """Ids of who said yes, and of who may still want to."""

    coming: tuple[int, ...]
    others: tuple[int, ...]


def happening(meeting: Meeting) -> Happening:
    """The meeting as `roadmap.reminding` sees it."""
    window = None
    if meeting.window_end is not None or meeting.window_start is not None:
        end = meeting.window_end or meeting.window_start
        assert end is not None  # noqa: S101 - one of the two is there
        window = (meeting.window_start or end - DEADLINE_OPENS, end)
    return Happening(
        meeting.id,
        revision=meeting.moves,
        start=meeting.starts_at,
        day=meeting.day,
        window=window,
        cancelled=meeting.cancelled or meeting.withdrawn,
        offsets=tuple(timedelta(minutes=each) for each in meeting.reminders),
    )


def recipients(conn: sqlite3.Connection, meeting: Meeting, minutes: int) -> Recipients:
    """Who is reminded so many minutes before the start, as things are now."""
    seated, waiting = attending.seated(conn, meeting.id)
    coming = {*seated, *attending.saying(conn, meeting.id, Choice.ONLINE)}
    if minutes < EVERYBODY_FROM:
        return Recipients(tuple(sorted(coming)), ())
    said = {*coming, *waiting, *attending.saying(conn, meeting.id, Choice.DECLINED)}
    said |= set(events.organisers(conn, meeting.event_id))  # they know
    everybody = audiences.members(conn, meeting.audience, meeting.scope)
    return Recipients(
        tuple(sorted(coming)), tuple(person for person in everybody if person not in said)
    )


def minutes_of(name: str) -> int:
    """«7d» → 10080, «1h» → 60, «90m» → 90; the hour of «1d@1800» leaves it a day."""
    offset = offset_of(name)
    return 0 if offset is None else int(days_before(offset).total_seconds() // 60)


def plan(conn: sqlite3.Connection, rules: Rules, *, now: datetime) -> int:
    """Put every reminder whose moment has come; how many rows that were.

    The event's own times are for everybody who chose none; whoever chose some gets those alone.
    """
    put = 0
    own = own_times.everybody(conn)
    for meeting in _near(conn, rules, now):
        done = {
            row["name"]
            for row in conn.execute(
                "SELECT name FROM reminder_runs WHERE occurrence_id = ? AND moves = ?",
                (meeting.id, meeting.moves),
            )
        }
        for message in reminders(happening(meeting), Recipient(0, LONG_AGO), rules):
            name = name_of(message)
            if name not in done and (told := _told(meeting, message, now)) is not None:
                put += _run(conn, meeting, message, now=now, told=told, but=own)
        put += _own(conn, meeting, rules, own, done, now=now)
    return put


def _told(meeting: Meeting, message: Message, now: datetime) -> bool | None:
    """Whether the news of a move has told this already to all whom it had reached; None: not yet.

    Not yet due, or due as soon as the hour was named: then place and link may still follow.
    """
    if message.due_at > now:
        return None
    named = meeting.named_at or LONG_AGO
    told = meeting.moves > 0 and message.due_at <= named
    settling = not told and message.due_at <= named and now < named + SETTLING
    return None if settling else told


def _own(
    conn: sqlite3.Connection,
    meeting: Meeting,
    rules: Rules,
    own: Mapping[int, own_times.Own],
    done: set[str],
    *,
    now: datetime,
) -> int:
    """Reminders at the times that people chose themselves: one run a time, as of the event's own.

    What is too late by now is put all the same, to be dropped and counted with the rest.
    """
    sets: dict[frozenset[str], list[int]] = {}
    for person, times in own.items():
        sets.setdefault(frozenset(times), []).append(person)
    due: dict[str, list[tuple[Message, list[int]]]] = {}
    for names, people in sets.items():
        chosen = Recipient(0, LONG_AGO, own=offsets_of(names))
        for message in reminders(happening(meeting), chosen, rules):
            name = name_of(message)
            if OWN + name not in done and _told(meeting, message, now) is not None:
                due.setdefault(name, []).append((message, people))
    put = 0
    for name, messages in due.items():
        minutes = minutes_of(name)
        found = recipients(conn, meeting, minutes)
        kinds = dict.fromkeys(found.others, ANNOUNCEMENT) | dict.fromkeys(found.coming, REMINDER)
        planned = 0
        for message, people in messages:
            if _told(meeting, message, now):
                continue
            for person in people:
                # A time that was chosen after its moment passed is none of this meeting's.
                if person in kinds and own[person][name] <= message.due_at:
                    planned += _put(
                        conn, meeting, message, person, kinds[person], now=now, own=True
                    )
        _note(conn, meeting, OWN + name, "planned", people=planned, now=now)
        put += planned
    return put


def offsets_of(names: Iterable[str]) -> tuple[Offset, ...]:
    """The offsets of stored names; one that is no longer known is left out."""
    return tuple(offset for name in names if (offset := offset_of(name)) is not None)


def name_of(message: Message) -> str:
    """«7d» of `reminder:event:17:0:7d:person:5`."""
    return message.key.split(":")[4]


def _run(
    conn: sqlite3.Connection,
    meeting: Meeting,
    message: Message,
    *,
    now: datetime,
    told: bool,
    but: Collection[int],
) -> int:
    name = name_of(message)
    found = recipients(conn, meeting, minutes_of(name))
    coming = [person for person in found.coming if person not in but]
    others = [person for person in found.others if person not in but]
    late = message.expires_at <= now
    put = 0
    if not late and not told:
        for kind, ids in ((REMINDER, coming), (ANNOUNCEMENT, others)):
            for person in ids:
                put += _put(conn, meeting, message, person, kind, now=now, own=False)
    state = "too-late" if late else "planned"
    people = len(coming) + len(others) if late else put
    _note(conn, meeting, name, state, people=people, now=now)
    return put


def _put(
    conn: sqlite3.Connection,
    meeting: Meeting,
    message: Message,
    person: int,
    kind: str,
    *,
    now: datetime,
    own: bool,
) -> int:
    name = name_of(message)
    payload: dict[str, object] = {
        "meeting": meeting.id,
        "moves": meeting.moves,
        "minutes": minutes_of(name),
    }
    return outbox.put(
        conn,
        f"{REMINDER}:{meeting.id}:{meeting.moves}:{name}:person:{person}",
        person_id=person,
        kind=kind,
        payload=payload | {"own": True} if own else payload,
        lane=outbox.NOTICE if kind == REMINDER else outbox.BROADCAST,
        due_at=now,
        expires_at=message.expires_at,
    )


def _note(
    conn: sqlite3.Connection,
    meeting: Meeting,
    name: str,
    state: str,
    *,
    people: int,
    now: datetime,
) -> None:
    """A reminder is planned once: this says that it was, and for how many."""
    conn.execute(
        "INSERT INTO reminder_runs (occurrence_id, moves, name, state, recipients, planned_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (meeting.id, meeting.moves, name, state, people, stored(now)),
    )


def ask_organisers(conn: sqlite3.Connection, rules: Rules, *, now: datetime) -> int:
    """Put the question for day and hour to those who hold a meeting that has none."""
    put = 0
    today = now.astimezone(rules.zone).date()
    rows = conn.execute(
        f"{MEETING} WHERE o.starts_at IS NULL AND o.cancelled_at IS NULL AND e.ongoing = 0"
        " AND e.withdrawn_at IS NULL AND coalesce(o.window_end, o.window_start) >= ?"
        " AND coalesce(o.window_start, o.window_end) <= ?",
        (today.isoformat(), (today + FARTHEST + DEADLINE_OPENS).isoformat()),
    ).fetchall()
    for meeting in map(meeting_of, rows):
        put += _ask(conn, meeting, rules, now=now)
    return put


def _ask(conn: sqlite3.Connection, meeting: Meeting, rules: Rules, *, now: datetime) -> int:
    created = conn.execute(
        "SELECT created_at FROM events WHERE id = ?", (meeting.event_id,)
    ).fetchone()["created_at"]
    seen = happening(meeting)
    if seen.window is None or now < moment(created) + SETTLING:
        return 0
    # Where the plan names the day, the hour is asked for: to that question it is a window too.
    asked = Happening(seen.id, window=seen.window)
    put = 0
    for person in events.organisers(conn, meeting.event_id):
        for message in questions(asked, Recipient(person, moment(created)), rules):
            if message.due_at <= now < message.expires_at:
                if _asked(conn, meeting.id, person) >= ASKED_AT_MOST:
                    break
                number = message.key.split(":")[4]
                put += outbox.put(
                    conn,
                    f"{QUESTION}:{meeting.id}:{seen.window[0]}:{number}:person:{person}",
                    person_id=person,
                    kind=QUESTION,
                    payload={"meeting": meeting.id},
                    due_at=now,
                    expires_at=message.expires_at,
                )
    return put


def _asked(conn: sqlite3.Connection, meeting_id: int, person_id: int) -> int:
    row = conn.execute(
        "SELECT count(*) AS n FROM outbox WHERE person_id = ? AND kind = ?"
        " AND json_extract(payload, '$.meeting') = ?",
        (person_id, QUESTION, meeting_id),
    ).fetchone()
    return int(row["n"])


def _near(conn: sqlite3.Connection, rules: Rules, now: datetime) -> Iterable[Meeting]:
    today: date = now.astimezone(rules.zone).date()
    rows = conn.execute(
        f"{MEETING} WHERE o.cancelled_at IS NULL AND e.withdrawn_at IS NULL"
        " AND ((o.starts_at > ? AND o.starts_at < ?)"
        "  OR (o.starts_at IS NULL AND e.precision = 'day' AND o.window_start BETWEEN ? AND ?))"
        " ORDER BY o.id",
        (
            stored(now - LATEST),
            stored(now + FARTHEST),
            (today - LATEST).isoformat(),
            (today + FARTHEST).isoformat(),
        ),
    ).fetchall()
    return map(meeting_of, rows)


def still_for(conn: sqlite3.Connection, meeting: Meeting, person_id: int) -> bool:
    """Asked when a reminder is about to be sent: is it for this person now?"""
    return agenda.concerns(conn, meeting, person_id)


def too_late(conn: sqlite3.Connection) -> int:
    """How many reminders were not sent because their sense had passed, since ever."""
    runs = conn.execute(
        "SELECT coalesce(sum(recipients), 0) AS n FROM reminder_runs WHERE state = 'too-late'"
    ).fetchone()["n"]
    rows = outbox.reasons(conn, f"{REMINDER}:")
    return int(runs) + rows.get(("dropped", outbox.TOO_LATE), 0)
