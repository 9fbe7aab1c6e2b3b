"""Native charts of a workbook, from charts by meaning."""

from typing import Literal

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import DataPoint, Marker
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
)
from openpyxl.worksheet.worksheet import Worksheet

from reports.looks import ACCENT, GRADES, INK, MUTED, RULE, TYPEFACE, UNGRADED, ZONE_BARS
from reports.report import Chart, Comparison, Computed, TableCell
from surveys.statistics import zone

_LINES: tuple[tuple[str, Literal["solid", "dash"], Literal["circle", "square"]], ...] = (
    (ACCENT, "solid", "circle"),
    ("B35806", "dash", "square"),
)

ROW_CM = 0.53
"""Height of a standard row, 15 points."""


def height(chart: Chart) -> float:
    """How tall the chart has to be for its names to be read, in centimetres."""
    drawn = chart.rows or len(chart.table.rows)
    if chart.comparison is Comparison.PARTS:
        return 2.6 + 1.15 * drawn
    if chart.comparison is Comparison.RANKING:
        return max(3.2, 1.6 + 0.62 * drawn)
    return 7.5


def draw(chart: Chart, sheet: Worksheet, first_row: int, width: float) -> BarChart | LineChart:
    """The chart of a table whose header stands in `first_row` of `sheet`; `width` in cm."""
    drawn = chart.rows or len(chart.table.rows)
    made: BarChart | LineChart
    made = LineChart() if chart.comparison is Comparison.COURSE else BarChart()
    for index in chart.series:
        values = Reference(sheet, min_col=index + 1, min_row=first_row, max_row=first_row + drawn)
        made.add_data(values, titles_from_data=True)
    names = Reference(
        sheet, min_col=chart.names + 1, min_row=first_row + 1, max_row=first_row + drawn
    )
    made.set_categories(names)
    made.title = None
    # The stubs say int; openpyxl takes any number of centimetres.
    made.height = height(chart)
    made.width = width  # type: ignore[assignment]
    made.graphical_properties = GraphicalProperties(ln=LineProperties(noFill=True))
    made.x_axis.delete = made.y_axis.delete = False
    made.x_axis.txPr = made.y_axis.txPr = _text(900, INK)
    made.y_axis.number_format = "0%"
    made.y_axis.majorGridlines = ChartLines(
        spPr=GraphicalProperties(ln=LineProperties(solidFill=RULE, w=6350))
    )
    made.x_axis.graphicalProperties = GraphicalProperties(
        ln=LineProperties(solidFill=MUTED, w=9525)
    )
    made.y_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    if isinstance(made, BarChart):
        _bars(made, chart)
    else:
        _lines(made)
    return made


def _lines(made: LineChart) -> None:
    made.legend = Legend(legendPos="b", txPr=_text(900, INK))
    made.y_axis.scaling.min, made.y_axis.scaling.max = 0, 1
    made.y_axis.majorUnit = 0.25
    # Lines differ by more than colour, for grey print.
    for series, (colour, dash, mark) in zip(made.series, _LINES, strict=False):
        series.smooth = False
        line = LineProperties(solidFill=colour, w=28575, prstDash=dash)
        series.graphicalProperties = GraphicalProperties(ln=line)
        series.marker = Marker(symbol=mark, size=7, spPr=GraphicalProperties(solidFill=colour))


def _bars(made: BarChart, chart: Chart) -> None:
    made.type = "bar"  # horizontal: the names are long
    made.x_axis.scaling.orientation = "maxMin"  # first row on top, as in the table
    made.y_axis.scaling.min = 0
    # With the names turned round, «high» is the bottom.
    made.y_axis.crosses = "max"
    if chart.comparison is Comparison.PARTS:
        made.grouping, made.overlap, made.gapWidth = "percentStacked", 100, 45
        made.legend = Legend(legendPos="b", txPr=_text(900, INK))
        colours = _grade_colours(chart)
        for series, colour in zip(made.series, colours, strict=True):
            series.graphicalProperties = GraphicalProperties(solidFill=colour)
            series.dLbls = _labels("0%;;", _on(colour))
        made.y_axis.delete = True
        made.y_axis.majorGridlines = None
        return
    made.legend = None
    made.gapWidth = 40
    made.y_axis.scaling.max = 1
    made.dLbls = _labels("0%", INK)
    made.y_axis.majorUnit = 0.25
    for series, index in zip(made.series, chart.series, strict=True):
        series.graphicalProperties = GraphicalProperties(solidFill=ACCENT)
        if chart.table.columns[index].zoned:
            series.dPt = [
                DataPoint(idx=place, spPr=GraphicalProperties(solidFill=ZONE_BARS[zone(value)]))
                for place, row in enumerate(chart.table.rows[: chart.rows])
                if isinstance(value := _plain(row[index]), float | int)
            ]


def _plain(cell: TableCell) -> TableCell:
    return cell.value if isinstance(cell, Computed) else cell


def _labels(shown: str, colour: str) -> DataLabelList:
    return DataLabelList(
        numFmt=shown,
        txPr=_text(900, colour),
        showVal=True,
        showSerName=False,
        showCatName=False,
        showLegendKey=False,
        showPercent=False,
    )


def _grade_colours(chart: Chart) -> list[str]:
    """The colours of the grades spread over the palette; grey for what is no grade."""
    grades = chart.grades
    spread = [
        GRADES[round(index * (len(GRADES) - 1) / max(grades - 1, 1))] for index in range(grades)
    ]
    return spread + [UNGRADED] * (len(chart.series) - grades)


def _on(colour: str) -> str:
    red, green, blue = (int(colour[index : index + 2], 16) for index in (0, 2, 4))
    return "FFFFFF" if 0.299 * red + 0.587 * green + 0.114 * blue < 140 else INK


def _text(size: int, colour: str) -> RichText:
    """Text of so many hundredths of a point."""
    look = CharacterProperties(sz=size, solidFill=colour, latin=Font(typeface=TYPEFACE), b=False)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=look), endParaRPr=look)])
