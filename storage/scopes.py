"""Whose data somebody may see: the whole region, a network, a municipality, or one organisation.

Every storage function that reads people's data for staff takes the asker's scopes and puts
`within` into its WHERE: what is out of scope is not there, rather than hidden later.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class ScopeKind(StrEnum):
    """How wide a scope is."""

    REGION = "region"
    NETWORK = "network"
    MUNICIPALITY = "municipality"
    ORGANISATION = "organisation"


@dataclass(frozen=True, order=True)
class Scope:
    """One scope; `ref` is '' (region), a network's id, a municipality's name, an organisation's id.

    Whoever needs to know what lies in what asks `covered`: it knows networks and organisations as
    they stand now.
    """

    kind: ScopeKind
    ref: str = ""


REGION = Scope(ScopeKind.REGION)


def municipalities_of(conn: sqlite3.Connection, scope: Scope) -> frozenset[str] | None:
    """The municipalities that lie in a scope as a whole; None is every one of the region.

    None lies in an organisation: whatever is counted by municipality is not shown to its
    coordinator, rather than shown of strangers.
    """
    match scope.kind:
        case ScopeKind.REGION:
            return None
        case ScopeKind.MUNICIPALITY:
            return frozenset({scope.ref})
        case ScopeKind.ORGANISATION:
            return frozenset()
        case ScopeKind.NETWORK:
            rows = conn.execute(
                "SELECT municipality FROM network_members WHERE network_id = ?", (scope.ref,)
            )
            return frozenset(row[0] for row in rows)


def municipalities_in(conn: sqlite3.Connection, scopes: Iterable[Scope]) -> frozenset[str] | None:
    """The municipalities of several scopes together; None is every one."""
    found: set[str] = set()
    for scope in scopes:
        own = municipalities_of(conn, scope)
        if own is None:
            return None
        found |= own
    return frozenset(found)


def organisations_in(conn: sqlite3.Connection, scopes: Iterable[Scope]) -> frozenset[int]:
    """The organisations that are scopes of their own here (not those of the wider scopes)."""
    refs = [scope.ref for scope in scopes if scope.kind is ScopeKind.ORGANISATION]
    rows = (
        conn.execute("SELECT id FROM organisations WHERE id = ?", (ref,)).fetchone() for ref in refs
    )
    return frozenset(row[0] for row in rows if row is not None)


def covered(conn: sqlite3.Connection, scopes: Iterable[Scope], wanted: Scope) -> bool:
    """Whether one of the scopes covers the wanted one, as networks and organisations stand now.

    A municipality's coordinator never covers a network: its other members are not theirs. An
    organisation is covered by itself and by whatever covers its municipality.
    """
    mine = tuple(scopes)
    if REGION in mine or wanted in mine:
        return True
    town: str | None = None
    if wanted.kind is ScopeKind.MUNICIPALITY:
        town = wanted.ref
    elif wanted.kind is ScopeKind.ORGANISATION:
        row = conn.execute(
            "SELECT municipality FROM organisations WHERE id = ?", (wanted.ref,)
        ).fetchone()
        town = None if row is None else row["municipality"]
    return town is not None and any(
        town in (municipalities_of(conn, scope) or ()) for scope in mine
    )


def within(
    scopes: Iterable[Scope], municipality: str, organisation: str | None = None
) -> tuple[str, list[str]]:
    """The SQL condition that a row lies in one of the scopes, with its arguments.

    No scope is an empty result.

    Args:
        scopes: the asker's.
        municipality: an SQL expression of ours for the row's municipality, never somebody's input.
        organisation: likewise for the id of its organisation; without it the coordinator of an
            organisation sees no row.
    """
    conditions: list[str] = []
    arguments: list[str] = []
    for scope in scopes:
        match scope.kind:
            case ScopeKind.REGION:
                return "1", []
            case ScopeKind.MUNICIPALITY:
                conditions.append(f"{municipality} = ?")
            case ScopeKind.NETWORK:
                conditions.append(
                    f"{municipality} IN"  # noqa: S608 - the column is ours
                    " (SELECT municipality FROM network_members WHERE network_id = ?)"
                )
            case ScopeKind.ORGANISATION:
                if organisation is None:
                    continue
                conditions.append(f"{organisation} = CAST(? AS INTEGER)")
        arguments.append(scope.ref)
    return f"({' OR '.join(conditions)})" if conditions else "0", arguments


PERSON_PLACE: Final = ("p.municipality", "p.organisation_id")
"""Where the person of the alias `p` is, for `within`."""
