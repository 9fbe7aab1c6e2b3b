"""Reading a typed choice: by number, by a forgiving label, by «да» / «нет», in own words."""

import difflib
import re
from collections.abc import Sequence

from surveys import vocabulary
from surveys.answers import Answer
from surveys.questionnaire import OTHER, Acknowledge, Choice, Closed, Rank, SelectMultiple
from surveys.refusals import Code, Refusal
from surveys.vocabulary import folded

LIKELY = 0.6
"""Similarity (difflib's ratio) from which a label is offered as «имели в виду».

Found by trying the shipped labels with one or two letters wrong, missing or swapped."""
SURE = 0.84
"""Similarity from which a label is taken without asking, if no other is nearly as like."""


def read_choices(item: Closed, text: str, choices: Sequence[Choice]) -> list[Answer] | Refusal:
    """The answer that `text` means among the `choices` offered, or why it means none."""
    if isinstance(item, SelectMultiple | Rank):
        return _many(item, text, choices)
    found = _choice(text, choices)
    if isinstance(found, Choice):
        return [found.name]
    if isinstance(item, Acknowledge) and folded(text) in vocabulary.YES:
        return [choices[0].name]
    if item.or_other and (words := _own_words(text, found)):
        return [{"choice": OTHER, "other": words}]
    return found


def _many(
    item: SelectMultiple | Rank, text: str, choices: Sequence[Choice]
) -> list[Answer] | Refusal:
    whole = _choice(text, choices)
    if isinstance(whole, Choice):
        return [[whole.name]]
    numbers = re.fullmatch(vocabulary.SEVERAL_NUMBERS, text)
    parts = re.findall(r"\d+", text) if numbers else re.split(r"[,;\n]+", text)
    names: list[str] = []
    words: list[str] = []
    for part in filter(None, (folded(part) for part in parts)):
        found = _choice(part, choices)
        halves = re.split(vocabulary.AND, part)
        pair = [_choice(half, choices) for half in halves] if len(halves) > 1 else []
        if isinstance(found, Choice):
            names.append(found.name)
        elif pair and all(isinstance(half, Choice) for half in pair):
            names += [half.name for half in pair if isinstance(half, Choice)]
        elif item.or_other and (own := _own_words(part, found)):
            words.append(own)
        else:
            return found
    names = list(dict.fromkeys(names))
    if words:
        return [{"choice": [*names, OTHER], "other": ", ".join(words)}]
    return [names] if names else Refusal(Code.WORDS_EXPECTED)


def _choice(text: str, choices: Sequence[Choice]) -> Choice | Refusal:
    """The choice a text means: its label or name, number, «да»/«нет», beginning, a near miss."""
    said = folded(text)
    for choice in choices:
        if said in (folded(choice.label), choice.name.casefold()):
            return choice
    if re.fullmatch(r"\d{1,2}", said):
        return _numbered(text, int(said), choices)
    return _yes_or_no(said, choices) or _alike(text, said, choices)


def _numbered(text: str, number: int, choices: Sequence[Choice]) -> Choice | Refusal:
    """A label that begins with the number goes before the place in the list."""
    led = [c for c in choices if re.match(rf"{number}(?!\d)", folded(c.label))]
    if len(led) == 1:
        return led[0]
    if 1 <= number <= len(choices):
        return choices[number - 1]
    return Refusal(Code.NO_SUCH_CHOICE, {"typed": text, "closest": []})


def _yes_or_no(said: str, choices: Sequence[Choice]) -> Choice | None:
    for words, names in (
        (vocabulary.YES, vocabulary.YES_NAMES),
        (vocabulary.NO, vocabulary.NO_NAMES),
    ):
        fit = [choice for choice in choices if choice.name in names]
        if said in words and len(fit) == 1:
            return fit[0]
    return None


def _alike(text: str, said: str, choices: Sequence[Choice]) -> Choice | Refusal:
    for fits in (_begins, _has_the_words):
        fit = [choice for choice in choices if fits(said, folded(choice.label))]
        if len(fit) == 1:
            return fit[0]
        if fit:
            return _unsure(Code.AMBIGUOUS_CHOICE, text, fit)
    ranked = sorted(((_ratio(said, folded(c.label)), c.name) for c in choices), reverse=True)
    close = [c for ratio, name in ranked if ratio >= LIKELY for c in choices if c.name == name]
    best, second = (*(ratio for ratio, _ in ranked), 0.0, 0.0)[:2]
    if best < SURE:
        return _unsure(Code.NO_SUCH_CHOICE, text, close)
    return close[0] if best - second >= 0.05 else _unsure(Code.AMBIGUOUS_CHOICE, text, close)


def _begins(said: str, label: str) -> bool:
    return len(said) >= 2 and label.startswith(said)


def _has_the_words(said: str, label: str) -> bool:
    """Whether the label has every word said (but «и», «не»), in whatever case or number."""
    words = [word for word in re.findall(r"\w+", said) if len(word) >= 3]
    stems = [word[: max(3, len(word) - 2)] for word in words]
    return bool(stems) and all(re.search(rf"\b{re.escape(stem)}", label) for stem in stems)


def _ratio(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()


def _unsure(code: Code, text: str, choices: Sequence[Choice]) -> Refusal:
    return Refusal(code, {"typed": text, "closest": [choice.label for choice in choices[:3]]})


def _own_words(text: str, refusal: Refusal | Choice) -> str:
    """The words for «другое»; none where the text is a number or may be one of the choices."""
    if isinstance(refusal, Choice) or refusal.code is Code.AMBIGUOUS_CHOICE:
        return ""
    start = re.match(rf"(?:{'|'.join(vocabulary.OTHER)})\b\s*[:—–,.-]*\s*", text.casefold())
    words = text[start.end() :] if start else text
    return words.strip() if re.search(rf"[a-z{vocabulary.CYRILLIC}]{{2}}", words.casefold()) else ""
