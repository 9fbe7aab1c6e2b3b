"""The screens that ask for what a new task is made of.

Title, text and deadline are asked one after another; then one screen shows everything, with a
sensible value for what was not said, and each line can be changed.
"""

from aiogram.types import InlineKeyboardButton

from bot.audiences import form as audience_form
from bot.keyboards import Row, button, keyboard, pages, rows
from bot.scope_keys import ref_key
from bot.screens import Screen
from bot.situation import Situation
from bot.tasks.desk_callbacks import Desk, GiveOut, Make, MakeAsk, MakePut
from bot.tasks.draft import (
    ATTEMPTS,
    BY_DATE,
    DAYS,
    FAMILIES,
    GRACE,
    ITEMS,
    MEGABYTES,
    NONE,
    PREVIOUS,
    REVIEW,
    Draft,
    new_task,
)
from bot.texts import task_desk as desk_words
from bot.texts import task_form as words
from bot.texts import tasks as task_words
from bot.texts.people import scope as scope_words
from storage import audiences
from storage.people import places
from storage.scopes import Scope, municipalities_of
from storage.tasks import groups as trainee_groups
from storage.tasks import of_events
from surveys.reference import key, municipalities


async def screen(
    draft: Draft,
    ask: Make,
    situation: Situation,
    scopes: tuple[Scope, ...],
    *,
    page: int = 0,
    note: str = "",
) -> Screen:
    """The screen that asks for one thing, or shows all; `note` stands above it."""
    scope = draft.scope
    if scope is None or ask is Make.SCOPE:
        shown = await _territory(situation, scopes)
    elif ask is Make.HUB:
        shown = await _hub(draft, scope, situation)
    elif ask in {Make.PLACES, Make.GROUP, Make.EVENT, Make.AUDIENCE}:
        shown = await _audience(draft, scope, ask, situation, page)
    else:
        shown = _question(draft, ask)
    return Screen(f"{note}\n\n{shown.text}", shown.keyboard) if note else shown


def _question(draft: Draft, ask: Make) -> Screen:  # noqa: C901, PLR0912 - one case for each thing that is asked
    made: list[InlineKeyboardButton] = []
    match ask:
        case Make.DUE:
            made = [_choice(ask, str(days), desk_words.days(days)) for days in DAYS]
            made.append(_choice(ask, NONE, words.NO_DUE))
        case Make.KIND:
            made = [_choice(ask, kind.value, label) for kind, label in task_words.KINDS.items()]
        case Make.LEVEL:
            made = [_choice(ask, level.value, label) for level, label in task_words.LEVELS.items()]
            made.append(_choice(ask, NONE, words.NO_LEVEL))
        case Make.ACCEPTS:
            made = [
                _tick(ask, one.value, label, on=one in draft.accepts)
                for one, label in task_words.CONTENTS.items()
            ]
        case Make.TYPES:
            made = [
                _tick(ask, one.value, task_words.TYPES[one], on=one in draft.types)
                for one in FAMILIES
            ]
        case Make.SIZE:
            made = [_choice(ask, str(each), words.megabytes(each)) for each in MEGABYTES]
        case Make.ITEMS:
            made = [_choice(ask, str(each), words.items(each)) for each in ITEMS]
        case Make.OPENS:
            made = [
                _choice(ask, "now", words.OPENS_NOW),
                _choice(ask, "tomorrow", words.OPENS_TOMORROW),
            ]
        case Make.CUTOFF:
            made = [_choice(ask, str(days), words.grace(days)) for days in GRACE]
            made.append(_choice(ask, NONE, words.NO_CUTOFF))
        case Make.REVIEW:
            made = [_choice(ask, str(days), desk_words.days(days)) for days in REVIEW]
            made.append(_choice(ask, NONE, words.NO_REVIEW))
        case Make.ATTEMPTS:
            made = [_choice(ask, str(each), str(each)) for each in ATTEMPTS]
            made.append(_choice(ask, NONE, words.ANY_ATTEMPTS))
        case Make.STAGE:
            made = [
                _choice(ask, NONE, words.NO_STAGE),
                _choice(ask, BY_DATE, words.STAGE_BY_DATE),
                _choice(ask, PREVIOUS, words.STAGE_AFTER),
            ]
        case Make.CRITERIA if draft.criteria:
            made = [_choice(ask, NONE, words.NO_CRITERIA)]
        case Make.FILES if draft.templates:
            made = [_choice(ask, NONE, words.NO_FILES)]
    columns = 1 if ask in {Make.KIND, Make.LEVEL, Make.STAGE} else 2
    begun = bool(draft.title and draft.body)
    back = [button(words.READY, MakeAsk(ask=Make.HUB))] if begun and ask is not Make.DUE else []
    return Screen(words.ASKS[ask.value], keyboard(*rows(made, columns), back, _leave()))


async def _territory(situation: Situation, scopes: tuple[Scope, ...]) -> Screen:
    titles = await situation.db.read(places.titles)
    made = [
        _choice(Make.SCOPE, f"{one.kind.value[0]}{ref_key(one)}", scope_words(one, titles))
        for one in scopes
    ]
    return Screen(words.ASKS[Make.SCOPE.value], keyboard(*rows(made), _leave()))


async def _audience(
    draft: Draft,
    scope: Scope,
    ask: Make,
    situation: Situation,
    page: int,
) -> Screen:
    db = situation.db
    made: list[InlineKeyboardButton]
    if ask is Make.AUDIENCE:
        made = []
        if audience_form.narrows(audience_form.Kind.PLACES, scope):
            made.append(button(words.BY_PLACES, MakeAsk(ask=Make.PLACES)))
        made.append(button(words.BY_EVENT, MakeAsk(ask=Make.EVENT)))
        groups = await db.read(trainee_groups.listed, (scope,))
        made += [
            _choice(Make.GROUP, str(one.id), words.group(one.title, one.members)) for one in groups
        ]
        if draft.group is not None or draft.places or draft.event is not None:
            made.append(_choice(Make.GROUP, NONE, words.EVERYBODY))
    elif ask is Make.EVENT:
        offered = await db.read(of_events.offered, (scope,), now=situation.now)
        made = [_choice(Make.EVENT, str(one.id), words.gathering(one)) for one in offered]
    else:
        own = await db.read(municipalities_of, scope)
        made = [
            _tick(Make.PLACES, key(name), name, on=name in draft.places, page=page)
            for name in municipalities()
            if own is None or name in own
        ]
    columns, size = (2, 16) if ask is Make.PLACES else (1, 8)
    shown = pages(made, lambda to: MakeAsk(ask=ask, page=to), page=page, size=size, columns=columns)
    text = words.ASKS[ask.value] if made else words.NO_EVENTS
    ready = [button(words.READY, MakeAsk(ask=Make.HUB))]
    return Screen(text, keyboard(*shown, ready, _leave()))


async def _hub(draft: Draft, scope: Scope, situation: Situation) -> Screen:
    db = situation.db
    asks = [each for each in words.HUB if each is not Make.STAGE or draft.group is not None]
    if draft.group is not None:
        group = await db.read(trainee_groups.find, draft.group, (scope,))
        whom, number = (words.of_group(group.title), group.members) if group else ("", 0)
    elif draft.event is not None:
        gathering = await db.read(of_events.find, draft.event, (scope,))
        whom, number = (words.of_event(gathering.title), gathering.people) if gathering else ("", 0)
    else:
        found = await db.read(audiences.reach, draft.audience, scope)
        whom, number = words.whom(draft.places), found.people
    text = words.hub(
        new_task(draft, scope, situation.now),
        whom=whom,
        people=number,
        at_once=draft.opens is None,
        now=situation.local,
    )
    made = [button(words.HUB[ask], MakeAsk(ask=ask)) for ask in asks]
    give = [button(words.GIVE_OUT, GiveOut(key=draft.key))]
    return Screen(text, keyboard(*rows(made, 2), give, _leave()))


def _choice(ask: Make, value: str, label: str) -> InlineKeyboardButton:
    return button(label, MakePut(ask=ask, value=value))


def _tick(ask: Make, value: str, label: str, *, on: bool, page: int = 0) -> InlineKeyboardButton:
    return button(words.ticked(label, on=on), MakePut(ask=ask, value=value, on=not on, page=page))


def _leave() -> Row:
    return [button(desk_words.TO_DESK, Desk())]
