"""Reading the name a person typed: «Иванова Анна Петровна», in parts, or in another order."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from storage.people.people import Field

LONGEST = 40
"""Letters in one part of a name; the longest Russian double surnames have about thirty."""

FAULTS = 4
"""Told at once; a pasted page of text has no more to say than its first words."""

_PATRONYMIC = re.compile(r"(вна|чна|инична|вич|ьич|мич|кич|нич)$", re.IGNORECASE)
# These follow a patronymic as a word of its own.
_AFTER_PATRONYMIC = {"оглы", "кызы", "улы", "гызы", "углы"}
_HYPHENS = str.maketrans({"–": "-", "—": "-", "‑": "-", "ʼ": "’", "`": "’"})


class NameFault(StrEnum):
    """Why a name is not taken; `bot/texts/fields.py` words it."""

    EMPTY = "empty"
    NOT_LETTERS = "not-letters"
    INITIALS = "initials"
    TOO_LONG = "too-long"
    TOO_MANY_WORDS = "too-many-words"


@dataclass(frozen=True)
class NameRefused:
    """Everything that is wrong, at once; `part` is the words at fault as typed."""

    faults: tuple[tuple[NameFault, str], ...]


def read_name(text: str, first: Field) -> dict[Field, str] | NameRefused:
    """The parts of a name, beginning with the field that is asked for.

    Asked for the surname, up to three parts are understood (a fourth only after a patronymic, as
    «оглы»); asked for the first name, up to two. A patronymic typed second of three tells that the
    surname came last; typed second of two, that the surname was left out.
    """
    wanted = [Field.SURNAME, Field.FIRST_NAME, Field.PATRONYMIC]
    wanted = wanted[wanted.index(first) :]
    words = re.sub(r"\s*-\s*", "-", " ".join(_composed(text).translate(_HYPHENS).split())).split()
    if not words:
        return NameRefused(((NameFault.EMPTY, ""),))
    if len(words) > 1 and words[-1].casefold() in _AFTER_PATRONYMIC:
        words[-2:] = [f"{words[-2]} {words[-1]}"]
    faults = [fault for word in words if (fault := _fault_of(word))]
    if len(words) > len(wanted):
        faults.append((NameFault.TOO_MANY_WORDS, str(len(wanted))))
    if faults:
        return NameRefused(tuple(dict.fromkeys(faults))[:FAULTS])
    if len(words) == 3 and _PATRONYMIC.search(words[1]) and not _PATRONYMIC.search(words[2]):
        words = [words[2], words[0], words[1]]
    if len(words) == 2 and first is Field.SURNAME and _PATRONYMIC.search(words[1]):
        wanted = wanted[1:]  # «Анна Петровна»: the surname is still to be asked
    return {field: _capitalised(word) for field, word in zip(wanted, words, strict=False)}


def _composed(text: str) -> str:
    """«й» as one sign: some keyboards and files send it as «и» with a breve."""
    return unicodedata.normalize("NFC", text)


def _fault_of(word: str) -> tuple[NameFault, str] | None:
    if re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?", word):
        return NameFault.INITIALS, word
    letters = re.sub(r"(?<=.)[-'’ ](?=.)", "", word)  # between two letters only
    if not letters.isalpha() or re.search(r"[-'’]{2}", word):
        return NameFault.NOT_LETTERS, word[:LONGEST]
    return (NameFault.TOO_LONG, word[:LONGEST]) if len(word) > LONGEST else None


def _capitalised(word: str) -> str:
    """Each part with a capital letter, unless the person typed both large and small on purpose."""
    if word not in (word.lower(), word.upper()):
        return word[0].upper() + word[1:]
    head, *rest = word.split(" ")
    shown = "-".join(part[:1].upper() + part[1:].lower() for part in head.split("-"))
    return " ".join([shown, *(part.lower() for part in rest)])
