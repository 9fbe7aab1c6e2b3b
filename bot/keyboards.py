"""Building inline keyboards: a column of buttons, pages of a long list, the way back."""

from collections.abc import Callable, Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.callbacks import Go, Place
from bot.texts import menu as words

Row = list[InlineKeyboardButton]
LABEL = 60
"""Letters of a label that a narrow phone still shows in one column."""
_BLANK = InlineKeyboardButton(text="", callback_data="")
"""A copy of it is made in a third of the time: a screen has up to a hundred buttons."""


def button(label: str, data: CallbackData) -> InlineKeyboardButton:
    """One button; a label that is too long ends in «…»."""
    shown = label if len(label) <= LABEL else label[: LABEL - 1].rstrip() + "…"
    return _BLANK.model_copy(update={"text": shown, "callback_data": data.pack()})


def keyboard(*rows: Row) -> InlineKeyboardMarkup:
    """Rows of buttons; empty rows are left out."""
    return InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row])


def rows(buttons: Sequence[InlineKeyboardButton], columns: int = 1) -> list[Row]:
    """Buttons laid out in columns."""
    return [list(buttons[i : i + columns]) for i in range(0, len(buttons), columns)]


def pages(
    buttons: Sequence[InlineKeyboardButton],
    turn: Callable[[int], CallbackData],
    *,
    page: int,
    size: int,
    columns: int = 1,
) -> list[Row]:
    """One page of a long list, with arrows to its neighbours; a page too far is the last."""
    last = max(0, (len(buttons) - 1) // size)
    page = min(max(page, 0), last)
    shown = rows(buttons[page * size : (page + 1) * size], columns)
    return [*shown, arrows(turn, page=page, last=last)]


def arrows(turn: Callable[[int], CallbackData], *, page: int, last: int) -> Row:
    """«‹ 1 из 3 ›» as far as there are neighbours; nothing for a single page."""
    row = []
    if page > 0:
        row.append(button(words.earlier(page, last + 1), turn(page - 1)))
    if page < last:
        row.append(button(words.later(page + 2, last + 1), turn(page + 1)))
    return row


def to_menu() -> Row:
    """The way back to the main menu."""
    return [button(words.TO_MENU, Go(to=Place.MENU))]
