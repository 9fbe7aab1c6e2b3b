"""A slip has room for any name and any school, and a school keeps its number."""

from textwrap import wrap

import pytest

from bot.people.school_names import fitted, shortened
from reports.slips import NAME, TEXT_WIDTH, broken

OFFICIAL = (
    "Муниципальное бюджетное общеобразовательное учреждение средняя общеобразовательная школа "
    "№ 17 имени Героя Советского Союза Ивана Петровича Выдуманного муниципального образования "
    "Выдуманский район"
)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        (
            "Муниципальное казённое общеобразовательное учреждение основная общеобразовательная "
            "школа № 8",
            "МКОУ ООШ № 8",
        ),
        (
            "Муниципальное автономное дошкольное образовательное учреждение детский сад № 123",
            "МАДОУ детский сад № 123",
        ),
        ("Гимназия № 2", "Гимназия № 2"),
        ("Школа Ёлочка", "Школа Ёлочка"),
    ],
)
def test_the_words_of_a_schools_kind_become_letters(name: str, short: str) -> None:
    assert shortened(name) == short


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("МБОУ СОШ № 5", ["МБОУ СОШ № 5"]),
        (OFFICIAL, ["МБОУ СОШ № 17"]),
        ("Школа имени Героя Труда Ивана Выдуманного № 9", ["Школа № 9"]),
        ("Очень длинное название без всякого смысла № 31", ["Очень длинное", "название… № 31"]),
        ("Очень длинное название без всякого смысла", ["Очень длинное", "название без…"]),
    ],
)
def test_what_does_not_fit_loses_words_and_never_its_number(name: str, shown: list[str]) -> None:
    assert fitted(name, lambda text: wrap(text, 16), len(shown)) == shown


def test_a_double_surname_breaks_after_its_hyphen() -> None:
    assert broken("Константинопольская-Преображенская", NAME, bold=True) == [
        "Константинопольская-",
        "Преображенская",
    ]
    assert broken("Зимин-Северцев", NAME, bold=True) == ["Зимин-Северцев"]
    assert broken("Дом - школа", NAME, bold=True) == ["Дом - школа"]
    assert TEXT_WIDTH > 1.5
