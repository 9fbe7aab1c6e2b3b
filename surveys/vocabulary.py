"""Words that people type as answers, in Russian. Nothing here is ever shown to anybody."""

YES = frozenset({"да", "ага", "угу", "конечно", "верно", "yes", "y", "д", "+", "ок", "ok"})
NO = frozenset({"нет", "неа", "не", "no", "n", "н", "-", "−", "никогда"})
YES_NAMES = frozenset({"yes", "true"})
NO_NAMES = frozenset({"no", "false"})

SKIP = frozenset({"пропустить", "пропуск", "пропустить вопрос", "skip"})

OTHER = ("другое", "другой", "другая", "иное", "свой вариант", "свое")

DAYS = {"позавчера": -2, "вчера": -1, "сегодня": 0, "завтра": 1, "послезавтра": 2}
AGO = r"(\d{1,4})\s+(?:день|дня|дней)\s+назад"

MONTHS = {
    "янв": 1,
    "фев": 2,
    "мар": 3,
    "апр": 4,
    "май": 5,
    "мая": 5,
    "мае": 5,
    "июн": 6,
    "июл": 7,
    "авг": 8,
    "сен": 9,
    "окт": 10,
    "ноя": 11,
    "дек": 12,
}
DAY_DOT_MONTH = r"(\d{1,2})[./\- ](\d{1,2})(?:[./\- ](\d{4}|\d{2}))?\s*(?:г\.?)?"
DAY_AND_MONTH = (
    r"(\d{1,2})(?:-?го)?\s+([а-я]{3,8})\.?(?:\s+(\d{4}|\d{2}))?(?:\s*(?:г|год|года)\.?)?"
)

NUMBERS = {
    "ноль": 0,
    "один": 1,
    "одна": 1,
    "раз": 1,
    "два": 2,
    "две": 2,
    "три": 3,
    "четыре": 4,
    "пять": 5,
    "шесть": 6,
    "семь": 7,
    "восемь": 8,
    "девять": 9,
    "десять": 10,
    "ни одного": 0,
    "ни разу": 0,
    "нисколько": 0,
    "нет": 0,
}
SEVERAL_NUMBERS = r"\s*\d{1,2}(?:[\s,;.и]+\d{1,2})+\s*\.?"
AND = r"\s+и\s+"
CYRILLIC = "а-яё"


def folded(text: str) -> str:
    """Text for comparing: lower case, ё as е, one space, no punctuation or emoji at the ends."""
    text = " ".join(text.casefold().replace("ё", "е").split())
    return text.strip(" .,;:!?«»\"'()…—–") or text


POSITION_GROUPS = (
    ("leaders", ("руковод", "директор", "завуч", "заведующ", "начальник")),
    ("specialists", ("психолог", "логопед", "дефектолог", "социальн", "тьютор")),
    ("methodists", ("методист",)),
    ("preschool", ("воспитател",)),
    ("teachers", ("учител", "преподавател", "педагог")),
)
"""Beginnings of words in a position as typed → its group; the first group that fits is taken."""

EVERYDAY_KINDS = {
    "group": "begin group",
    "begin": "begin group",
    "select": "select_one",
    "choice": "select_one",
    "radio": "select_one",
    "checkbox": "select_multiple",
    "number": "integer",
    "scale": "range",
    "группа": "begin group",
    "список": "select_one",
    "один": "select_one",
    "несколько": "select_multiple",
    "число": "integer",
    "шкала": "range",
    "текст": "text",
    "дата": "date",
    "файл": "file",
    "фото": "image",
    "пояснение": "note",
}
"""How somebody who has not seen the standard names a kind of question, and what it calls it."""
