"""Organisations: finding, renaming, merging."""

from bot.texts.grammar import counted
from bot.texts.people import esc
from storage.people.organisations import Organisation

OPEN = "Организации"
TO_LIST = "‹ К организациям"
BACK = "‹ Назад"
RENAME = "Переименовать"
MERGE = "Объединить с другой"
MERGE_SURE = "Да, объединить"
ASK_NAME = "Напишите новое название — так его увидят в списках и сводках."
NAME_FAULT = "Название — от 2 до 200 знаков. Напишите, пожалуйста, ещё раз."
RENAMED = "Переименовано."
MERGED = "Объединено: теперь это одна организация."
GONE = "Этой организации здесь больше нет: её объединили с другой или она не на вашей территории."
ALONE = "В этом муниципалитете других организаций нет."
CHOOSE = "С какой объединить? Останется та, которую выберете; похожие стоят первыми."


def line(one: Organisation, *, town: bool) -> str:
    """A button of the list."""
    name = f"{one.name} · {one.people}"
    return f"{name} · {one.municipality}" if town else name


def found(number: int, search: str) -> str:
    """Above the list."""
    count = counted(number, "организация", "организации", "организаций")
    if search and not number:
        return f"По запросу «{esc(search)}» ничего не нашлось. Попробуйте часть названия."
    head = f"По запросу «{esc(search)}» — {count}." if search else f"<b>Организации</b>: {count}."
    return f"{head}\n\nЧисло — сколько человек её назвали. Чтобы найти, напишите часть названия."


def card(one: Organisation, *, first: str = "") -> str:
    """One organisation."""
    people = counted(one.people, "человек", "человека", "человек")
    text = f"<b>{esc(one.name)}</b>\n{esc(one.municipality)}\n{people}"
    return "\n\n".join(filter(None, (first, text)))


def sure(gone: Organisation, kept: Organisation) -> str:
    """Asked before two become one."""
    people = counted(gone.people, "человек", "человека", "человек")
    return (
        f"Объединить?\n\n«{esc(gone.name)}» ({people}) исчезнет, все её люди перейдут в "
        f"<b>«{esc(kept.name)}»</b>. Разделить потом нельзя."
    )


def same_sound(kept: Organisation) -> str:
    """The new name is another's already."""
    return f"Такая уже есть: «{esc(kept.name)}». Объединить их?"
