"""A campaign that is being prepared: what is chosen so far, and the screens that ask for the rest.

Lives in the person's dialog (aiogram's FSM data) until it is opened. Order: territory (if there is
a choice), subject, mode, audience, opening, closing, confirmation.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import TypeVar

from aiogram.types import InlineKeyboardButton
from pydantic import BaseModel

from bot.keyboards import Row, button, keyboard, pages, rows
from bot.scope_keys import ref_key
from bot.screens import Screen
from bot.situation import Situation
from bot.survey_callbacks import Ask, Campaigns, Fill, NewCampaign, OpenIt, Put
from bot.texts import campaigns as words
from bot.texts.people import scope as scope_words
from bot.texts.people import short_name
from storage import audiences, campaigns, networks, people
from storage.audiences import Audience
from storage.people import Role
from storage.scopes import Scope, ScopeKind, municipalities_of
from surveys.questionnaire import Anonymity, Questionnaire
from surveys.reference import communities, key, municipalities

T = TypeVar("T")

DAYS = (3, 7, 14)
MORNING = time(9)
LONGEST = timedelta(days=400)
"""A campaign that would stay open longer is a slip of the year."""
ROLES = (Role.TRAINEE, Role.ORGANISER, Role.EXPERT, Role.COORDINATOR)
KINDS = (Ask.ROLES, Ask.PLACES, Ask.NETWORKS, Ask.COMMUNITIES, Ask.PEOPLE)
ALL = ""
"""What `Put` says to clear a whole kind."""


class Draft(BaseModel):
    """What is chosen so far; `opens` None is «сейчас». `faults` are of the last typed list.

    `last_typed` is the newest message that was taken: handled again after a crash, it must not
    answer the next question as well.
    """

    key: str
    form: str
    version: int
    scope_kind: ScopeKind | None = None
    scope_ref: str = ""
    subject: str = ""
    mode: Anonymity
    audience: Audience = Audience()
    opens: datetime | None = None
    closes: datetime | None = None
    faults: tuple[str, ...] = ()
    last_typed: int = 0

    @property
    def scope(self) -> Scope | None:
        """The territory; None while it is not chosen."""
        return None if self.scope_kind is None else Scope(self.scope_kind, self.scope_ref)


async def screen(
    draft: Draft,
    ask: Ask,
    situation: Situation,
    scopes: tuple[Scope, ...],
    *,
    page: int = 0,
    note: str = "",
) -> Screen:
    """The screen that asks for one thing; `note` stands above it."""
    scope = draft.scope
    if scope is None or ask is Ask.SCOPE:
        shown = await _territory(situation, scopes)
    elif ask is Ask.SUBJECT:
        no_subject = [button(words.NO_SUBJECT, Put(ask=ask, value=ALL))]
        shown = Screen(words.ASK_SUBJECT, keyboard(no_subject, _leave()))
    elif ask is Ask.MODE:
        shown = _mode(draft)
    elif ask is Ask.AUDIENCE:
        shown = await _audience(draft, scope, situation)
    elif ask in KINDS:
        shown = await _kind(draft, scope, ask, situation, page)
    elif ask is Ask.OPENS:
        made = [
            button(words.OPENS_NOW, Put(ask=ask, value="now")),
            button(words.OPENS_TOMORROW, Put(ask=ask, value="tomorrow")),
        ]
        shown = Screen(words.ASK_OPENS, keyboard(made, _back(Ask.AUDIENCE)))
    elif ask is Ask.CLOSES:
        made = [button(words.days(days), Put(ask=ask, value=str(days))) for days in DAYS]
        shown = Screen(words.ASK_CLOSES, keyboard(made, _back(Ask.OPENS)))
    else:
        shown = await _confirm(draft, scope, situation)
    return Screen(f"{note}\n\n{shown.text}", shown.keyboard) if note else shown


def closing_after(opens: datetime, days: int) -> datetime:
    """The end of the day that is so many days after the opening: people think in whole days."""
    day = (opens + timedelta(days=days + 1)).date()
    return datetime.combine(day, time(0), opens.tzinfo)


def with_tick(draft: Draft, ask: Ask, value: str, *, on: bool) -> Draft:
    """The draft after one tick; a value that means nothing changes nothing."""
    chosen = draft.audience
    if ask is Ask.ROLES and value in {role.value for role in ROLES}:
        update: dict[str, object] = {"roles": _set(chosen.roles, Role(value), on=on)}
    elif ask is Ask.PLACES and (name := _named(municipalities(), value)):
        update = {"municipalities": _set(chosen.municipalities, name, on=on)}
    elif ask is Ask.COMMUNITIES and (name := _named(communities(), value)):
        update = {"communities": _set(chosen.communities, name, on=on)}
    elif ask is Ask.NETWORKS and value.isascii() and value.isdigit():
        update = {"networks": _set(chosen.networks, int(value), on=on)}
    elif ask is Ask.PEOPLE and value == ALL:
        return draft.model_copy(
            update={"audience": chosen.model_copy(update={"people": ()}), "faults": ()}
        )
    else:
        return draft
    return draft.model_copy(update={"audience": chosen.model_copy(update=update)})


async def audience_lines(draft: Draft, situation: Situation) -> list[str]:
    """What is chosen of the audience, a line per kind."""
    chosen = draft.audience
    titles = await situation.db.read(networks.titles)
    named = [await situation.db.read(people.by_id, number) for number in chosen.people[:30]]
    values: dict[str, Sequence[str]] = {
        "roles": [words.role(role) for role in chosen.roles],
        "places": chosen.municipalities,
        "nets": [titles.get(str(number), "") for number in chosen.networks],
        "comm": chosen.communities,
        "people": [short_name(one) for one in named if one is not None],
    }
    return [words.audience_line(kind, shown) for kind, shown in values.items() if shown]


async def form_of(draft: Draft, situation: Situation) -> Questionnaire | None:
    """The questionnaire the draft is for."""
    return await situation.db.read(campaigns.published_version, draft.form, draft.version)


async def _territory(situation: Situation, scopes: tuple[Scope, ...]) -> Screen:
    titles = await situation.db.read(networks.titles)
    made = [
        button(
            scope_words(one, titles),
            Put(ask=Ask.SCOPE, value=f"{one.kind.value[0]}{ref_key(one)}"),
        )
        for one in scopes
    ]
    return Screen(words.ASK_SCOPE, keyboard(*rows(made), _leave()))


def _mode(draft: Draft) -> Screen:
    made = [
        button(
            words.ticked(label, on=True) if mode is draft.mode else label,
            Put(ask=Ask.MODE, value=mode.value),
        )
        for mode, label in words.MODES.items()
    ]
    return Screen(words.ASK_MODE, keyboard(made, _back(Ask.SUBJECT)))


async def _audience(draft: Draft, scope: Scope, situation: Situation) -> Screen:
    lines = await audience_lines(draft, situation)
    found = await situation.db.read(audiences.reach, draft.audience, scope)
    kinds = [button(words.KINDS[kind.value], Fill(ask=kind)) for kind in KINDS]
    on = [button(words.NEXT, Fill(ask=Ask.OPENS))] if found.people else []
    text = words.audience(lines, found)
    if not found.people:
        text += f"\n\n{words.NOBODY}"
    return Screen(text, keyboard(*rows(kinds, 2), on, _back(Ask.MODE)))


async def _kind(draft: Draft, scope: Scope, ask: Ask, situation: Situation, page: int) -> Screen:
    done = [button(words.READY, Fill(ask=Ask.AUDIENCE))]
    chosen = draft.audience
    found = words.reach(await situation.db.read(audiences.reach, chosen, scope))
    if ask is Ask.PEOPLE:
        named = [await situation.db.read(people.by_id, number) for number in chosen.people[:30]]
        names = [short_name(one) for one in named if one is not None]
        text = words.ASK_PEOPLE
        if names or draft.faults:
            text = words.people_found(names, draft.faults)
        clear = [button(words.CLEAR_PEOPLE, Put(ask=ask, value=ALL))] if names else []
        return Screen(text, keyboard(clear, done))
    made: list[InlineKeyboardButton] = []
    if ask is Ask.ROLES:
        made = [
            _tick(ask, role.value, words.role(role), page, on=role in chosen.roles)
            for role in ROLES
        ]
    elif ask is Ask.PLACES:
        own = await situation.db.read(municipalities_of, scope)
        made = [
            _tick(ask, key(name), name, page, on=name in chosen.municipalities)
            for name in municipalities()
            if own is None or name in own
        ]
    elif ask is Ask.COMMUNITIES:
        made = [
            _tick(ask, key(name), name, page, on=name in chosen.communities)
            for name in communities()
        ]
    elif ask is Ask.NETWORKS:
        own = await situation.db.read(municipalities_of, scope)
        made = [
            _tick(ask, str(one.id), one.title, page, on=one.id in chosen.networks)
            for one in await situation.db.read(networks.every)
            if own is None or own & set(one.members)
        ]
    text = words.KIND_HEADS[ask.value] if made else words.NO_NETWORKS
    columns = 2 if ask is Ask.PLACES else 1
    shown = pages(made, lambda to: Fill(ask=ask, page=to), page=page, size=16, columns=columns)
    return Screen(f"{text}\n\n{found}", keyboard(*shown, done))


async def _confirm(draft: Draft, scope: Scope, situation: Situation) -> Screen:
    form = await form_of(draft, situation)
    if form is None or draft.closes is None:
        return Screen(words.STALE, keyboard([button(words.FROM_START, NewCampaign())]))
    found = await situation.db.read(audiences.reach, draft.audience, scope)
    now = situation.local
    text = words.confirm(
        form.title,
        draft.subject,
        mode=draft.mode,
        lines=await audience_lines(draft, situation),
        found=found,
        opens=words.OPENS_NOW.lower() if draft.opens is None else words.local(draft.opens, now),
        closes=words.closing(draft.closes, now),
    )
    return Screen(
        text,
        keyboard(
            [button(words.OPEN, OpenIt(key=draft.key))] if found.people else [],
            _back(Ask.CLOSES),
            [button(words.FROM_START, NewCampaign())],
        ),
    )


def _tick(ask: Ask, value: str, label: str, page: int, *, on: bool) -> InlineKeyboardButton:
    return button(words.ticked(label, on=on), Put(ask=ask, value=value, on=not on, page=page))


def _set(chosen: tuple[T, ...], value: T, *, on: bool) -> tuple[T, ...]:
    kept = tuple(one for one in chosen if one != value)
    return (*kept, value) if on else kept


def _named(names: Sequence[str], value: str) -> str | None:
    return next((name for name in names if key(name) == value), None)


def _back(to: Ask) -> Row:
    return [button(words.BACK, Fill(ask=to))]


def _leave() -> Row:
    return [button(words.TO_LIST, Campaigns())]
