"""Groups of trainees as a table plans them, beside those that are; and making it so."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storage.audit import By, Deed, record
from storage.people import roster
from storage.people.people import Person
from storage.scopes import Scope, covered
from storage.tasks import groups, reports
from storage.tasks.groups import Group


@dataclass(frozen=True)
class Plan:
    """A group as it shall be; None leaves its members or heads as they are."""

    title: str
    scope: Scope
    members: tuple[int, ...] | None
    heads: tuple[int, ...] | None


@dataclass(frozen=True)
class Change:
    """A plan and the group of its title; `before` None: it is new."""

    plan: Plan
    before: Group | None
    joins: tuple[int, ...]
    leaves: tuple[int, ...]
    heads_on: tuple[int, ...]
    heads_off: tuple[int, ...]

    @property
    def same(self) -> bool:
        """Whether nothing would change."""
        moved = self.joins + self.leaves + self.heads_on + self.heads_off
        return self.before is not None and not moved


def compare(
    conn: sqlite3.Connection, plans: Iterable[Plan], scopes: Sequence[Scope]
) -> list[Change]:
    """What a table would do; groups that it does not name stay, what is out of scope is not done.

    Who stands in a group already may stay in it; who comes in is a trainee of its territory, and
    who begins to lead it is within the scopes.
    """
    found = []
    for plan in plans:
        if not covered(conn, scopes, plan.scope):
            continue
        key = plan.title.casefold()
        before = next(
            (
                one
                for one in groups.listed(conn, scopes)
                if (one.title.casefold(), one.scope) == (key, plan.scope)
            ),
            None,
        )
        here = () if before is None else _ids(groups.members(conn, before.id))
        led = () if before is None else _ids(groups.heads(conn, before.id))
        members = here if plan.members is None else plan.members
        heads = led if plan.heads is None else plan.heads
        may = {*here, *_ids(reports.trainees(conn, (plan.scope,)))}
        found.append(
            Change(
                plan,
                before,
                joins=tuple(one for one in members if one not in here and one in may),
                leaves=tuple(one for one in here if one not in members),
                heads_on=tuple(
                    one
                    for one in heads
                    if one not in led and roster.card(conn, scopes, one) is not None
                ),
                heads_off=tuple(one for one in led if one not in heads),
            )
        )
    return found


def carry_out(
    conn: sqlite3.Connection, plans: Iterable[Plan], scopes: Sequence[Scope], *, by: By
) -> list[Change]:
    """Make it so; what was done. The same table again changes nothing."""
    changes = compare(conn, plans, scopes)
    for change in changes:
        if change.same:
            continue
        plan = change.plan
        number = (
            groups.create(conn, plan.title, plan.scope, author=by.who, now=by.at, by=by)
            if change.before is None
            else change.before.id
        )
        groups.add(conn, number, change.joins, now=by.at, by=by)
        for one in change.leaves:
            groups.remove(conn, number, one, now=by.at, by=by)
        group = groups.find(conn, number, scopes)
        if group is not None:
            for heads, on in ((change.heads_on, True), (change.heads_off, False)):
                for one in heads:
                    groups.set_head(conn, group, one, on=on, by=by)
        record(
            conn,
            by,
            Deed.GROUP_LOADED,
            object=f"group:{number}",
            after={"joined": len(change.joins), "left": len(change.leaves)},
        )
    return changes


def _ids(people: Iterable[Person]) -> tuple[int, ...]:
    return tuple(one.id for one in people)
