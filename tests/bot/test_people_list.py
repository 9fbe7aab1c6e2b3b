"""Lists of people as they are sent: whose name is in a row?"""

import pytest

from bot.people.people_list import UnreadableListError, names_in_row, rows_of


@pytest.mark.parametrize(
    ("row", "first"),
    [
        (["1", "Щеглова Анна Петровна", "учитель физики"], "Щеглова Анна Петровна"),
        (["2", "Щеглова", "Анна", "Петровна", "СОШ № 5"], "Щеглова Анна Петровна"),
        (["Щеглова", "Анна", "8 918 000-00-00"], "Щеглова Анна"),
        (["3", "Щеглова А.П."], "Щеглова А. П."),
        (["4", "Щеглова", ""], None),
        (["15.03.2027", "17"], None),
    ],
)
def test_a_name_stands_in_one_cell_or_in_cells_side_by_side(
    row: list[str], first: str | None
) -> None:
    assert next(names_in_row(row), None) == first


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1251"])
def test_a_text_file_is_a_list_whatever_separates_its_columns(encoding: str) -> None:
    text = "1;Щеглова;Анна\n2\tГалкин Борис\n3,Совина,Вера\n"
    assert rows_of(text.encode(encoding)) == [
        ["1", "Щеглова", "Анна"],
        ["2", "Галкин Борис"],
        ["3", "Совина", "Вера"],
    ]


def test_a_picture_is_no_list() -> None:
    with pytest.raises(UnreadableListError):
        rows_of(b"\x89PNG\r\n\x1a\n\x00\x00")
