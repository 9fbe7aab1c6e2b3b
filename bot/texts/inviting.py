"""/invite: giving a role by a link, and following one."""

from collections.abc import Mapping
from datetime import datetime, tzinfo

from bot.texts import grammar
from bot.texts.people import ROLES, esc, grant
from storage.people.invitations import Invitation, Outcome
from storage.people.people import Grant, Role

ROLE: Mapping[Role, str] = {
    Role.COORDINATOR: "Координатора",
    Role.ORGANISER: "Организатора",
    Role.EXPERT: "Эксперта",
    Role.TRAINEE: "Стажёра",
}
CHOOSE_ROLE = (
    "<b>Кого приглашаем?</b>\n\n"
    "Бот сделает ссылку. Человек откроет её, познакомится с ботом и получит роль."
)
SHOW_OPEN = "Действующие приглашения"
WHERE = "Где именно?"
NO_NETWORKS = "Сетей, доступных вам, пока нет."
REGION = "Весь край"
NETWORK = "Одна сеть"
MUNICIPALITY = "Один муниципалитет"
ORGANISATION = "Одна организация"
WHICH_TOWN = "В каком муниципалитете эта организация?"
NO_SCHOOLS = (
    "Организаций здесь пока нет: они появляются, когда оттуда знакомится с ботом первый человек."
)
HOW_LONG = "Сколько будет действовать ссылка?"
HOW_MANY = "Сколько человек смогут ею воспользоваться?"
BACK = "‹ Назад"
MORE = "Пригласить ещё"
REVOKE = "Отменить приглашение"
REVOKED = "Приглашение отменено: по ссылке больше никто не получит роль."
NOT_OPEN = "Это приглашение уже не действует."
TO_LIST = "‹ К приглашениям"
NOT_YOURS = "Такое приглашение вам сейчас недоступно. Выберите, пожалуйста, другое: /invite."


def how_wide(role: Role) -> str:
    """Asks for the kind of scope."""
    return f"Роль: <b>{ROLES[role]}</b>.\n\nГде человек будет работать?"


def so_far(given: Grant, networks: Mapping[str, str]) -> str:
    """What is chosen: role and scope."""
    return f"Роль: <b>{grant(given, networks)}</b>."


def days(number: int) -> str:
    """A button: for how long."""
    return grammar.counted(number, "день", "дня", "дней")


def uses(number: int) -> str:
    """A button: for how many people."""
    return grammar.counted(number, "человек", "человека", "человек")


def until(expires: datetime, now: datetime, zone: tzinfo) -> str:
    """«до 29 ноября, 10:00»."""
    return grammar.until(expires, now, zone)


def made(given: Grant, networks: Mapping[str, str], *, link: str, uses: int, until: str) -> str:
    """The link, to be sent on; it is shown this once."""
    who = grammar.counted(uses, "человека", "человек", "человек")
    return (
        f"<b>Приглашение готово</b>\n\nРоль: {grant(given, networks)}.\n"
        f"Действует {until}, для {who}.\n\n{esc(link)}\n\n"
        "Перешлите ссылку только тому, кого приглашаете: показать её ещё раз бот не сможет, "
        "он её не хранит. Отменить можно в списке приглашений."
    )


def line(invitation: Invitation, networks: Mapping[str, str]) -> str:
    """A button of the list (plain text)."""
    return f"{grant(invitation.grant, networks)} · осталось {invitation.uses_left}"


def open_invitations(number: int, *, first: str = "") -> str:
    """Above the list."""
    text = (
        f"<b>Действующие приглашения</b>: {number}."
        if number
        else "Действующих приглашений сейчас нет."
    )
    return "\n\n".join(filter(None, (first, text)))


def card(invitation: Invitation, networks: Mapping[str, str], now: datetime, zone: tzinfo) -> str:
    """One invitation."""
    return (
        f"<b>Приглашение</b>\n\nРоль: {grant(invitation.grant, networks)}.\n"
        f"Действует {until(invitation.expires_at, now, zone)}.\n"
        f"Воспользовались: {invitation.used}, осталось: {invitation.uses_left}."
    )


def accepted(outcome: Outcome, given: Grant | None, networks: Mapping[str, str]) -> str:
    """What became of following a link."""
    if given is None or outcome is Outcome.UNKNOWN:
        return "Такого приглашения нет. Проверьте, пожалуйста, что ссылка открыта целиком."
    role = grant(given, networks)
    return {
        Outcome.GRANTED: f"Добро пожаловать: ваша новая роль — <b>{role}</b>. "
        "Что теперь доступно, видно в меню.",
        Outcome.ALREADY: f"Роль «{role}» у вас уже есть — всё в порядке.",
        Outcome.EXPIRED: "Срок этого приглашения истёк. Попросите прислать новую ссылку.",
        Outcome.SPENT: "Этим приглашением уже воспользовались. Попросите прислать новую ссылку.",
        Outcome.REVOKED: "Это приглашение отменили. Если это ошибка, попросите новую ссылку.",
    }[outcome]
