"""What whoever gives tasks out reads: how each goes, who has not handed in, its files."""

from collections.abc import Sequence
from datetime import datetime

from bot.texts.answering import clipped
from bot.texts.grammar import counted
from bot.texts.people import esc, short_name
from bot.texts.tasks import local, named, till
from storage.people.people import Person
from storage.tasks.reports import Progress
from storage.tasks.tasks import Task

HEAD = "<b>Задания, которые вы выдаёте</b>"
EMPTY = "Заданий пока нет. Выдайте первое: это займёт пару минут."
NEW = "Новое задание"
TO_DESK = "‹ К заданиям"
TO_CARD = "‹ К заданию"
GONE = "Такого задания нет или оно не на вашей территории."
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


def days(count: int) -> str:
    """«7 дней»."""
    return counted(count, "день", "дня", "дней")


def people(count: int) -> str:
    """«5 человек»: an event's people need not be trainees."""
    return counted(count, "человек", "человека", "человек")


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
