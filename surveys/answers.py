"""What an answer is: a JSON value, keyed by the item's name."""

from collections.abc import Mapping
from typing import NotRequired, TypedDict


class OtherAnswer(TypedDict):
    """An answer with the respondent's own words beside «другое».

    `choice` is the name (select_one) or the names (select_multiple) chosen, `other` among them.
    """

    choice: str | list[str]
    other: NotRequired[str]


Answer = str | int | float | list[str] | OtherAnswer | None
"""None: skipped (or, for a note, read). A name that is absent: not asked yet.

select_one, acknowledge → choice name · select_multiple → names in the questionnaire's order ·
rank → every name, best first · range, integer, decimal → number · date → ISO date ·
text → str · file, image, audio → key of the stored file.
"""
Answers = Mapping[str, Answer]


def chosen(answer: Answer) -> tuple[str, ...]:
    """The names of the choices in an answer to a closed item; () if skipped."""
    value = answer["choice"] if isinstance(answer, dict) else answer
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (str(value),)


def own_words(answer: Answer) -> str | None:
    """The text beside «другое», if any."""
    return answer.get("other") if isinstance(answer, dict) else None
