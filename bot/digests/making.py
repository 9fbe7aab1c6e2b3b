"""Makes digests: figures, picture and workbook of everybody whose hour has come, in one process.

One copy of the database and one pass over the responses serve all of them; what each may see is
cut out of it. Readers of the same scopes share one picture and one workbook.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.digests.pictures import weekly_picture
from bot.region.data import collect, view_of
from bot.region.reporting import beside
from bot.texts.region import LABELS_OF_REGION, about
from reports.drawing import png
from reports.periods import PeriodKind, period_of
from reports.region import describe_region
from reports.region_data import Meeting, Questioned
from reports.region_figures import Figures, View, turn
from reports.weekly import Ahead, Met, Open, Satisfied, Screening, Tasks, Weekly
from reports.workbook import write
from storage.database import Connection, Database
from storage.events import events
from storage.files.scratch import scratch
from storage.people import places
from storage.questionnaires import campaigns, exports, inviting, turnout
from storage.questionnaires.campaigns import Phase
from storage.scopes import Scope, covered
from storage.summaries import digests, region
from storage.summaries.digests import Kind, Made
from storage.tasks import queue as review_queue
from storage.tasks import reports as task_reports
from storage.tasks import reviewers, tasks
from surveys.tasks import Standing

WEEK = timedelta(days=7)
SOON = timedelta(days=14)
"""A window that ends so soon and has no day yet needs its organiser now."""
RECENT = timedelta(days=30)
"""Questionnaires opened so recently are named one by one."""


@dataclass(frozen=True)
class Reader:
    """Somebody who gets a digest: what they may see, and the figures of their last one."""

    person_id: int
    kind: Kind
    scopes: tuple[Scope, ...]
    before: str = ""


@dataclass(frozen=True)
class DigestOrder:
    """Whose digests to make, at this moment."""

    readers: tuple[Reader, ...]
    made_at: datetime
    zone: ZoneInfo


async def make(db: Database, order: DigestOrder, folder: Path) -> dict[tuple[int, Kind], Made]:
    """The digests of all readers, made outside the event loop.

    Raises:
        ReportFailedError: the process failed; its reason is in the log.
    """
    with scratch(folder) as name:
        target = Path(name)
        await beside(db, target, write_digests, order, target)
        return {
            (one.person_id, one.kind): Made(
                _file(target, one, "json").decode(),
                _file(target, one, "png") or None,
                _file(target, one, "xlsx") or None,
            )
            for one in order.readers
        }


def _file(folder: Path, reader: Reader, ending: str) -> bytes:
    path = _path(folder, reader, ending)
    return path.read_bytes() if path.exists() else b""


def _path(folder: Path, reader: Reader, ending: str) -> Path:
    return folder / f"{reader.kind}-{reader.person_id}.{ending}"


def write_digests(copy: Path, order: DigestOrder, target: Path) -> None:
    """Write `kind-person.json`, `.png` and `.xlsx` of every reader with something to say."""
    with exports.opened(copy) as conn:
        today = order.made_at.astimezone(order.zone).date()
        data = collect(conn, period_of(PeriodKind.YEAR, today), order.made_at, order.zone)
        titles = places.titles(conn)
        shared: dict[tuple[Scope, ...], Reader] = {}
        for reader in order.readers:
            figures = Figures(data, view_of(conn, reader.scopes))
            whom = about(reader.scopes, titles, None)
            weekly = _weekly(conn, reader, figures, order, whom)
            if weekly.nothing_to_say:
                continue
            _path(target, reader, "json").write_text(weekly.model_dump_json())
            if reader.kind is not Kind.COORDINATOR or _school(figures):
                continue
            if (same := shared.get(reader.scopes)) is not None:
                for ending in ("png", "xlsx"):
                    _path(target, reader, ending).hardlink_to(_path(target, same, ending))
                continue
            shared[reader.scopes] = reader
            picture = weekly_picture(weekly, figures)
            _path(target, reader, "png").write_bytes(png(picture))
            report = describe_region(data, figures.view, LABELS_OF_REGION, about=whom)
            write(report, _path(target, reader, "xlsx"))


def _weekly(
    conn: Connection, reader: Reader, figures: Figures, order: DigestOrder, whom: str
) -> Weekly:
    match reader.kind:
        case Kind.COORDINATOR:
            return _coordinators(conn, reader, figures, order, whom)
        case Kind.ORGANISER:
            return _organisers(conn, reader, figures, order, whom)
        case Kind.TRAINEE:
            return _trainees(conn, reader, figures, order)


def _meetings(
    conn: Connection,
    figures: Figures,
    order: DigestOrder,
    whom: str,
    scopes: tuple[Scope, ...],
    *,
    only: frozenset[int] | None = None,
) -> Weekly:
    """This week's meetings, those without a day, and how last week's went."""
    now = order.made_at.astimezone(order.zone).replace(tzinfo=None)
    mine = [
        one
        for one in (figures.meetings if only is None else figures.data.meetings)
        if not one.cancelled and (only is None or one.id in only)
    ]
    ahead = [one for one in mine if one.starts_at and now <= one.starts_at < now + WEEK]
    undated = [
        one
        for one in mine
        if one.starts_at is None
        and one.window[1] is not None
        and (one.window[0] or now.date()) <= (now + SOON).date()
        and now.date() <= one.window[1]
    ]
    met = [one for one in mine if one.starts_at and now - WEEK <= one.starts_at < now]
    view = figures.view

    def shown(one: Meeting) -> Ahead:
        found = events.find(conn, one.id)
        may = only is not None or (found is not None and covered(conn, scopes, found.scope))
        return Ahead(
            id=one.id,
            title=one.title,
            starts_at=None if found is None else found.starts_at,
            window_end=one.window[1],
            mine=may,
            said=sum(one.said.values()) if only is not None else view.people(one.said),
        )

    return Weekly(
        about=whom,
        monday=now.date() - timedelta(days=now.weekday()),
        ahead=tuple(
            shown(one) for one in sorted(ahead, key=lambda one: (str(one.starts_at), one.id))
        ),
        without_day=tuple(
            shown(one) for one in sorted(undated, key=lambda one: (str(one.window[1]), one.id))
        ),
        met=tuple(
            Met(
                id=one.id,
                title=one.title,
                said=sum(one.said.values()) if only is not None else view.people(one.said),
                came=sum(one.came.values()) if only is not None else view.people(one.came),
            )
            for one in met
        ),
    )


def _coordinators(
    conn: Connection, reader: Reader, figures: Figures, order: DigestOrder, whom: str
) -> Weekly:
    crowd = region.crowd(conn, reader.scopes, order.made_at - WEEK)
    only = _school_meetings(conn, reader, figures) if _school(figures) else None
    base = _meetings(conn, figures, order, whom, reader.scopes, only=only)
    return base.model_copy(
        update={
            "open": tuple(_open(conn, reader, order.made_at)),
            "tasks": _tasks(conn, reader, order.made_at),
            "screening": _screening(conn, reader, order.made_at),
            "satisfied": ()
            if _school(figures)
            else tuple(_satisfied(figures.questioned, figures.today, figures.view)),
            "people": crowd.people,
            "new": crowd.new,
            "unreachable": crowd.unreachable,
            "new_unreachable": crowd.new_unreachable,
        }
    )


def _school(figures: Figures) -> bool:
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
    last = Weekly.model_validate_json(reader.before) if reader.before else None
    past = {one.id: one.answered for one in last.open} if last else {}
    found = []
    for seen in campaigns.list_for_staff(conn, reader.scopes):
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
    for seen in campaigns.list_for_staff(conn, reader.scopes):
        if seen.campaign.screening and seen.campaign.phase(now) is Phase.OPEN:
            counted = turnout.turnout(conn, seen.campaign, reader.scopes)
            if counted is not None and counted.invited:
                return Screening(took_part=counted.answered, asked=counted.invited)
    return None


def _organisers(
    conn: Connection, reader: Reader, figures: Figures, order: DigestOrder, whom: str
) -> Weekly:
    """One's own events: their days, who came, and what they all said of it."""
    own = region.organised_by(conn, reader.person_id)
    base = _meetings(conn, figures, order, whom, reader.scopes, only=own)
    asked = {one.campaign for one in figures.data.meetings if one.id in own}
    mine = [one for one in figures.data.questioned if one.id in asked]
    return base.model_copy(update={"satisfied": tuple(_satisfied(mine, figures.today, View()))})


def _satisfied(asked: Iterable[Questioned], today: date, view: View) -> Iterable[Satisfied]:
    """Recent questionnaires with a share that may be shown, the newest first."""
    recent = [one for one in asked if one.measured and one.opened >= today - RECENT]
    for one in sorted(recent, key=lambda one: (one.opened, one.id), reverse=True):
        share = turn(one, view).satisfied
        if share is not None and share.interval is not None:
            yield Satisfied(
                name=one.name,
                share=share.value,
                low=share.interval.low,
                high=share.interval.high,
                n=share.n,
            )


def _trainees(conn: Connection, reader: Reader, figures: Figures, order: DigestOrder) -> Weekly:
    """One's own week: what one said one would come to, what waits for an answer, what was."""
    own = region.signed_up(conn, reader.person_id) | region.visited(conn, reader.person_id)
    base = _meetings(conn, figures, order, "", (), only=own)
    waiting = region.waiting_for(conn, reader.person_id, order.made_at)
    asked = [campaigns.find(conn, number) for number in sorted(waiting)]
    visited = region.visited(conn, reader.person_id)
    return base.model_copy(
        update={
            "without_day": (),
            "met": tuple(one for one in base.met if one.id in visited),
            "open": tuple(
                Open(
                    id=one.id,
                    name=one.subject or one.title,
                    closes_at=one.closes_at,
                    invited=1,
                    answered=0,
                    change=None,
                    mine=False,
                )
                for one in asked
                if one is not None
            ),
        }
    )


def reader_of(
    conn: Connection, person_id: int, kind: Kind, scopes: tuple[Scope, ...], week: str
) -> Reader:
    """The reader with the figures of their last digest."""
    return Reader(person_id, kind, scopes, digests.before(conn, person_id, kind, week))
