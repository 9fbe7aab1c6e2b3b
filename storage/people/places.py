"""What scopes are called: networks by their titles, organisations by their names."""

import sqlite3
from collections.abc import Iterable

from storage.people import networks
from storage.scopes import Scope, ScopeKind, covered


def titles(conn: sqlite3.Connection) -> dict[str, str]:
    """Titles of networks by id, and names of organisations by `organisation_key` of theirs.

    For the words of a scope (`bot.texts.people.scope`); whoever lists networks asks
    `networks.titles`.
    """
    named = conn.execute("SELECT id, name, municipality FROM organisations")
    return networks.titles(conn) | {
        organisation_key(row["id"]): f"{row['name']}, {row['municipality']}" for row in named
    }


def organisation_key(ref: str | int) -> str:
    """The key of an organisation in `titles`: ids of networks and of organisations may be equal."""
    return f"{ScopeKind.ORGANISATION}:{ref}"


def territories(conn: sqlite3.Connection, scopes: Iterable[Scope]) -> list[Scope]:
    """Whose something may be: one's own scopes, and every network within them, by title."""
    found = list(scopes)
    names = networks.titles(conn)
    for ref in sorted(names, key=lambda each: names[each]):
        network = Scope(ScopeKind.NETWORK, ref)
        if network not in found and covered(conn, found, network):
            found.append(network)
    return found
