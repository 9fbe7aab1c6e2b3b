"""The words of the workbooks of tasks and of the journal."""

from collections.abc import Sequence
from datetime import datetime

from bot.texts.answering import clipped
from bot.texts.my_tasks import NOW
from bot.texts.people import esc
from bot.texts.report import LABELS as REPORT
from bot.texts.tasks import LEVELS, named, till
from reports.task_lines import Labels
from storage.tasks.reports import Row, Visit
from storage.tasks.tasks import Task
from surveys.tasks import Standing

LABELS = Labels(
    words=REPORT.words,
    summary="Сводка",
    people="Стажёры",
    tasks="Задания",
    asked="Выдано",
    nothing="Не сдали",
    waiting="Ждут проверки",
    returned="На доработке",
    accepted="Принято",
    first="С 1-й попытки",
    second="Со 2-й попытки",
    later="С 3-й и далее",
    late="С опозданием",
    share_first="Доля принятых с 1-й попытки",
    review_time="Среднее время проверки",
    hours="часов от сдачи до решения",
    mean_points="Средний балл",
    most="Наибольший балл",
    out_of="{} из {}",
    by_municipality="По муниципалитетам",
    by_level="По уровням",
    by_group="По группам",
    by_task="По заданиям",
    municipality="Муниципалитет",
    level="Уровень",
    no_level="без уровня",
    group="Группа",
    task="Задание",
    trainee="Стажёр",
    organisation="Организация",
    standing="Состояние",
    attempts="Попытка",
    due="Срок",
    submitted="Сдано",
    late_by="Опоздание",
    points="Баллы",
    comment="Комментарий",
    criterion="Критерий",
    at_risk="Внимание: пропущено два и больше",
    yes="да",
    total="Всего",
    events="Мероприятия",
    visits="Посещений",
    programme="Программа",
    event="Мероприятие",
    day="Дата",
    journal="Журнал стажёра",
    no_events="Отмеченных посещений пока нет.",
    no_tasks="Заданий пока нет.",
    subtitle="По состоянию на {date}",
    standings={
        Standing.OVERDUE: "срок прошёл",
        Standing.THIS_WEEK: "сдать на этой неделе",
        Standing.RETURNED: "на доработке",
        Standing.LATER: "ещё не сдано",
        Standing.WAITING: "ждёт проверки",
        Standing.ACCEPTED: "принято",
        Standing.MISSED: "не сдано, приём закончен",
        Standing.NOT_OPEN: "ещё не открыто",
    },
    files={"late": "{days} дн. {hours} ч"},
)

ALL_TITLE = "Задания: сводный отчёт"
ALL_BUTTON = "Сводный отчёт"
ALL_NAME = "Задания – сводный отчёт"

OWN_FILE = "Журнал в таблице"
OTHERS = "Журналы стажёров"
TO_TRAINEES = "‹ К стажёрам"
TRAINEES = "<b>Журналы стажёров</b>\n\nЧей журнал показать?"
NO_TRAINEES = "На вашей территории пока нет стажёров. Пригласить их можно в /invite."
GONE = "Такого стажёра нет на вашей территории."
NOTHING_YET = (
    "<b>Журнал стажёра</b>\n\nЗдесь появятся мероприятия, на которых вас отметили, и "
    "ваши задания с баллами и комментариями. Пока записей нет."
)
SPOKEN = "голосовой комментарий"
SHOWN = 12


def level(task: Task) -> str:
    """The level, or nothing."""
    return LEVELS[task.level] if task.level else ""


def journal(
    who: str, visits: Sequence[Visit], lines: Sequence[tuple[Task, Row]], now: datetime
) -> str:
    """The journal in the chat; `who` is escaped, '' for one's own."""
    if not who and not visits and not lines:
        return NOTHING_YET
    parts = ["<b>Журнал стажёра</b>" + (f"\n{who}" if who else "")]
    if visits:
        shown = [
            f"• {esc(clipped(one.title, 80))}"
            + (f", {one.day.astimezone(now.tzinfo):%d.%m.%Y}" if one.day else "")
            for one in visits[-SHOWN:]
        ]
        parts.append(f"<b>Мероприятия: {len(visits)}</b>\n" + "\n".join(shown))
    else:
        parts.append(LABELS.no_events)
    if lines:
        done = sum(row.standing is Standing.ACCEPTED for _, row in lines)
        head = f"<b>Задания: принято {done} из {len(lines)}</b>"
        parts.append(head + "\n" + "\n".join(_line(task, row, now) for task, row in lines[-SHOWN:]))
    else:
        parts.append(LABELS.no_tasks)
    return "\n\n".join(parts)


def _line(task: Task, row: Row, now: datetime) -> str:
    text = f"• {esc(clipped(named(task.number, task.title), 60))}: {NOW[row.standing]}"
    if row.attempts > 1:
        text += f", попытка {row.attempts}"
    points = task.points_of(row.points)
    if points is not None:
        text += f", {points[0]} из {points[1]}"
    if row.due is not None and not row.attempts:
        text += f", {till(row.due, now)}"
    if row.spoken or row.comment:
        said = SPOKEN if row.spoken else esc(clipped(row.comment, 80))
        text += f"\n  <i>{said}</i>"
    return text
