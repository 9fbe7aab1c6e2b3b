"""From a document's tables to the roadmap: rows become events, headings their sections."""

from collections import Counter
from dataclasses import dataclass, field

from roadmap import vocabulary as v
from roadmap.cells import Document, Row, Table
from roadmap.columns import Columns, find_columns
from roadmap.events import Draft, made
from roadmap.model import Doubt, DoubtCode, Event, Roadmap
from roadmap.periods import Period
from roadmap.sections import heading_of
from roadmap.terms import doubt
from roadmap.text import fold
from roadmap.titles import choose_title, plan_period

SMALLEST_TABLE = 3  # columns; smaller ones are stamps and signatures


class NoTable(Exception):  # noqa: N818 - an answer about a file, not a fault of the program
    """The document has no table with a header that names a title and a term."""


def read(document: Document, said: Period | None = None) -> Roadmap:
    """What the document says. `said` is the year given at import; the document's own years win.

    Raises `NoTable` where there is nothing to read.
    """
    reader = _Reader(document, said)
    for number, table in enumerate(document.tables, start=1):
        reader.table(table, number)
    return reader.roadmap()


@dataclass(slots=True)
class _Context:
    """What the rows above say about a row."""

    columns: Columns
    width: int
    period: Period | None
    section: int | None = None
    year_cell: str = ""
    own_period: Period | None = None
    numbered: bool = False
    extra: set[int] = field(default_factory=set)


class _Reader:
    def __init__(self, document: Document, said: Period | None) -> None:
        self.said = said
        self.doubts = [doubt(DoubtCode.SHEET_HIDDEN, sheet=name) for name in document.hidden]
        self.drafts: list[Draft] = []
        self.title: str | None = None
        self.written: Period | None = None
        self.unclear: list[Doubt] = []
        self.context: _Context | None = None
        self.lead: list[str] = []  # lines above tables that were passed over

    def table(self, table: Table, number: int) -> None:
        """Read one table, or leave it out with a doubt."""
        self.lead += table.lead
        found = find_columns(table)
        if found is None:
            self._table_without_header(table, number)
            return
        first, columns = found
        height = columns.heights
        above = [cell.own for row in table.rows[: first - height] for _, cell in row.filled()]
        period = self._period_of([*self.lead, *above], table.name)
        self.lead = []
        numbers = [row.cell(columns["number"]) for row in table.rows[first:]]
        self.context = _Context(
            columns,
            table.width,
            period,
            section=self.context.section if self.context else None,
            numbered=any(cell.own for cell in numbers),
        )
        self._rows(table.rows[first:], self.context)

    def _table_without_header(self, table: Table, number: int) -> None:
        if self.context and table.width == self.context.width:
            self._rows(table.rows, self.context)  # the table goes on after a break
        elif table.width >= SMALLEST_TABLE or (table.name and table.rows):
            name = table.name or str(number)
            self.doubts.append(doubt(DoubtCode.TABLE_LEFT_OUT, table=name))

    def _period_of(self, lines: list[str], sheet: str) -> Period | None:
        title = choose_title(lines)
        period, doubts = plan_period([text for text in (title, sheet) if text])
        if self.context is None:
            self.title, self.written, self.unclear = title, period, doubts
            self.doubts += doubts
        elif self.title is None:
            self.title = title
        return period or self.written or self.said

    def _rows(self, rows: list[Row], context: _Context) -> None:
        for row in rows:
            if row.filled() and not self._is_header_again(row, context):
                self._row(row, context)
        for column in sorted(context.extra):
            name = context.columns.names.get(column) or str(column + 1)
            self.doubts.append(doubt(DoubtCode.COLUMN_LEFT_OUT, text=name))

    def _is_header_again(self, row: Row, context: _Context) -> bool:
        """The header repeated on a page, or the row of column numbers under it."""
        filled = row.filled()
        if len(filled) < 2:
            return False
        names = context.columns.names
        if len(filled) == len(names) and all(cell.own == str(i + 1) for i, cell in filled):
            return True
        return all(fold(cell.own) in fold(names.get(i, "")) for i, cell in filled)

    def _row(self, row: Row, context: _Context) -> None:
        columns = context.columns
        self._year_cell(row, context)
        heading = heading_of(row, columns, context.width)
        if heading is not None:
            if heading.section is not None:
                context.section = heading.section
                if heading.by_number:
                    self.doubts.append(
                        doubt(
                            DoubtCode.HEADING_BY_NUMBER,
                            row=row.at,
                            text=heading.text,
                            section=heading.section,
                        )
                    )
            elif heading.period is not None:
                context.own_period = heading.period
            else:
                self.doubts.append(doubt(DoubtCode.HEADING_UNREAD, row=row.at, text=heading.text))
            return
        if [i for i, _ in row.filled()] == [columns["year"]]:
            return
        known = set(columns.at.values())
        context.extra |= {i for i, cell in row.filled() if i not in known and _written(cell.own)}
        draft = Draft.of_row(row, columns)
        draft.section = context.section
        draft.period = context.own_period or context.period
        if self.drafts and self._continues(row, draft, context):
            self.drafts[-1].go_on(draft)
            return
        if context.numbered and not draft.number and not row.cell(columns["number"]).auto:
            draft.doubts.append(doubt(DoubtCode.NUMBER_MISSING))
        self.drafts.append(draft)

    def _year_cell(self, row: Row, context: _Context) -> None:
        text = row.cell(context.columns["year"]).own
        if not text or text == context.year_cell:
            return
        context.year_cell = text
        period = Period.parse(text) or plan_period([text])[0]
        context.own_period = period
        if period is None:
            self.doubts.append(doubt(DoubtCode.YEAR_CELL_UNREAD, row=row.at, text=text))

    def _continues(self, row: Row, draft: Draft, context: _Context) -> bool:
        """Whether the row goes on with the event above.

        It has no number of its own in a numbered table, and says nothing that an event of its own
        would say again.
        """
        columns = context.columns
        number = row.cell(columns["number"])
        if not context.numbered or number.own or number.auto:
            return False
        if self.drafts[-1].section != context.section:
            return False
        if number.down or not draft.title or not draft.term:
            return True
        said_again = [row.cell(columns[m]).own for m in ("audience", "responsible")]
        if any(said_again):
            return False
        has_people = columns["audience"] is not None or columns["responsible"] is not None
        return has_people or draft.title[:1].islower()

    def roadmap(self) -> Roadmap:
        if self.context is None:
            raise NoTable
        period = self.written or self.said
        if self.written and self.said and self.written != self.said:
            args = {"said": self.said.label, "written": self.written.label}
            self.doubts.append(doubt(DoubtCode.YEAR_SAID_DIFFERS, **args))
        events = [made(draft) for draft in self.drafts]
        unknown = any(d.code == DoubtCode.YEAR_UNKNOWN for event in events for d in event.doubts)
        if unknown and not self.unclear:
            self.doubts.append(doubt(DoubtCode.YEAR_OF_PLAN_UNKNOWN))
        return Roadmap(
            title=self.title,
            year=period.label if period else None,
            doubts=tuple(self.doubts),
            events=tuple(_numbers_once(events)),
        )


def _numbers_once(events: list[Event]) -> list[Event]:
    counts = Counter(event.number for event in events if event.number)
    return [
        event.model_copy(
            update={"doubts": (*event.doubts, doubt(DoubtCode.NUMBER_TWICE, number=event.number))}
        )
        if counts[event.number] > 1
        else event
        for event in events
    ]


def _written(text: str) -> bool:
    return fold(text) not in v.NOTHING_WRITTEN
