"""Registers as people keep them: other headers, other orders, and every fault at once."""

from collections.abc import Sequence
from io import BytesIO

import pytest
from openpyxl import Workbook

from bot.people.register_file import Fault, Loader, Register, read_register, understand
from bot.people.register_words import Column
from roadmap.refusals import Refused
from storage.people.people import Role
from storage.scopes import REGION, Scope, ScopeKind
from surveys.reference import communities

EYSK, ABINSK = "Ейский район", "Абинский район"
REGIONAL = Loader(None, dict.fromkeys(list(Role)[1:5], (REGION,)), {"Цифра": "3"}, {"3": [EYSK]})
LOCAL = Loader(
    {EYSK}, {Role.TRAINEE: (Scope(ScopeKind.MUNICIPALITY, EYSK),)}, {"Цифра": "3"}, {"3": [EYSK]}
)


def read(*rows: Sequence[str], loader: Loader = REGIONAL) -> Register:
    return understand([list(enumerate(rows, 1))], loader)


def test_the_usual_table_is_read() -> None:
    found = read(
        ("Список педагогов",),
        ("№", "ФИО", "Муниципалитет", "Организация", "Должность", "Сообщество", "Роль", "Сеть"),
        ("1", "2", "3", "4", "5", "6", "7", "8"),
        ("1", "ЛУГОВА анна петровна", "ейский", "сош 5", "учитель", communities()[0], "стажёр", ""),
        ("2", "Клевер Олег", "Абинский р-н", "", "", "", "педагог", "Цифра"),
        ("3", "Сомов Иван Ильич", "Ейский район", "", "", "", "Эксперт", "цифра"),
        ("", "", "", "", "", "", "", ""),
    )
    assert found.faults == ()
    anna, oleg, ivan = found.entries
    assert (anna.surname, anna.first_name, anna.patronymic) == ("Лугова", "Анна", "Петровна")
    assert (anna.municipality, anna.organisation) == (EYSK, "СОШ № 5")
    assert anna.role == "trainee"
    assert anna.scope_ref == EYSK
    assert (oleg.municipality, oleg.role, oleg.patronymic) == (ABINSK, None, "")
    assert (ivan.scope_kind, ivan.scope_ref) == ("network", "3")


def test_other_names_and_orders_of_columns_are_understood() -> None:
    found = read(
        ("Наименование ОО", "Территория", "Отчество", "Имя", "Фамилия педагога", "Предмет"),
        ("МБОУ СОШ № 5", "г. Сочи", "Петровна", "Анна", "Лугова", ""),
    )
    assert [entry.search for entry in found.entries] == ["лугова анна петровна"], found
    assert found.entries[0].organisation.endswith("СОШ № 5")


def test_every_fault_of_every_row_is_told_with_its_row() -> None:
    found = read(
        ("ФИО", "Муниципалитет", "Роль", "Сообщество", "Сеть"),
        ("Лугова А. П.", "Атлантида", "король", "астрология", ""),
        ("Лугова Анна", "Ейский район", "", "", ""),
        ("Лугова Анна", "Ейский район", "", "", ""),
        ("Сомов Олег", "Абинский район", "", "", ""),
        ("Клевер Олег", "Ейский район", "координатор", "", ""),
        ("Маков Олег", "Ейский район", "стажёр", "", "Несуществующая"),
        loader=LOCAL,
    )
    assert [entry.search for entry in found.entries] == ["лугова анна"]
    assert [(fault.row, fault.fault) for fault in found.faults] == [
        (2, Fault.NAME),
        (2, Fault.MUNICIPALITY),
        (2, Fault.COMMUNITY),
        (2, Fault.ROLE),
        (4, Fault.TWICE),
        (5, Fault.OUT_OF_SCOPE),
        (6, Fault.ROLE_NOT_YOURS),
        (7, Fault.NETWORK),
    ]


def test_a_coordinator_of_one_municipality_needs_no_such_column() -> None:
    rows = (("Фамилия", "Имя"), ("Лугова", "Анна"))
    assert read(*rows, loader=LOCAL).entries[0].municipality == EYSK
    assert read(*rows).missing == (Column.MUNICIPALITY,)


def test_a_table_without_names_says_what_is_missing() -> None:
    found = read(("Тема", "Срок"), ("Семинар", "август"))
    assert found.missing == (Column.NAME, Column.MUNICIPALITY)


def test_a_real_workbook_goes_through_the_limited_child() -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["ФИО", "Муниципалитет"])
    book.active.append(["Лугова Анна Петровна", "Ейский район"])
    target = BytesIO()
    book.save(target)
    assert len(read_register(target.getvalue(), REGIONAL).entries) == 1
    with pytest.raises(Refused):
        read_register(b"PK\x03\x04 no workbook", REGIONAL)
