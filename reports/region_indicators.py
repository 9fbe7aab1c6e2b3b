"""Plan and fact of the target indicators: computed where the bot knows, else entered by hand."""

from reports.region_data import Entered
from reports.region_figures import Figures
from reports.region_labels import RegionLabels
from reports.report import Column, Computed, Format, Rule, Shown, Table, TableCell
from surveys.indicators import indicators


def indicator_table(figures: Figures, labels: RegionLabels) -> Table:
    """Every indicator with where its fact comes from."""
    rows: list[list[TableCell]] = []
    for each in indicators():
        entered = figures.data.indicators.get(each.code, Entered())
        computed = figures.computed(each.code)
        plan = each.target if entered.plan is None else entered.plan
        fact = entered.fact if computed is None else round(computed, 6)
        source = labels.computed if computed is not None else labels.entered
        if fact is None:
            source = labels.not_entered
        rows.append(
            [
                each.name,
                each.unit,
                Shown(plan, Format.DRIFT) if each.relative else plan,
                fact,
                Computed(None if fact is None else fact - plan, Rule.DIFFERENCE, 3, 2),
                source,
            ]
        )
    return Table(
        "",
        (
            Column(labels.figure),
            Column(labels.unit),
            Column(labels.plan, Format.NUMBER),
            Column(labels.fact, Format.NUMBER),
            Column(labels.deviation, Format.DRIFT),
            Column(labels.source),
        ),
        rows,
        note=labels.indicators_note,
    )
