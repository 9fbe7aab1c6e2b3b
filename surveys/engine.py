"""The engine of a conversation: answers so far → what to ask next. No I/O, no clock, no texts.

Where somebody is in a questionnaire is derived from the answers given; nothing else is kept.
A typical handler: `accept` (typed) or `check` (tapped) → store the answer → `next_step` → screen.

`now` is aware and in the zone whose calendar decides what «сегодня» is.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from surveys.answers import Answer, Answers
from surveys.questionnaire import Choice, Item, Questionnaire


@dataclass(frozen=True)
class Ask:
    """Show this item.

    `number` of `total` counts questions only (no notes): `total` is how many can still apply, so
    it only shrinks on the way forward. `label` and `hint` have earlier answers filled in,
    `choices` are filtered and shuffled as the item says («other» is not among them: see
    `item.or_other`). `answer` is what was given before; `answered` tells None from absent.
    """

    item: Item
    number: int
    total: int
    label: str
    hint: str | None
    choices: tuple[Choice, ...]
    answer: Answer
    answered: bool
    first: bool


@dataclass(frozen=True)
class Review:
    """Nothing is left to ask: show the summary and the button to submit."""

    total: int


Step = Ask | Review


class Code(enum.StrEnum):
    """Why an answer is refused; `bot/texts/forms.py` words it. Arguments in brackets."""

    REQUIRED = "required"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    OFF_SCALE = "off_scale"  # low, high, step
    NOT_A_DATE = "not_a_date"
    NO_SUCH_DATE = "no_such_date"
    NO_SUCH_CHOICE = "no_such_choice"  # closest: list of labels, possibly empty
    AMBIGUOUS_CHOICE = "ambiguous_choice"  # closest: list of labels
    ONE_CHOICE_ONLY = "one_choice_only"
    ALONE = "alone"  # label
    RANK_ALL = "rank_all"  # count
    OTHER_IS_EMPTY = "other_is_empty"
    TOO_LONG = "too_long"  # length, limit
    FILE_EXPECTED = "file_expected"
    WORDS_EXPECTED = "words_expected"
    CONSTRAINT = "constraint"  # message: str | None, the questionnaire's own words
    NOT_ASKED = "not_asked"  # the item does not apply (any more)
    FAULTY_EXPRESSION = "faulty_expression"  # where: str


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


def next_step(questionnaire: Questionnaire, answers: Answers, *, now: datetime) -> Step:
    """The first applicable item without an answer, else the review."""
    raise NotImplementedError


def step_at(questionnaire: Questionnaire, answers: Answers, name: str, *, now: datetime) -> Step:
    """The item called `name` (to change it); `next_step` if it does not apply."""
    raise NotImplementedError


def back(questionnaire: Questionnaire, answers: Answers, name: str, *, now: datetime) -> Step:
    """The applicable item before `name`; the same item if it is the first."""
    raise NotImplementedError


def forward(questionnaire: Questionnaire, answers: Answers, name: str, *, now: datetime) -> Step:
    """The applicable item after `name`, answered or not; the review after the last."""
    raise NotImplementedError


def accept(
    questionnaire: Questionnaire,
    name: str,
    raw: str,
    answers: Answers,
    *,
    now: datetime,
    misses: int = 0,
) -> Accepted | Refusal:
    """Reads what a person typed for an item, then checks it; `misses` were refused before."""
    raise NotImplementedError


def check(
    questionnaire: Questionnaire, name: str, answer: Answer, answers: Answers, *, now: datetime
) -> Accepted | Refusal:
    """Checks a ready value (a tapped button, None for «пропустить») and puts it in normal form."""
    raise NotImplementedError


def with_choice(item: Item, answer: Answer, choice: str, *, on: bool) -> Answer:
    """A select_multiple answer after `choice` is set on or off; other choices stay as they were."""
    raise NotImplementedError


def effective(
    questionnaire: Questionnaire, answers: Answers, *, now: datetime
) -> dict[str, Answer]:
    """The answers that count, in asking order: what does not apply is left out, calculates are in.

    Answers left out stay in `answers`, so changing an earlier answer back brings them back.
    """
    raise NotImplementedError


def validate_answers(
    questionnaire: Questionnaire, answers: Answers, *, now: datetime
) -> dict[str, Refusal]:
    """What stands against submitting, by item name; {} means it may be submitted."""
    raise NotImplementedError


def summary(
    questionnaire: Questionnaire, answers: Answers, *, now: datetime
) -> list[tuple[Item, str | None]]:
    """Every applicable question with its answer as shown to a person; None where skipped."""
    raise NotImplementedError
