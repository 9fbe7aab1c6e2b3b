"""Case tasks as a trainee reads them: the list, the card, what was said of each version."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.texts.answering import clipped
from bot.texts.people import esc
from bot.texts.tasks import KINDS, LEVELS, accepts, late_by, local, named, span, till
from storage.tasks.submissions import Submission
from storage.tasks.tasks import Task
from surveys.tasks import Standing, VersionState

BODY_SHOWN = 2000
"""Letters of the text of a task on its card: the rest of the card needs as many again."""

HEAD = "<b>Мои задания</b>"
EMPTY = "Заданий для вас сейчас нет. Когда появятся, я напишу."
GONE = "Этого задания больше нет или оно не для вас. Что есть сейчас — в /tasks"
TO_LIST = "‹ К заданиям"
TO_CARD = "‹ К заданию"
HAND_IN, GO_ON, REPLACE = "Сдать", "Продолжить черновик", "Заменить новой версией"
TEMPLATES, VERSIONS, ASK = "Файлы к заданию", "Мои сданные версии", "Задать вопрос"
LISTEN = "Прослушать комментарий"
SPOKEN = "Комментарий к работе № {}"
"""Under a voice message."""

OPEN_TASK = "Открыть задание"
ALL_MINE = "Задания для других"
ASK_QUESTION = "Напишите вопрос одним сообщением. Его получит тот, кто проверяет работу."
ASKED = "Вопрос передан. Ответ придёт сюда же."
QUESTION_LIMIT = 1500
QUESTION_TOO_LONG = "Длинновато: вопрос поместится до 1500 знаков. Сократите, пожалуйста."
NO_ONE_TO_ASK = "Сейчас вопрос передать некому. Напишите, пожалуйста, координатору напрямую."
NOT_A_QUESTION = "Здесь нужен вопрос словами."

MARKS: Mapping[Standing, str] = {
    Standing.OVERDUE: "❗",
    Standing.THIS_WEEK: "◷",
    Standing.RETURNED: "↩",
    Standing.LATER: "○",
    Standing.WAITING: "…",
    Standing.ACCEPTED: "✓",
    Standing.MISSED: "✕",
    Standing.NOT_OPEN: "·",
}

SECTIONS: Mapping[Standing, str] = {
    Standing.OVERDUE: "Срок прошёл",
    Standing.THIS_WEEK: "На этой неделе",
    Standing.RETURNED: "Вернули на доработку",
    Standing.LATER: "Позже",
    Standing.WAITING: "Ждут проверки",
    Standing.ACCEPTED: "Приняты",
    Standing.MISSED: "Приём закончен",
    Standing.NOT_OPEN: "Ещё не открыты",
}

NOW: Mapping[Standing, str] = {
    Standing.OVERDUE: "срок прошёл",
    Standing.THIS_WEEK: "сдать на этой неделе",
    Standing.RETURNED: "вернули на доработку",
    Standing.LATER: "ещё не сдано, время есть",
    Standing.WAITING: "ждёт проверки",
    Standing.ACCEPTED: "принято",
    Standing.MISSED: "приём закончен",
    Standing.NOT_OPEN: "ещё не открыто",
}
"""Of one task, on its card."""


def listed(of: Standing, number: str, title: str, *, draft: bool) -> str:
    """A button of the list."""
    return f"{MARKS[of]} {named(number, title)}" + (" · черновик" if draft else "")


def section(of: Standing, rows: Sequence[tuple[str, str, datetime | None]], now: datetime) -> str:
    """A part of the list: number, title and deadline of each."""
    lines = [
        f"{MARKS[of]} {esc(clipped(named(number, title), 50))}"
        + (f" — {till(due, now)}" if due else "")
        for number, title, due in rows
    ]
    return f"<b>{SECTIONS[of]}</b>\n" + "\n".join(lines)


def task_card(
    task: Task,
    of: Standing,
    *,
    due: datetime | None,
    cutoff: datetime | None,
    opens: datetime,
    extended: bool,
    draft: bool,
    waits_for_previous: bool,
    stage: tuple[int, int] | None,
    attempts: int,
    now: datetime,
) -> str:
    """The trainee's card.

    `stage` is its number in the programme and how many there are, `attempts` how many are used up.
    """
    lines = [f"<b>{esc(named(task.number, task.title))}</b>"]
    kind = KINDS[task.kind] + (f", уровень {LEVELS[task.level]}" if task.level else "")
    lines.append(kind.capitalize())
    if stage is not None:
        lines.append(f"Этап {stage[0]} из {stage[1]}")
    if task.body and task.body != task.title:
        lines += ["", esc(clipped(task.body, BODY_SHOWN))]
    lines.append("")
    if waits_for_previous:
        lines.append("Откроется, когда примут предыдущий этап.")
    elif of is Standing.NOT_OPEN:
        lines.append(f"Откроется: {local(opens, now)}")
    if due is not None:
        tail = " (срок продлён)" if extended else ""
        lines.append(f"Срок: {till(due, now)}{tail}")
        if of is Standing.OVERDUE:
            lines.append(f"Срок прошёл {span((now - due).total_seconds())} назад. Сдать ещё можно.")
    if cutoff is not None and cutoff != due:
        lines.append(f"После срока принимается {till(cutoff, now)}")
    if task.attempts is not None:
        left = max(0, task.attempts - attempts)
        lines.append(f"Попыток: {task.attempts}" + (f", осталось {left}" if attempts else ""))
    lines.append(f"Можно прислать: {accepts(task.accepts, task.file_types)}")
    if task.criteria:
        listed_ = "; ".join(f"{esc(one.title)} — до {one.points}" for one in task.criteria)
        lines.append(f"Оценивается: {listed_}")
    lines.append(f"\nСейчас: {NOW[of]}" + (", есть черновик" if draft else ""))
    return "\n".join(lines)


def returned_for(reason: str) -> str:
    """Why a work came back; without words the reason was spoken."""
    if not reason:
        return "Почему вернули: в голосовом комментарии."
    return f"Почему вернули: <i>{esc(clipped(reason, 700))}</i>"


STATES: Mapping[VersionState, str] = {
    VersionState.DRAFT: "черновик",
    VersionState.WAITING: "ждёт проверки",
    VersionState.RETURNED: "вернули на доработку",
    VersionState.ACCEPTED: "принято",
    VersionState.REPLACED: "заменена новой версией",
}


def version(
    own: Submission, *, comment: str, voice: bool, points: tuple[int, int] | None, now: datetime
) -> str:
    """One version with what was said about it; `points` are given and the most there are."""
    when = local(own.submitted_at, now) if own.submitted_at else ""
    line = f"<b>№ {own.id}</b>, попытка {own.attempt}, {when}: {STATES[own.state]}"
    if own.late:
        line += f", {late_by(own.late)}"
    if points is not None:
        line += f", {points[0]} из {points[1]}"
    if comment:
        line += f"\n<i>{esc(clipped(comment, 300))}</i>"
    if voice:
        line += "\nЕсть голосовой комментарий."
    return line


def versions(task: Task, lines: Sequence[str]) -> str:
    """The history of a task."""
    return "\n\n".join([f"<b>{esc(named(task.number, task.title))}</b>", *lines])


def template_caption(task: Task) -> str:
    """Under a file given out with the task, plain text."""
    return named(task.number, task.title)[:200]
