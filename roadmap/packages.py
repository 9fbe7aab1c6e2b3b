"""Is this file a Word or Excel document that is safe to open? Standard library only, and bounded.

An office file is a zip of XML parts. Nothing is unpacked before its declared size is known, no part
beyond its limit, and no DTD (where entities and so «billion laughs» live) gets past its first line.
"""

import re
import stat
import zipfile
import zlib
from enum import Enum, StrEnum
from io import BytesIO
from xml.parsers import expat

MOST_BYTES = 20_000_000  # what a bot may download
MOST_PARTS = 2_000
MOST_PART_BYTES = 24_000_000  # of one XML part, unpacked
MOST_TOTAL_BYTES = 80_000_000
MOST_ROWS = 10_000
MOST_COLUMNS = 100
MOST_CELLS = 150_000
MOST_ELEMENTS = 600_000
MOST_MERGED_CELLS = 150_000
DEEPEST = 100  # nested elements
FARTHEST_ROW = 100_000  # text below it is no table's, even in a sheet with few rows
MOST_DIRECTORY_BYTES = 1_000_000
CHUNK = 1 << 20  # large, so that one long token is not scanned again for each piece of it
END_SEARCHED = 65_557  # a zip's end record with the longest comment

OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # .doc, .xls, and any office file with a password
BLANK = b" \t\r\n\xef\xbb\xff\xfe\x00"
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
WORD_ROW = re.compile(rb"<(?:\w+:)?tr[\s/>]")
FETCHED = {"attachedTemplate", "oleObject", "frame", "subDocument", "aFChunk"}


class Kind(Enum):
    """What a readable file is."""

    DOCX = "docx"
    XLSX = "xlsx"


class RefusalCode(StrEnum):
    """Why a file is not read; worded in `bot/texts/roadmap.py`."""

    NOT_A_FILE = "not_a_file"
    EMPTY = "empty"
    TOO_LARGE = "too_large"  # megabytes
    WRONG_TYPE = "wrong_type"
    OLD_FORMAT = "old_format"
    PASSWORD = "password"  # noqa: S105 - a code
    BROKEN = "broken"
    BOMB = "bomb"
    ENTITIES = "entities"
    OUTSIDE_LINK = "outside_link"
    TOO_MANY_ROWS = "too_many_rows"  # most
    FAR_CELL = "far_cell"  # cell
    TOO_MUCH = "too_much"
    TOO_SLOW = "too_slow"
    TOO_HEAVY = "too_heavy"
    NO_TABLE = "no_table"
    NO_HEADER = "no_header"


MAIN_PARTS = {
    Kind.DOCX: b"wordprocessingml.document.main+xml",
    Kind.XLSX: b"spreadsheetml.sheet.main+xml",
}


class Refused(Exception):  # noqa: N818 - an answer about a file, not a fault of the program
    """A file that is not read, with the code of the reason."""

    def __init__(self, code: RefusalCode, **args: str | int) -> None:
        super().__init__(code.value)
        self.code = code
        self.needs = args


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


class Sheet:
    """Counts a worksheet's rows and cells as it streams by, and stops at the first excess."""

    def __init__(self) -> None:
        self.row = self.column = 0
        self.rows_with_text = self.last_row_with_text = 0
        self.cells = self.elements = self.depth = self.merged = 0

    def check(self, data: bytes) -> None:
        """Raise `Refused` for a far cell, too many rows or cells, or XML that is broken."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        try:
            for at in range(0, len(data), CHUNK):
                parser.Parse(data[at : at + CHUNK], False)
            parser.Parse(b"", True)
        except expat.ExpatError as fault:
            raise Refused(RefusalCode.BROKEN, detail="xml") from fault

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.elements > MOST_ELEMENTS or self.depth > DEEPEST:
            raise Refused(RefusalCode.TOO_MUCH)
        local = name.rpartition(":")[2]
        if local in {"v", "t"}:
            self._text()
        elif local == "c":
            self._cell(attributes.get("r"))
        elif local == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
        elif local == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _end(self, _name: str) -> None:
        self.depth -= 1

    def _cell(self, reference: str | None) -> None:
        self.cells += 1
        if self.cells > MOST_CELLS:
            raise Refused(RefusalCode.TOO_MANY_ROWS, most=MOST_ROWS)
        if reference is None:
            self.column += 1
        else:
            self.column, self.row = _place(reference)

    def _text(self) -> None:
        if self.column > MOST_COLUMNS or self.row > FARTHEST_ROW:
            raise Refused(RefusalCode.FAR_CELL, cell=f"{_letters(self.column)}{self.row}")
        if self.row != self.last_row_with_text:
            self.last_row_with_text = self.row
            self.rows_with_text += 1
            if self.rows_with_text > MOST_ROWS:
                raise Refused(RefusalCode.TOO_MANY_ROWS, most=MOST_ROWS)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        (left, top), (right, bottom) = _place(first), _place(last or first)
        if right < left or bottom < top:
            raise Refused(RefusalCode.BROKEN, detail="merge")
        self.merged += (right - left + 1) * (bottom - top + 1)
        if self.merged > MOST_MERGED_CELLS:
            raise Refused(RefusalCode.FAR_CELL, cell=reference)


def _place(reference: str) -> tuple[int, int]:
    """«AB12» as column and row, from 1."""
    match = REFERENCE.fullmatch(reference)
    if match is None:
        raise Refused(RefusalCode.BROKEN, detail="cell reference")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return column, int(match[2])


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
