"""The figures of the region, a network, a municipality or a community, for a period."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reports import figures
from reports.periods import Period
from reports.region_data import (
    Area,
    Grades,
    Meeting,
    NetworkInfo,
    PeopleCount,
    Place,
    Questioned,
    RegionData,
    TaskCount,
)
from surveys import statistics
from surveys.indicators import Code
from surveys.statistics import Share

TRANSLATING_SECTION = 5
"""Of a roadmap: «обобщение и распространение опыта»."""
CENTRE_SERVICES = "centre_services"
"""The questionnaire that asks a ТМС about a centre's services."""


@dataclass(frozen=True)
class View:
    """What a summary is about: `municipalities` None is the whole region."""

    municipalities: frozenset[str] | None = None
    networks: frozenset[str] = frozenset()
    community: str | None = None

    def holds(self, municipality: str) -> bool:
        """Whether people of this municipality belong to it."""
        return self.municipalities is None or municipality in self.municipalities

    def touches(self, area: Area, members: Mapping[str, Sequence[str]]) -> bool:
        """Whether an event or questionnaire of that area concerns it, perhaps among others."""
        if self.municipalities is None:
            return True
        if area.municipality:
            return area.municipality in self.municipalities
        if area.network:
            return not self.municipalities.isdisjoint(members.get(area.network, ()))
        return True

    def people(self, places: Mapping[Place, int]) -> int:
        """Those of the counted people who belong to it."""
        return sum(
            count
            for (municipality, community), count in places.items()
            if self.holds(municipality) and self.community in {None, community}
        )


@dataclass(frozen=True)
class Turn:
    """How a questionnaire (or several) went: `grades` None is hidden."""

    invited: int
    grades: Grades | None

    @property
    def rate(self) -> float | None:
        """Sent ones by invited ones."""
        if self.grades is None or not self.invited:
            return None
        return self.grades.people / self.invited

    @property
    def satisfied(self) -> Share | None:
        """The share of the satisfied with its interval."""
        if self.grades is None:
            return None
        return statistics.share(self.grades.content, self.grades.asked)

    @property
    def mean(self) -> float | None:
        """The mean grade."""
        return None if self.grades is None else figures.mean(self.grades.grades)

    @property
    def median(self) -> float | None:
        """The median grade."""
        return None if self.grades is None else figures.median(self.grades.grades)

    def __add__(self, other: "Turn") -> "Turn":
        """Together; what is hidden on one side adds neither its answers nor its invitations."""
        if other.grades is None:
            return self
        if self.grades is None:
            return other
        return Turn(self.invited + other.invited, self.grades + other.grades)


NOTHING = Turn(0, None)


def turn(one: Questioned, view: View) -> Turn:
    """How one questionnaire went, as far as the view goes and as far as it may be shown."""
    if view.municipalities is None:
        return Turn(sum(one.invited.values()), one.whole)
    shown = [place for place in one.shown if view.holds(place)]
    everybody = sum(n for place, n in one.invited.items() if view.holds(place))
    if not shown:
        return Turn(everybody, _nobody(one, everybody))
    invited = sum(one.invited.get(place, 0) for place in shown) if one.anonymous else everybody
    return Turn(invited, sum((one.shown[place] for place in shown), start=Grades()))


def turn_in(one: Questioned, municipality: str) -> Turn:
    """How it went in one municipality."""
    invited = one.invited.get(municipality, 0)
    return Turn(invited, one.shown.get(municipality, _nobody(one, invited)))


def _nobody(one: Questioned, invited: int) -> Grades | None:
    """No answers: told of a named questionnaire; of an anonymous one they look like a few."""
    return Grades() if invited and not one.anonymous else None


def together(turns: Iterable[Turn]) -> Turn:
    """Several questionnaires together."""
    return sum(turns, start=NOTHING)


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
            organisations=len(_organisations(mine)),
            active_organisations=len(_organisations(one for one in mine if one.active)),
            meetings=self.counted(self.met(period), seen),
            asked=together(turn(one, seen) for one in questioned),
            questionnaires=len(questioned),
        )

    def _mine(self, one: PeopleCount, view: View) -> bool:
        return view.holds(one.municipality) and view.community in {None, one.community}

    def by_organisation(self) -> dict[tuple[str, str], tuple[int, int, int]]:
        """People, of them new and active; by municipality too, for names of schools repeat."""
        found: dict[tuple[str, str], tuple[int, int, int]] = {}
        for one in self.data.people:
            if self._mine(one, self.view):
                key = (one.municipality, one.organisation)
                people, new, active = found.get(key, (0, 0, 0))
                found[key] = (people + one.people, new + one.new, active + one.active)
        return found

    def network_view(self, network: NetworkInfo) -> View:
        """One network, within this view's community."""
        return View(frozenset(network.members), frozenset({network.id}), self.view.community)

    def own_meetings(self, network: NetworkInfo, period: Period | None) -> list[Meeting]:
        """Meetings of the network's own plan."""
        return [one for one in self.met(period) if one.area.network == network.id]

    def tasks(self, *, before: bool = False) -> list[TaskCount]:
        """Submissions by municipality, of the period or of the one before it."""
        counts = self.data.tasks_before if before else self.data.tasks
        return self._grouped(counts, lambda one: one.municipality)

    def tasks_by_level(self) -> list[TaskCount]:
        """The same by level, in the order of their names."""
        return self._grouped(self.data.tasks, lambda one: one.level)

    def _grouped(
        self, counts: Iterable[TaskCount], name: Callable[[TaskCount], str]
    ) -> list[TaskCount]:
        found: dict[str, TaskCount] = {}
        for one in counts:
            if self.view.holds(one.municipality):
                key = name(one)
                found[key] = found[key] + one if key in found else one
        return [found[key] for key in sorted(found)]

    def computed(self, code: Code) -> float | None:
        """An indicator that the bot knows, in its unit; None where there is nothing to say."""
        known: Mapping[Code, Callable[[], float | None]] = {
            Code.SATISFIED: self._satisfied,
            Code.IN_NETWORKS: self._share_in_networks,
            Code.ORGANISATIONS: self._share_of_organisations,
            Code.TRANSLATING: self._more_translating,
            Code.MEMBERS: self._more_members,
        }
        return known[code]() if code in known else None

    def _satisfied(self) -> float | None:
        opened = self.opened(self.data.period)
        chosen = [one for one in opened if one.form == CENTRE_SERVICES]
        share = together(turn(one, self.view) for one in chosen or opened).satisfied
        return None if share is None else share.value * 100

    def _share_in_networks(self) -> float | None:
        members = {name for network in self.data.networks for name in network.members}
        own = self.municipalities
        return 100 * sum(name in members for name in own) / len(own) if own else None

    def _share_of_organisations(self) -> float | None:
        standing = self.standing(self.data.period)
        if standing is None or not standing.organisations:
            return None
        return 100 * standing.active_organisations / standing.organisations

    def _more_translating(self) -> float | None:
        if not self.networks or self.previous is None:
            return None
        more = self._translating(self.data.period) - self._translating(self.previous)
        return more / len(self.networks)

    def _more_members(self) -> float | None:
        if not self.networks or self.data.people_before is None:
            return None
        more = self._in_networks(self.data.people) - self._in_networks(self.data.people_before)
        return more / len(self.networks)

    def _translating(self, period: Period) -> int:
        return sum(
            one.section == TRANSLATING_SECTION and self.is_held(one) and bool(one.area.network)
            for one in self.met(period)
        )

    def _in_networks(self, counts: Iterable[PeopleCount]) -> int:
        members = {name for network in self.networks for name in network.members}
        return len(_organisations(one for one in counts if one.municipality in members))


def _organisations(counts: Iterable[PeopleCount]) -> set[tuple[str, str]]:
    return {(one.municipality, one.organisation) for one in counts if one.organisation}
