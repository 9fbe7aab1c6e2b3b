"""A reviewer's screens: the queue, a work, points, the comment, the verdict."""

from bot.keyboards import Row, button, keyboard, pages, rows, to_menu
from bot.screens import Screen
from bot.situation import Situation
from bot.tasks.callbacks import (
    Answer,
    Criterion,
    Judge,
    Leave,
    NextWork,
    Points,
    Questions,
    Queue,
    Remark,
    ShowWork,
    UndoVerdict,
    Work,
)
from bot.tasks.screens import items_of
from bot.texts import reviewing as words
from bot.texts import tasks as task_words
from bot.texts.people import full_name, short_name
from storage.people import people
from storage.tasks import questions as task_questions
from storage.tasks import queue as review_queue
from storage.tasks import submissions, tasks, twins
from storage.tasks.reviewers import Reviewer
from storage.tasks.reviewing import Opened
from storage.tasks.reviews import Verdict
from storage.tasks.tasks import Criterion as TaskCriterion

SIZE = 10
TWINS = 4


def to_queue() -> Row:
    """The way back to the queue."""
    return [button(words.TO_QUEUE, Queue())]


async def queue(situation: Situation, reviewer: Reviewer, page: int) -> Screen:
    """What waits, oldest first."""
    now = situation.now
    waiting = await situation.db.read(review_queue.queue, reviewer, now=now)
    overdue = sum(one.review_by is not None and one.review_by <= now for one in waiting)
    made = [
        button(words.queued(one, reviewer.id, now), Work(submission=one.submission.id))
        for one in waiting
    ]
    shown = pages(made, lambda to: Queue(page=to), page=page, size=SIZE)
    asked = await situation.db.read(task_questions.unanswered, reviewer)
    on = [button(words.questions(len(asked)), Questions())] if asked else []
    return Screen(words.queue(waiting, overdue), keyboard(*shown, on, to_menu()))


async def questions(situation: Situation, reviewer: Reviewer, page: int) -> Screen:
    """What trainees ask, oldest first; each question leads to the place for its answer."""
    db, made = situation.db, []
    for one in await db.read(task_questions.unanswered, reviewer):
        task = await db.read(tasks.find, one.task_id)
        trainee = await db.read(people.by_id, one.person_id)
        label = words.question_listed(
            "" if trainee is None else short_name(trainee),
            "" if task is None else task.number,
            one.text,
        )
        made.append(button(label, Answer(question=one.id)))
    shown = pages(made, lambda to: Questions(page=to), page=page, size=SIZE)
    text = words.QUESTIONS if made else words.NO_QUESTIONS
    return Screen(text, keyboard(*shown, to_queue()))


async def work(
    situation: Situation, opened: Opened, reviewer: Reviewer, *, note: str = ""
) -> Screen:
    """The work that is being judged, with all that can be done to it."""
    number = opened.submission.id
    trainee = await situation.db.read(people.by_id, opened.submission.person_id)
    items = await situation.db.read(submissions.items, number)
    asked = [
        one
        for one in await situation.db.read(task_questions.unanswered, reviewer)
        if (one.task_id, one.person_id) == (opened.task.id, opened.submission.person_id)
    ]
    text = words.work(
        opened,
        "" if trainee is None else full_name(trainee),
        place="" if trainee is None else trainee.municipality or "",
        items=items_of(items),
        twins=await _twins(situation, opened, reviewer),
        questions=[one.text for one in asked],
        now=situation.local,
        note=note,
    )
    points = [
        button(
            words.criterion(one.title, opened.review.points.get(one.id), one.points),
            Criterion(submission=number, criterion=one.id),
        )
        for one in opened.task.criteria
    ]
    decide = [
        button(words.ACCEPT, Judge(submission=number, accept=True)),
        button(words.RETURN, Judge(submission=number, accept=False)),
    ]
    answer = [button(words.ANSWER_QUESTION, Answer(question=one.id)) for one in asked[:1]]
    on = [
        button(words.TO_QUEUE, Leave(submission=number)),
        button(words.NEXT, NextWork(leaving=number)),
    ]
    show = [
        button(words.SHOW, ShowWork(submission=number)),
        button(words.REMARK, Remark(submission=number)),
    ]
    return Screen(text, keyboard(show, answer, *rows(points), decide, on))


def points(opened: Opened, criterion: TaskCriterion) -> Screen:
    """Every number of points for one criterion."""
    number = opened.submission.id
    made = [
        button(str(each), Points(submission=number, criterion=criterion.id, points=each))
        for each in range(criterion.points + 1)
    ]
    back = [button(words.BACK, Work(submission=number))]
    return Screen(
        words.ask_points(criterion.title, criterion.points), keyboard(*rows(made, 6), back)
    )


def remark(number: int, *, note: str = "") -> Screen:
    """Ready phrases; anything else is typed or spoken."""
    made = [
        button(phrase, Remark(submission=number, phrase=place))
        for place, phrase in enumerate(words.PHRASES)
    ]
    text = f"{note}\n\n{words.ASK_REMARK}" if note else words.ASK_REMARK
    return Screen(text, keyboard(*rows(made), [button(words.BACK, Work(submission=number))]))


async def verdict(situation: Situation, opened: Opened) -> Screen:
    """What was decided, and for a minute the way back."""
    trainee = await situation.db.read(people.by_id, opened.submission.person_id)
    number = opened.submission.id
    text = words.verdict(
        opened,
        accepted=opened.review.verdict is Verdict.ACCEPTED,
        trainee="" if trainee is None else full_name(trainee),
    )
    return Screen(
        text,
        keyboard(
            [button(words.UNDO, UndoVerdict(submission=number))],
            [button(words.NEXT, NextWork(leaving=number))],
            to_queue(),
        ),
    )


async def _twins(situation: Situation, opened: Opened, reviewer: Reviewer) -> list[str]:
    """The same file or link before; names only where the other work is the reviewer's to see."""
    db = situation.db
    found = await db.read(twins.twins, opened.submission.id)
    items = {one.id: one for one in await db.read(submissions.items, opened.submission.id)}
    lines = []
    for twin in found[:TWINS]:
        item = items[twin.item_id]
        task = await db.read(tasks.find, twin.task_id)
        seen = await db.read(review_queue.visible, twin.submission_id, reviewer)
        other = None if seen is None else await db.read(people.by_id, twin.person_id)
        lines.append(
            words.twin(
                item.name or item.text,
                words.SOMEBODY if other is None else short_name(other),
                "" if task is None else task_words.named(task.number, task.title),
                own=twin.own,
            )
        )
    return lines
