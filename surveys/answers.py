"""What an answer is: a JSON value, keyed by the item's name; how it looks to people and forms."""

from collections.abc import Mapping
from datetime import date
from typing import NotRequired, TypedDict, TypeGuard

from surveys.questionnaire import OTHER, Closed, Date, Item, Rank
from surveys.xpath import Value


class OtherAnswer(TypedDict):
    """An answer with the respondent's own words beside «другое».

    `choice` is the name (select_one) or the names (select_multiple) chosen, `other` among them.
    """

    choice: str | list[str]
    other: NotRequired[str]


class FileAnswer(TypedDict):
    """A file given as an answer: the key of the stored file, its name for people, its bytes."""

    file: str
    name: str
    size: int


Answer = str | int | float | list[str] | OtherAnswer | FileAnswer | None
"""None: skipped (or, for a note, read). A name that is absent: not asked yet.

select_one, acknowledge → choice name · select_multiple → names in the questionnaire's order ·
rank → every name, best first · range, integer, decimal → number · date → ISO date ·
text → str · file, image, audio → `FileAnswer`.
"""
Answers = Mapping[str, Answer]


def chosen(answer: Answer) -> tuple[str, ...]:
    """The names of the choices in an answer to a closed item; () if skipped."""
    value = answer.get("choice") if isinstance(answer, dict) else answer
    if value is None or is_file(answer):
        return ()
    return tuple(value) if isinstance(value, list) else (str(value),)


def own_words(answer: Answer) -> str | None:
    """The text beside «другое», if any."""
    words = answer.get("other") if isinstance(answer, dict) else None
    return words if isinstance(words, str) else None


def is_file(answer: Answer) -> TypeGuard[FileAnswer]:
    """Whether the answer is a file."""
    return isinstance(answer, dict) and "file" in answer


def expression_value(answer: Answer) -> Value:
    """The answer as XLSForm expressions see it: names with spaces between, "" where skipped.

    A file is its name, as in ODK.
    """
    if is_file(answer):
        return answer["name"]
    if isinstance(answer, str | int | float):
        return answer
    return " ".join(chosen(answer))


def shown(item: Item, answer: Answer) -> str | None:
    """The answer as a person reads it: labels, own words, 15.03.2026, 4,5; None where skipped."""
    if answer is None:
        return None
    if isinstance(item, Closed):
        return _shown_choices(item, answer)
    if isinstance(item, Date):
        return date.fromisoformat(str(answer)).strftime("%d.%m.%Y")
    if is_file(answer):
        return answer["name"]
    if isinstance(answer, float):
        return f"{answer:.12g}".replace(".", ",")
    return str(answer)


def _shown_choices(item: Closed, answer: Answer) -> str | None:
    words = own_words(answer)
    labels = [
        (words or item.other_label or name)
        if name == OTHER and item.or_other
        else label(item, name)
        for name in chosen(answer)
    ]
    if isinstance(item, Rank):
        return "\n".join(f"{place}. {text}" for place, text in enumerate(labels, 1))
    return "; ".join(labels) or None


def label(item: Item, name: str) -> str:
    """The label of a choice; the name itself where the item has no such choice."""
    found = item.choice(name) if isinstance(item, Closed) else None
    return found.label if found else name
