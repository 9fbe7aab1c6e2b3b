"""What can be wrong with a form's workbook: codes with a place; `bot/texts/xlsform.py` words them.

Faults of the questionnaire itself (a name twice, a broken expression, a band that overlaps) keep
the codes of `surveys.faults`, so that a shipped definition and a workbook are judged alike.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from surveys import faults as common


class FaultCode(enum.StrEnum):
    """Faults that only a workbook can have. Arguments in brackets."""

    NOT_A_WORKBOOK = "not_a_workbook"
    NO_SURVEY_SHEET = "no_survey_sheet"  # found: names of the sheets
    SURVEY_EMPTY = "survey_empty"
    COLUMN_MISSING = "column_missing"  # column
    COLUMN_TWICE = "column_twice"  # column
    TYPE_EMPTY = "type_empty"
    TYPE_UNKNOWN = "type_unknown"  # type, closest: str | None
    TYPE_UNSUPPORTED = "type_unsupported"  # type
    METADATA_USED = "metadata_used"  # column, name; what a device fills in, a chat has none
    REPEAT = "repeat"
    GROUP_NOT_CLOSED = "group_not_closed"  # name
    GROUP_NOT_OPEN = "group_not_open"
    NAME_EMPTY = "name_empty"
    LIST_NOT_NAMED = "list_not_named"  # type
    LIST_UNKNOWN = "list_unknown"  # list, closest: str | None, lists: those there are, if none is
    LIST_FROM_FILE = "list_from_file"
    FILTER_WITH_OTHER = "filter_with_other"  # list
    SAME_CODES = "same_codes"  # choice; a setting of the standard allows it, the chat cannot
    YES_OR_NO = "yes_or_no"  # column, value
    NUMBER = "number"  # column, value
    PARAMETER_UNKNOWN = "parameter_unknown"  # parameter, allowed
    CALCULATION_EMPTY = "calculation_empty"
    SETTING = "setting"  # setting, value, allowed
    STANDARD = "standard"  # message: pyxform's own words


class WarnCode(enum.StrEnum):
    """What is worth knowing and stops nothing."""

    COLUMN_UNUSED = "column_unused"  # column
    LANGUAGE_CHOSEN = "language_chosen"  # language, others
    TITLE_MISSING = "title_missing"
    METADATA_LEFT_OUT = "metadata_left_out"  # types


@dataclass(frozen=True)
class Fault:
    """One fault at its place: `row` and `column` are Excel's (12, "C"), None where unknown."""

    sheet: str
    row: int | None
    column: str | None
    code: FaultCode | common.FaultCode
    args: Mapping[str, object] = field(default_factory=dict)
    item: str = ""


@dataclass(frozen=True)
class Warn:
    """One warning, with its sheet."""

    sheet: str
    code: WarnCode
    args: Mapping[str, object] = field(default_factory=dict)
