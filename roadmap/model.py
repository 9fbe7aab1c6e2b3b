"""What was understood of a roadmap: the values that reading returns and `--json` prints."""

from datetime import date
from enum import StrEnum
from typing import Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
)

Precision = Literal["day", "month", "part", "none"]


class DoubtCode(StrEnum):
    """Why a coordinator should look at something again; worded in `bot/texts/roadmap.py`."""

    # about one term
    UNREAD = "unread"  # text: the words that fit no form
    MISPRINT = "misprint"  # written, read_as
    NO_TERM = "no_term"
    YEAR_UNKNOWN = "year_unknown"
    YEAR_AMBIGUOUS = "year_ambiguous"  # text
    IMPOSSIBLE_DATE = "impossible_date"  # text
    BACKWARDS = "backwards"  # start, end
    RANGE_LEAVES_PLAN = "range_leaves_plan"  # plan
    OUTSIDE_PLAN = "outside_plan"  # start, end, plan
    FINER_THAN_MONTH = "finer_than_month"  # text
    TIME_LEFT_OUT = "time_left_out"  # text
    AT_LEAST = "at_least"  # times
    TIMES_DIFFER = "times_differ"  # times, windows
    STAGES_OUT_OF_ORDER = "stages_out_of_order"
    LIST_OUT_OF_ORDER = "list_out_of_order"
    RANGE_OR_LIST = "range_or_list"  # text
    EITHER = "either"
    WEEKDAY_DIFFERS = "weekday_differs"  # text, date, weekday (0 is Monday)
    HALF_OF_SCHOOL_YEAR = "half_of_school_year"  # text
    SCHOOL_YEAR_IN_CALENDAR_PLAN = "school_year_in_calendar_plan"  # plan
    # about one event
    NO_TITLE = "no_title"
    CONTINUED_ROW = "continued_row"
    NUMBER_MISSING = "number_missing"
    NUMBER_WAS_DATE = "number_was_date"  # number
    NUMBER_TWICE = "number_twice"  # number
    SECTION_DIFFERS = "section_differs"  # number, section
    TASK_OUTSIDE_SECTION = "task_outside_section"
    TASK_WITHOUT_TERM = "task_without_term"
    TASK_WITHOUT_LEVEL = "task_without_level"
    TASK_TERM = "task_term"  # a doubt of the task's own term; `about` holds its code
    # about the document
    YEAR_OF_PLAN_UNKNOWN = "year_of_plan_unknown"
    YEAR_OF_PLAN_UNCLEAR = "year_of_plan_unclear"  # years
    YEAR_SAID_DIFFERS = "year_said_differs"  # said, written
    YEAR_CELL_UNREAD = "year_cell_unread"  # row, text
    HEADING_UNREAD = "heading_unread"  # row, text
    HEADING_BY_NUMBER = "heading_by_number"  # row, text, section
    COLUMN_LEFT_OUT = "column_left_out"  # text
    TABLE_LEFT_OUT = "table_left_out"  # table
    SHEET_HIDDEN = "sheet_hidden"  # sheet


class Frozen(BaseModel):
    """Values are read once and never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Doubt(Frozen):
    """A code and what its sentence needs."""

    code: DoubtCode
    args: dict[str, str | int] = Field(default_factory=dict)


class Window(Frozen):
    """Days from `start` to `end`, both included; None where the text leaves that side open."""

    start: date | None
    end: date | None
    label: str | None = None

    @model_serializer(mode="wrap")
    def _without_empty_label(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        fields: dict[str, Any] = handler(self)
        if self.label is None:
            del fields["label"]
        return fields


class Term(Frozen):
    """What one term says, placed in the calendar.

    `precision` is the finest thing every window says: a day, whole months, one of n equal parts of
    the year, or "none" where there is no window to speak of.
    """

    windows: tuple[Window, ...] = ()
    precision: Precision = "none"
    ongoing: bool = False
    every_years: int | None = None
    times_per_year: int | None = None
    doubts: tuple[Doubt, ...] = ()


class Task(Frozen):
    """A case task of an event; `due` is the last day to hand it in."""

    text: str
    level: str | None
    term: str
    due: date | None


class Event(Frozen):
    """One row of the roadmap (or several that continue one another)."""

    number: str
    section: int | None
    title: str
    audience: str
    responsible: str
    term: str
    windows: tuple[Window, ...]
    precision: Precision
    ongoing: bool
    every_years: int | None
    times_per_year: int | None
    task: Task | None
    doubts: tuple[Doubt, ...]


class Roadmap(Frozen):
    """A whole document. `year` is "2022", a school year "2026-2027", or None if it names none."""

    title: str | None
    year: str | None
    doubts: tuple[Doubt, ...]
    events: tuple[Event, ...]
