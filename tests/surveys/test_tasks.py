"""The dates that hold for one person, lateness, attempts, reminders: rules and their properties."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys import task_dates
from surveys import task_reminders as reminding
from surveys import tasks as rules
from surveys.task_dates import FAIR, Dates
from surveys.task_reminders import Reminder
from surveys.tasks import AFTER_RETURN, Refusal, Standing, Version, VersionState

OPENS = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")
DAY = timedelta(days=1)

spans = st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=120))
moments = st.integers(-30 * 24 * 60, 160 * 24 * 60).map(
    lambda minutes: OPENS + timedelta(minutes=minutes)
)


@st.composite
def dates(draw: st.DrawFn) -> Dates:
    due = OPENS + draw(spans)
    return Dates(OPENS, due, draw(st.one_of(st.none(), spans.map(lambda span: due + span))))


@st.composite
def histories(draw: st.DrawFn) -> tuple[Version, ...]:
    """Versions as life makes them: returns, then perhaps one that waits or is accepted."""
    returns = draw(st.integers(0, 4))
    made = []
    at = OPENS
    for attempt in range(1, returns + 1):
        at += draw(spans)
        made.append(Version(VersionState.RETURNED, attempt, at, at + DAY))
        at += DAY
    last = draw(st.sampled_from([None, VersionState.WAITING, VersionState.ACCEPTED]))
    if last is not None:
        decided = at + DAY if last is VersionState.ACCEPTED else None
        made.append(Version(last, returns + 1, at, decided))
    return tuple(made)


@given(dates(), moments, moments)
def test_joining_late_or_an_extension_never_takes_time_away(
    of: Dates, joined: datetime, extended: datetime
) -> None:
    held = task_dates.effective(of, joined=joined, extended=extended)
    assert of.due is not None
    assert held.due is not None
    assert held.due >= of.due
    assert held.due >= extended
    if of.cutoff is not None:
        assert held.cutoff is not None
        assert held.cutoff - held.due == of.cutoff - of.due


@given(dates(), moments)
def test_a_late_joiner_has_as_long_as_the_others_but_no_longer_than_is_fair(
    of: Dates, joined: datetime
) -> None:
    held = task_dates.effective(of, joined=joined)
    assert of.due is not None
    assert held.due is not None
    if joined > OPENS:
        assert held.due - joined >= min(of.due - OPENS, FAIR)
        assert held.due <= max(of.due, joined + FAIR)
    else:
        assert held == of


@given(dates(), histories(), moments, st.one_of(st.none(), st.integers(1, 5)))
def test_nothing_can_be_handed_in_exactly_where_the_list_says_so(
    of: Dates, versions: tuple[Version, ...], now: datetime, attempts: int | None
) -> None:
    why = rules.refusal(of, versions, attempts=attempts, now=now)
    standing = rules.standing(of, versions, now)
    if standing is Standing.ACCEPTED:
        assert why is Refusal.ACCEPTED
    if standing is Standing.MISSED:
        assert why in {Refusal.CUT_OFF, Refusal.NO_ATTEMPTS}
    if standing is Standing.NOT_OPEN:
        assert why in {Refusal.NOT_OPEN, Refusal.NO_ATTEMPTS}
    if why is None:
        assert standing not in {Standing.ACCEPTED, Standing.MISSED, Standing.NOT_OPEN}


@given(dates(), histories(), moments)
def test_a_version_is_late_only_after_the_deadline_that_was_shown(
    of: Dates, versions: tuple[Version, ...], sent: datetime
) -> None:
    due = rules.after_return(of, versions).due
    assert due is not None
    late = rules.late(of, versions, sent)
    assert (late > timedelta(0)) is (sent > due)
    assert late == max(sent - due, timedelta(0))


@given(histories())
def test_a_return_begins_a_new_attempt_and_nothing_else_does(
    versions: tuple[Version, ...],
) -> None:
    returns = sum(one.state is VersionState.RETURNED for one in versions)
    assert rules.attempt_of_next(versions) == returns + 1


@given(dates())
def test_every_reminder_comes_awake_and_before_what_it_reminds_of(of: Dates) -> None:
    assert of.due is not None
    for one in Reminder:
        moment = reminding.reminder_moment(one, of.due, MOSCOW)
        if one is Reminder.AFTER:
            assert moment > of.due
        else:
            assert moment < of.due
            assert reminding.QUIET_UNTIL <= moment.time() < reminding.QUIET_FROM
            assert moment <= of.due - timedelta(seconds=one.value)


def test_three_hours_before_midnight_comes_before_the_quiet_hours() -> None:
    due = datetime(2026, 12, 5, 0, 0, tzinfo=MOSCOW)
    moment = reminding.reminder_moment(Reminder.HOURS, due, MOSCOW)
    assert moment == datetime(2026, 12, 4, 20, 30, tzinfo=MOSCOW)


def test_a_reminder_of_before_the_opening_is_none() -> None:
    of = Dates(OPENS, OPENS + timedelta(days=2))
    assert reminding.reminders_due(of, OPENS + timedelta(hours=1), MOSCOW) == []
    assert reminding.reminders_due(of, OPENS + timedelta(hours=24), MOSCOW) == [Reminder.DAY]


def test_a_returned_work_can_be_improved_after_the_cut_off() -> None:
    of = Dates(OPENS, OPENS + DAY, OPENS + 2 * DAY)
    decided = OPENS + 3 * DAY
    back = (Version(VersionState.RETURNED, 1, OPENS, decided),)
    until = decided + AFTER_RETURN
    assert rules.refusal(of, back, attempts=None, now=until - timedelta(seconds=1)) is None
    assert rules.refusal(of, back, attempts=None, now=until) is Refusal.CUT_OFF


@pytest.mark.parametrize(("missed", "marked"), [(0, False), (1, False), (2, True), (5, True)])
def test_two_missed_tasks_are_a_risk(missed: int, marked: bool) -> None:
    assert rules.at_risk(missed) is marked


def test_an_extension_pressed_twice_gives_the_same() -> None:
    due = datetime(2026, 12, 5, 18, 0, tzinfo=MOSCOW)
    now = datetime(2026, 12, 7, 9, 0, tzinfo=MOSCOW)
    assert task_dates.longer(due, 3, now) == datetime(2026, 12, 10, 18, 0, tzinfo=MOSCOW)
    assert task_dates.longer(due, 3, due - DAY) == datetime(2026, 12, 8, 18, 0, tzinfo=MOSCOW)


def test_the_list_shows_first_what_presses_most() -> None:
    due = OPENS + DAY
    shown = [Standing.ACCEPTED, Standing.LATER, Standing.OVERDUE, Standing.WAITING]
    assert min(shown, key=lambda one: rules.by_urgency(one, due)) is Standing.OVERDUE
