"""Plan and fact of the target indicators: computed where the bot knows, else entered by hand."""

from collections.abc import Callable, Iterable, Mapping

from reports.periods import Period
from reports.region_comparing import beside, compared
from reports.region_data import Entered, PeopleCount
from reports.region_figures import Figures, organisations
from reports.region_labels import RegionLabels
from reports.region_turns import together, turn
from reports.report import Column, Computed, Format, Rule, Shown, Table, TableCell
from surveys.indicators import Code, indicators

CENTRE_SERVICES = "centre_services"
"""The questionnaire that asks a ТМС about a centre's services."""


def computed(figures: Figures, code: Code, *, before: bool = False) -> float | None:
    """An indicator that the bot knows, in its unit; None where there is nothing to say.

    `before`: of the previous period. Growth is known of the period alone, and who was in which
    network is not kept.
    """
    period = figures.previous if before else figures.data.period
    if period is None:
        return None
    known: Mapping[Code, Callable[[], float | None]] = {
        Code.SATISFIED: lambda: _satisfied(figures, period),
        Code.ORGANISATIONS: lambda: _share_of_organisations(figures, period),
    }
    if not before:
        known = {
            **known,
            Code.IN_NETWORKS: lambda: _share_in_networks(figures),
            Code.TRANSLATING: lambda: _more_translating(figures),
            Code.MEMBERS: lambda: _more_members(figures),
        }
    return known[code]() if code in known else None


def _satisfied(figures: Figures, period: Period) -> float | None:
    opened = figures.opened(period)
    chosen = [one for one in opened if one.form == CENTRE_SERVICES]
    share = together(turn(one, figures.view) for one in chosen or opened).satisfied
    return None if share is None else share.value * 100


def _share_in_networks(figures: Figures) -> float | None:
    members = {name for network in figures.data.networks for name in network.members}
    own = figures.municipalities
    return 100 * sum(name in members for name in own) / len(own) if own else None


def _share_of_organisations(figures: Figures, period: Period) -> float | None:
    standing = figures.standing(period)
    if standing is None or not standing.organisations:
        return None
    return 100 * standing.active_organisations / standing.organisations


def _more_translating(figures: Figures) -> float | None:
    if not figures.networks or figures.previous is None:
        return None
    now, then = (
        figures.translating(one for one in figures.met(period) if one.area.network)
        for period in (figures.data.period, figures.previous)
    )
    return (now - then) / len(figures.networks)


def _more_members(figures: Figures) -> float | None:
    if not figures.networks or figures.data.people_before is None:
        return None
    members = {name for network in figures.networks for name in network.members}

    def within(counts: Iterable[PeopleCount]) -> int:
        return len(organisations(one for one in counts if one.municipality in members))

    more = within(figures.data.people) - within(figures.data.people_before)
    return more / len(figures.networks)


def indicator_table(figures: Figures, labels: RegionLabels) -> Table:
    """Every indicator with where its fact comes from, beside the fact of the period before."""
    rows: list[list[TableCell]] = []
    for each in indicators():
        entered = figures.data.indicators.get(each.code, Entered())
        known = computed(figures, each.code)
        plan = each.target if entered.plan is None else entered.plan
        fact = entered.fact if known is None else round(known, 6)
        source = labels.computed if known is not None else labels.entered
        if fact is None:
            source = labels.not_entered
        row: list[TableCell] = [
            each.name,
            each.unit,
            Shown(plan, Format.DRIFT) if each.relative else plan,
            fact,
            Computed(None if fact is None else fact - plan, Rule.DIFFERENCE, 3, 2),
            source,
        ]
        if figures.previous is not None:
            row += beside(fact, _fact_before(figures, each.code), 3, 6)
        rows.append(row)
    columns = [
        Column(labels.figure),
        Column(labels.unit),
        Column(labels.plan, Format.NUMBER),
        Column(labels.fact, Format.NUMBER),
        Column(labels.deviation, Format.DRIFT),
        Column(labels.source),
    ]
    if figures.previous is not None:
        columns += compared(labels.fact, Format.NUMBER, labels)
    return Table("", tuple(columns), rows, note=labels.indicators_note)


def _fact_before(figures: Figures, code: Code) -> float | None:
    if code.computed:
        known = computed(figures, code, before=True)
        return None if known is None else round(known, 6)
    return figures.data.indicators_before.get(code, Entered()).fact
