"""The engine of a conversation: answers so far → what to ask next. No I/O, no clock, no texts.

Where somebody is in a questionnaire is derived from the answers given; nothing else is kept.
A typical handler: `accept` (typed) or `check` (tapped) → store the answer → `next_step` → screen.

`now` is aware and in the zone whose calendar decides what «сегодня» is; `seed` is the response's
own number (it fixes the order of shuffled choices).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from surveys.answers import Answer, Answers, shown
from surveys.applicability import Standing, Walk, walk
from surveys.checking import check, checked, validate_answers, with_choice
from surveys.defaults import suggested
from surveys.expressions import recall
from surveys.offering import offered
from surveys.questionnaire import Calculate, Choice, Item, Note, Questionnaire
from surveys.refusals import Accepted, Code, Refusal
from surveys.typed import read

__all__ = [
    "Accepted",
    "Answer",
    "Answers",
    "Ask",
    "Code",
    "Refusal",
    "Review",
    "Step",
    "accept",
    "back",
    "check",
    "checked",
    "effective",
    "forward",
    "next_on",
    "next_step",
    "step_at",
    "step_on",
    "summary",
    "validate_answers",
    "walk",
    "with_choice",
]

PATIENCE = 2
"""From this miss in a row on, the fuller help is shown."""


@dataclass(frozen=True)
class Ask:
    """Show this item.

    `number` of `total` counts questions only (no notes): `total` is how many can still apply, so
    it only shrinks on the way forward. `label` and `hint` have earlier answers filled in,
    `choices` are filtered and shuffled as the item says («other» is not among them: see
    `item.or_other`). `answer` is what was given before; `answered` tells None from absent;
    `suggested` is the item's default, for as long as it is not answered.
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
    suggested: Answer = None


@dataclass(frozen=True)
class Review:
    """Nothing is left to ask: show the summary and the button to submit."""

    total: int


Step = Ask | Review


def next_step(
    questionnaire: Questionnaire, answers: Answers, *, now: datetime, seed: int = 0
) -> Step:
    """The first applicable item without an answer, else the review."""
    return next_on(walk(questionnaire, answers, now=now), seed=seed)


def next_on(walked: Walk, *, seed: int = 0) -> Step:
    """`next_step` of a questionnaire that was walked through already."""
    open_items = (standing for standing in _shown(walked) if not standing.answered)
    return _step(walked, next(open_items, None), seed)


def step_at(
    questionnaire: Questionnaire, answers: Answers, name: str, *, now: datetime, seed: int = 0
) -> Step:
    """The item called `name` (to change it); what `next_step` says if it does not apply."""
    return step_on(walk(questionnaire, answers, now=now), name, seed=seed)


def step_on(walked: Walk, name: str, *, seed: int = 0) -> Step:
    """`step_at` of a questionnaire that was walked through already."""
    for standing in _shown(walked):
        if standing.item.name == name:
            return _step(walked, standing, seed)
    return next_on(walked, seed=seed)


def back(
    questionnaire: Questionnaire,
    answers: Answers,
    name: str | None,
    *,
    now: datetime,
    seed: int = 0,
) -> Step:
    """The applicable item before `name` (None: before the review); the first stays the first."""
    walked = walk(questionnaire, answers, now=now)
    before: Standing | None = None
    for standing in walked.standings:
        if standing.item.name == name:
            break
        if standing.applies and not isinstance(standing.item, Calculate):
            before = standing
    return _step(walked, before or next(_shown(walked), None), seed)


def forward(
    questionnaire: Questionnaire, answers: Answers, name: str, *, now: datetime, seed: int = 0
) -> Step:
    """The applicable item after `name`, answered or not; the review after the last.

    Never past an applicable item without an answer: `name` itself, if it has none.
    """
    walked = walk(questionnaire, answers, now=now)
    passed = False
    for standing in walked.standings:
        usable = standing.applies and not isinstance(standing.item, Calculate)
        if usable and (passed or not standing.answered):
            return _step(walked, standing, seed)
        passed = passed or standing.item.name == name
    return _step(walked, None, seed)


def accept(
    questionnaire: Questionnaire,
    name: str,
    raw: str,
    answers: Answers,
    *,
    now: datetime,
    misses: int = 0,
    seed: int = 0,
) -> Accepted | Refusal:
    """Reads what a person typed for an item, then checks it; `misses` were refused before.

    Where the text has several meanings (15.03 of which year), the first that passes is taken.
    """
    walked = walk(questionnaire, answers, now=now)
    found: Accepted | Refusal = Refusal(Code.NOT_ASKED)
    item = next((each.item for each in _shown(walked) if each.item.name == name), None)
    if item is not None:
        readings = read(item, raw, offered(item, walked.scope, seed), now=now)
        if isinstance(readings, Refusal):
            found = readings
        else:
            results = [checked(walked, name, reading) for reading in readings]
            taken = (result for result in results if isinstance(result, Accepted))
            found = next(taken, results[0])
    if isinstance(found, Refusal):
        return replace(found, help=misses + 1 >= PATIENCE)
    return found


def effective(
    questionnaire: Questionnaire, answers: Answers, *, now: datetime
) -> dict[str, Answer]:
    """The answers that count, in asking order: what does not apply is left out, calculates are in.

    Answers left out stay in `answers`, so changing an earlier answer back brings them back.
    """
    walked = walk(questionnaire, answers, now=now)
    found: dict[str, Answer] = {}
    for standing in walked.standings:
        name = standing.item.name
        if isinstance(standing.item, Calculate):
            if standing.applies:
                found[name] = walked.scope.values.get(name, "")
        elif standing.applies and standing.answered and standing.question:
            found[name] = answers[name]
    return found


def summary(
    questionnaire: Questionnaire, answers: Answers, *, now: datetime
) -> list[tuple[Item, str | None]]:
    """Every applicable question with its answer as shown to a person; None where skipped.

    The item's label has earlier answers filled in.
    """
    walked = walk(questionnaire, answers, now=now)
    return [
        (
            standing.item.model_copy(update={"label": recall(standing.item.label, walked.scope)}),
            shown(standing.item, answers.get(standing.item.name)),
        )
        for standing in _shown(walked)
        if standing.question
    ]


def _shown(walked: Walk) -> Iterator[Standing]:
    """What applies and is put before a person."""
    return (
        standing
        for standing in walked.standings
        if standing.applies and not isinstance(standing.item, Calculate)
    )


def _step(walked: Walk, standing: Standing | None, seed: int) -> Step:
    total = before = 0
    for each in walked.standings:
        if each is standing:
            before = total
        total += each.counts
    if standing is None:
        return Review(total)
    item = standing.item
    return Ask(
        item=item,
        number=before + (not isinstance(item, Note)),
        total=total,
        label=recall(item.label, walked.scope),
        hint=recall(item.hint, walked.scope) if item.hint else None,
        choices=offered(item, walked.scope, seed),
        answer=walked.answers.get(item.name),
        answered=standing.answered,
        first=next(_shown(walked)) is standing,
        suggested=None if standing.answered else suggested(item, walked),
    )
