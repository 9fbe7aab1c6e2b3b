"""A task that is being made: what is said so far, and the screens that ask for the rest.

Title, text and deadline are asked one after another; then one screen shows everything, with a
sensible value for what was not said, and each line can be changed. Lives in the person's dialog.
"""

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final

from aiogram.types import InlineKeyboardButton
from pydantic import BaseModel

from bot.keyboards import Row, button, keyboard, pages, rows
from bot.scope_keys import ref_key
from bot.screens import Screen
from bot.situation import Situation
from bot.tasks.callbacks import Desk, GiveOut, Make, MakeAsk, MakePut
from bot.texts import task_desk as words
from bot.texts.people import scope as scope_words
from storage import audiences
from storage.audiences import Audience
from storage.files.types import FileType
from storage.people import networks
from storage.scopes import Scope, ScopeKind, municipalities_of
from storage.tasks import groups as trainee_groups
from storage.tasks.tasks import MAX_BYTES, TRAINEES, NewTask, Reach, Template
from surveys.reference import key, municipalities
from surveys.tasks import Content, Dates, Kind, Level

DAYS: Final = (7, 14, 30)
GRACE: Final = (0, 3, 7, 14)
REVIEW: Final = (3, 7, 14)
ATTEMPTS: Final = (1, 2, 3, 5)
MEGABYTES: Final = (5, 10, 20)
FAMILIES: Final = (FileType.WORD, FileType.PDF, FileType.SLIDES, FileType.SHEET, FileType.ARCHIVE)
MOST_CRITERIA = 10
MOST_POINTS = 20
MOST_FILES = 10
EVENING = time(23, 59)
MORNING = time(9)
NONE = "none"
_CRITERION = re.compile(r"^(.+?)[\s—–:\-]+(\d{1,3})\D*$")


class TemplateDraft(BaseModel):
    """A file that goes with the task."""

    kind: str
    file_id: str
    file_unique_id: str
    name: str


class Draft(BaseModel):
    """What is said so far. `opens` None: at once; `grace` None: late works are always taken."""

    key: str
    scope_kind: ScopeKind | None = None
    scope_ref: str = ""
    title: str = ""
    body: str = ""
    kind: Kind = Kind.CASE
    level: Level | None = None
    opens: datetime | None = None
    due: datetime | None = None
    grace: int | None = None
    review: int | None = 7
    attempts: int | None = None
    accepts: tuple[Content, ...] = ()
    types: tuple[FileType, ...] = ()
    megabytes: int = 20
    criteria: tuple[tuple[str, int], ...] = ()
    templates: tuple[TemplateDraft, ...] = ()
    places: tuple[str, ...] = ()
    group: int | None = None

    @property
    def scope(self) -> Scope | None:
        """The territory; None while it is not chosen."""
        return None if self.scope_kind is None else Scope(self.scope_kind, self.scope_ref)

    @property
    def audience(self) -> Audience:
        """Of whom it is asked, where not of a group."""
        return TRAINEES.model_copy(update={"municipalities": self.places})


def new_task(draft: Draft, scope: Scope, now: datetime) -> NewTask:
    """What the store makes of the draft."""
    due = draft.due
    end = due or draft.opens or now
    return NewTask(
        scope=scope,
        title=draft.title,
        body=draft.body,
        kind=draft.kind,
        level=draft.level,
        dates=Dates(
            max(draft.opens or now, now),
            due,
            None if due is None or draft.grace is None else due + timedelta(days=draft.grace),
        ),
        reach=Reach.AUDIENCE if draft.group is None else Reach.GROUP,
        audience=draft.audience,
        group_id=draft.group,
        accepts=draft.accepts,
        file_types=tuple(draft.types),
        max_bytes=min(draft.megabytes * 1_000_000, MAX_BYTES),
        review_by=None if draft.review is None else end + timedelta(days=draft.review),
        attempts=draft.attempts,
        criteria=draft.criteria,
        templates=tuple(Template(**one.model_dump()) for one in draft.templates),
    )


def read_criteria(text: str) -> tuple[tuple[tuple[str, int], ...], list[str]]:
    """«Содержание — 5» a line each → criteria, and the lines that could not be read."""
    found: list[tuple[str, int]] = []
    faults = []
    for line in filter(None, map(str.strip, text.splitlines())):
        match = _CRITERION.match(line)
        if match is None or not 1 <= int(match[2]) <= MOST_POINTS or len(match[1]) > 60:
            faults.append(line)
        else:
            found.append((match[1].strip(" .;,"), int(match[2])))
    return tuple(found[:MOST_CRITERIA]), faults


def put(draft: Draft, ask: Make, value: str, *, on: bool, now: datetime) -> Draft:  # noqa: C901, PLR0912 - one case for each thing that can be said
    """The draft with one thing said by a button; a value that means nothing changes nothing."""
    change: dict[str, object] = {}
    number = int(value) if value.isascii() and value.isdigit() else None
    match ask:
        case Make.KIND if value in set(Kind):
            change = {"kind": Kind(value)}
        case Make.LEVEL:
            change = {"level": Level(value) if value in set(Level) else None}
        case Make.ACCEPTS if value in set(Content):
            change = {"accepts": _ticked(draft.accepts, Content(value), Content, on=on)}
        case Make.TYPES if value in set(FAMILIES):
            change = {"types": _ticked(draft.types, FileType(value), FAMILIES, on=on)}
        case Make.SIZE if number in MEGABYTES:
            change = {"megabytes": number}
        case Make.DUE:
            change = {"due": _evening(now, number) if number in DAYS else None}
        case Make.OPENS:
            tomorrow = datetime.combine(now.date() + timedelta(days=1), time(9), now.tzinfo)
            change = {"opens": tomorrow if value == "tomorrow" else None}
        case Make.CUTOFF:
            change = {"grace": number if number in GRACE else None}
        case Make.REVIEW:
            change = {"review": number if number in REVIEW else None}
        case Make.ATTEMPTS:
            change = {"attempts": number if number in ATTEMPTS else None}
        case Make.CRITERIA:
            change = {"criteria": ()}
        case Make.FILES:
            change = {"templates": ()}
        case Make.PLACES:
            name = next((each for each in municipalities() if key(each) == value), None)
            kept = tuple(each for each in draft.places if each != name)
            change = {"places": (*kept, name) if on and name else kept, "group": None}
        case Make.GROUP:
            change = {"group": number, "places": ()}
    return draft.model_copy(update=change)


def _ticked(
    chosen: Sequence[object], value: object, order: Sequence[object] | type, *, on: bool
) -> tuple[object, ...]:
    wanted = {*chosen, value} if on else set(chosen) - {value}
    return tuple(each for each in order if each in wanted)  # type: ignore[union-attr]  # an enum class is a sequence of its members


def _evening(now: datetime, days: int | None) -> datetime:
    return datetime.combine(now.date() + timedelta(days=days or 0), EVENING, now.tzinfo)


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
    elif ask in {Make.PLACES, Make.GROUP, Make.AUDIENCE}:
        shown = await _audience(draft, scope, ask, situation, page)
    else:
        shown = _question(draft, ask)
    return Screen(f"{note}\n\n{shown.text}", shown.keyboard) if note else shown


def _question(draft: Draft, ask: Make) -> Screen:  # noqa: C901 - the same
    made: list[InlineKeyboardButton] = []
    match ask:
        case Make.DUE:
            made = [_choice(ask, str(days), words.days(days)) for days in DAYS]
            made.append(_choice(ask, NONE, words.NO_DUE))
        case Make.KIND:
            made = [_choice(ask, kind.value, label) for kind, label in words.KINDS.items()]
        case Make.LEVEL:
            made = [_choice(ask, level.value, label) for level, label in words.LEVELS.items()]
            made.append(_choice(ask, NONE, words.NO_LEVEL))
        case Make.ACCEPTS:
            made = [
                _tick(ask, one.value, label, on=one in draft.accepts)
                for one, label in words.CONTENTS.items()
            ]
        case Make.TYPES:
            made = [
                _tick(ask, one.value, words.TYPES[one], on=one in draft.types) for one in FAMILIES
            ]
        case Make.SIZE:
            made = [_choice(ask, str(each), words.megabytes(each)) for each in MEGABYTES]
        case Make.OPENS:
            made = [
                _choice(ask, "now", words.OPENS_NOW),
                _choice(ask, "tomorrow", words.OPENS_TOMORROW),
            ]
        case Make.CUTOFF:
            made = [_choice(ask, str(days), words.grace(days)) for days in GRACE]
            made.append(_choice(ask, NONE, words.NO_CUTOFF))
        case Make.REVIEW:
            made = [_choice(ask, str(days), words.days(days)) for days in REVIEW]
            made.append(_choice(ask, NONE, words.NO_REVIEW))
        case Make.ATTEMPTS:
            made = [_choice(ask, str(each), str(each)) for each in ATTEMPTS]
            made.append(_choice(ask, NONE, words.ANY_ATTEMPTS))
        case Make.CRITERIA if draft.criteria:
            made = [_choice(ask, NONE, words.NO_CRITERIA)]
        case Make.FILES if draft.templates:
            made = [_choice(ask, NONE, words.NO_FILES)]
    columns = 1 if ask in {Make.KIND, Make.LEVEL} else 2
    begun = bool(draft.title and draft.body)
    back = [button(words.READY, MakeAsk(ask=Make.HUB))] if begun and ask is not Make.DUE else []
    return Screen(words.ASKS[ask.value], keyboard(*rows(made, columns), back, _leave()))


async def _territory(situation: Situation, scopes: tuple[Scope, ...]) -> Screen:
    titles = await situation.db.read(networks.titles)
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
        made = [button(words.BY_PLACES, MakeAsk(ask=Make.PLACES))]
        groups = await db.read(trainee_groups.listed, (scope,))
        made += [
            _choice(Make.GROUP, str(one.id), words.group(one.title, one.members)) for one in groups
        ]
        if draft.group is not None or draft.places:
            made.append(_choice(Make.GROUP, NONE, words.EVERYBODY))
    else:
        own = await db.read(municipalities_of, scope)
        made = [
            _tick(Make.PLACES, key(name), name, on=name in draft.places, page=page)
            for name in municipalities()
            if own is None or name in own
        ]
    columns = 2 if ask is Make.PLACES else 1
    shown = pages(made, lambda to: MakeAsk(ask=ask, page=to), page=page, size=16, columns=columns)
    ready = [button(words.READY, MakeAsk(ask=Make.HUB))]
    return Screen(words.ASKS[ask.value], keyboard(*shown, ready, _leave()))


async def _hub(draft: Draft, scope: Scope, situation: Situation) -> Screen:
    db = situation.db
    if draft.group is None:
        found = await db.read(audiences.reach, draft.audience, scope)
        whom, number = words.whom(draft.places), found.people
    else:
        group = await db.read(trainee_groups.find, draft.group, (scope,))
        whom, number = (group.title, group.members) if group else ("", 0)
    text = words.hub(
        new_task(draft, scope, situation.now),
        whom=whom,
        people=number,
        at_once=draft.opens is None,
        now=situation.local,
    )
    made = [button(label, MakeAsk(ask=ask)) for ask, label in words.HUB.items()]
    give = [button(words.GIVE_OUT, GiveOut(key=draft.key))]
    return Screen(text, keyboard(*rows(made, 2), give, _leave()))


def _choice(ask: Make, value: str, label: str) -> InlineKeyboardButton:
    return button(label, MakePut(ask=ask, value=value))


def _tick(ask: Make, value: str, label: str, *, on: bool, page: int = 0) -> InlineKeyboardButton:
    return button(words.ticked(label, on=on), MakePut(ask=ask, value=value, on=not on, page=page))


def _leave() -> Row:
    return [button(words.TO_DESK, Desk())]
