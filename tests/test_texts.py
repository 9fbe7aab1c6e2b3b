"""What people read: manners that a machine can check, and the list of all texts."""

import ast
import re

import pytest

from tests.kit.texts import DOCUMENT, TEXTS, document, sentences

ALL = [
    (path.relative_to(TEXTS).as_posix(), place, text)
    for path in sorted(TEXTS.rglob("*.py"))
    for place, text in sentences(ast.parse(path.read_text(encoding="utf-8")))
]


def test_the_list_of_texts_is_that_of_the_code() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(), "run `make texts`"


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (r"!!|! .*!", "exclamation marks in rows"),
        (r"(?<![а-яё])(ты|тебе|тебя|твой|твоя)(?![а-яё])", "people are addressed on «вы»"),
        (r"(?i)(некорректн|невалидн|ошибка \d|exception|произошла ошибка)", "cold words"),
        (r"[^\S\n] {2,}\S", "spaces in rows"),
        (r" [,;:!?](?=\s|$)", "a space before a mark"),
        (r"(?<!\w)\"[А-Яа-я]", "straight quotation marks"),
        (r"[а-яё»] - [а-яё«]", "a hyphen for a dash"),
        (r"[а-яё»] – [а-яё«](?!.*отчёт$)", "the short dash of numbers between words"),
        (r"\.\.\.", "three dots for one «…»"),
        (r"\d%", "a number and its % without a space"),
        (r"№\d", "«№» and its number without a space"),
        (r"(?<![\w«])[А-ЯЁа-яё]+\((а|ась|ла|ца)\)", "«(а)»: say it so that it fits everybody"),
        (
            r"(?i)(?<![а-яё])(осуществ\w+|данн(ый|ая|ое|ого|ому|ым|ой|ую)|явля[ею]тся|в рамках|"
            r"необходимо|произв(ести|одится)|посредством|вышеуказ\w+|надлежащ\w+|в целях|"
            r"в случае,? если|в связи с тем|имеется|отсутству[ею]т|функционал\w*)(?![а-яё])",
            "officialese",
        ),
        (r"(?i)(?<![а-яё])(в|из) (вашей|своей) зон[еы](?![а-яё])", "«территория» is the word"),
        (r"(?i)(?<![а-яё])анкет[аы] (анонимн|именн)", "«опрос» is anonymous, «анкета» asks"),
    ],
)
def test_no_text_has(fault: str, why: str) -> None:
    found = [
        f"{path} {place}: {text[:80]!r}" for path, place, text in ALL if re.search(fault, text)
    ]
    assert found == [], why


def test_telegram_takes_every_text_by_length() -> None:
    too_long = [f"{path} {place}" for path, place, text in ALL if len(text) > 4096]
    assert too_long == []
