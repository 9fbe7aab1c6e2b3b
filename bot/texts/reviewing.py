"""What whoever reviews works reads: the queue, a work, the comment, the verdict, questions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.texts.answering import clipped
from bot.texts.grammar import counted
from bot.texts.people import esc
from bot.texts.tasks import KINDS, LEVELS, late_by, local, named, span
from storage.tasks.queue import Queued
from storage.tasks.reviewing import Opened, Trouble
from storage.tasks.tasks import Task

HEAD = "<b>Работы на проверке</b>"
EMPTY = "Проверять сейчас нечего: все работы просмотрены."
TO_QUEUE = "‹ К очереди"
SHOW = "Показать работу"
REMARK = "Комментарий"
ACCEPT, RETURN = "Принять", "Вернуть на доработку"
NEXT, LEAVE, UNDO = "Следующая", "Отложить", "Отменить решение"
BACK = "‹ К работе"
ANSWER = "Ответить"
TAKE = "Взять на проверку"
OPEN_QUEUE = "Открыть очередь"

TROUBLES: Mapping[Trouble, str] = {
    Trouble.GONE: "Этой работы нет на вашей территории.",
    Trouble.TAKEN: "Эту работу сейчас проверяет другой человек. Возьмите следующую.",
    Trouble.REPLACED: "Стажёр прислал новую версию этой работы. Проверьте её.",
    Trouble.DECIDED: "Решение по этой работе уже принято.",
    Trouble.NO_POINTS: "Сначала поставьте баллы по каждому критерию.",
    Trouble.NO_REASON: (
        "Чтобы вернуть работу, нужна причина: выберите готовую фразу, напишите свою или "
        "надиктуйте голосом."
    ),
    Trouble.TOO_LATE: "Отменить уже нельзя: стажёр получил решение.",
}
"""Also shown as alerts, so at most 200 characters."""

ASK_REMARK = (
    "Выберите готовую фразу, напишите свою или пришлите голосовое сообщение. Новый комментарий "
    "заменит прежний."
)
REMARK_LIMIT = 1500
REMARK_TOO_LONG = "Длинновато: комментарий поместится до 1500 знаков. Сократите, пожалуйста."
NOT_A_REMARK = "Здесь нужны слова или голосовое сообщение."
ASK_ANSWER = "Напишите ответ одним сообщением — стажёр получит его вместе с вопросом."
ANSWERED = "Ответ отправлен."
ANSWERED_BEFORE = "На этот вопрос уже ответили, или он не с вашей территории."
SOMEBODY = "стажёр другой территории"


def queued(one: Queued, now: datetime) -> str:
    """A button of the queue."""
    name = clipped(f"{one.surname} {one.first_name[:1]}.", 20)
    waits = span((now - (one.submission.submitted_at or now)).total_seconds())
    mark = "↩ " if one.again else ""
    busy = " · проверяют" if one.by else ""
    return f"{mark}{name} · {clipped(named(one.task_number, one.task_title), 16)} · {waits}{busy}"


def queue(shown: int, total: int, overdue: int) -> str:
    """Over the queue."""
    text = f"{HEAD}\n\nВ очереди: {total}. Сверху те, что ждут дольше всех; ↩ — после доработки."
    if overdue:
        text += f" Срок проверки прошёл: {overdue}."
    return text if shown else f"{HEAD}\n\n{EMPTY}"


def works_wait(found: Sequence[Queued], now: datetime) -> str:
    """The call to an expert: how many wait, of which tasks, and for how long the oldest."""
    tasks = Counter(named(one.task_number, one.task_title) for one in found)
    lines = [f"{esc(clipped(title, 60))} — {count}" for title, count in tasks.most_common(5)]
    if len(tasks) > 5:
        lines.append("и другие")
    oldest = min(one.submission.submitted_at or now for one in found)
    works = counted(len(found), "работа", "работы", "работ")
    return (
        f"<b>Вас ждут на проверке: {works}</b>\n"
        + "\n".join(lines)
        + f"\n\nСамая давняя ждёт {span((now - oldest).total_seconds())}."
    )


def work(
    opened: Opened,
    trainee: str,
    *,
    place: str,
    items: Sequence[str],
    twins: Sequence[str],
    now: datetime,
    note: str = "",
) -> str:
    """A work on the reviewer's screen; `trainee` is escaped, `twins` and `items` are HTML."""
    own, task, review = opened.submission, opened.task, opened.review
    kind = KINDS[task.kind] + (f", {LEVELS[task.level]}" if task.level else "")
    when = local(own.submitted_at, now) if own.submitted_at else ""
    head = [
        f"<b>{esc(named(task.number, task.title))}</b>",
        kind.capitalize(),
        f"{trainee}, {esc(place)}",
        f"№ {own.id}, попытка {own.attempt}, {when}"
        + (f", <b>{late_by(own.late)}</b>" if own.late else ""),
    ]
    parts = [note, "\n".join(head), "\n".join(items)]
    if twins:
        parts.append("<b>Обратите внимание</b>\n" + "\n".join(twins))
    if opened.previous is not None and opened.previous.comment:
        parts.append(
            f"Прошлая причина возврата: <i>{esc(clipped(opened.previous.comment, 500))}</i>"
        )
    if task.criteria:
        parts.append(
            "\n".join(
                f"{esc(one.title)}: {review.points.get(one.id, '—')} из {one.points}"
                for one in task.criteria
            )
        )
    if review.voice_file_id:
        parts.append("Комментарий: голосовое сообщение")
    elif review.comment:
        parts.append(f"Комментарий: <i>{esc(clipped(review.comment, 700))}</i>")
    return "\n\n".join(filter(None, parts))


def criterion(title: str, given: int | None, most: int) -> str:
    """A button: what it is and what is given so far."""
    return f"{clipped(title, 30)}: {'—' if given is None else given} из {most}"


def ask_points(title: str, most: int) -> str:
    """Which points for this criterion."""
    return f"{esc(title)}\n\nСколько баллов из {most}?"


def twin(item: str, who: str, task: str, *, own: bool) -> str:
    """The same file or link came before; all plain text."""
    whose = "этот же стажёр уже сдавал" if own else f"уже есть в чужой работе ({esc(who)})"
    return f"«{esc(clipped(item, 60))}» {whose}: {esc(clipped(task, 60))}"


def verdict(opened: Opened, *, accepted: bool, trainee: str) -> str:
    """After the decision; `trainee` is escaped."""
    head = "Принято" if accepted else "Возвращено на доработку"
    text = f"<b>{head}</b>\n{esc(named(opened.task.number, opened.task.title))}\n{trainee}"
    if opened.review.points:
        text += f"\nБаллы: {opened.review.total} из {opened.task.most_points}"
    return f"{text}\n\nСтажёр узнает через минуту; до этого решение можно отменить."


def question(task: Task, trainee: str, text: str) -> str:
    """A trainee's question; `trainee` is escaped."""
    return (
        f"<b>Вопрос по заданию</b>\n{esc(named(task.number, task.title))}\n{trainee}\n\n"
        f"<i>{esc(text)}</i>"
    )


def own_question(text: str) -> str:
    """Over the place for the answer."""
    return f"<i>{esc(text)}</i>\n\n{ASK_ANSWER}"
