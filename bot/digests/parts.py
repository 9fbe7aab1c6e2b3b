"""What several kinds of digests tell: meetings of the week, and how satisfied people were."""

from collections.abc import Iterable
from datetime import date, timedelta

from bot.digests.orders import DigestOrder
from reports.region_data import Meeting, Questioned
from reports.region_figures import Figures
from reports.region_turns import View, turn
from reports.weekly import Ahead, Met, Satisfied, Weekly
from storage.database import Connection
from storage.events import events
from storage.scopes import Scope, covered

WEEK = timedelta(days=7)
SOON = timedelta(days=14)
"""A window that ends so soon and has no day yet needs its organiser now."""
RECENT = timedelta(days=30)
"""Questionnaires opened so recently are named one by one."""


def meetings(
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


def satisfied(asked: Iterable[Questioned], today: date, view: View) -> Iterable[Satisfied]:
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
