"""The buttons of one item of a questionnaire, for every item type."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from aiogram.types import InlineKeyboardButton

from bot.campaigns.callbacks import (
    Back,
    Change,
    Choose,
    Clear,
    Done,
    GiveDate,
    Pause,
    PutAt,
    ShowFiles,
    Skip,
    Tick,
)
from bot.keyboards import Row, button, rows
from bot.texts import answering as words
from surveys.advice import columns_asked
from surveys.answers import Answer, chosen, is_file, own_words, shown
from surveys.engine import Accepted, Ask, check
from surveys.questionnaire import (
    OTHER,
    Acknowledge,
    Choice,
    Closed,
    Date,
    Note,
    Questionnaire,
    Range,
    Rank,
    SelectMultiple,
    SelectOne,
    Upload,
)

SHORT = 34
"""Letters of a label that a button shows whole on a phone; longer ones are listed in the text."""
WIDE = 40
"""Letters of a whole row of buttons that a phone shows."""
IN_A_ROW = 8
"""Telegram shows at most eight buttons in a row."""


@dataclass(frozen=True)
class Place:
    """What stands around an item: whose response it is and what the person may do.

    `draft` is what is ticked and not confirmed, `drafted` whether anything is. `changing`: an
    answer given before is being changed, so it can be left as it is. `notice` stands on top.
    """

    response: int
    title: str
    subject: str
    draft: Answer = None
    drafted: bool = False
    changing: bool = False
    notice: str | None = None


def answer_rows(
    ask: Ask,
    place: Place,
    index: int,
    before: Answer,
    *,
    listed: bool,
    now: datetime,
    form: Questionnaire,
) -> list[Row]:
    """The buttons that answer it, by its type."""
    item, response = ask.item, place.response
    made: list[Row] = []
    if isinstance(item, SelectMultiple):
        made = _many(ask, response, index, before, listed=listed)
    elif isinstance(item, Rank):
        made = _order(ask, response, index, chosen(place.draft) if place.drafted else ())
    elif isinstance(item, SelectOne | Acknowledge):
        made = _one(ask, response, index, before, listed=listed)
    elif isinstance(item, Range):
        made = _scale(item, response, index, before)
    elif isinstance(item, Date):
        made = [_days(form, item, response, index, now)]
    elif isinstance(item, Upload) and is_file(before):
        made = [[button(words.SHOW_FILE, ShowFiles(response=response, item=index))]]
    elif isinstance(item, Note):
        made = [[button(words.NEXT, Skip(response=response, item=index))]]
    return made


def _scale(item: Range, response: int, index: int, before: Answer) -> list[Row]:
    made = [
        _marked(
            number(value),
            Choose(response=response, item=index, option=at),
            given=before == value,
        )
        for at, value in enumerate(item.values())
    ]
    columns = len(made) if len(made) <= IN_A_ROW else -(-len(made) // 2)
    return rows(made, min(columns, IN_A_ROW))


def _one(ask: Ask, response: int, index: int, before: Answer, *, listed: bool) -> list[Row]:
    item = ask.item
    assert isinstance(item, SelectOne | Acknowledge)  # noqa: S101 - the caller has looked
    places = _places(item)
    made = [
        _marked(
            _text(one, at, listed=listed),
            Choose(response=response, item=index, option=places[one.name]),
            given=one.name in chosen(before),
        )
        for at, one in enumerate(ask.choices)
    ]
    laid = rows(made, _columns(ask, listed=listed))
    if item.or_other:
        other = Tick(response=response, item=index, option=len(item.choices), on=True)
        laid.append(
            [_marked(item.other_label or words.OTHER, other, given=OTHER in chosen(before))]
        )
    return laid


def _many(ask: Ask, response: int, index: int, before: Answer, *, listed: bool) -> list[Row]:
    item = ask.item
    assert isinstance(item, SelectMultiple)  # noqa: S101 - the caller has looked
    ticked = chosen(before)

    def tick(label: str, name: str, option: int) -> InlineKeyboardButton:
        on = name in ticked
        data = Tick(response=response, item=index, option=option, on=not on)
        return button((words.TICKED if on else words.UNTICKED).format(label), data)

    places = _places(item)
    made = [
        tick(_text(one, at, listed=listed), one.name, places[one.name])
        for at, one in enumerate(ask.choices)
    ]
    laid = rows(made, _columns(ask, listed=listed))
    if item.or_other:
        label = own_words(before) or item.other_label or words.OTHER
        laid.append([tick(label, OTHER, len(item.choices))])
    if ticked or not item.required:
        label = words.DONE if ticked else words.SKIP
        laid.append([button(label, Done(response=response, item=index))])
    return laid


def _order(ask: Ask, response: int, index: int, placed: tuple[str, ...]) -> list[Row]:
    item = ask.item
    assert isinstance(item, Rank)  # noqa: S101 - the caller has looked
    places = _places(item)
    made: list[Row] = [
        [
            button(
                f"{len(placed) + 1}. {one.label}",
                PutAt(
                    response=response,
                    item=index,
                    option=places[one.name],
                    place=len(placed),
                ),
            )
        ]
        for one in ask.choices
        if one.name not in placed
    ]
    if placed:
        made.append([button(words.ORDER_AGAIN, Clear(response=response, item=index))])
    return made


def _days(form: Questionnaire, item: Date, response: int, index: int, now: datetime) -> Row:
    """Today and its neighbours, as far as the item's own check takes them."""
    found = []
    for label, days in ((words.YESTERDAY, -1), (words.TODAY, 0), (words.TOMORROW, 1)):
        day = (now.date() + timedelta(days=days)).isoformat()
        alone = form.model_copy(
            update={"items": (item.model_copy(update={"relevant": None, "group": None}),)}
        )
        if isinstance(check(alone, item.name, day, {}, now=now), Accepted):
            found.append(button(label, GiveDate(response=response, item=index, day=day)))
    return found


def ways_on(ask: Ask, place: Place, index: int) -> list[Row]:
    """Back, leave as it is, skip; pause."""
    response, item = place.response, ask.item
    way: Row = []
    if not ask.first:
        way.append(button(words.BACK, Back(response=response, item=index)))
    if isinstance(item, Note):
        pass
    elif place.changing and ask.answered and not place.drafted:
        way.append(button(words.KEEP, Change(response=response, item=-1)))
    elif not item.required and not isinstance(item, SelectMultiple):
        way.append(button(words.SKIP, Skip(response=response, item=index)))
    return [way, [button(words.PAUSE, Pause(response=response))]]


def _places(item: Closed) -> dict[str, int]:
    """Where each choice stands among all, as buttons name it."""
    return {choice.name: at for at, choice in enumerate(item.choices)}


def _text(choice: Choice, at: int, *, listed: bool) -> str:
    return str(at + 1) if listed else choice.label


def _columns(ask: Ask, *, listed: bool) -> int:
    if listed:
        return 5
    if wanted := columns_asked(ask.item):
        longest = max((len(one.label) for one in ask.choices), default=1)
        return max(1, min(wanted, len(ask.choices), WIDE // max(longest + 2, 5)))
    short = len(ask.choices) == 2 and all(len(one.label) <= SHORT // 2 for one in ask.choices)
    return 2 if short else 1


def _marked(label: str, data: Choose | Tick, *, given: bool) -> InlineKeyboardButton:
    return button(words.GIVEN.format(label) if given else label, data)


def number(value: float) -> str:
    """As a button and a scale say it: with a comma."""
    return f"{value:.12g}".replace(".", ",")


def needs_list(ask: Ask) -> bool:
    """Whether labels are too long for buttons, so that the text lists them by number."""
    if not isinstance(ask.item, SelectOne | SelectMultiple | Acknowledge):
        return False
    return any(len(one.label) > SHORT for one in ask.choices)


def default_row(ask: Ask, place: Place, index: int) -> Row:
    """The default of an item whose own buttons do not show it, to be taken by one tap."""
    if place.drafted or ask.suggested is None:
        return []
    if isinstance(ask.item, SelectOne | SelectMultiple | Range | Acknowledge):
        return []
    label = " → ".join((shown(ask.item, ask.suggested) or "").splitlines())
    return [button(words.TAKE_DEFAULT.format(label), Done(response=place.response, item=index))]
