"""What can be wrong with a questionnaire, as codes; `bot/texts/forms.py` says it in words."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field


class FaultCode(enum.StrEnum):
    """The kinds of fault. Arguments in brackets; `column` is the XLSForm column or field."""

    UNREADABLE = "unreadable"  # reason
    ID_IS_NOT_THE_FILE_NAME = "id_is_not_the_file_name"  # id
    MISSING = "missing"  # column
    UNKNOWN_COLUMN = "unknown_column"  # column
    WRONG_VALUE = "wrong_value"  # column, given, reason
    UNKNOWN_TYPE = "unknown_type"  # given
    UNKNOWN_LIST = "unknown_list"  # list

    NO_QUESTIONS = "no_questions"
    DUPLICATE_NAME = "duplicate_name"
    BAD_NAME = "bad_name"  # name
    BAD_CHOICE_NAME = "bad_choice_name"  # name
    RESERVED_NAME = "reserved_name"  # name
    EMPTY_LABEL = "empty_label"  # column
    TOO_LONG = "too_long"  # column, length, limit

    NO_CHOICES = "no_choices"
    TOO_MANY_CHOICES = "too_many_choices"  # count, limit
    DUPLICATE_CHOICE = "duplicate_choice"  # choice
    DUPLICATE_CHOICE_LABEL = "duplicate_choice_label"  # label
    EMPTY_RANGE = "empty_range"  # start, end
    UNEVEN_RANGE = "uneven_range"  # start, end, step

    EXPRESSION = "expression"  # column, problem, expression, what, at
    UNKNOWN_REFERENCE = "unknown_reference"  # column, name
    FORWARD_REFERENCE = "forward_reference"  # column, name
    UNKNOWN_COLUMN_IN_FILTER = "unknown_column_in_filter"  # name
    UNREACHABLE = "unreachable"  # expression

    UNKNOWN_GROUP = "unknown_group"  # group
    GROUP_LOOP = "group_loop"  # group
    BAND_WITHOUT_ITEM = "band_without_item"  # name
    BAND_EMPTY = "band_empty"  # low, high
    BANDS_OVERLAP = "bands_overlap"  # low, high
    MEASURE_NEEDS_SCALE = "measure_needs_scale"  # measure


@dataclass(frozen=True)
class Fault:
    """One fault: in which file, at which item (group, band), what, with its particulars."""

    code: FaultCode
    item: str = ""
    args: Mapping[str, object] = field(default_factory=dict)
    file: str = ""
