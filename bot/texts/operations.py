"""What administrators read of the running bot: /status, and notices of troubles."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from bot.texts.answering import esc
from bot.texts.checks import megabytes
from bot.texts.grammar import counted, moment
from storage.operations.troubles import Trouble

if TYPE_CHECKING:
    from bot.operations.status import Status

TO_STATUS = "Состояние бота"
AGAIN = "Обновить"

STATES: Mapping[str, str] = {
    "disk": "На диске мало места",
    "poll": "Telegram не отвечает",
    "backup": "Ночная копия базы не сделана",
    "digests": "Сводки недели не собираются",
}
REMEDIES: Mapping[str, str] = {
    "disk": "Освободите место на сервере: иначе бот перестанет сохранять ответы.",
    "poll": "Проверьте сеть сервера и прокси: python -m bot check.",
    "digests": "Бот пробует снова сам, всё реже; причина — в журнале сервера. Посмотреть на сводку "
    "и её ошибку можно и в чате: /digest.",
    "backup": "Проверьте место, права на папку копий и файл ключей: python -m bot check.",
}
OVER: Mapping[str, str] = {
    "disk": "Места на диске снова хватает",
    "poll": "Telegram снова отвечает",
    "backup": "Копия базы сделана",
    "digests": "Сводки недели снова собираются",
}
REASONS: Mapping[str, str] = {
    "keys": "файл ключей не подходит",
    "disk": "диск не принял файл",
    "damaged": "копия не прошла проверку",
}
SHOWN = 6
"""Troubles named in one message; the rest are counted."""


def notice(found: Sequence[Trouble], now: datetime) -> str:
    """All news of one notice; `now` is in the reader's zone."""
    zone = now.tzinfo
    assert zone is not None  # noqa: S101 - the sender says so
    lines = [_news(one, now, zone) for one in found[:SHOWN]]
    head = (
        "<b>Бот: всё наладилось</b>"
        if all(one.over_at is not None for one in found)
        else "<b>Бот: нужно внимание</b>"
    )
    return "\n\n".join([head, *lines, *_rest(len(found))])


def _news(one: Trouble, now: datetime, zone: tzinfo) -> str:
    if one.error is not None:
        return f"{_error(one, now, zone)}\nПодробности в журнале сервера по этому коду."
    if one.over_at is not None:
        lasted = span(one.over_at - one.since)
        return (
            f"✓ {OVER.get(one.key, one.key)}: {moment(one.over_at, now, zone)}. Длилось {lasted}."
        )
    return (
        f"{_state(one)}: с {moment(one.since, now, zone)}.\n{REMEDIES.get(one.key, '')}"
    ).strip()


def _state(one: Trouble) -> str:
    said = STATES.get(one.key, esc(one.key))
    if one.key == "disk" and "free" in one.detail:
        said += f" (свободно {megabytes(int(one.detail['free']))})"
    if one.key == "digests" and "count" in one.detail:
        said += f" (ждут {counted(int(one.detail['count']), 'человек', 'человека', 'человек')})"
    reason = REASONS.get(str(one.detail.get("reason", "")))
    return said + (f" ({reason})" if reason else "")


def _error(one: Trouble, now: datetime, zone: tzinfo) -> str:
    times = counted(one.times, "раз", "раза", "раз")
    kind, place = esc(str(one.detail.get("kind", ""))), esc(str(one.detail.get("place", "")))
    last = moment(one.last_at, now, zone)
    return f"Ошибка <code>{esc(one.error or '')}</code>, {times}, последний {last}\n{kind}, {place}"


def _rest(count: int) -> list[str]:
    return [f"И ещё {count - SHOWN}: /status."] if count > SHOWN else []


def span(time: timedelta) -> str:
    """«3 дня 4 часа», «25 минут»: the two largest parts."""
    minutes = int(time.total_seconds()) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [
        counted(number, *forms)
        for number, forms in (
            (days, ("день", "дня", "дней")),
            (hours, ("час", "часа", "часов")),
            (minutes, ("минуту", "минуты", "минут")),
        )
        if number
    ]
    return " ".join(parts[:2]) or "меньше минуты"


def status(found: "Status", now: datetime) -> str:
    """The screen of /status; `now` is in the reader's zone."""
    zone = now.tzinfo
    assert zone is not None  # noqa: S101 - the handler says so
    states = [one for one in found.troubles if one.error is None]
    errors = [one for one in found.troubles if one.error is not None]
    head = "всё в порядке" if not found.troubles else "нужно внимание"
    load, copy = found.load, found.copy
    seconds = "сообщает сам (вебхук)" if found.silence is None else _ago(found.silence)
    lines = [
        f"Версия {found.version}, работает {span(timedelta(seconds=found.uptime))}",
        f"Telegram: {seconds}",
        f"Обновлений в минуту: {found.per_minute:.0f}; ждут обработки: {found.inbox}",
        f"Сообщений к отправке: {load.due}, запланировано: {load.waiting}",
        f"За сутки отправлено: {load.sent}, не дошло: {load.failed}",
        "Копии базы ещё нет: она делается ночью"
        if copy is None
        else f"Копия базы: {moment(copy.made_at, now, zone)}, {megabytes(copy.size)}",
        f"База: {megabytes(found.database)}; свободно на диске: {megabytes(found.free)}",
    ]
    parts = [f"<b>Состояние бота: {head}</b>", "\n".join(lines)]
    parts += [
        f"⚠️ {_state(one)}: с {moment(one.since, now, zone)}\n{REMEDIES.get(one.key, '')}"
        for one in states
    ]
    if errors:
        shown = [_error(one, now, zone) for one in errors[:SHOWN]]
        parts += ["<b>Ошибки за сутки</b>", *shown]
        parts += [f"И ещё {len(errors) - SHOWN}."] if len(errors) > SHOWN else []
    else:
        parts.append("Ошибок за сутки нет.")
    return "\n\n".join(parts)


def _ago(seconds: float) -> str:
    if seconds < 60:
        return "отвечает"
    return f"молчит {span(timedelta(seconds=seconds))}"
