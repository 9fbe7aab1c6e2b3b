"""One event from the cells of its row or rows."""

import re
from dataclasses import dataclass, field

from roadmap import vocabulary as v
from roadmap.cells import Row
from roadmap.columns import Columns
from roadmap.model import Doubt, DoubtCode, Event, Task
from roadmap.periods import Period
from roadmap.terms import doubt, read_term
from roadmap.text import fold

TASK_SECTION = 4
_NUMBER = re.compile(r"(?:№\s*)?([\d.]*\d|\w)\s*[.)]*")
_IN_TITLE = re.compile(r"(\d+(?:\.\d+)*)[.)]\s+(?=\S)")
_EXCEL_DATE = re.compile(r"(\d\d)\.(\d\d)\.20\d\d")


@dataclass(slots=True)
class Draft:
    """The texts of an event before they are understood."""

    number: str = ""
    title: str = ""
    term: str = ""
    audience: str = ""
    responsible: str = ""
    task: str = ""
    task_term: str = ""
    section: int | None = None
    period: Period | None = None
    doubts: list[Doubt] = field(default_factory=list)

    @classmethod
    def of_row(cls, row: Row, columns: Columns) -> "Draft":
        """Texts by the meaning of their columns; cells merged down repeat theirs."""
        draft = cls(
            title=_text(row, columns["title"], own=True),
            term=_term(row, columns),
            audience=_text(row, columns["audience"]),
            responsible=_text(row, columns["responsible"]),
            task=_text(row, columns["task"], own=True),
            task_term=_text(row, columns["task_term"], own=True),
        )
        draft._take_number(row.cell(columns["number"]).own)
        if columns["number"] is None and (match := _IN_TITLE.match(draft.title)):
            draft.number, draft.title = match[1], draft.title[match.end() :]
        return draft

    def _take_number(self, text: str) -> None:
        if match := _EXCEL_DATE.fullmatch(text):
            self.number = f"{int(match[1])}.{int(match[2])}"
            self.doubts.append(doubt(DoubtCode.NUMBER_WAS_DATE, number=self.number))
        elif match := _NUMBER.fullmatch(text):
            self.number = match[1]
        else:
            self.number = text

    def go_on(self, more: "Draft") -> None:
        """Join the row below, which continues this one on the next page or in a split cell."""
        for name in ("title", "term", "audience", "responsible", "task", "task_term"):
            mine, theirs = getattr(self, name), getattr(more, name)
            if theirs and theirs != mine:
                setattr(self, name, f"{mine} {theirs}".strip())
        if not any(d.code == DoubtCode.CONTINUED_ROW for d in self.doubts):
            self.doubts.append(doubt(DoubtCode.CONTINUED_ROW))


def _text(row: Row, column: int | None, *, own: bool = False) -> str:
    cell = row.cell(column)
    text = cell.own if own else cell.text
    return "" if fold(text) in v.NOTHING_WRITTEN else text


def _term(row: Row, columns: Columns) -> str:
    """The term's cell, or the cells of its beginning and its end put together."""
    if columns["term"] is not None:
        return _text(row, columns["term"])
    start, end = _text(row, columns["term_start"]), _text(row, columns["term_end"])
    return f"{start} - {end}" if start and end and start != end else start or end


def made(draft: Draft) -> Event:
    """The event that a draft says, with everything doubtful about it."""
    term = read_term(draft.term, draft.period)
    doubts = [*draft.doubts]
    if not draft.title:
        doubts.append(doubt(DoubtCode.NO_TITLE))
    head = draft.number.split(".")[0]
    section = draft.section
    if "." in draft.number and head in {"1", "2", "3", "4", "5"}:
        if section is None:
            section = int(head)
        elif section != int(head):
            code = DoubtCode.SECTION_DIFFERS
            doubts.append(doubt(code, number=draft.number, section=section))
    task, task_doubts = _task(draft, section)
    return Event(
        number=draft.number,
        section=section,
        title=draft.title,
        audience=draft.audience,
        responsible=draft.responsible,
        term=draft.term,
        windows=term.windows,
        precision=term.precision,
        ongoing=term.ongoing,
        every_years=term.every_years,
        times_per_year=term.times_per_year,
        task=task,
        doubts=(*doubts, *term.doubts, *task_doubts),
    )


def _task(draft: Draft, section: int | None) -> tuple[Task | None, list[Doubt]]:
    if not draft.task:
        return None, []
    doubts = []
    if section not in {TASK_SECTION, None}:
        doubts.append(doubt(DoubtCode.TASK_OUTSIDE_SECTION))
    level = level_of(draft.task)
    if level is None:
        doubts.append(doubt(DoubtCode.TASK_WITHOUT_LEVEL))
    due = None
    if draft.task_term:
        term = read_term(draft.task_term, draft.period)
        ends = [window.end for window in term.windows if window.end]
        # «В течение периода» gives the task no last day of its own.
        due = max(ends) if ends and not term.ongoing else None
        doubts += [
            Doubt(code=DoubtCode.TASK_TERM, args={"about": d.code.value, **d.args})
            for d in term.doubts
        ]
    else:
        doubts.append(doubt(DoubtCode.TASK_WITHOUT_TERM))
    return Task(text=draft.task, level=level, term=draft.task_term, due=due), doubts


def level_of(text: str) -> str | None:
    """The level of a task that its text names, if it names exactly one."""
    folded = fold(text)
    if v.LEVEL_WORD not in folded:
        return None
    found = []
    for level, stems in v.LEVEL_STEMS.items():
        stem = r"\W+".join(rf"{stem}\w*" for stem in stems)
        if re.search(rf"(?<!\w){stem}", folded):
            found.append(level)
    return found[0] if len(found) == 1 else None
