"""The weekly digest: what needs me first, what is ahead, how it goes."""

import re
from collections.abc import Callable
from datetime import date, datetime, tzinfo
from html import unescape

from babel.dates import format_date

from bot.texts.answering import esc
from bot.texts.grammar import RUSSIAN, counted, moment, plural, until
from bot.texts.region import days
from reports.pictures import percent
from reports.summary import TARGET as TARGET_SHARE
from reports.weekly import Ahead, Open, Satisfied, Tasks, Weekly

CAPTION = 1024
"""Telegram counts a caption's letters after its HTML is read."""

OPEN_TITLE = "Открытые опросы: доля ответивших"
SATISFIED_TITLE = "Удовлетворены"
TARGET = "цель 75 %"
TILES_TITLE = "Удовлетворённость с начала учебного года"
COURSE_TITLE = "По месяцам учебного года"
RATE = "Доля ответивших"
TASKS_TITLE = "Задания"
STAGES = ("Выдано", "Сдано", "Принято", "С первой попытки")
ZONES = ("до 33 %", "33–50 %", "50–75 %", "от 75 %")
UNKNOWN = "мало ответов"

WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
ON_WEEKDAYS = (
    *("по понедельникам", "по вторникам", "по средам", "по четвергам"),
    *("по пятницам", "по субботам", "по воскресеньям"),
)
SETTINGS = "Когда присылать"
NOW = "Показать сейчас"
TURN_OFF, TURN_ON = "Не присылать", "Присылать каждую неделю"
OTHER_DAY, OTHER_HOUR = "Другой день", "Другой час"
BACK = "‹ Назад"
MAKING = "Собираю сводку недели — это займёт до минуты."
FAILED = "Сводку собрать не получилось. Попробуйте ещё раз чуть позже."
NOTHING = (
    "Рассказывать пока нечего: ни мероприятий на этой неделе, ни открытых опросов, ни новых дел."
)
CHOOSE_DAY = "В какой день присылать сводку недели?"
CHOOSE_HOUR = "В котором часу? Время местное."
SAVED = "Запомнено"
LOOK_ONLY = (
    "<b>Сводка недели</b>\n\nПо понедельникам она приходит координаторам. Вы можете посмотреть её "
    "сейчас."
)
WORKBOOK = "Таблица к сводке недели: учебный год с начала, с формулами и графиками."


def workbook_name(weekly: Weekly) -> str:
    """The file's name."""
    return f"Сводка {weekly.monday:%d.%m.%Y}.xlsx"


def short(place: str) -> str:
    """A municipality's name for a tile."""
    return place.removesuffix(" район")


def month(first: date) -> str:
    """«сентябрь», below the axis."""
    return format_date(first, "LLLL", locale=RUSSIAN)


def number(of: int) -> str:
    """Thousands apart."""
    return f"{of:,}".replace(",", "\N{NO-BREAK SPACE}")


def of_people(n: int) -> str:
    """«ответили 18 человек»."""
    return "ответили " + counted(n, "человек", "человека", "человек")


def turnout(one: Open) -> str:
    """«112 из 266, +30 за неделю»."""
    change = "" if one.change is None else f", {one.change:+d} за неделю"
    return f"{number(one.answered)} из {number(one.invited)}{change}"


def facts(weekly: Weekly) -> tuple[tuple[str, str], ...]:
    """The large numbers of the picture."""
    found = [(number(weekly.people), plural(weekly.people, "педагог", "педагога", "педагогов"))]
    if weekly.new:
        found.append((f"+{number(weekly.new)}", "новых за неделю"))
    if weekly.ahead:
        ahead = len(weekly.ahead)
        events = plural(ahead, "мероприятие", "мероприятия", "мероприятий")
        found.append((number(ahead), f"{events} на этой неделе"))
    return tuple(found[:3])


def picture_title(week: str) -> str:
    """Above the picture."""
    return f"Неделя {week}"


def picture_foot(made: datetime) -> str:
    """Below it."""
    return f"Составлено {made:%d.%m.%Y, %H:%M}"


def coordinators(weekly: Weekly, now: datetime) -> str:
    """The whole digest, as many details as a caption holds."""
    return _fitting(lambda most: _coordinators(weekly, now, most))


def organisers(weekly: Weekly, now: datetime) -> str:
    """An organiser's own events."""

    def text(most: int) -> str:
        parts = [_head(weekly, "ваши мероприятия")]
        parts.append(_section("Назовите день", [_undated(one) for one in weekly.without_day], most))
        parts.append(_section("На этой неделе", [_ahead(one, now) for one in weekly.ahead], most))
        parts.append(
            _section("Прошли", [_met(one.title, one.came, one.said) for one in weekly.met], most)
        )
        satisfied = [_satisfied(one) for one in weekly.satisfied]
        parts.append(_section("Удовлетворены (цель 75 %)", satisfied, most))
        return "\n\n".join(filter(None, parts))

    return _fitting(text)


def trainees(weekly: Weekly, now: datetime) -> str:
    """A gentle word about one's own week."""

    def text(most: int) -> str:
        parts = [f"Доброе утро! Вот ваша неделя {_week(weekly)}."]
        ahead = [f"{esc(_cut(one.title))} — {_when(one, now)}" for one in weekly.ahead]
        parts.append(_section("Вы собирались", ahead, most))
        zone = now.tzinfo
        assert zone is not None  # noqa: S101 - a composer's now is local
        asked = [
            f"{esc(_cut(one.name))} — {until(one.closes_at, now, zone)}" for one in weekly.open
        ]
        parts.append(_section("Можно ответить, когда будет минута", asked, most))
        if weekly.met:
            count = counted(len(weekly.met), "встреча", "встречи", "встреч")
            parts.append(f"На прошлой неделе за плечами {count}. Спасибо, что были!")
        return "\n\n".join(filter(None, parts))

    return _fitting(text)


def _coordinators(weekly: Weekly, now: datetime, most: int) -> str:
    zone = now.tzinfo
    assert zone is not None  # noqa: S101 - a composer's now is local
    opened = [f"{esc(_cut(one.name))}: {_rate(one)}" for one in weekly.open]
    satisfied = [_satisfied(one) for one in weekly.satisfied]
    parts = [
        _head(weekly, esc(weekly.about)),
        _section("Сначала", _first(weekly, now, zone), 4),
        _section("На этой неделе", [_ahead(one, now) for one in weekly.ahead], most),
        _section("Открытые опросы", opened, most),
        _section("Удовлетворены (цель 75 %)", satisfied, most),
        _section("Прошли", [_met(one.title, one.came, one.said) for one in weekly.met], most),
        _screening(weekly),
        _people(weekly),
    ]
    return "\n\n".join(filter(None, parts))


def _first(weekly: Weekly, now: datetime, zone: tzinfo) -> list[str]:
    """What needs the reader before anything else, the most urgent first."""
    found = _tasks(weekly.tasks)
    nameless = [one for one in weekly.without_day if one.mine]
    if nameless:
        events = counted(len(nameless), "мероприятие", "мероприятия", "мероприятий")
        many = "" if len(nameless) == 1 else f" {events}, ближайшее —"
        found.append(f"пора назвать день:{many} {_undated(nameless[0])}")
    for one in weekly.open:
        if one.rate < 0.5 and (one.closes_at - now).days < 3:
            found.append(
                f"{esc(_cut(one.name))}: ответили {percent(one.rate)}, приём "
                f"{until(one.closes_at, now, zone)}"
            )
    if weekly.new_unreachable:
        people = counted(weekly.new_unreachable, "человек", "человека", "человек")
        found.append(f"перестали получать сообщения: {people}")
    return found


def _tasks(tasks: Tasks) -> list[str]:
    found = []
    if tasks.waiting:
        works = counted(tasks.waiting, "работа ждёт", "работы ждут", "работ ждут")
        found.append(f"{works} проверки")
    if tasks.overdue:
        works = counted(tasks.overdue, "работа просрочена", "работы просрочены", "работ просрочено")
        found.append(works)
    if tasks.at_risk:
        people = counted(tasks.at_risk, "стажёр", "стажёра", "стажёров")
        found.append(f"{people} пропустили два задания и больше")
    return found


def _screening(weekly: Weekly) -> str:
    if weekly.screening is None:
        return ""
    return (
        f"Идёт скрининг: приняли участие {weekly.screening.took_part} из {weekly.screening.asked}."
    )


def _people(weekly: Weekly) -> str:
    if not weekly.people:
        return ""
    text = f"В боте {number(weekly.people)} "
    text += plural(weekly.people, "педагог", "педагога", "педагогов")
    if weekly.new:
        text += f", новых за неделю — {number(weekly.new)}"
    if weekly.unreachable:
        text += f"; не получают сообщений — {number(weekly.unreachable)}"
    return text + "."


def _head(weekly: Weekly, about: str) -> str:
    return f"<b>Неделя {_week(weekly)}</b> · {about}"


def _week(weekly: Weekly) -> str:
    return days(weekly.monday, weekly.monday.fromordinal(weekly.monday.toordinal() + 6))


def _section(title: str, lines: list[str], most: int) -> str:
    if not lines:
        return ""
    shown = [f"• {line}" for line in lines[:most]]
    if len(lines) > most:
        shown.append(f"… и ещё {len(lines) - most}")
    return "\n".join((f"<b>{title}</b>", *shown))


def _ahead(one: Ahead, now: datetime) -> str:
    said = f", собираются {one.said}" if one.said else ""
    return f"{_when(one, now)} — {esc(_cut(one.title))}{said}"


def _when(one: Ahead, now: datetime) -> str:
    zone = now.tzinfo
    assert zone is not None  # noqa: S101 - a composer's now is local
    return "день не назван" if one.starts_at is None else moment(one.starts_at, now, zone)


def _undated(one: Ahead) -> str:
    end = f" (до {one.window_end:%d.%m})" if one.window_end else ""
    return f"{esc(_cut(one.title))}{end}"


def _met(title: str, came: int, said: int) -> str:
    tail = f" из {said} собиравшихся" if said else ""
    return f"{esc(_cut(title))}: пришли {came}{tail}"


def _rate(one: Open) -> str:
    return f"{percent(one.rate)} — {turnout(one)}"


def _satisfied(one: Satisfied) -> str:
    mark = ""
    if one.share < TARGET_SHARE:  # the interval says whether that is more than chance
        mark = ", ниже цели" if one.high < TARGET_SHARE else ", почти у цели"
    low, high = percent(one.low).removesuffix(" %"), percent(one.high)
    return f"{esc(_cut(one.name))}: {percent(one.share)} ({low}–{high}, n = {one.n}){mark}"


def _cut(words: str, letters: int = 48) -> str:
    words = " ".join(words.split())
    return words if len(words) <= letters else words[: letters - 1].rstrip() + "…"


def length(html: str) -> int:
    """Letters as Telegram counts them: UTF-16 units without the tags."""
    plain = unescape(re.sub(r"<[^>]+>", "", html))
    return len(plain.encode("utf-16-le")) // 2


def _fitting(text: Callable[[int], str]) -> str:
    """The longest version that a caption holds: fewer lines in each section where need be."""
    for most in (5, 4, 3, 2, 1):
        if length(made := text(most)) <= CAPTION:
            return made
    return made


def nudge(name: str) -> str:
    """A button."""
    return f"Напомнить: {name}"


def prolong(name: str) -> str:
    """A button."""
    return f"Продлить: {name}"


def name_day(title: str) -> str:
    """A button."""
    return f"Назвать день: {title}"


def review(waiting: int) -> str:
    """A button."""
    return f"Проверить работы ({waiting})"


def settings(weekday: int, hour: int, *, off: bool) -> str:
    """How it stands."""
    if off:
        return "<b>Сводка недели</b>\n\nСейчас не приходит. Её можно посмотреть в любой момент."
    return (
        f"<b>Сводка недели</b>\n\nПриходит {ON_WEEKDAYS[weekday]} в {hour}:00. Если рассказывать "
        "нечего, не приходит ничего."
    )
