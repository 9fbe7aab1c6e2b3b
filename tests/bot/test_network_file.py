"""Tables of networks as centres keep them, and periods as people write them."""

from collections.abc import Sequence
from datetime import date

import pytest

from bot.people.network_file import Fault, NetworkTable, read_period, understand
from bot.people.network_words import Column
from storage.people.network_plans import Plan
from storage.people.networks import NetworkKind

EYSK, ABINSK, SOCHI = "Ейский район", "Абинский район", "г.-к. Сочи"


def read(*rows: Sequence[str]) -> NetworkTable:
    return understand([list(enumerate(rows, 1))])


def test_a_row_for_a_network_with_its_members_in_one_cell() -> None:
    found = read(
        ("Сетевые сообщества края",),
        ("№", "Тема сети", "Статус", "Ведущая ТМС", "Участники", "Период работы"),
        ("1", "2", "3", "4", "5", "6"),
        ("1", "Наставничество", "КРЦ", "ТМС Ейск", "абинский; Сочи", "2026-2029"),
    )
    assert found.faults == ()
    assert found.plans == (
        Plan(
            "Наставничество",
            NetworkKind.KRC,
            EYSK,
            tuple(sorted((EYSK, ABINSK, SOCHI))),
            date(2026, 1, 1),
            date(2029, 12, 31),
        ),
    )


def test_a_row_for_each_member_with_the_title_once() -> None:
    found = read(
        ("Сеть", "Лидер", "Состав", "Начало", "Окончание"),
        ("Цифра", "Ейский район", "Абинский район", "сентябрь 2026", "август 2027"),
        ("", "", "Сочи", "", ""),
    )
    assert found.faults == ()
    (plan,) = found.plans
    assert plan.members == tuple(sorted((EYSK, ABINSK, SOCHI)))
    assert (plan.kind, plan.since, plan.until) == (None, date(2026, 9, 1), date(2027, 8, 31))


def test_every_fault_is_told_with_its_row_and_its_network_left_alone() -> None:
    found = read(
        ("Тема", "Вид", "Лидер", "Участники", "Срок"),
        ("Цифра", "кружок", "Нигдеевск", "Абинский район, Кудыкино", "когда-нибудь"),
        ("Чтение", "ЛСВ", "Сочи", "", ""),
        ("Письмо", "", "", "", ""),
        ("Да", "", "Сочи", "", ""),
    )
    assert [(one.row, one.fault) for one in found.faults] == [
        (2, Fault.KIND),
        (2, Fault.LEADER),
        (2, Fault.MEMBER),
        (2, Fault.PERIOD),
        (5, Fault.TITLE),
        (4, Fault.LEADER),
    ]
    assert [plan.title for plan in found.plans] == ["Чтение"]


def test_a_table_without_a_leader_says_which_column_it_lacks() -> None:
    assert read(("Тема", "Участники"), ("Цифра", "Сочи")).missing == (Column.LEADER,)
    assert read(
        ("Имя", "Дата"),
    ).missing == (Column.TITLE, Column.LEADER)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026–2029", date(2026, 1, 1), date(2029, 12, 31)),
        ("2026-2027 учебный год", date(2026, 9, 1), date(2027, 8, 31)),
        ("2026 – 2029 гг.", date(2026, 1, 1), date(2029, 12, 31)),
        ("сентябрь 2026 – август 2029", date(2026, 9, 1), date(2029, 8, 31)),
        ("с 1 сентября 2026 г. по 31 августа 2029 г.", date(2026, 9, 1), date(2029, 8, 31)),
        ("01.09.2026 – 31.08.2029", date(2026, 9, 1), date(2029, 8, 31)),
    ],
)
def test_periods_are_read_as_people_write_them(text: str, first: date, last: date) -> None:
    assert read_period(text) == (first, last)


@pytest.mark.parametrize("text", ["", "три года", "постоянно", "2029–2026"])
def test_what_is_no_period_is_none(text: str) -> None:
    assert read_period(text) is None
