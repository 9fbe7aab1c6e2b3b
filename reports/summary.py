"""The first sheet: what a head of a methodical service reads in a minute, then the details."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, tzinfo

from reports import figures, item_tables, municipality_table
from reports.hiding import Hiding
from reports.item_tables import Counted
from reports.labels import FigureLabels, Labels
from reports.report import TOO_FEW, Block, Figure, Figures, Format, Note, Page
from reports.responses import CampaignData
from reports.tally import Tally
from surveys import statistics
from surveys.questionnaire import Anonymity, Measure
from surveys.suppression import MINIMUM

TARGET = 0.75
"""The roadmaps' target for the share of the satisfied (indicator «Доля ТМС, удовлетворённых
методическими услугами», 75 %)."""


def page(
    data: CampaignData, tally: Tally, hiding: Hiding, items: list[Counted], labels: Labels
) -> Page:
    """The sheet; nothing but the count where nothing else may be shown."""
    newest = data.versions[max(data.versions)]
    return Page(
        labels.sheets.summary,
        tuple(_blocks(data, tally, hiding, items, labels)),
        heading=newest.title,
        subtitle=_subtitle(data, labels.figures),
    )


def _subtitle(data: CampaignData, labels: FigureLabels) -> str:
    anonymous = data.anonymity is Anonymity.ANONYMOUS
    template = labels.subtitle_anonymous if anonymous else labels.subtitle_named
    return template.format(
        subject=f"{data.subject} · " if data.subject else "",
        opens=day(data.opens_at, data.zone),
        closes=day(data.closes_at, data.zone),
    )


def day(moment: datetime, zone: tzinfo) -> str:
    """The date in the reader's zone, as written in tables."""
    return f"{moment.astimezone(zone):%d.%m.%Y}"


def percent(share: float) -> str:
    """A share in words of a sentence: decimal comma, no-break space."""
    return f"{share * 100:.1f}".replace(".", ",") + "\N{NO-BREAK SPACE}%"


def _blocks(
    data: CampaignData, tally: Tally, hiding: Hiding, items: list[Counted], labels: Labels
) -> Iterator[Block]:
    words = labels.figures
    if hiding.closed_to_all:
        yield Figures(words.title, tuple(_participation(data, tally, hiding.visible(), words)))
        yield Note(
            words.still_open.format(date=day(data.closes_at, data.zone))
            if hiding.still_open
            else words.few
        )
        return
    satisfaction = [each for each in items if each.item.item.measure is Measure.SATISFACTION]
    yield Figures(
        words.title,
        (
            *_participation(data, tally, hiding.visible(), words),
            *_satisfaction(tally, hiding, satisfaction, words),
            *_measures(items, words),
        ),
    )
    if tally.people.total() == 0:
        yield Note(words.nobody)
        return
    if verdict := _verdict(tally, hiding, words):
        yield Note(verdict)
    if hiding.anonymous:
        yield Note(words.hidden)
        if hiding.scope is not None and hiding.scope & hiding.municipalities:
            yield Note(words.left_out)
    newest = data.versions[max(data.versions)]
    yield from item_tables.band_blocks(newest.bands, items, labels.items)
    yield from item_tables.grade_blocks(items, labels.items)
    yield from municipality_table.blocks(data, tally, hiding, satisfaction, labels.municipalities)
    yield from item_tables.other_blocks(items, labels.items)


def _participation(
    data: CampaignData,
    tally: Tally,
    groups: frozenset[str | None] | None,
    labels: FigureLabels,
) -> Iterator[Figure]:
    invited = sum(
        count for group, count in data.invited.items() if groups is None or group in groups
    )
    people = sum(
        count for group, count in tally.people.items() if groups is None or group in groups
    )
    if invited:
        yield Figure(labels.invited, invited, Format.INTEGER)
    # In a part of an anonymous campaign even the number is one that other reports hide.
    if groups is not None and data.anonymity is Anonymity.ANONYMOUS and people < MINIMUM:
        yield Figure(labels.responded, TOO_FEW, Format.INTEGER)
        return
    yield Figure(labels.responded, people, Format.INTEGER)
    if invited:
        yield Figure(labels.rate, people / invited, Format.SHARE)


def _satisfied(tally: Tally, hiding: Hiding) -> statistics.Share | None:
    groups = hiding.visible()
    chosen = tally.asked if groups is None else groups
    asked = sum(tally.asked[group] for group in chosen)
    if not hiding.shows(asked):
        return None
    return statistics.share(sum(tally.content[group] for group in chosen), asked)


def _satisfaction(
    tally: Tally, hiding: Hiding, satisfaction: list[Counted], labels: FigureLabels
) -> Iterator[Figure]:
    share = _satisfied(tally, hiding)
    if share is None:
        return
    yield Figure(
        labels.satisfied,
        share.value,
        Format.SHARE,
        interval=(share.interval.low, share.interval.high) if share.interval else None,
        target=TARGET,
        zoned=True,
        note=labels.of_people.format(count=share.count, people=share.n),
    )
    grades: Counter[float] = sum(
        (figures.grades_of(each.item, each.counts) for each in satisfaction if each.shown),
        start=figures.no_grades(),
    )
    if (mean := figures.mean(grades)) is not None:
        highest = max(max(figures.scale(each.item).values()) for each in satisfaction)
        note = labels.of_grades.format(count=grades.total(), highest=f"{highest:g}")
        yield Figure(labels.mean, mean, Format.NUMBER, note=note)
        yield Figure(labels.median, figures.median(grades), Format.NUMBER)


def _measures(items: list[Counted], labels: FigureLabels) -> Iterator[Figure]:
    for each in items:
        measure = each.item.item.measure
        if measure is None or measure not in labels.by_measure or not each.shown:
            continue
        counts = each.counts
        if measure is Measure.EFFECT:
            positive = sum(
                times
                for value, times in counts.items()
                if isinstance(value, str) and each.item.scores.get(value, 0) > 0
            )
            share = statistics.share(positive, figures.grades_of(each.item, counts).total())
            if share:
                yield Figure(
                    labels.by_measure[measure],
                    share.value,
                    Format.SHARE,
                    interval=(share.interval.low, share.interval.high) if share.interval else None,
                    note=each.title,
                )
        else:
            mean = figures.mean(figures.grades_of(each.item, counts))
            if mean is not None:
                yield Figure(labels.by_measure[measure], mean / 100, Format.SHARE, note=each.title)


def _verdict(tally: Tally, hiding: Hiding, labels: FigureLabels) -> str | None:
    share = _satisfied(tally, hiding)
    if share is None or share.interval is None:
        return None
    low, high = share.interval.low, share.interval.high
    if low >= TARGET:
        key = "surely"
    elif share.value >= TARGET:
        key = "probably"
    elif high >= TARGET:
        key = "not yet"
    else:
        key = "surely not"
    return labels.verdict[key].format(
        share=percent(share.value),
        low=percent(low),
        high=percent(high),
        target=f"{TARGET:.0%}".replace("%", "\N{NO-BREAK SPACE}%"),
    )
