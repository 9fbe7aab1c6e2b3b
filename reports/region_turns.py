"""What a view of the region sees of a questionnaire, as far as it may be shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reports import figures
from reports.region_data import Area, Grades, Place, Questioned
from surveys import statistics
from surveys.statistics import Share


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
