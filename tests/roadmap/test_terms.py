"""Every form of a term that the documents hold, and what must never be guessed."""

import pytest

from roadmap.model import Term
from roadmap.periods import Period
from roadmap.terms import read_term

YEAR_2021, YEAR_2022 = Period.calendar(2021), Period.calendar(2022)
SCHOOL_2026 = Period.school(2026)


def shown(term: Term) -> str:
    """Windows as `start..end`, an open side empty, a label after `=`."""
    return " ".join(
        f"{w.start or ''}..{w.end or ''}" + (f"={w.label}" if w.label else "") for w in term.windows
    )


def codes(term: Term) -> list[str]:
    return [doubt.code.value for doubt in term.doubts]


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("Август", "2022-08-01..2022-08-31"),
        ("Январь-февраль", "2022-01-01..2022-02-28"),
        ("Октябрь- ноябрь 2020", "2020-10-01..2020-11-30"),
        ("Июнь, декабрь", "2022-06-01..2022-06-30 2022-12-01..2022-12-31"),
        ("Март Апрель", "2022-03-01..2022-03-31 2022-04-01..2022-04-30"),
        ("Январь – ноябрь 2021", "2021-01-01..2021-11-30"),
        ("сентябрь-май", "2022-09-01..2023-05-31"),
        ("октябрь-март", "2022-10-01..2023-03-31"),
        ("Апрель 2020-июнь 2021", "2020-04-01..2021-06-30"),
        (
            "I этап - август II этап - сентябрь",
            "2022-08-01..2022-08-31=I этап 2022-09-01..2022-09-30=II этап",
        ),
        ("до января 2021 г.", "..2020-12-31"),
        ("март и апрель", "2022-03-01..2022-03-31 2022-04-01..2022-04-30"),
        ("в марте", "2022-03-01..2022-03-31"),
        ("сентябрь месяц", "2022-09-01..2022-09-30"),
        ("Мaй", "2022-05-01..2022-05-31"),  # a Latin «a»
        ("апр.-июн. 2022", "2022-04-01..2022-06-30"),
        ("март\u00a0—\u00a0май", "2022-03-01..2022-05-31"),
        ("с марта по май", "2022-03-01..2022-05-31"),
        ("до марта", "..2022-02-28"),
        ("не позднее марта", "..2022-03-31"),
        ("до конца марта", "..2022-03-31"),
        ("до конца года", "..2022-12-31"),
        ("в течение марта", "2022-03-01..2022-03-31"),
        ("2021 г.: март, апрель", "2021-03-01..2021-03-31 2021-04-01..2021-04-30"),
        ("март, апрель (2021 г.)", "2021-03-01..2021-03-31 2021-04-01..2021-04-30"),
        ("октябрь - март 2021", "2020-10-01..2021-03-31"),
        ("октябрь 2020 - март", "2020-10-01..2021-03-31"),
        ("август (1 этап), сентябрь (2 этап)",
         "2022-08-01..2022-08-31=1 этап 2022-09-01..2022-09-30=2 этап"),
        ("П этап - май", "2022-05-01..2022-05-31=П этап"),  # Cyrillic for Roman two
        ("этап 1 – май, июнь; этап 2 – июль",
         "2022-05-01..2022-05-31=этап 1 2022-06-01..2022-06-30=этап 1 "
         "2022-07-01..2022-07-31=этап 2"),
        ("сентябрь, декабрь 2020, январь 2021",
         "2020-09-01..2020-09-30 2020-12-01..2020-12-31 2021-01-01..2021-01-31"),
    ],
)  # fmt: skip
def test_months_are_whole_month_windows(text: str, windows: str) -> None:
    term = read_term(text, YEAR_2022)
    assert shown(term) == windows
    assert term.precision == "month"
    assert not term.ongoing


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("15.03.2022", "2022-03-15..2022-03-15"),
        ("15.03.22 г.", "2022-03-15..2022-03-15"),
        ("15.03", "2022-03-15..2022-03-15"),
        ("2022-03-15", "2022-03-15..2022-03-15"),
        ("24 ноября 2026 г.", "2026-11-24..2026-11-24"),
        ("24-го ноября", "2022-11-24..2022-11-24"),
        ("15-17 декабря 2026 г.", "2026-12-15..2026-12-17"),
        ("с 15 по 26 февраля 2027", "2027-02-15..2027-02-26"),
        ("15-17.03.2022", "2022-03-15..2022-03-17"),
        ("с 01.09. по 30.09.2022", "2022-09-01..2022-09-30"),
        ("в период с 1 по 15 марта", "2022-03-01..2022-03-15"),
        ("c 15 пo 17 мaртa", "2022-03-15..2022-03-17"),  # Latin c, o, a
        ("с 15 по 17.03.2022", "2022-03-15..2022-03-17"),
        ("15.03.2022 - 17.04.2022", "2022-03-15..2022-04-17"),
        ("15, 16 и 20 марта",
         "2022-03-15..2022-03-15 2022-03-16..2022-03-16 2022-03-20..2022-03-20"),
        ("28 декабря - 3 января", "2022-12-28..2023-01-03"),
        ("с 28 января 2022 г. по 3 февраля", "2022-01-28..2022-02-03"),
        ("с 1 сентября до 15 октября", "2022-09-01..2022-10-15"),
        ("до 15 марта 2027", "..2027-03-15"),
        ("до 15 марта", "..2022-03-15"),
        ("не позже 15.03.2022", "..2022-03-15"),
        ("к 1 сентября", "..2022-09-01"),
        ("с 15 марта", "2022-03-15.."),
    ],
)  # fmt: skip
def test_days_are_days(text: str, windows: str) -> None:
    term = read_term(text, YEAR_2022)
    assert shown(term) == windows
    assert term.precision == "day"


@pytest.mark.parametrize(
    ("text", "times", "first", "last"),
    [
        ("Один раз в квартал", 4, "2022-01-01..2022-03-31", "2022-10-01..2022-12-31"),
        ("раз в квартал", 4, "2022-01-01..2022-03-31", "2022-10-01..2022-12-31"),
        ("ежеквартально", 4, "2022-01-01..2022-03-31", "2022-10-01..2022-12-31"),
        ("1 раз в месяц", 12, "2022-01-01..2022-01-31", "2022-12-01..2022-12-31"),
        ("каждый месяц", 12, "2022-01-01..2022-01-31", "2022-12-01..2022-12-31"),
        ("2 раза в год", 2, "2022-01-01..2022-06-30", "2022-07-01..2022-12-31"),
        ("дважды в год", 2, "2022-01-01..2022-06-30", "2022-07-01..2022-12-31"),
        ("3 раза в год", 3, "2022-01-01..2022-04-30", "2022-09-01..2022-12-31"),
        ("4 раза в год", 4, "2022-01-01..2022-03-31", "2022-10-01..2022-12-31"),
        ("раз в 3 месяца", 4, "2022-01-01..2022-03-31", "2022-10-01..2022-12-31"),
        ("2 раза в течение года", 2, "2022-01-01..2022-06-30", "2022-07-01..2022-12-31"),
    ],
)
def test_times_a_year_are_equal_parts(text: str, times: int, first: str, last: str) -> None:
    term = read_term(text, YEAR_2022)
    assert (term.times_per_year, len(term.windows), term.precision) == (times, times, "part")
    windows = shown(term).split()
    assert (windows[0], windows[-1]) == (first, last)
    assert codes(term) == []


@pytest.mark.parametrize(
    ("text", "times", "first", "last"),
    [
        ("сентябрь – май, 1 раз в месяц", 9, "2026-09-01..2026-09-30", "2027-05-31"),
        ("ежемесячно, октябрь-декабрь", 3, "2026-10-01..2026-10-31", "2026-12-31"),
        ("раз в квартал, сентябрь-май", 3, "2026-09-01..2026-11-30", "2027-05-31"),
        ("1 раз в месяц: октябрь, ноябрь, март", 3, "2026-10-01..2026-10-31", "2027-03-31"),
        ("2 раза в месяц, октябрь", 2, "2026-10-01..2026-10-15", "2026-10-31"),
    ],
)
def test_so_often_within_named_months_is_that_many_meetings(
    text: str, times: int, first: str, last: str
) -> None:
    term = read_term(text, SCHOOL_2026)
    assert (term.times_per_year, len(term.windows), term.precision) == (times, times, "part")
    windows = shown(term).split()
    assert windows[0] == first
    assert windows[-1].endswith(last)
    assert codes(term) == []


def test_so_often_that_does_not_come_out_even_is_doubted() -> None:
    term = read_term("раз в квартал, сентябрь-октябрь", SCHOOL_2026)
    assert shown(term) == "2026-09-01..2026-10-31"
    assert codes(term) == ["times_differ"]
    assert codes(read_term("2 раза в год, сентябрь-май", SCHOOL_2026)) == []


def test_parts_of_a_school_year_begin_in_september() -> None:
    assert shown(read_term("4 раза в год", SCHOOL_2026)).split() == [
        "2026-09-01..2026-11-30",
        "2026-12-01..2027-02-28",
        "2027-03-01..2027-05-31",
        "2027-06-01..2027-08-31",
    ]


@pytest.mark.parametrize(
    "text",
    ["Постоянно", "В течение года", "В течение периода", "Весь период", "в течении года",
     "на протяжении всего периода реализации проекта", "в ходе реализации проекта"],
)  # fmt: skip
def test_the_whole_period_is_ongoing(text: str) -> None:
    for period, window in (
        (YEAR_2022, "2022-01-01..2022-12-31"),
        (SCHOOL_2026, "2026-09-01..2027-08-31"),
    ):
        term = read_term(text, period)
        assert (shown(term), term.ongoing, codes(term)) == (window, True, [])


def test_a_school_year_in_a_plan_for_a_calendar_year_is_doubted() -> None:
    assert codes(read_term("в течение учебного года", SCHOOL_2026)) == []
    doubted = read_term("в течение учебного года", YEAR_2022)
    assert doubted.ongoing
    assert codes(doubted) == ["school_year_in_calendar_plan"]
    named = read_term("в течение 2020-2021 учебного года", YEAR_2021)
    assert (shown(named), named.ongoing) == ("2020-09-01..2021-08-31", True)


@pytest.mark.parametrize(
    ("text", "every"),
    [
        ("По графику", None),
        ("По отдельному графику", None),
        ("По запросу ТМС", None),
        ("в соответствии с графиком проведения", None),
        ("согласно плану-графику ЦНМиИД", None),
        ("по мере поступления заявок", None),
        ("при необходимости", None),
        ("дата уточняется", None),
        ("Ежегодно (по необходимости)", 1),
        ("ежегодно", 1),
        ("каждый год", 1),
        ("раз в 3 года", 3),
    ],
)
def test_no_date_yet_is_understood_and_not_doubted(text: str, every: int | None) -> None:
    for period in (YEAR_2022, SCHOOL_2026, None):
        term = read_term(text, period)
        assert (term.windows, term.precision, term.every_years) == ((), "none", every)
        assert codes(term) == []


@pytest.mark.parametrize(
    ("text", "every", "windows"),
    [
        ("Ежегодно февраль", 1, "2022-02-01..2022-02-28"),
        ("ежегодно, сентябрь", 1, "2022-09-01..2022-09-30"),
        ("Ежегодно – сентябрь", 1, "2022-09-01..2022-09-30"),
        ("Один раз в два года июнь, сентябрь, ноябрь", 2,
         "2022-06-01..2022-06-30 2022-09-01..2022-09-30 2022-11-01..2022-11-30"),
        ("каждые 2 года, май", 2, "2022-05-01..2022-05-31"),
    ],
)  # fmt: skip
def test_recurring_events_have_this_years_months(text: str, every: int, windows: str) -> None:
    term = read_term(text, YEAR_2022)
    assert (term.every_years, shown(term), term.precision) == (every, windows, "month")


def test_a_month_beside_the_whole_year_is_that_month_and_ongoing() -> None:
    term = read_term("октябрь, в течение года", YEAR_2022)
    assert (shown(term), term.ongoing, term.precision) == ("2022-10-01..2022-10-31", True, "month")


def test_a_school_year_puts_autumn_into_its_first_calendar_year() -> None:
    assert shown(read_term("декабрь", SCHOOL_2026)) == "2026-12-01..2026-12-31"
    assert shown(read_term("январь", SCHOOL_2026)) == "2027-01-01..2027-01-31"
    assert shown(read_term("сентябрь-май", SCHOOL_2026)) == "2026-09-01..2027-05-31"
    assert shown(read_term("до января", SCHOOL_2026)) == "..2026-12-31"


@pytest.mark.parametrize(
    ("text", "windows", "doubts"),
    [
        ("сентбрь", "2022-09-01..2022-09-30", ["misprint"]),
        ("Деккабрь", "2022-12-01..2022-12-31", ["misprint"]),
        ("октябырь - нояьрь", "2022-10-01..2022-11-30", ["misprint", "misprint"]),
        ("феврвль 2022", "2022-02-01..2022-02-28", ["misprint"]),
        ("начало марта", "2022-03-01..2022-03-31", ["finer_than_month"]),
        ("вторая половина марта", "2022-03-01..2022-03-31", ["finer_than_month"]),
        ("24 ноября 2022 г. в 10:00", "2022-11-24..2022-11-24", ["time_left_out"]),
        ("3 раза в год: май, июнь",
         "2022-05-01..2022-05-31 2022-06-01..2022-06-30", ["times_differ"]),
        ("Октябрь 2020", "2020-10-01..2020-10-31", ["outside_plan"]),
    ],
)  # fmt: skip
def test_what_is_read_with_a_doubt(text: str, windows: str, doubts: list[str]) -> None:
    term = read_term(text, YEAR_2022)
    assert (shown(term), codes(term)) == (windows, doubts)


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("", "no_term"),
        ("скоро", "unread"),
        ("июнл", "unread"),  # June or July
        ("карта", "unread"),  # a word, not a misprint of «марта»
        ("после октября", "unread"),
        ("кроме июля", "unread"),
        ("по согласованию после октября", "unread"),
        ("март - апрель - май", "unread"),
        ("1. Сентябрь 2. Октябрь", "unread"),  # numbers of a list, not days
        ("до 5 числа каждого месяца", "unread"),
        ("по вторникам", "unread"),
        ("5 квартал", "unread"),
        ("1-2 раза в год", "unread"),
        ("15", "unread"),
        ("44635", "unread"),
        ("I этап", "unread"),
        ("31 апреля", "impossible_date"),
        ("29.02.2022", "impossible_date"),
        ("15.13.2022", "impossible_date"),
        ("май 2022 - март 2022", "backwards"),
        ("октябрь, март 2021", "year_ambiguous"),
        ("март 2026-2027 гг.", "year_ambiguous"),
        ("а" * 5000, "unread"),
    ],
)
def test_what_cannot_be_read_is_never_guessed(text: str, doubt: str) -> None:
    term = read_term(text, YEAR_2022)
    assert (term.windows, term.precision, codes(term)) == ((), "none", [doubt])


def test_without_any_year_nothing_is_dated() -> None:
    for text in ("Август", "сентябрь-май", "до 15 марта", "4 раза в год", "постоянно"):
        term = read_term(text, None)
        assert (term.windows, term.precision, codes(term)) == ((), "none", ["year_unknown"])


def test_a_range_that_a_school_year_cannot_hold_is_not_forced_into_it() -> None:
    assert codes(read_term("август-сентябрь", SCHOOL_2026)) == ["range_leaves_plan"]


def test_a_month_in_a_plan_of_several_years_is_ambiguous() -> None:
    plan = Period.calendar(2020, 2023)
    assert codes(read_term("март", plan)) == ["year_ambiguous"]
    assert shown(read_term("март 2021", plan)) == "2021-03-01..2021-03-31"


def test_stages_that_run_against_the_calendar_are_doubted() -> None:
    term = read_term("I этап - август II этап - сентябрь", SCHOOL_2026)
    assert codes(term) == ["stages_out_of_order"]


@pytest.mark.parametrize(
    ("text", "windows", "doubts"),
    [
        ("сентябрь...май", "2026-09-01..2027-05-31", []),
        ("сентябрь → май", "2026-09-01..2027-05-31", []),
        ("сентябрь\\октябрь", "2026-09-01..2026-09-30 2026-10-01..2026-10-31", []),
        ("сентябрь по май", "2026-09-01..2027-05-31", []),
        ("1 по 15 сентября", "2026-09-01..2026-09-15", []),
        ("с 1-15 сентября", "2026-09-01..2026-09-15", []),
        ("от сентября до мая", "2026-09-01..2027-04-30", []),
        ("с сентября до мая включительно", "2026-09-01..2027-05-31", []),
        ("до мая включительно", "..2027-05-31", []),
        ("до 1 марта включительно", "..2027-03-01", []),
        ("начиная с марта", "2027-03-01..", []),
        ("09.2026", "2026-09-01..2026-09-30", []),
        ("09.2026-05.2027", "2026-09-01..2027-05-31", []),
        ("сентябрь 26 г.", "2026-09-01..2026-09-30", []),
        ("15 марта 27 года", "2027-03-15..2027-03-15", []),
        ("15.09–20.10.2026", "2026-09-15..2026-10-20", []),
        ("до конца 2026-2027 учебного года", "..2027-08-31", []),
        ("до 2027-2028 учебного года", "..2027-08-31", []),
        ("круглый год", "2026-09-01..2027-08-31", []),
        ("15 марта (понедельник)", "2027-03-15..2027-03-15", []),
        ("пн, 15.03.2027", "2027-03-15..2027-03-15", []),
        ("вторник, 15 марта", "2027-03-15..2027-03-15", ["weekday_differs"]),
        ("15 марта в 10 часов", "2027-03-15..2027-03-15", ["time_left_out"]),
        ("с начала сентября по конец мая", "2026-09-01..2027-05-31", ["finer_than_month"]),
        ("третья декада мая - первая декада июня", "2027-05-01..2027-06-30", ["finer_than_month"]),
        ("первая неделя марта", "2027-03-01..2027-03-31", ["finer_than_month"]),
        ("май или июнь", "2027-05-01..2027-05-31 2027-06-01..2027-06-30", ["either"]),
        ("август, сентябрь",
         "2027-08-01..2027-08-31 2026-09-01..2026-09-30", ["list_out_of_order"]),
        ("2–3 квартал", "", ["range_leaves_plan"]),
        ("I полугодие", "", ["half_of_school_year"]),
        ("до II полугодия", "", ["half_of_school_year"]),
        ("второе полугодие 2026", "2026-07-01..2026-12-31", []),
        ("01.09.2026 31.05.2027", "", ["range_or_list"]),
        ("01.09.2026/31.05.2027", "", ["range_or_list"]),
        ("1 сентября 2026 31 мая 2027", "", ["range_or_list"]),
        ("май 2026 или 2027", "", ["year_ambiguous"]),
        ("0 марта", "", ["unread"]),
        ("00.03.2027", "", ["unread"]),
        ("сентябрь-", "", ["unread"]),
        ("пн-пт", "", ["unread"]),
        ("каждый второй вторник", "", ["unread"]),
        ("еженедельно, вторник", "", ["unread"]),
        ("с марта до конца года", "", ["unread"]),
        ("в течение 10 дней после семинара", "", ["unread"]),
        ("приказ от 15 марта", "", ["unread"]),
        ("сентябрь следующего года", "", ["unread"]),
    ],
)  # fmt: skip
def test_other_ways_of_writing_are_read_rightly_or_doubted(
    text: str, windows: str, doubts: list[str]
) -> None:
    term = read_term(text, SCHOOL_2026)
    assert (shown(term), codes(term)) == (windows, doubts)
