"""The values that the grammar's rules stand for: what a term says before any calendar."""

from dataclasses import dataclass
from typing import Literal

from roadmap import words
from roadmap.model import DoubtCode

Unit = Literal["day", "month", "part"]
Year = int | words.YearPair


@dataclass(frozen=True, slots=True)
class Point:
    """A stretch of one calendar year: from (month, day) to (month, day); day 0 is the last one."""

    start: tuple[int, int]
    end: tuple[int, int]
    unit: Unit
    year: Year | None = None
    half: bool = False  # «I полугодие»: of which year, a school plan leaves open


@dataclass(frozen=True, slots=True)
class Span:
    """From the start of `first` to the end of `last`, or to before `last` if `until`."""

    first: Point
    last: Point
    open_end: bool = False
    until: bool = False
    finer: str | None = None  # the words that say more than a month and less than a day


@dataclass(frozen=True, slots=True)
class WholeYear:
    """A year that stands alone: a window of its own, or the year of its neighbours."""

    year: Year


@dataclass(frozen=True, slots=True)
class Deadline:
    """Not after `point` (None: the whole period); before it begins unless `inclusive`."""

    point: Point | None
    inclusive: bool


@dataclass(frozen=True, slots=True)
class Rate:
    """So many times in a year; `within_year` if it was said of a month, a quarter or a week."""

    per_year: int
    at_least: bool = False
    within_year: bool = False


@dataclass(frozen=True, slots=True)
class EveryYears:
    """Once in so many years."""

    years: int


@dataclass(frozen=True, slots=True)
class Ongoing:
    """All the time; `school` if the words speak of a school year."""

    school: bool = False


@dataclass(frozen=True, slots=True)
class NoDate:
    """The document itself says that the date will be known later."""


@dataclass(frozen=True, slots=True)
class Label:
    """«I этап», with where it stands in the text; `trailing` if written after its window."""

    start: int
    end: int
    trailing: bool = False


@dataclass(frozen=True, slots=True)
class Stray:
    """Words that carry no date."""

    text: str


@dataclass(frozen=True, slots=True)
class Time:
    """An hour of the day."""

    text: str


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week named beside a date; Monday is 0."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Inclusive:
    """«включительно» behind a range, whose last day is in it anyway."""


Element = (
    Span
    | WholeYear
    | Deadline
    | Rate
    | EveryYears
    | Ongoing
    | NoDate
    | Label
    | Stray
    | Time
    | Weekday
    | Inclusive
)


class Unreadable(Exception):  # noqa: N818 - an answer about a text, not a fault of the program
    """The text has none of the known forms; `text` is the part that does not fit."""

    def __init__(self, text: str, code: DoubtCode = DoubtCode.UNREAD) -> None:
        super().__init__(text)
        self.text = text
        self.code = code


@dataclass(frozen=True, slots=True)
class Sentence:
    """What one text says before any calendar: elements in order, and words read despite a slip."""

    text: str
    elements: tuple[Element, ...]
    misprints: tuple[words.Misprint, ...]
    either: bool = False
