"""From a notice's confirmation to its rows: a second person's word, its time, one transaction.

A notice becomes rows of the outbox in one transaction, when its time has come; from then on every
count is a count of those rows, so the counts add up. `planned` keeps how many there were:
whoever erased themselves since has no row any more.
"""

import sqlite3
from collections.abc import Callable, Iterable
from datetime import datetime

from storage import outbox
from storage.audiences import Audience, where
from storage.audit import By, Deed, Value, record
from storage.notices import addressing
from storage.notices.notices import (
    APPROVAL,
    DECIDED,
    NOTICE,
    URGENT,
    Content,
    Notice,
    State,
    find,
    notice_of,
)
from storage.scopes import Scope
from storage.times import stored


def create(
    conn: sqlite3.Connection,
    content: Content,
    audience: Audience,
    scope: Scope,
    *,
    author: int,
    starts_at: datetime,
    request_key: str,
    now: datetime,
    urgent: bool = False,
    approvers: Iterable[int] | None = None,
    by: By | None = None,
) -> Notice:
    """Confirm a notice; the same `request_key` again returns the same notice.

    Args:
        conn: the store.
        content: what it says.
        audience: to whom, evaluated when it begins.
        scope: the author's, or a part of it; nobody outside it receives the notice.
        author: `people.id`.
        starts_at: not before this.
        request_key: of this confirmation.
        now: the moment.
        urgent: quiet hours and open questionnaires do not hold it back.
        approvers: who is asked first; None where nobody's approval is needed.
        by: whose deed it is in the log.
    """
    state = State.SCHEDULED if approvers is None else State.AWAITING
    made = conn.execute(
        "INSERT INTO notices (author_id, scope_kind, scope_ref, content, audience, urgent, state,"
        " starts_at, created_at, request_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (request_key) DO NOTHING",
        (
            author,
            scope.kind.value,
            scope.ref,
            content.model_dump_json(),
            audience.model_dump_json(),
            urgent,
            state.value,
            stored(starts_at),
            stored(now),
            request_key,
        ),
    ).rowcount
    row = conn.execute("SELECT * FROM notices WHERE request_key = ?", (request_key,)).fetchone()
    notice = notice_of(row)
    if made:
        record(conn, by, Deed.NOTICE_CONFIRMED, object=f"notice:{notice.id}")
        _ask(conn, notice, "approval", approvers or (), now=now)
    return notice


def _ask(
    conn: sqlite3.Connection, notice: Notice, what: str, whom: Iterable[int], *, now: datetime
) -> None:
    for person in whom:
        outbox.put(
            conn,
            f"notice:{notice.id}:{what}:person:{person}",
            person_id=person,
            kind=APPROVAL,
            payload={"notice": notice.id},
            due_at=now,
        )


def made_by(conn: sqlite3.Connection, request_key: str) -> Notice | None:
    """What this confirmation has made already."""
    row = conn.execute("SELECT * FROM notices WHERE request_key = ?", (request_key,)).fetchone()
    return None if row is None else notice_of(row)


def decide(
    conn: sqlite3.Connection,
    notice_id: int,
    by: int,
    *,
    approved: bool,
    now: datetime,
    why: str = "",
) -> bool:
    """The second person's word; False if it does not wait for one, or `by` wrote it.

    `why` is told to the author of what is declined. Whoever approves a notice that its author may
    not send any more is its author from now on.
    """
    before = find(conn, notice_id)
    changed = conn.execute(
        "UPDATE notices SET state = ?, decided_by = ?, starts_at = max(starts_at, ?),"
        " declined_why = ?, shown_in = iif(orphaned AND ?, NULL, shown_in),"
        " author_id = iif(orphaned AND ?, ?, author_id)"
        " WHERE id = ? AND state = 'awaiting' AND author_id IS NOT ?",
        (
            (State.SCHEDULED if approved else State.DECLINED).value,
            by,
            stored(now),
            None if approved else why or None,
            approved,
            approved,
            by,
            notice_id,
            by,
        ),
    ).rowcount
    if changed and before is not None:
        after: dict[str, Value] = {"approved": approved}
        deed = Deed.NOTICE_DECIDED
        record(conn, By(by, now), deed, object=f"notice:{notice_id}", after=after)
        if before.author_id is not None and not before.orphaned:
            outbox.put(
                conn,
                f"notice:{notice_id}:decided:person:{before.author_id}",
                person_id=before.author_id,
                kind=DECIDED,
                payload={"notice": notice_id, "approved": approved},
                due_at=now,
            )
    return changed > 0


Heirs = Callable[[sqlite3.Connection, Notice], Iterable[int] | None]
"""Who decides about a notice that its author may not send any more; None: its author may."""


def begin(conn: sqlite3.Connection, *, now: datetime, heirs: Heirs | None = None) -> int:
    """Make the rows of every notice whose time has come, all in this transaction; how many.

    What has lost its author's word goes to nobody: it waits for another's, who is asked for it.
    """
    due = conn.execute(
        "SELECT * FROM notices WHERE state = 'scheduled' AND starts_at <= ? ORDER BY id",
        (stored(now),),
    ).fetchall()
    made = 0
    for notice in map(notice_of, due):
        asked = None if heirs is None else heirs(conn, notice)
        if asked is None:
            made += _plan(conn, notice, now=now)
            continue
        conn.execute(
            "UPDATE notices SET state = 'awaiting', orphaned = 1 WHERE id = ?", (notice.id,)
        )
        _ask(conn, notice, f"left-by:{notice.author_id}", asked, now=now)
    return made


def _plan(conn: sqlite3.Connection, notice: Notice, *, now: datetime) -> int:
    audience = addressing.settled(conn, notice.audience, now=now)
    condition, arguments = where(audience, notice.scope)
    planned = conn.execute(
        "INSERT INTO outbox (key, person_id, kind, lane, due_at, notice_id, payload)"  # noqa: S608 - the condition is ours, its values are arguments
        " SELECT 'notice:' || ? || ':person:' || p.id, p.id, ?, ?, ?, ?, ? FROM people p"
        f" WHERE {condition} ORDER BY p.id ON CONFLICT (key) DO NOTHING",
        (
            str(notice.id),
            URGENT if notice.urgent else NOTICE,
            outbox.BROADCAST,
            stored(now),
            notice.id,
            f'{{"notice": {notice.id}}}',
            *arguments,
        ),
    ).rowcount
    conn.execute(
        "UPDATE notices SET state = 'sending', planned = ?, planned_at = ? WHERE id = ?",
        (planned, stored(now), notice.id),
    )
    return planned
