"""The small sheets: settings, choices, bands."""

import re
from typing import Any

from surveys.questionnaire import Anonymity, Band, Choice
from surveys.xlsform.faults import FaultCode, Warn, WarnCode
from surveys.xlsform.report import Report
from surveys.xlsform.sheets import BANDS, CHOICES, SETTINGS, Row, Sheet

STANDARD_CHOICE_COLUMNS = {"list_name", "name", "label"}
OUR_CHOICE_COLUMNS = {"score", "alone"}


def settings(sheet: Sheet, report: Report, *, fallback_id: str) -> dict[str, Any]:
    """The fields of a questionnaire that stand on the settings sheet."""
    row = next(iter(sheet.rows), None) or Row(2, {}, {})
    title = row.text("form_title")
    if not title:
        report.warnings.append(Warn(SETTINGS, WarnCode.TITLE_MISSING))
    version = row.text("version")
    anonymity = report.one_of(SETTINGS, row, "anonymity", [str(each) for each in Anonymity])
    return {
        "id": _identifier(row.text("form_id") or fallback_id),
        "version": int(version) if re.fullmatch(r"[1-9]\d{0,11}", version) else 1,
        "title": title or fallback_id,
        "about": row.text("about"),
        "thanks": row.text("thanks"),
        "anonymity": anonymity or Anonymity.NAMED,
        "editable_after_submit": report.flag(SETTINGS, row, "editable"),
    }


def _identifier(text: str) -> str:
    """A form's id as ours: ASCII letters, digits and `_`, starting with a letter."""
    cleaned = re.sub(r"[^A-Za-z0-9_]+", "_", text).strip("_")
    return cleaned if re.match(r"[A-Za-z]", cleaned) else f"form_{cleaned}".rstrip("_")


def choices(sheet: Sheet, report: Report) -> dict[str, list[Choice]]:
    """Every list of choices by its name. Columns beyond the known are what a filter looks at."""
    known = STANDARD_CHOICE_COLUMNS | OUR_CHOICE_COLUMNS
    extra = [
        column.name
        for column in sheet.columns
        if column.name not in known and "::" not in column.title
    ]
    lists: dict[str, list[Choice]] = {}
    for row in sheet.rows:
        list_name = row.text("list_name")
        if not list_name:
            continue  # the standard allows remarks there
        if not row.text("name"):
            report.fault(CHOICES, row, "name", FaultCode.NAME_EMPTY)
            continue
        lists.setdefault(list_name, []).append(
            Choice(
                name=row.text("name"),
                label=row.text("label") or row.text("name"),
                score=report.number(CHOICES, row, "score"),
                alone=report.flag(CHOICES, row, "alone"),
                columns={name: row.text(name) for name in extra if row.text(name)},
            )
        )
    return lists


def bands(sheet: Sheet, report: Report) -> list[Band]:
    """What values of calculate items mean."""
    found = []
    for row in sheet.rows:
        low, high = (report.number(BANDS, row, column) for column in ("from", "to"))
        for column in ("from", "to"):
            if not row.text(column):
                report.fault(BANDS, row, column, FaultCode.NUMBER, column=column, value="")
        if low is not None and high is not None:
            for_person = report.flag(BANDS, row, "for_person")
            found.append(
                Band(
                    item=row.text("name"),
                    low=low,
                    high=high,
                    text=row.text("text"),
                    for_person=for_person,
                )
            )
    return found
