"""«Данные»: every shown count as a row of its own, for those who pivot.

Both periods are there, marked: so whoever pivots compares whatever they like.
"""

from collections.abc import Iterator

from reports.region_figures import Figures
from reports.region_labels import RegionLabels
from reports.region_turns import turn_in
from reports.report import Cell, Column, Format, Records

Row = tuple[Cell, ...]


def tidy(figures: Figures, labels: RegionLabels) -> Records:
    """Long and flat: kind, object, date, municipality, measure, value, of how many, period."""
    columns = (
        Column(labels.source),
        Column(labels.object),
        Column(labels.date, Format.DATE),
        Column(labels.municipality),
        Column(labels.measure),
        Column(labels.value, Format.INTEGER),
        Column(labels.of, Format.INTEGER),
        Column(labels.when),
    )
    return Records(
        labels.sheets.data, columns, lambda: _rows(figures, labels), lambda row: row, frozen=2
    )


def _rows(figures: Figures, labels: RegionLabels) -> Iterator[Row]:
    for before in (False, True) if figures.previous is not None else (False,):
        when = labels.periods[before]
        for part in (_people, _meetings, _questionnaires, _tasks):
            for row in part(figures, labels, before=before):
                yield (*row, when)


def _people(figures: Figures, labels: RegionLabels, *, before: bool) -> Iterator[Row]:
    names = labels.measures
    found = figures.heads(lambda one: (one.municipality, one.community), before=before)
    for (municipality, community), one in sorted(found.items()):
        head = (labels.kinds["people"], community or labels.unknown, None,
                municipality or labels.unknown)  # fmt: skip
        yield (*head, names.people, one.people, None)
        yield (*head, names.new, one.new, one.people)
        yield (*head, names.active, one.active, one.people)


def _meetings(figures: Figures, labels: RegionLabels, *, before: bool) -> Iterator[Row]:
    names, kind = labels.measures, labels.kinds["meeting"]
    for meeting in figures.met(figures.previous if before else figures.data.period):
        for measure, counts in ((names.said, meeting.said), (names.came, meeting.came)):
            here: dict[str, int] = {}
            for (place, community), number in counts.items():
                if figures.view.people({(place, community): number}):
                    here[place] = here.get(place, 0) + number
            for place, number in sorted(here.items()):
                head = (kind, meeting.title, meeting.day, place or labels.unknown)
                yield (*head, measure, number, None)


def _questionnaires(figures: Figures, labels: RegionLabels, *, before: bool) -> Iterator[Row]:
    names, kind = labels.measures, labels.kinds["questionnaire"]
    for one in figures.opened(figures.previous if before else figures.data.period):
        for place in figures.municipalities:
            went = turn_in(one, place)
            if went.grades is None:
                continue
            head = (kind, one.name, one.opened, place)
            yield (*head, names.responded, went.grades.people, went.invited or None)
            if went.grades.asked:
                yield (*head, names.content, went.grades.content, went.grades.asked)


def _tasks(figures: Figures, labels: RegionLabels, *, before: bool) -> Iterator[Row]:
    names, kind = labels.measures, labels.kinds["tasks"]
    for task in figures.tasks(before=before):
        for measure, value in (
            (names.submitted, task.submitted),
            (names.accepted, task.accepted),
            (names.at_first, task.at_first),
            (names.at_second, task.at_second),
            (names.later, task.later),
            (names.late, task.late),
        ):
            place = task.municipality or labels.unknown
            yield (kind, None, None, place, measure, value, task.given)
