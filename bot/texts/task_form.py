"""Making a task step by step: what is asked, and everything that is said so far."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.tasks.desk_callbacks import Make
from bot.texts.answering import TICKED, UNTICKED, clipped
from bot.texts.grammar import counted
from bot.texts.people import esc
from bot.texts.task_desk import days, people
from bot.texts.tasks import KINDS, LEVELS, accepts, local, till
from storage.tasks.making import NewTask
from storage.tasks.of_events import Gathering

STALE = "Этот черновик задания уже закрыт. Начните, пожалуйста, заново."
READY, GIVE_OUT = "Готово", "Выдать задание"
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
