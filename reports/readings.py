"""How an answer becomes cells: in words for people, in codes for statistics programs."""

from collections.abc import Callable, Iterator
from datetime import date

from reports.joining import JoinedItem
from reports.labels import RecordLabels
from reports.report import Cell, Format
from surveys.answers import Answer, chosen, is_file, own_words
from surveys.questionnaire import OTHER, Date, Decimal, Integer, Range, Rank, SelectMultiple

Reader = Callable[[Answer], Cell]


def format_of(item: JoinedItem) -> Format:
    """How the column of an item is shown."""
    if isinstance(item.item, Date):
        return Format.DATE
    return Format.PLAIN if isinstance(item.item, Range | Integer | Decimal) else Format.TEXT


def plain(answer: Answer) -> Cell:
    """An answer of any kind as one cell, whatever version gave it; without own words."""
    if is_file(answer):
        return answer["name"]
    if isinstance(answer, list) or isinstance(answer, dict):  # noqa: SIM101  mypy narrows no union of a TypedDict
        return " ".join(chosen(answer))
    return answer


def in_words(item: JoinedItem, labels: RecordLabels) -> Reader:
    """How an answer to this item reads in words."""
    choices = item.choices
    if isinstance(item.item, Date):
        return as_date
    if not choices:
        return plain
    ranked = isinstance(item.item, Rank)

    def read(answer: Answer) -> Cell:
        if isinstance(answer, str):
            return choices.get(answer, answer)
        if not isinstance(answer, dict) and not isinstance(answer, list):
            return answer
        words = own_words(answer)
        parts = [
            labels.own_words.format(choice=choices.get(code, code), words=words)
            if code == OTHER and words
            else choices.get(code, code)
            for code in chosen(answer)
        ]
        if ranked:
            parts = [f"{place}. {part}" for place, part in enumerate(parts, start=1)]
        return "; ".join(parts)

    return read


def in_codes(item: JoinedItem) -> Iterator[tuple[str, Format, Reader]]:
    """The columns of an item in codes: several choices are split into 0/1, ranks into places.

    Named as XLSForm tools do: `item/choice`; the words beside «другое» are `item/other/text`.
    """
    name = item.name
    if isinstance(item.item, SelectMultiple | Rank):
        ranked = isinstance(item.item, Rank)
        for code in item.choices:
            yield f"{name}/{code}", Format.PLAIN, _place(code) if ranked else _ticked(code)
    elif isinstance(item.item, Date):
        yield name, Format.DATE, as_date
    else:
        yield name, format_of(item), plain
    if item.has_other:
        yield f"{name}/{OTHER}/text", Format.TEXT, own_words


def as_date(answer: Answer) -> Cell:
    """A date; what an older version asked for in words stays words."""
    try:
        return date.fromisoformat(str(answer))
    except ValueError:
        return plain(answer)


def _ticked(code: str) -> Reader:
    return lambda answer: int(code in chosen(answer))


def _place(code: str) -> Reader:
    def read(answer: Answer) -> Cell:
        order = chosen(answer)
        return order.index(code) + 1 if code in order else None

    return read
