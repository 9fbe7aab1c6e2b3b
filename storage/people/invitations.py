"""Invitations to a role: only the hash of a code is kept, the code stands in the link alone."""

import hashlib
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.audit import By, Deed, record
from storage.people.people import Grant, Role
from storage.scopes import Scope, ScopeKind, covered
from storage.times import moment, stored


class Outcome(StrEnum):
    """What became of following an invitation."""

    GRANTED = "granted"
    ALREADY = "already"  # used before by this very person, or the role was there
    EXPIRED = "expired"
    SPENT = "spent"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Invitation:
    """One invitation as staff see it; `used` is by how many people."""

    id: int
    grant: Grant
    expires_at: datetime
    uses_left: int
    used: int
    revoked: bool
    created_by: int | None

    def open(self, now: datetime) -> bool:
        """Whether somebody could still use it."""
        return not self.revoked and self.uses_left > 0 and now < self.expires_at


def hashed(code: str) -> bytes:
    """What is stored of a code; codes are random (96 bits), so a plain hash suffices."""
    return hashlib.sha256(code.encode()).digest()


def create(
    conn: sqlite3.Connection,
    code: str,
    grant: Grant,
    *,
    created_by: int,
    now: datetime,
    expires_at: datetime,
    uses: int,
) -> int:
    """Keep an invitation; its id. The same code again is the same invitation."""
    made = conn.execute(
        "INSERT INTO invitations (code_hash, role, scope_kind, scope_ref, created_by, created_at,"
        " expires_at, uses_left) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            hashed(code),
            grant.role,
            grant.scope.kind,
            grant.scope.ref,
            created_by,
            stored(now),
            stored(expires_at),
            uses,
        ),
    )
    row = conn.execute("SELECT id FROM invitations WHERE code_hash = ?", (hashed(code),)).fetchone()
    if made.rowcount:
        after = grant.said() | {"uses": uses, "until": stored(expires_at)}
        thing = f"invitation:{row['id']}"
        record(conn, By(created_by, now), Deed.INVITATION_MADE, object=thing, after=after)
    return int(row["id"])


def use(
    conn: sqlite3.Connection, code: str, person_id: int, *, now: datetime
) -> tuple[Outcome, Grant | None]:
    """Follow an invitation: grant its role, once per person.

    The same update handled twice, or two people at the last use, cannot take more uses than
    there are: jobs run one after another.
    """
    row = conn.execute(f"{_INVITATION} WHERE i.code_hash = ?", (hashed(code),)).fetchone()
    if row is None:
        return Outcome.UNKNOWN, None
    invitation = _invitation(row)
    outcome = _outcome(conn, invitation, person_id, now)
    if outcome is Outcome.GRANTED:
        conn.execute(
            "UPDATE invitations SET uses_left = uses_left - 1 WHERE id = ?", (invitation.id,)
        )
        conn.execute(
            "INSERT INTO invitation_uses VALUES (?, ?, ?)", (invitation.id, person_id, stored(now))
        )
        _grant(conn, person_id, invitation, now)
    return outcome, invitation.grant


def _outcome(
    conn: sqlite3.Connection, invitation: Invitation, person_id: int, now: datetime
) -> Outcome:
    held = _holds(conn, person_id, invitation.grant)
    if _used_by(conn, invitation.id, person_id):
        # Never again by the same person: a role taken away stays away.
        return Outcome.ALREADY if held else Outcome.SPENT
    if invitation.revoked:
        return Outcome.REVOKED
    if now >= invitation.expires_at:
        return Outcome.EXPIRED
    if invitation.uses_left == 0:
        return Outcome.SPENT
    return Outcome.ALREADY if held else Outcome.GRANTED  # the use is left to somebody else


def visible(
    conn: sqlite3.Connection, scopes: Sequence[Scope], roles: Collection[Role]
) -> list[Invitation]:
    """Invitations within the asker's scopes to roles the asker may give, the newest first."""
    rows = conn.execute(f"{_INVITATION} ORDER BY i.id DESC").fetchall()
    return [
        invitation
        for invitation in map(_invitation, rows)
        if invitation.grant.role in roles and covered(conn, scopes, invitation.grant.scope)
    ]


def revoke(
    conn: sqlite3.Connection,
    invitation_id: int,
    scopes: Sequence[Scope],
    roles: Collection[Role],
    *,
    now: datetime,
    by: By | None = None,
) -> bool:
    """End an invitation; False if there is none that the asker may see."""
    if invitation_id not in {one.id for one in visible(conn, scopes, roles)}:
        return False
    ended = conn.execute(
        "UPDATE invitations SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
        (stored(now), invitation_id),
    )
    if ended.rowcount:
        record(conn, by, Deed.INVITATION_ENDED, object=f"invitation:{invitation_id}")
    return True


_INVITATION = """
SELECT i.id, i.role, i.scope_kind, i.scope_ref, i.expires_at, i.uses_left, i.revoked_at,
  i.created_by,
  (SELECT count(*) FROM invitation_uses u WHERE u.invitation_id = i.id) AS used
FROM invitations i
"""


def _invitation(row: sqlite3.Row) -> Invitation:
    return Invitation(
        id=row["id"],
        grant=Grant(Role(row["role"]), Scope(ScopeKind(row["scope_kind"]), row["scope_ref"])),
        expires_at=moment(row["expires_at"]),
        uses_left=row["uses_left"],
        used=row["used"],
        revoked=row["revoked_at"] is not None,
        created_by=row["created_by"],
    )


def _used_by(conn: sqlite3.Connection, invitation_id: int, person_id: int) -> bool:
    return (
        conn.execute(
            "SELECT 1 FROM invitation_uses WHERE invitation_id = ? AND person_id = ?",
            (invitation_id, person_id),
        ).fetchone()
        is not None
    )


def _holds(conn: sqlite3.Connection, person_id: int, grant: Grant) -> bool:
    return (
        conn.execute(
            "SELECT 1 FROM grants WHERE person_id = ? AND role = ? AND scope_kind = ?"
            " AND scope_ref = ?",
            (person_id, grant.role, grant.scope.kind, grant.scope.ref),
        ).fetchone()
        is not None
    )


def _grant(conn: sqlite3.Connection, person_id: int, invitation: Invitation, now: datetime) -> None:
    grant = invitation.grant
    conn.execute(
        "INSERT INTO grants (person_id, role, scope_kind, scope_ref, granted_by, granted_at)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            person_id,
            grant.role,
            grant.scope.kind,
            grant.scope.ref,
            invitation.created_by,
            stored(now),
        ),
    )
    thing = f"invitation:{invitation.id}"
    by = By(invitation.created_by, now)
    record(conn, by, Deed.ROLE_GIVEN, about=person_id, object=thing, after=grant.said())
