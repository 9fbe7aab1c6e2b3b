"""A workbook → a questionnaire, or every fault of it with its place."""

from dataclasses import dataclass

from surveys import faults as common
from surveys.questionnaire import Questionnaire
from surveys.soundness import faults as unsound
from surveys.xlsform.cells import yes_or_no
from surveys.xlsform.faults import Fault, FaultCode, Warn, WarnCode
from surveys.xlsform.report import Report
from surveys.xlsform.sheets import BANDS, CHOICES, SETTINGS, SURVEY, Sheets, read
from surveys.xlsform.standard import OURS, judge
from surveys.xlsform.survey import OK, Survey
from surveys.xlsform.tables import bands, choices, settings

_USED = {
    SURVEY: {"type", "name", "label", "hint", "required", "required_message", "relevant"}
    | {"constraint", "constraint_message", "default", "parameters", "appearance"}
    | {"choice_filter", "calculation"}
    | OURS[SURVEY],
    SETTINGS: {"form_title", "form_id", "version", "default_language"} | OURS[SETTINGS],
}
_OF_BANDS = (
    common.FaultCode.BAND_WITHOUT_ITEM,
    common.FaultCode.BAND_EMPTY,
    common.FaultCode.BANDS_OVERLAP,
)
_COLUMN_OF = {
    common.FaultCode.EMPTY_RANGE: "parameters",
    common.FaultCode.UNEVEN_RANGE: "parameters",
    common.FaultCode.NO_CHOICES: "type",
    common.FaultCode.TOO_MANY_CHOICES: "type",
    common.FaultCode.DUPLICATE_CHOICE: "type",
    common.FaultCode.DUPLICATE_CHOICE_LABEL: "type",
    common.FaultCode.MEASURE_NEEDS_SCALE: "measure",
    common.FaultCode.UNREACHABLE: "relevant",
    common.FaultCode.UNKNOWN_COLUMN_IN_FILTER: "choice_filter",
}
_SETTINGS_COLUMNS = {"title": "form_title", "about": "about", "thanks": "thanks"}


@dataclass(frozen=True)
class Form:
    """What a workbook came to: a questionnaire if there is no fault, else None."""

    questionnaire: Questionnaire | None
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Warn, ...] = ()


def load(content: bytes, *, fallback_id: str = "form", ok_label: str = OK) -> Form:
    """Read an .xlsx workbook.

    Args:
        content: the file's bytes, already known to be no archive bomb.
        fallback_id: the questionnaire's id where settings name none (the file's name, say).
        ok_label: what the button of an acknowledge item says.
    """
    sheets, faults = read(content)
    if sheets is None:
        return Form(None, tuple(faults))
    report = Report(faults)
    survey = Survey(sheets[SURVEY], choices(sheets[CHOICES], report), report, ok_label=ok_label)
    questionnaire = Questionnaire(
        items=tuple(survey.items),
        groups=tuple(survey.groups),
        bands=tuple(bands(sheets[BANDS], report)),
        **settings(sheets[SETTINGS], report, fallback_id=fallback_id),
    )
    report.faults += [
        _placed(fault, sheets, survey)
        for fault in unsound(questionnaire)
        if not _follows(fault, survey, report)
    ]
    report.faults = report.faults or judge(sheets)
    return Form(
        None if report.faults else questionnaire,
        tuple(sorted(report.faults, key=_order)),
        (*report.warnings, *_unused_columns(sheets), *_languages(sheets)),
    )


def _order(fault: Fault) -> tuple[int, int, str]:
    sheets = [SETTINGS, SURVEY, CHOICES, BANDS]
    return sheets.index(fault.sheet), fault.row or 0, fault.column or ""


def _follows(fault: common.Fault, survey: Survey, report: Report) -> bool:
    """Whether a fault only follows from a row that could not be read and has one of its own."""
    if fault.code is common.FaultCode.UNKNOWN_REFERENCE:
        return fault.args.get("name") in survey.left_out
    if fault.code is common.FaultCode.UNREACHABLE:
        return bool(survey.without_list)
    return fault.code is common.FaultCode.NO_QUESTIONS and bool(report.faults)


def _placed(fault: common.Fault, sheets: Sheets, survey: Survey) -> Fault:
    """A fault of the questionnaire at the row and column it comes from."""
    said = fault.args.get("column") or _COLUMN_OF.get(fault.code) or "name"
    column = str(said).removeprefix("choice ")
    sheet, row = SURVEY, survey.rows.get(fault.item)
    if fault.code in _OF_BANDS:
        sheet, column = BANDS, "name"
        rows = sheets[BANDS].rows
        row = next((each for each in rows if each.text("name") == fault.item), None)
    elif not fault.item and column in _SETTINGS_COLUMNS:
        sheet, column = SETTINGS, _SETTINGS_COLUMNS[column]
        row = next(iter(sheets[SETTINGS].rows), None)
    code: FaultCode | common.FaultCode = fault.code
    if code is common.FaultCode.UNKNOWN_REFERENCE and fault.args.get("name") in survey.metadata:
        code = FaultCode.METADATA_USED
    if code is common.FaultCode.DUPLICATE_CHOICE and _says_yes(sheets, "allow_choice_duplicates"):
        # Others tell such choices apart by place; here an answer is its code, and label, score and
        # report would be the first one's.
        code = FaultCode.SAME_CODES
    return Fault(
        sheet,
        row.number if row else None,
        row.letter(column) if row else None,
        code,
        fault.args,
        fault.item,
    )


def _says_yes(sheets: Sheets, setting: str) -> bool:
    row = next(iter(sheets[SETTINGS].rows), None)
    return row is not None and bool(yes_or_no(row.text(setting)))


def _unused_columns(sheets: Sheets) -> list[Warn]:
    warnings = []
    for name, used in _USED.items():
        filled = {title for raw in sheets[name].raw for title in raw}
        warnings += [
            Warn(name, WarnCode.COLUMN_UNUSED, {"column": column.title})
            for column in sheets[name].columns
            if column.name not in used and column.title in filled
        ]
    return warnings


def _languages(sheets: Sheets) -> list[Warn]:
    others = [each for each in sheets.languages if each != sheets.language]
    if not (sheets.language and others):
        return []
    args = {"language": sheets.language, "others": others}
    return [Warn(SURVEY, WarnCode.LANGUAGE_CHOSEN, args)]
