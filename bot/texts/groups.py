"""Groups of trainees: members, the programme stage by stage, heads, the group's journal."""

from collections.abc import Sequence
from datetime import datetime

from bot.texts.answering import TICKED, UNTICKED, clipped
from bot.texts.grammar import counted
from bot.texts.people import esc, short_name
from bot.texts.tasks import local, named, till
from storage.people.people import Person
from storage.tasks.group_journal import Member
from storage.tasks.groups import Group
from storage.tasks.tasks import Task
from surveys.tasks import Standing

BUTTON = "Группы стажёров"
HEAD = "<b>Группы стажёров</b>"
EMPTY = (
    "Групп пока нет. Группа — это стажёры площадки, которые вместе проходят программу: задания "
    "идут этапами, а руководитель группы видит её журнал."
)
NEW = "Новая группа"
TO_GROUPS = "‹ К группам"
TO_GROUP = "‹ К группе"
TO_PROGRAMME = "‹ К программе"
GONE = "Такой группы нет или она не на вашей территории."
ASK_SCOPE = "Для какой территории эта группа?"
ASK_TITLE = "Как называется группа? Например: «Стажёры школы № 5, первый год»."
TITLE_FAULT = "Название — от 3 до 80 знаков. Напишите, пожалуйста, ещё раз."
TITLE_TAKEN = "Группа с таким названием уже есть. Напишите, пожалуйста, другое."
RENAME, MEMBERS, HEADS, PROGRAMME = "Переименовать", "Состав", "Руководители", "Программа"
JOURNAL, REMOVE = "Журнал группы", "Распустить"
REMOVE_SURE, KEEP = "Да, распустить", "‹ Оставить как есть"
REMOVED = "Группа распущена."
HAS_TASKS = (
    "Группе уже выданы задания, поэтому распустить её нельзя. Можно убрать людей из состава."
)
TAKE_IN = "Взять всех на странице"
NEW_STAGE = "Новый этап"
EARLIER, LATER = "↑ Раньше", "↓ Позже"
BY_DATE, AFTER_PREVIOUS = "Открывать по дате", "Открывать после предыдущего"
TO_TASK = "Открыть задание"
MY_GROUPS = "Группы, которые я веду"
TO_JOURNAL = "‹ К журналу"
NO_GROUPS_LED = "Сейчас вы не ведёте ни одной группы."
FILE = "Журнал группы в таблице"
MEMBER_FILE = "Журнал в таблице"
TO_GROUP_JOURNAL = "‹ К журналу группы"
OPEN_JOURNAL = "Открыть журнал группы"
NOBODY = "В группе пока никого нет."
FIND = "Чтобы найти человека, напишите начало фамилии."
NOT_FOUND = "Никого не нашлось. Напишите фамилию иначе или откройте весь список кнопкой ниже."
NO_HEAD_FOUND = "Никого не нашлось. Напишите, пожалуйста, фамилию иначе."
FIND_HEAD = (
    "Кто ведёт группу? Напишите начало фамилии педагога-мастера и отметьте его: он увидит журнал "
    "группы — посещения, задания, баллы и комментарии."
)
EVERYBODY = "Показать всех"


def people(count: int) -> str:
    """«5 стажёров»."""
    return counted(count, "стажёр", "стажёра", "стажёров")


def listed(group: Group) -> str:
    """A button."""
    return f"{clipped(group.title, 40)} · {group.members}"


def inside(group: Group) -> str:
    """«В группе: 5 стажёров»."""
    return f"В группе: {people(group.members) if group.members else 'пока никого'}"


def card(
    group: Group, where: str, heads: Sequence[Person], programme: Sequence[tuple[Task, int, int]]
) -> str:
    """One group; `where` is HTML, `programme` is each stage with how many were accepted of all."""
    lines = [f"<b>{esc(group.title)}</b>", where, "", inside(group)]
    led = ", ".join(esc(short_name(one)) for one in heads)
    lines.append(f"Руководители: {led or 'не назначены'}")
    if programme:
        lines += ["", f"<b>Программа: {counted(len(programme), 'этап', 'этапа', 'этапов')}</b>"]
        lines += [
            f"{place}. {esc(clipped(named(task.number, task.title), 50))} — "
            f"принято {done} из {all_}"
            for place, (task, done, all_) in enumerate(programme, 1)
        ]
    else:
        lines.append("Программы пока нет: добавьте первый этап.")
    return "\n".join(lines)


def members(group: Group, shown: int, query: str) -> str:
    """Over the list of trainees."""
    head = f"<b>{esc(group.title)}</b>\n{inside(group)}"
    if not shown:
        return f"{head}\n\n" + (NOT_FOUND if query else NO_TRAINEES)
    found = f"Найдено по «{esc(clipped(query, 40))}». " if query else ""
    return f"{head}\n\n{found}Отметьте, кто в группе. {FIND}"


NO_TRAINEES = "Стажёров этой территории пока нет. Пригласить стажёров можно в /invite."


def member(person: Person, *, on: bool) -> str:
    """A button; plain text."""
    return (TICKED if on else UNTICKED).format(short_name(person))


def heads(group: Group, shown: int, query: str) -> str:
    """Over the list of whom one may choose to lead."""
    head = f"<b>Руководители группы</b>\n{esc(group.title)}"
    if not shown:
        return f"{head}\n\n{NO_HEAD_FOUND if query else FIND_HEAD}"
    return (
        f"{head}\n\nОтмеченные педагоги-мастера видят журнал группы: посещения, задания, баллы и "
        f"комментарии. {FIND}"
    )


def programme(group: Group, lines: Sequence[str]) -> str:
    """The stages."""
    head = f"<b>Программа</b>\n{esc(group.title)}"
    if not lines:
        return (
            f"{head}\n\nЭтапов пока нет. Этап — задание, которое открывается в свой день или когда "
            "у стажёра примут предыдущее."
        )
    return f"{head}\n\n" + "\n\n".join(lines)


def stage_line(place: int, task: Task, done: int, asked: int, now: datetime) -> str:
    """One stage in the list."""
    title = esc(clipped(named(task.number, task.title), 80))
    return f"{place}. <b>{title}</b>\n{opens(place, task, now)}\nПринято: {done} из {asked}"


def opens(place: int, task: Task, now: datetime) -> str:
    """When a stage opens, and until when it is taken."""
    if task.after_previous and place > 1:
        when = f"Откроется каждому, когда примут этап {place - 1}"
        if task.dates.opens > now:
            when += f", не раньше: {local(task.dates.opens, now)}"
    else:
        past = "Открыт" if task.dates.opens <= now else "Откроется"
        when = f"{past}: {local(task.dates.opens, now)}"
    return when + (f"; срок {till(task.dates.due, now)}" if task.dates.due else "")


def stage_button(place: int, task: Task) -> str:
    """A button; plain text."""
    return f"{place}. {clipped(named(task.number, task.title), 45)}"


def stage(place: int, of: int, task: Task, now: datetime) -> str:
    """One stage."""
    return (
        f"<b>Этап {place} из {of}</b>\n{esc(named(task.number, task.title))}\n\n"
        f"{opens(place, task, now)}"
    )


def sure_to_remove(group: Group) -> str:
    """Asked once more."""
    return f"Распустить группу «{esc(group.title)}»? Люди и их работы останутся."


def journal(group: Group, here: Sequence[Member], *, total: int) -> str:
    """A page of the group's journal."""
    head = f"<b>Журнал группы</b>\n{esc(group.title)}, {people(total)}"
    if not here:
        return f"{head}\n\n{NOBODY}"
    mark = "\n\n«!» — пропущено два и больше заданий." if any(m.at_risk for m in here) else ""
    return f"{head}\n\n" + "\n\n".join(map(_journal_line, here)) + mark


def _journal_line(one: Member) -> str:
    asked = len(one.tasks) - one.count(Standing.NOT_OPEN)
    parts = [f"принято {one.count(Standing.ACCEPTED)} из {asked}"]
    for count, words in (
        (one.count(Standing.WAITING), "на проверке"),
        (one.count(Standing.RETURNED), "на доработке"),
        (one.count(Standing.OVERDUE, Standing.MISSED), "срок прошёл"),
    ):
        if count:
            parts.append(f"{words} {count}")
    if one.points:
        parts.append(counted(one.points, "балл", "балла", "баллов"))
    parts.append(counted(len(one.visits), "посещение", "посещения", "посещений"))
    mark = "! " if one.at_risk else ""
    return f"{mark}<b>{esc(short_name(one.person))}</b>\n{', '.join(parts)}"


def became_head(group: Group) -> str:
    """The notice to whoever begins to lead a group."""
    return (
        f"<b>Вы ведёте группу стажёров</b>\n{esc(group.title)}, {people(group.members)}\n\n"
        "Её журнал — посещения, задания, баллы и комментарии — всегда под рукой в /journal."
    )


def file_title(group: Group) -> str:
    """The name of the workbook, without its ending; plain text."""
    return f"Журнал группы – {clipped(group.title, 60)}"
