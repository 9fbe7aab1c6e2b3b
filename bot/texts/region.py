"""The region's workbook in chat: its form, and in words which period and whom it covers."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from babel.dates import format_date

from bot.region.asks import Ask
from bot.texts.answering import esc
from bot.texts.grammar import RUSSIAN
from reports.periods import Period, PeriodKind, period_of
from storage.scopes import Scope, ScopeKind

REGION_REPORT = "Сводка региона"
MAKE = "Сделать таблицу"
ASKS = {Ask.PERIOD: "Период", Ask.PLACE: "Территория", Ask.COMMUNITY: "Сообщество"}
CHOOSE_PERIOD = "За какой период?"
CHOOSE_PLACE = "По какой сети или по какому муниципалитету?"
CHOOSE_COMMUNITY = "По какому профессиональному сообществу?"
EVERYTHING = "Всё, что мне видно"
ALL_COMMUNITIES = "Все сообщества"
BACK = "‹ Назад"
FAILED = "Таблицу сделать не получилось. Попробуйте ещё раз чуть позже."
DONE = "Готово: таблица в сообщении выше."


def form(when: str, whom: str) -> str:
    """What the workbook will cover."""
    return (
        f"<b>{REGION_REPORT}</b>\n\n{esc(whom)}\nПериод: {when}\n\nВ таблице: обзор с изменением к "
        "прошлому периоду, целевые показатели, мероприятия, удовлетворённость с тепловой картой, "
        "задания, участники, сети и данные для сводных таблиц."
    )


def making(when: str, whom: str) -> str:
    """While it is being made."""
    return f"Собираю сводку: {esc(whom)}, {when}. Это займёт до минуты."


def caption(when: str, whom: str) -> str:
    """Under the file."""
    return f"{REGION_REPORT}: {esc(whom)}, {when}."


def file_name(of: Period, whom: str) -> str:
    """«Сводка – Весь край – 2026–2027 учебный год.xlsx»."""
    clean = re.sub(r'[\\/:*?"<>|\x00-\x1f]', " ", f"Сводка – {whom} – {period(of)}")
    return f"{' '.join(clean.split())[:80].strip('. ')}.xlsx"


def period(of: Period) -> str:
    """«ноябрь 2026 года», «2026–2027 учебный год»; a part of one: «…, по 23 ноября»."""
    if of.whole:
        return _whole(of)
    last = format_date(of.last, "d MMMM", locale=RUSSIAN)
    return f"{_whole(period_of(of.kind, of.start))}, по {last}"


def _whole(of: Period) -> str:
    match of.kind:
        case PeriodKind.WEEK:
            return days(of.start, of.last, year=True)
        case PeriodKind.MONTH:
            return format_date(of.start, "LLLL y 'года'", locale=RUSSIAN)
        case PeriodKind.QUARTER:
            return format_date(of.start, "Q-'й' 'квартал' y 'года'", locale=RUSSIAN)
        case PeriodKind.YEAR:
            return f"{of.start.year}–{of.last.year} учебный год"
        case PeriodKind.ALL:
            return f"всё время по {format_date(of.last, 'd MMMM y', locale=RUSSIAN)} года"


def days(first: date, last: date, *, year: bool = False) -> str:
    """«23–29 ноября», «30 ноября – 6 декабря»."""
    end = format_date(last, "d MMMM y 'года'" if year else "d MMMM", locale=RUSSIAN)
    if first.month == last.month:
        return f"{first.day}–{end}"
    return f"{format_date(first, 'd MMMM', locale=RUSSIAN)} – {end}"


def about(scopes: Sequence[Scope], networks: Mapping[str, str], community: str | None) -> str:
    """Whom a summary covers: «Весь край», «сеть «Наставничество», Ейский район»."""
    named = []
    for scope in scopes:
        match scope.kind:
            case ScopeKind.REGION:
                named.append("Весь край")
            case ScopeKind.NETWORK:
                named.append(f"сеть «{networks.get(scope.ref, scope.ref)}»")
            case ScopeKind.MUNICIPALITY:
                named.append(scope.ref)
            case ScopeKind.ORGANISATION:
                named.append(networks.get(f"{scope.kind}:{scope.ref}") or "организация")
    whole = ", ".join(named)
    if community is not None:
        whole += f" · сообщество: {community}"
    return whole[:1].upper() + whole[1:]
