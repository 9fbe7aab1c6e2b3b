"""A table of groups of trainees: a row per group, or per member; every fault at once."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.people.plan_tables import found_table, said_in
from bot.people.register_file import CHILD, Sheet
from bot.search import folded
from bot.tasks.group_words import HEADERS, Column
from bot.texts.people import scope as scope_words
from roadmap.guarding import answer_of
from storage.database import Connection
from storage.people import organisations, places, roster
from storage.people.people import Person
from storage.scopes import Scope, ScopeKind, covered, municipalities_in
from storage.tasks import groups, reports
from storage.tasks.group_plans import Plan
from surveys.reference import municipalities

SHORTEST, LONGEST = 3, 80
"""Characters of a title."""
EVERYBODY = 100_000


class Fault(StrEnum):
    """Why a row is not taken; `bot/texts/group_file.py` words it."""

    TITLE = "title"
    PLACE = "place"
    MEMBER = "member"
    HEAD = "head"
    NAMESAKES = "namesakes"


@dataclass(frozen=True)
class RowFault:
    """A fault with the row's number and the words at fault."""

    row: int
    fault: Fault
    said: str


@dataclass(frozen=True)
class GroupTable:
    """What was understood; a group with a fault in any of its rows is not among the plans."""

    plans: tuple[Plan, ...]
    faults: tuple[RowFault, ...]
    readable: bool = True
    """False: no header with a group and one more column."""


@dataclass
class Said:
    """A group as its rows say it: names with the numbers of their rows."""

    row: int
    title: str
    place: str = ""
    members: list[tuple[int, str]] = field(default_factory=list)
    heads: list[tuple[int, str]] = field(default_factory=list)


def read_groups(data: bytes) -> list[Said] | None:
    """Read a workbook or a Word table; blocks while a child opens it. None: it has no header.

    Raises:
        roadmap.refusals.Refused: it is none, or none that is safe to open.
    """
    return said_groups(answer_of(CHILD, data, "")["sheets"])


def said_groups(sheets: Sequence[Sheet]) -> list[Said] | None:
    """The groups of the first sheet with a header; a row without a title goes on with the last."""
    table = found_table(sheets, HEADERS, Column.TITLE)
    if table is None:
        return None
    found: dict[tuple[str, str], Said] = {}
    last = Said(0, "")
    for at, said in said_in(*table, Column.TITLE):
        title, place = said[Column.TITLE], said.get(Column.PLACE, "")
        if title:
            same = folded(title) == folded(last.title) and not place
            key = (folded(title), folded(last.place if same else place))
            last = found.setdefault(key, Said(at, title, place))
        elif not last.title:
            last = found.setdefault(("", ""), Said(at, ""))
        last.members += [(at, name) for name in _names(said.get(Column.MEMBERS, ""))]
        last.heads += [(at, name) for name in _names(said.get(Column.HEADS, ""))]
    return list(found.values())


def resolve(conn: Connection, said: Iterable[Said], scopes: Sequence[Scope]) -> GroupTable:
    """Whom and what the words mean, within the asker's scopes; what is out of them is not found."""
    plans, faults = [], []
    territories = _territories(conn, scopes)
    people = _by_name(roster.page(conn, scopes, size=EVERYBODY).people)
    for one in said:
        mine: list[RowFault] = []
        if not SHORTEST <= len(one.title) <= LONGEST:
            mine.append(RowFault(one.row, Fault.TITLE, one.title))
        scope = _scope(conn, one, scopes, territories)
        if scope is None:
            faults += [*mine, RowFault(one.row, Fault.PLACE, one.place)]
            continue
        there = [
            group
            for group in groups.listed(conn, scopes)
            if (folded(group.title), group.scope) == (folded(one.title), scope)
        ]
        inside = [each for group in there for each in groups.members(conn, group.id)]
        led = [each for group in there for each in groups.heads(conn, group.id)]
        trainees = _by_name([*inside, *reports.trainees(conn, (scope,))])
        masters = people | _by_name(led)
        plans_of = {
            Fault.MEMBER: _resolved(one.members, trainees, Fault.MEMBER, mine),
            Fault.HEAD: _resolved(one.heads, masters, Fault.HEAD, mine),
        }
        faults += mine
        if not mine:
            title = there[0].title if there else one.title
            plans.append(Plan(title, scope, plans_of[Fault.MEMBER], plans_of[Fault.HEAD]))
    return GroupTable(tuple(plans), tuple(faults))


def _territories(conn: Connection, scopes: Sequence[Scope]) -> Mapping[str, list[Scope]]:
    """Folded words → the scopes they may mean: as the bot shows them, or an organisation's name."""
    towns = municipalities_in(conn, scopes)
    found = places.territories(conn, scopes)
    found += [
        Scope(ScopeKind.MUNICIPALITY, one)
        for one in municipalities()
        if towns is None or one in towns
    ]
    schools = organisations.listed(conn, scopes)
    found += [Scope(ScopeKind.ORGANISATION, str(one.id)) for one in schools]
    titles = places.titles(conn)
    named: dict[str, list[Scope]] = defaultdict(list)
    for scope in dict.fromkeys(found):
        named[folded(scope_words(scope, titles))].append(scope)
    for one in schools:
        named[folded(one.name)].append(Scope(ScopeKind.ORGANISATION, str(one.id)))
    return named


def _scope(
    conn: Connection,
    said: Said,
    scopes: Sequence[Scope],
    territories: Mapping[str, list[Scope]],
) -> Scope | None:
    """The one territory that is meant; unsaid, that of the group of this title, or one's own."""
    if said.place:
        meant = territories.get(folded(said.place), [])
    else:
        meant = [
            group.scope
            for group in groups.listed(conn, scopes)
            if folded(group.title) == folded(said.title)
        ] or list(scopes)
    only = set(meant)
    return next(iter(only)) if len(only) == 1 and covered(conn, scopes, *only) else None


def _by_name(people: Iterable[Person]) -> dict[str, set[int]]:
    named: dict[str, set[int]] = defaultdict(set)
    for one in people:
        parts = (one.surname, one.first_name, one.patronymic)
        named[folded(" ".join(filter(None, parts)))].add(one.id)
        named[folded(" ".join(filter(None, parts[:2])))].add(one.id)
    return named


def _resolved(
    names: Sequence[tuple[int, str]],
    known: Mapping[str, set[int]],
    fault: Fault,
    faults: list[RowFault],
) -> tuple[int, ...] | None:
    """The ids of those who are named; None where nobody is, which leaves things as they are."""
    ids: dict[int, None] = {}
    for at, name in names:
        found = known.get(folded(name), set())
        if len(found) == 1:
            ids |= dict.fromkeys(found)
        else:
            faults.append(RowFault(at, Fault.NAMESAKES if found else fault, name))
    return tuple(ids) if names else None


def _names(cell: str) -> list[str]:
    return [name for part in re.split(r"[;,\n]", cell) if (name := part.strip())]
