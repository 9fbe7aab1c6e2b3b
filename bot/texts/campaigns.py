"""What coordinators read: opening questionnaires for others, seeing how they go, spreadsheets."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from bot.texts.answering import clipped, esc, heading, titled
from bot.texts.grammar import counted, moment, until
from bot.texts.people import ROLES
from storage.audiences import Reach
from storage.people.people import Role
from storage.questionnaires.campaigns import Phase
from storage.questionnaires.turnout import Awaited, Turnout
from surveys.questionnaire import Anonymity

TO_LIST = "‹ К списку"
TO_CARD = "‹ К опросу"
NEW = "Провести новый опрос"
TAKE = "Провести опрос"
PREVIEW = "Посмотреть вопросы"
EARLIER, LATER = "‹ Предыдущий", "Следующий ›"
NO_SUBJECT = "Без уточнения"
BACK = "‹ Назад"
NEXT = "Дальше"
READY = "Готово"
OPEN = "Открыть опрос"
FROM_START = "Начать заново"

LIST_HEAD = "<b>Опросы</b>\n\n◷ ещё не открыт · ● идёт · ○ закрыт"
LIST_EMPTY = "Опросов пока нет. Проведите первый — это займёт пару минут."
CHOOSE_FORM = "<b>Новый опрос</b>\n\nЧто будем спрашивать?"
STALE = "Этот черновик уже закрыт. Начните, пожалуйста, заново."
GONE = "Такого опроса нет или он не на вашей территории."
ONLY_SHOWN = "Это предпросмотр: ответ не записывается."
CANNOT_PUBLISH = (
    "Анонимным этот опрос открыть нельзя: в нём спрашивают файл, а он выдаёт автора. Начните "
    "заново и выберите «Именной»."
)

ASK_SCOPE = "Для какой территории этот опрос?"
ASK_SUBJECT = (
    "О чём опрос? Напишите, например, название мероприятия или центра: «Семинар по ФГОС, "
    "24 ноября». Его увидят участники."
)
SUBJECT_TOO_LONG = "Длинновато: поместится до 120 знаков. Сократите, пожалуйста."
SUBJECT_LIMIT = 120
ASK_MODE = (
    "Именной или анонимный? После открытия изменить это будет нельзя.\n\n"
    "<b>Именной</b>: вы видите, кто что ответил и кто ещё не ответил.\n"
    "<b>Анонимный</b>: ответы отделяются от имён навсегда; видны только сводные цифры, группы "
    "меньше пяти человек не показываются, а сводка появится после закрытия."
)
NAMED_FOR_FILES = (
    "Этот опрос только <b>именной</b>: в нём спрашивают файл, а файл и то, что в нём, выдают "
    "автора. Вы увидите, кто что ответил и кто ещё не ответил."
)
MODES: Mapping[Anonymity, str] = {
    Anonymity.NAMED: "Именной",
    Anonymity.ANONYMOUS: "Анонимный",
}
ASK_PEOPLE = (
    "Напишите фамилии и имена, каждого человека с новой строки. Найду среди зарегистрированных "
    "на вашей территории."
)
ASK_OPENS = (
    "Когда открыть? Приглашения уйдут в этот момент. Можно написать дату: «25 ноября 10:00»."
)
OPENS_NOW = "Сейчас"
OPENS_TOMORROW = "Завтра в 9:00"
ASK_CLOSES = "Сколько дней принимать ответы? Можно написать дату: «5 декабря»."
NOT_A_MOMENT = "Не получилось понять дату. Напишите, например, «25 ноября 10:00» или «05.12.2026»."
IN_THE_PAST = "Эта дата уже прошла. Напишите, пожалуйста, будущую."
TOO_SOON = "Опрос закрылся бы раньше, чем откроется. Выберите дату позже."
TOO_LONG_OPEN = "Получается больше года. Проверьте, пожалуйста, дату."
NOBODY = "В эту аудиторию сейчас никто не входит. Измените условия."

KINDS = {
    "roles": "Роли",
    "places": "Муниципалитеты",
    "nets": "Сети",
    "comm": "Сообщества",
    "people": "Список людей",
    "surveys": "Не ответили на опрос",
    "tasks": "Не сдали задание",
    "meetings": "По мероприятию",
}
KIND_HEADS = {
    "roles": "Кого спросить по роли? Если ничего не отмечено — всех.",
    "places": "Из каких муниципалитетов? Если ничего не отмечено — из всех.",
    "nets": "Из каких сетей? Если ничего не отмечено — из всех.",
    "comm": "Из каких сообществ? Если ничего не отмечено — из всех.",
    "surveys": "На какой опрос не ответили? Анонимных здесь нет: кто в них ответил, не видно.",
    "tasks": "Какое задание не сдали? Кому продлили срок или оно ещё не открылось, учтено.",
}
NO_NETWORKS = "Сетей пока нет."
NONE_OF_KIND = {
    "surveys": "Именных опросов на вашей территории пока нет.",
    "tasks": "Открытых заданий на вашей территории пока нет.",
}
CLEAR_PEOPLE = "Убрать список"

STOPS, REPEAT, NO_REPEAT = "Где останавливаются", "Повторять", "Больше не повторять"
REPEATS = {12: "Каждый год", 6: "Каждые полгода", 3: "Каждый квартал"}
NUDGE, NUDGE_SURE = "Напомнить", "Да, напомнить"
PROLONG, CLOSE, CLOSE_SURE = "Продлить", "Закрыть раньше", "Да, закрыть"
COPY, LINK, REPORT = "Провести ещё раз", "Ссылка и QR", "Сводка в таблице"
FILES = "Файлы ответов"
NO_FILES = "Файлов пока нет: никто ещё не отправил ответы с файлом."
FILES_FAILED = "Собрать файлы не получилось. Попробуйте, пожалуйста, ещё раз чуть позже."
NO_PLACE = "Без муниципалитета"
AWAITED, PLACES = "Кто не ответил", "По муниципалитетам"
CANNOT_PROLONG = "Этот опрос продлить уже нельзя."
CANNOT_CLOSE = "Этот опрос уже закрыт."
TOO_FEW_ASKED = "опрошено меньше пяти человек, поэтому число не показывается"
OTHERS = "остальные вместе"
EVERYBODY_ANSWERED = "Ответили все, кого спрашивали."
QR_CAPTION = "QR-код опроса: его можно показать на экране или напечатать."

REPORTS_HEAD = "<b>Сводки</b>\n\nПо какому опросу сделать таблицу?"
REPORTS_EMPTY = "Опросов пока нет — и сводки делать не из чего."
REPORT_FAILED = "Таблицу сделать не получилось. Попробуйте ещё раз чуть позже."


def local(when: datetime, now: datetime) -> str:
    """«завтра, 24 ноября, 09:00»; `now` is in the network's zone."""
    return moment(when, now, now.tzinfo or UTC)


def closing(when: datetime, now: datetime) -> str:
    """«до 29 ноября, 18:00»; `now` is in the network's zone."""
    return until(when, now, now.tzinfo or UTC)


def people(count: int) -> str:
    """«5 человек»."""
    return counted(count, "человек", "человека", "человек")


def share(turnout: Turnout) -> str:
    """«12 из 40 (30 %)»."""
    rate = "" if turnout.rate is None else f" ({turnout.rate:.0%})".replace("%", " %")
    return f"{turnout.answered} из {turnout.invited}{rate}"


def phase(of: Phase, opens: str, closes: str) -> str:
    """Where the campaign is; the moments are in words."""
    return {
        Phase.PLANNED: f"Откроется: {opens}",
        Phase.OPEN: f"Открыт {closes}",
        Phase.CLOSED: "Закрыт",
    }[of]


MARKS = {Phase.PLANNED: "◷", Phase.OPEN: "●", Phase.CLOSED: "○"}


def listed(of: Phase, title: str, subject: str) -> str:
    """A button of the list; plain text."""
    return f"{MARKS[of]} {titled(title, subject)}"


def form_card(title: str, about: str, questions: int) -> str:
    """A questionnaire before it is chosen."""
    count = counted(questions, "вопрос", "вопроса", "вопросов")
    return "\n\n".join(filter(None, (f"<b>{esc(title)}</b>", esc(about), count.capitalize())))


def preview(number: int, total: int, *, conditional: bool) -> str:
    """Over an item that is only shown."""
    tail = " Задаётся не всем: зависит от прежних ответов." if conditional else ""
    return f"<i>Предпросмотр, {number} из {total}.{tail}</i>"


def reach(found: Reach) -> str:
    """The live count."""
    text = f"Сейчас это {people(found.people)}."
    if found.unreachable:
        text += f" Из них недоступны: {people(found.unreachable)} (остановили бота)."
    return text


def audience(lines: Sequence[str], found: Reach) -> str:
    """The screen of the audience."""
    chosen = "\n".join(lines) if lines else "Пока все зарегистрированные на вашей территории."
    return f"<b>Кого спросить?</b>\n\n{chosen}\n\n{reach(found)}"


def audience_line(kind: str, values: Sequence[str]) -> str:
    """«Роли: стажёр, эксперт»; a long list is cut."""
    shown = ", ".join(map(esc, values[:8]))
    more = f" и ещё {len(values) - 8}" if len(values) > 8 else ""
    return f"{KINDS[kind]}: {shown}{more}"


def role(of: Role) -> str:
    """A role for a button."""
    return "все педагоги" if of is Role.TEACHER else ROLES[of]


def ticked(label: str, *, on: bool) -> str:
    """A button of a list with ticks."""
    return f"{'☑' if on else '☐'} {label}"


def people_found(names: Sequence[str], faults: Sequence[str]) -> str:
    """What came of a typed list."""
    parts = [f"В списке {people(len(names))}." if names else "В списке пока никого."]
    if names:
        parts.append("\n".join(esc(name) for name in names[:30]))
    if faults:
        parts.append("Не удалось добавить:\n" + "\n".join(faults[:20]))
    parts.append("Можно дописать ещё фамилии или нажать «Готово».")
    return "\n\n".join(parts)


def not_found(line: str) -> str:
    """A line of a typed list that names nobody here."""
    return f"• {esc(line[:60])} — такого человека на вашей территории нет"


def several(line: str, count: int) -> str:
    """A line of a typed list that may mean several people."""
    return f"• {esc(line[:60])} — подходят {people(count)}, напишите имя и отчество полностью"


def days(count: int) -> str:
    """«7 дней»."""
    return counted(count, "день", "дня", "дней")


EDITABLE = "После отправки ответы можно исправлять до закрытия."
NOT_EDITABLE = "После отправки ответы не меняются."
ALLOW_EDITS = "Разрешить исправлять ответы"
FORBID_EDITS = "Не разрешать исправлять"


def confirm(
    title: str,
    subject: str,
    *,
    mode: Anonymity,
    lines: Sequence[str],
    found: Reach,
    opens: str,
    closes: str,
    editable: bool | None,
) -> str:
    """Everything chosen, before the opening; `editable` is None where nobody can change answers."""
    edits = "" if editable is None else f"{EDITABLE if editable else NOT_EDITABLE}\n"
    whom = "; ".join(lines) if lines else "все зарегистрированные на вашей территории"
    return (
        f"{heading(title, subject)}\n\n{MODES[mode]} опрос.\nКого: {whom}.\n{reach(found)}\n"
        f"Открытие: {opens}.\nОтветы принимаются {closes}.\n{edits}\n"
        "Всё верно? После открытия вид опроса и вопросы изменить нельзя."
    )


def card(
    title: str, subject: str, *, mode: Anonymity, standing: str, turnout: str, part: bool, tail: str
) -> str:
    """A campaign as staff see it."""
    scope = " (на вашей территории)" if part else ""
    return (
        f"{heading(title, subject)}\n\n{MODES[mode]} опрос. {standing}.\n"
        f"Ответили{scope}: {turnout}" + (f"\n{tail}" if tail else "")
    )


def begun(count: int) -> str:
    """Who has begun and not sent."""
    return f"Начали и не отправили: {count}"


def nudges(number: int, most: int, ready: int, allowed: str | None) -> str:
    """How nudging stands: «Напоминание 1 из 2 …»."""
    if number == 0:
        return ""
    if number > most:
        return f"Напоминания отправлены: {most} из {most}."
    if ready:
        return f"Напоминание {number} из {most} можно отправить. Получателей: {ready}."
    if allowed:
        return f"Следующее напоминание ({number} из {most}) можно отправить: {allowed}."
    return ""


def sure_nudge(title: str, subject: str, ready: int | None) -> str:
    """Before nudging; None: how many is not shown."""
    whom = "" if ready is None else f": {people(ready)}"
    return (
        f"{heading(title, subject)}\n\nНапомнить тем, кто ещё не ответил{whom}? "
        "Ответившим сообщение не придёт. Ночью, с 21:00 до 8:00, бот никого не беспокоит."
    )


def nudged(count: int | None) -> str:
    """After nudging: a notice; None: how many is not shown."""
    if count is None:
        return "Напомним тем, кто ещё не ответил и кому пора напомнить."
    return f"Напоминаний отправляется: {count}" if count else "Сейчас напоминать некому."


def too_soon_to_nudge(allowed: str) -> str:
    """Everybody who is silent has heard of it lately: a notice."""
    return f"Пока рано: все приглашены или получили напоминание недавно. Можно будет {allowed}."


def sure_close(title: str, subject: str, *, mode: Anonymity) -> str:
    """Before closing early."""
    tail = " Открыть анонимный опрос снова будет нельзя." if mode is Anonymity.ANONYMOUS else ""
    return f"{heading(title, subject)}\n\nЗакрыть сейчас? Начатые ответы не засчитаются.{tail}"


def ask_prolong(title: str, subject: str, closes: str) -> str:
    """When shall it close?"""
    return f"{heading(title, subject)}\n\nСейчас ответы принимаются {closes}. На сколько продлить?"


def prolonged(closes: str) -> str:
    """A notice."""
    return f"Ответы принимаются {closes}"


def plus(count: int) -> str:
    """A button: «+ 3 дня»."""
    return f"+ {days(count)}"


def places(title: str, subject: str, lines: Sequence[str]) -> str:
    """Turnout by municipality."""
    return f"{heading(title, subject)}\n\n<b>По муниципалитетам</b>\n" + "\n".join(lines)


def place(name: str | None, turnout: Turnout) -> str:
    """One line; None are the small ones together."""
    label = OTHERS if name is None else esc(name or "муниципалитет не указан")
    return f"{label}: {share(turnout)}"


def awaited(title: str, subject: str, lines: Sequence[str], total: int) -> str:
    """Who has not answered."""
    return f"{heading(title, subject)}\n\nЕщё не ответили: {people(total)}\n\n" + "\n".join(lines)


def awaited_one(one: Awaited) -> str:
    """One line."""
    name = " ".join(filter(None, (one.surname, one.first_name, one.patronymic)))
    place = ", ".join(filter(None, (one.municipality, one.organisation)))
    notes = [
        note for said, note in ((one.begun, "уже начато"), (one.unreachable, "нет связи")) if said
    ]
    return f"• {esc(clipped(name, 90))}, {esc(clipped(place, 100))}" + (
        f" ({', '.join(notes)})" if notes else ""
    )


def link(title: str, subject: str, address: str) -> str:
    """The campaign's own link."""
    return (
        f"{heading(title, subject)}\n\nСсылка на опрос, её можно отправить в чат участников:\n"
        f"{esc(address)}\n\nОтветить по ней смогут только те, кому опрос адресован."
    )


def making(title: str, subject: str) -> str:
    """While a spreadsheet is being made."""
    return f"{heading(title, subject)}\n\nГотовлю таблицу. Обычно это несколько секунд…"


def report_caption(title: str, subject: str, made: str) -> str:
    """Under the spreadsheet; plain enough for 1024 characters."""
    return f"{heading(title, subject)}\nСводка на {made}."


NAMED_FILES = (
    "В архиве папки: муниципалитет, человек. Храните его так, чтобы не увидели посторонние."
)
NAMED_REPORT = "В таблице есть имена: храните её так, чтобы не увидели посторонние."
ANONYMOUS_OPEN = "Анонимный опрос ещё идёт: до закрытия видно только число ответов."


def took(time: timedelta) -> str:
    """How long those who finish need."""
    return f"Обычно отвечают за {duration(time)}."


def duration(time: timedelta) -> str:
    """«4 минуты», «2 часа», «3 дня»: as exact as one would say it."""
    minutes = max(1, round(time.total_seconds() / 60))
    if minutes < 90:
        return counted(minutes, "минуту", "минуты", "минут")
    hours = round(minutes / 60)
    if hours < 48:
        return counted(hours, "час", "часа", "часов")
    return counted(round(hours / 24), "день", "дня", "дней")


def stopped(number: int, label: str, people_there: int) -> str:
    """Where some stopped; number 0 is before the first question."""
    where = f"после вопроса {number} «{esc(clipped(label, 80))}»" if number else "до первого ответа"
    return f"• {where}: {people(people_there)}"


def stops(title: str, subject: str, lines: Sequence[str], time: timedelta | None) -> str:
    """Where people stop."""
    parts = [heading(title, subject)]
    parts.append(took(time) if time is not None else "Пока никто не отправил ответы.")
    if lines:
        parts.append("Начали и не закончили, остановились:\n" + "\n".join(lines))
    else:
        parts.append("Начатых и незаконченных ответов нет.")
    return "\n\n".join(parts)


def ask_repeat(title: str, subject: str) -> str:
    """How often to hold it again."""
    return (
        f"{heading(title, subject)}\n\nКак часто проводить этот опрос? Следующий откроется сам в "
        "тот же день и час: с той же аудиторией, по новой версии анкеты, если она появится."
    )


def repeated(months: int, when: str) -> str:
    """On the card of a campaign that is held again."""
    return f"{REPEATS[months]}, следующий раз: {when}."


def files_name(title: str, subject: str, part: int, parts: int) -> str:
    """The name of an archive with files of answers, without its ending; plain text."""
    tail = f", часть {part} из {parts}" if parts > 1 else ""
    return f"Файлы – {clipped(titled(title, subject), 60)}{tail}"
