"""Word files made oddly: layout tables, text boxes, tracked changes, hidden text, old merges."""

import copy
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from roadmap.docx_tables import read_docx
from roadmap.model import Roadmap
from roadmap.reading import read

TITLE = "План работы сети на 2026-2027 учебный год"
HEADER = ["№", "Мероприятие", "Сроки", "Ответственный"]
SEMINAR = ["1.1", "Семинар", "сентябрь", "ТМС"]
CLUB = ["1.2", "Клуб", "15.10.2026", "ТМС"]
WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
BOX = (
    f"<w:p {WORD}><w:r><mc:AlternateContent>"
    '<mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent/></wps:txbx></w:drawing>'
    "</mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent/></v:textbox></w:pict>"
    "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
)


def document(title: str = TITLE) -> Any:
    made = docx.Document()
    made.add_paragraph(title)
    return made


def table(holder: Any, *rows: Sequence[str]) -> Any:
    made = holder.add_table(len(rows) + 1, len(HEADER))
    for i, row in enumerate((HEADER, *rows)):
        for j, text in enumerate(row):
            made.cell(i, j).text = text
    return made


def understood(made: Any) -> Roadmap:
    out = BytesIO()
    made.save(out)
    return read(read_docx(out.getvalue()))


def shown(roadmap: Roadmap) -> list[tuple[str, str, str]]:
    return [
        (one.number, one.title, " ".join(str(w.start) for w in one.windows))
        for one in roadmap.events
    ]


BOTH = [("1.1", "Семинар", "2026-09-01"), ("1.2", "Клуб", "2026-10-15")]


def test_a_table_inside_a_layout_table_is_found() -> None:
    made = document()
    outer = made.add_table(1, 1)
    table(outer.cell(0, 0), SEMINAR, CLUB)
    assert shown(understood(made)) == BOTH


def test_a_table_in_a_text_box_is_found_once() -> None:
    made = document()
    plan = table(made, SEMINAR, CLUB)._tbl
    box = parse_xml(BOX)
    for content in box.iter(qn("w:txbxContent")):
        content.append(copy.deepcopy(plan))
    plan.addprevious(box)
    plan.getparent().remove(plan)
    assert shown(understood(made)) == BOTH


def test_a_title_in_a_text_box_names_the_year() -> None:
    made = document("")
    box = parse_xml(BOX)
    for content in box.iter(qn("w:txbxContent")):
        content.append(parse_xml(f"<w:p {WORD}><w:r><w:t>{TITLE}</w:t></w:r></w:p>"))
    made.element.body.insert(0, box)
    table(made, SEMINAR)
    roadmap = understood(made)
    assert (roadmap.year, shown(roadmap)) == ("2026-2027", BOTH[:1])


def test_a_small_table_inside_a_cell_is_that_cells_text() -> None:
    made = document()
    plan = table(made, SEMINAR, CLUB)
    inner = plan.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "очно", "заочно"
    assert [title for _, title, _ in shown(understood(made))] == ["Семинар очно заочно", "Клуб"]


@pytest.mark.parametrize(
    "unseen",
    [
        '<w:moveFrom {0} w:id="1" w:author="x"><w:r><w:t>март </w:t></w:r></w:moveFrom>',
        '<w:del {0} w:id="1" w:author="x"><w:r><w:delText>март </w:delText></w:r></w:del>',
        "<w:r {0}><w:rPr><w:vanish/></w:rPr><w:t>март </w:t></w:r>",
        "<w:r {0}><w:instrText>DATE март</w:instrText></w:r>",
    ],
    ids=["moved away", "deleted", "hidden", "field code"],
)
def test_text_that_nobody_sees_is_no_date(unseen: str) -> None:
    made = document()
    paragraph = table(made, SEMINAR).cell(1, 2).paragraphs[0]._p
    paragraph.insert(0, parse_xml(unseen.format(WORD)))
    assert shown(understood(made)) == BOTH[:1]


def test_text_inserted_with_tracking_is_read() -> None:
    made = document()
    plan = table(made, ["1.1", "Семинар", "", "ТМС"])
    tracked = f'<w:ins {WORD} w:id="1" w:author="x"><w:r><w:t>сентябрь</w:t></w:r></w:ins>'
    plan.cell(1, 2).paragraphs[0]._p.append(parse_xml(tracked))
    assert shown(understood(made)) == BOTH[:1]


def test_a_row_deleted_with_tracking_is_gone() -> None:
    made = document()
    row = table(made, SEMINAR, CLUB).rows[1]._tr
    row.get_or_add_trPr().append(parse_xml(f'<w:del {WORD} w:id="1" w:author="x"/>'))
    assert shown(understood(made)) == BOTH[1:]


def test_a_section_merged_the_old_way_heads_its_rows() -> None:
    made = document()
    plan = table(made, ["4. Методическая деятельность", "", "", ""], SEMINAR)
    for place, cell in enumerate(plan.rows[1]._tr.tc_lst):
        value = 'w:val="restart"' if place == 0 else ""
        cell.get_or_add_tcPr().append(parse_xml(f"<w:hMerge {WORD} {value}/>"))
    (event,) = understood(made).events
    assert (event.title, event.section) == ("Семинар", 4)


def test_a_section_in_the_column_of_numbers_right_below_the_header_is_no_second_header() -> None:
    made = document()
    table(made, ["1. Организационные мероприятия", "", "", ""], SEMINAR)
    (event,) = understood(made).events
    assert (event.title, event.section) == ("Семинар", 1)


def test_a_term_merged_down_holds_for_each_row_and_a_title_merged_down_is_one_event() -> None:
    made = document()
    plan = table(made, SEMINAR, ["1.2", "Клуб", "", "ТМС"])
    plan.cell(1, 2).merge(plan.cell(2, 2))
    assert [when for _, _, when in shown(understood(made))] == ["2026-09-01", "2026-09-01"]
    made = document()
    plan = table(made, SEMINAR, ["", "", "октябрь", ""])
    plan.cell(1, 0).merge(plan.cell(2, 0))
    plan.cell(1, 1).merge(plan.cell(2, 1))
    assert shown(understood(made)) == [("1.1", "Семинар", "2026-09-01 2026-10-01")]


def test_a_header_in_a_table_of_its_own_serves_the_next() -> None:
    made = document()
    table(made)
    made.add_paragraph("")
    body = made.add_table(2, len(HEADER))
    for i, row in enumerate((SEMINAR, CLUB)):
        for j, text in enumerate(row):
            body.cell(i, j).text = text
    assert shown(understood(made)) == BOTH
