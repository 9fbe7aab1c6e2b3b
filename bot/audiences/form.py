"""Choosing an audience, kind by kind: the same screens for questionnaires and for notices.

Each place that offers it brings its own buttons (`Form`); what is chosen is an `Audience`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.audiences.words import names_of
from bot.keyboards import Row, button, keyboard, pages
from bot.screens import Screen
from bot.search import folded
from bot.situation import Situation
from bot.texts import campaigns as words
from bot.texts.answering import titled
from bot.texts.communities import short
from storage.audiences import Audience
from storage.notices import addressing
from storage.people import networks, roster
from storage.people.people import Role
from storage.questionnaires import overseeing
from storage.questionnaires.campaigns import Phase
from storage.scopes import Scope, ScopeKind, municipalities_of
from storage.tasks import tasks
from surveys.reference import communities, key, municipalities

T = TypeVar("T")

ROLES = (Role.TRAINEE, Role.ORGANISER, Role.EXPERT, Role.COORDINATOR)
ALL = ""
"""The value that clears a typed list."""


class Kind(StrEnum):
    """By what an audience is narrowed here."""

    ROLES = "roles"
    PLACES = "places"
    NETWORKS = "nets"
    COMMUNITIES = "comm"
    PEOPLE = "people"
    SURVEYS = "surveys"
    TASKS = "tasks"


PAGES: Mapping[Kind, tuple[int, int]] = {Kind.PLACES: (16, 2), Kind.COMMUNITIES: (24, 2)}
"""Ticks on a page and columns of them, of what a telephone shows two in a row."""


@dataclass(frozen=True)
class Form:
    """The buttons of one place: show a page of a kind; tick or untick a value; and be done."""

    ask: Callable[[Kind, int], CallbackData]
    put: Callable[[Kind, str, bool, int], CallbackData]
    done: Row
    scopes: tuple[Scope, ...] = ()
    """Whose campaigns and tasks may be chosen, where a place offers them."""
    heads: Mapping[str, str] = field(default_factory=lambda: words.KIND_HEADS)
    """What is asked above each kind's ticks."""


def narrows(kind: str, scope: Scope) -> bool:
    """Whether people of this scope can be narrowed so: one organisation has one municipality."""
    return scope.kind is not ScopeKind.ORGANISATION or kind not in {Kind.PLACES, Kind.NETWORKS}


def with_tick(chosen: Audience, kind: Kind, value: str, *, on: bool) -> Audience:
    """The audience after one tick; a value that means nothing changes nothing."""
    update: dict[str, object] = {}
    if kind is Kind.ROLES and value in {role.value for role in ROLES}:
        update = {"roles": _set(chosen.roles, Role(value), on=on)}
    elif kind is Kind.PLACES and (name := _named(municipalities(), value)):
        update = {"municipalities": _set(chosen.municipalities, name, on=on)}
    elif kind is Kind.COMMUNITIES and (name := _named(communities(), value)):
        update = {"communities": _set(chosen.communities, name, on=on)}
    elif kind is Kind.NETWORKS and value.isascii() and value.isdigit():
        update = {"networks": _set(chosen.networks, int(value), on=on)}
    elif kind is Kind.SURVEYS and value.isascii() and value.isdigit():
        update = {"unanswered": _set(chosen.unanswered, int(value), on=on)}
    elif kind is Kind.TASKS and value.isascii() and value.isdigit():
        update = {"unsubmitted": _set(chosen.unsubmitted, int(value), on=on)}
    elif kind is Kind.PEOPLE and value == ALL:
        update = {"people": ()}
    return chosen.model_copy(update=update)


async def with_people(
    chosen: Audience, text: str, scope: Scope, situation: Situation
) -> tuple[Audience, tuple[str, ...]]:
    """Each line names somebody of the territory; what names nobody, or several, is told."""
    found_ids, faults = list(chosen.people), []
    for line in dict.fromkeys(filter(None, (" ".join(one.split()) for one in text.split("\n")))):
        search = folded(line)
        found = None
        if search:
            found = await situation.db.read(roster.page, (scope,), search=search, size=2)
        if found is None or found.total == 0:
            faults.append(words.not_found(line))
        elif found.total > 1:
            faults.append(words.several(line, found.total))
        elif found.people[0].id not in found_ids:
            found_ids.append(found.people[0].id)
    return chosen.model_copy(update={"people": tuple(found_ids)}), tuple(faults)


async def screen(
    chosen: Audience,
    scope: Scope,
    kind: Kind,
    situation: Situation,
    form: Form,
    *,
    faults: Sequence[str] = (),
    page: int = 0,
) -> Screen:
    """One kind: ticks with the live count, or the typed list."""
    if kind is Kind.PEOPLE:
        names = await names_of(situation.db, chosen)
        text = words.people_found(names, faults) if names or faults else words.ASK_PEOPLE
        clear = [button(words.CLEAR_PEOPLE, form.put(kind, ALL, True, 0))] if names else []
        return Screen(text, keyboard(clear, form.done))
    found = words.reach(await situation.db.read(addressing.reach, chosen, scope, now=situation.now))
    made = await _ticks(chosen, scope, kind, situation, form, page=page)
    empty = words.NONE_OF_KIND.get(kind.value, words.NO_NETWORKS)
    text = form.heads[kind.value] if made else empty
    size, columns = PAGES.get(kind, (16, 1))
    shown = pages(made, lambda to: form.ask(kind, to), page=page, size=size, columns=columns)
    return Screen(f"{text}\n\n{found}", keyboard(*shown, form.done))


async def _ticks(
    chosen: Audience, scope: Scope, kind: Kind, situation: Situation, form: Form, *, page: int
) -> list[InlineKeyboardButton]:
    def tick(value: str, label: str, *, on: bool) -> InlineKeyboardButton:
        return button(words.ticked(label, on=on), form.put(kind, value, not on, page))

    if kind is Kind.ROLES:
        return [tick(role.value, words.role(role), on=role in chosen.roles) for role in ROLES]
    if kind is Kind.COMMUNITIES:
        return [
            tick(key(name), short(name), on=name in chosen.communities) for name in communities()
        ]
    if kind is Kind.SURVEYS:
        return [
            tick(str(number), label, on=number in chosen.unanswered)
            for number, label in await offered(kind, situation, form.scopes)
        ]
    if kind is Kind.TASKS:
        return [
            tick(str(number), label, on=number in chosen.unsubmitted)
            for number, label in await offered(kind, situation, form.scopes)
        ]
    own = await situation.db.read(municipalities_of, scope)
    if kind is Kind.PLACES:
        return [
            tick(key(name), name, on=name in chosen.municipalities)
            for name in municipalities()
            if own is None or name in own
        ]
    return [
        tick(str(one.id), one.title, on=one.id in chosen.networks)
        for one in await situation.db.read(networks.every)
        if own is None or own & set(one.members)
    ]


async def offered(
    kind: Kind, situation: Situation, scopes: tuple[Scope, ...]
) -> list[tuple[int, str]]:
    """(id, title) of the questionnaires or tasks in these scopes that somebody may owe.

    Named questionnaires that have begun: of an anonymous one nobody may know who has not answered.
    """
    if kind is Kind.TASKS:
        asked = await situation.db.read(tasks.list_for_staff, scopes)
        return [(one.id, one.title) for one in asked if one.dates.opens <= situation.now]
    if kind is not Kind.SURVEYS:
        return []
    seen = await situation.db.read(overseeing.list_for_staff, scopes)
    return [
        (one.campaign.id, titled(one.campaign.title, one.campaign.subject))
        for one in seen
        if not one.campaign.anonymous and one.campaign.phase(situation.now) is not Phase.PLANNED
    ]


def _set(chosen: tuple[T, ...], value: T, *, on: bool) -> tuple[T, ...]:
    kept = tuple(one for one in chosen if one != value)
    return (*kept, value) if on else kept


def _named(names: Sequence[str], value: str) -> str | None:
    return next((name for name in names if key(name) == value), None)
