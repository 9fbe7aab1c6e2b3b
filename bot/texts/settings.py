"""/settings: which messages the bot starts itself a person wants."""

from collections.abc import Mapping

from storage.mutes import Timing
from storage.peace import Topic

HEAD = (
    "<b>Какие сообщения присылать?</b>\n\n"
    "Отмеченное приходит, остальное нет. О переносе и отмене того, куда вы записались, и о сроках "
    "ваших собственных заданий сообщаю в любом случае. Ночью, с 21:00 до 8:00, молчу."
)
KINDS: Mapping[Topic | Timing, str] = {
    Topic.EVENTS: "напоминания о мероприятиях",
    Timing.WEEK: "за неделю",
    Timing.DAY: "за день",
    Timing.HOUR: "за час",
    Topic.SURVEYS: "приглашения к опросам",
    Topic.NOTICES: "уведомления организаторов",
    Timing.QUESTION: "организатору: назвать день",
    Topic.WORKS: "проверяющему: работы ждут",
}
BY_TIME = (Timing.WEEK, Timing.DAY, Timing.HOUR)
"""In one row below the reminders of events, which they divide."""
BACK = "‹ К настройкам"
TIME_IS = "Время — {zone}."
OWN_TIMES = "Когда напоминать ›"
ON = "Буду присылать."
OFF = "Больше не пришлю."


def choice(kind: Topic | Timing, *, muted: bool) -> str:
    """A button; what comes is ticked."""
    return KINDS[kind] if muted else f"✓ {KINDS[kind]}"
