"""Laws of the grammar for any month, day, list, range, stage, rate and year."""

import calendar
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from roadmap.model import DoubtCode
from roadmap.periods import Period
from roadmap.terms import read_term
from roadmap.vocabulary import MONTHS
from roadmap.words import nearest

YEARS = st.integers(2000, 2098)
PERIODS = st.builds(Period.calendar, YEARS) | st.builds(Period.school, YEARS)
MONTH = st.integers(1, 12)
DASH = st.sampled_from(["-", " - ", "–", " – ", "- ", " —"])
COMMA = st.sampled_from([", ", ",", " и ", " ", "; ", " / "])
CASE = st.sampled_from([str.lower, str.title, str.upper])


@st.composite
def written(draw: st.DrawFn, month: int) -> str:
    """A month as somebody may write it."""
    return str(draw(CASE)(draw(st.sampled_from(MONTHS[month][:2]))))


def whole(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def in_period(period: Period, month: int) -> tuple[date, date]:
    """The month's only place in the plan, computed without the grammar."""
    first = period.start.year
    return whole(first if not period.is_school or month >= 9 else first + 1, month)


@given(PERIODS, st.lists(MONTH, min_size=1, max_size=12), st.data())
def test_any_list_of_months_is_that_many_windows(
    period: Period, months: list[int], data: st.DataObject
) -> None:
    text = data.draw(written(months[0]))
    for month in months[1:]:
        text += data.draw(COMMA) + data.draw(written(month))
    term = read_term(text, period)
    assert [(w.start, w.end) for w in term.windows] == [in_period(period, m) for m in months]
    starts = [window.start for window in term.windows if window.start]
    codes = [] if starts == sorted(starts) else [DoubtCode.LIST_OUT_OF_ORDER]
    assert (term.precision, [doubt.code for doubt in term.doubts]) == ("month", codes)


@given(YEARS, MONTH, MONTH, st.data())
def test_a_range_is_one_window_and_may_cross_new_year(
    year: int, first: int, last: int, data: st.DataObject
) -> None:
    text = data.draw(written(first)) + data.draw(DASH) + data.draw(written(last))
    (window,) = read_term(text, Period.calendar(year)).windows
    assert window.start == whole(year, first)[0]
    assert window.end == whole(year if first <= last else year + 1, last)[1]


@given(YEARS, MONTH, MONTH, st.data())
def test_a_range_in_a_school_year_lies_in_it_or_is_doubted(
    year: int, first: int, last: int, data: st.DataObject
) -> None:
    period = Period.school(year)
    text = data.draw(written(first)) + data.draw(DASH) + data.draw(written(last))
    term = read_term(text, period)
    (start, _), (_, end) = in_period(period, first), in_period(period, last)
    if start <= end:
        assert [(w.start, w.end) for w in term.windows] == [(start, end)]
    else:
        assert (term.windows, term.precision) == ((), "none")
        assert [d.code.value for d in term.doubts] == ["range_leaves_plan"]


@given(YEARS, MONTH, MONTH, PERIODS | st.none(), st.data())
def test_a_year_in_the_text_wins_over_any_plan(
    year: int, first: int, last: int, period: Period | None, data: st.DataObject
) -> None:
    suffix = data.draw(st.sampled_from(["", " г.", " года", "г"]))
    text = data.draw(written(first)) + data.draw(DASH) + data.draw(written(last))
    (window,) = read_term(f"{text} {year}{suffix}", period).windows
    assert window.end == whole(year, last)[1]
    assert window.start == whole(year if first <= last else year - 1, first)[0]


@given(st.dates(date(2000, 1, 1), date(2098, 12, 31)), PERIODS | st.none(), st.data())
def test_any_exact_day_is_that_day(day: date, period: Period | None, data: st.DataObject) -> None:
    genitive = MONTHS[day.month][1]
    text = data.draw(
        st.sampled_from(
            [
                f"{day:%d.%m.%Y}",
                f"{day.day}.{day.month}.{day.year} г.",
                f"{day.day} {genitive} {day.year} г.",
                f"{day.day:02} {genitive.title()} {day.year}",
                day.isoformat(),
            ]
        )
    )
    term = read_term(text, period)
    assert [(w.start, w.end) for w in term.windows] == [(day, day)]
    assert term.precision == "day"


@given(PERIODS, MONTH, st.integers(1, 31), st.integers(1, 31), st.data())
def test_days_of_a_month_are_real_or_refused(
    period: Period, month: int, first: int, last: int, data: st.DataObject
) -> None:
    start_of_month, end_of_month = in_period(period, month)
    form = data.draw(st.sampled_from(["{}-{} {}", "с {} по {} {}"]))
    term = read_term(form.format(first, last, MONTHS[month][1]), period)
    if first <= last <= end_of_month.day:
        (window,) = term.windows
        assert window.start == start_of_month.replace(day=first)
        assert window.end == start_of_month.replace(day=last)
    elif last > end_of_month.day or first > end_of_month.day:
        assert term.windows == ()
        assert term.doubts


@given(PERIODS, st.lists(MONTH, min_size=1, max_size=4), st.data())
def test_stages_label_their_windows(period: Period, months: list[int], data: st.DataObject) -> None:
    numerals = data.draw(st.sampled_from([["I", "II", "III", "IV"], ["1", "2", "3", "4"]]))
    labels = [f"{numeral} этап" for numeral in numerals[: len(months)]]
    gap = data.draw(st.sampled_from([" ", ", ", "; ", "\n"]))
    text = gap.join(
        f"{label}{data.draw(DASH)}{data.draw(written(month))}"
        for label, month in zip(labels, months, strict=True)
    )
    term = read_term(text, period)
    assert [w.label for w in term.windows] == labels
    assert [(w.start, w.end) for w in term.windows] == [in_period(period, m) for m in months]


@given(PERIODS, st.integers(1, 60))
def test_n_times_a_year_tile_the_plan(period: Period, n: int) -> None:
    term = read_term(f"{n} раз в год", period)
    starts = [w.start for w in term.windows]
    ends = [w.end for w in term.windows]
    assert (len(starts), term.times_per_year, term.precision) == (n, n, "part")
    assert (starts[0], ends[-1]) == (period.start, period.end)
    for end, start in zip(ends, starts[1:], strict=False):
        assert end is not None
        assert start == end + timedelta(days=1)
    if 12 % n == 0:
        assert all(s is not None and s.day == 1 for s in starts)
    lengths = [(e - s).days for s, e in zip(starts, ends, strict=True) if s and e]
    assert max(lengths) - min(lengths) <= (5 if 12 % n == 0 else 1)


@given(PERIODS, MONTH, st.data())
def test_a_deadline_before_a_month_ends_the_day_before_it(
    period: Period, month: int, data: st.DataObject
) -> None:
    term = read_term(f"до {MONTHS[month][1]}", period)
    (window,) = term.windows
    assert window.start is None
    assert window.end is not None
    assert period.start <= window.end <= period.end
    assert (window.end + timedelta(days=1)).month == month
    assert (window.end + timedelta(days=1)).day == 1


@given(PERIODS, MONTH, st.sampled_from(["ежегодно", "Ежегодно,", "каждый год:"]), st.data())
def test_yearly_adds_only_its_flag(
    period: Period, month: int, yearly: str, data: st.DataObject
) -> None:
    name = data.draw(written(month))
    with_flag, without = read_term(f"{yearly} {name}", period), read_term(name, period)
    assert with_flag.every_years == 1
    assert with_flag.model_copy(update={"every_years": None}) == without


@given(st.text(max_size=80), PERIODS | st.none())
def test_no_text_breaks_the_reader(text: str, period: Period | None) -> None:
    term = read_term(text, period)
    assert (term.precision == "none") == (not term.windows)
    said = term.windows or term.doubts or term.every_years
    assert said


ALPHABET = "абвгдежзиклмнопрстуфхцчшщъыьэюя0123456789 -–.,;:()IVгодэтапразкварталс по до в"


@given(st.text(alphabet=ALPHABET, max_size=60), PERIODS)
def test_no_text_like_a_term_breaks_the_reader(text: str, period: Period) -> None:
    term = read_term(text, period)
    for window in term.windows:
        assert window.start is not None or window.end is not None
        if window.start and window.end:
            assert window.start <= window.end


@given(MONTH, st.integers(0, 8), st.sampled_from("абвгдеклмнопрстуьящ"), st.sampled_from("xdis"))
def test_one_slip_in_a_month_is_read_rightly_or_not_at_all(
    month: int, at: int, letter: str, slip: str
) -> None:
    name = MONTHS[month][0]
    at %= len(name)
    wrong = {
        "x": name[:at] + letter + name[at + 1 :],
        "d": name[:at] + name[at + 1 :],
        "i": name[:at] + letter + name[at:],
        "s": name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
    }[slip]
    term = read_term(wrong, Period.calendar(2022))
    if term.windows:
        assert term.windows[0].start is not None
        read_as = term.windows[0].start.month
        # one slip can turn June into July, which is then no misprint but that month
        assert read_as == month or wrong in MONTHS[read_as] or {read_as, month} == {6, 7}
        assert term.doubts or any(wrong in forms for forms in MONTHS.values())


def test_a_word_that_two_months_could_have_been_is_left_alone() -> None:
    assert nearest("июнл") is None
    assert nearest("сентбрь") == "сентябрь"
