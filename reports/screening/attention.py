"""The sheet of schools to help first: named only where they may be shown, and by a told rule."""

from collections.abc import Iterator

from reports.report import Chart, Column, Comparison, Format, Note, Table
from reports.screening.data import Data
from reports.screening.labels import Labels
from reports.screening.shares import share_of, with_interval
from surveys.screening_attention import standouts


def attention(data: Data, labels: Labels) -> Iterator[Note | Table | Chart]:
    """The rule, the schools, a chart of them."""
    everybody = data.summary.everybody
    if everybody is None:
        yield Note(labels.too_few_all)
        return
    usual = share_of(everybody.high, everybody).value
    yield Note(labels.attention_rule.format(share=f"{usual:.0%}".replace("%", " %")))
    found = standouts(data.summary, data.places)
    if not found:
        yield Note(labels.attention_none)
        return
    table = Table(
        labels.attention,
        (
            Column(labels.school),
            Column(labels.people, Format.INTEGER),
            Column(labels.high, Format.SHARE),
            Column(labels.low, Format.SHARE),
            Column(labels.top, Format.SHARE),
            Column(labels.commonest),
        ),
        [
            (
                labels.school_in.format(school=one.organisation, place=one.municipality),
                one.figures.people,
                *with_interval(one.high),
                None if one.symptom is None else labels.symptoms[one.symptom],
            )
            for one in found
        ],
    )
    yield table
    yield Chart(labels.attention_chart, Comparison.RANKING, table, 0, (2,))
    yield Note(labels.prevention_always)
