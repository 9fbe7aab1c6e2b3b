"""Tables of a Word document.

python-docx opens the package; rows and cells are walked as lxml elements, because its own `cell`
objects look up the merged grid anew for each one (quadratic in a long table).
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn

from roadmap.cells import COVERED, EMPTY, Cell, Document, Row, Table
from roadmap.text import clean

P, TBL, TR, TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
TC_PR, TR_PR, P_PR, NUM_PR = qn("w:tcPr"), qn("w:trPr"), qn("w:pPr"), qn("w:numPr")
SPAN, MERGE, VALUE = qn("w:gridSpan"), qn("w:vMerge"), qn("w:val")
BEFORE, DELETED = qn("w:gridBefore"), qn("w:del")
TEXT, TAB, BREAK, CARRIAGE, HYPHEN = (
    qn(f"w:{t}") for t in ("t", "tab", "br", "cr", "noBreakHyphen")
)
RUN, VANISH, BOX, MOVED = qn("w:r"), qn("w:vanish"), qn("w:txbxContent"), qn("w:moveFrom")
MERGED_ACROSS = qn("w:hMerge")
WRAPPERS = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "ins", "smartTag")}
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

WIDEST_SPAN = 100  # a document may claim any number of columns; the eye sees no more than these
DEEPEST = 3  # tables inside tables inside tables: nobody writes a plan deeper down
Element = Any  # lxml's elements carry no types


def read_docx(data: bytes) -> Document:
    """All top-level tables with the paragraphs before each. Raises what python-docx raises."""
    document = docx.Document(BytesIO(data))
    body = document.element.body
    # The same text again, for old readers; text moved elsewhere; text that nobody sees.
    for unseen in [*body.iter(FALLBACK, MOVED), *_hidden(body)]:
        unseen.getparent().remove(unseen)
    tables: list[Table] = []
    lead: list[str] = []
    for element in _blocks(body):
        if element.tag == TBL:
            tables.append(Table("", lead, _rows(element)))
            lead = []
        elif text := _text(element):
            lead.append(text)
    return Document(tables)


def _hidden(body: Element) -> list[Element]:
    marks = [mark for mark in body.iter(VANISH) if mark.get(VALUE, "1") not in {"0", "false"}]
    runs = [mark.getparent().getparent() for mark in marks]
    return [run for run in runs if run is not None and run.tag == RUN]


def _blocks(parent: Element, depth: int = 0) -> Iterator[Element]:
    """Paragraphs and tables in order, and tables that only stand inside something.

    That is a table which lays out others, or a text box: what holds more cells than its own.
    """
    for element in _children(parent, {P, TBL}):
        inner = list(element.iterdescendants(TBL)) if depth < DEEPEST else []
        own = sum(1 for tr in _children(element, {TR}) for _ in _children(tr, {TC})) if inner else 0
        if not any(len(list(table.iter(TC))) > own for table in inner):
            yield element
            continue
        for holder in element.iterdescendants(TC, BOX):
            if holder.find(TBL) is not None and not _inside(holder, inner):
                yield from _blocks(holder, depth + 1)


def _inside(holder: Element, tables: list[Element]) -> bool:
    return any(above in tables for above in holder.iterancestors(TBL))


def _children(parent: Element, tags: set[str]) -> Iterator[Element]:
    """Children with these tags, also inside content controls and tracked insertions."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in WRAPPERS:
            yield from _children(child, tags)


def _rows(table: Element) -> list[Row]:
    rows: list[Row] = []
    above: list[Cell] = []
    for at, tr in enumerate(_children(table, {TR}), start=1):
        properties = tr.find(TR_PR)
        before = 0
        if properties is not None:
            if properties.find(DELETED) is not None:
                continue  # a tracked deletion
            before = _number(properties.find(BEFORE), 0)
        cells: list[Cell] = [EMPTY] * before
        for tc in _children(tr, {TC}):
            if cells and _goes_on(tc):
                first = max(i for i, cell in enumerate(cells) if cell.span)
                cells[first] = cells[first]._replace(span=cells[first].span + 1)
                cells.append(COVERED)
                continue
            cells += _cell(tc, above[len(cells)] if len(cells) < len(above) else EMPTY)
        above = cells
        rows.append(Row(cells, at))
    return rows


def _goes_on(tc: Element) -> bool:
    """Merged into the cell at its left the way old versions of Word did it."""
    properties = tc.find(TC_PR)
    mark = None if properties is None else properties.find(MERGED_ACROSS)
    return mark is not None and mark.get(VALUE, "continue") == "continue" and not _text(tc)


def _cell(tc: Element, above: Cell) -> list[Cell]:
    span, merged = 1, False
    for child in tc:
        if child.tag == TC_PR:
            for item in child:
                if item.tag == SPAN:
                    span = _number(item, 1)
                elif item.tag == MERGE:
                    merged = item.get(VALUE, "continue") == "continue"
            break
    text = _text(tc)
    if merged and not text:
        cell = Cell(above.text, span, down=True)
    else:
        cell = Cell(text, span, auto=not text and next(tc.iter(NUM_PR), None) is not None)
    return [cell] if span == 1 else [cell, *[COVERED] * (span - 1)]


def _number(element: Element, default: int) -> int:
    if element is None:
        return default
    text = element.get(VALUE, "")
    return min(max(int(text), default), WIDEST_SPAN) if text.isdecimal() else default


def _text(element: Element) -> str:
    pieces = []
    for item in element.iter(TEXT, P, TAB, BREAK, CARRIAGE, HYPHEN):
        if item.tag == TEXT:
            pieces.append(item.text or "")
        else:
            pieces.append("-" if item.tag == HYPHEN else " ")
    return clean("".join(pieces))
