"""The words of a campaign's report; `bot/texts/report.py` fills them in.

Fields with `{name}` in their comment are templates for `str.format`.
"""

from dataclasses import dataclass

from reports.report import Words


@dataclass(frozen=True)
class Labels:
    """Every word of the report on a questionnaire."""

    words: Words
    summary: str
    answers: str
    codes: str
    items: str
    method: str
