"""/networks: networks of municipalities, for admins."""

from collections.abc import Mapping, Sequence
from datetime import date

from babel.dates import format_date

from bot.texts.grammar import RUSSIAN, counted
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
RENAME = "Переименовать"
REMOVE = "Распустить сеть"
REMOVE_YES = "Да, распустить"
KEEP = "‹ Оставить как есть"
REMOVED = "Сеть распущена. Роли, выданные для неё, сняты; люди и их ответы остались."
DONE = "‹ Готово"
TO_LIST = "‹ К сетям"
GONE = "Этой сети больше нет."
PERIOD = "Период работы"
ASK_PERIOD = (
    "С какого по какое время работает сеть? Напишите, например: <i>2026–2029</i>, "
    "<i>2026–2027 учебный год</i> или <i>сентябрь 2026 – август 2029</i>."
)
PERIOD_FAULT = (
    "Не получилось понять период. Напишите две даты, два месяца или два года через тире: "
    "<i>сентябрь 2026 – август 2029</i>."
)
TABLE = "Сети таблицей"
UPLOAD = "Загрузить таблицу"
TABLE_FILE = "сети.xlsx"
TABLE_SHEET = "Сети"
TABLE_HEAD = ("Тема сети", "Вид", "Лидер", "Участники", "Период")
TABLE_CAPTION = (
    "Сети как они есть. Поправьте таблицу и пришлите её обратно кнопкой «Загрузить таблицу»."
)


def new(kind: NetworkKind) -> str:
    """A button."""
    return f"+ {KINDS[kind]}"


def listed(number: int) -> str:
    """Above the list."""
    if not number:
        return (
            "<b>Сети</b>\n\nСетей пока нет. Чтобы добавить первую, выберите, какой центр её ведёт."
        )
    return (
        f"<b>Сети</b>: {number}.\n\nОткройте сеть, чтобы увидеть участников, или добавьте новую. "
        "Много изменений удобнее внести таблицей."
    )


def table_rows(every: Sequence[Network]) -> list[tuple[str, ...]]:
    """The table that is sent and taken back."""
    return [
        (
            one.title,
            KINDS[one.kind],
            one.leader,
            ", ".join(name for name in one.members if name != one.leader),
            period(one.since, one.until),
        )
        for one in every
    ]


def period(since: date | None, until: date | None) -> str:
    """«1 сентября 2026 – 31 августа 2029»; '' where it is not known."""
    if since is None or until is None:
        return ""
    first, last = (format_date(day, "d MMMM y", locale=RUSSIAN) for day in (since, until))
    return f"{first} – {last}"


def _lasts(network: Network, today: date) -> str:
    if network.until is None:
        return "Период работы не указан.\n"
    over = network.until < today
    note = " — период закончился: продлите его или распустите сеть" if over else ""
    return f"Работает: {period(network.since, network.until)}{note}.\n"


def card(network: Network, today: date) -> str:
    """One network with its members."""
    others = [esc(name) for name in network.members if name != network.leader]
    size = counted(len(others), "участник", "участника", "участников")
    members = "\n".join(f"• {name}" for name in others)
    return (
        f"<b>{esc(network.title)}</b> · {KINDS[network.kind]}\n\n"
        f"{_lasts(network, today)}"
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
