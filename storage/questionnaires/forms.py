"""Questionnaires that coordinators make: drafts, versions, and who may see and change whose.

A shipped questionnaire belongs to nobody and is for all. An own one belongs to a scope: whoever
holds that scope (or a wider one) changes it, whoever works within it may use it.
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.audit import By, Deed, record
from storage.questionnaires import publishing
from storage.scopes import Scope, ScopeKind, covered
from storage.times import stored
from surveys.questionnaire import Anonymity, Questionnaire

DRAFT = "draft--"
"""Begins the id under which a draft is tried out and looked at; no published id holds «--»."""
NAME = 28
"""Characters of a form's own name in its id, which goes into button data."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A workbook that was read. `published` is what it became, if it did."""

    id: int
    questionnaire: Questionnaire
    warnings: tuple[str, ...]
    published: Questionnaire | None

    @property
    def ref(self) -> str:
        """What buttons call it where a questionnaire's id may stand."""
        return f"{DRAFT}{self.id}"


@dataclass(frozen=True, slots=True)
class Known:
    """A published questionnaire in its newest version.

    `scope` is whose it is, None for a shipped one; `manages`: the asker may change it. `name` is
    what its workbook calls it.
    """

    questionnaire: Questionnaire
    name: str
    scope: Scope | None
    manages: bool


def receive(
    conn: sqlite3.Connection,
    questionnaire: Questionnaire,
    warnings: Iterable[str],
    *,
    author: int,
    source_key: str,
    now: datetime,
) -> int:
    """Keep what was read from a message; the same message again is the same draft."""
    conn.execute(
        "INSERT INTO form_drafts (definition, warnings, created_by, created_at, source_key)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT (source_key) DO NOTHING",
        (
            questionnaire.to_json(),
            json.dumps(list(warnings), ensure_ascii=False),
            author,
            stored(now),
            source_key,
        ),
    )
    row = conn.execute("SELECT id FROM form_drafts WHERE source_key = ?", (source_key,)).fetchone()
    return int(row["id"])


def find_draft(conn: sqlite3.Connection, draft_id: int, author: int) -> Draft | None:
    """The author's own draft; nobody else sees it."""
    row = conn.execute(
        "SELECT * FROM form_drafts WHERE id = ? AND created_by = ?", (draft_id, author)
    ).fetchone()
    if row is None:
        return None
    became = row["published_as"]
    return Draft(
        row["id"],
        Questionnaire.from_json(row["definition"]),
        tuple(json.loads(row["warnings"])),
        became and publishing.published_version(conn, became, row["published_version"]),
    )


def drafts_of(conn: sqlite3.Connection, author: int) -> list[Draft]:
    """The author's drafts that are neither published nor dropped, the newest first."""
    rows = conn.execute(
        "SELECT id FROM form_drafts WHERE created_by = ? AND published_as IS NULL ORDER BY id DESC",
        (author,),
    ).fetchall()
    found = (find_draft(conn, row["id"], author) for row in rows)
    return [draft for draft in found if draft is not None]


def drop_draft(conn: sqlite3.Connection, draft_id: int, author: int) -> None:
    """Forget a draft; a published one has become a version and stays that."""
    conn.execute("DELETE FROM form_drafts WHERE id = ? AND created_by = ?", (draft_id, author))


def earlier(conn: sqlite3.Connection, draft: Draft, scope: Scope) -> Known | None:
    """The questionnaire of this scope that the draft would be the next version of."""
    row = conn.execute(
        "SELECT * FROM forms WHERE scope_kind = ? AND scope_ref = ? AND name = ?",
        (scope.kind.value, scope.ref, draft.questionnaire.id),
    ).fetchone()
    newest = None if row is None else publishing.published_version(conn, _id(row))
    return None if row is None or newest is None else Known(newest, row["name"], scope, True)


def publish_draft(
    conn: sqlite3.Connection,
    draft_id: int,
    author: int,
    scope: Scope,
    *,
    apart: bool,
    now: datetime,
) -> Questionnaire | None:
    """Make the draft the next version of its questionnaire in this scope, or a new questionnaire.

    Published again, or with nothing changed, it is the version there is. `apart`: make a new one
    even where the name is taken.

    Returns:
        The published version; None if there is no such draft.

    Raises:
        storage.questionnaires.publishing.CannotPublishError: it cannot be asked here.
    """
    draft = find_draft(conn, draft_id, author)
    if draft is None or draft.published is not None:
        return None if draft is None else draft.published
    files = publishing.file_items(draft.questionnaire)
    if files and draft.questionnaire.anonymity is Anonymity.ANONYMOUS:
        raise publishing.CannotPublishError(draft.questionnaire.id, items=files)
    name = draft.questionnaire.id
    if apart:
        name = _free_name(conn, scope, name)
    conn.execute(
        "INSERT INTO forms (name, scope_kind, scope_ref, created_by, created_at)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT (scope_kind, scope_ref, name)"
        " DO UPDATE SET hidden_at = NULL",
        (name, scope.kind.value, scope.ref, author, stored(now)),
    )
    row = conn.execute(
        "SELECT * FROM forms WHERE scope_kind = ? AND scope_ref = ? AND name = ?",
        (scope.kind.value, scope.ref, name),
    ).fetchone()
    before = publishing.published_version(conn, _id(row))
    version = 1 if before is None else before.version
    made = draft.questionnaire.model_copy(update={"id": _id(row), "version": version})
    if before is not None and made != before:
        made = made.model_copy(update={"version": version + 1})
    publishing.publish(conn, made, now=now)
    if made != before:
        after = {"version": made.version}
        record(conn, By(author, now), Deed.FORM_PUBLISHED, object=f"form:{made.id}", after=after)
    conn.execute(
        "UPDATE form_drafts SET published_as = ?, published_version = ? WHERE id = ?",
        (made.id, made.version, draft_id),
    )
    return made


def listing(conn: sqlite3.Connection, scopes: Iterable[Scope]) -> list[Known]:
    """Every questionnaire that may be used within these scopes: own ones first, by title."""
    wide = tuple(scopes)
    own = {_id(row): row for row in conn.execute("SELECT * FROM forms")}
    found = [
        _known(conn, form, own.get(form.id), wide)
        for form in publishing.published(conn)
        if not form.id.startswith(DRAFT)
    ]
    seen = [known for known in found if known is not None]
    return sorted(seen, key=lambda known: (known.scope is None, known.questionnaire.title))


def find(conn: sqlite3.Connection, questionnaire_id: str, scopes: Iterable[Scope]) -> Known | None:
    """One of `listing`."""
    form = publishing.published_version(conn, questionnaire_id)
    if form is None or form.id.startswith(DRAFT):
        return None
    number = form.id.rpartition("-")[2]
    row = conn.execute("SELECT * FROM forms WHERE id = ?", (number,)).fetchone()
    own = row if row is not None and _id(row) == form.id else None
    return _known(conn, form, own, tuple(scopes))


def hide(conn: sqlite3.Connection, questionnaire_id: str, *, by: By) -> None:
    """Offer it no longer; a new version brings it back."""
    number = questionnaire_id.rpartition("-")[2]
    changed = conn.execute(
        "UPDATE forms SET hidden_at = ? WHERE id = ? AND hidden_at IS NULL",
        (stored(by.at), number),
    )
    if changed.rowcount:
        record(conn, by, Deed.FORM_HIDDEN, object=f"form:{questionnaire_id}")


def _known(
    conn: sqlite3.Connection,
    form: Questionnaire,
    row: sqlite3.Row | None,
    scopes: tuple[Scope, ...],
) -> Known | None:
    if row is None:
        # An own form whose row is gone would be nobody's: its id says that it is no shipped one.
        return None if "-" in form.id else Known(form, form.id, None, False)
    scope = Scope(ScopeKind(row["scope_kind"]), row["scope_ref"])
    manages = covered(conn, scopes, scope)
    if row["hidden_at"] or not (manages or any(covered(conn, (scope,), one) for one in scopes)):
        return None
    return Known(form, row["name"], scope, manages)


def _id(row: sqlite3.Row) -> str:
    return f"{row['name'][:NAME]}-{row['id']}"


def _free_name(conn: sqlite3.Connection, scope: Scope, name: str) -> str:
    rows = conn.execute(
        "SELECT name FROM forms WHERE scope_kind = ? AND scope_ref = ?",
        (scope.kind.value, scope.ref),
    )
    taken = {row["name"] for row in rows}
    number = 2
    while f"{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}" if name in taken else name
