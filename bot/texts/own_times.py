"""When to remind me of events: times of one's own."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from bot.events.when_to_remind import OwnTimeFault
from bot.texts.grammar import counted
from roadmap.offsets import AtHour, Offset

HEAD = "<b>Когда напоминать о мероприятиях?</b>"
USUAL = "Сейчас — как назначил организатор, обычно {usual}."
OWN = "Сейчас — {own}, для всех мероприятий."
HINT = (
    "Отметьте, что удобно: напоминать буду только так. Приглашения на мероприятия, о которых вы "
    "ещё не ответили, приходят вместе с напоминаниями за день и раньше."
)
OTHER = "Другое время"
AS_ORGANISER = "Как назначит организатор"
BACK = "‹ К настройкам"
BACK_TO_TIMES = "‹ Не менять"
ASK = (
    "Когда напоминать? Напишите, например: «за 2 часа», «за 3 дня», «накануне в 19:30», "
    "«за 2 дня в 10:00» или «в тот же день в 9:00»."
)
FAULTS: Mapping[OwnTimeFault, str] = {
    OwnTimeFault.UNREADABLE: "Не понял время. Напишите, например: «за 2 часа» или "
    "«накануне в 19:30».",
    OwnTimeFault.QUIET: "С 21:00 до 8:00 я молчу, чтобы не беспокоить. Назовите другой час.",
    OwnTimeFault.TOO_SOON: "Так близко к началу можно не успеть. Назовите хотя бы 5 минут.",
    OwnTimeFault.TOO_EARLY: "Напоминаю не раньше чем за 30 дней. Назовите меньше.",
}
ON = "Так и буду напоминать."
OFF = "Тогда напоминать не буду."
RESET = "Буду напоминать, как назначит организатор."
LAST = (
    "Оставьте хотя бы одно время. Чтобы не напоминать совсем, отключите напоминания в настройках."
)
FULL = "Больше восьми напоминаний об одном мероприятии не пришлю. Снимите лишнее."
_SAME_DAY, _EVE = "в тот же день", "накануне"


def time_name(offset: Offset) -> str:
    """«за 2 часа», «накануне в 18:00»."""
    if isinstance(offset, AtHour):
        near = {0: _SAME_DAY, 1: _EVE}
        days = near.get(offset.days) or f"за {_days(offset.days)}"
        return f"{days} в {offset.hour.hour}:{offset.hour:%M}"
    minutes = int(offset.total_seconds() // 60)
    if minutes % 10080 == 0:
        weeks = minutes // 10080
        return "за неделю" if weeks == 1 else f"за {counted(weeks, 'неделю', 'недели', 'недель')}"
    if minutes % 1440 == 0:
        return "за день" if minutes == 1440 else f"за {_days(minutes // 1440)}"
    if minutes % 60 == 0:
        hours = minutes // 60
        return "за час" if hours == 1 else f"за {counted(hours, 'час', 'часа', 'часов')}"
    return f"за {counted(minutes, 'минуту', 'минуты', 'минут')}"


def choice(offset: Offset, *, on: bool) -> str:
    """A button; what comes is ticked."""
    return f"✓ {time_name(offset)}" if on else time_name(offset)


def times(own: Collection[Offset], usual: Collection[Offset]) -> str:
    """The screen: what holds now and what may be chosen."""
    now = OWN.format(own=_listed(own)) if own else USUAL.format(usual=_listed(usual))
    return f"{HEAD}\n\n{now}\n\n{HINT}"


def in_order(offsets: Collection[Offset]) -> list[Offset]:
    """The earliest first, as they would come before a start at ten in the morning."""
    return sorted(offsets, key=lambda each: (-_early(each), time_name(each)))


def _early(offset: Offset) -> float:
    if isinstance(offset, timedelta):
        return offset.total_seconds()
    hours = 10 - offset.hour.hour - offset.hour.minute / 60
    return (timedelta(days=offset.days) + timedelta(hours=hours)).total_seconds()


def _days(days: int) -> str:
    return counted(days, "день", "дня", "дней")


def _listed(offsets: Collection[Offset]) -> str:
    said = [time_name(each) for each in in_order(offsets)]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} и {said[-1]}"
