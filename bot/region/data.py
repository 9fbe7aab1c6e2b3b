"""The data of the region's workbook, read from a copy of the database.

Costly (every response is read once), so it runs in the process that makes the files, once for all
readers of one moment: what each may see is cut out of it afterwards.
"""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.campaigns.reporting import response_of
from reports import region_data as data
from reports.periods import Period
from reports.region_counting import questioned
from reports.region_data import Area, RegionData
from reports.region_turns import View
from reports.responses import CampaignData, Response
from storage.database import Connection
from storage.people import networks, organisations
from storage.questionnaires import campaigns as stored_campaigns
from storage.questionnaires import exports
from storage.questionnaires.campaigns import Campaign
from storage.scopes import REGION, Scope, ScopeKind, municipalities_in
from storage.screening import setup as screening_setup
from storage.summaries import indicators, region
from storage.summaries.region import AskedCampaign, HeldMeeting
from storage.tasks import reports as task_reports
from storage.tasks import tasks
from surveys.indicators import Code
from surveys.reference import municipalities


def collect(
    conn: Connection,
    period: Period,
    made_at: datetime,
    zone: ZoneInfo,
    *,
    community: str | None = None,
    scope: Scope = REGION,
) -> RegionData:
    """Everything of the region; `scope` chooses whose indicators were entered by hand.

    With a community named questionnaires are counted for its people alone, and anonymous ones are
    left out: their answers hold no community.
    """
    # A screening is a health record: its groups are ten at least, and have a report of their own.
    asked = [one for one in region.campaigns(conn) if not one.campaign.screening]
    taken = [one for one in asked if community is None or not one.campaign.anonymous]
    previous = period.previous(made_at.astimezone(zone).date())
    return RegionData(
        made_at=made_at,
        zone=zone,
        period=period,
        previous=previous,
        municipalities=municipalities(),
        people=_people(conn, period, zone),
        people_before=None if previous is None else _people(conn, previous, zone),
        networks=tuple(
            data.NetworkInfo(str(one.id), one.title, one.kind, one.leader, one.members)
            for one in networks.every(conn)
        ),
        meetings=tuple(_meeting(conn, one, zone) for one in region.meetings(conn)),
        questioned=tuple(_questioned(conn, one, made_at, zone, community) for one in taken),
        tasks=tuple(_tasks(conn, period, made_at, zone, community)),
        tasks_before=()
        if previous is None
        else tuple(_tasks(conn, previous, made_at, zone, community)),
        headcounts=_headcounts(conn),
        indicators=_entered(conn, scope, period.school_year),
        indicators_before={}
        # Within one school year what was entered for it is no comparison with itself.
        if previous is None or previous.school_year == period.school_year
        else _entered(conn, scope, previous.school_year),
        left_out=len(asked) - len(taken),
    )


def view_of(conn: Connection, scopes: tuple[Scope, ...], community: str | None = None) -> View:
    """What somebody with these scopes sees: all of them together."""
    towns = municipalities_in(conn, scopes)
    if towns is None:
        return View(None, community=community)
    nets = frozenset(scope.ref for scope in scopes if scope.kind is ScopeKind.NETWORK)
    return View(towns, nets, community)


def _people(conn: Connection, period: Period, zone: ZoneInfo) -> tuple[data.PeopleCount, ...]:
    return tuple(
        data.PeopleCount(
            one.municipality,
            one.organisation,
            one.community,
            one.people,
            one.new,
            one.unreachable,
            one.active,
        )
        for one in region.people(conn, *period.bounds(zone))
    )


def _entered(conn: Connection, scope: Scope, year: str) -> dict[Code, data.Entered]:
    return {
        Code(code): data.Entered(one.plan, one.fact)
        for code, one in indicators.entered(conn, scope, year).items()
        if code in set(Code)
    }


def _headcounts(conn: Connection) -> dict[str, int]:
    """By municipality: its own number, or else those of its organisations together."""
    loaded = screening_setup.headcounts(conn)
    schools: dict[str, int] = {}
    for (place, organisation), count in loaded.items():
        if organisation:
            schools[place] = schools.get(place, 0) + count
    return schools | {place: count for (place, school), count in loaded.items() if not school}


def _tasks(
    conn: Connection, period: Period, now: datetime, zone: ZoneInfo, community: str | None
) -> Iterator[data.TaskCount]:
    """Tasks whose deadline, or without one their opening, lies within the period, as they stand."""
    rows: dict[tuple[str, str], list[task_reports.Row]] = {}
    for task in tasks.list_for_staff(conn, (REGION,)):
        day = (task.dates.due or task.dates.opens).astimezone(zone).date()
        if not period.start <= day < period.end:
            continue
        for row in task_reports.rows(conn, task, (REGION,), now=now):
            if community in {None, row.person.community}:
                key = (row.person.municipality or "", task.level or "")
                rows.setdefault(key, []).append(row)
    for (place, level), of in sorted(rows.items()):
        counted = task_reports.progress(of)
        yield data.TaskCount(
            municipality=place,
            level=level,
            given=counted.asked,
            submitted=sum(row.attempts > 0 for row in of),
            accepted=counted.accepted_in_all,
            at_first=counted.accepted.get(1, 0),
            at_second=counted.accepted.get(2, 0),
            late=counted.late,
            waiting=counted.waiting,
        )


def _area(conn: Connection, scope: Scope) -> Area:
    """What is an organisation's counts for its municipality."""
    town = scope.ref if scope.kind is ScopeKind.MUNICIPALITY else ""
    if scope.kind is ScopeKind.ORGANISATION:
        town = organisations.municipality_of(conn, scope.ref)
    return Area(network=scope.ref if scope.kind is ScopeKind.NETWORK else "", municipality=town)


def _meeting(conn: Connection, one: HeldMeeting, zone: ZoneInfo) -> data.Meeting:
    meeting = one.meeting
    starts = meeting.starts_at
    title = f"{meeting.title} ({meeting.label})" if meeting.label else meeting.title
    return data.Meeting(
        id=meeting.id,
        number=meeting.number,
        section=meeting.section,
        title=title,
        area=_area(conn, meeting.scope),
        starts_at=None if starts is None else starts.astimezone(zone).replace(tzinfo=None),
        window=(meeting.window_start, meeting.window_end),
        cancelled=meeting.cancelled,
        said=one.said,
        came=one.came,
        campaign=one.campaign_id,
    )


def _questioned(
    conn: Connection,
    one: AskedCampaign,
    made_at: datetime,
    zone: ZoneInfo,
    community: str | None,
) -> data.Questioned:
    campaign = one.campaign
    invited: dict[str, int] = {}
    for (place, of), count in one.invited.items():
        if community in {None, of}:
            invited[place] = invited.get(place, 0) + count
    return questioned(
        CampaignData(
            versions={
                campaign.questionnaire_version: stored_campaigns.questionnaire_of(conn, campaign)
            },
            subject=campaign.subject,
            opens_at=campaign.opens_at,
            closes_at=campaign.closes_at,
            made_at=made_at,
            zone=zone,
            anonymity=campaign.anonymity,
            invited=invited,
            responses=lambda: _responses(conn, campaign, community),
        ),
        number=campaign.id,
        area=_area(conn, campaign.scope),
    )


def _responses(conn: Connection, campaign: Campaign, community: str | None) -> Iterator[Response]:
    for one in exports.responses(conn, campaign):
        if community in {None, one.community}:
            yield response_of(one, campaign.questionnaire_version)
