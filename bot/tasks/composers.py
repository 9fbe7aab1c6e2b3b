"""What the bot says about tasks of itself, worded when it is sent: does it still apply?"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.delivery.composers import Composer, Drop, Later, Manner, composers, manners
from bot.keyboards import button, keyboard
from bot.screens import Screen
from bot.tasks.callbacks import Answer, Listen, Queue, TaskCard
from bot.tasks.group_callbacks import GroupJournal
from bot.tasks.reviewing import entrusted_reviewer
from bot.texts import groups as group_words
from bot.texts import my_tasks as card_words
from bot.texts import reviewing as review_words
from bot.texts import task_notices as words
from bot.texts import tasks as task_words
from bot.texts.people import full_name
from storage.database import Database
from storage.peace import Topic
from storage.people import people
from storage.people.people import Person
from storage.tasks import audience as task_audience
from storage.tasks import calls, programmes, questions, reviews, submissions, tasks, verdicts
from storage.tasks import groups as trainee_groups
from storage.tasks import notices as task_notices
from storage.tasks.audience import Assigned
from storage.times import stored
from surveys import tasks as rules
from surveys.task_reminders import Reminder
from surveys.tasks import Standing


async def new_task(
    db: Database, person: Person, payload: Mapping[str, Any], now: datetime
) -> Screen | Drop | Later:
    """A task is asked of the person."""
    found = await _awaited(db, person, payload, now)
    if isinstance(found, Drop):
        return found
    stage = await db.read(programmes.place, found.task.id)
    return _with_card(words.new_task(found.task, found.due, now, stage=stage), found)


async def moved(
    db: Database, person: Person, payload: Mapping[str, Any], now: datetime
) -> Screen | Drop | Later:
    """The deadline moved; of several moves only the last is told."""
    found = await _awaited(db, person, payload, now)
    if isinstance(found, Drop):
        return found
    if found.task.revision != payload["revision"]:
        return Drop("moved-again")
    return _with_card(words.moved(found.task, found.due, now), found)


async def extended(
    db: Database, person: Person, payload: Mapping[str, Any], now: datetime
) -> Screen | Drop | Later:
    """More time for one."""
    found = await _awaited(db, person, payload, now)
    if isinstance(found, Drop):
        return found
    if found.due is None or stored(found.due) != payload["due"]:
        return Drop("moved-again")
    return _with_card(words.extended(found.task, found.due, now), found)


async def reminder(
    db: Database, person: Person, payload: Mapping[str, Any], now: datetime
) -> Screen | Drop | Later:
    """Nothing was handed in yet, by the deadline that holds now."""
    found = await _awaited(db, person, payload, now)
    if isinstance(found, Drop):
        return found
    due, which = found.due, Reminder[payload["reminder"]]
    if due is None or stored(due) != payload["due"]:
        return Drop("moved")
    if (now >= due) is not (which is Reminder.AFTER):
        return Drop("too-late")
    text = words.reminder(found.task, which, due, draft=found.draft, cutoff=found.cutoff, now=now)
    return _with_card(text, found)


async def verdict(
    db: Database,
    person: Person,  # noqa: ARG001 - a composer's signature
    payload: Mapping[str, Any],
    now: datetime,  # noqa: ARG001 - the same
) -> Screen | Drop | Later:
    """A work was judged, and the verdict was not taken back."""
    review = await db.read(reviews.find, int(payload["review"]))
    if review is None or review.verdict is None or review.decided_at is None:
        return Drop("taken-back")
    if stored(review.decided_at) != payload["decided"]:
        return Drop("judged-again")
    work = await db.read(submissions.find, review.submission_id)
    task = None if work is None else await db.read(tasks.find, work.task_id)
    if work is None or task is None:
        return Drop("gone")
    given = [
        (one.title, review.points[one.id], one.points)
        for one in task.criteria
        if one.id in review.points
    ]
    text = words.verdict(
        task,
        accepted=review.verdict is reviews.Verdict.ACCEPTED,
        comment=review.comment,
        voice=review.voice_file_id is not None,
        points=task_words.points(given),
    )
    listen = [button(card_words.LISTEN, Listen(review=review.id))] if review.voice_file_id else []
    return Screen(text, keyboard(listen, [button(card_words.OPEN_TASK, TaskCard(task=task.id))]))


async def question(
    db: Database,
    person: Person,  # noqa: ARG001 - a composer's signature
    payload: Mapping[str, Any],
    now: datetime,  # noqa: ARG001 - the same
) -> Screen | Drop | Later:
    """A trainee asks whoever reviews."""
    asked = await db.read(questions.find, int(payload["question"]))
    if asked is None:
        return Drop("gone")
    if asked.answer is not None:
        return Drop("answered")
    task = await db.read(tasks.find, asked.task_id)
    trainee = await db.read(people.by_id, asked.person_id)
    if task is None or trainee is None:
        return Drop("gone")
    return Screen(
        review_words.question(task, full_name(trainee), asked.text),
        keyboard([button(review_words.ANSWER, Answer(question=asked.id))]),
    )


async def answer(
    db: Database,
    person: Person,  # noqa: ARG001 - a composer's signature
    payload: Mapping[str, Any],
    now: datetime,  # noqa: ARG001 - the same
) -> Screen | Drop | Later:
    """The answer to the trainee's question."""
    asked = await db.read(questions.find, int(payload["question"]))
    task = None if asked is None else await db.read(tasks.find, asked.task_id)
    if asked is None or task is None or asked.answer is None:
        return Drop("gone")
    return Screen(
        words.answered(task, asked.text, asked.answer),
        keyboard([button(card_words.OPEN_TASK, TaskCard(task=task.id))]),
    )


async def group_head(
    db: Database,
    person: Person,
    payload: Mapping[str, Any],
    now: datetime,  # noqa: ARG001 - a composer's signature
) -> Screen | Drop | Later:
    """Somebody leads a group of trainees, if they still do."""
    led = await db.read(trainee_groups.led_by, person.id)
    group = next((one for one in led if one.id == payload["group"]), None)
    if group is None:
        return Drop("leads-no-longer")
    to_journal = [button(group_words.OPEN_JOURNAL, GroupJournal(group=group.id))]
    return Screen(group_words.became_head(group), keyboard(to_journal))


async def works_wait(
    db: Database,
    person: Person,
    payload: Mapping[str, Any],  # noqa: ARG001 - a composer's signature
    now: datetime,
) -> Screen | Drop | Later:
    """Works wait for an expert who is entrusted with them: as many as there are now."""
    found = await db.read(calls.waiting, entrusted_reviewer(person), now=now)
    if not found:
        return Drop("nothing-waits")
    to_queue = [button(review_words.OPEN_QUEUE, Queue())]
    return Screen(review_words.works_wait(found, now), keyboard(to_queue))


async def _awaited(
    db: Database, person: Person, payload: Mapping[str, Any], now: datetime
) -> Assigned | Drop:
    """The same question the person's list asks: is anything still to be handed in?"""
    task = await db.read(tasks.find, int(payload["task"]))
    if task is None or task.withdrawn:
        return Drop("withdrawn")
    found = await db.read(task_audience.one, task, person.id)
    if found is None:
        return Drop("not-asked")
    if rules.last(found.versions) is not None:
        return Drop("handed-in")
    if found.standing(now) in {Standing.MISSED, Standing.NOT_OPEN}:
        return Drop(found.standing(now).value)
    return found


def _with_card(text: str, found: Assigned) -> Screen:
    return Screen(text, keyboard([button(card_words.OPEN_TASK, TaskCard(task=found.task.id))]))


_WORDED: Mapping[str, Composer] = {
    task_notices.NEW: new_task,
    task_notices.MOVED: moved,
    task_notices.EXTENDED: extended,
    task_notices.REMINDER: reminder,
    verdicts.VERDICT: verdict,
    questions.QUESTION: question,
    questions.ANSWER: answer,
    trainee_groups.HEAD: group_head,
    calls.CALL: works_wait,
}
composers.update(_WORDED)
manners[calls.CALL] = Manner(topic=Topic.WORKS)
