"""What whoever reviews works reads: the queue, a work, the comment, the verdict, questions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.texts.answering import clipped
from bot.texts.grammar import counted
from bot.texts.people import esc
from bot.texts.tasks import KINDS, LEVELS, late_by, local, named, opening, points, span
from storage.tasks.queue import Queued
from storage.tasks.reviewing import Opened, Trouble
from storage.tasks.reviews import Review
from storage.tasks.tasks import Task

HEAD = "<b>Работы на проверке</b>"
EMPTY = "Проверять сейчас нечего: все работы просмотрены."
TO_QUEUE = "‹ К очереди"
SHOW = "Показать работу"
REMARK = "Комментарий"
ACCEPT, RETURN = "Принять", "Вернуть на доработку"
NEXT, UNDO = "Следующая", "Отменить решение"
BACK = "‹ К работе"
ANSWER, ANSWER_QUESTION = "Ответить", "Ответить на вопрос"
TO_QUESTIONS = "‹ К вопросам"
NO_QUESTIONS = "Вопросов без ответа нет."
QUESTIONS = "<b>Вопросы стажёров</b>\n\nСверху те, что ждут дольше всех. На какой ответить?"
PREVIOUS = "Прошлый комментарий"
"""Under a voice message that is sent again."""
TAKE = "Взять на проверку"
OPEN_QUEUE = "Открыть очередь"

TROUBLES: Mapping[Trouble, str] = {
    Trouble.GONE: "Этой работы нет на вашей территории.",
    Trouble.TAKEN: "Эту работу сейчас проверяет другой человек. Возьмите следующую.",
    Trouble.REPLACED: "Стажёр прислал новую версию этой работы. Проверьте её.",
    Trouble.DECIDED: "Решение по этой работе уже принято.",
    Trouble.NO_POINTS: "Сначала поставьте баллы по каждому критерию.",
    Trouble.NO_REASON: "Чтобы вернуть работу, нужна причина: стажёр увидит её рядом с работой.",
    Trouble.TOO_LATE: "Отменить уже нельзя: стажёр получил решение.",
}
"""Also shown as alerts, so at most 200 characters."""

PHRASES = (
    "Работа выполнена полностью, спасибо.",
    "Хорошо. Добавьте больше примеров из своей практики.",
    "Не раскрыт один из пунктов задания — дополните, пожалуйста.",
    "Файл не открывается или не тот — пришлите ещё раз.",
    "Оформите по шаблону из задания.",
    "Укажите источники.",
)
"""Ready remarks, in the order of their buttons."""

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


def queued(one: Queued, reviewer: int, now: datetime) -> str:
    """A button of the queue: who, which task, since when, and whether somebody has it."""
    name = clipped(f"{one.surname} {one.first_name[:1]}.", 20)
    waits = span((now - (one.submission.submitted_at or now)).total_seconds())
    mark = "↩ " if one.again else ""
    busy = "" if one.by is None else " · у вас" if one.by == reviewer else " · проверяют"
    return f"{mark}{name} · {one.task_number or clipped(one.task_title, 14)} · {waits}{busy}"


def queue(found: Sequence[Queued], overdue: int) -> str:
    """Over the queue: of which tasks the works are; the buttons name those by number only."""
    if not found:
        return f"{HEAD}\n\n{EMPTY}"
    again = "; ↩ — после доработки" if any(one.again for one in found) else ""
    text = f"{HEAD}\n\nВ очереди: {len(found)}. Сверху те, что ждут дольше всех{again}."
    if overdue:
        text += f" Срок проверки прошёл: {overdue}."
    return f"{text}\n\n" + "\n".join(_by_task(found))


def _by_task(found: Sequence[Queued]) -> list[str]:
    """«4.1 Методическая разработка урока — 3», the most first, five at most."""
    tasks = Counter(named(one.task_number, one.task_title) for one in found)
    lines = [f"{esc(clipped(title, 60))} — {count}" for title, count in tasks.most_common(5)]
    return [*lines, "и другие"] if len(tasks) > 5 else lines


def works_wait(found: Sequence[Queued], now: datetime) -> str:
    """The call to an expert: how many wait, of which tasks, and for how long the oldest."""
    oldest = min(one.submission.submitted_at or now for one in found)
    works = counted(len(found), "работа", "работы", "работ")
    return (
        f"<b>Вас ждут на проверке: {works}</b>\n"
        + "\n".join(_by_task(found))
        + f"\n\nСамая давняя ждёт {span((now - oldest).total_seconds())}."
    )


def work(
    opened: Opened,
    trainee: str,
    *,
    place: str,
    items: Sequence[str],
    twins: Sequence[str],
    questions: Sequence[str],
    now: datetime,
    note: str = "",
) -> str:
    """A work on the reviewer's screen; `trainee` is escaped, `twins` and `items` are HTML.

    The points stand on the buttons. `questions` are those that wait for an answer, plain text.
    """
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
    before = opened.previous
    if before is not None and before.voice_file_id:
        parts.append("Прошлая причина возврата: голосовое сообщение, оно придёт вместе с работой.")
    elif before is not None and before.comment:
        parts.append(f"Прошлая причина возврата: <i>{esc(clipped(before.comment, 500))}</i>")
    parts += [f"Вопрос стажёра: <i>{esc(clipped(one, 400))}</i>" for one in questions[:2]]
    parts.append(_comment(review))
    return "\n\n".join(filter(None, parts))


def _comment(review: Review) -> str:
    """What will be said to the trainee, or nothing yet."""
    if review.voice_file_id:
        return "Комментарий: голосовое сообщение"
    return f"Комментарий: <i>{esc(clipped(review.comment, 700))}</i>" if review.comment else ""


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
    task, review = opened.task, opened.review
    head = "Принято" if accepted else "Возвращено на доработку"
    given = [
        (one.title, review.points[one.id], one.points)
        for one in task.criteria
        if one.id in review.points
    ]
    parts = [
        f"<b>{head}</b>\n{esc(named(task.number, task.title))}\n{trainee}",
        points(given),
        _comment(review),
        "Стажёр узнает через минуту; до этого решение можно отменить.",
    ]
    return "\n\n".join(filter(None, parts))


def question(task: Task, trainee: str, text: str) -> str:
    """A trainee's question; `trainee` is escaped."""
    return (
        f"<b>Вопрос по заданию</b>\n{esc(named(task.number, task.title))}\n{trainee}\n\n"
        f"<i>{esc(text)}</i>"
    )


def asked(task: Task, trainee: str, text: str) -> str:
    """Over the place for the answer; as `question`."""
    return f"{question(task, trainee, text)}\n\n{ASK_ANSWER}"


def questions(count: int) -> str:
    """The button of the queue."""
    return f"Вопросы стажёров: {count}"


def question_listed(name: str, number: str, text: str) -> str:
    """A button of the questions, plain text."""
    return " · ".join(filter(None, (clipped(name, 20), number, opening(text, 30))))
