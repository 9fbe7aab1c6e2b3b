"""What a file is, by its content; names and what their senders claim are not asked.

`filetype` reads signatures. Beyond that: which office document a ZIP is, whether it carries macros,
and whether a file is two kinds at once (a picture with an archive behind it), which is refused
because what a reviewer sees is not what they download.
"""

import zipfile
from enum import StrEnum
from pathlib import Path

import filetype


class FileType(StrEnum):
    """Families that a task may ask for."""

    WORD = "word"
    PDF = "pdf"
    SLIDES = "slides"
    SHEET = "sheet"
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    PLAIN = "plain"
    ARCHIVE = "archive"
    OTHER = "other"


class Harm(StrEnum):
    """Why a file is not taken."""

    PROGRAM = "program"
    MACROS = "macros"
    TWO_IN_ONE = "two-in-one"
    WEB_PAGE = "web-page"
    BROKEN = "broken"  # says it is a document and cannot be opened as one


HEAD = 8192
TAIL = 66_000
"""A ZIP's end record lies within its last 65 557 bytes (APPNOTE.TXT 4.3.16)."""

_FAMILIES = {
    "doc": FileType.WORD,
    "docx": FileType.WORD,
    "odt": FileType.WORD,
    "rtf": FileType.WORD,
    "pdf": FileType.PDF,
    "ppt": FileType.SLIDES,
    "pptx": FileType.SLIDES,
    "odp": FileType.SLIDES,
    "xls": FileType.SHEET,
    "xlsx": FileType.SHEET,
    "ods": FileType.SHEET,
    "zip": FileType.ARCHIVE,
    "rar": FileType.ARCHIVE,
    "7z": FileType.ARCHIVE,
    "gz": FileType.ARCHIVE,
    "tar": FileType.ARCHIVE,
    "epub": FileType.OTHER,
}
_PROGRAMS = {"exe", "elf", "dex", "dey", "swf", "crx", "deb", "rpm", "cab", "wasm", "lnk", "msi"}
_PROGRAM_HEADS = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",  # Java class, Mach-O for several processors
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"L\x00\x00\x00\x01\x14\x02\x00",  # Windows shortcut
    b"#!",
    b"#@~^",  # encoded script
    b"dex\n",
)
_PROGRAM_ENDINGS = {
    *("exe", "com", "scr", "pif", "bat", "cmd", "ps1", "psm1", "vbs", "vbe", "js", "jse", "wsf"),
    *("wsh", "hta", "msi", "msp", "reg", "lnk", "jar", "apk", "cpl", "dll", "sh", "py", "jnlp"),
    *("scf", "url", "appx", "dmg", "pkg", "iso", "img", "vhd"),
}
_PAGE_HEADS = (b"<!doctype html", b"<html", b"<script", b"<svg", b"<?xml-stylesheet", b"<body")
_OFFICE = (("word/", "docx"), ("ppt/", "pptx"), ("xl/", "xlsx"))
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/epub+zip": "epub",
}
_STREAMS = (("WordDocument", "doc"), ("PowerPoint Document", "ppt"), ("Workbook", "xls"))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def look_at(path: Path, claimed: str) -> tuple[FileType, str] | Harm:  # noqa: C901, PLR0911 - a list of cases in the order in which they must be asked
    """The family and the proper ending of a file, or why it is not taken. Blocks on the disk.

    Args:
        path: the file; at most the head, the tail and a ZIP's directory are read.
        claimed: the name its sender gave it: only an ending that a computer would *run* counts.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
        size = file.seek(0, 2)
        file.seek(max(0, size - TAIL))
        tail = file.read()
    ending = claimed.rpartition(".")[2].strip().lower() if "." in claimed else ""
    if ending in _PROGRAM_ENDINGS or head.startswith(_PROGRAM_HEADS):
        return Harm.PROGRAM
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower()
    if start.startswith(_PAGE_HEADS):
        return Harm.WEB_PAGE
    if head.startswith(b"PK\x03\x04"):
        return _zip(path)
    known = filetype.guess(head)
    found: str = known.extension if known is not None else ""
    if found in _PROGRAMS:
        return Harm.PROGRAM
    if b"PK\x05\x06" in tail or _second_head(head, found):
        return Harm.TWO_IN_ONE
    if head.startswith(_OLE):
        return _ole(path, ending)
    if head.startswith(b"{\\rtf"):
        return FileType.WORD, "rtf"
    if known is not None:
        family = _FAMILIES.get(found) or {
            "image": FileType.IMAGE,
            "video": FileType.VIDEO,
            "audio": FileType.AUDIO,
        }.get(known.mime.partition("/")[0], FileType.OTHER)
        return family, found
    if _is_text(head):
        return FileType.PLAIN, "csv" if ending == "csv" else "txt"
    if ending in _FAMILIES:
        return Harm.BROKEN
    return FileType.OTHER, "bin"


def _second_head(head: bytes, found: str) -> bool:
    """A PDF hidden behind another beginning: readers look for its head in the first 1024 bytes."""
    return found != "pdf" and b"%PDF-" in head[1:1024] and not _is_text(head)


def _zip(path: Path) -> tuple[FileType, str] | Harm:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            mimetype = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError):
        return Harm.BROKEN
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return Harm.MACROS
    if any(
        name.upper() == "META-INF/MANIFEST.MF" or name == "AndroidManifest.xml" for name in names
    ):
        return Harm.PROGRAM
    if "[Content_Types].xml" in names:
        for folder, ending in _OFFICE:
            if any(name.startswith(folder) for name in names):
                return _FAMILIES[ending], ending
    if (ending := _OPEN_DOCUMENT.get(mimetype.strip(), "")) != "":
        return _FAMILIES[ending], ending
    endings = {name.rpartition(".")[2].lower() for name in names if "." in name}
    return Harm.PROGRAM if endings & _PROGRAM_ENDINGS else (FileType.ARCHIVE, "zip")


def _ole(path: Path, ending: str) -> tuple[FileType, str] | Harm:
    """The old binary formats: told apart by the names of their streams, stored as UTF-16."""
    content = path.read_bytes()
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        return Harm.MACROS
    for stream, kind in (
        ("WordDocument", "doc"),
        ("PowerPoint Document", "ppt"),
        ("Workbook", "xls"),
    ):
        if stream.encode("utf-16-le") in content:
            return _FAMILIES[kind], kind
    return Harm.PROGRAM if ending == "msi" else (FileType.OTHER, "bin")


def _is_text(head: bytes) -> bool:
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    control = sum(byte < 32 and byte not in b"\t\n\r\x0c\x1b" for byte in head)
    return control == 0 or head.startswith((b"\xff\xfe", b"\xfe\xff"))
