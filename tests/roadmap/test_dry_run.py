"""A year in advance: weeks, counts and warnings."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.texts.dry_run import caution
from roadmap.dry_run import Caution, CautionCode, DryRun, Planned, simulate
from roadmap.periods import Period
from roadmap.reminding import Happening, Recipient, Rules, questions, reminders

RULES = Rules(zone=ZoneInfo("Europe/Moscow"))
SCHOOL = Period.school(2026)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
ANNA, BORIS = Recipient(1, LONG_AGO), Recipient(2, LONG_AGO)


def planned(event: Happening, *people: Recipient, questionnaire: bool = True) -> Planned:
    return Planned(event, people or (ANNA,), (BORIS,), questionnaire)


def at(day: date, hour: int = 12, number: int = 1) -> Happening:
    return Happening(number, start=datetime(day.year, day.month, day.day, hour, tzinfo=RULES.zone))


def cautions(run: DryRun) -> list[tuple[str, int | None]]:
    return [(caution.code.value, caution.event) for caution in run.warnings]


def test_messages_stand_in_their_weeks() -> None:
    run = simulate([planned(at(date(2026, 11, 24)), ANNA, BORIS)], SCHOOL, RULES)
    assert {w.monday: len(w.messages) for w in run.weeks if w.messages} == {
        date(2026, 11, 16): 2,
        date(2026, 11, 23): 4,
    }
    assert run.warnings == ()


def test_holidays_weekends_and_working_saturdays() -> None:
    assert cautions(simulate([planned(at(date(2026, 11, 4)))], SCHOOL, RULES)) == [("holiday", 1)]
    assert cautions(simulate([planned(at(date(2026, 11, 7)))], SCHOOL, RULES)) == [("weekend", 1)]
    worked = simulate([planned(at(date(2024, 11, 2)))], Period.calendar(2024), RULES)
    assert cautions(worked) == []


def test_the_holiday_is_named() -> None:
    (caution,) = simulate([planned(at(date(2026, 11, 4)))], SCHOOL, RULES).warnings
    assert caution.name == "День народного единства"


def test_no_day_yet_and_no_questionnaire() -> None:
    month = Happening(3, window=(date(2026, 11, 1), date(2026, 11, 30)))
    run = simulate([planned(month, questionnaire=False)], SCHOOL, RULES)
    assert cautions(run) == [("no_day", 3), ("no_questionnaire", 3)]
    assert {m.person for w in run.weeks for m in w.messages} == {BORIS.id}


def test_more_than_three_a_week_for_one_person() -> None:
    events = [planned(at(date(2026, 11, 25), 10 + n, n)) for n in range(1, 4)]
    run = simulate(events, SCHOOL, RULES)
    found = [(c.code, c.person, c.week, c.messages) for c in run.warnings]
    assert found == [(CautionCode.TOO_MANY, ANNA.id, date(2026, 11, 23), 6)]


def test_a_cancelled_event_is_no_ones_business() -> None:
    run = simulate([planned(Happening(1, cancelled=True))], SCHOOL, RULES)
    assert (cautions(run), any(w.messages for w in run.weeks)) == ([], False)


@pytest.mark.parametrize("code", CautionCode)
def test_every_caution_has_its_words(code: CautionCode) -> None:
    sentence = caution(Caution(code, week=date(2026, 11, 23), name="День народного единства"))
    assert sentence
    assert "{" not in sentence


DAYS = st.dates(SCHOOL.start, SCHOOL.end)
EVENTS = st.builds(at, DAYS, st.integers(7, 22), st.integers(1, 99)) | st.builds(
    lambda day, n: Happening(n, window=(day, day + timedelta(days=30))), DAYS, st.integers(1, 99)
)
PEOPLE = st.lists(st.builds(Recipient, st.integers(1, 9), st.just(LONG_AGO)), max_size=4)


@settings(max_examples=40)
@given(
    st.lists(
        st.builds(Planned, EVENTS, PEOPLE.map(tuple), PEOPLE.map(tuple), st.booleans()), max_size=6
    )
)
def test_every_message_of_the_year_stands_in_exactly_one_week(plan: list[Planned]) -> None:
    run = simulate(plan, SCHOOL, RULES)
    wanted = Counter(
        m.key
        for p in plan
        for m in [
            *(m for r in p.recipients for m in reminders(p.event, r, RULES)),
            *(m for o in p.organisers for m in questions(p.event, o, RULES)),
        ]
        if SCHOOL.start <= m.due_at.astimezone(RULES.zone).date() <= SCHOOL.end
    )
    assert Counter(m.key for w in run.weeks for m in w.messages) == wanted
    for week in run.weeks:
        assert week.monday.weekday() == 0
        for message in week.messages:
            day = message.due_at.astimezone(RULES.zone).date()
            assert week.monday <= day < week.monday + timedelta(days=7)
    assert [w.monday for w in run.weeks] == sorted({w.monday for w in run.weeks})
