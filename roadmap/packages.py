"""Is this file a Word or Excel document that is safe to open? Standard library only, and bounded.

An office file is a zip of XML parts. Nothing is unpacked before its declared size is known, no part
beyond its limit, and no DTD (where entities and so «billion laughs» live) gets past its first line.
"""

import re
import stat
import zipfile
import zlib
from enum import Enum
from io import BytesIO
from xml.parsers import expat

from roadmap.refusals import MOST_ROWS, RefusalCode, Refused
from roadmap.worksheets import CHUNK, MOST_ELEMENTS, Sheet

MOST_BYTES = 20_000_000  # what a bot may download
MOST_PARTS = 2_000
MOST_PART_BYTES = 24_000_000  # of one XML part, unpacked
MOST_TOTAL_BYTES = 80_000_000
MOST_DIRECTORY_BYTES = 1_000_000
MOST_SHEETS = 100
END_SEARCHED = 65_557  # a zip's end record with the longest comment

OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # .doc, .xls, and any office file with a password
BLANK = b" \t\r\n\xef\xbb\xff\xfe\x00"
WORD_ROW = re.compile(rb"<(?:\w+:)?tr[\s/>]")
FETCHED = {"attachedTemplate", "oleObject", "frame", "subDocument", "aFChunk"}


class Kind(Enum):
    """What a readable file is."""

    DOCX = "docx"
    XLSX = "xlsx"


MAIN_PARTS = {
    Kind.DOCX: b"wordprocessingml.document.main+xml",
    Kind.XLSX: b"spreadsheetml.sheet.main+xml",
}


def inspect(data: bytes) -> Kind:
    """What the file is, if it is safe to open. Raises `Refused`."""
    if not data:
        raise Refused(RefusalCode.EMPTY)
    if data.startswith(OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise Refused(RefusalCode.PASSWORD if locked else RefusalCode.OLD_FORMAT)
    if not data.startswith(b"PK\x03\x04"):
        raise Refused(RefusalCode.WRONG_TYPE)
    _check_directory_size(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            _check_directory(package.infolist(), len(data))
            kind = _kind(package)
            for info in package.infolist():
                _check_part(package, info, kind)
            return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError) as fault:
        raise Refused(RefusalCode.BROKEN, detail=type(fault).__name__) from fault
    except (NotImplementedError, RuntimeError) as fault:  # unknown compression, a password
        raise Refused(RefusalCode.PASSWORD) from fault


def sheet_names(data: bytes) -> tuple[str, ...]:
    """The names of a workbook's sheets; () for anything that does not readily say them.

    Bounded, and refuses nothing: it only tells what sort of table somebody sends, before `inspect`
    and a child look at it properly.
    """
    names: list[str] = []

    def look(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "sheet" and len(names) < MOST_SHEETS:
            names.append(attributes.get("name", ""))

    try:
        _check_directory_size(data)
        with zipfile.ZipFile(BytesIO(data)) as package:
            info = package.getinfo("xl/workbook.xml")
            if info.file_size > MOST_DIRECTORY_BYTES:
                return ()
            part = package.read(info)
            _refuse_dtd(part, strict=True)
            parser = expat.ParserCreate()
            parser.StartElementHandler = look
            parser.Parse(part, True)
    except (Refused, zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError):
        return ()
    except (ValueError, KeyError, NotImplementedError, RuntimeError):
        return ()
    return tuple(names)


def _check_directory_size(data: bytes) -> None:
    """Before `zipfile` makes an object of each entry: a directory of megabytes is an attack."""
    end = data.rfind(b"PK\x05\x06", -END_SEARCHED)
    if end < 0 or len(data) < end + 22:
        raise Refused(RefusalCode.BROKEN, detail="no directory")
    if int.from_bytes(data[end + 12 : end + 16], "little") > MOST_DIRECTORY_BYTES:
        raise Refused(RefusalCode.BOMB)


def _check_directory(parts: list[zipfile.ZipInfo], size: int) -> None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_TOTAL_BYTES:
        raise Refused(RefusalCode.BOMB)
    if sum(part.compress_size for part in parts) > size:
        raise Refused(RefusalCode.BOMB)  # parts that lie over one another
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(RefusalCode.PASSWORD)
    names = [part.filename.lower() for part in parts]
    if len(set(names)) < len(names):
        raise Refused(RefusalCode.BROKEN, detail="a part twice")
    for part in parts:
        outside = part.filename.startswith("/") or ".." in part.filename.split("/")
        if outside or "\\" in part.filename or stat.S_ISLNK(part.external_attr >> 16):
            raise Refused(RefusalCode.BROKEN, detail="a part outside the package")


def _kind(package: zipfile.ZipFile) -> Kind:
    try:
        info = package.getinfo("[Content_Types].xml")
    except KeyError:
        raise Refused(RefusalCode.WRONG_TYPE) from None
    if info.file_size > MOST_PART_BYTES:
        raise Refused(RefusalCode.BOMB)
    types = package.read(info)
    _refuse_dtd(types, strict=True)
    for kind, mark in MAIN_PARTS.items():
        if mark in types:
            return kind
    raise Refused(RefusalCode.WRONG_TYPE)


def _check_part(package: zipfile.ZipFile, info: zipfile.ZipInfo, kind: Kind) -> None:
    name = info.filename.lower()
    named_xml = name.endswith((".xml", ".rels"))
    with package.open(info) as part:
        start = part.read(64)
    if not named_xml and not start.lstrip(BLANK).startswith((b"<", b"\x00<")):
        return  # a picture, a font: no library opens it
    if info.file_size > MOST_PART_BYTES:
        raise Refused(RefusalCode.BOMB)
    data = package.read(info)
    _refuse_dtd(data, strict=named_xml)
    if data.count(b"<") > 2 * MOST_ELEMENTS:
        sheet = b"sheetData" in data[:4096]
        raise Refused(RefusalCode.TOO_MANY_ROWS if sheet else RefusalCode.TOO_MUCH, most=MOST_ROWS)
    if name.endswith(".rels"):
        _refuse_outside_links(data)
    elif kind is Kind.XLSX and b"sheetData" in data:
        Sheet().check(data)
    elif kind is Kind.DOCX and name.startswith("word/document"):
        rows = sum(1 for _ in WORD_ROW.finditer(data))
        if rows > MOST_ROWS:
            raise Refused(RefusalCode.TOO_MANY_ROWS, most=MOST_ROWS)


class _RootReached(Exception):  # noqa: N818 - stops the parser, says nothing
    """No DTD can follow the root element."""


def _refuse_dtd(data: bytes, *, strict: bool) -> None:
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise Refused(RefusalCode.ENTITIES)

    def stop(*_: object) -> None:
        raise _RootReached

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = stop
    try:
        for at in range(0, len(data), CHUNK):
            parser.Parse(data[at : at + CHUNK], False)
        parser.Parse(b"", True)
    except _RootReached:
        return
    except (expat.ExpatError, ValueError, LookupError) as fault:
        if strict:
            raise Refused(RefusalCode.BROKEN, detail="xml") from fault


def _refuse_outside_links(data: bytes) -> None:
    """Parts that would be fetched from the network: remote templates, frames, objects.

    We fetch nothing; but no honest roadmap is built so. Ordinary hyperlinks stay.
    """
    parser = expat.ParserCreate()

    def look(_name: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("Type", "").rsplit("/", 1)[-1]
        target = attributes.get("Target", "").lower()
        if kind in FETCHED and target.startswith(("http:", "https:", "ftp:", "\\\\")):
            raise Refused(RefusalCode.OUTSIDE_LINK)

    parser.StartElementHandler = look
    try:
        parser.Parse(data, True)
    except expat.ExpatError as fault:
        raise Refused(RefusalCode.BROKEN, detail="xml") from fault
