"""Every function of the store that gives people's names out takes a scope, or says why not."""

import dataclasses
import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any, get_args, get_type_hints

import storage
from storage.scopes import Scope

NAME = "surname"
"""A record with such a field says who somebody is."""

EXCUSED = {
    "notices.account.recipients": "of a notice that `find_for_staff` found within the scopes",
    "people.people.arrive": "the sender's own row",
    "people.people.find": "the sender's own row, by the account they write from",
    "people.people.by_id": "whom the caller found within the scopes, or the sender",
    "people.people.person_of": "a row that was read already",
    "people.register_rows.row_of": "a row that was read already",
    "people.register_loading.drafted": "the draft of its owner; scopes are asked at the loading",
    "people.roster.staff": "for approvers of notices and command menus; shown to nobody",
    "tasks.calls.entrusted": "for planning calls to themselves; shown to nobody",
    "tasks.calls.waiting": "a reviewer's `Reviewer` holds their scopes",
    "tasks.group_journal.read": "of a group that `find` or `readable` gave to the asker",
    "tasks.groups.heads": "of a group that `find` or `readable` gave to the asker",
    "tasks.groups.members": "of a group that `find` or `readable` gave to the asker",
    "tasks.queue.queue": "a reviewer's `Reviewer` holds their scopes",
    "tasks.reports.journal": "one's own, or of whom `roster.card` found within the scopes",
}
"""Who needs none, and why."""


def named(kind: Any, seen: frozenset[Any] = frozenset()) -> bool:
    """Whether a value of this type says who somebody is, at any depth."""
    if any(named(one, seen) for one in get_args(kind)):
        return True
    if not dataclasses.is_dataclass(kind) or kind in seen:
        return False
    fields = get_type_hints(kind)
    return NAME in fields or any(named(one, seen | {kind}) for one in fields.values())


def scoped(kind: Any) -> bool:
    """Whether an argument of this type brings the asker's scopes along."""
    return kind is Scope or any(scoped(one) for one in get_args(kind))


def readers() -> Iterator[tuple[str, bool]]:
    """Every public function of the store that answers with names, and whether it takes a scope."""
    for module in pkgutil.walk_packages(storage.__path__, "storage."):
        loaded = import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            if function.__module__ != module.name or name.startswith("_"):
                continue
            hints = get_type_hints(function)
            if named(hints.pop("return", None)):
                scopes = any(scoped(one) for one in hints.values())
                yield f"{module.name.removeprefix('storage.')}.{name}", scopes


def test_whoever_reads_names_says_for_whom() -> None:
    found = dict(readers())
    loose = {name for name, scopes in found.items() if not scopes}
    assert sum(found.values()) > 10, "the functions were found"
    assert sorted(loose - set(EXCUSED)) == []
    assert sorted(set(EXCUSED) - loose) == [], "an excuse for nothing"
