"""Networks as a table plans them, beside those that are: what would change, and changing it."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from storage.audit import By
from storage.people import networks
from storage.people.networks import Network, NetworkKind


@dataclass(frozen=True)
class Plan:
    """A network as it shall be; None leaves a kind or a period as it is."""

    title: str
    kind: NetworkKind | None
    leader: str
    members: tuple[str, ...]
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Change:
    """A plan and the network of its title; `before` None: it is new."""

    plan: Plan
    before: Network | None

    @property
    def joins(self) -> tuple[str, ...]:
        """Municipalities that come in."""
        own = () if self.before is None else self.before.members
        return tuple(name for name in self.plan.members if name not in own)

    @property
    def leaves(self) -> tuple[str, ...]:
        """Municipalities that go out."""
        own = () if self.before is None else self.before.members
        return tuple(name for name in own if name not in self.plan.members)

    @property
    def same(self) -> bool:
        """Whether nothing would change."""
        old, new = self.before, self.plan
        return (
            old is not None
            and (old.leader, old.members) == (new.leader, new.members)
            and new.kind in {None, old.kind}
            and (new.since is None or (old.since, old.until) == (new.since, new.until))
        )


def compare(conn: sqlite3.Connection, plans: Iterable[Plan]) -> list[Change]:
    """What a table would do; networks that it does not name stay as they are."""
    known = {one.title.casefold(): one for one in networks.every(conn)}
    return [Change(plan, known.get(plan.title.casefold())) for plan in plans]


def carry_out(conn: sqlite3.Connection, plans: Iterable[Plan], *, by: By) -> list[Change]:
    """Make it so; what was done. The same table again changes nothing."""
    changes = compare(conn, plans)
    for change in changes:
        if change.same:
            continue
        plan, before = change.plan, change.before
        if before is None:
            number = networks.create(
                conn, plan.title, plan.kind or NetworkKind.KRC, plan.leader, by=by
            )
        else:
            number = before.id
            networks.set_leader(conn, number, plan.leader, by=by)
            networks.set_kind(conn, number, plan.kind or before.kind, by=by)
        networks.set_members(conn, number, plan.members, by=by)
        if plan.since is not None:
            networks.set_period(conn, number, plan.since, plan.until, by=by)
    return changes
