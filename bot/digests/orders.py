"""Whose digests are to be made, and what each may see."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from storage.database import Connection
from storage.scopes import Scope
from storage.summaries import digests
from storage.summaries.digests import Kind


@dataclass(frozen=True)
class Reader:
    """Somebody who gets a digest: what they may see, and the figures of their last one."""

    person_id: int
    kind: Kind
    scopes: tuple[Scope, ...]
    before: str = ""


@dataclass(frozen=True)
class DigestOrder:
    """Whose digests to make, at this moment."""

    readers: tuple[Reader, ...]
    made_at: datetime
    zone: ZoneInfo


def reader_of(
    conn: Connection, person_id: int, kind: Kind, scopes: tuple[Scope, ...], week: str
) -> Reader:
    """The reader with the figures of their last digest."""
    return Reader(person_id, kind, scopes, digests.before(conn, person_id, kind, week))
