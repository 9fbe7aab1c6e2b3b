"""What organisers read: naming the day, moving, cancelling, who comes, who came."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from bot.events.callbacks import What
from bot.events.when_span import SpanFault
from bot.texts.events import title, when
from bot.texts.grammar import counted, plural
from bot.texts.people import esc
from bot.texts.roadmap import window as window_words
from roadmap.model import Window
from storage.events.events import Meeting

NAME_WHEN = "Назначить день и час"
MOVE = "Перенести"
PLACE = "Место"
LINK = "Ссылка"
CAPACITY = "Сколько мест"
FILE = "Приложить файл"
WHO_COMES = "Кто придёт"
MARK = "Отметить пришедших"
CODE = "QR-код для отметки"
NAMES = "Список пришедших"
REMINDERS = "Напоминания и опрос"
FOR_WHOM = "Для кого"
MORE = "Ещё одна встреча"
TAKE = "Веду это мероприятие"
CANCEL = "Отменить мероприятие"
CANCEL_YES = "Да, отменить"
KEEP = "‹ Не отменять"
BACK = "‹ К управлению"
NO_LIMIT = "Без ограничения"
ERASE = "Убрать"
DONE = "‹ Готово"

ASK: Mapping[What, str] = {
    What.WHEN: "Когда? Напишите день и час: «24 ноября 15:00-17:00», «5 декабря с 10:00 до 13:00» "
    "или «15 декабря 10:00 – 17 декабря 16:00». Без времени окончания запишу два часа.",
    What.MORE: "Когда следующая встреча этого мероприятия? Напишите день и час: "
    "«24 ноября 15:00-17:00».",
    What.PLACE: "Где? Напишите адрес или площадку, до 200 знаков.",
    What.LINK: "Пришлите ссылку для подключения: она начинается с http:// или https://.",
    What.CAPACITY: "Сколько мест? Напишите число. Кто не поместится, попадёт в лист ожидания.",
    What.FILE: "Пришлите файл или картинку: программу, презентацию, раздатку. Участники увидят их "
    "на карточке.",
    What.NAMES: "Пришлите список пришедших таблицей (.xlsx, .docx, .csv) или напишите фамилии и "
    "имена, каждого с новой строки. Найду среди зарегистрированных.",
}
ASK_TITLE = "Как называется мероприятие? От 3 до 200 знаков."
TITLE_FAULT = "Название — от 3 до 200 знаков. Напишите ещё раз."
ASK_SCOPE = "Для кого мероприятие?"
SPAN_FAULTS: Mapping[SpanFault, str] = {
    SpanFault.UNREADABLE: "Не понял день. Напишите, например: «24 ноября 15:00-17:00».",
    SpanFault.NO_HOUR: "Назовите и час: «24 ноября 15:00-17:00».",
    SpanFault.BACKWARDS: "Конец раньше начала. Проверьте, пожалуйста, часы.",
    SpanFault.TOO_LONG: "Получилось дольше месяца. Проверьте, пожалуйста, даты.",
    SpanFault.PAST: "Это время уже прошло. Назовите будущее.",
}
PLACE_FAULT = "Место — до 200 знаков. Сократите, пожалуйста."
LINK_FAULT = (
    "Это не похоже на ссылку. Она начинается с http:// или https:// и не длиннее 300 знаков."
)
CAPACITY_FAULT = "Нужно целое число от 1 до 100 000."
FILE_FAULT = "Нужен файл или картинка."
NAMES_FAULT = (
    "Нужен список: таблица (.xlsx, .docx, .csv) или фамилии и имена, каждый с новой строки."
)
ATTACHED = "Файл приложен. Можно прислать ещё один."
CANCELLED = "Мероприятие отменено. Записавшимся придёт сообщение."
NOT_CHANGED = "Так уже и записано."
CHANGED = "Записано."
CHANGED_NEWS = "Записано. Записавшимся придёт одно сообщение через несколько минут."
TAKEN_OVER = "Теперь это мероприятие ведёте вы."
TOO_EARLY_TO_MARK = "Отмечать пришедших можно, когда назван день и час."
QR_CAPTION = (
    "Покажите код на экране или распечатайте. Отметиться по нему можно за час до начала, во время "
    "мероприятия и час после."
)
NO_ONE = "Пока никто не записался."
NO_LIST = "Отметить можно тех, кто записался. Остальных пришлите списком."

REMINDER_LABELS: Mapping[int, str] = {
    10080: "за неделю",
    4320: "за 3 дня",
    1440: "за день",
    180: "за 3 часа",
    60: "за час",
}
SURVEY_LABELS: Mapping[int, str] = {0: "без опроса", 3: "3 дня", 7: "7 дней", 14: "14 дней"}
EVERYBODY = "все зарегистрированные ({territory})"
KINDS: Mapping[str, str] = {
    "roles": "Роли",
    "comm": "Сообщества",
    "places": "Муниципалитеты",
    "nets": "Сети",
}
KIND_HEADS: Mapping[str, str] = {
    "roles": "Для кого по роли? Если ничего не отмечено — для всех.",
    "comm": "Для каких сообществ? Если ничего не отмечено — для всех.",
    "places": "Для каких муниципалитетов? Если ничего не отмечено — для всех.",
    "nets": "Для каких сетей? Если ничего не отмечено — для всех.",
}
TO_FOR_WHOM = "‹ Для кого"


def panel(
    meeting: Meeting,
    now: datetime,
    zone: tzinfo,
    *,
    organisers: Sequence[str],
    audience: Sequence[str],
    territory: str,
    came: int,
    counts: str,
    first: str,
) -> str:
    """The organiser's side of a meeting; names are plain text, `territory` is marked up."""
    lines = [
        f"<b>{esc(title(meeting))}</b>",
        "",
        f"Когда: {when(meeting, now, zone)}{_beside_plan(meeting, zone)}",
        f"Где: {esc(meeting.place) or '—'}",
        f"Ссылка: {esc(meeting.link) or '—'}",
        f"Мест: {meeting.capacity or 'без ограничения'}",
        f"Для кого — {_one_line(audience) or EVERYBODY.format(territory=territory)}",
        f"Ведут: {esc(', '.join(organisers)) or '—'}",
    ]
    if counts:
        lines.append(counts)
    if came:
        lines.append(f"Пришли: {came}")
    if meeting.cancelled:
        lines.append("Мероприятие отменено.")
    head = f"{first}\n\n" if first else ""
    return head + "\n".join(lines)


def _beside_plan(meeting: Meeting, zone: tzinfo) -> str:
    """What the plan said, where the named day lies outside it."""
    start, window = meeting.starts_at, (meeting.window_start, meeting.window_end)
    if start is None or window == (None, None):
        return ""
    day = start.astimezone(zone).date()
    if (window[0] or day) <= day <= (window[1] or day):
        return ""
    return f" (в плане — {window_words(Window(start=window[0], end=window[1]))})"


def sure(meeting: Meeting, people: int) -> str:
    """Asked before a meeting is cancelled."""
    told = (
        f"Сообщение {plural(people, 'получит', 'получат', 'получат')} "
        f"{counted(people, 'человек', 'человека', 'человек')}."
        if people
        else "Пока никто не записался."
    )
    return f"Отменить «{esc(title(meeting))}»?\n\n{told}"


def comes(
    meeting: Meeting, groups: Sequence[tuple[str, Sequence[str]]], page: int, pages: int
) -> str:
    """Who said what; groups of plain names."""
    parts = [f"<b>{esc(title(meeting))}</b>: кто придёт"]
    for name, people in groups:
        if people:
            parts.append(f"<b>{name}</b>\n" + "\n".join(esc(one) for one in people))
    if len(parts) == 1:
        parts.append(NO_ONE)
    if pages > 1:
        parts.append(f"Страница {page + 1} из {pages}")
    return "\n\n".join(parts)


COMING, WAITING, ONLINE, DECLINED = "Придут", "Ждут места", "Онлайн", "Не придут"


def marking(meeting: Meeting, came: int, listed: int) -> str:
    """Above the list on which attendance is marked."""
    text = f"<b>{esc(title(meeting))}</b>\n\nОтмечено: {came}. Нажмите на того, кто пришёл."
    return text if listed else f"{text}\n\n{NO_LIST}"


def mark(name: str, *, came: bool) -> str:
    """A button of that list."""
    return f"✓ {name}" if came else name


def imported(found: int, unknown: Sequence[str], several: Sequence[str]) -> str:
    """What became of a list of those who came; at most a screen of names."""
    people = counted(found, "человек", "человека", "человек")
    parts = [f"Отмечено по списку: {people}."]
    if unknown:
        parts.append("Не нашёл среди зарегистрированных:\n" + _names(unknown))
    if several:
        parts.append(
            "Подходят несколько человек, отметьте их вручную или допишите отчество:\n"
            + _names(several)
        )
    return "\n\n".join(parts)


def _names(names: Sequence[str]) -> str:
    shown = "\n".join(f"• {esc(name[:80])}" for name in names[:15])
    return shown + (f"\n… и ещё {len(names) - 15}" if len(names) > 15 else "")


def reminders(meeting: Meeting) -> str:
    """Above the choice of reminders."""
    return (
        f"<b>{esc(title(meeting))}</b>\n\n"
        "Когда напоминать участникам? За день и раньше — всем, для кого мероприятие; позже — "
        "записавшимся.\n\nВнизу — сколько дней после мероприятия открыт опрос об удовлетворённости."
    )


def ticked(label: str, *, on: bool) -> str:
    """A button that is chosen or not."""
    return f"✓ {label}" if on else label


def survey(days: int, *, on: bool) -> str:
    """«✓ опрос: 7 дней»."""
    return ticked(f"опрос: {SURVEY_LABELS[days]}", on=on)


def survey_form(title: str) -> str:
    """The button with the questionnaire asked afterwards; plain text."""
    return f"анкета: {title}"


def survey_forms(meeting: Meeting) -> str:
    """Above the choice of a questionnaire."""
    return (
        f"<b>{esc(title(meeting))}</b>\n\n"
        "Какую анкету предложить тем, кто был? Свои анкеты делаются в /forms."
    )


def for_whom(meeting: Meeting, lines: Sequence[str], people: int, territory: str) -> str:
    """Above the choice of an audience; `lines` and `territory` are marked up."""
    said = f"\nВ плане: {esc(meeting.audience_text)}" if meeting.audience_text else ""
    total = counted(people, "человек", "человека", "человек")
    chosen = "\n".join(lines) or EVERYBODY.format(territory=territory)
    return (
        f"<b>{esc(title(meeting))}</b>\n{said}\nДля кого:\n{chosen}\nВсего {total}.\n\n"
        "Чтобы мероприятие было только для некоторых, отметьте роли, сообщества или муниципалитеты."
    )


def _one_line(lines: Sequence[str]) -> str:
    """«сообщества: учителя физики; роли: стажёр»."""
    return "; ".join(line[:1].lower() + line[1:] for line in lines)
