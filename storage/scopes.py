"""Whose data somebody may see: the whole region, one network, or one municipality.

Every storage function that reads people's data for staff takes the asker's scopes and puts
`within` into its WHERE: what is out of scope is not there, rather than hidden later.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class ScopeKind(StrEnum):
    """How wide a scope is."""

    REGION = "region"
    NETWORK = "network"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, order=True)
class Scope:
    """One scope; `ref` is '' (region), the network's id, or the municipality's name."""

    kind: ScopeKind
    ref: str = ""

    def covers(self, other: "Scope", members: Iterable[str] = ()) -> bool:
        """Whether whoever holds this scope may act in `other`.

        `members` are the municipalities of this scope's network (see `municipalities_of`); they
        matter only where this is a network and `other` a municipality.
        """
        if self == other or self.kind is ScopeKind.REGION:
            return True
        return (
            self.kind is ScopeKind.NETWORK
            and other.kind is ScopeKind.MUNICIPALITY
            and other.ref in members
        )


REGION = Scope(ScopeKind.REGION)


def municipalities_of(conn: sqlite3.Connection, scope: Scope) -> frozenset[str] | None:
    """The municipalities of a scope; None is every one of the region."""
    if scope.kind is ScopeKind.REGION:
        return None
    if scope.kind is ScopeKind.MUNICIPALITY:
        return frozenset({scope.ref})
    rows = conn.execute(
        "SELECT municipality FROM network_members WHERE network_id = ?", (scope.ref,)
    )
    return frozenset(row[0] for row in rows)


def covered(conn: sqlite3.Connection, scopes: Iterable[Scope], wanted: Scope) -> bool:
    """Whether one of the scopes covers the wanted one, as networks stand now.

    A municipality's coordinator never covers a network: its other members are not theirs.
    """
    return any(scope.covers(wanted, municipalities_of(conn, scope) or ()) for scope in scopes)


def within(scopes: Iterable[Scope], column: str) -> tuple[str, list[str]]:
    """The SQL condition that a municipality column lies in one of the scopes, with arguments.

    `column` is an SQL expression of ours, never somebody's input. No scope is an empty result.
    """
    conditions: list[str] = []
    arguments: list[str] = []
    for scope in scopes:
        match scope.kind:
            case ScopeKind.REGION:
                return "1", []
            case ScopeKind.MUNICIPALITY:
                conditions.append(f"{column} = ?")
            case ScopeKind.NETWORK:
                conditions.append(
                    f"{column} IN (SELECT municipality FROM network_members WHERE network_id = ?)"  # noqa: S608 - the column is ours
                )
        arguments.append(scope.ref)
    return f"({' OR '.join(conditions)})" if conditions else "0", arguments
