"""The region's workbook by meaning: its sheets about one view and one period."""

from collections.abc import Iterator

from reports import (
    region_meetings,
    region_networks,
    region_overview,
    region_people,
    region_satisfaction,
    region_tasks,
)
from reports.region_data import RegionData
from reports.region_figures import Figures
from reports.region_labels import RegionLabels
from reports.region_tidy import tidy
from reports.region_turns import View
from reports.report import Block, Column, Page, Report, Table


def describe_region(data: RegionData, view: View, labels: RegionLabels, *, about: str) -> Report:
    """The workbook; `about` says in words whom it covers."""
    figures = Figures(data, view)
    made = data.made_at.astimezone(data.zone).replace(tzinfo=None)
    subtitle = labels.subtitle.format(
        view=about, period=labels.period(data.period), made=f"{made:%d.%m.%Y %H:%M}"
    )

    def page(title: str, blocks: Iterator[Block]) -> Page:
        return Page(title, tuple(blocks), heading=title, subtitle=subtitle)

    sheets = labels.sheets
    return Report(
        title=labels.title,
        subject=about,
        made_at=made,
        sheets=(
            page(sheets.overview, region_overview.blocks(figures, labels)),
            page(sheets.meetings, region_meetings.blocks(figures, labels)),
            page(sheets.satisfaction, region_satisfaction.blocks(figures, labels)),
            *region_satisfaction.heat(figures, labels),
            page(sheets.tasks, region_tasks.blocks(figures, labels)),
            page(sheets.people, region_people.blocks(figures, labels)),
            page(sheets.networks, region_networks.blocks(figures, labels)),
            tidy(figures, labels),
            page(sheets.method, _method(labels)),
        ),
        words=labels.words,
    )


def _method(labels: RegionLabels) -> Iterator[Block]:
    yield Table("", (Column(labels.term), Column(labels.definition)), labels.definitions)
