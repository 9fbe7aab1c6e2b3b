"""Corrections of large notices: proposed by one of the staff, made on a second person's word.

Without that, whoever had a harmless text approved could send thousands another one a minute later.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storage import outbox
from storage.audit import By, Deed, record
from storage.notices import changes
from storage.notices.notices import APPROVAL, DECIDED


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a notice shall say instead; `author_id` is None once its author erased themselves."""

    text: str
    author_id: int | None
    revision: int


def propose(
    conn: sqlite3.Connection,
    notice_id: int,
    text: str,
    *,
    revision: int,
    author: int,
    approvers: Iterable[int],
    now: datetime,
) -> int:
    """Ask a second person; the proposal's number, 0 where the notice has changed meanwhile.

    The same text handled twice is one proposal; another one takes the place of what still waits.
    """
    same = conn.execute(
        "SELECT proposals FROM notices WHERE id = ? AND proposed = ? AND proposed_by = ?",
        (notice_id, text, author),
    ).fetchone()
    if same is not None:
        return int(same["proposals"])
    row = conn.execute(
        "UPDATE notices SET proposed = ?, proposed_by = ?, proposals = proposals + 1"
        " WHERE id = ? AND revision = ? AND planned_at IS NOT NULL AND withdrawn_at IS NULL"
        " RETURNING proposals",
        (text, author, notice_id, revision),
    ).fetchone()
    if row is None:
        return 0
    number = int(row["proposals"])
    for person in approvers:
        outbox.put(
            conn,
            f"notice:{notice_id}:proposal:{number}:person:{person}",
            person_id=person,
            kind=APPROVAL,
            payload={"notice": notice_id, "fix": number},
            due_at=now,
        )
    return number


def waiting(conn: sqlite3.Connection, notice_id: int, number: int) -> Proposal | None:
    """The proposal of this number, if it still waits for a word."""
    row = conn.execute(
        "SELECT proposed, proposed_by, revision FROM notices WHERE id = ? AND proposals = ?"
        " AND proposed IS NOT NULL AND withdrawn_at IS NULL",
        (notice_id, number),
    ).fetchone()
    return None if row is None else Proposal(row["proposed"], row["proposed_by"], row["revision"])


def settle(
    conn: sqlite3.Connection, notice_id: int, number: int, *, by: By, approved: bool
) -> int | None:
    """The second person's word; how many messages are edited now.

    None if it does not wait (any more), or `by` is who proposed it.
    """
    proposal = waiting(conn, notice_id, number)
    if proposal is None or proposal.author_id == by.who:
        return None
    conn.execute(
        "UPDATE notices SET proposed = NULL, proposed_by = NULL WHERE id = ?", (notice_id,)
    )
    after: dict[str, str | int | bool | list[str]] = {"approved": approved}
    record(conn, by, Deed.NOTICE_DECIDED, object=f"notice:{notice_id}", after=after)
    made = 0
    if approved:
        made = changes.correct(
            conn,
            notice_id,
            proposal.text,
            revision=proposal.revision,
            now=by.at,
            # Whose words they are; of somebody erased nothing can be said but who agreed to them.
            by=by if proposal.author_id is None else By(proposal.author_id, by.at),
        )
    if proposal.author_id is not None:
        outbox.put(
            conn,
            f"notice:{notice_id}:proposal:{number}:decided",
            person_id=proposal.author_id,
            kind=DECIDED,
            payload={"notice": notice_id, "approved": approved, "fix": number},
            due_at=by.at,
        )
    return made
