"""Whether an answer is taken: the value to store, or the reason why not as a code."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from surveys.answers import Answer


class Code(enum.StrEnum):
    """Why an answer is refused; `bot/texts/forms.py` words it. Arguments in brackets."""

    REQUIRED = "required"  # message: str | None, the questionnaire's own words
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    OFF_SCALE = "off_scale"  # low, high, step
    NOT_A_DATE = "not_a_date"
    NO_SUCH_DATE = "no_such_date"
    NO_SUCH_CHOICE = "no_such_choice"  # typed, closest: list of labels, possibly empty
    AMBIGUOUS_CHOICE = "ambiguous_choice"  # typed, closest: list of labels
    ONE_CHOICE_ONLY = "one_choice_only"
    ALONE = "alone"  # label
    RANK_ALL = "rank_all"  # count
    OTHER_IS_EMPTY = "other_is_empty"
    TOO_LONG = "too_long"  # length, limit
    FILE_EXPECTED = "file_expected"
    WORDS_EXPECTED = "words_expected"
    CONSTRAINT = "constraint"  # message: str | None, the questionnaire's own words
    NOT_ASKED = "not_asked"  # the item does not apply (any more)


@dataclass(frozen=True)
class Refusal:
    """The answer is not taken, with the reason.

    `help` becomes True from the second miss in a row on: show the fuller help then.
    """

    code: Code
    args: Mapping[str, object] = field(default_factory=dict)
    help: bool = False


@dataclass(frozen=True)
class Accepted:
    """The answer to store under the item's name."""

    answer: Answer
