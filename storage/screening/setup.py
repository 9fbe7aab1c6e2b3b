"""What coordinators set beside a screening: whom to turn to, and how many people work where."""

import sqlite3
from collections.abc import Iterable, Mapping

from storage import facts
from storage.audit import By, Deed, record
from storage.scopes import Scope, ScopeKind, municipalities_of, within

HELPLINE = "screening-helpline"


def set_helpline(conn: sqlite3.Connection, words: str, *, by: By | None = None) -> None:
    """What stands below the contacts in place of the shipped helpline; '' takes it back."""
    facts.put(conn, HELPLINE, words)
    record(conn, by, Deed.SCREENING_HELPLINE, after={"set": bool(words)})


def helpline(conn: sqlite3.Connection) -> str:
    """As a coordinator set it; '' where the shipped words hold."""
    return facts.get(conn, HELPLINE) or ""


def set_contacts(
    conn: sqlite3.Connection, scope: Scope, words: str, *, by: By | None = None
) -> None:
    """Whom people of this territory may turn to, as they will read it; '' takes it back.

    The log of deeds says that it was changed, not to what: the words name people.
    """
    record(
        conn,
        by,
        Deed.SCREENING_CONTACTS,
        after={"kind": scope.kind.value, "ref": scope.ref, "set": bool(words)},
    )
    key = (scope.kind.value, scope.ref)
    conn.execute("DELETE FROM screening_contacts WHERE scope_kind = ? AND scope_ref = ?", key)
    if words:
        conn.execute(
            "INSERT INTO screening_contacts (scope_kind, scope_ref, words) VALUES (?, ?, ?)",
            (*key, words),
        )


def contacts_set(conn: sqlite3.Connection, scope: Scope) -> str:
    """What is set for exactly this territory; '' if nothing."""
    row = conn.execute(
        "SELECT words FROM screening_contacts WHERE scope_kind = ? AND scope_ref = ?",
        (scope.kind.value, scope.ref),
    ).fetchone()
    return "" if row is None else str(row["words"])


def contacts_for(conn: sqlite3.Connection, municipality: str | None) -> list[str]:
    """Whom somebody of this municipality may turn to: the nearest first, then the region's."""
    order = {
        ScopeKind.ORGANISATION: 0,
        ScopeKind.MUNICIPALITY: 1,
        ScopeKind.NETWORK: 2,
        ScopeKind.REGION: 3,
    }
    found = []
    for row in conn.execute("SELECT scope_kind, scope_ref, words FROM screening_contacts"):
        scope = Scope(ScopeKind(row["scope_kind"]), row["scope_ref"])
        own = municipalities_of(conn, scope)
        if own is None or municipality in own:
            found.append((order[scope.kind], scope.ref, row["words"]))
    return [words for _, _, words in sorted(found)]


def set_headcounts(
    conn: sqlite3.Connection,
    counts: Mapping[tuple[str, str], int],
    scopes: Iterable[Scope],
    *,
    by: By | None = None,
) -> int:
    """Replace the headcounts within these scopes; how many were set.

    Args:
        conn: the store.
        counts: people by (municipality, sound of the organisation's name); '' is all of it.
        scopes: of whoever loads them; what lies outside is passed over.
        by: whoever loads them, for the log of deeds.
    """
    condition, arguments = within(scopes, "municipality")
    allowed = [
        (place, school, count)
        for (place, school), count in counts.items()
        if conn.execute(
            f"SELECT {condition} FROM (SELECT ? AS municipality)",  # noqa: S608 - the condition is ours
            (*arguments, place),
        ).fetchone()[0]
    ]
    gone = conn.execute(f"DELETE FROM headcounts WHERE {condition}", arguments).rowcount  # noqa: S608 - the condition is ours
    conn.executemany(
        "INSERT INTO headcounts (municipality, organisation, headcount) VALUES (?, ?, ?)", allowed
    )
    record(
        conn,
        by,
        Deed.SCREENING_HEADCOUNTS,
        before={"rows": gone},
        after={"rows": len(allowed), "people": sum(count for _, _, count in allowed)},
    )
    return len(allowed)


def headcounts(conn: sqlite3.Connection) -> dict[tuple[str, str], int]:
    """People by (municipality, sound of the organisation's name); '' is the whole municipality."""
    rows = conn.execute("SELECT municipality, organisation, headcount FROM headcounts")
    return {(row["municipality"], row["organisation"]): row["headcount"] for row in rows}
