"""Russian numbers and dates in words, for every text: «3 вопроса», «завтра, 24 ноября, 15:00»."""

from datetime import date, datetime, timedelta, tzinfo

from babel import Locale
from babel.dates import format_date

from bot.texts.zones import beside

RUSSIAN = Locale("ru")


def plural(number: int, one: str, few: str, many: str) -> str:
    """The form of a noun after a whole number: 1 вопрос, 2 вопроса, 5 вопросов."""
    return {"one": one, "few": few}.get(RUSSIAN.plural_form(abs(number)), many)


def counted(number: int, one: str, few: str, many: str) -> str:
    """The number with its noun; thousands are set apart by a space that does not break."""
    return f"{number:,}".replace(",", " ") + " " + plural(number, one, few, many)


def day(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """«сегодня, 22 ноября», «завтра, …», «вчера, …», «24 ноября»; another year is named."""
    then, today = moment.astimezone(zone).date(), now.astimezone(zone).date()
    near = {-1: "вчера, ", 0: "сегодня, ", 1: "завтра, "}.get((then - today).days, "")
    return near + _date(then, today)


def moment(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """The day and the hour: «завтра, 24 ноября, 15:00»."""
    return f"{day(moment, now, zone)}, {hour(moment, zone)}"


def hour(moment: datetime, zone: tzinfo) -> str:
    """«15:00», and «15:00 (МСК+1)» for whoever chose another zone than the bot's."""
    return f"{moment.astimezone(zone):%H:%M}{beside(zone)}"


def until(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """«до 24 ноября, 15:00»; midnight ends the day before: «до 23 ноября включительно»."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    if (local.hour, local.minute) == (0, 0):
        return f"до {_date(local.date() - timedelta(days=1), today)} включительно"
    return f"до {_date(local.date(), today)}, {hour(moment, zone)}"


def _date(then: date, today: date) -> str:
    pattern = "d MMMM" if then.year == today.year else "d MMMM y 'года'"
    return format_date(then, pattern, locale=RUSSIAN)
