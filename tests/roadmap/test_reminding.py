"""What is due when: offsets, quiet hours, late joiners, mutes, moves, outages."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from roadmap.reminding import (
    Happening,
    Kind,
    QuietHours,
    Recipient,
    Rules,
    due,
    questions,
    reminders,
)

MOSCOW = ZoneInfo("Europe/Moscow")
RULES = Rules(zone=MOSCOW)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
OLGA = Recipient(5, LONG_AGO)


def moscow(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=MOSCOW)


SEMINAR = Happening(17, start=moscow(24, 14))


def test_three_reminders_with_natural_keys() -> None:
    assert [(m.key, m.due_at) for m in reminders(SEMINAR, OLGA, RULES)] == [
        ("reminder:event:17:0:7d:person:5", moscow(17, 14)),
        ("reminder:event:17:0:1d:person:5", moscow(23, 14)),
        ("reminder:event:17:0:1h:person:5", moscow(24, 13)),
    ]


def test_a_reminder_in_quiet_hours_waits_for_the_morning_or_comes_the_evening_before() -> None:
    early = reminders(Happening(1, start=moscow(24, 8, 30)), OLGA, RULES)
    assert early[-1].due_at == moscow(24, 8)
    earlier = reminders(Happening(1, start=moscow(24, 8)), OLGA, RULES)
    assert earlier[-1].due_at == moscow(23, 20)
    late = reminders(Happening(1, start=moscow(24, 22)), OLGA, RULES)
    assert late[-1].due_at == moscow(24, 20)


def test_without_an_hour_there_is_no_reminder_an_hour_before() -> None:
    messages = reminders(Happening(1, day=date(2026, 11, 24)), OLGA, RULES)
    assert [m.due_at for m in messages] == [moscow(17, 10), moscow(23, 10)]


def test_one_who_joins_late_gets_no_stale_reminder() -> None:
    joined = Recipient(5, moscow(23, 18))
    messages = reminders(SEMINAR, joined, RULES)
    assert [m.key.split(":")[4] for m in messages] == ["1h"]
    assert due(messages, moscow(23, 18)).now == ()
    assert due(messages, moscow(23, 18)).too_late == 0


def test_muted_and_cancelled_are_silent() -> None:
    muted = Recipient(5, LONG_AGO, frozenset({Kind.REMINDER}))
    assert reminders(SEMINAR, muted, RULES) == []
    assert reminders(Happening(1, start=moscow(24, 14), cancelled=True), OLGA, RULES) == []


def test_a_moved_event_is_reminded_of_anew() -> None:
    moved = Happening(17, revision=1, start=moscow(25, 14))
    keys = {m.key for m in reminders(SEMINAR, OLGA, RULES)}
    assert keys.isdisjoint(m.key for m in reminders(moved, OLGA, RULES))


def test_after_an_outage_the_last_reminder_only_is_sent_and_the_others_counted() -> None:
    found = due(reminders(SEMINAR, OLGA, RULES), moscow(24, 12))
    assert ([m.key.split(":")[4] for m in found.now], found.too_late) == (["1d"], 1)
    over = due(reminders(SEMINAR, OLGA, RULES), moscow(24, 14))
    assert (over.now, over.later, over.too_late) == ((), (), 3)


def test_the_organiser_of_a_month_is_asked_weekly_until_it_closes() -> None:
    month = Happening(9, window=(date(2026, 11, 1), date(2026, 11, 30)))
    asked = questions(month, OLGA, RULES)
    assert asked[0].due_at == moscow(11, 10, month=10)
    assert asked[0].key == "name-day:event:9:0:1:person:5"
    gaps = {b.due_at - a.due_at for a, b in itertools.pairwise(asked)}
    assert gaps == {timedelta(days=7)}
    assert asked[-1].due_at == moscow(29, 10)
    assert questions(Happening(9, day=date(2026, 11, 5), window=month.window), OLGA, RULES) == []
    assert reminders(month, OLGA, RULES) == []


def test_an_organiser_named_late_is_asked_at_once() -> None:
    month = Happening(9, window=(date(2026, 11, 1), date(2026, 11, 30)))
    first = questions(month, Recipient(5, moscow(3, 12)), RULES)[0]
    assert first.due_at == moscow(3, 12)


MOMENTS = st.datetimes(datetime(2026, 9, 1), datetime(2027, 8, 31)).map(  # noqa: DTZ001 - zoned next
    lambda naive: naive.replace(tzinfo=UTC, microsecond=0)
)
OFFSETS = st.lists(
    st.sampled_from([timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2),
                     timedelta(days=1), timedelta(days=3), timedelta(days=7)]),
    max_size=5,
)  # fmt: skip
EVENTS = st.builds(
    Happening, st.integers(1, 9), start=MOMENTS, offsets=OFFSETS.map(tuple)
) | st.builds(
    Happening, st.integers(1, 9), day=MOMENTS.map(datetime.date), offsets=OFFSETS.map(tuple)
)
PEOPLE = st.builds(Recipient, st.integers(1, 9), MOMENTS)
QUIET = st.sampled_from([QuietHours(), QuietHours(time(0), time(9)), QuietHours(time(23), time(6))])


@given(EVENTS, PEOPLE, QUIET)
def test_every_reminder_is_loud_in_order_and_before_the_event(
    event: Happening, person: Recipient, quiet: QuietHours
) -> None:
    messages = reminders(event, person, Rules(zone=MOSCOW, quiet=quiet))
    start = event.start or datetime.combine(event.day or date.min, time(10), MOSCOW)
    for message in messages:
        assert not quiet.hold(message.due_at.astimezone(MOSCOW).time())
        assert person.joined_at <= message.due_at < message.expires_at <= start
    for a, b in itertools.pairwise(messages):
        assert a.expires_at <= b.due_at
    assert len({m.key for m in messages}) == len(messages)


@given(EVENTS, PEOPLE, st.lists(MOMENTS, max_size=30))
def test_whatever_the_clock_does_each_is_sent_once_or_counted(
    event: Happening, person: Recipient, ticks: list[datetime]
) -> None:
    messages = reminders(event, person, RULES)
    sent: list[str] = []
    for now in sorted(ticks):
        found = due(messages, now, frozenset(sent))
        assert len(found.now) <= 1
        sent += [m.key for m in found.now]
        assert len(sent) + len(found.later) + found.too_late == len(messages)
    assert len(sent) == len(set(sent))


@given(MOMENTS, st.integers(0, 120), PEOPLE)
def test_questions_are_loud_and_end_with_the_window(
    opens: datetime, days: int, organiser: Recipient
) -> None:
    window = (opens.date(), opens.date() + timedelta(days=days))
    asked = questions(Happening(1, window=window), organiser, RULES)
    for message in asked:
        local = message.due_at.astimezone(MOSCOW)
        assert not RULES.quiet.hold(local.time())
        assert local.date() <= window[1]
        assert message.due_at >= organiser.joined_at
    closes = datetime.combine(window[1], time(20), MOSCOW)
    if organiser.joined_at < closes - timedelta(days=8):
        assert asked
