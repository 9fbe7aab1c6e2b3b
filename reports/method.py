"""«Как считалось»: every definition the figures rest on."""

from reports.hiding import Hiding
from reports.joining import JoinedItem
from reports.labels import Labels
from reports.report import Column, Note, Page, Table
from reports.responses import CampaignData
from reports.summary import day
from surveys.questionnaire import Measure


def page(data: CampaignData, items: list[JoinedItem], hiding: Hiding, labels: Labels) -> Page:
    """The sheet with the definitions that this report uses."""
    words = labels.method
    definitions = list(words.always)
    if any(item.item.measure is Measure.SATISFACTION for item in items):
        definitions += words.satisfaction
    definitions += words.anonymous if hiding.anonymous else words.named
    table = Table("", (Column(words.term), Column(words.definition)), definitions)
    newest = data.versions[max(data.versions)]
    about = [
        words.made.format(
            moment=f"{data.made_at.astimezone(data.zone):%d.%m.%Y %H:%M}", zone=data.zone
        ),
        words.period.format(
            opens=day(data.opens_at, data.zone), closes=day(data.closes_at, data.zone)
        ),
        words.versions.format(versions=", ".join(map(str, sorted(data.versions)))),
    ]
    if data.subject:
        about.insert(0, words.subject.format(subject=data.subject))
    return Page(
        labels.sheets.method,
        (table, *(Note(line) for line in about)),
        heading=words.title,
        subtitle=newest.title,
    )
