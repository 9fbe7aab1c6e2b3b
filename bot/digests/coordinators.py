"""A coordinator's week: what waits, how questionnaires and tasks stand, who is new."""

from collections.abc import Iterable
from datetime import datetime

from pydantic import ValidationError

from bot.digests.orders import DigestOrder, Reader
from bot.digests.parts import WEEK, meetings, satisfied
from reports.region_figures import Figures
from reports.weekly import Open, Screening, Tasks, Weekly
from storage.database import Connection
from storage.events import events
from storage.questionnaires import inviting, overseeing, turnout
from storage.questionnaires.campaigns import Phase
from storage.scopes import covered
from storage.summaries import region
from storage.tasks import queue as review_queue
from storage.tasks import reports as task_reports
from storage.tasks import reviewers, tasks
from surveys.tasks import Standing


def coordinators(
    conn: Connection, reader: Reader, figures: Figures, order: DigestOrder, whom: str
) -> Weekly:
    """Everything of one's territory."""
    crowd = region.crowd(conn, reader.scopes, order.made_at - WEEK)
    only = _school_meetings(conn, reader, figures) if school(figures) else None
    base = meetings(conn, figures, order, whom, reader.scopes, only=only)
    return base.model_copy(
        update={
            "open": tuple(_open(conn, reader, order.made_at)),
            "tasks": _tasks(conn, reader, order.made_at),
            "screening": _screening(conn, reader, order.made_at),
            "satisfied": ()
            if school(figures)
            else tuple(satisfied(figures.questioned, figures.today, figures.view)),
            "people": crowd.people,
            "new": crowd.new,
            "unreachable": crowd.unreachable,
            "new_unreachable": crowd.new_unreachable,
        }
    )


def school(figures: Figures) -> bool:
    """Whether the reader has organisations only: what is counted by municipality is not theirs."""
    return figures.view.municipalities == frozenset()


def _school_meetings(conn: Connection, reader: Reader, figures: Figures) -> frozenset[int]:
    found = ((one.id, events.find(conn, one.id)) for one in figures.data.meetings)
    return frozenset(
        number
        for number, meeting in found
        if meeting is not None and covered(conn, reader.scopes, meeting.scope)
    )


def _open(conn: Connection, reader: Reader, now: datetime) -> Iterable[Open]:
    """Open questionnaires, the one that closes first before the others."""
    last = _last(reader)
    past = {one.id: one.answered for one in last.open} if last else {}
    found = []
    for seen in overseeing.list_for_staff(conn, reader.scopes):
        campaign = seen.campaign
        if campaign.screening or campaign.phase(now) is not Phase.OPEN:
            continue
        counted = turnout.turnout(conn, campaign, reader.scopes)
        if counted is not None and counted.invited:
            then = past.get(campaign.id)
            found.append(
                Open(
                    id=campaign.id,
                    name=campaign.subject or campaign.title,
                    closes_at=campaign.closes_at,
                    invited=counted.invited,
                    answered=counted.answered,
                    change=None if then is None else counted.answered - then,
                    mine=seen.manages,
                    may_nudge=inviting.nudging(conn, campaign, reader.scopes, now=now).people > 0,
                )
            )
    return sorted(found, key=lambda one: one.closes_at)


def _last(reader: Reader) -> Weekly | None:
    """The last digest; None where there is none, or one of a release that wrote it otherwise."""
    try:
        return Weekly.model_validate_json(reader.before) if reader.before else None
    except ValidationError:
        return None


def _tasks(conn: Connection, reader: Reader, now: datetime) -> Tasks:
    waiting = review_queue.queue(conn, reviewers.leading(reader.person_id, reader.scopes), now=now)
    rows = [
        row
        for task in tasks.list_for_staff(conn, reader.scopes)
        for row in task_reports.rows(conn, task, reader.scopes, now=now)
    ]
    return Tasks(
        waiting=len(waiting),
        overdue=sum(row.standing is Standing.OVERDUE for row in rows),
        at_risk=len({row.person.id for row in rows if row.at_risk}),
    )


def _screening(conn: Connection, reader: Reader, now: datetime) -> Screening | None:
    """Only that it runs and how many took part, and not even that of a few."""
    for seen in overseeing.list_for_staff(conn, reader.scopes):
        if seen.campaign.screening and seen.campaign.phase(now) is Phase.OPEN:
            counted = turnout.turnout(conn, seen.campaign, reader.scopes)
            if counted is not None and counted.invited:
                return Screening(took_part=counted.answered, asked=counted.invited)
    return None
