"""What a report on an anonymous campaign must not show, decided once for everybody.

The rule: a group of fewer than `MINIMUM` people is not shown, and what remains when all groups
that are shown are subtracted from the total is again either nobody or at least `MINIMUM` people.
It holds for the campaign and for every item on its own, because fewer people answer an item than
take part.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from reports.responses import CampaignData
from reports.tally import Municipality, Tally
from surveys.questionnaire import Anonymity

MINIMUM = 5


def suppressed(
    counts: Mapping[Municipality, int],
    minimum: int = MINIMUM,
    *,
    already: Collection[Municipality] = (),
) -> frozenset[Municipality]:
    """The groups to hide: those that are too small, then the smallest others as needed.

    `already` are hidden for another reason. A remainder of nobody needs no cover: it says only
    that nobody of these groups answered.
    """
    hidden = {group for group, people in counts.items() if people < minimum}
    hidden.update(group for group in already if group in counts)
    shown = sorted(
        (group for group in counts if group not in hidden),
        key=lambda group: (counts[group], group or ""),
        reverse=True,
    )
    while shown and 0 < sum(counts[group] for group in hidden) < minimum:
        hidden.add(shown.pop())
    return frozenset(hidden)


@dataclass(frozen=True)
class Hiding:
    """What is shown to this reader.

    `closed_to_all`: nothing but the count. `municipalities` are not shown at all; `visible` gives
    the municipalities whose answers an item's figures may be made of (None: all of them).
    """

    anonymous: bool
    closed_to_all: bool
    still_open: bool
    municipalities: frozenset[Municipality]
    scope: frozenset[Municipality] | None
    by_item: Mapping[str, frozenset[Municipality]]

    def visible(self, item: str | None = None) -> frozenset[Municipality] | None:
        """The municipalities that count, for one item or for the campaign; None: all."""
        if self.scope is None or not self.anonymous:
            return self.scope
        return self.scope - (self.municipalities if item is None else self.by_item[item])

    def shows(self, people: int) -> bool:
        """Whether figures of so many people may be shown."""
        return people >= MINIMUM if self.anonymous else people > 0


def decide(data: CampaignData, tally: Tally) -> Hiding:
    """What this report hides; always decided on the whole campaign, whatever its scope."""
    anonymous = data.anonymity is Anonymity.ANONYMOUS
    still_open = data.made_at < data.closes_at
    groups: set[Municipality] = {*data.invited, *tally.people}
    hidden: frozenset[Municipality] = frozenset()
    by_item: dict[str, frozenset[Municipality]] = {}
    if anonymous:
        hidden = _hidden(groups, tally)
        by_item = {
            name: suppressed({group: item.answered[group] for group in groups}, already=hidden)
            for name, item in tally.items.items()
        }
    scope = None if data.scope is None else frozenset[Municipality](data.scope)
    visible = _people(tally, scope - hidden if scope is not None else None)
    return Hiding(
        anonymous=anonymous,
        closed_to_all=anonymous and (still_open or visible < MINIMUM),
        still_open=anonymous and still_open,
        municipalities=hidden,
        scope=scope,
        by_item=by_item,
    )


def _hidden(groups: Iterable[Municipality], tally: Tally) -> frozenset[Municipality]:
    # One set for the number of people and for the satisfied share, grown until both are safe.
    groups = list(groups)
    people = {group: tally.people[group] for group in groups}
    hidden = suppressed(people)
    if not tally.asked.total():
        return hidden
    asked = {group: tally.asked[group] for group in groups}
    while (grown := suppressed(people, already=suppressed(asked, already=hidden))) != hidden:
        hidden = grown
    return hidden


def _people(tally: Tally, groups: Collection[Municipality] | None) -> int:
    if groups is None:
        return tally.people.total()
    return sum(tally.people[group] for group in groups)
