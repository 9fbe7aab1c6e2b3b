"""/people: finding somebody, and their card."""

from collections.abc import Collection, Mapping
from datetime import datetime, tzinfo

from bot.texts.grammar import counted, day
from bot.texts.people import ROLES, esc, full_name, grant
from storage.people.people import Grant, Person, Role

EVERYBODY = "Показать всех"
TO_LIST = "‹ К списку"
TO_CARD = "‹ К карточке"
GONE = "Этого человека здесь больше нет: данные удалены или он работает в другом муниципалитете."
REMOVE_YES = "Да, снять роль"
KEEP = "‹ Оставить как есть"
REMOVED = "Роль снята."


def found(total: int, search: str) -> str:
    """Above the list; `search` is what was looked for, '' for everybody."""
    people = counted(total, "человек", "человека", "человек")
    if search and not total:
        return f"По запросу «{esc(search)}» никого не нашлось. Попробуйте только начало фамилии."
    if search:
        return f"По запросу «{esc(search)}» — {people}."
    if not total:
        return "Пока никто не зарегистрировался."
    return f"<b>Люди</b>: {people}.\n\nЧтобы найти человека, напишите начало фамилии."


def line(name: str, municipality: str) -> str:
    """A button of the list."""
    return f"{name} · {municipality}" if municipality else name


def card(
    someone: Person,
    roles: Collection[Role],
    networks: Mapping[str, str],
    now: datetime,
    zone: tzinfo,
    *,
    first: str = "",
) -> str:
    """Who somebody is, what they do, and whether the bot can write to them."""
    roles_held = [grant(one, networks) for one in someone.grants] or [ROLES[Role.TEACHER]]
    if Role.ADMIN in roles:
        roles_held.insert(0, ROLES[Role.ADMIN])
    work = ", ".join(filter(None, (someone.position, someone.organisation)))
    lines = [
        f"<b>{full_name(someone)}</b>",
        esc(work),
        esc(someone.municipality or ""),
        f"Сообщество: {esc(someone.community or '—')}",
        f"Роли: {', '.join(roles_held)}",
        "Сообщения бота доходят."
        if someone.unreachable is None
        else f"Сообщения бота не доходят: {day(someone.unreachable, now, zone)} "
        "человек остановил бота или удалил аккаунт.",
    ]
    return "\n".join(filter(None, (first and f"{first}\n", *lines)))


def remove(role: Grant, networks: Mapping[str, str]) -> str:
    """A button that takes a role away."""
    return f"Снять роль: {grant(role, networks)}"


def sure_to_remove(someone: Person, role: Grant, networks: Mapping[str, str]) -> str:
    """Asked before a role is taken away."""
    return (
        f"Снять с человека роль?\n\n<b>{full_name(someone)}</b> — {grant(role, networks)}.\n\n"
        "Его данные и ответы сохранятся, но работать с другими людьми здесь он больше не сможет."
    )
