"""The report on a questionnaire that was opened for an audience: from responses to meaning."""

from reports import anonymous, dictionary, figures, item_tables, method, records, summary, tally
from reports.hiding import Hiding, decide
from reports.item_tables import Counted
from reports.joining import JoinedItem, join
from reports.labels import Labels
from reports.report import Note, Page, Report, Sheet
from reports.responses import CampaignData, Respondent, Response
from reports.tally import Value
from surveys.questionnaire import Measure

__all__ = ["CampaignData", "Respondent", "Response", "describe"]


def describe(data: CampaignData, labels: Labels) -> Report:
    """The report by meaning; to be printed by `reports.workbook.write`.

    Reads all responses once (the printer reads them again), so call it outside the event loop.
    """
    joined = join(data.versions, labels.items.other)
    counts = tally.count(data.responses(), joined, _high(joined))
    hiding = decide(data, counts)
    items = item_tables.counted(joined, counts, hiding, labels.items)
    newest = data.versions[max(data.versions)]
    return Report(
        title=newest.title,
        subject=data.subject,
        made_at=data.made_at.astimezone(data.zone).replace(tzinfo=None),
        sheets=(
            summary.page(data, counts, hiding, items, labels),
            *_data_sheets(data, hiding, items, labels),
            dictionary.sheet(data, joined, labels),
            method.page(data, list(joined), hiding, labels),
        ),
        words=labels.words,
    )


def _high(joined: tuple[JoinedItem, ...]) -> dict[str, frozenset[Value]]:
    return {
        item.name: figures.satisfying(item)
        for item in joined
        if item.item.measure is Measure.SATISFACTION
    }


def _data_sheets(
    data: CampaignData, hiding: Hiding, items: list[Counted], labels: Labels
) -> list[Sheet]:
    if hiding.closed_to_all:
        titles = (labels.sheets.answers, labels.sheets.codes)
        return [Page(title, (Note(labels.records.withheld),), heading=title) for title in titles]
    if not hiding.anonymous:
        plan = records.named(data, (each.item for each in items), labels)
        return [plan.words(), plan.codes()]
    plan = anonymous.rows(data, hiding, items, labels)
    written = anonymous.written(data, hiding, items, labels)
    return [plan.words(), plan.codes(), *([written] if written else [])]
