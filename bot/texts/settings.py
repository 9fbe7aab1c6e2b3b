"""/settings: which messages the bot starts itself a person wants."""

from collections.abc import Mapping

from storage.mutes import Muted

HEAD = (
    "<b>Напоминания</b>\n\n"
    "Что присылать? Отмеченное приходит, остальное нет. О переносе и отмене того, куда вы "
    "записались, сообщаю всегда. С 21:00 до 8:00 сам не пишу."
)
KINDS: Mapping[Muted, str] = {
    Muted.WEEK: "о мероприятии за неделю",
    Muted.DAY: "о мероприятии за день",
    Muted.HOUR: "о мероприятии за час",
    Muted.NUDGE: "об опросе, который ждёт ответа",
    Muted.QUESTION: "организатору: назвать день",
}
ON = "Буду присылать."
OFF = "Больше не пришлю."


def choice(kind: Muted, *, muted: bool) -> str:
    """A button; what comes is ticked."""
    return KINDS[kind] if muted else f"✓ {KINDS[kind]}"
