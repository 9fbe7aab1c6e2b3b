"""Plans and facts of indicators that people enter by hand, for a school year and a scope."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from storage.audit import By, Deed, record
from storage.scopes import Scope
from storage.times import stored


@dataclass(frozen=True, slots=True)
class Figure:
    """What was entered; None where nothing was."""

    plan: float | None = None
    fact: float | None = None


def enter(
    conn: sqlite3.Connection,
    figures: Mapping[str, Figure],
    *,
    scope: Scope,
    year: str,
    author: int | None,
    now: datetime,
) -> None:
    """Keep these figures by code; a plan or fact of None leaves what was entered before."""
    if author is not None:
        by, after = By(author, now), {"codes": sorted(figures)}
        record(conn, by, Deed.INDICATORS_ENTERED, object=f"year:{year}", after=after)
    conn.executemany(
        "INSERT INTO entered_figures (code, scope_kind, scope_ref, year, plan, fact, entered_by,"
        " entered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (scope_kind, scope_ref, year, code) DO UPDATE SET"
        " plan = coalesce(excluded.plan, plan), fact = coalesce(excluded.fact, fact),"
        " entered_by = excluded.entered_by, entered_at = excluded.entered_at",
        [
            (code, scope.kind, scope.ref, year, one.plan, one.fact, author, stored(now))
            for code, one in figures.items()
        ],
    )


def clear(conn: sqlite3.Connection, code: str, *, scope: Scope, year: str) -> None:
    """Take back what was entered for one code."""
    conn.execute(
        "DELETE FROM entered_figures WHERE code = ? AND scope_kind = ? AND scope_ref = ?"
        " AND year = ?",
        (code, scope.kind, scope.ref, year),
    )


def entered(conn: sqlite3.Connection, scope: Scope, year: str) -> dict[str, Figure]:
    """Everything entered for this scope and school year («2026-2027»), by code."""
    rows = conn.execute(
        "SELECT code, plan, fact FROM entered_figures"
        " WHERE scope_kind = ? AND scope_ref = ? AND year = ?",
        (scope.kind, scope.ref, year),
    )
    return {row["code"]: Figure(row["plan"], row["fact"]) for row in rows}
