"""A questionnaire → its XLSForm workbook, which reads back as the same questionnaire.

Column names are the standard's (https://xlsform.org); what the standard has no column for goes
into columns of our own (`surveys.xlsform.standard.OURS`), which other tools pass over.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from surveys.questionnaire import (
    Acknowledge,
    Anonymity,
    Calculate,
    Choice,
    Closed,
    Group,
    Item,
    Measure,
    Questionnaire,
    Range,
)
from surveys.xlsform.sheets import BANDS, CHOICES, SETTINGS, SURVEY

CellValue = str | int | float | None

_SURVEY_COLUMNS = (
    *("type", "name", "label", "hint", "required", "required_message", "relevant", "constraint"),
    *("constraint_message", "default", "parameters", "appearance", "choice_filter", "calculation"),
    *("measure", "start_label", "end_label", "other_label"),
)
_WIDTHS = {
    "label": 60,
    "hint": 44,
    "relevant": 32,
    "constraint": 24,
    "text": 60,
    "type": 28,
    "required_message": 28,
    "constraint_message": 32,
    "parameters": 26,
    "calculation": 32,
    "about": 60,
    "thanks": 40,
    "form_title": 32,
    "start_label": 24,
    "end_label": 24,
}
"""Characters: what is usually written there stands in one line or two; rows have no height of their
own, so that a longer text makes its row grow while somebody types."""
_BOLD = Font(name="Calibri", bold=True)
_HEADER = PatternFill("solid", fgColor="E8EEF4")


_ALLOWED = {
    (SURVEY, "required"): ("yes", "no"),
    (SURVEY, "measure"): tuple(measure.value for measure in Measure),
    (CHOICES, "alone"): ("yes", "no"),
    (SETTINGS, "anonymity"): tuple(mode.value for mode in Anonymity),
    (SETTINGS, "editable"): ("yes", "no"),
    (BANDS, "for_person"): ("yes", "no"),
}
_KINDS = (
    *("text", "integer", "decimal", "date", "range", "note", "acknowledge", "image", "audio"),
    *("file", "calculate", "begin_group", "end_group"),
)
_LITERAL = 255
"""Characters of a list of values that stands in a rule itself (Excel's limit)."""
_ROOM = 500
"""Rows below the filled ones that offer the same lists of values."""


@dataclass(frozen=True)
class Instructions:
    """A sheet of words for whoever fills the workbook in: (what, how) by row."""

    sheet: str
    rows: Sequence[tuple[str, str]]


def workbook(questionnaire: Questionnaire, instructions: Instructions | None = None) -> bytes:
    """The .xlsx file; with instructions it is a template, its sheet of words coming first."""
    book = Workbook()
    lists = _Lists()
    survey = list(_survey_rows(questionnaire, lists))
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(SURVEY)
    _fill(sheet, _SURVEY_COLUMNS, survey)
    _offer_types(sheet, [list_name for list_name, _ in lists.rows])
    extra = tuple(sorted({name for _, choice in lists.rows for name in choice.columns}))
    _fill(
        book.create_sheet(CHOICES),
        ("list_name", "name", "label", "score", "alone", *extra),
        [
            [
                list_name,
                choice.name,
                choice.label,
                choice.score,
                _yes(choice.alone),
                *(choice.columns.get(name) for name in extra),
            ]
            for list_name, choice in lists.rows
        ],
    )
    _fill(
        book.create_sheet(SETTINGS),
        ("form_title", "form_id", "version", "about", "thanks", "anonymity", "editable"),
        [
            [
                questionnaire.title,
                questionnaire.id,
                questionnaire.version,
                questionnaire.about,
                questionnaire.thanks,
                questionnaire.anonymity.value,
                _yes(questionnaire.editable_after_submit),
            ]
        ],
    )
    if questionnaire.bands or instructions:
        _fill(
            book.create_sheet(BANDS),
            ("name", "from", "to", "text", "for_person"),
            [
                [band.item, band.low, band.high, band.text, _yes(band.for_person)]
                for band in questionnaire.bands
            ],
        )
    if instructions:
        _explain(book.create_sheet(instructions.sheet, 0), instructions)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class _Lists:
    """Lists of choices, one name for equal lists."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, Choice]] = []
        self._names: dict[str, str] = {}

    def name_of(self, item: Closed) -> str:
        key = repr(item.choices)
        if key not in self._names:
            self._names[key] = item.name
            self.rows += [(item.name, choice) for choice in item.choices]
        return self._names[key]


def _survey_rows(questionnaire: Questionnaire, lists: _Lists) -> Iterator[list[CellValue]]:
    groups = {group.name: group for group in questionnaire.groups}
    stack: list[str] = []
    for item in questionnaire.items:
        path = list(_path(groups, item.group))
        while stack != path[: len(stack)]:
            stack.pop()
            yield _row({"type": "end_group"})
        for name in path[len(stack) :]:
            group = groups[name]
            yield _row(
                {
                    "type": "begin_group",
                    "name": name,
                    "label": group.label,
                    "relevant": group.relevant,
                }
            )
            stack.append(name)
        yield _row(_cells(item, lists))
    for _ in stack:
        yield _row({"type": "end_group"})


def _path(groups: dict[str, Group], name: str | None) -> tuple[str, ...]:
    if name is None:
        return ()
    return (*_path(groups, groups[name].parent), name)


def _row(cells: dict[str, CellValue]) -> list[CellValue]:
    return [cells.get(column) for column in _SURVEY_COLUMNS]


def _cells(item: Item, lists: _Lists) -> dict[str, CellValue]:
    cells: dict[str, CellValue] = {
        "type": item.type,
        "name": item.name,
        "label": item.label,
        "hint": item.hint,
        "required": _yes(item.required),
        "required_message": item.required_message,
        "relevant": item.relevant,
        "constraint": item.constraint,
        "constraint_message": item.constraint_message,
        "default": item.default,
        "appearance": item.appearance,
        "measure": item.measure and item.measure.value,
    }
    if isinstance(item, Closed) and not isinstance(item, Acknowledge):
        other = " or_other" if item.or_other else ""
        cells |= {
            "type": f"{item.type} {lists.name_of(item)}{other}",
            "choice_filter": item.choice_filter,
            "other_label": item.other_label,
            "parameters": _parameters(randomize="true" if item.randomize else None, seed=item.seed),
        }
    if isinstance(item, Range):
        cells |= {
            "parameters": _parameters(
                start=_plain(item.start), end=_plain(item.end), step=_plain(item.step)
            ),
            "start_label": item.start_label,
            "end_label": item.end_label,
        }
    if isinstance(item, Calculate):
        cells["calculation"] = item.calculation
    return cells


def _plain(value: float) -> str:
    return f"{value:.12g}"


def _parameters(**values: object) -> str | None:
    return (
        " ".join(f"{name}={value}" for name, value in values.items() if value is not None) or None
    )


def _yes(value: bool) -> str | None:
    return "yes" if value else None


def _fill(sheet: Worksheet, columns: tuple[str, ...], rows: list[list[CellValue]]) -> None:
    sheet.append(list(columns))
    for row in rows:
        sheet.append([None] * len(row))
        for index, value in enumerate(row, 1):
            if value is None or value == "":
                continue
            cell = sheet.cell(sheet.max_row, index, value)
            if isinstance(value, str):
                cell.data_type = "s"  # a label that begins with = is no formula
                cell.quotePrefix = value[0] in "=+-@"
            cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
    for index, column in enumerate(columns, 1):
        header = sheet.cell(1, index)
        header.font = _BOLD
        header.fill = _HEADER
        sheet.column_dimensions[get_column_letter(index)].width = _WIDTHS.get(column, 18)
    sheet.freeze_panes = "C2" if sheet.title == SURVEY else "A2"
    sheet.auto_filter.ref = sheet.dimensions
    _fit(sheet)
    for index, column in enumerate(columns, 1):
        if allowed := _ALLOWED.get((sheet.title, column)):
            rule = DataValidation(type="list", formula1=f'"{",".join(allowed)}"', allow_blank=True)
            letter = get_column_letter(index)
            rule.add(f"{letter}2:{letter}{len(rows) + _ROOM}")
            sheet.add_data_validation(rule)


def _offer_types(sheet: Worksheet, list_names: Sequence[str]) -> None:
    """A list of kinds of items to choose from; anything else may be typed as well."""
    offered = [
        f"{kind} {name}"
        for name in dict.fromkeys(list_names)
        for kind in ("select_one", "select_multiple")
    ]
    kinds = list(_KINDS)
    while offered and len(",".join([*kinds, offered[0]])) <= _LITERAL:
        kinds.append(offered.pop(0))
    rule = DataValidation(type="list", formula1=f'"{",".join(kinds)}"', allow_blank=True)
    rule.showErrorMessage = False
    rule.add(f"A2:A{sheet.max_row + _ROOM}")
    sheet.add_data_validation(rule)


def _explain(sheet: Worksheet, instructions: Instructions) -> None:
    for what, how in instructions.rows:
        sheet.append([what, how])
        row = sheet.max_row
        sheet.cell(row, 1).font = _BOLD
        for column in (1, 2):
            sheet.cell(row, column).alignment = Alignment(vertical="top", wrap_text=True)
            sheet.cell(row, column).data_type = "s"
        # Excel fits rows by itself, LibreOffice does not: so many lines of so many characters.
        sheet.row_dimensions[row].height = 16 * -(-len(how) // 80) + 4
    sheet.column_dimensions["A"].width = 20
    sheet.column_dimensions["B"].width = 90
    _fit(sheet)
    sheet.sheet_view.showGridLines = False


def _fit(sheet: Worksheet) -> None:
    """Prints on A4, landscape, all columns on one page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
