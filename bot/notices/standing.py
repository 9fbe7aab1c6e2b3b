"""Who may stand for a notice: its author when its time comes, and whoever decides instead."""

from collections.abc import Collection

from bot.rights import Action, scopes_for
from storage.database import Connection
from storage.notices.notices import Notice
from storage.people import people, roster
from storage.scopes import Scope, covered


def approvers(
    conn: Connection, scope: Scope, admin_ids: Collection[int], *, besides: int | None
) -> list[int]:
    """Everybody whose word would do for a notice in this scope, but for its author."""
    return [
        person.id
        for person in roster.staff(conn, admin_ids)
        if person.id != besides
        and covered(conn, scopes_for(person, Action.APPROVE_NOTICES, admin_ids), scope)
    ]


def stands(conn: Connection, notice: Notice, admin_ids: Collection[int]) -> bool:
    """Whether the author may still write to those whom the notice is for."""
    author = None if notice.author_id is None else people.by_id(conn, notice.author_id)
    return covered(conn, scopes_for(author, Action.BROADCAST, admin_ids), notice.scope)
