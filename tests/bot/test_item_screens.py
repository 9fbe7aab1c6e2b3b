"""Every screen of every questionnaire fits what Telegram takes, however long its words are."""

import html
import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from aiogram.types import InlineKeyboardMarkup

from bot.answering.item_buttons import Place
from bot.answering.item_screens import item_screen
from bot.screens import Screen
from surveys.engine import Ask
from surveys.loading import load_all
from surveys.questionnaire import (
    Choice,
    Closed,
    Date,
    Item,
    Note,
    Questionnaire,
    Range,
    Rank,
    SelectMultiple,
    SelectOne,
    Text,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=ZoneInfo("Europe/Moscow"))
FORMS = load_all()
LONG = tuple(Choice(name=f"c{index}", label="Ж" * 200) for index in range(14))
HUGE = Questionnaire(
    id="huge",
    version=1,
    title="З" * 128,
    items=(
        SelectOne(name="one", label="Щ" * 150, hint="Ш" * 50, choices=LONG, or_other=True),
        SelectMultiple(name="many", label="Щ" * 150, choices=LONG, or_other=True),
        Rank(name="rank", label="Щ" * 150, choices=LONG),
        Text(name="text", label="Щ" * 2900, hint="Ш" * 100),
        Note(name="note", label="<&>" * 1000),
        Range(name="scale", label="Ю", start=0, end=100, step=2, start_label="А" * 99),
    ),
)


def shown(form: Questionnaire, item: Item, **how: object) -> Screen:
    ask = Ask(
        item=item,
        number=len(form.items),
        total=len(form.items),
        label=item.label,
        hint=item.hint,
        choices=item.choices if isinstance(item, Closed) else (),
        answer=how.get("answer"),  # type: ignore[arg-type] # a test gives what fits the item
        answered="answer" in how,
        first=False,
    )
    place = Place(
        response=2**53,
        title=form.title,
        subject="Ъ" * 120,
        changing="answer" in how,
        notice="Записано: «" + "Э" * 80 + "»",
    )
    return item_screen(form, ask, place, now=NOW)


def seen(screen: Screen) -> int:
    """Letters as Telegram counts them: UTF-16 units after the tags are gone."""
    text = html.unescape(re.sub(r"<[^>]+>", "", screen.text))
    return len(text.encode("utf-16-le")) // 2


def fits(screen: Screen) -> None:
    assert seen(screen) <= 4096
    assert isinstance(screen.keyboard, InlineKeyboardMarkup)
    rows = screen.keyboard.inline_keyboard
    assert max(map(len, rows)) <= 8
    assert sum(map(len, rows)) <= 100
    assert all(len((each.callback_data or "").encode()) <= 64 for row in rows for each in row)
    assert all(each.text.strip() for row in rows for each in row)


@pytest.mark.parametrize("form", [*FORMS.values(), HUGE], ids=lambda form: form.id)
def test_every_item_fits(form: Questionnaire) -> None:
    for item in form.items:
        fits(shown(form, item))


def test_a_long_answer_fits_beside_a_long_question() -> None:
    fits(shown(HUGE, HUGE.item("text"), answer="Ы" * 3000))


def test_long_labels_are_listed_and_the_buttons_carry_their_numbers() -> None:
    screen = shown(HUGE, HUGE.item("one"))
    assert screen.keyboard is not None
    assert [each.text for each in screen.keyboard.inline_keyboard[0]] == ["1", "2", "3", "4", "5"]
    assert "14. Ж" in screen.text


def test_words_of_a_questionnaire_are_never_markup() -> None:
    assert "<&>" not in shown(HUGE, HUGE.item("note")).text


@pytest.mark.parametrize(
    ("constraint", "days"),
    [(None, 3), (". <= today()", 2), (". > today()", 1), (". < '2000-01-01'", 0)],
)
def test_only_days_that_would_be_taken_are_offered(constraint: str | None, days: int) -> None:
    form = Questionnaire(
        id="day",
        version=1,
        title="День",
        items=(Date(name="day", label="Когда?", required=True, constraint=constraint),),
    )
    screen = shown(form, form.items[0])
    assert screen.keyboard is not None
    offered = [
        each.text
        for row in screen.keyboard.inline_keyboard
        for each in row
        if (each.callback_data or "").startswith("gd1")
    ]
    assert len(offered) == days
