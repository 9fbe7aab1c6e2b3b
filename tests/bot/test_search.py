import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot import search
from surveys.reference import by_key, communities, key, municipalities

MUNICIPALITY = st.sampled_from(municipalities())
COMMUNITY = st.sampled_from(communities())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("темрюк", "Темрюкский район"),
        ("усть лаба", "Усть-Лабинский район"),
        ("Усть-Лабинск", "Усть-Лабинский район"),
        ("тимашевск", "Тимашевский район"),
        ("кущевская", "Кущёвский район"),
        ("КУЩЁВКА", "Кущёвский район"),
        ("лабинск", "Лабинский район"),
        ("абинск", "Абинский район"),
        ("город Сочи", "г.-к. Сочи"),
        ("г. Анапа", "г.-к. Анапа"),
        ("кропоткин", "Кавказский район"),
        ("славянск-на-кубани", "Славянский район"),
        ("приморско-ахтарск", "Приморско-Ахтарский район"),
        ("белая глина", "Белоглинский район"),
        ("ст. Каневская", "Каневской район"),
        ("муниципальное образование Ейский район", "Ейский район"),
        ("Туапсинский муниципальный округ", "Туапсинский район"),
        ("гулькевичи", "Гулькевичский район"),
        ("отрадная", "Отрадненский район"),
    ],
)
def test_a_municipality_is_known_by_what_people_call_it(typed: str, meant: str) -> None:
    assert search.municipality(typed, municipalities()).sure == meant


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "привет, как дела", "12345", "🙂"])
def test_what_names_no_municipality_finds_none(typed: str) -> None:
    assert search.municipality(typed, municipalities()) == search.Found(None)


@given(MUNICIPALITY)
def test_every_municipality_is_sure_by_its_own_name(name: str) -> None:
    for typed in (name, name.upper(), name.lower(), name.replace("ё", "е"), f"  {name} "):
        assert search.municipality(typed, municipalities()).sure == name


@given(MUNICIPALITY, st.data())
def test_one_wrong_letter_still_leads_to_the_municipality(name: str, data: st.DataObject) -> None:
    letters = [number for number, letter in enumerate(name) if letter.isalpha()]
    # The first letters decide how a short name is read, so errors are made behind them.
    place = data.draw(st.sampled_from(letters[3:]))
    wrong = data.draw(st.sampled_from(["", "щ", name[place] * 2]))
    found = search.municipality(name[:place] + wrong + name[place + 1 :], municipalities())
    assert name == found.sure or name in found.likely


@given(MUNICIPALITY, st.integers(min_value=4))
def test_a_beginning_finds_the_municipality(name: str, length: int) -> None:
    bare = name.removesuffix(" район").removeprefix("г.-к. ").removeprefix("г. ")
    found = search.municipality(bare[: min(length, len(bare))], municipalities())
    assert name == found.sure or name in found.likely


@given(st.text(max_size=200))
def test_any_text_is_answered_with_names_of_the_list_only(text: str) -> None:
    for found, names in (
        (search.municipality(text, municipalities()), municipalities()),
        (search.any_of(text, communities()), communities()),
    ):
        assert {found.sure or names[0], *found.likely} <= set(names)
        assert len(found.likely) <= search.OFFERED
        assert not (found.sure and found.likely)


@given(COMMUNITY)
def test_every_community_is_sure_by_its_own_name(name: str) -> None:
    assert search.any_of(name.upper(), communities()).sure == name


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("физика", "учителя физики"),
        ("физкультура", "учителя физической культуры"),
        ("английский", "учителя иностранного языка"),
        ("русский язык", "учителя русского языка и литературы"),
        ("психолог", "педагоги-психологи"),
        ("начальные классы", "учителя начальных классов"),
        ("логопед", "педагоги-дефектологи"),
        ("обж", "учителя, преподаватели-организаторы ОБЖ"),
    ],
)
def test_a_community_is_known_by_its_subject(typed: str, meant: str) -> None:
    assert search.any_of(typed, communities()).sure == meant


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("СОШ 5", "МБОУ СОШ № 5"),
        ("школа 5", "СОШ№5"),
        (
            "5 школа",
            "Муниципальное бюджетное общеобразовательное учреждение средняя "
            "общеобразовательная школа № 5 имени героя станицы Н-ской",
        ),
        ("школа номер 05", "мбоу сош №5"),
        ("детский сад 12", "МБДОУ № 12 «Солнышко»"),
        ("д/с 12", "МАДОУ детский сад комбинированного вида № 12"),
        ("Гимназия №1", "МАОУ гимназия 1"),
        ("ООШ 21", "МКОУ основная общеобразовательная школа № 21"),
        ("МБУ ДО «Центр детского творчества»", "центр детского творчества"),
        ("ГБПОУ КК Крымский технический колледж", "гбпоу кк «Крымский технический колледж»"),
    ],
)
def test_one_organisation_sounds_the_same_however_written(one: str, another: str) -> None:
    assert search.sound(one) == search.sound(another)


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("СОШ 5", "СОШ 15"),
        ("СОШ 5", "детский сад 5"),
        ("гимназия 5", "школа 5"),
        ("лицей 4", "гимназия 4"),
        ("школа-интернат 2", "школа 2"),
        ("детская школа искусств 1", "СОШ 1"),
        ("центр «Радуга»", "центр «Орлёнок»"),
    ],
)
def test_different_organisations_sound_different(one: str, another: str) -> None:
    assert search.sound(one) != search.sound(another)


@given(st.text(min_size=1, max_size=120))
def test_a_sound_is_stable(text: str) -> None:
    once = search.sound(text)
    assert search.sound(text) == once
    assert search.sound(f"  {text.upper()} ") == search.sound(f"{text.upper()}")


@given(
    st.sampled_from(["СОШ", "школа", "МБОУ СОШ №", "гимназия", "лицей №", "детский сад", "д/с"]),
    st.integers(1, 999),
    st.integers(1, 999),
)
def test_a_number_is_never_forgiven(kind: str, number: int, other: int) -> None:
    assume(number != other)
    known = [(7, f"{kind} {other}")]
    sure, likely = search.organisation(f"{kind} {number}", known)
    assert (sure, likely) == (None, [])
    assert search.organisation(f"{kind} {other}", known)[0] == 7


def test_a_misspelt_organisation_is_offered() -> None:
    known = [(1, "Центр детского творчества «Радуга»"), (2, "МБОУ СОШ № 5")]
    assert search.organisation("центр творчества радуга", known) == (None, [1])


def test_keys_of_the_lists_are_unique_and_lead_back() -> None:
    names = (*municipalities(), *communities())
    assert len({key(name) for name in names}) == len(names)
    assert all(by_key(names, key(name)) == name for name in names)
    assert by_key(names, "deadbeef") is None


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("сош 5", "СОШ № 5"),
        ("МБОУ СОШ № 5", "МБОУ СОШ № 5"),
        ("мбоу  сош №5 им. Жукова", "МБОУ СОШ № 5 им. Жукова"),
        ("лицей 3", "Лицей № 3"),
        ("детский сад 12", "Детский сад № 12"),
        ("тмс", "ТМС"),
        ("центр детского творчества Радуга", "Центр детского творчества Радуга"),
        ("школа N 7", "Школа № 7"),
        ("школа 2 корпус", "Школа № 2 корпус"),
    ],
)
def test_an_organisation_is_shown_as_people_write_it_with_care(typed: str, shown: str) -> None:
    assert search.presentable(typed) == shown


@given(st.text(max_size=60))
def test_tidying_a_name_twice_changes_nothing_more_and_its_sound_not_at_all(name: str) -> None:
    tidy = search.presentable(name)
    assert search.presentable(tidy) == tidy
    assert search.sound(tidy) == search.sound(name)
