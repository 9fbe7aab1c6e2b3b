"""Notices: what staff write once and many receive; what one is, and who of the staff finds it.

How one is confirmed and begun is in `storage.notices.confirming`, how it is paused and ended in
`steering`, what may be done about it afterwards in `changes`, its account in `account`.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from storage.audiences import Audience
from storage.scopes import Scope, ScopeKind, covered
from storage.times import moment

NOTICE = "notice"
URGENT = "notice-urgent"
APPROVAL = "notice-approval"
DECIDED = "notice-decided"
KINDS = (NOTICE, URGENT)
"""Kinds of the rows that carry the notice itself."""


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
    fix_waits: bool = False


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
        fix_waits=row["proposed"] is not None and row["withdrawn_at"] is None,
    )


@lru_cache(maxsize=64)
def _content(text: str) -> Content:
    # The same for every one of its thousands of recipients.
    return Content.model_validate_json(text)


@lru_cache(maxsize=64)
def _audience(text: str) -> Audience:
    return Audience.model_validate_json(text)
