"""Plans and facts of the target indicators, typed in chat or loaded by spreadsheet."""

import re
from collections.abc import Sequence
from datetime import datetime

from bot.texts.answering import clipped, esc
from bot.texts.grammar import counted
from bot.texts.report import LABELS
from reports.indicator_sheet import CellFault, Fault
from reports.report import Report
from surveys.indicators import Indicator

INDICATORS = "Целевые показатели"
BACK = "‹ Назад"
REGION_ONLY = "Целевые показатели вводит координатор края."
FIGURE_FAULT = (
    "Не получилось прочитать число. Напишите факт, например «3» или «42,5»; чтобы указать и план, "
    "напишите через черту: «3 / 5»."
)
BY_SHEET = "Загрузить таблицей"
ASK_SHEET = (
    "Выше — таблица показателей с тем, что уже известно. Заполните столбцы «План» и «Факт» и "
    "пришлите файл сюда. Пустая ячейка ничего не меняет; факты, которые считает бот, он возьмёт "
    "сам. Можно прислать и саму сводку региона с исправленным листом «Обзор»."
)
_SHEET_FAULTS = {
    Fault.UNREADABLE: "это не таблица .xlsx или она больше 2 МБ. Сохраните её в Excel заново.",
    Fault.NO_TABLE: "нет строки с заголовками «Показатель», «План» и «Факт». Возьмите таблицу, "
    "которую прислал бот.",
    Fault.UNKNOWN: "показателя «{value}» нет. Названия менять нельзя.",
    Fault.TWICE: "«{value}» уже есть выше. Оставьте одну строку.",
    Fault.NUMBER: "«{value}» — не число. Напишите, например, 42,5.",
    Fault.TOO_LARGE: "«{value}» — слишком большое число. Проверьте его.",
    Fault.NOTHING: "не заполнен ни один план и ни один факт. Впишите хотя бы одно число.",
}
_FAULTS_SHOWN = 30


def indicator_file(year: str) -> str:
    """The name of the spreadsheet to fill in."""
    return f"Целевые показатели {year}.xlsx"


def indicator_form(year: str, made: datetime) -> Report:
    """Its titles; the table comes with `reports.indicator_sheet`."""
    title = f"{INDICATORS}, {year.replace('-', '–')} учебный год"
    subject = (
        "Заполните «План» и «Факт» и пришлите таблицу боту. Пустая ячейка ничего не меняет. План "
        "показателя, который должен вырасти, — на сколько он вырастет за год."
    )
    return Report(title, subject, made, (), LABELS.words)


def sheet_refused(faults: Sequence[CellFault]) -> str:
    """Every fault at once, by cell; nothing of the sheet was taken."""
    lines = [
        (f"• {esc(one.sheet)}, {one.place}: " if one.place else "• ")
        + _SHEET_FAULTS[one.fault].format(value=esc(clipped(one.value, 60)))
        for one in faults[:_FAULTS_SHOWN]
    ]
    if len(faults) > _FAULTS_SHOWN:
        lines.append(f"… и ещё {len(faults) - _FAULTS_SHOWN}.")
    return (
        "Таблица не загружена, ничего не изменилось:\n"
        + "\n".join(lines)
        + "\n\nИсправьте и пришлите ещё раз."
    )


def sheet_taken(count: int) -> str:
    """Above the list."""
    return f"Загружено: {counted(count, 'показатель', 'показателя', 'показателей')}.\n\n"


def numbered(number: int, name: str) -> str:
    """A button."""
    return f"{number}. {name}"


def indicator(each: Indicator, plan: float | None, fact: float | None) -> str:
    """A line of the list."""
    planned = each.target if plan is None else plan
    sign = "+" if each.relative else ""
    if each.code.computed:
        tail = "считает бот"
    else:
        tail = "факт не введён" if fact is None else f"факт {shown(fact)}"
    return f"{esc(each.name)}: план {sign}{shown(planned)} {each.unit}, {tail}"


def indicators_head(year: str, lines: Sequence[str]) -> str:
    """The list."""
    listed = "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
    return f"<b>Целевые показатели, {year.replace('-', '–')}</b>\n\n{listed}\n\nКакой ввести?"


def ask_figure(name: str, unit: str, *, computed: bool) -> str:
    """Before a figure is typed."""
    note = "\n\nФакт этого показателя считает бот; пригодится только план." if computed else ""
    return (
        f"<b>{esc(name)}</b> ({unit})\n\nНапишите факт за учебный год, например «3» или «42,5». "
        f"Чтобы изменить и план, напишите через черту: «3 / 5».{note}"
    )


def shown(number: float) -> str:
    """A number as people write it."""
    return f"{number:g}".replace(".", ",")


_NUMBER = r"\s*([+-]?\d{1,6}(?:[.,]\d{1,4})?)\s*%?\s*"
_FIGURE = re.compile(f"{_NUMBER}(?:/{_NUMBER})?")


def read_figure(text: str) -> tuple[float, float | None] | None:
    """Fact and plan of «3 / 5»; None for what is no figure."""
    found = _FIGURE.fullmatch(text)
    if found is None:
        return None
    fact, plan = (
        None if part is None else float(part.replace(",", ".")) for part in found.groups()
    )
    assert fact is not None  # noqa: S101 - the pattern asks for it
    return fact, plan
