"""Questionnaires as files: a stranger's workbook read in a child with limits, and one written."""

import re
from dataclasses import dataclass
from pathlib import PurePath

from reports.xlsform import workbook
from roadmap.guarding import answer_of
from surveys.questionnaire import Questionnaire

CHILD = "bot.forms.confined"


@dataclass(frozen=True)
class ReadForm:
    """What a workbook came to, in sentences; `questionnaire` is None where there are faults."""

    questionnaire: Questionnaire | None
    faults: tuple[str, ...]
    warnings: tuple[str, ...]


def read_form(data: bytes, file_name: str) -> ReadForm:
    """Read an XLSForm workbook; blocks while a child does it.

    Raises:
        roadmap.refusals.Refused: it is no workbook, or none that is safe to open.
    """
    answer = answer_of(CHILD, data, PurePath(file_name).stem or "form")
    written = answer["questionnaire"]
    return ReadForm(
        None if written is None else Questionnaire.from_json(written),
        tuple(answer["faults"]),
        tuple(answer["warnings"]),
    )


def written_form(questionnaire: Questionnaire, name: str) -> bytes:
    """The questionnaire as an XLSForm workbook with `name` as its form_id; loads back equal."""
    return workbook(questionnaire.model_copy(update={"id": name}))


def form_file_name(title: str) -> str:
    """«Моя анкета.xlsx», without what file systems refuse."""
    clean = " ".join(re.sub(r'[\\/:*?"<>|\x00-\x1f]', " ", title).split()).strip(". ")
    return f"{clean[:80].strip('. ') or 'form'}.xlsx"
