"""What the bot writes to trainees of itself: a task, its deadline, a reminder, the verdict."""

from datetime import datetime

from bot.texts.people import esc
from bot.texts.tasks import named, till
from storage.tasks.tasks import Task
from surveys.task_reminders import Reminder


def verdict(task: Task, *, accepted: bool, comment: str, voice: bool, points: str) -> str:
    """The notice to the trainee."""
    head = "Работа принята" if accepted else "Работу вернули на доработку"
    parts = [f"<b>{head}</b>\n{esc(named(task.number, task.title))}"]
    if points:
        parts.append(points)
    if comment:
        parts.append(f"<i>{esc(comment)}</i>")
    if voice:
        parts.append("Есть голосовой комментарий.")
    if not accepted:
        parts.append("Исправьте и сдайте ещё раз: прошлые версии сохранены.")
    return "\n\n".join(parts)


def new_task(
    task: Task, due: datetime | None, now: datetime, *, stage: tuple[int, int] | None = None
) -> str:
    """A task was given out; `stage` as in `task_card`."""
    head = "Новое задание"
    if stage is not None:
        head += f" · этап {stage[0]} из {stage[1]}"
    text = f"<b>{head}</b>\n{esc(named(task.number, task.title))}"
    return text + (f"\n\nСрок: {till(due, now)}" if due else "")


def moved(task: Task, due: datetime | None, now: datetime) -> str:
    """The deadline changed."""
    new = f"Теперь {till(due, now)}." if due else "Теперь срока нет: сдайте, когда будете готовы."
    title = esc(named(task.number, task.title))
    return f"<b>Изменился срок задания</b>\n{title}\n\n{new}"


def extended(task: Task, due: datetime, now: datetime) -> str:
    """One got more time."""
    return (
        f"<b>Вам продлили срок</b>\n{esc(named(task.number, task.title))}\n\n"
        f"Теперь {till(due, now)}."
    )


def reminder(
    task: Task,
    which: Reminder,
    due: datetime,
    *,
    draft: bool,
    cutoff: datetime | None,
    now: datetime,
) -> str:
    """To somebody who has not handed in."""
    title = esc(named(task.number, task.title))
    if which is Reminder.AFTER:
        text = f"<b>Срок задания прошёл</b>\n{title}\n\nСдать ещё можно"
        text += f" {till(cutoff, now)}" if cutoff is not None and cutoff > due else ""
        text += ", отметка об опоздании останется."
    else:
        left = {
            Reminder.WEEK: "осталась неделя",
            Reminder.DAY: "остались сутки",
            Reminder.HOURS: "осталось три часа",
        }[which]
        text = f"<b>Задание: {left}</b>\n{title}\n\nСрок: {till(due, now)}"
    return text + ("\nЧерновик уже есть — осталось отправить." if draft else "")


def answered(task: Task, question: str, answer: str) -> str:
    """The answer to one's question."""
    return (
        f"<b>Ответ на ваш вопрос</b>\n{esc(named(task.number, task.title))}\n\n"
        f"<i>{esc(question)}</i>\n\n{esc(answer)}"
    )
