"""Checking a ready answer against its item, and putting it in normal form."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from surveys.answers import (
    Answer,
    Answers,
    FileAnswer,
    chosen,
    expression_value,
    is_file,
    own_words,
)
from surveys.applicability import Walk, walk
from surveys.expressions import Expression, parse
from surveys.offering import offered
from surveys.questionnaire import (
    OTHER,
    Acknowledge,
    Calculate,
    Choice,
    Closed,
    Date,
    Decimal,
    Integer,
    Item,
    Note,
    Questionnaire,
    Range,
    Rank,
    SelectMultiple,
    SelectOne,
    Upload,
)
from surveys.refusals import Accepted, Code, Refusal
from surveys.typed import clean
from surveys.xpath import Scope

TEXT_LIMIT = 3000
"""Characters of a text answer: fits one Telegram message together with the question."""
OTHER_LIMIT = 300
"""Characters of the words beside «другое»."""

STORED_FILE = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}")
"""What a stored file is called (see `storage.files.files.stored_name`)."""


def check(
    questionnaire: Questionnaire, name: str, answer: Answer, answers: Answers, *, now: datetime
) -> Accepted | Refusal:
    """Checks a ready value (a tapped button, None for «пропустить») and puts it in normal form."""
    return checked(walk(questionnaire, answers, now=now), name, answer)


def checked(walked: Walk, name: str, answer: Answer) -> Accepted | Refusal:
    """`check` for a questionnaire that was walked through already."""
    standing = walked.standing(name)
    if standing is None or not standing.applies or isinstance(standing.item, Calculate):
        return Refusal(Code.NOT_ASKED)
    item = standing.item
    if isinstance(item, Note):
        return Accepted(None)
    normal = None if answer in (None, "", []) else _normal(item, answer, walked.scope)
    if isinstance(normal, Refusal):
        return normal
    if normal is None and item.required:
        return Refusal(Code.REQUIRED, {"message": item.required_message})
    if normal is not None and not _constraint_holds(item, normal, walked.scope):
        return Refusal(Code.CONSTRAINT, {"message": item.constraint_message})
    return Accepted(normal)


def _constraint_holds(item: Item, answer: Answer, scope: Scope) -> bool:
    found = parse(item.constraint) if item.constraint else None
    if not isinstance(found, Expression):
        return True
    own = Scope(scope.values, scope.now, expression_value(answer), scope.label)
    return found.holds(own) is not False


def _normal(item: Item, answer: Answer, scope: Scope) -> Answer | Refusal:
    if isinstance(item, Closed):
        return _normal_choices(item, answer, offered(item, scope))
    if isinstance(item, Integer | Decimal | Range):
        return _normal_number(item, answer)
    if isinstance(item, Upload):
        return _normal_file(answer)
    if not isinstance(answer, str):
        return Refusal(Code.WORDS_EXPECTED)
    return _normal_text(item, clean(answer))


def _normal_file(answer: Answer) -> Answer | Refusal:
    if not is_file(answer) or not STORED_FILE.fullmatch(str(answer["file"])):
        return Refusal(Code.FILE_EXPECTED)
    return FileAnswer(file=answer["file"], name=str(answer["name"]), size=int(answer["size"]))


def _normal_text(item: Item, text: str) -> Answer | Refusal:
    if isinstance(item, Date):
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            return Refusal(Code.NOT_A_DATE)
    if len(text) > TEXT_LIMIT:
        return Refusal(Code.TOO_LONG, {"length": len(text), "limit": TEXT_LIMIT})
    return text or None


def _normal_number(item: Integer | Decimal | Range, answer: Answer) -> Answer | Refusal:
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        return Refusal(Code.NOT_A_NUMBER)
    if abs(answer) >= 1e15 or answer != answer:  # noqa: PLR0124 - NaN
        return Refusal(Code.NOT_A_NUMBER)
    number = int(answer) if answer == int(answer) else answer
    if isinstance(item, Integer) and not isinstance(number, int):
        return Refusal(Code.NOT_WHOLE)
    if isinstance(item, Range) and number not in item.values():
        return Refusal(
            Code.OFF_SCALE, {"low": item.values()[0], "high": item.values()[-1], "step": item.step}
        )
    return number


def _normal_choices(item: Closed, answer: Answer, choices: Sequence[Choice]) -> Answer | Refusal:
    names = list(dict.fromkeys(chosen(answer)))
    refusal = _against(item, names, choices) if names else None
    if not names or refusal:
        return refusal
    if isinstance(item, Rank):
        return names
    value: str | list[str] = names[0]
    if isinstance(item, SelectMultiple):
        value = [name for name in _order(item) if name in names]
    if not item.or_other or OTHER not in names:
        return value
    return _with_words(value, clean(own_words(answer) or ""))


def _with_words(value: str | list[str], words: str) -> Answer | Refusal:
    """An answer with «другое»: its words are part of it."""
    if not words:
        return Refusal(Code.OTHER_IS_EMPTY)
    if len(words) > OTHER_LIMIT:
        return Refusal(Code.TOO_LONG, {"length": len(words), "limit": OTHER_LIMIT})
    return {"choice": value, "other": words}


def _against(item: Closed, names: list[str], choices: Sequence[Choice]) -> Refusal | None:
    """What speaks against choosing just these names."""
    allowed = [choice.name for choice in choices] + ([OTHER] if item.or_other else [])
    if strangers := [name for name in names if name not in allowed]:
        return Refusal(Code.NO_SUCH_CHOICE, {"typed": strangers[0], "closest": []})
    if isinstance(item, SelectOne | Acknowledge) and len(names) != 1:
        return Refusal(Code.ONE_CHOICE_ONLY)
    if isinstance(item, Rank) and len(names) != len(choices):
        return Refusal(Code.RANK_ALL, {"count": len(choices)})
    alone = [choice.label for choice in choices if choice.alone and choice.name in names]
    if isinstance(item, SelectMultiple) and alone and len(names) > 1:
        return Refusal(Code.ALONE, {"label": alone[0]})
    return None


def _order(item: SelectMultiple | Rank) -> list[str]:
    return [*(choice.name for choice in item.choices), OTHER]


def with_choice(item: Item, answer: Answer, choice: str, *, on: bool) -> Answer:
    """A select_multiple (or rank) answer after `choice` is set on or off; others stay.

    A choice that stands alone and the others push each other out, so no tap is refused for it.
    Words beside «другое» stay while «другое» is on; they are asked for by `check`.
    """
    if not isinstance(item, SelectMultiple | Rank):
        return choice if on else None
    names = [name for name in chosen(answer) if name != choice]
    if on:
        alone = {each.name for each in item.choices if each.alone}
        names = [] if choice in alone else [name for name in names if name not in alone]
        names.append(choice)
    if isinstance(item, SelectMultiple):
        names = [name for name in _order(item) if name in names]
    words = own_words(answer)
    if item.or_other and OTHER in names and words:
        return {"choice": names, "other": words}
    return names or None


def validate_answers(
    questionnaire: Questionnaire, answers: Answers, *, now: datetime
) -> dict[str, Refusal]:
    """What stands against submitting, by item name in asking order; {}: it may be submitted.

    Remembered answers of items that do not apply are no fault; unknown names are.
    """
    walked = walk(questionnaire, answers, now=now)
    known = {standing.item.name for standing in walked.standings}
    faults: dict[str, Refusal] = {}
    for standing in walked.standings:
        if standing.applies and standing.question:
            name = standing.item.name
            if isinstance(found := checked(walked, name, answers.get(name)), Refusal):
                faults[name] = found
    faults |= {name: Refusal(Code.NOT_ASKED) for name in answers if name not in known}
    return faults
