"""Notices: what staff write once and many receive, from confirmation to the true account.

A notice becomes rows of the outbox in one transaction, when its time has come; from then on every
count is a count of those rows, so the counts add up. `planned` keeps how many there were:
whoever erased themselves since has no row any more.
"""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from storage import outbox
from storage.audiences import Audience, where
from storage.audit import By, Deed, Value, record
from storage.failpoints import failpoint
from storage.notices import addressing
from storage.scopes import Scope, ScopeKind, covered
from storage.times import moment, stored

NOTICE = "notice"
URGENT = "notice-urgent"
APPROVAL = "notice-approval"
DECIDED = "notice-decided"
KINDS = (NOTICE, URGENT)
"""Kinds of the rows that carry the notice itself."""


REFUSALS = 5
"""So often in a row Telegram may refuse the message itself before its sending is halted."""


class State(StrEnum):
    """Where a notice stands."""

    AWAITING = "awaiting"  # a second person's approval
    DECLINED = "declined"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    DONE = "done"


class Part(BaseModel):
    """A piece of an album."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["photo", "video", "document", "audio"]
    file_id: str
    message_id: int


class Button(BaseModel):
    """A button under a notice: an address, or a target inside the bot (see bot/notice_buttons)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    url: str = ""
    target: str = ""
    ref: int = 0


class Content(BaseModel):
    """What a notice says.

    `text` is HTML: of the message, or the caption of what is copied. A copied message is named by
    `source_chat` and `source_message`; `captioned` says whether it can carry a caption at all, and
    `kind` what it is in Telegram's word («voice», «poll»); '' is a text or an album.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = ""
    source_chat: int = 0
    source_message: int = 0
    captioned: bool = False
    kind: str = ""
    album: tuple[Part, ...] = ()
    buttons: tuple[Button, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to send."""
        return not (self.text or self.source_message or self.album)


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as it stands; moments are aware UTC."""

    id: int
    author_id: int | None
    scope: Scope
    content: Content
    audience: Audience
    urgent: bool
    state: State
    starts_at: datetime
    planned_at: datetime | None
    planned: int
    revision: int
    withdrawn_at: datetime | None
    created_at: datetime
    shown_in: int | None
    declined_why: str = ""
    halted: bool = False
    orphaned: bool = False


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


def find(conn: sqlite3.Connection, notice_id: int) -> Notice | None:
    """The notice, for the bot's own work."""
    row = conn.execute("SELECT * FROM notices WHERE id = ?", (notice_id,)).fetchone()
    return None if row is None else notice_of(row)


def find_for_staff(
    conn: sqlite3.Connection, notice_id: int, scopes: Iterable[Scope]
) -> Notice | None:
    """The notice if the whole of it lies within these scopes."""
    notice = find(conn, notice_id)
    return notice if notice is not None and covered(conn, scopes, notice.scope) else None


def list_for_staff(conn: sqlite3.Connection, scopes: Iterable[Scope]) -> list[Notice]:
    """Every notice within these scopes, the newest first."""
    wide = tuple(scopes)
    rows = conn.execute("SELECT * FROM notices ORDER BY id DESC").fetchall()
    return [one for one in map(notice_of, rows) if covered(conn, wide, one.scope)]


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


def pause(conn: sqlite3.Connection, notice_id: int) -> bool:
    """Hold back what is not on its way yet; False if there is nothing to pause."""
    changed = conn.execute(
        "UPDATE notices SET state = 'paused' WHERE id = ? AND state IN ('scheduled', 'sending')",
        (notice_id,),
    ).rowcount
    failpoint("notice-pausing")
    # Those in flight too: what Telegram sends back to the queue must wait as well.
    conn.execute(
        "UPDATE outbox SET held = 1 WHERE notice_id = ? AND state IN ('waiting', 'sending')"
        " AND EXISTS (SELECT 1 FROM notices WHERE id = ? AND state = 'paused')",
        (notice_id, notice_id),
    )
    return changed > 0


def halt(conn: sqlite3.Connection, notice_id: int) -> bool:
    """Pause a notice that Telegram does not take, rather than try it on everybody.

    Not what it refuses about a person (blocked, deactivated): what it refuses about the message,
    for instance because its author has deleted the photo that it copies. True if it is paused now.
    """
    if not pause(conn, notice_id):
        return False
    conn.execute("UPDATE notices SET halted = 1 WHERE id = ?", (notice_id,))
    return True


def resume(conn: sqlite3.Connection, notice_id: int) -> bool:
    """Go on where it was paused; False if it is not paused."""
    changed = conn.execute(
        "UPDATE notices SET state = iif(planned_at IS NULL, 'scheduled', 'sending'), halted = 0"
        " WHERE id = ? AND state = 'paused'",
        (notice_id,),
    ).rowcount
    if changed:
        conn.execute("UPDATE outbox SET held = 0 WHERE notice_id = ? AND held = 1", (notice_id,))
    return changed > 0


def cancel(conn: sqlite3.Connection, notice_id: int, *, by: By | None = None) -> bool:
    """Send nothing more, in whatever phase; False if it is over already."""
    changed = conn.execute(
        "UPDATE notices SET state = 'cancelled'"
        " WHERE id = ? AND state IN ('awaiting', 'scheduled', 'sending', 'paused')",
        (notice_id,),
    ).rowcount
    if changed:
        record(conn, by, Deed.NOTICE_CANCELLED, object=f"notice:{notice_id}")
        conn.execute(
            "UPDATE outbox SET state = 'dropped', reason = 'cancelled', held = 0"
            " WHERE notice_id = ? AND state = 'waiting'",
            (notice_id,),
        )
    return changed > 0


def finish(conn: sqlite3.Connection) -> list[int]:
    """Those whose last row has been seen to; they are done from now on."""
    rows = conn.execute(
        "UPDATE notices SET state = 'done' WHERE state = 'sending' AND NOT EXISTS (SELECT 1"
        " FROM outbox o WHERE o.notice_id = notices.id AND o.state IN ('waiting', 'sending'))"
        " RETURNING id"
    ).fetchall()
    return [row["id"] for row in rows]


def show_in(conn: sqlite3.Connection, notice_id: int, message_id: int) -> None:
    """The author's message that shows how the notice goes from now on."""
    conn.execute("UPDATE notices SET shown_in = ? WHERE id = ?", (message_id, notice_id))


def notice_of(row: sqlite3.Row) -> Notice:
    """The notice of a whole row."""
    return Notice(
        id=row["id"],
        author_id=row["author_id"],
        scope=Scope(ScopeKind(row["scope_kind"]), row["scope_ref"]),
        content=_content(row["content"]),
        audience=_audience(row["audience"]),
        urgent=bool(row["urgent"]),
        state=State(row["state"]),
        starts_at=moment(row["starts_at"]),
        planned_at=moment(row["planned_at"]),
        planned=row["planned"],
        revision=row["revision"],
        withdrawn_at=moment(row["withdrawn_at"]),
        created_at=moment(row["created_at"]),
        shown_in=row["shown_in"],
        declined_why=row["declined_why"] or "",
        halted=bool(row["halted"]),
        orphaned=bool(row["orphaned"]),
    )


@lru_cache(maxsize=64)
def _content(text: str) -> Content:
    # The same for every one of its thousands of recipients.
    return Content.model_validate_json(text)


@lru_cache(maxsize=64)
def _audience(text: str) -> Audience:
    return Audience.model_validate_json(text)
