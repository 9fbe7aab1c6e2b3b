"""A coordinator's screens of tasks: the list, how one goes, who has handed in nothing."""

from bot.keyboards import Row, arrows, button, keyboard, pages, rows, to_menu
from bot.screens import Screen
from bot.situation import Situation
from bot.tasks.desk_callbacks import (
    Desk,
    DeskCard,
    Entrust,
    Extend,
    MoveDue,
    NewTask,
    NotIn,
    Reviewers,
    TaskReport,
    Tick,
    WholeReport,
    Withdraw,
    Works,
)
from bot.tasks.group_callbacks import Groups, Stage
from bot.texts import groups as group_words
from bot.texts import task_desk as words
from bot.texts import task_form as form_words
from bot.texts import task_report as report_words
from bot.texts import tasks as task_words
from bot.texts.people import short_name
from storage.people import people, roster
from storage.scopes import REGION, Scope
from storage.tasks import audience as task_audience
from storage.tasks import reports as task_reports
from storage.tasks import reviewers, tasks
from storage.tasks.audience import Assigned
from storage.tasks.tasks import Task
from surveys import tasks as rules

SIZE = 8
PEOPLE = 10
LONGER = (3, 7)
TICKED = "ticked"
"""The key of the dialog that holds who is ticked, by task."""


def to_desk() -> Row:
    """The way back to the list."""
    return [button(words.TO_DESK, Desk())]


def gone() -> Screen:
    """No such task in scope."""
    return Screen(words.GONE, keyboard(to_desk()))


async def listing(situation: Situation, scopes: tuple[Scope, ...], page: int) -> Screen:
    """The tasks within the scopes, newest first."""
    found = await situation.db.read(tasks.list_for_staff, scopes)
    waiting = await situation.db.read(tasks.waiting)
    made = [
        button(words.listed(one, waiting.get(one.id, 0)), DeskCard(task=one.id)) for one in found
    ]
    shown = pages(made, lambda to: Desk(page=to), page=page, size=SIZE)
    text = words.HEAD if made else f"{words.HEAD}\n\n{words.EMPTY}"
    whole = [button(report_words.ALL_BUTTON, WholeReport())] if made else []
    groups = [button(group_words.BUTTON, Groups())]
    return Screen(text, keyboard([button(words.NEW, NewTask())], *shown, groups, whole, to_menu()))


async def card(
    situation: Situation, task: Task, scopes: tuple[Scope, ...], *, note: str = ""
) -> Screen:
    """How one goes, and what can be done with it."""
    rows_found = await situation.db.read(task_reports.rows, task, scopes, now=situation.now)
    entrusted = await situation.db.read(reviewers.of_task, task.id)
    experts_ = await situation.db.read(roster.among, (REGION,), entrusted)
    text = words.card(
        task,
        task_reports.progress(rows_found),
        situation.local,
        reviewers=[short_name(one) for one in experts_.values()],
    )
    number = task.id
    made = [
        button(words.NOT_IN, NotIn(task=number)),
        button(words.REPORT, TaskReport(task=number)),
        button(words.WORKS, Works(task=number)),
        button(words.REVIEWERS, Reviewers(task=number)),
    ]
    if task.stage is not None and not task.withdrawn:
        made.append(button(words.STAGE, Stage(task=number)))
    if not task.withdrawn:
        made += [
            button(words.MOVE, MoveDue(task=number)),
            button(words.WITHDRAW, Withdraw(task=number)),
        ]
    text = f"{note}\n\n{text}" if note else text
    return Screen(text, keyboard(*rows(made, 2), to_desk()))


async def experts(situation: Situation, task: Task, scopes: tuple[Scope, ...], page: int) -> Screen:
    """The experts of the task's territory; those entrusted with it are ticked."""
    found = await situation.db.read(reviewers.experts, task, scopes)
    entrusted = await situation.db.read(reviewers.of_task, task.id)
    made = [
        button(
            form_words.ticked(words.expert(one), on=(on := one.id in entrusted)),
            Entrust(task=task.id, person=one.id, on=not on, page=page),
        )
        for one in found
    ]
    shown = pages(made, lambda to: Reviewers(task=task.id, page=to), page=page, size=PEOPLE)
    back = [button(words.TO_CARD, DeskCard(task=task.id))]
    return Screen(words.reviewers(task, len(found), len(entrusted)), keyboard(*shown, back))


async def page_of(
    situation: Situation, task: Task, scopes: tuple[Scope, ...], page: int
) -> tuple[list[Assigned], int, int]:
    """Those on a page of «кто не сдал», the page that is, and how many there are in all."""
    found = await situation.db.read(task_audience.not_handed_in, task, scopes, now=situation.now)
    last = max(0, (len(found) - 1) // PEOPLE)
    page = min(page, last)
    return found[page * PEOPLE : (page + 1) * PEOPLE], page, len(found)


async def not_in(
    situation: Situation,
    task: Task,
    scopes: tuple[Scope, ...],
    page: int,
    *,
    ticked: frozenset[int],
    note: str = "",
) -> Screen:
    """Who has handed in nothing, ticked or not, with more time for them."""
    db, number = situation.db, task.id
    here, page, total = await page_of(situation, task, scopes, page)
    back = [button(words.TO_CARD, DeskCard(task=number))]
    if not here:
        return Screen(words.EVERYBODY_IN, keyboard(back))
    ids = [each.person_id for each in here]
    missed = await db.read(task_audience.missed_by, ids, now=situation.now)
    lines, made = [], []
    for each in here:
        person = await db.read(people.by_id, each.person_id)
        if person is None:
            continue
        due = each.due or task.dates.due
        lines.append(
            words.not_in_line(
                short_name(person),
                person.municipality or "",
                ""
                if due is None or due == task.dates.due
                else task_words.till(due, situation.local),
                at_risk=rules.at_risk(missed[each.person_id]),
            )
        )
        on = each.person_id in ticked
        label = form_words.ticked(short_name(person), on=on)
        made.append(button(label, Tick(task=number, person=each.person_id, on=not on, page=page)))
    shown = rows(made, 2)
    last = (total - 1) // PEOPLE
    turn = arrows(lambda to: NotIn(task=number, page=to), page=page, last=last)
    more: list[Row] = []
    if task.dates.due is not None and not task.withdrawn:
        if ticked:
            more.append(
                [
                    button(
                        words.extend_ticked(len(ticked), days),
                        Extend(task=number, days=days, everybody=False, page=page),
                    )
                    for days in LONGER
                ]
            )
        more.append(
            [
                button(
                    words.extend_shown(days),
                    Extend(task=number, days=days, everybody=True, page=page),
                )
                for days in LONGER
            ]
        )
    text = words.not_in(
        task,
        lines,
        total,
        at_risk=any(rules.at_risk(missed[number]) for number in ids),
        now=situation.local,
    )
    text = f"{note}\n\n{text}" if note else text
    return Screen(text, keyboard(*shown, turn, *more, back))
