"""What makes a questionnaire hard to answer in a chat, though nothing is wrong with it."""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise

from surveys.applicability import walk
from surveys.defaults import DYNAMIC, suggested
from surveys.questionnaire import (
    Anonymity,
    Band,
    Calculate,
    Closed,
    Item,
    Note,
    Questionnaire,
    Rank,
    Text,
    Upload,
)


class AdviceCode(enum.StrEnum):
    """What could be better; `bot/texts/xlsform.py` words it. Arguments in brackets."""

    LONG_QUESTION = "long_question"  # length, most
    LONG_CHOICES = "long_choices"  # label, most
    MANY_CHOICES = "many_choices"  # count, most
    MANY_QUESTIONS = "many_questions"  # count, most
    ONE_CHOICE = "one_choice"
    LONG_ORDER = "long_order"  # count, most
    WORDS_IN_ANONYMOUS = "words_in_anonymous"
    FILE_IN_ANONYMOUS = "file_in_anonymous"
    APPEARANCE_UNUSED = "appearance_unused"  # appearance
    DEFAULT_UNFIT = "default_unfit"  # value
    BANDS_GAP = "bands_gap"  # low, high


@dataclass(frozen=True)
class Advice:
    """One piece of advice; `item` is '' where it concerns the whole."""

    code: AdviceCode
    item: str = ""
    args: Mapping[str, object] = field(default_factory=dict)


EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""Any moment: a constraint on dates is not judged by a default here."""
QUESTION = 350
"""Characters of label and hint that a phone shows without scrolling, with the buttons."""
CHOICE = 34
"""Characters of a button on a phone; longer labels stand in the text and buttons carry numbers."""
CHOICES = 12
ORDERED = 6
QUESTIONS = 40
"""Questions after which people give up in the middle more often than not (the burnout screening
has 84 and lives by pauses)."""


def advice(questionnaire: Questionnaire) -> list[Advice]:
    """Everything worth a second look before publishing, in the order of the items."""
    asked = [item for item in questionnaire.items if not isinstance(item, Note | Calculate)]
    found = []
    if len(asked) > QUESTIONS:
        args = {"count": len(asked), "most": QUESTIONS}
        found.append(Advice(AdviceCode.MANY_QUESTIONS, args=args))
    for item in questionnaire.items:
        found += _item(item)
        if item.default and not DYNAMIC.search(item.default) and _unfit(item):
            found.append(Advice(AdviceCode.DEFAULT_UNFIT, item.name, {"value": item.default}))
        if questionnaire.anonymity is Anonymity.ANONYMOUS:
            if isinstance(item, Text):
                found.append(Advice(AdviceCode.WORDS_IN_ANONYMOUS, item.name))
            if isinstance(item, Upload):
                found.append(Advice(AdviceCode.FILE_IN_ANONYMOUS, item.name))
    return [*found, *_gaps(questionnaire.bands)]


def _unfit(item: Item) -> bool:
    """Whether the item, whenever it is asked, would not take its own default."""
    without: dict[str, object] = dict.fromkeys(("relevant", "group", "constraint"))
    alone = item.model_copy(update=without)
    form = Questionnaire(id="one", version=1, title=item.name, items=(alone,))
    return suggested(alone, walk(form, {}, now=EPOCH)) is None


def _item(item: Item) -> Iterator[Advice]:
    length = len(item.label) + len(item.hint or "")
    if length > QUESTION:
        yield Advice(AdviceCode.LONG_QUESTION, item.name, {"length": length, "most": QUESTION})
    if item.appearance and not columns_asked(item) and item.appearance not in PASSED_OVER:
        args = {"appearance": item.appearance}
        yield Advice(AdviceCode.APPEARANCE_UNUSED, item.name, args)
    if not isinstance(item, Closed):
        return
    count = len(item.choices)
    longest = max((choice.label for choice in item.choices), key=len, default="")
    if len(longest) > CHOICE:
        yield Advice(AdviceCode.LONG_CHOICES, item.name, {"label": longest, "most": CHOICE})
    if isinstance(item, Rank):
        if count > ORDERED:
            yield Advice(AdviceCode.LONG_ORDER, item.name, {"count": count, "most": ORDERED})
    elif count > CHOICES:
        yield Advice(AdviceCode.MANY_CHOICES, item.name, {"count": count, "most": CHOICES})
    if item.type in ("select_one", "rank") and count == 1 and not item.or_other:
        yield Advice(AdviceCode.ONE_CHOICE, item.name)


PASSED_OVER = frozenset(
    {"minimal", "multiline", "field-list", "autocomplete", "search", "quick", "numbers"}
    | {"thousands-sep", "new", "annotate", "draw", "signature", "compact", "no-calendar"}
)
"""Appearances that a chat has by itself or that change nothing in it: no word is lost on them."""


def columns_asked(item: Item) -> int:
    """How many choices `appearance` wants in a row; 0 where it says nothing of it.

    `columns-3`, `w4 columns`, and the older `horizontal`, `likert`, which put all in one row.
    """
    for word in (item.appearance or "").lower().split():
        if word.startswith("columns-") and word.removeprefix("columns-").isdigit():
            return max(1, min(8, int(word.removeprefix("columns-"))))
        if word == "columns":
            return 2
        if word in ("horizontal", "horizontal-compact", "likert", "columns-pack"):
            return 8
    return 0


def _gaps(bands: tuple[Band, ...]) -> Iterator[Advice]:
    """Places between two bands wide enough to hold a whole number."""
    ordered = sorted(bands, key=lambda band: (band.item, band.low))
    for one, after in pairwise(ordered):
        if one.item == after.item and after.low - one.high > 1:
            args = {"low": one.high, "high": after.low}
            yield Advice(AdviceCode.BANDS_GAP, one.item, args)
