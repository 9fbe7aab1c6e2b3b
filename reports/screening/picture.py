"""The summary on one page, as a picture."""

from collections.abc import Iterable

from reports import pictures
from reports.drawing import png
from reports.screening.data import Data
from reports.screening.labels import Labels
from reports.screening.shares import dominant, formed, share_of
from surveys.screening_attention import standouts
from surveys.statistics import Share

MOST = 12
"""Bars of a ranking: what a phone shows without scrolling far."""
MOST_NAMED = 6
"""Schools to help first; all of them stand in the workbook."""


def picture(data: Data, labels: Labels) -> bytes | None:
    """The summary on one page, as PNG; None where there is nothing to show."""
    everybody = data.summary.everybody
    if everybody is None:
        return None
    shares = [share_of(formed(everybody, index), everybody) for index in range(len(labels.phases))]
    ranked = sorted(
        (
            (name, share_of(dominant(everybody, index), everybody))
            for index, name in enumerate(labels.symptoms)
        ),
        key=lambda pair: -pair[1].value,
    )
    places = sorted(
        (
            (
                name,
                share_of(data.summary.places[name].figures.high, data.summary.places[name].figures),
            )
            for name in data.municipalities()
            if name in data.summary.places
        ),
        key=lambda pair: -pair[1].value,
    )
    asked = sum(data.invited.values())
    panels: list[pictures.Panel] = [
        pictures.Facts(
            (
                (str(everybody.people), labels.took_part),
                (pictures.percent(everybody.people / asked) if asked else "–", labels.rate),
                (pictures.percent(share_of(everybody.high, everybody).value), labels.high),
            )
        ),
        _bars(labels.formed_title, zip(labels.phases, shares, strict=True)),
        _bars(labels.symptoms_chart, ranked[:6]),
    ]
    named = standouts(data.summary, data.places)
    if named:
        rows = (
            (labels.school_in.format(school=one.organisation, place=one.municipality), one.high)
            for one in named[:MOST_NAMED]
        )
        panels.append(_bars(labels.attention, rows))
    if places:
        panels.append(_bars(labels.places_chart, places[:MOST]))
    return png(
        pictures.Picture(
            title=labels.title,
            subtitle=labels.under(data),
            panels=tuple(panels),
            foot=labels.picture_foot,
        )
    )


def _bars(title: str, rows: Iterable[tuple[str, Share]]) -> pictures.Bars:
    return pictures.Bars(
        title=title,
        bars=tuple(
            pictures.Bar(
                name,
                each.value,
                low=each.interval.low if each.interval else None,
                high=each.interval.high if each.interval else None,
            )
            for name, each in rows
        ),
    )
