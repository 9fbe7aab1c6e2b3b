"""Versions of questionnaires, kept for good once they are published."""

import sqlite3
from datetime import datetime
from functools import lru_cache

from storage.times import stored
from surveys.questionnaire import Questionnaire, Upload


class CannotPublishError(ValueError):
    """A questionnaire that cannot be asked here.

    Attributes:
        form: the questionnaire's id.
        items: names of the items that ask for a file, which no anonymous campaign can take: a file
            and what stands in it reveal whose it is.
        changed: the same version was published with another content; it needs a new number.
    """

    def __init__(self, form: str, *, items: tuple[str, ...] = (), changed: bool = False) -> None:
        super().__init__(f"{form}: file items {items}" if items else f"{form}: changed")
        self.form = form
        self.items = items
        self.changed = changed


def file_items(questionnaire: Questionnaire) -> tuple[str, ...]:
    """The names of its items that ask for a file."""
    return tuple(item.name for item in questionnaire.items if isinstance(item, Upload))


def publish(conn: sqlite3.Connection, questionnaire: Questionnaire, *, now: datetime) -> None:
    """Keep this version for good; publishing the same one again changes nothing.

    Raises:
        CannotPublishError: see there.
    """
    key = (questionnaire.id, questionnaire.version)
    text = questionnaire.to_json()
    row = conn.execute(
        "SELECT definition FROM questionnaires WHERE id = ? AND version = ?", key
    ).fetchone()
    if row is None:
        conn.execute(
            "INSERT INTO questionnaires (id, version, definition, published_at)"
            " VALUES (?, ?, ?, ?)",
            (*key, text, stored(now)),
        )
    elif parsed(row["definition"]) != questionnaire:
        raise CannotPublishError(questionnaire.id, changed=True)


def published(conn: sqlite3.Connection) -> list[Questionnaire]:
    """The newest version of every published questionnaire, by title."""
    rows = conn.execute(
        "SELECT definition FROM questionnaires q WHERE version ="
        " (SELECT max(version) FROM questionnaires n WHERE n.id = q.id)"
    )
    return sorted((parsed(row["definition"]) for row in rows), key=lambda form: form.title)


def published_version(
    conn: sqlite3.Connection, questionnaire_id: str, version: int | None = None
) -> Questionnaire | None:
    """One published questionnaire; without a version the newest."""
    row = conn.execute(
        "SELECT definition FROM questionnaires WHERE id = ? AND version = coalesce(?, version)"
        " ORDER BY version DESC LIMIT 1",
        (questionnaire_id, version),
    ).fetchone()
    return None if row is None else parsed(row["definition"])


@lru_cache(maxsize=64)
def parsed(definition: str) -> Questionnaire:
    """The questionnaire of a stored definition."""
    # A definition of 84 items takes milliseconds to read, and is read at every tap.
    return Questionnaire.from_json(definition)
