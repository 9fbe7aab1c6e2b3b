"""Which schools a screening names as those to help first: a rule over what may be shown anyway.

Only the frozen summary is looked at, so the list tells nothing that its tables do not: a school
that may not be shown is not named, whatever its share.
"""

from collections.abc import Collection
from dataclasses import dataclass

from surveys.boyko_key import Degree
from surveys.screening_groups import Figures, Summary
from surveys.statistics import Share, share


@dataclass(frozen=True, slots=True)
class Standout:
    """A school where the share of people with a high level is larger than usual, not by chance.

    `symptom` is the place (from 0) of what dominates most often; None where nothing does.
    """

    municipality: str
    organisation: str
    figures: Figures
    high: Share
    symptom: int | None


def standouts(
    summary: Summary, municipalities: Collection[str] | None = None
) -> tuple[Standout, ...]:
    """The schools to help first, the highest share first; of these municipalities only.

    A school is named if even the lower end of the 95 % interval of its share (Wilson, see
    `surveys.statistics.share`) lies above the share of all who took part.
    """
    everybody = summary.everybody
    if everybody is None:
        return ()
    usual = everybody.high / everybody.people
    found = []
    for place, shown in summary.places.items():
        if municipalities is not None and place not in municipalities:
            continue
        for school, figures in shown.organisations.items():
            high = share(figures.high, figures.people)
            if high is not None and high.interval is not None and high.interval.low > usual:
                found.append(Standout(place, school, figures, high, _commonest(figures)))
    return tuple(
        sorted(found, key=lambda one: (-one.high.value, one.municipality, one.organisation))
    )


def _commonest(figures: Figures) -> int | None:
    counts = [symptom.get(Degree.DOMINANT, 0) for symptom in figures.symptoms]
    return counts.index(max(counts)) if any(counts) else None
