"""One item of a questionnaire as a respondent sees it: text and buttons for every item type."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.answering.item_buttons import Place, answer_rows, default_row, needs_list, number, ways_on
from bot.keyboards import Row, keyboard
from bot.screens import Screen
from bot.texts import answering as words
from bot.texts.tasks import size
from storage.tasks.tasks import MAX_BYTES
from surveys.answers import Answer, chosen, own_words, shown
from surveys.engine import Ask
from surveys.questionnaire import (
    OTHER,
    Acknowledge,
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


def item_screen(form: Questionnaire, ask: Ask, place: Place, *, now: datetime) -> Screen:
    """The screen of one item; `now` is in the zone whose calendar says what today is."""
    index = next(at for at, item in enumerate(form.items) if item.name == ask.item.name)
    given_before = ask.answer if ask.answered else ask.suggested
    before = place.draft if place.drafted else given_before
    listed = needs_list(ask)
    parts = [place.notice or "", words.heading(place.title, place.subject)]
    if not isinstance(ask.item, Note):
        parts.append(words.progress(ask.number, ask.total))
    parts.append(_question(ask, before, listed=listed, drafted=place.drafted))
    marked = isinstance(ask.item, SelectOne | SelectMultiple | Range | Acknowledge)
    if not place.drafted and (not marked or own_words(before)):
        given = shown(ask.item, ask.answer)
        parts.append(words.current(given) if given else "")
    made = answer_rows(ask, place, index, before, listed=listed, now=now, form=form)
    return Screen(
        "\n\n".join(filter(None, parts)),
        keyboard(*made, default_row(ask, place, index), *ways_on(ask, place, index)),
    )


def _question(ask: Ask, before: Answer, *, listed: bool, drafted: bool) -> str:
    label = words.esc(words.clipped(ask.label, 2000))
    lines = [label if isinstance(ask.item, Note) else f"<b>{label}</b>"]
    if ask.hint:
        lines.append(f"<i>{words.esc(words.clipped(ask.hint, 500))}</i>")
    if isinstance(ask.item, Range):
        values = ask.item.values()
        ends = words.scale_ends(
            number(values[0]), number(values[-1]), ask.item.start_label, ask.item.end_label
        )
        lines.append(ends)
    if listed:
        room = max(20, (3000 - len(ask.label) - len(ask.hint or "")) // len(ask.choices))
        lines.append(words.ordered([words.clipped(one.label, room) for one in ask.choices]))
    if isinstance(ask.item, Rank) and drafted:
        lines.append(words.ordered([_label(ask.item, name) for name in chosen(before)]))
    lines.append(_invitation(ask.item, before, drafted=drafted))
    return "\n".join(filter(None, lines))


def _invitation(item: Item, before: Answer, *, drafted: bool) -> str:
    """The line that says what to do, where the buttons alone do not."""
    if drafted and OTHER in chosen(before) and not own_words(before):
        return words.TYPE_OTHER
    if isinstance(item, SelectMultiple) and item.hint:
        return ""  # the questionnaire's own words say it
    if isinstance(item, Upload):
        return words.FILES[item.type].format(most=size(MAX_BYTES))
    return next((text for kind, text in _INVITATIONS if isinstance(item, kind)), "")


_INVITATIONS = (
    (SelectMultiple, words.SEVERAL),
    (Rank, words.ORDER),
    (Integer | Decimal, words.TYPE_NUMBER),
    (Date, words.TYPE_DATE),
    (Note | SelectOne | Acknowledge | Range, ""),
    (object, words.TYPE_TEXT),
)


def _label(item: Rank, name: str) -> str:
    choice = item.choice(name)
    return choice.label if choice else name


def without_answers(markup: InlineKeyboardMarkup | None, dead: str) -> list[Row]:
    """The same buttons with data that answers nothing: for a preview."""
    return [
        [InlineKeyboardButton(text=each.text, callback_data=dead) for each in row]
        for row in (markup.inline_keyboard if markup else [])
    ]
