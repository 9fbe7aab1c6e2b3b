"""A figure of the period beside that of the one before it, with a change that can be checked."""

from reports.region_labels import RegionLabels
from reports.report import Column, Computed, Format, Rule, TableCell

CHANGES = {
    Format.INTEGER: Format.CHANGE,
    Format.NUMBER: Format.DRIFT,
    Format.SHARE: Format.POINTS,
}
"""How a difference of two values is shown, by how they are."""


def compared(
    measure: str, form: Format, labels: RegionLabels, *, zoned: bool = False
) -> tuple[Column, Column]:
    """The two columns that follow a measure, or stand apart from it."""
    change = labels.change_in_points if form is Format.SHARE else labels.change_of
    return (
        Column(labels.earlier.format(measure=measure), form, zoned),
        Column(change.format(measure=measure[:1].lower() + measure[1:]), CHANGES[form]),
    )


def beside(now: float | None, then: float | None, at: int, there: int) -> list[TableCell]:
    """The value of the period before, which will stand in column `there`; `now` stands in `at`."""
    change = None if now is None or then is None else now - then
    return [then, Computed(change, Rule.DIFFERENCE, at, there)]
