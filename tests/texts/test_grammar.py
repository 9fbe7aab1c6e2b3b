from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts import grammar

MOSCOW = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # Monday, 10:00 in Moscow


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 вопросов"),
        (1, "1 вопрос"),
        (3, "3 вопроса"),
        (5, "5 вопросов"),
        (11, "11 вопросов"),
        (14, "14 вопросов"),
        (21, "21 вопрос"),
        (112, "112 вопросов"),
        (1234, "1 234 вопроса"),
    ],
)
def test_a_noun_follows_its_number(number: int, said: str) -> None:
    assert grammar.counted(number, "вопрос", "вопроса", "вопросов").replace("\u00a0", " ") == said


@given(st.integers(0, 10**9))
def test_the_form_depends_on_the_last_two_digits(number: int) -> None:
    assert grammar.plural(number, "1", "2", "5") == grammar.plural(
        number % 100 + 100, "1", "2", "5"
    )


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (NOW, "сегодня, 23 ноября, 10:00"),
        (NOW + timedelta(days=1, hours=5), "завтра, 24 ноября, 15:00"),
        (NOW - timedelta(days=1), "вчера, 22 ноября, 10:00"),
        (NOW + timedelta(days=9), "2 декабря, 10:00"),
        (NOW + timedelta(days=60), "22 января 2027 года, 10:00"),
        # 23:30 in Moscow is still today, 00:30 is tomorrow, though both are the 23rd in UTC.
        (datetime(2026, 11, 23, 20, 30, tzinfo=UTC), "сегодня, 23 ноября, 23:30"),
        (datetime(2026, 11, 23, 21, 30, tzinfo=UTC), "завтра, 24 ноября, 00:30"),
    ],
)
def test_a_moment_is_said_in_words_of_the_persons_zone(moment: datetime, said: str) -> None:
    assert grammar.moment(moment, NOW, MOSCOW) == said


def test_midnight_ends_the_day_before() -> None:
    midnight = datetime(2026, 11, 29, 21, 0, tzinfo=UTC)
    assert grammar.until(midnight, NOW, MOSCOW) == "до 29 ноября включительно"
    assert grammar.until(midnight - timedelta(hours=3), NOW, MOSCOW) == "до 29 ноября, 21:00"
