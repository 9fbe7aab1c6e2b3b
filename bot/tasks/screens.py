"""A trainee's screens of case tasks: the list, the card, the draft, the receipt, the history."""

from datetime import datetime

from bot.keyboards import Row, button, keyboard, pages, rows, to_menu
from bot.rights import Action, scopes_for
from bot.screens import Screen
from bot.situation import Situation
from bot.tasks import desk_screens
from bot.tasks.callbacks import (
    AskBack,
    Discard,
    HandIn,
    Listen,
    MyTasks,
    PutAside,
    SendIn,
    TakeOut,
    TaskCard,
    Templates,
    Versions,
)
from bot.tasks.desk_callbacks import Desk
from bot.texts import handing_in as handing_words
from bot.texts import my_tasks as words
from bot.texts import tasks as task_words
from bot.texts.people import short_name
from storage.people import people
from storage.tasks import audience as task_audience
from storage.tasks import programmes, reviews, submissions, tasks
from storage.tasks.audience import Assigned
from storage.tasks.reviews import Review
from storage.tasks.sending import Sent
from storage.tasks.submissions import Item, Submission
from storage.tasks.tasks import Task
from surveys.tasks import Refusal, Standing, VersionState, attempt_of_next

SIZE = 8
SECTION = 5
"""Lines of one part of the list; the buttons below lead to all."""
IN_A_ROW = 5


def to_list() -> Row:
    """The way back to one's tasks."""
    return [button(words.TO_LIST, MyTasks())]


def to_card(task: int) -> Row:
    """The way back to the card."""
    return [button(words.TO_CARD, TaskCard(task=task))]


def gone() -> Screen:
    """No such task for this person."""
    return Screen(words.GONE, keyboard(to_list()))


async def listing(situation: Situation, page: int) -> Screen:
    """One's own tasks by urgency; staff also get the way to those they give out."""
    now = situation.local
    found = await situation.db.read(task_audience.of_person, situation.person.id, now=situation.now)
    staff = scopes_for(situation.person, Action.SET_TASKS, situation.admin_ids)
    desk = [button(words.ALL_MINE, Desk())] if staff else []
    if not found and staff:  # whoever only gives tasks out wants to see those
        return await desk_screens.listing(situation, staff, 0)
    if not found:
        return Screen(words.EMPTY, keyboard(to_menu()))
    standings = [(each, each.standing(situation.now)) for each in found]
    parts = [words.HEAD]
    for section in Standing:
        own = [
            (each.task.number, each.task.title, each.due if _pressing(of) else None)
            for each, of in standings
            if of is section
        ]
        if own:
            parts.append(words.section(section, own[:SECTION], now))
    made = [
        button(
            words.listed(of, each.task.number, each.task.title, draft=each.draft),
            TaskCard(task=each.task.id),
        )
        for each, of in standings
    ]
    shown = pages(made, lambda to: MyTasks(page=to), page=page, size=SIZE)
    return Screen("\n\n".join(parts), keyboard(*shown, desk, to_menu()))


def _pressing(of: Standing) -> bool:
    return of in {Standing.OVERDUE, Standing.THIS_WEEK, Standing.RETURNED, Standing.LATER}


async def own(situation: Situation, task_id: int) -> Assigned | None:
    """The task as it stands for whoever is here."""
    db = situation.db
    task = await db.read(tasks.find, task_id)
    if task is None:
        return None
    return await db.read(task_audience.one, task, situation.person.id)


async def card(situation: Situation, found: Assigned, *, note: str = "") -> Screen:
    """One's own task."""
    task, now = found.task, situation.now
    of = found.standing(now)
    text = words.task_card(
        task,
        of,
        due=found.due,
        cutoff=found.cutoff,
        opens=found.dates.opens,
        extended=found.extended is not None and found.extended == found.dates.due,
        draft=found.draft,
        waits_for_previous=found.waits_for_previous,
        stage=await situation.db.read(programmes.place, task.id),
        attempts=attempt_of_next(found.versions) - 1,
        now=situation.local,
    )
    back = await situation.db.read(reviews.last_return, task.id, situation.person.id)
    ways: list[Row] = []
    refusal = found.refusal(now)
    if refusal is None:
        label = words.GO_ON if found.draft else words.HAND_IN
        if of is Standing.WAITING and not found.draft:
            label = words.REPLACE
        ways.append([button(label, HandIn(task=task.id))])
    elif of is Standing.MISSED or refusal is Refusal.NO_ATTEMPTS:
        text += f"\n\n{await why_not(situation, found, refusal)}"
    if back is not None and of in {Standing.RETURNED, Standing.OVERDUE}:
        text += f"\n\n{words.returned_for(back.comment)}"
        ways.append(_listen(back))
    more = []
    if await situation.db.read(tasks.templates, task.id):
        more.append(button(words.TEMPLATES, Templates(task=task.id)))
    if any(one.state is not VersionState.DRAFT for one in found.versions):
        more.append(button(words.VERSIONS, Versions(task=task.id)))
    more.append(button(words.ASK, AskBack(task=task.id)))
    text = f"{note}\n\n{text}" if note else text
    return Screen(text, keyboard(*ways, *rows(more, 2), to_list()))


async def why_not(situation: Situation, found: Assigned, refusal: Refusal) -> str:
    """The refusal, with whom to ask."""
    author = found.task.created_by
    whom = None if author is None else await situation.db.read(people.by_id, author)
    return handing_words.refused(
        refusal,
        ask="" if whom is None else short_name(whom),
        cutoff=found.cutoff,
        now=situation.local,
    )


async def draft(
    situation: Situation, found: Assigned, draft: Submission, *, note: str = ""
) -> Screen:
    """What is collected, each with a button that takes it out."""
    items = await situation.db.read(submissions.items, draft.id)
    back = await situation.db.read(reviews.last_return, found.task.id, situation.person.id)
    waiting = any(one.state is VersionState.WAITING for one in found.versions)
    text = handing_words.collecting(
        found.task,
        items,
        due=found.due,
        now=situation.local,
        reason="" if back is None or waiting else words.returned_for(back.comment),
        replaces=waiting,
        note=note,
    )
    out = [
        button(handing_words.without(place), TakeOut(item=one.id))
        for place, one in enumerate(items, 1)
    ]
    send = [button(handing_words.SEND, SendIn(submission=draft.id))] if items else []
    task = found.task.id
    aside = [
        button(handing_words.ASIDE, PutAside(task=task)),
        button(handing_words.DISCARD, Discard(task=task)),
    ]
    listen = [] if back is None or waiting else _listen(back)
    return Screen(text, keyboard(*rows(out, IN_A_ROW), listen, send, aside))


def _listen(back: Review) -> Row:
    """The button to a reason that was spoken."""
    return [button(words.LISTEN, Listen(review=back.id))] if back.voice_file_id else []


def receipt(sent: Sent, now: datetime) -> Screen:
    """What was handed in."""
    task = sent.assigned.task
    text = handing_words.receipt(task, sent.submission, sent.items, now=now, again=sent.again)
    return Screen(text, keyboard(to_card(task.id), to_list()))


async def history(situation: Situation, found: Assigned) -> Screen:
    """Every version with what was said about it."""
    db, task = situation.db, found.task
    lines, listen = [], []
    for one in await db.read(submissions.history, task.id, situation.person.id):
        review = await db.read(reviews.of_submission, one.id)
        decided = review is not None and review.verdict is not None
        voice = bool(decided and review and review.voice_file_id)
        lines.append(
            words.version(
                one,
                comment=review.comment if decided and review else "",
                voice=voice,
                points=task.points_of(review.points) if decided and review else None,
                now=situation.local,
            )
        )
        if voice and review is not None:
            listen.append([button(f"{words.LISTEN} · № {one.id}", Listen(review=review.id))])
    kept = lines[-8:]
    return Screen(words.versions(task, kept), keyboard(*listen[-3:], to_card(task.id)))


def items_of(items: tuple[Item, ...]) -> list[str]:
    """A line for each thing of a work."""
    return [task_words.item_line(place, one) for place, one in enumerate(items, 1)]


def title(task: Task) -> str:
    """«4.1 Методическая разработка», plain."""
    return task_words.named(task.number, task.title)
