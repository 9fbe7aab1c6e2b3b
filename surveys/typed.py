"""Reading what a person typed: Russian numbers and dates.

Closed items are read by `surveys.typed_choices`.

Every reader returns the values the text may mean, likeliest first, or the reason why it means
none. Rules of the questionnaire itself are checked afterwards by `surveys.checking`.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from surveys import vocabulary
from surveys.answers import Answer
from surveys.questionnaire import Choice, Closed, Date, Decimal, Integer, Item, Range, Text, Upload
from surveys.refusals import Code, Refusal
from surveys.typed_choices import read_choices
from surveys.vocabulary import folded

DIGITS = 15
"""More digits than that are no answer, and floats begin to lie."""

Readings = list[Answer] | Refusal


def read(  # noqa: PLR0911 - one line per type of item
    item: Item, raw: str, choices: Sequence[Choice], *, now: datetime
) -> Readings:
    """The answers that `raw` may mean for `item`, whose offered choices are `choices`."""
    text = clean(raw)
    if not text:
        return Refusal(Code.WORDS_EXPECTED)
    if folded(text) in vocabulary.SKIP:
        return [None]
    if isinstance(item, Text):
        return [text]
    if isinstance(item, Integer | Decimal | Range):
        return _number(text, whole=isinstance(item, Integer))
    if isinstance(item, Date):
        return _date(text, now.date())
    if isinstance(item, Closed):
        return read_choices(item, text, choices)
    return Refusal(Code.FILE_EXPECTED) if isinstance(item, Upload) else [None]


def clean(raw: str) -> str:
    """Trimmed text without control characters, which no spreadsheet could hold."""
    kept = (
        char for char in raw if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"}
    )
    return "".join(kept).strip()


def _number(text: str, *, whole: bool) -> Readings:
    word = folded(text)
    if word in vocabulary.NUMBERS:
        return [vocabulary.NUMBERS[word]]
    # "1 200" is one number, "2-3" and "от 2 до 3" are two: better to ask again than to guess.
    joined = re.sub(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}(?!\d))", "", text)
    found = re.findall(r"(?:(?<!\w)[-−–])?\d+(?:[.,]\d+)?", joined)
    stray = re.sub(rf"[\s%°.,!()~≈№{vocabulary.CYRILLIC}-]", "", joined.casefold())
    if len(found) != 1 or re.sub(r"[\d−–]", "", stray):
        return Refusal(Code.NOT_A_NUMBER)
    digits = re.sub(r"\D", "", found[0])
    if len(digits) > DIGITS:
        return Refusal(Code.TOO_LONG, {"length": len(digits), "limit": DIGITS})
    value = float(found[0].replace(",", ".").replace("−", "-").replace("–", "-"))
    if value == int(value):
        return [int(value)]
    return Refusal(Code.NOT_WHOLE) if whole else [value]


def _date(text: str, today: date) -> Readings:
    word = folded(text)
    if word in vocabulary.DAYS:
        return [(today + timedelta(days=vocabulary.DAYS[word])).isoformat()]
    if ago := re.fullmatch(vocabulary.AGO, word):
        return [(today - timedelta(days=int(ago[1]))).isoformat()]
    year: str | None
    if iso := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", word):
        year, month, day = iso[1], int(iso[2]), int(iso[3])
    elif numeric := re.fullmatch(vocabulary.DAY_DOT_MONTH, word):
        day, month, year = int(numeric[1]), int(numeric[2]), numeric[3]
    elif spelt := re.fullmatch(vocabulary.DAY_AND_MONTH, word):
        day, month, year = int(spelt[1]), vocabulary.MONTHS.get(spelt[2][:3], 0), spelt[3]
        if not month:
            return Refusal(Code.NOT_A_DATE)
    else:
        return Refusal(Code.NOT_A_DATE)
    if year is not None:
        years = [int(year) if len(year) == 4 else today.year // 100 * 100 + int(year)]
    else:  # the nearest such day; the constraint decides if that cannot be meant
        years = [today.year - 1, today.year, today.year + 1]
    days = [found for each in years if (found := _day(each, month, day)) is not None]
    if not days:
        return Refusal(Code.NO_SUCH_DATE)
    return [found.isoformat() for found in sorted(days, key=lambda found: abs(found - today))]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
