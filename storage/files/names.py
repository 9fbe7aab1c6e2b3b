"""Names of files: what a sender called one, cleaned; and tidy names inside an archive."""

import re
import unicodedata
from collections.abc import Iterable

from pathvalidate import sanitize_filename

LONGEST = 80
"""Characters of a cleaned name without its ending; in Cyrillic 160 bytes, disks take 255."""

_ENDING = re.compile(r"\.(?:[A-Za-z][A-Za-z0-9]{0,4}|7z)$")  # «Задание 4.1» keeps its number


def clean(name: str, ending: str, *, fallback: str) -> str:
    """A name that is safe to show, to send and to write to a disk, with the content's own ending.

    No path, no control character, none that changes direction (it can make «exe.pdf» of
    «fdp.exe»), no device name of Windows, no dot or dash in front, no ending of before
    («план.pdf.docx» that is a PDF becomes «план.pdf»).

    Args:
        name: as its sender has it; anything.
        ending: of the content, without a dot; '' for none.
        fallback: where nothing is left of the name.
    """
    text = unicodedata.normalize("NFC", name.encode("utf-8", "ignore").decode())
    text = re.split(r"[\\/]", text)[-1]
    text = "".join(
        " " if unicodedata.category(one) in {"Zs", "Zl", "Zp", "Cc"} else one
        for one in text
        if unicodedata.category(one) not in {"Cf", "Cs", "Co", "Cn"}
    )
    while match := _ENDING.search(text):
        text = text[: match.start()]
    return _tidy(text, fallback) + (f".{ending}" if ending else "")


def part(text: str, *, fallback: str) -> str:
    """One folder or file of an archive, from words of ours or of people; without an ending."""
    return _tidy(text, fallback)


def unique(name: str, taken: set[str]) -> str:
    """The name, numbered if it is taken (regardless of case); it is taken from now on."""
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, dot + ending) if dot else (name, "")
    found, number = name, 1
    while found.casefold() in taken:
        number += 1
        found = f"{stem} ({number}){ending}"
    taken.add(found.casefold())
    return found


def joined(parts: Iterable[str]) -> str:
    """A path inside an archive: always forward slashes (APPNOTE.TXT 4.4.17)."""
    return "/".join(parts)


def _tidy(text: str, fallback: str) -> str:
    made = sanitize_filename(text, platform="universal", replacement_text=" ")
    made = " ".join(str(made).split()).lstrip("-~. ")[:LONGEST].rstrip(". ")
    return made or fallback
