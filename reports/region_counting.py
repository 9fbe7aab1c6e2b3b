"""From the responses to a questionnaire to the figures that may be shown of it.

What is hidden is decided by `reports.hiding` on the whole campaign, whoever reads: so the same
municipalities are hidden in every sheet, of every reader, for every choice of filters, and sums
are made of shown municipalities only. What is not in a sum cannot be subtracted from it.
"""

from collections.abc import Mapping

from reports import figures, tally
from reports.hiding import Hiding, decide
from reports.joining import JoinedItem, join
from reports.region_data import UNKNOWN, Area, Grades, Questioned
from reports.responses import CampaignData
from reports.tally import Municipality, Tally
from surveys.questionnaire import Measure


def questioned(
    data: CampaignData,
    *,
    number: int,
    area: Area,
) -> Questioned:
    """Counts all responses of a campaign once; `data.scope` must be None."""
    joined = join(data.versions, "")
    measuring = {
        item.name: figures.satisfying(item)
        for item in joined
        if item.item.measure is Measure.SATISFACTION
    }
    counts = tally.count(data.responses(), joined, measuring)
    hiding = decide(data, counts)
    graded = [item for item in joined if item.name in measuring]
    newest = data.versions[max(data.versions)]
    return Questioned(
        id=number,
        form=newest.id,
        title=newest.title,
        subject=data.subject,
        area=area,
        opened=data.opens_at.astimezone(data.zone).date(),
        closes=data.closes_at.astimezone(data.zone).date(),
        anonymous=hiding.anonymous,
        measured=bool(measuring),
        invited={place or UNKNOWN: people for place, people in data.invited.items()},
        count=counts.people.total(),
        whole=None if hiding.closed_to_all else _whole(counts, hiding, graded),
        shown={} if hiding.closed_to_all else dict(_shown(counts, hiding, graded)),
    )


def _whole(counts: Tally, hiding: Hiding, graded: list[JoinedItem]) -> Grades:
    asked = counts.asked.total()
    # A part of those who took part may have been asked: that part must be large enough too.
    satisfaction = hiding.shows(asked)
    shown = [item for item in graded if hiding.shows(counts.items[item.name].people())]
    return Grades(
        counts.people.total(),
        asked if satisfaction else 0,
        counts.content.total() if satisfaction else 0,
        sum(
            (figures.grades_of(item, counts.items[item.name].counts()) for item in shown),
            start=figures.no_grades(),
        ),
    )


def _shown(counts: Tally, hiding: Hiding, graded: list[JoinedItem]) -> Mapping[str, Grades]:
    found: dict[str, Grades] = {}
    groups: set[Municipality] = {group for group in counts.people if counts.people[group]}
    for group in groups - hiding.municipalities:
        found[group or UNKNOWN] = Grades(
            counts.people[group],
            counts.asked[group],
            counts.content[group],
            sum(
                (
                    figures.grades_of(item, counts.items[item.name].counts((group,)))
                    for item in graded
                    if group not in hiding.by_item.get(item.name, ())
                ),
                start=figures.no_grades(),
            ),
        )
    return found
