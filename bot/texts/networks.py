"""/networks: networks of municipalities, for admins."""

from collections.abc import Mapping

from bot.texts.grammar import counted
from bot.texts.people import esc
from storage.people.networks import Network, NetworkKind

KINDS: Mapping[NetworkKind, str] = {
    NetworkKind.KRC: "КРЦ",
    NetworkKind.LSV: "ЛСВ",
    NetworkKind.MRC: "МРЦ",
}

ASK_TITLE = (
    "Как называется сеть? Напишите её тему, например: <i>Наставничество молодых педагогов</i>."
)
TITLE_FAULT = "Название — от 3 до 100 знаков. Напишите его, пожалуйста, ещё раз."
TITLE_TAKEN = "Сеть с таким названием уже есть. Напишите другое или откройте её в списке."
ASK_LEADER = "Кто ведёт сеть? Выберите муниципалитет, чья ТМС — лидер."
MEMBERS = "Участники"
LEADER = "Сменить лидера"
REMOVE = "Распустить сеть"
REMOVE_YES = "Да, распустить"
KEEP = "‹ Оставить как есть"
REMOVED = "Сеть распущена. Роли, выданные для неё, сняты; люди и их ответы остались."
DONE = "‹ Готово"
TO_LIST = "‹ К сетям"
GONE = "Этой сети больше нет."


def new(kind: NetworkKind) -> str:
    """A button."""
    return f"+ {KINDS[kind]}"


def listed(number: int) -> str:
    """Above the list."""
    if not number:
        return (
            "<b>Сети</b>\n\nСетей пока нет. Чтобы добавить первую, выберите, какой центр её ведёт."
        )
    return f"<b>Сети</b>: {number}.\n\nОткройте сеть, чтобы увидеть участников, или добавьте новую."


def card(network: Network) -> str:
    """One network with its members."""
    others = [esc(name) for name in network.members if name != network.leader]
    size = counted(len(others), "участник", "участника", "участников")
    members = "\n".join(f"• {name}" for name in others)
    return (
        f"<b>{esc(network.title)}</b> · {KINDS[network.kind]}\n\n"
        f"Лидер: {esc(network.leader)}\n"
        + (f"Ещё {size}:\n{members}" if others else "Других участников пока нет.")
    )


def member(name: str, *, member: bool) -> str:
    """A button that takes a municipality in or out."""
    return f"✓ {name}" if member else name


def sure_to_remove(network: Network) -> str:
    """Asked before a network is dissolved."""
    return (
        f"Распустить сеть «{esc(network.title)}»?\n\n"
        "Роли и приглашения, выданные для этой сети, перестанут действовать."
    )
