"""The figures of the region, a network, a municipality or a community, for a period."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from reports.periods import Period
from reports.region_data import (
    Meeting,
    NetworkInfo,
    PeopleCount,
    Questioned,
    RegionData,
    TaskCount,
)
from reports.region_turns import Turn, View, together, turn

TRANSLATING_SECTION = 5
"""Of a roadmap: «обобщение и распространение опыта»."""


Name = TypeVar("Name")


@dataclass(frozen=True)
class Heads:
    """Numbers of people: all, of them new, out of reach, active."""

    people: int = 0
    new: int = 0
    unreachable: int = 0
    active: int = 0

    def __add__(self, other: "Heads") -> "Heads":
        """Together."""
        return Heads(
            self.people + other.people,
            self.new + other.new,
            self.unreachable + other.unreachable,
            self.active + other.active,
        )

    @property
    def activity(self) -> float | None:
        """The share of the active; None of nobody."""
        return self.active / self.people if self.people else None


@dataclass(frozen=True)
class Meetings:
    """Meetings of a period: planned (not cancelled), held, without a day; who said and came."""

    planned: int
    held: int
    without_day: int
    said: int
    came: int


@dataclass(frozen=True)
class Standing:
    """The key figures of a view in a period."""

    people: int
    new: int
    unreachable: int
    active: int
    organisations: int
    active_organisations: int
    meetings: Meetings
    asked: Turn
    questionnaires: int


class Figures:
    """A cut of the data: one view, the data's period and the one before it."""

    def __init__(self, data: RegionData, view: View) -> None:
        self.data = data
        self.view = view
        self.members = {network.id: network.members for network in data.networks}
        self.today = data.made_at.astimezone(data.zone).date()
        self.municipalities = tuple(name for name in data.municipalities if view.holds(name))
        self.networks = tuple(
            network
            for network in data.networks
            if view.municipalities is None
            or network.id in view.networks
            or (not view.networks and not view.municipalities.isdisjoint(network.members))
        )
        self.questioned = [one for one in data.questioned if view.touches(one.area, self.members)]
        self.meetings = [one for one in data.meetings if view.touches(one.area, self.members)]

    @property
    def previous(self) -> Period | None:
        """The period to compare with."""
        return self.data.previous

    def opened(self, period: Period | None) -> list[Questioned]:
        """Questionnaires that were opened within the period, oldest first."""
        if period is None:
            return []
        return [one for one in self.questioned if period.start <= one.opened < period.end]

    def met(self, period: Period | None) -> list[Meeting]:
        """Meetings whose day, or the end of whose window, lies within the period."""
        if period is None:
            return []
        found = [
            one
            for one in self.meetings
            if not one.cancelled and one.day is not None and period.start <= one.day < period.end
        ]
        return sorted(found, key=lambda one: (one.day or date.max, one.id))

    def is_held(self, meeting: Meeting) -> bool:
        """Whether it has taken place: its named day has come."""
        return meeting.starts_at is not None and meeting.starts_at <= self.data.made_at.astimezone(
            self.data.zone
        ).replace(tzinfo=None)

    def counted(self, meetings: Iterable[Meeting], view: View | None = None) -> Meetings:
        """The figures of these meetings."""
        all_ = list(meetings)
        held = [one for one in all_ if self.is_held(one)]
        seen = view or self.view
        return Meetings(
            planned=len(all_),
            held=len(held),
            without_day=sum(one.starts_at is None for one in all_),
            said=sum(seen.people(one.said) for one in held),
            came=sum(seen.people(one.came) for one in held),
        )

    def standing(self, period: Period | None, view: View | None = None) -> Standing | None:
        """The key figures of the period (the data's own or the one before); None: there is none."""
        seen = view or self.view
        now = period == self.data.period
        counts = self.data.people if now else self.data.people_before
        if period is None or counts is None:
            return None
        mine = [one for one in counts if self._mine(one, seen)]
        questioned = self.opened(period)
        return Standing(
            people=sum(one.people for one in mine),
            new=sum(one.new for one in mine),
            unreachable=sum(one.unreachable for one in mine),
            active=sum(one.active for one in mine),
            organisations=len(organisations(mine)),
            active_organisations=len(organisations(one for one in mine if one.active)),
            meetings=self.counted(self.met(period), seen),
            asked=together(turn(one, seen) for one in questioned),
            questionnaires=len(questioned),
        )

    def _mine(self, one: PeopleCount, view: View) -> bool:
        return view.holds(one.municipality) and view.community in {None, one.community}

    def heads(
        self,
        name: Callable[[PeopleCount], Name],
        *,
        before: bool = False,
        view: View | None = None,
    ) -> dict[Name, Heads]:
        """People by what `name` says of them, of the period or of the one before it."""
        counts = self.data.people_before if before else self.data.people
        seen = view or self.view
        found: dict[Name, Heads] = {}
        for one in counts or ():
            if self._mine(one, seen):
                key = name(one)
                here = Heads(one.people, one.new, one.unreachable, one.active)
                found[key] = found.get(key, Heads()) + here
        return found

    def network_view(self, network: NetworkInfo) -> View:
        """One network, within this view's community."""
        return View(frozenset(network.members), frozenset({network.id}), self.view.community)

    def translating(self, meetings: Iterable[Meeting]) -> int:
        """How many of them have carried a network's experience further."""
        return sum(one.section == TRANSLATING_SECTION and self.is_held(one) for one in meetings)

    def own_meetings(self, network: NetworkInfo, period: Period | None) -> list[Meeting]:
        """Meetings of the network's own plan."""
        return [one for one in self.met(period) if one.area.network == network.id]

    def tasks(self, *, before: bool = False) -> list[TaskCount]:
        """Submissions by municipality, of the period or of the one before it."""
        counts = self.data.tasks_before if before else self.data.tasks
        return self._grouped(counts, lambda one: one.municipality)

    def tasks_by_level(self, *, before: bool = False) -> list[TaskCount]:
        """The same by level, in the order of their names."""
        counts = self.data.tasks_before if before else self.data.tasks
        return self._grouped(counts, lambda one: one.level)

    def _grouped(
        self, counts: Iterable[TaskCount], name: Callable[[TaskCount], str]
    ) -> list[TaskCount]:
        found: dict[str, TaskCount] = {}
        for one in counts:
            if self.view.holds(one.municipality):
                key = name(one)
                found[key] = found[key] + one if key in found else one
        return [found[key] for key in sorted(found)]


def organisations(counts: Iterable[PeopleCount]) -> set[tuple[str, str]]:
    """Every organisation of these counts, with its municipality: names of schools repeat."""
    return {(one.municipality, one.organisation) for one in counts if one.organisation}
