"""The last word on whether a workbook is an XLSForm: pyxform, the reference implementation."""

import re
from typing import Any

from pyxform.builder import create_survey_element_from_dict
from pyxform.errors import PyXFormError
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import get_xlsform

from surveys.xlsform.faults import Fault, FaultCode
from surveys.xlsform.sheets import BANDS, CHOICES, SETTINGS, SURVEY, Row, Sheets
from surveys.xlsform.tables import OUR_CHOICE_COLUMNS
from surveys.xlsform.types import Kind, RowType, read_type

OURS = {
    SURVEY: {"measure", "start_label", "end_label", "other_label"},
    CHOICES: OUR_CHOICE_COLUMNS,
    SETTINGS: {"anonymity", "editable", "about", "thanks"},
}
"""Columns that this product adds to the standard; pyxform is not asked about them."""


def judge(sheets: Sheets) -> list[Fault]:
    """What pyxform says against the workbook, if anything (it stops at its first fault)."""
    book: dict[str, Any] = {"sheet_names": [name for name in sheets.by_name if name != BANDS]}
    for name, sheet in sheets.by_name.items():
        if name == BANDS:
            continue
        ours = {column.title for column in sheet.columns if column.name in OURS[name]}
        left_out = {row.number for row in sheet.rows if name == SURVEY and is_metadata(row)}
        book[name] = [
            {title: text for title, text in raw.items() if title not in ours}
            if number not in left_out
            else {}
            for number, raw in enumerate(sheet.raw, 2)
        ]
        titles = [column.title for column in sheet.columns if column.title not in ours]
        book[f"{name}_header"] = [dict.fromkeys(titles)]
    try:
        # As pyxform's `convert`, without its temporary file: a confined child may write none.
        create_survey_element_from_dict(workbook_to_json(get_xlsform(book))).xml()
    except PyXFormError as error:
        message = str(error)
        row = re.search(r"\[row : (\d+)\]", message)
        words = re.sub(r"\[row : \d+\]\s*", "", message)
        number = int(row[1]) if row else None
        return [Fault(SURVEY, number, None, FaultCode.STANDARD, {"message": words})]
    return []


def is_metadata(row: Row) -> bool:
    """Whether a row is one that a device would fill in; such rows are left out."""
    read_as = read_type(row.text("type"))
    return isinstance(read_as, RowType) and read_as.kind is Kind.METADATA
