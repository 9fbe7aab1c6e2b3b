"""A register as a workbook: read with every fault of every row at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.people.names import NameRefused, read_name
from bot.people.register_words import HEADERS, ROLES, TEACHER, Column
from bot.search import any_of, folded, municipality, presentable, sound
from roadmap.guarding import answer_of
from storage.people.people import Field, Role
from storage.people.register_rows import Entry
from storage.scopes import Scope, ScopeKind
from surveys.reference import communities, municipalities

CHILD = "bot.people.confined_register"
DEEPEST_HEADER = 20
"""Rows of letterhead and title above the header."""
LONGEST = 200
"""Characters of an organisation or a position."""

Sheet = Sequence[tuple[int, Sequence[str]]]
"""Rows with their numbers as the spreadsheet shows them."""


class Fault(StrEnum):
    """Why a row is not taken; `bot/texts/register.py` words it."""

    NAME = "name"
    MUNICIPALITY = "municipality"
    OUT_OF_SCOPE = "out-of-scope"
    COMMUNITY = "community"
    ROLE = "role"
    ROLE_NOT_YOURS = "role-not-yours"
    NETWORK = "network"
    TOO_LONG = "too-long"
    TWICE = "twice"


@dataclass(frozen=True)
class RowFault:
    """A fault with the row's number and the words at fault."""

    row: int
    fault: Fault
    said: str


@dataclass(frozen=True)
class Loader:
    """What whoever loads may do.

    Attributes:
        towns: the municipalities within their scopes; None is every one.
        may_give: role → the scopes in which they may give it.
        networks: title → id, of networks within their scopes.
    """

    towns: Collection[str] | None
    may_give: Mapping[Role, Sequence[Scope]]
    networks: Mapping[str, str]
    networks_members: Mapping[str, Collection[str]]


@dataclass(frozen=True)
class Register:
    """What was understood; rows with a fault are not among the entries."""

    entries: tuple[Entry, ...]
    faults: tuple[RowFault, ...]
    missing: tuple[Column, ...] = ()
    """Columns without which nothing can be read."""


def read_register(data: bytes, loader: Loader) -> Register:
    """Read a workbook or a Word table; blocks while a child opens it.

    Raises:
        roadmap.refusals.Refused: it is none, or none that is safe to open.
    """
    return understand(answer_of(CHILD, data, "")["sheets"], loader)


def understand(sheets: Sequence[Sheet], loader: Loader) -> Register:
    """The entries of the first sheet that has a header of names."""
    for sheet in sheets:
        for index, (_, cells) in enumerate(sheet[:DEEPEST_HEADER]):
            columns = _columns(cells)
            if len(columns) > 1 and {Column.NAME, Column.SURNAME} & set(columns):
                missing = _missing(columns, loader)
                return (
                    _rows(sheet[index + 1 :], columns, loader)
                    if not missing
                    else Register((), (), missing)
                )
    return Register((), (), (Column.NAME, Column.MUNICIPALITY))


def _columns(cells: Sequence[str]) -> dict[Column, int]:
    found: dict[Column, int] = {}
    for place, cell in enumerate(cells):
        words = f" {folded(cell)} "
        for column, beginnings in HEADERS:
            # Short ones are whole words: «мо» is no beginning of «мой».
            fits = [f" {one}" if len(one) > 3 else f" {one} " for one in beginnings]
            if column in found:
                continue
            if any(one in words for one in fits):
                found[column] = place
                break
    return found


def _missing(columns: Collection[Column], loader: Loader) -> tuple[Column, ...]:
    lone = loader.towns is not None and len(loader.towns) == 1
    missing = []
    if Column.NAME not in columns and Column.FIRST_NAME not in columns:
        missing.append(Column.FIRST_NAME)
    if Column.MUNICIPALITY not in columns and not lone:
        missing.append(Column.MUNICIPALITY)
    return tuple(missing)


def _rows(rows: Sheet, columns: Mapping[Column, int], loader: Loader) -> Register:
    entries: list[Entry] = []
    faults: list[RowFault] = []
    seen: dict[tuple[str, str, str], int] = {}
    for at, cells in rows:
        said = {
            column: " ".join(cells[place].split()) if place < len(cells) else ""
            for column, place in columns.items()
        }
        name = said.get(Column.NAME) or " ".join(
            filter(None, (said.get(one) for one in _NAME_PARTS))
        )
        if not name or folded(name).isdigit():  # an empty row, or one that numbers the columns
            continue
        entry, found = _entry(name, said, loader)
        faults += [RowFault(at, fault, words) for fault, words in found]
        if entry is None:
            continue
        key = (entry.search, entry.municipality, entry.sound)
        if key in seen:
            faults.append(RowFault(at, Fault.TWICE, str(seen[key])))
            continue
        seen[key] = at
        entries.append(entry)
    return Register(tuple(entries), tuple(faults))


_NAME_PARTS = (Column.SURNAME, Column.FIRST_NAME, Column.PATRONYMIC)
_Faults = list[tuple[Fault, str]]


def _entry(name: str, said: Mapping[Column, str], loader: Loader) -> tuple[Entry | None, _Faults]:
    faults: _Faults = []
    parts = read_name(name, Field.SURNAME)
    if (
        isinstance(parts, NameRefused)
        or Field.FIRST_NAME not in parts
        or (Field.SURNAME not in parts)
    ):
        faults.append((Fault.NAME, name))
    town = _town(said.get(Column.MUNICIPALITY, ""), loader, faults)
    community = ""
    if words := said.get(Column.COMMUNITY, ""):
        community = any_of(words, communities()).sure or ""
        if not community:
            faults.append((Fault.COMMUNITY, words))
    organisation = presentable(said.get(Column.ORGANISATION, ""))
    position = said.get(Column.POSITION, "")
    faults += [(Fault.TOO_LONG, text) for text in (organisation, position) if len(text) > LONGEST]
    role = _role(said, town, loader, faults)
    if faults or isinstance(parts, NameRefused):
        return None, faults
    surname, first_name = parts[Field.SURNAME], parts[Field.FIRST_NAME]
    patronymic = parts.get(Field.PATRONYMIC, "")
    entry = Entry(
        surname=surname,
        first_name=first_name,
        patronymic=patronymic,
        search=folded(f"{surname} {first_name} {patronymic}"),
        municipality=town,
        organisation=organisation,
        sound=sound(organisation) if organisation else "",
        position=position,
        community=community,
    )
    if role is not None:
        given, scope = role
        entry = replace(entry, role=given.value, scope_kind=scope.kind.value, scope_ref=scope.ref)
    return entry, faults


def _town(words: str, loader: Loader, faults: _Faults) -> str:
    if not words and loader.towns is not None and len(loader.towns) == 1:
        return next(iter(loader.towns))
    town = municipality(words, municipalities()).sure if words else None
    if town is None:
        faults.append((Fault.MUNICIPALITY, words))
    elif loader.towns is not None and town not in loader.towns:
        faults.append((Fault.OUT_OF_SCOPE, town))
    return town or ""


def _role(
    said: Mapping[Column, str], town: str, loader: Loader, faults: _Faults
) -> tuple[Role, Scope] | None:
    words = folded(said.get(Column.ROLE, ""))
    if not words or words in TEACHER:
        return None
    role = next((role for stem, role in ROLES.items() if words.startswith(stem)), None)
    if role is None:
        faults.append((Fault.ROLE, said[Column.ROLE]))
        return None
    scope = Scope(ScopeKind.MUNICIPALITY, town)
    if title := said.get(Column.NETWORK, ""):
        found = {folded(one): ref for one, ref in loader.networks.items()}.get(folded(title))
        if found is None:
            faults.append((Fault.NETWORK, title))
            return None
        scope = Scope(ScopeKind.NETWORK, found)
    own = loader.may_give.get(role, ())
    if not any(_covers(one, scope, loader) for one in own):
        faults.append((Fault.ROLE_NOT_YOURS, said[Column.ROLE]))
        return None
    return role, scope


def _covers(own: Scope, wanted: Scope, loader: Loader) -> bool:
    """As `storage.scopes.covered`, from what the loader brought along."""
    if own.kind is ScopeKind.REGION or own == wanted:
        return True
    return (
        own.kind is ScopeKind.NETWORK
        and wanted.kind is ScopeKind.MUNICIPALITY
        and wanted.ref in loader.networks_members.get(own.ref, ())
    )
