"""The same file or link handed in twice, by oneself or by another: for the reviewer to know."""

import re
import sqlite3
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from surveys.tasks import Content


@dataclass(frozen=True, slots=True)
class Twin:
    """The same file or link handed in before; `own` by the same person in another task."""

    item_id: int
    submission_id: int
    person_id: int
    task_id: int
    content: Content
    own: bool


def twins(conn: sqlite3.Connection, submission_id: int) -> list[Twin]:
    """The same content or link handed in before this: by another, or by the same for another task.

    The earlier versions of the same work are none: improving a work repeats most of it.
    """
    rows = conn.execute(
        "SELECT i.id AS item_id, o.submission_id, other.person_id, other.task_id, i.content,"
        " other.person_id = mine.person_id AS own"
        " FROM submission_items i JOIN submissions mine ON mine.id = i.submission_id"
        " JOIN submission_items o ON o.sha256 = i.sha256 OR o.link_key = i.link_key"
        " JOIN submissions other ON other.id = o.submission_id"
        " WHERE i.submission_id = ? AND other.state <> 'draft' AND other.id <> mine.id"
        " AND (other.person_id <> mine.person_id OR other.task_id <> mine.task_id)"
        " ORDER BY i.id, other.submitted_at",
        (submission_id,),
    )
    return [
        Twin(
            item_id=row["item_id"],
            submission_id=row["submission_id"],
            person_id=row["person_id"],
            task_id=row["task_id"],
            content=Content(row["content"]),
            own=bool(row["own"]),
        )
        for row in rows
    ]


_TRACKING = re.compile(r"^(utm_\w+|yclid|gclid|fbclid|ysclid|usp|si|feature)$")


def link_key(link: str) -> str:
    """The link without what does not change where it leads: scheme, www, tracking, fragment."""
    parts = urlsplit(link if "://" in link else f"https://{link}")
    host = (parts.hostname or "").removeprefix("www.")
    query = urlencode(
        sorted(pair for pair in parse_qsl(parts.query) if not _TRACKING.match(pair[0]))
    )
    return urlunsplit(("", host, parts.path.rstrip("/"), query, "")).removeprefix("//")
