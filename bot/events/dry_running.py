"""The year ahead, simulated: who would get what in which week (roadmap/dry_run.py decides)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.texts.events import title
from roadmap.dry_run import Caution, DryRun, Planned, Week, simulate
from roadmap.offsets import Offset, days_before
from roadmap.periods import Period
from roadmap.reminding import Happening, Recipient, Rules
from storage.database import Connection
from storage.events import agenda, events, own_times
from storage.events.asking import ASKED_AT_MOST
from storage.events.events import Meeting
from storage.events.reminding import (
    EVERYBODY_FROM,
    LONG_AGO,
    happening,
    offsets_of,
    recipients,
)
from storage.scopes import Scope

MOST_PAIRS = 60_000
"""Pairs of event and person that are simulated; more are sampled by every n-th person."""


@dataclass(frozen=True, slots=True)
class Year:
    """Weeks with messages, warnings, titles by meeting; each person stands for `step` of them."""

    weeks: tuple[Week, ...]
    cautions: tuple[Caution, ...]
    titles: dict[int, str]
    step: int


@dataclass(frozen=True, slots=True)
class Gathered:
    """Meetings of the year with ids of everybody concerned, of who comes, and of who holds it.

    `own` are the times of those who chose some instead of the meeting's.
    """

    meeting: Meeting
    everybody: tuple[int, ...]
    coming: tuple[int, ...]
    organisers: tuple[int, ...]
    own: Mapping[int, tuple[Offset, ...]]


def gather(
    conn: Connection, scopes: tuple[Scope, ...], person_id: int, *, now: datetime, zone: ZoneInfo
) -> list[Gathered]:
    """What the simulation needs, as it stands now."""
    period = school_year(now.astimezone(zone).date())
    found = agenda.between(conn, now.astimezone(zone).date(), period.end, zone)
    own = {person: offsets_of(times) for person, times in own_times.everybody(conn).items()}
    gathered = []
    for meeting in agenda.answered_for(conn, found, scopes, person_id):
        if meeting.cancelled or meeting.withdrawn or meeting.ongoing:
            continue
        wide = recipients(conn, meeting, EVERYBODY_FROM)
        gathered.append(
            Gathered(
                meeting,
                tuple(sorted((*wide.coming, *wide.others))),
                recipients(conn, meeting, 0).coming,
                tuple(events.organisers(conn, meeting.event_id)),
                own,
            )
        )
    return gathered


def year(gathered: list[Gathered], *, now: datetime, zone: ZoneInfo) -> Year:
    """Simulate; takes seconds for a whole region, so call it in a thread."""
    pairs = sum(len(one.everybody) for one in gathered)
    step = max(1, -(-pairs // MOST_PAIRS))
    period = school_year(now.astimezone(zone).date())
    plan = [planned for one in gathered for planned in _planned(one, step, now)]
    run: DryRun = simulate(plan, period, Rules(zone=zone))
    ahead = tuple(week for week in (_ahead(each, now) for each in run.weeks) if week.messages)
    mondays = {week.monday for week in ahead}
    cautions = tuple(
        one for one in dict.fromkeys(run.warnings) if one.week is None or one.week in mondays
    )
    titles = {one.meeting.id: title(one.meeting)[:80] for one in gathered}
    return Year(ahead, cautions, titles, step)


def school_year(day: date) -> Period:
    """The school year of a day."""
    return Period.school(day.year if day.month >= 9 else day.year - 1)


def _planned(one: Gathered, step: int, now: datetime) -> Iterable[Planned]:
    """Reminders to everybody and those only for who comes are two rows of one event."""
    seen = _asked_at_most(happening(one.meeting))
    limit = timedelta(minutes=EVERYBODY_FROM)
    early = replace(seen, offsets=tuple(each for each in seen.offsets if each >= limit))
    late = replace(seen, offsets=tuple(each for each in seen.offsets if each < limit))
    own_early, own_late = {}, {}
    for person, times in one.own.items():
        own_early[person] = tuple(each for each in times if days_before(each) >= limit)
        own_late[person] = tuple(each for each in times if days_before(each) < limit)
    asked = one.meeting.survey_days > 0
    organisers = tuple(Recipient(each, now) for each in one.organisers)
    yield Planned(early, _sampled(one.everybody, step, own_early), organisers, asked)
    yield Planned(late, _sampled(one.coming, step, own_late), (), asked)


def _sampled(
    people: Iterable[int], step: int, own: Mapping[int, tuple[Offset, ...]]
) -> tuple[Recipient, ...]:
    return tuple(
        Recipient(person, LONG_AGO, own=own.get(person)) for person in people if person % step == 0
    )


def _asked_at_most(seen: Happening) -> Happening:
    """Organisers are asked so many times and no more, however long the window is."""
    if seen.window is None or seen.start or seen.day:
        return seen
    opens, closes = seen.window
    last = opens + timedelta(days=7 * (ASKED_AT_MOST - 4))
    return replace(seen, window=(opens, min(closes, last)))


def _ahead(week: Week, now: datetime) -> Week:
    return Week(week.monday, tuple(one for one in week.messages if one.due_at > now))
