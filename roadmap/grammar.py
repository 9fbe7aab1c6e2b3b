"""From tokens to the elements of a term: the values that `terms.lark`'s rules stand for."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, cast

from lark import Lark, Token, Transformer, UnexpectedInput
from lark.lexer import Lexer as LarkLexer

from roadmap import words
from roadmap.elements import (
    Deadline,
    Element,
    EveryYears,
    Inclusive,
    Label,
    NoDate,
    Ongoing,
    Point,
    Rate,
    Sentence,
    Span,
    Stray,
    Time,
    Unreadable,
    Weekday,
    WholeYear,
    Year,
)
from roadmap.model import DoubtCode

UNITS_IN_A_YEAR = {"GOD": 1, "SCHOOLYEAR": 1, "HALF": 2, "QUARTER": 4, "MONTHWORD": 12, "WEEK": 52}
SHORT_UNITS = ("QUARTER", "MONTHWORD", "WEEK")
"""«Раз в месяц» beside months holds within them; «4 раза в год» is a number for the year."""
MOST_OFTEN = 366
SHORTEST_QUOTED = 3  # a doubt that quotes «по» or «)» helps nobody: it quotes the whole term


def _value(token: Token) -> object:
    return cast("words.Valued", token.value).value


def _int(token: Token) -> int:
    return cast("int", _value(token))


class Count(NamedTuple):
    """«15», «15-17», «II»: one number or a run of them, and where it stands in the text."""

    first: int
    last: int
    at: int


Counted = list[Count]


class Vague(NamedTuple):
    """«начало марта»: a point, and the word that says more than the point does."""

    point: Point
    word: str


def _points(items: list[object]) -> list[object]:
    return [item for item in items if not isinstance(item, Token)]


def _end(token: Token) -> int:
    return token.end_pos or 0


def _single(points: object, *, last: bool = False) -> Point:
    """The one point that a range or deadline may have: its beginning, or its `last`."""
    found = cast("list[Point | WholeYear]", points)
    if len(found) != 1:
        raise Unreadable(", ".join(f"{p.start[1]}" for p in found if isinstance(p, Point)))
    point = found[0]
    if not isinstance(point, WholeYear):
        return point
    year = point.year
    if isinstance(year, int):
        return Point((1, 1), (12, 0), "part", year)
    if year.school is None:
        raise Unreadable(f"{year.first}-{year.last}")
    edge = year.last if last else year.first
    if not year.school:
        return Point((1, 1), (12, 0), "part", edge)
    # A school year lies in two calendar years: as an end it is its last day, else its first.
    return Point(*(((8, 31),) * 2 if last else ((9, 1),) * 2), "part", edge)


def _a_day(day: int) -> int:
    """A day of a month; 0 stands for the last one in a `Point`, so it may not be written."""
    if day < 1:
        raise Unreadable(str(day))
    return day


# ruff: noqa: D102 - the methods are named for the rules they serve; the rules are in terms.lark
class Elements(Transformer[Token, list[Element]]):
    """One method a rule of the grammar; each returns a list so that one phrase may say several."""

    def start(self, items: list[list[Element]]) -> list[Element]:
        return [element for item in items for element in item]

    def year(self, items: list[Token]) -> Year:
        return cast("Year", _value(items[0]))

    def number(self, items: list[Token]) -> Count:
        return Count(_int(items[0]), _int(items[-1]), items[0].start_pos or 0)

    roman = number

    def numbers(self, items: Counted) -> Counted:
        return items

    romans = numbers

    def days(self, items: list[object]) -> list[Point]:
        counted, month = cast("Counted", items[0]), _int(cast("Token", items[1]))
        year = cast("Year | None", items[2] if len(items) > 2 else None)
        return [Point((month, _a_day(a)), (month, b), "day", year) for a, b, _ in counted]

    def month(self, items: list[object]) -> list[Point]:
        month = _int(cast("Token", items[0]))
        return [
            Point((month, 1), (month, 0), "month", cast("Year", items[1]) if items[1:] else None)
        ]

    def date(self, items: list[Token]) -> list[Point]:
        day, month, year = cast("words.Day", _value(items[0]))
        return [Point((month, _a_day(day)), (month, day), "day", year)]

    def quarters(self, items: list[object]) -> list[Point]:
        return self._parts(items, 3)

    def halves(self, items: list[object]) -> list[Point]:
        return self._parts(items, 6)

    @staticmethod
    def _parts(items: list[object], months: int) -> list[Point]:
        counted = cast("Counted", items[0])
        year = cast("Year | None", items[2] if len(items) > 2 else None)
        if any(not 1 <= a <= b <= 12 // months for a, b, _ in counted):
            raise Unreadable(str(cast("Token", items[1])))
        half = months == 6
        return [
            Point(((a - 1) * months + 1, 1), (b * months, 0), "part", year, half)
            for a, b, _ in counted
        ]

    def whole_year(self, items: list[Year]) -> list[WholeYear]:
        return [WholeYear(items[0])]

    def span(self, items: list[list[Point | WholeYear]]) -> list[Element]:
        if len(items) == 1:
            return [p if isinstance(p, WholeYear) else Span(p, p) for p in items[0]]
        return [Span(_single(items[0]), _single(items[1], last=True))]

    def during(self, items: list[list[Point | WholeYear]]) -> list[Element]:
        if isinstance(items[0][0], WholeYear):
            year = items[0][0].year
            return [Ongoing(school=not isinstance(year, int)), items[0][0]]
        return self.span(items)

    def open_span(self, items: list[list[Point]]) -> list[Element]:
        point = _single(items[0])
        run = point.start != point.end and point.unit == "day"  # «с 1-15 сентября»
        return [Span(point, point, open_end=not run)]

    def span_until(self, items: list[object]) -> list[Element]:
        points = _points(items)
        first, last = _single(points[0]), _single(points[1])
        return [Span(first, last, until=last.unit != "day")]

    def span_upto(self, items: list[object]) -> list[Element]:
        points = _points(items)
        return [Span(_single(points[0]), _single(points[1], last=True))]

    def days_between(self, items: list[object]) -> list[Element]:
        (first,), (last,) = cast("Counted", items[0]), cast("Counted", items[1])
        point = self.days([[Count(first.first, last.last, first.at)], *items[2:]])[0]
        return [Span(point, point)]

    def days_to_date(self, items: list[object]) -> list[Element]:
        day = _int(items[0]) if isinstance(items[0], Token) else cast("Counted", items[0])[0][0]
        last = self.date([cast("Token", items[1])])[0]
        return [Span(replace(last, start=(last.start[0], day)), last)]

    def deadline(self, items: list[object]) -> list[Element]:
        by = cast("Token", items[0]).type == "BY"
        point = _single(items[1], last=by)
        return [Deadline(point, by or point.unit == "day")]

    def deadline_end(self, items: list[object]) -> list[Element]:
        return [Deadline(_single(items[2], last=True), inclusive=True)]

    def deadline_by(self, items: list[object]) -> list[Element]:
        return [Deadline(_single(items[1], last=True), inclusive=True)]

    def deadline_whole(self, _items: list[object]) -> list[Element]:
        return [Deadline(None, inclusive=True)]

    def vague(self, items: list[object]) -> Vague:
        word = next(str(item) for item in items if isinstance(item, Token))
        return Vague(_single(items[-1]), word)

    def partial(self, items: list[object]) -> list[Element]:
        points = [item.point if isinstance(item, Vague) else _single(item) for item in items]
        said = [item.word for item in items if isinstance(item, Vague)]
        return [Span(points[0], points[-1], finer=", ".join(dict.fromkeys(said)))]

    def label(self, items: list[object]) -> list[Element]:
        tokens = [item for item in items if isinstance(item, Token)]
        counted = next((item for item in items if isinstance(item, list)), None)
        start = counted[0].at if counted else tokens[0].start_pos or 0
        return [Label(start, _end(tokens[-1]))]

    def trailing(self, items: list[object]) -> list[Element]:
        point, counted = _single(items[0]), cast("Counted", items[1])
        label = Label(counted[0].at, _end(cast("Token", items[2])), trailing=True)
        return [Span(point, point), label]

    def rate(self, items: list[object]) -> list[Element]:
        tokens = cast("list[Token]", items)
        if tokens[0].type == "OFTEN":
            per_year = _int(tokens[0])
            return [Rate(per_year, within_year=per_year in map(UNITS_IN_A_YEAR.get, SHORT_UNITS))]
        kinds = [token.type for token in tokens]
        times = kinds.index("TIMES")
        before = [_int(t) for t in tokens[:times] if t.type == "INT"]
        after = [_int(t) for t in tokens[times + 1 :] if t.type == "INT"]
        return self._often(
            before[0] if before else 1, after[0] if after else 1, tokens[-1], "ATLEAST" in kinds
        )

    def every(self, items: list[object]) -> list[Element]:
        tokens = cast("list[Token]", items)
        counts = [_int(t) for t in tokens if t.type == "INT"]
        unit = tokens[-1]
        if unit.type in {"GOD", "SCHOOLYEAR"}:
            return [EveryYears(counts[0] if counts else 1)]
        return self._often(1, counts[0] if counts else 1, unit, at_least=False)

    @staticmethod
    def _often(times: int, units: int, unit: Token, at_least: bool) -> list[Element]:
        if times == 0 or units == 0:
            raise Unreadable(str(unit))
        per_year, rest = divmod(times * UNITS_IN_A_YEAR[unit.type], units)
        if rest == 0 and 1 <= per_year <= MOST_OFTEN:
            return [Rate(per_year, at_least, within_year=unit.type in SHORT_UNITS)]
        if times == 1 and UNITS_IN_A_YEAR[unit.type] == 1:
            return [EveryYears(units)]
        raise Unreadable(str(unit))

    def unit(self, items: list[Token]) -> Token:
        return items[0]

    whole = unit

    def yearly(self, _items: list[object]) -> list[Element]:
        return [EveryYears(1)]

    def ongoing(self, items: list[Token]) -> list[Element]:
        return [Ongoing(school=items[-1].type == "SCHOOLYEAR")]

    def nodate(self, _items: list[object]) -> list[Element]:
        return [NoDate()]

    def stray(self, items: list[Token]) -> list[Element]:
        return [Stray(str(items[0]))]

    def weekday(self, items: list[Token]) -> list[Element]:
        return [Weekday(_int(items[0]), str(items[0]))]

    def inclusive(self, _items: list[object]) -> list[Element]:
        return [Inclusive()]

    def time(self, items: list[Token]) -> list[Element]:
        return [Time(str(items[0]))]


class _Tokens(LarkLexer):
    """The door through which our tokens enter lark."""

    def __init__(self, _conf: object) -> None:
        pass

    def lex(self, lexer_state: object, parser_state: object = None) -> Iterator[Token]:  # noqa: ARG002
        # lark hands a lexer without `__future_interface__` the text itself: here, our tokens.
        yield from cast("Sequence[Token]", lexer_state)


PARSER = Lark(
    Path(__file__).with_name("terms.lark").read_text(encoding="utf-8"),
    parser="lalr",
    lexer=_Tokens,
    transformer=Elements(),
    maybe_placeholders=False,
)


@lru_cache(maxsize=2048)
def parse(text: str) -> Sentence:
    """Read a cleaned term. Raises `Unreadable` naming the part that fits no form."""
    lexer = words.Lexer(text)
    if not lexer.tokens:
        raise Unreadable(text)
    if lexer.unclear:
        raise Unreadable(lexer.unclear, DoubtCode.RANGE_OR_LIST)
    try:
        elements = PARSER.parse(cast("str", lexer.tokens))
    except UnexpectedInput as fault:
        token = getattr(fault, "token", None)
        known = isinstance(token, Token) and len(token) >= SHORTEST_QUOTED
        raise Unreadable(str(token) if known else text) from None
    if not elements:
        raise Unreadable(text)
    found = tuple(cast("list[Element]", elements))
    return Sentence(text, found, tuple(lexer.misprints), lexer.either)
