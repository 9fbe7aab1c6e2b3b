import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.people.names import LONGEST, NameFault, NameRefused, read_name
from storage.people.people import Field

S, F, P = Field.SURNAME, Field.FIRST_NAME, Field.PATRONYMIC
LETTERS = "абвгдежзиклмнопрстуфхцчшщэюя"
WORD = st.text(LETTERS, min_size=2, max_size=12).map(str.capitalize)
SURNAME = WORD.filter(lambda word: not re.search(r"(вна|чна|вич|ьич|мич|кич|нич)$", word))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Иванова Анна Петровна", {S: "Иванова", F: "Анна", P: "Петровна"}),
        ("анна петровна иванова", {S: "Иванова", F: "Анна", P: "Петровна"}),
        ("ИВАНОВА-ПЕТРОВА АННА", {S: "Иванова-Петрова", F: "Анна"}),
        ("Иванова – Петрова  Анна\nСергеевна", {S: "Иванова-Петрова", F: "Анна", P: "Сергеевна"}),
        ("Мамедов Гасан Рашид оглы", {S: "Мамедов", F: "Гасан", P: "Рашид оглы"}),
        ("Петрович Анна Ивановна", {S: "Петрович", F: "Анна", P: "Ивановна"}),
        ("Анна Петровна", {F: "Анна", P: "Петровна"}),
        ("сова", {S: "Сова"}),
        ("д’Артаньян Пётр", {S: "Д’Артаньян", F: "Пётр"}),
        ("Ё Ян", {S: "Ё", F: "Ян"}),
        ("Алекси\u0306чук Андреи\u0306", {S: "Алексйчук", F: "Андрей"}),
    ],
)
def test_a_name_is_read_as_people_write_it(typed: str, read: dict[Field, str]) -> None:
    assert read_name(typed, S) == read


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ("", [NameFault.EMPTY]),
        ("Иванова А. П.", [NameFault.INITIALS, NameFault.INITIALS]),
        ("Иванова А.П.", [NameFault.INITIALS]),
        ("Ива1 А.", [NameFault.NOT_LETTERS, NameFault.INITIALS]),
        ("/start", [NameFault.NOT_LETTERS]),
        ("Иванова Петрова Анна Сергеевна", [NameFault.TOO_MANY_WORDS]),
        ("Щ" * 41, [NameFault.TOO_LONG]),
        ("-Анна", [NameFault.NOT_LETTERS]),
        ("Анна²", [NameFault.NOT_LETTERS]),
        ("Анна--Мария", [NameFault.NOT_LETTERS]),
    ],
)
def test_all_faults_are_named_at_once(typed: str, faults: list[NameFault]) -> None:
    read = read_name(typed, S)
    assert isinstance(read, NameRefused)
    assert [fault for fault, _ in read.faults] == faults


@given(SURNAME, WORD, WORD)
def test_three_words_are_surname_first_name_and_patronymic(
    surname: str, first: str, patronymic: str
) -> None:
    typed = f" {surname.lower()}  {first.upper()} {patronymic} "
    if re.search(r"(вна|чна|вич|ьич|мич|кич|нич)$", first.lower()):
        return
    assert read_name(typed, S) == {S: surname, F: first, P: patronymic}


@given(SURNAME, WORD, st.sampled_from(["Петровна", "Ильич", "Никитична", "Олегович"]))
def test_the_order_of_a_full_name_does_not_matter(
    surname: str, first: str, patronymic: str
) -> None:
    if re.search(r"(вна|чна|вич|ьич|мич|кич|нич)$", first.lower()):
        return
    assert read_name(f"{first} {patronymic} {surname}", S) == read_name(
        f"{surname} {first} {patronymic}", S
    )


@given(st.text(max_size=300), st.sampled_from([S, F, P]))
def test_any_text_is_read_or_refused(text: str, asked: Field) -> None:
    read = read_name(text, asked)
    if isinstance(read, NameRefused):
        assert read.faults
        return
    assert read
    assert all(0 < len(part) <= LONGEST * 2 and part == part.strip() for part in read.values())
    assert not any(letter.isdigit() for part in read.values() for letter in part)


@given(SURNAME, WORD)
def test_reading_what_was_read_changes_nothing(surname: str, first: str) -> None:
    once = read_name(f"{surname} {first}", S)
    assert isinstance(once, dict)
    assert read_name(" ".join(once.values()), next(iter(once))) == once
