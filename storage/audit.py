"""What staff did: who, what, on whom, before and after. Never a name, never an answer.

A storage function that carries out a deed of staff takes `by` and records it in the same step, so
that neither exists without the other. Rows are only ever added (triggers refuse all else), and
each holds a hash over itself and the hash before it: whoever edits the file by hand breaks the
chain from there on. The last rows can be cut off without a trace inside the file, so `check`
prints the newest hash, for whoever wants to keep it elsewhere.

People stand here as ids, which are never given twice: of an erased person nothing can be read.
"""

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.times import moment, stored

Value = str | int | bool | list[str]


class Deed(StrEnum):
    """What was done; `bot/texts/audit.py` words each."""

    ROLE_GIVEN = "role-given"
    ROLE_TAKEN = "role-taken"
    INVITATION_MADE = "invitation-made"
    INVITATION_ENDED = "invitation-ended"
    NETWORK_MADE = "network-made"
    NETWORK_LEADER = "network-leader"
    NETWORK_MEMBERS = "network-members"
    NETWORK_CHANGED = "network-changed"
    NETWORK_DISSOLVED = "network-dissolved"
    FORM_PUBLISHED = "form-published"
    FORM_HIDDEN = "form-hidden"
    CAMPAIGN_OPENED = "campaign-opened"
    CAMPAIGN_CLOSED = "campaign-closed"
    CAMPAIGN_PROLONGED = "campaign-prolonged"
    NUDGED = "nudged"
    NOTICE_CONFIRMED = "notice-confirmed"
    NOTICE_DECIDED = "notice-decided"
    NOTICE_CANCELLED = "notice-cancelled"
    NOTICE_CORRECTED = "notice-corrected"
    NOTICE_WITHDRAWN = "notice-withdrawn"
    EXPORTED = "exported"
    ACCOUNT_EXPORTED = "account-exported"  # of a notice: to whom it came, by name
    REGION_EXPORTED = "region-exported"
    WORKS_EXPORTED = "works-exported"  # works, journals and workbooks of trainees
    GROUP_LOADED = "group-loaded"  # by a table
    GROUPS_EXPORTED = "groups-exported"
    GROUP_HEAD = "group-head"
    REGISTER_LOADED = "register-loaded"
    REGISTER_LINKS = "register-links"  # personal links, with names, left the bot as a file
    REGISTER_MATCHED = "register-matched"
    RELINK_CODE = "relink-code"
    RELINKED = "relinked"
    ORGANISATION_RENAMED = "organisation-renamed"
    ORGANISATIONS_MERGED = "organisations-merged"
    SCREENING_WORDING = "screening-wording"
    SCREENING_HEADCOUNTS = "screening-headcounts"
    SCREENING_CONTACTS = "screening-contacts"
    SCREENING_HELPLINE = "screening-helpline"
    ERASED = "erased"  # by staff, at the command line; whoever erases themselves is not staff


@dataclass(frozen=True)
class By:
    """Who does it and when; None is whoever sits at the command line."""

    who: int | None
    at: datetime


@dataclass(frozen=True)
class Entry:
    """One row as shown; `deed` may be of a newer release, hence a plain word."""

    id: int
    at: datetime
    actor: int | None
    about: int | None
    deed: str
    object: str
    before: Mapping[str, Value]
    after: Mapping[str, Value]


@dataclass(frozen=True)
class Verdict:
    """What following the chain found; `broken` is the first row that does not fit."""

    rows: int
    broken: int | None
    newest: str


def record(
    conn: sqlite3.Connection,
    by: By | None,
    deed: Deed,
    *,
    about: int | None = None,
    object: str = "",  # noqa: A002 - the column's name: what the deed was done to
    before: Mapping[str, Value] | None = None,
    after: Mapping[str, Value] | None = None,
) -> None:
    """Add a row; nothing for `by` None: what the bot itself or a demonstration does."""
    if by is None:
        return
    last = conn.execute("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    number, previous = (1, b"") if last is None else (last["id"] + 1, last["hash"])
    columns = (
        number,
        stored(by.at),
        by.who,
        about,
        deed.value,
        object,
        _json(before or {}),
        _json(after or {}),
    )
    conn.execute(
        "INSERT INTO audit (id, at, actor, about, deed, object, before, after, hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*columns, _hash(previous, columns)),
    )


@dataclass(frozen=True)
class Page:
    """Entries, the newest first; `number` from 0, of `pages`."""

    entries: tuple[Entry, ...]
    number: int
    pages: int
    total: int


def page(conn: sqlite3.Connection, *, number: int = 0, size: int = 8) -> Page:
    """A page of the log; beyond the last is the last."""
    total = conn.execute("SELECT count(*) FROM audit").fetchone()[0]
    pages = max(1, -(-total // size))
    number = min(max(number, 0), pages - 1)
    rows = conn.execute(
        "SELECT * FROM audit ORDER BY id DESC LIMIT ? OFFSET ?", (size, number * size)
    )
    return Page(tuple(map(_entry, rows)), number, pages, total)


def verify(conn: sqlite3.Connection) -> Verdict:
    """Follow the chain from its first row."""
    previous, number = b"", 0
    for row in conn.execute("SELECT * FROM audit ORDER BY id"):
        columns = tuple(row)[:-1]
        if row["id"] != number + 1 or row["hash"] != _hash(previous, columns):
            return Verdict(number, row["id"], previous.hex())
        previous, number = row["hash"], row["id"]
    return Verdict(number, None, previous.hex())


def _hash(previous: bytes, columns: tuple[object, ...]) -> bytes:
    return hashlib.sha256(previous + _json(list(columns)).encode()).digest()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(
        id=row["id"],
        at=moment(row["at"]),
        actor=row["actor"],
        about=row["about"],
        deed=row["deed"],
        object=row["object"],
        before=json.loads(row["before"]),
        after=json.loads(row["after"]),
    )
