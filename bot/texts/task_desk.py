"""What whoever gives tasks out reads: making one, how it goes, who has not handed in."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.tasks.desk_callbacks import Make
from bot.texts.answering import TICKED, UNTICKED, clipped
from bot.texts.grammar import counted
from bot.texts.people import esc, short_name
from bot.texts.tasks import CONTENTS, KINDS, LEVELS, TYPES, accepts, local, named, till
from storage.people.people import Person
from storage.tasks.making import NewTask
from storage.tasks.of_events import Gathering
from storage.tasks.reports import Progress
from storage.tasks.tasks import Task

__all__ = ["CONTENTS", "KINDS", "LEVELS", "TYPES"]

HEAD = "<b>Задания, которые вы выдаёте</b>"
EMPTY = "Заданий пока нет. Выдайте первое: это займёт пару минут."
NEW = "Новое задание"
TO_DESK = "‹ К заданиям"
TO_CARD = "‹ К заданию"
GONE = "Такого задания нет или оно не на вашей территории."
STALE = "Этот черновик задания уже закрыт. Начните, пожалуйста, заново."
READY, GIVE_OUT = "Готово", "Выдать задание"

NOT_IN, MOVE, REPORT, WORKS, WITHDRAW = (
    "Кто не сдал",
    "Сдвинуть срок",
    "Отчёт в таблице",
    "Все работы (.zip)",
    "Отозвать",
)
REVIEWERS, STAGE = "Проверяющие", "Этап программы"
WITHDRAW_SURE, KEEP = "Да, отозвать", "‹ Оставить как есть"
EVERYBODY_IN = "Сдали все, кому выдано."
MOVED = "Срок изменён. Всем, кто ещё не сдал, придёт одно сообщение."
WITHDRAWN = "Задание отозвано. Сданные работы сохранены."
NOBODY_TICKED = "Сначала отметьте людей или продлите всем показанным."
NO_WORKS = "Работ пока нет."
MAKING_FILE = "Собираю файл, это займёт немного времени."
FILE_FAILED = "Файл собрать не получилось. Попробуйте ещё раз чуть позже."
ASK_DUE = "Напишите новый срок для всех, например «5 декабря 18:00»."
NOT_A_MOMENT = "Не получилось понять дату. Напишите, например, «5 декабря 18:00» или «05.12.2026»."
IN_THE_PAST = "Эта дата уже прошла. Напишите, пожалуйста, будущую."
BEFORE_OPENING = "Срок раньше, чем задание откроется. Напишите, пожалуйста, дату позже."
TITLE_FAULT = "Название — от 3 до 120 знаков. Напишите, пожалуйста, ещё раз."
BODY_FAULT = "Задание — от 3 до 3000 знаков. Остальное приложите файлом."
NOT_A_FILE = "Здесь нужен документ, фото или видео."
TOO_MANY_FILES = "К заданию поместится 10 файлов."

NO_DUE, NO_LEVEL, NO_CUTOFF, NO_REVIEW = "Без срока", "Без уровня", "Всегда", "Без срока"
NO_CRITERIA, NO_FILES, ANY_ATTEMPTS = "Без баллов", "Убрать файлы", "Сколько угодно"
OPENS_NOW, OPENS_TOMORROW = "Сразу", "Завтра в 9:00"
BY_PLACES, BY_EVENT, EVERYBODY = "По муниципалитетам", "Участникам мероприятия", "Всем стажёрам"
NO_STAGE = "Вне программы"
STAGE_BY_DATE, STAGE_AFTER = "Этап, открыть по дате", "Этап, когда принят предыдущий"
NO_EVENTS = "Мероприятий этой территории пока нет: их добавляют в /events или дорожной картой."

ASKS: Mapping[str, str] = {
    "scope": "Для какой территории это задание?",
    "title": "Как называется задание? Например: «Методическая разработка урока».",
    "body": "Что нужно сделать? Напишите одним сообщением; шаблоны приложите дальше.",
    "due": "До какого дня сдать? Выберите или напишите, например «5 декабря 18:00».",
    "kind": "Что это за работа?",
    "level": "Какой уровень?",
    "accepts": "Что можно прислать? Если ничего не отмечено — что угодно.",
    "types": "Какие документы принимаются? Если ничего не отмечено — любые.",
    "size": "Какого размера может быть один файл? Больше 20 МБ бот от Telegram не получит.",
    "items": "Сколько вложений — текстов, ссылок, файлов — может быть в одной работе?",
    "opens": "Когда открыть? Можно написать дату, например «1 декабря 10:00».",
    "cutoff": "Сколько дней после срока ещё принимать, с отметкой об опоздании?",
    "review": "За сколько дней после срока проверить?",
    "attempts": "Сколько попыток?",
    "criteria": (
        "По чему оценивать? Каждый критерий с новой строки и его наибольший балл: "
        "«Содержание — 5». Без критериев работа просто принимается или возвращается."
    ),
    "files": "Пришлите файлы к заданию: шаблоны, образцы, таблицы. Потом нажмите «Готово».",
    "aud": "Кому выдать?",
    "places": "Стажёрам каких муниципалитетов? Если ничего не отмечено — всем.",
    "group": "Какой группе?",
    "event": "Участникам какого мероприятия? Задание получат те, кто записался или пришёл.",
    "stage": (
        "Этапы программы идут по порядку. Этап открывается в свой день или каждому стажёру, "
        "когда у него примут предыдущий."
    ),
}
HUB: Mapping[Make, str] = {
    Make.TITLE: "Название",
    Make.BODY: "Что сделать",
    Make.DUE: "Срок",
    Make.OPENS: "Открытие",
    Make.CUTOFF: "После срока",
    Make.REVIEW: "Срок проверки",
    Make.KIND: "Вид работы",
    Make.LEVEL: "Уровень",
    Make.ACCEPTS: "Что прислать",
    Make.TYPES: "Документы",
    Make.SIZE: "Размер файла",
    Make.ITEMS: "Сколько вложений",
    Make.ATTEMPTS: "Попытки",
    Make.CRITERIA: "Критерии",
    Make.FILES: "Файлы",
    Make.AUDIENCE: "Кому",
    Make.STAGE: "Этап",
}


def ticked(label: str, *, on: bool) -> str:
    """«☑ документ»."""
    return (TICKED if on else UNTICKED).format(label)


def days(count: int) -> str:
    """«7 дней»."""
    return counted(count, "день", "дня", "дней")


def grace(count: int) -> str:
    """After the deadline."""
    return f"Ещё {days(count)}" if count else "Не принимать"


def megabytes(count: int) -> str:
    """«до 10 МБ»."""
    return f"до {count} МБ"


def things(count: int) -> str:
    """«10 вложений», after «не больше»."""
    return counted(count, "вложения", "вложений", "вложений")


def items(count: int) -> str:
    """A button."""
    return counted(count, "вложение", "вложения", "вложений")


def people(count: int) -> str:
    """«5 человек»: an event's people need not be trainees."""
    return counted(count, "человек", "человека", "человек")


def group(title: str, members: int) -> str:
    """A button with a group."""
    return f"{clipped(title, 40)} · {members}"


def gathering(one: Gathering) -> str:
    """A button with an event: its day and how many people it has."""
    day = "" if one.day is None else f"{one.day:%d.%m} "
    return f"{day}{clipped(one.title, 40)} · {one.people}"


def of_group(title: str) -> str:
    """Of whom a task is asked."""
    return f"группа «{title}»"


def of_event(title: str) -> str:
    """Of whom a task is asked."""
    return f"участники мероприятия «{clipped(title, 100)}»"


def whom(places: Sequence[str]) -> str:
    """Of whom a task is asked."""
    return "стажёры: " + ", ".join(places) if places else "все стажёры вашей территории"


def hub(new: NewTask, *, whom: str, people: int, at_once: bool, now: datetime) -> str:
    """Everything that is said so far."""
    dates = new.dates
    kind = KINDS[new.kind] + (f", уровень {LEVELS[new.level]}" if new.level else "")
    cutoff = "всегда, с отметкой об опоздании"
    if dates.due is not None and dates.cutoff is not None:
        late = dates.cutoff > dates.due
        cutoff = till(dates.cutoff, now) if late else "не принимается"
    lines = [
        f"<b>{esc(new.title)}</b>",
        esc(clipped(new.body, 1500)),
        "",
        f"Вид: {kind}",
        f"Открыть: {'сразу' if at_once else local(dates.opens, now)}",
        f"Срок: {till(dates.due, now) if dates.due else 'без срока'}",
        f"После срока: {cutoff}" if dates.due else "",
        f"Проверить: {till(new.review_by, now)}" if new.review_by else "",
        f"Можно прислать: {accepts(new.accepts, new.file_types)}; "
        f"файл до {new.max_bytes // 1_000_000} МБ, не больше {things(new.max_items)}",
        f"Попытки: {new.attempts or 'сколько угодно'}",
        "Оценка: "
        + ("; ".join(f"{esc(t)} — до {p}" for t, p in new.criteria) or "принято или возвращено"),
        f"Файлы: {len(new.templates) or 'нет'}",
        f"Кому: {esc(clipped(whom, 300))}, "
        + f"сейчас {counted(people, 'человек', 'человека', 'человек')}",
        f"Этап программы: {'когда принят предыдущий' if new.after_previous else 'по дате'}"
        if new.programme
        else "",
    ]
    return "\n".join(line for place, line in enumerate(lines) if line or place == 2)


def listed(task: Task, waiting: int) -> str:
    """A button of the list."""
    tail = f" · на проверке {waiting}" if waiting else ""
    return f"{clipped(named(task.number, task.title), 40)}{tail}"


def card(task: Task, how: Progress, now: datetime, *, reviewers: Sequence[str] = ()) -> str:
    """How a task goes; `reviewers` are those it is entrusted to, plain text."""
    lines = [f"<b>{esc(named(task.number, task.title))}</b>"]
    if task.dates.opens > now:
        lines.append(f"Откроется: {local(task.dates.opens, now)}")
    if task.dates.due is not None:
        lines.append(f"Срок: {till(task.dates.due, now)}")
    if task.dates.cutoff is not None:
        lines.append(f"Принимается: {till(task.dates.cutoff, now)}")
    if task.withdrawn:
        lines.append("Отозвано")
    at = ", ".join(
        f"{'со' if attempt == 2 else 'с'} {attempt}-й попытки — {count}"
        for attempt, count in how.accepted.items()
    )
    lines += [
        "",
        f"Выдано: {people(how.asked)}",
        f"Не сдали: {how.nothing}",
        f"Ждут проверки: {how.waiting}",
        f"На доработке: {how.returned}",
        f"Принято: {how.accepted_in_all}" + (f" ({at})" if at else ""),
    ]
    if how.late:
        lines.append(f"С опозданием: {how.late}")
    if reviewers:
        lines.append(f"\nПроверяют: {esc(', '.join(reviewers))}")
    return "\n".join(lines)


def expert(person: Person) -> str:
    """A button: who, and where from; plain text."""
    return f"{short_name(person)}, {person.municipality or ''}".rstrip(", ")


def reviewers(task: Task, experts: int, chosen: int) -> str:
    """Over the experts of a task."""
    head = f"<b>Проверяющие</b>\n{esc(named(task.number, task.title))}\n\n"
    if not experts:
        return head + (
            "Экспертов этой территории пока нет. Пригласить эксперта можно в /invite; проверять "
            "могут и координаторы."
        )
    if not chosen:
        return head + (
            "Сейчас работы видят все эксперты территории. Отметьте тех, кто проверяет это задание: "
            "остальные эксперты его работ не увидят."
        )
    return head + "Работы этого задания видят отмеченные эксперты и координаторы."


def not_in(task: Task, lines: Sequence[str], total: int, *, at_risk: bool, now: datetime) -> str:
    """Who has handed in nothing; `at_risk`: somebody of those shown is."""
    head = f"<b>Не сдали: {total}</b>\n{esc(named(task.number, task.title))}"
    if task.dates.due is not None:
        head += f"\nСрок: {till(task.dates.due, now)}"
    text = f"{head}\n\n" + "\n".join(lines)
    if task.dates.due is not None:
        text += (
            "\n\nОтметьте тех, кому продлить, или продлите всем показанным. Каждому придёт "
            "сообщение с новым сроком."
        )
    return text + ("\n«!» — пропущено два и больше заданий." if at_risk else "")


def not_in_line(name: str, place: str, due: str, *, at_risk: bool) -> str:
    """A line of the list; `due` where it is another than the task's. Plain text in, HTML out."""
    mark = "! " if at_risk else ""
    return f"{mark}{esc(name)}, {esc(place)}" + (f" — {due}" if due else "")


def extend_ticked(count: int, for_days: int) -> str:
    """A button."""
    return f"Отмеченным ({count}) +{days(for_days)}"


def extend_shown(for_days: int) -> str:
    """A button."""
    return f"Всем на странице +{days(for_days)}"


def extended(count: int) -> str:
    """How many got more time."""
    whom = counted(count, "стажёру", "стажёрам", "стажёрам")
    return f"Срок продлён: {whom}."


def sure_to_withdraw(task: Task) -> str:
    """Asked once more."""
    return (
        f"Отозвать «{esc(named(task.number, task.title))}»? Сдавать его больше не будут, "
        "напоминания прекратятся. Сданные работы останутся, проверить их можно."
    )


def given_out(title: str, people_now: int) -> str:
    """After the task was made."""
    return f"Задание «{esc(title)}» выдано. Получили: {people(people_now)}."


def criteria_faults(faults: Sequence[str]) -> str:
    """Lines that could not be read."""
    shown = "\n".join(f"• {esc(clipped(line, 80))}" for line in faults[:10])
    return (
        f"Не получилось прочитать:\n{shown}\n\nНужны название (до 60 знаков) и балл от 1 до 20: "
        "«Содержание — 5»."
    )


def files(templates: Sequence[object]) -> str:
    """How many files go with the task."""
    return f"Приложено: {counted(len(templates), 'файл', 'файла', 'файлов')}."


def works_name(task: Task, part: int, parts: int) -> str:
    """The name of an archive, without its ending; plain text."""
    tail = f", часть {part} из {parts}" if parts > 1 else ""
    return f"Работы – {clipped(named(task.number, task.title), 60)}{tail}"


def report_name(task: Task) -> str:
    """The name of a workbook, without its ending."""
    return f"Отчёт – {clipped(named(task.number, task.title), 60)}"


WORK_FOLDER = "Задание {number} – попытка {attempt}"
"""A work inside the archive; the number is the roadmap's, else the title."""
TEXT_NAME = "текст и ссылки"
NO_PLACE = "Без муниципалитета"
