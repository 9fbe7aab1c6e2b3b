"""The true account of a notice: every count is a count of its rows of the outbox."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storage import outbox
from storage.notices.notices import KINDS, Notice, notice_of
from storage.times import moment


@dataclass(frozen=True)
class Account:
    """Rows of a notice by (state, reason); `erased` had one and have erased themselves since."""

    planned: int
    counts: dict[tuple[str, str], int]
    corrections: dict[tuple[str, str], int]
    withdrawals: dict[tuple[str, str], int]

    def of(self, *states: str) -> int:
        """How many rows are in one of the states."""
        return sum(n for (state, _), n in self.counts.items() if state in states)

    @property
    def left(self) -> int:
        """Rows not attempted to the end yet."""
        return self.of("waiting", "sending")

    @property
    def erased(self) -> int:
        """People without a row any more."""
        return self.planned - sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line of the account."""

    row_id: int
    person_id: int
    surname: str
    first_name: str
    patronymic: str
    municipality: str
    organisation: str
    state: str
    reason: str
    sent_at: datetime | None


def account(conn: sqlite3.Connection, notice_id: int) -> Account:
    """The counts of this moment, of one snapshot: they add up."""
    rows = conn.execute(
        "SELECT kind, state, coalesce(reason, '') AS reason, count(*) AS n FROM outbox"
        " WHERE notice_id = ? GROUP BY kind, state, reason",
        (notice_id,),
    ).fetchall()
    planned = conn.execute("SELECT planned FROM notices WHERE id = ?", (notice_id,)).fetchone()

    def of(*kinds: str) -> dict[tuple[str, str], int]:
        found: dict[tuple[str, str], int] = {}
        for row in rows:
            if row["kind"] in kinds:
                at = (row["state"], row["reason"])
                found[at] = found.get(at, 0) + row["n"]
        return found

    return Account(
        0 if planned is None else planned["planned"],
        of(*KINDS),
        of(outbox.CORRECTION),
        of(outbox.WITHDRAWAL),
    )


def recipients(
    conn: sqlite3.Connection,
    notice_id: int,
    *,
    kinds: Iterable[str] = KINDS,
    missed: bool = False,
    limit: int = -1,
    offset: int = 0,
) -> list[Recipient]:
    """The account per person, by name; `missed`: only those who have not got it."""
    among = tuple(kinds)
    marks = ", ".join("?" for _ in among)
    rows = conn.execute(
        "SELECT o.id, p.id AS person_id, p.surname, p.first_name, p.patronymic, p.municipality,"  # noqa: S608 - marks only
        " g.name AS organisation, o.state, o.reason, o.sent_at FROM outbox o"
        " JOIN people p ON p.id = o.person_id LEFT JOIN organisations g ON g.id = p.organisation_id"
        f" WHERE o.notice_id = ? AND o.kind IN ({marks})"
        " AND (NOT ? OR o.state IN ('failed', 'unknown', 'dropped'))"
        " ORDER BY p.search, p.id, o.id LIMIT ? OFFSET ?",
        (notice_id, *among, missed, limit, offset),
    )
    return [
        Recipient(
            row_id=row["id"],
            person_id=row["person_id"],
            surname=row["surname"] or "",
            first_name=row["first_name"] or "",
            patronymic=row["patronymic"] or "",
            municipality=row["municipality"] or "",
            organisation=row["organisation"] or "",
            state=row["state"],
            reason=row["reason"] or "",
            sent_at=moment(row["sent_at"]),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of a row: its state and the messages Telegram has of it."""

    state: str
    message_ids: tuple[int, ...]


def delivered(conn: sqlite3.Connection, row_id: int) -> Delivered | None:
    """The row that a correction or a withdrawal is about."""
    row = conn.execute(
        "SELECT state, message_id, message_ids FROM outbox WHERE id = ?", (row_id,)
    ).fetchone()
    if row is None:
        return None
    if row["message_ids"]:
        return Delivered(row["state"], tuple(json.loads(row["message_ids"])))
    single = row["message_id"]
    return Delivered(row["state"], () if single is None else (single,))


@dataclass(frozen=True, slots=True)
class Watched:
    """A notice whose author watches it in this chat and message."""

    notice: Notice
    chat: int
    message: int


def watched(conn: sqlite3.Connection) -> list[Watched]:
    """Notices under way that somebody watches."""
    rows = conn.execute(
        "SELECT n.*, p.telegram_id FROM notices n JOIN people p ON p.id = n.author_id"
        " WHERE n.state IN ('scheduled', 'awaiting', 'sending', 'paused')"
        " AND n.shown_in IS NOT NULL AND p.telegram_id IS NOT NULL ORDER BY n.id"
    )
    return [Watched(notice_of(row), row["telegram_id"], row["shown_in"]) for row in rows]


def watched_one(conn: sqlite3.Connection, notice_id: int) -> Watched | None:
    """One notice with where its author watches it, whatever its state."""
    row = conn.execute(
        "SELECT n.*, p.telegram_id FROM notices n JOIN people p ON p.id = n.author_id"
        " WHERE n.id = ? AND n.shown_in IS NOT NULL AND p.telegram_id IS NOT NULL",
        (notice_id,),
    ).fetchone()
    return None if row is None else Watched(notice_of(row), row["telegram_id"], row["shown_in"])
