"""A row of the register of people: what a table says of somebody, and whose it became."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from storage.people.people import Grant, Role
from storage.scopes import Scope, ScopeKind
from storage.times import moment


@dataclass(frozen=True)
class Entry:
    """A person as a table says; '' where it says nothing.

    `search` and `sound` are the folded forms (bot.search) by which people are matched.
    """

    surname: str
    first_name: str
    patronymic: str
    search: str
    municipality: str
    organisation: str = ""
    sound: str = ""
    position: str = ""
    community: str = ""
    role: str | None = None
    scope_kind: str | None = None
    scope_ref: str | None = None

    @property
    def grant(self) -> Grant | None:
        """The role that comes with joining."""
        if self.role is None or self.scope_kind is None:
            return None
        return Grant(Role(self.role), Scope(ScopeKind(self.scope_kind), self.scope_ref or ""))


@dataclass(frozen=True)
class Row:
    """An entry as stored."""

    id: int
    entry: Entry
    person_id: int | None
    joined_at: datetime | None


FIELDS = tuple(Entry.__dataclass_fields__)
KEY = ("search", "municipality", "sound")


def row_of(row: sqlite3.Row) -> Row:
    """A row as `SELECT *` reads it."""
    entry = Entry(**{name: row[name] for name in FIELDS})
    return Row(row["id"], entry, row["person_id"], moment(row["joined_at"]))
