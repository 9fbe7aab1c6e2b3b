"""Planning what events have to say to those who may come: reminders and announcements.

What is due when is decided by `roadmap.reminding`; here are the rows. A reminder of a meeting is
planned once, at its moment, for everybody whom it concerns then (`reminder_runs`): so whoever
joins later gets no stale one, and whether it still applies is asked again when it is sent.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from roadmap.offsets import Offset, days_before, offset_of
from roadmap.reminding import Happening, Message, Recipient, Rules, reminders
from storage import audiences, outbox
from storage.events import agenda, attending, events, own_times
from storage.events.attending import Choice
from storage.events.events import MEETING, Meeting, meeting_of
from storage.events.notices import ANNOUNCEMENT, REMINDER
from storage.people import zones
from storage.people.zones import Chosen
from storage.times import stored

DAY = timedelta(days=1)
FARTHEST = timedelta(days=31)
"""No reminder comes earlier before a start."""
LATEST = timedelta(days=14)
"""How long after a start its missed reminders are still counted."""
EVERYBODY_FROM = 1440
"""Minutes before the start from which a reminder goes to all whom the event is for."""
SETTLING = timedelta(minutes=10)
"""Where a reminder is due as soon as the hour is named: time to name place and link as well."""
DEADLINE_OPENS = timedelta(days=30)
"""«до 15 марта»: its organiser is asked as if the window opened so long before."""
OWN = "own:"
"""Before the name of a run at a time that people chose themselves."""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
AT_ONCE = 500
"""Rows put in one write (about 25 ms): no tap waits for the reminders of a whole region."""


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


@dataclass(frozen=True, slots=True)
class _Run:
    """One reminder of one meeting whose moment has come; `own`: at times people chose.

    `zone`: of those who chose that one, whose nights and hours are others'; None is everybody else.
    """

    meeting: Meeting
    message: Message
    own: bool = False
    zone: str | None = None

    @property
    def name(self) -> str:
        where = "" if self.zone is None else f"{self.zone} "
        return where + (OWN if self.own else "") + name_of(self.message)


@dataclass(frozen=True, slots=True)
class _Own:
    """What people chose for themselves: times, and the zone of their nights and hours."""

    times: Mapping[int, own_times.Own]
    zones: Mapping[int, Chosen]

    def meets(self, run: _Run, person: int) -> bool:
        """Whether the run is in this person's zone, and was due since they chose it."""
        own = self.zones.get(person)
        if own is None or run.zone is None:
            return own is None and run.zone is None
        return own.zone == run.zone and own.since <= run.message.due_at


def plan(conn: sqlite3.Connection, rules: Rules, *, now: datetime) -> int:
    """Put reminders whose moment has come, those first that lose their sense first.

    The event's own times are for everybody who chose none; whoever chose some gets those alone.
    At most `AT_ONCE` rows; returns how many, so call it again until it is 0.
    """
    chosen = zones.chosen(conn)
    places = {
        zone: _rules(rules, zone) for zone in (None, *sorted({one.zone for one in chosen.values()}))
    }
    due = [
        run
        for meeting in _near(conn, rules, now)
        for zone, there in places.items()
        for run in _due(conn, meeting, there, now, zone)
    ]
    if not due:
        return 0
    own = _Own(own_times.everybody(conn), chosen)
    left = AT_ONCE
    for run in sorted(due, key=lambda run: run.message.expires_at):
        if run.own:
            left -= _own(conn, run, places[run.zone], own, left, now=now)
        else:
            left -= _usual(conn, run, own, left, now=now)
        if left <= 0:
            break
    return AT_ONCE - left


def _rules(rules: Rules, zone: str | None) -> Rules:
    return rules if zone is None else replace(rules, zone=zones.zone_of(zone, rules.zone))


def _due(
    conn: sqlite3.Connection, meeting: Meeting, rules: Rules, now: datetime, zone: str | None
) -> Iterable[_Run]:
    """Runs of a meeting that are due and were not finished."""
    done = {
        row["name"]
        for row in conn.execute(
            "SELECT name FROM reminder_runs WHERE occurrence_id = ? AND moves = ?",
            (meeting.id, meeting.moves),
        )
    }
    asked = [(Recipient(0, LONG_AGO), False)]
    # One time alone comes at the moment at which it comes among others: few are looked at then.
    wanted = offsets_of(name for name in own_times.names(conn) if OWN + name not in done or zone)
    asked += [(Recipient(0, LONG_AGO, own=(offset,)), True) for offset in wanted]
    for recipient, own in asked:
        for message in reminders(happening(meeting), recipient, rules):
            run = _Run(meeting, message, own, zone)
            if run.name not in done and _told(meeting, message, now) is not None:
                yield run


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


def _usual(
    conn: sqlite3.Connection,
    run: _Run,
    own: _Own,
    most: int,
    *,
    now: datetime,
) -> int:
    """Tell whoever chose no times. What is too late by now is counted only."""
    found = recipients(conn, run.meeting, minutes_of(name_of(run.message)))
    told = [(REMINDER, one) for one in found.coming if one not in own.times]
    told += [(ANNOUNCEMENT, one) for one in found.others if one not in own.times]
    told = [(kind, one) for kind, one in told if own.meets(run, one)]
    if run.message.expires_at <= now:
        _note(conn, run, "too-late", people=len(told), now=now)
        return 0
    if _told(run.meeting, run.message, now):
        told = []
    return _tell(conn, run, [(run.message, *one) for one in told], most, now=now)


def _own(
    conn: sqlite3.Connection,
    run: _Run,
    rules: Rules,
    own: _Own,
    most: int,
    *,
    now: datetime,
) -> int:
    """Tell those who chose this time. Until when it has a sense depends on their other times.

    What is too late by now is put all the same, to be dropped and counted with the rest.
    """
    meeting, name = run.meeting, name_of(run.message)
    sets: dict[frozenset[str], list[int]] = {}
    for person, times in own.times.items():
        if name in times and own.meets(run, person):
            sets.setdefault(frozenset(times), []).append(person)
    found = recipients(conn, meeting, minutes_of(name))
    kinds = dict.fromkeys(found.others, ANNOUNCEMENT) | dict.fromkeys(found.coming, REMINDER)
    told = []
    for names, people in sets.items():
        recipient = Recipient(0, LONG_AGO, own=offsets_of(names))
        for message in reminders(happening(meeting), recipient, rules):
            if name_of(message) != name or _told(meeting, message, now) is not False:
                continue
            # A time that was chosen after its moment passed is none of this meeting's.
            told += [
                (message, kinds[person], person)
                for person in people
                if person in kinds and own.times[person][name] <= message.due_at
            ]
    return _tell(conn, run, told, most, now=now)


def _tell(
    conn: sqlite3.Connection,
    run: _Run,
    told: Sequence[tuple[Message, str, int]],
    most: int,
    *,
    now: datetime,
) -> int:
    """Put rows for at most so many of them; the run is finished when everybody has one."""
    key = f"{REMINDER}:{run.meeting.id}:{run.meeting.moves}:{name_of(run.message)}:person:"
    there = outbox.keys(conn, key) if told else frozenset()
    fresh = [one for one in told if f"{key}{one[2]}" not in there]
    payload: dict[str, object] = {
        "meeting": run.meeting.id,
        "moves": run.meeting.moves,
        "minutes": minutes_of(name_of(run.message)),
    }
    for message, kind, person in fresh[:most]:
        outbox.put(
            conn,
            f"{key}{person}",
            person_id=person,
            kind=kind,
            payload=payload | {"own": True} if run.own else payload,
            lane=outbox.NOTICE if kind == REMINDER else outbox.BROADCAST,
            due_at=now,
            expires_at=message.expires_at,
        )
    if len(fresh) <= most:
        _note(conn, run, "planned", people=len(told), now=now)
    return min(len(fresh), most)


def offsets_of(names: Iterable[str]) -> tuple[Offset, ...]:
    """The offsets of stored names; one that is no longer known is left out."""
    return tuple(offset for name in names if (offset := offset_of(name)) is not None)


def name_of(message: Message) -> str:
    """«7d» of `reminder:event:17:0:7d:person:5`."""
    return message.key.split(":")[4]


def _note(conn: sqlite3.Connection, run: _Run, state: str, *, people: int, now: datetime) -> None:
    """A reminder is planned once: this says that it was, and for how many."""
    conn.execute(
        "INSERT INTO reminder_runs (occurrence_id, moves, name, state, recipients, planned_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (run.meeting.id, run.meeting.moves, run.name, state, people, stored(now)),
    )


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
