"""What a report on an anonymous campaign must not show, decided once for everybody.

The rule: a group of fewer than `MINIMUM` people is not shown, and what remains when all groups
that are shown are subtracted from the total is again either nobody or at least `MINIMUM` people.
It holds for the campaign and for every item on its own, because fewer people answer an item than
take part. `surveys.suppression` finds the groups; here they are put together for one report.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from reports.responses import CampaignData
from reports.tally import Municipality, Tally
from surveys.expressions import Expression, parse
from surveys.questionnaire import Anonymity, Item, Questionnaire
from surveys.suppression import MINIMUM, one_way


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
        by_item = _by_item(groups, tally, hidden, depends(data.versions.values()))
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
    people = {group: tally.people[group] for group in groups}
    hidden = one_way(people)
    if not tally.asked.total():
        return hidden
    asked = {group: tally.asked[group] for group in people}
    while (grown := one_way(people, hidden=one_way(asked, hidden=hidden))) != hidden:
        hidden = grown
    return hidden


def _by_item(
    groups: Iterable[Municipality],
    tally: Tally,
    hidden: frozenset[Municipality],
    looks_at: Mapping[str, frozenset[str]],
) -> dict[str, frozenset[Municipality]]:
    """As `surveys.suppression.by_item`, on top of what the satisfied share hides."""
    found: dict[str, frozenset[Municipality]] = {}
    for name, item in tally.items.items():
        inherited = hidden.union(*(found.get(other, hidden) for other in looks_at.get(name, ())))
        found[name] = one_way({group: item.answered[group] for group in groups}, hidden=inherited)
    return found


def depends(versions: Iterable[Questionnaire]) -> dict[str, frozenset[str]]:
    """The items that an item's conditions look at, its groups' included, over all versions."""
    found: dict[str, frozenset[str]] = {}
    for questionnaire in versions:
        for item in questionnaire.items:
            names = {
                name
                for source in conditions(questionnaire, item)
                if isinstance(expression := parse(source), Expression)
                for name in expression.references
            }
            found[item.name] = found.get(item.name, frozenset()) | names
    return found


def conditions(questionnaire: Questionnaire, item: Item) -> list[str]:
    """Every condition that decides whether the item is asked: its own and those of its groups."""
    found = [item.relevant] if item.relevant else []
    groups = {group.name: group for group in questionnaire.groups}
    above = groups.get(item.group or "")
    while above is not None:
        if above.relevant:
            found.append(above.relevant)
        above = groups.get(above.parent or "")
    return found


def _people(tally: Tally, groups: Collection[Municipality] | None) -> int:
    if groups is None:
        return tally.people.total()
    return sum(tally.people[group] for group in groups)
