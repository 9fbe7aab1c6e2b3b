"""Events as everybody reads them: lists by week and month, the card, what one said."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo

from babel.dates import format_date

from bot.texts.grammar import RUSSIAN, counted
from bot.texts.people import esc
from bot.texts.roadmap import MONTHS, MONTHS_OF
from bot.texts.roadmap import window as window_words
from bot.texts.zones import beside
from roadmap.model import Window
from storage.events.attending import Choice
from storage.events.events import Meeting

LIST_HEAD = "<b>Мероприятия</b>"
STAFF_HEAD = "<b>Мероприятия, за которые вы отвечаете</b>"
NOTHING_AHEAD = "Впереди пока ничего не назначено. Когда появится мероприятие для вас, я напишу."
NOTHING_FOR_STAFF = (
    "Пока нет ни одного мероприятия. Загрузите дорожную карту или добавьте мероприятие сами."
)
NOTHING_IN_MONTH = "В этом месяце мероприятий нет."
GONE = "Такого мероприятия нет, или оно не для вас."
NO_DAY_YET = "День уточняется"
ALL_YEAR = "В течение года"

YEAR = "Весь год"
MINE = "Для меня"
STAFF = "Веду я"
VISITED = "Мои посещения"
BY_HAND = "+ Мероприятие"
TO_LIST = "‹ К мероприятиям"
TO_CARD = "‹ К мероприятию"
TO_YEAR = "‹ К году"
FILES = "Материалы"
CALENDAR = "В календарь"
MANAGE = "Организатору"
SETTINGS = "Напоминания"

CHOICES: Mapping[Choice, str] = {
    Choice.COMING: "Приду",
    Choice.ONLINE: "Онлайн",
    Choice.DECLINED: "Не приду",
}
SAID: Mapping[Choice, str] = {
    Choice.COMING: "Записали: вы придёте.",
    Choice.ONLINE: "Записали: вы подключитесь онлайн.",
    Choice.DECLINED: "Записали: вы не придёте.",
}
CAME = "Отмечено: вы на этом мероприятии."
STANDING: Mapping[Choice, str] = {
    Choice.COMING: "Вы записаны: придёте.",
    Choice.ONLINE: "Вы записаны: подключитесь онлайн.",
    Choice.DECLINED: "Вы сказали, что не придёте.",
}
WAITING = "Мест больше нет: вы в листе ожидания, {place}-й по очереди. Освободится место — напишу."
TOO_LATE = "Мероприятие уже прошло, записаться нельзя."
NO_FILES = "Материалов к этому мероприятию нет."
NO_DAY_FOR_CALENDAR = "День ещё не назван: добавить в календарь пока нечего."
CALENDAR_NAME = "Мероприятие.ics"
CALENDAR_CAPTION = (
    "Откройте файл, и мероприятие появится в календаре телефона. Если его перенесут, возьмите "
    "файл ещё раз: запись обновится, а не удвоится."
)
CANCELLED_MARK = "отменено"


def when(meeting: Meeting, now: datetime, zone: tzinfo) -> str:
    """«24 ноября, вторник, 15:00–17:00», «ноябрь 2026 (день уточняется)», «день не назван»."""
    if meeting.starts_at is not None:
        return _exact(meeting, now, zone)
    start, end = meeting.window_start, meeting.window_end
    if start is None and end is None:
        return "день не назван"
    text = window_words(Window(start=start, end=end))
    if meeting.day is not None:
        return f"{text}, час уточняется"
    return f"{text} (в течение срока)" if meeting.ongoing else f"{text} (день уточняется)"


def _exact(meeting: Meeting, now: datetime, zone: tzinfo) -> str:
    assert meeting.starts_at is not None  # noqa: S101 - asked by `when`
    start = meeting.starts_at.astimezone(zone)
    end = None if meeting.ends_at is None else meeting.ends_at.astimezone(zone)
    text = f"{_weekday(start.date(), now.astimezone(zone).date())}, {start:%H:%M}"
    if end is None:
        return f"{text}{beside(zone)}"
    if end.date() == start.date():
        return f"{text}–{end:%H:%M}{beside(zone)}"
    last = _weekday(end.date(), now.astimezone(zone).date())
    return f"{text} – {last}, {end:%H:%M}{beside(zone)}"


def _weekday(day: date, today: date) -> str:
    pattern = "d MMMM, EEEE" if day.year == today.year else "d MMMM y 'года', EEEE"
    return format_date(day, pattern, locale=RUSSIAN)


def short_when(meeting: Meeting, zone: tzinfo) -> str:
    """For a button: «24.11 15:00», «ноябрь», «сентябрь – ноябрь», «до марта»."""
    if meeting.starts_at is not None:
        return f"{meeting.starts_at.astimezone(zone):%d.%m %H:%M}"
    if meeting.day is not None:
        return f"{meeting.day:%d.%m}"
    start, end = meeting.window_start, meeting.window_end
    if start is None or end is None:
        edge = start or end
        return "?" if edge is None else f"{edge:%d.%m}" if start else f"до {edge:%d.%m}"
    first, last = str(MONTHS[start.month]), str(MONTHS[end.month])
    same = (start.year, start.month) == (end.year, end.month)
    return first if same else f"{first} – {last}"


def title(meeting: Meeting) -> str:
    """The title with its stage; plain text."""
    return f"{meeting.title} ({meeting.label})" if meeting.label else meeting.title


def listed(meeting: Meeting, zone: tzinfo, choice: Choice | None = None) -> str:
    """A button of a list."""
    mark = {Choice.COMING: "✓ ", Choice.ONLINE: "✓ "}.get(choice, "") if choice else ""
    gone = f"{CANCELLED_MARK}: " if meeting.cancelled else ""
    return f"{mark}{short_when(meeting, zone)} · {gone}{title(meeting)}"


def week(monday: date, today: date) -> str:
    """«Эта неделя», «Следующая неделя», «30 ноября – 6 декабря»."""
    this = today - timedelta(days=today.weekday())
    near = {0: "Эта неделя", 7: "Следующая неделя"}.get((monday - this).days)
    sunday = monday + timedelta(days=6)
    span = f"{monday.day} {MONTHS_OF[monday.month]} – {sunday.day} {MONTHS_OF[sunday.month]}"
    return f"{near}, {span}" if near else span


def grouped(
    head: str, groups: Iterable[tuple[str, Sequence[Meeting]]], now: datetime, zone: tzinfo
) -> str:
    """A list with its meetings under weeks or other headings."""
    parts = [head]
    for name, meetings in groups:
        lines = "\n".join(f"• {_line(each, now, zone)}" for each in meetings)
        parts.append(f"<b>{name}</b>\n{lines}")
    return "\n\n".join(parts)


def _line(meeting: Meeting, now: datetime, zone: tzinfo) -> str:
    name = title(meeting)
    name = name if len(name) <= 110 else name[:109].rstrip() + "…"
    text = f"{when(meeting, now, zone)}: {esc(name)}"
    return f"<s>{text}</s> — {CANCELLED_MARK}" if meeting.cancelled else text


def month(number: int) -> str:
    """«Ноябрь 2026»; 202611."""
    year, index = divmod(number, 100)
    return f"{str(MONTHS[index]).capitalize()} {year}"


def month_button(number: int, meetings: int) -> str:
    """«Ноябрь 2026 · 4»."""
    return f"{month(number)} · {meetings}" if meetings else month(number)


def year(total: int) -> str:
    """Above the months."""
    if not total:
        return f"{LIST_HEAD}\n\nВ этом году мероприятий пока нет."
    shown = counted(total, "мероприятие", "мероприятия", "мероприятий")
    return f"{LIST_HEAD}\n\nЗа год: {shown}. Выберите месяц."


def card(meeting: Meeting, now: datetime, zone: tzinfo, *, places: str, standing: str) -> str:
    """Everything about one meeting; `standing` is what the reader said."""
    head = f"<b>{esc(title(meeting))}</b>"
    if meeting.cancelled or meeting.withdrawn:
        head = f"<s>{esc(title(meeting))}</s>\n<b>Мероприятие отменено.</b>"
    lines = [f"Когда: {when(meeting, now, zone)}"]
    if meeting.place:
        lines.append(f"Где: {esc(meeting.place)}")
    if meeting.link:
        lines.append(f"Ссылка: {esc(meeting.link)}")
    if meeting.audience_text:
        lines.append(f"Для кого: {esc(meeting.audience_text)}")
    if meeting.responsible:
        lines.append(f"Ответственный: {esc(meeting.responsible)}")
    if meeting.task:
        lines.append(f"Практическое задание: {esc(meeting.task)}")
    if places:
        lines.append(places)
    return "\n\n".join(filter(None, (head, "\n".join(lines), standing)))[:4000]


def places(taken: int, capacity: int | None, online: int, waiting: int) -> str:
    """«Записались: 12 из 30, онлайн: 4, ждут места: 2»; '' while nobody has."""
    if not (taken or online or waiting or capacity):
        return ""
    parts = [f"Записались: {taken}" + (f" из {capacity}" if capacity else "")]
    if online:
        parts.append(f"онлайн: {online}")
    if waiting:
        parts.append(f"ждут места: {waiting}")
    return ", ".join(parts)


def waiting(place: int) -> str:
    """The reader's place in the queue."""
    return WAITING.format(place=place)


def chosen(choice: Choice, current: Choice | None) -> str:
    """A button; the current answer is ticked."""
    return f"✓ {CHOICES[choice]}" if choice is current else CHOICES[choice]


def visited(meetings: Sequence[Meeting], total: int, now: datetime, zone: tzinfo) -> str:
    """Where somebody has been."""
    if not total:
        return "<b>Мои посещения</b>\n\nПока ни одного посещения не отмечено."
    lines = "\n".join(f"• {_line(each, now, zone)}" for each in meetings)
    shown = counted(total, "мероприятие", "мероприятия", "мероприятий")
    return f"<b>Мои посещения</b>: {shown}\n\n{lines}"


def checked_in(meeting: Meeting) -> str:
    """The QR code was followed in time."""
    return f"Отметили: вы на мероприятии «{esc(title(meeting))}». Хорошей встречи."


def check_in_closed(meeting: Meeting, now: datetime, zone: tzinfo) -> str:
    """The QR code was followed too early or too late."""
    return (
        f"«{esc(title(meeting))}»: {when(meeting, now, zone)}.\n\n"
        "Отметиться можно за час до начала, во время мероприятия и час после."
    )


CODE_UNKNOWN = "Такого кода нет: возможно, мероприятие убрали. Спросите организатора."


def survey_subject(meeting: Meeting, zone: tzinfo) -> str:
    """What the questionnaire afterwards is about: «Семинар, 24 ноября»."""
    name = title(meeting)
    if meeting.starts_at is not None:
        day = format_date(meeting.starts_at.astimezone(zone).date(), "d MMMM", locale=RUSSIAN)
        name = f"{name[:95].rstrip()}, {day}"
    return name[:120]


def reminder(meeting: Meeting, now: datetime, zone: tzinfo) -> str:
    """The head of a reminder to somebody who comes."""
    return f"Напоминаю: {_near(meeting, now, zone)}."


def announcement(meeting: Meeting, now: datetime, zone: tzinfo) -> str:
    """The head of a reminder to somebody who has not said yet."""
    return f"Мероприятие для вас — {_near(meeting, now, zone)}. Придёте?"


def _near(meeting: Meeting, now: datetime, zone: tzinfo) -> str:
    start = meeting.starts_at
    if start is None:
        assert meeting.day is not None  # noqa: S101 - only what is dated is reminded of
        days = (meeting.day - now.astimezone(zone).date()).days
    else:
        left = start - now
        if left <= timedelta(hours=3):
            minutes = max(1, round(left.total_seconds() / 60))
            if minutes >= 60:
                hours = round(minutes / 60)
                return f"через {counted(hours, 'час', 'часа', 'часов')}"
            return f"через {counted(minutes, 'минуту', 'минуты', 'минут')}"
        days = (start.astimezone(zone).date() - now.astimezone(zone).date()).days
    near = {0: "сегодня", 1: "завтра"}.get(days)
    return near or f"через {counted(days, 'день', 'дня', 'дней')}"


CHANGED_CANCELLED = "Мероприятие, на которое вас звали, отменено."
CHANGED_OPEN = (
    "Прежний день мероприятия больше не действует. Новый назову, когда он станет известен."
)
CHANGED_NOW = "Мероприятие изменилось. Вот как теперь:"
SEAT_FREE = "Для вас освободилось место. Ждём вас."
CORRECTED_MARK = "<i>Сообщение обновлено.</i>"


def question(meeting: Meeting, now: datetime, zone: tzinfo) -> str:
    """To the organiser of an event that has no day or hour yet."""
    what = "час и место" if meeting.day is not None else "день, час и место"
    return (
        f"Пора назвать {what}: <b>{esc(title(meeting))}</b>\n"
        f"По плану: {when(meeting, now, zone)}\n\n"
        "Как только назовёте, участники увидят это и начнут получать напоминания."
    )


NAME_NOW = "Назначить день и час"
