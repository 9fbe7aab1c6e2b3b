"""Time zones in plain words: «Москва (МСК)», «МСК+1 — Самара»; and beside an hour: «(МСК+1)»."""

from collections.abc import Mapping
from datetime import tzinfo
from zoneinfo import ZoneInfo

from storage.people.zones import OwnZone

SHORT: Mapping[str, str] = {
    "Europe/Kaliningrad": "МСК−1",
    "Europe/Moscow": "МСК",
    "Europe/Samara": "МСК+1",
    "Asia/Yekaterinburg": "МСК+2",
    "Asia/Omsk": "МСК+3",
    "Asia/Krasnoyarsk": "МСК+4",
    "Asia/Irkutsk": "МСК+5",
    "Asia/Yakutsk": "МСК+6",
    "Asia/Vladivostok": "МСК+7",
    "Asia/Magadan": "МСК+8",
    "Asia/Kamchatka": "МСК+9",
}
TOWNS: Mapping[str, str] = {
    "Europe/Kaliningrad": "Калининград",
    "Europe/Moscow": "Москва",
    "Europe/Samara": "Самара",
    "Asia/Yekaterinburg": "Екатеринбург",
    "Asia/Omsk": "Омск",
    "Asia/Krasnoyarsk": "Красноярск",
    "Asia/Irkutsk": "Иркутск",
    "Asia/Yakutsk": "Якутск",
    "Asia/Vladivostok": "Владивосток",
    "Asia/Magadan": "Магадан",
    "Asia/Kamchatka": "Камчатка",
}
BUTTON = "Часовой пояс ›"
CHOOSE = (
    "<b>Часовой пояс</b>\n\nСейчас время показываю так: {zone}. По нему приходят напоминания и "
    "сводки, по нему же ночью, с 21:00 до 8:00, молчу.\n\nГде вы живёте?"
)
CHANGED = "Часовой пояс изменён."


def name(zone: str) -> str:
    """«Москва (МСК)», «МСК+1 — Самара»."""
    if zone not in TOWNS:
        return zone
    short, town = SHORT[zone], TOWNS[zone]
    return f"{town} ({short})" if short == "МСК" else f"{short} — {town}"


def choice(zone: str, current: ZoneInfo) -> str:
    """A button; the zone that holds is ticked."""
    return f"✓ {name(zone)}" if zone == current.key else name(zone)


def beside(zone: tzinfo | None) -> str:
    """« (МСК+1)» after an hour, for whoever sees it in another zone than the bot's; else ''."""
    if not isinstance(zone, OwnZone):
        return ""
    return f" ({SHORT.get(zone.key, zone.key)})"
