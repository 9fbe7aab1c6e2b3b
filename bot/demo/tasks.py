"""Case tasks of the demonstration: trainees, works that wait, came back or were accepted."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.texts import demo as words
from storage.database import Connection
from storage.people import invitations
from storage.people.people import Grant, Role
from storage.scopes import REGION
from storage.tasks import drafts, making, reviewers, reviewing, sending, submissions, verdicts
from storage.tasks.making import NewTask
from storage.tasks.reviews import Verdict
from storage.tasks.submissions import NewItem, Submission
from surveys.task_dates import Dates
from surveys.tasks import Content, Kind, Level

CODE = "demo-trainees"


def give_out(conn: Connection, author: int, trainees: Sequence[int], *, now: datetime) -> None:
    """Two tasks, and what these people have handed in; the character of the story has nothing yet.

    Args:
        conn: of the furnished database.
        author: the coordinator, who also reviews.
        trainees: people of the crowd who become trainees.
        now: when the demonstration begins.
    """
    before = now - timedelta(days=4)
    invitations.create(
        conn,
        CODE,
        Grant(Role.TRAINEE, REGION),
        created_by=author,
        now=before,
        expires_at=now + timedelta(days=1),
        uses=len(trainees),
    )
    for person in trainees:
        invitations.use(conn, CODE, person, now=before)
    first = NewTask(
        scope=REGION,
        title=words.TASK_TITLE,
        body=words.TASK_BODY,
        kind=Kind.CASE,
        level=Level.CREATIVE,
        dates=Dates(before, now + timedelta(days=6), now + timedelta(days=13)),
        number="4.1",
        criteria=words.TASK_CRITERIA,
        review_by=now + timedelta(days=16),
    )
    number = making.create(conn, first, author=author, now=before)
    second = NewTask(
        scope=REGION,
        title=words.SECOND_TASK_TITLE,
        body=words.SECOND_TASK_BODY,
        kind=Kind.BOOKLET,
        level=Level.REPRODUCTIVE,
        dates=Dates(before, now + timedelta(days=20)),
        number="4.2",
    )
    making.create(conn, second, author=author, now=before)
    for place, person in enumerate(trainees):
        at = before + timedelta(hours=5 * (place + 1))
        _hand_in(conn, number, person, place, at)
        if place % 3 == 0:
            _judge(conn, author, number, person, Verdict.RETURNED, at=at + timedelta(hours=3))
        elif place % 3 == 1:
            _judge(conn, author, number, person, Verdict.ACCEPTED, at=at + timedelta(hours=3))
    _hand_in(conn, number, trainees[0], len(trainees), now - timedelta(hours=2))


def _hand_in(conn: Connection, task: int, person: int, place: int, at: datetime) -> None:
    draft = drafts.begin(conn, task, person, now=at)
    if not isinstance(draft, Submission):
        return
    text = words.WORKS[place % len(words.WORKS)]
    link = f"https://disk.example.ru/urok-{place}"
    drafts.add(
        conn,
        task,
        person,
        [NewItem("1", Content.TEXT, text), NewItem("2", Content.LINK, link)],
    )
    sending.send(conn, draft.id, person, now=at)


def _judge(
    conn: Connection, author: int, task: int, person: int, verdict: Verdict, *, at: datetime
) -> None:
    (newest,) = submissions.history(conn, task, person)[-1:]
    reviewer = reviewers.leading(author, (REGION,))
    opened = reviewing.claim(conn, newest.id, reviewer, now=at)
    if not isinstance(opened, reviewing.Opened):
        return
    for one in opened.task.criteria:
        reviewing.give_points(conn, newest.id, one.id, one.points - 1, reviewer, now=at)
    remark = words.REMARKS[verdict is Verdict.ACCEPTED]
    reviewing.comment(conn, newest.id, reviewer, now=at, text=remark)
    verdicts.decide(conn, newest.id, verdict, reviewer, now=at)
