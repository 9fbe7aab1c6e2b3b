"""A table of networks: a row per network, or per member; every fault of every row at once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.people.network_words import FROM_TO, HEADERS, KINDS, SERVICE, YEARS, Column
from bot.people.plan_tables import found_table, missing, said_in
from bot.people.register_file import CHILD, Sheet
from bot.search import folded, municipality
from roadmap.guarding import answer_of
from roadmap.periods import Period
from roadmap.terms import read_term
from storage.people.network_plans import Plan
from storage.people.networks import NetworkKind
from surveys.reference import municipalities

SHORTEST, LONGEST = 3, 100
"""Characters of a title."""


class Fault(StrEnum):
    """Why a row is not taken; `bot/texts/network_file.py` words it."""

    TITLE = "title"
    KIND = "kind"
    LEADER = "leader"
    MEMBER = "member"
    PERIOD = "period"


@dataclass(frozen=True)
class RowFault:
    """A fault with the row's number and the words at fault."""

    row: int
    fault: Fault
    said: str


@dataclass(frozen=True)
class NetworkTable:
    """What was understood; a network with a fault in any of its rows is not among the plans."""

    plans: tuple[Plan, ...]
    faults: tuple[RowFault, ...]
    missing: tuple[Column, ...] = ()


def read_networks(data: bytes) -> NetworkTable:
    """Read a workbook or a Word table; blocks while a child opens it.

    Raises:
        roadmap.refusals.Refused: it is none, or none that is safe to open.
    """
    return understand(answer_of(CHILD, data, "")["sheets"])


def understand(sheets: Sequence[Sheet]) -> NetworkTable:
    """The networks of the first sheet that has a header with a topic and a leader."""
    found = found_table(sheets, HEADERS, Column.TITLE)
    if found is None:
        return NetworkTable((), (), (Column.TITLE, Column.LEADER))
    rows, columns = found
    lacking = missing(columns, (Column.LEADER,))
    return NetworkTable((), (), lacking) if lacking else _rows(rows, columns)


def read_period(text: str) -> tuple[date, date] | None:
    """«2026–2029», «2026-2027 учебный год», «сентябрь 2026 – август 2029», two dates; else None.

    Two years that follow each other are a school year, as roadmaps mean them.
    """
    bare = YEARS.sub("", text.strip())
    period = Period.parse(bare)
    if period is not None:
        return period.start, period.end
    term = read_term(text, None)
    if term.doubts and len(ends := re.split(r"\s*[–—-]\s*", bare)) == 2:
        term = read_term(FROM_TO.format(*ends), None)
    starts = [one.start for one in term.windows if one.start is not None]
    lasts = [one.end for one in term.windows if one.end is not None]
    if term.doubts or not starts or not lasts:
        return None
    return min(starts), max(lasts)


@dataclass
class _Being:
    """A network being put together from its rows."""

    row: int
    title: str
    kind: NetworkKind | None = None
    leader: str = ""
    members: tuple[str, ...] = ()
    period: tuple[date, date] | None = None
    broken: bool = False


def _rows(rows: Sheet, columns: Mapping[Column, int]) -> NetworkTable:
    faults: list[RowFault] = []
    found: dict[str, _Being] = {}
    last: _Being | None = None
    for at, said in said_in(rows, columns, Column.TITLE):
        title = said[Column.TITLE]
        if title and last is not None and folded(title) != folded(last.title):
            last = None
        if title:
            last = found.setdefault(folded(title), _Being(at, title))
        if last is None:
            faults.append(RowFault(at, Fault.TITLE, ""))
            continue
        mine = _take(last, said)
        faults += [RowFault(at, fault, words) for fault, words in mine]
        last.broken = last.broken or bool(mine)
    for one in found.values():
        if not one.leader and not one.broken:
            faults.append(RowFault(one.row, Fault.LEADER, ""))
            one.broken = True
    plans = [
        Plan(
            one.title,
            one.kind,
            one.leader,
            tuple(sorted({*one.members, one.leader})),
            *(one.period or (None, None)),
        )
        for one in found.values()
        if not one.broken
    ]
    return NetworkTable(tuple(plans), tuple(faults))


def _take(being: _Being, said: Mapping[Column, str]) -> list[tuple[Fault, str]]:
    """Add what a row says; its faults."""
    faults: list[tuple[Fault, str]] = []
    if not SHORTEST <= len(being.title) <= LONGEST:
        faults.append((Fault.TITLE, being.title))
    if words := said.get(Column.KIND, ""):
        being.kind = next((kind for stem, kind in KINDS.items() if stem in folded(words)), None)
        if being.kind is None:
            faults.append((Fault.KIND, words))
    if words := said[Column.LEADER]:
        leader = _town(words)
        if leader is None or (being.leader and leader != being.leader):
            faults.append((Fault.LEADER, words))
        being.leader = leader or being.leader
    for words in filter(None, map(str.strip, re.split(r"[;,\n]", said.get(Column.MEMBERS, "")))):
        town = _town(words)
        if town is None:
            faults.append((Fault.MEMBER, words))
        else:
            being.members += (town,)
    ends = " – ".join(filter(None, (said.get(Column.SINCE), said.get(Column.UNTIL))))
    if words := said.get(Column.PERIOD) or ends:
        being.period = read_period(words)
        if being.period is None or being.period[0] > being.period[1]:
            faults.append((Fault.PERIOD, words))
    return faults


def _town(words: str) -> str | None:
    """«ТМС Ейского района» is the district."""
    return municipality(SERVICE.sub("", words), municipalities()).sure
