"""A task that is being made: what is said so far. Lives in the person's dialog as JSON."""

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final

from pydantic import BaseModel

from bot.tasks.desk_callbacks import Make
from storage.audiences import Audience
from storage.files.types import FileType
from storage.scopes import Scope, ScopeKind
from storage.tasks.making import NewTask
from storage.tasks.tasks import MAX_BYTES, MAX_ITEMS, TRAINEES, Reach, Template
from surveys.reference import key, municipalities
from surveys.task_dates import Dates
from surveys.tasks import Content, Kind, Level

DAYS: Final = (7, 14, 30)
GRACE: Final = (0, 3, 7, 14)
REVIEW: Final = (3, 7, 14)
ATTEMPTS: Final = (1, 2, 3, 5)
MEGABYTES: Final = (5, 10, 20)
ITEMS: Final = (1, 3, 5, 10, MAX_ITEMS)
FAMILIES: Final = (FileType.WORD, FileType.PDF, FileType.SLIDES, FileType.SHEET, FileType.ARCHIVE)
MOST_CRITERIA = 10
MOST_POINTS = 20
MOST_FILES = 10
EVENING = time(23, 59)
MORNING = time(9)
NONE = "none"
BY_DATE, PREVIOUS = "date", "previous"
"""How a stage opens."""
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
    items: int = MAX_ITEMS
    criteria: tuple[tuple[str, int], ...] = ()
    templates: tuple[TemplateDraft, ...] = ()
    places: tuple[str, ...] = ()
    group: int | None = None
    programme: bool = False
    after_previous: bool = False
    event: int | None = None

    @property
    def reach(self) -> Reach:
        """Of whom it is asked: of a group, of an event's people, or by the audience."""
        if self.group is not None:
            return Reach.GROUP
        return Reach.AUDIENCE if self.event is None else Reach.EVENT

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
        reach=draft.reach,
        audience=draft.audience,
        group_id=draft.group,
        for_event_id=draft.event,
        programme=draft.programme,
        after_previous=draft.after_previous,
        accepts=draft.accepts,
        file_types=tuple(draft.types),
        max_bytes=min(draft.megabytes * 1_000_000, MAX_BYTES),
        max_items=draft.items,
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
        case Make.ITEMS if number in ITEMS:
            change = {"items": number}
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
            change = {**NOBODY, "places": (*kept, name) if on and name else kept}
        case Make.GROUP:
            change = {**NOBODY, "group": number}
        case Make.EVENT:
            change = {**NOBODY, "event": number}
        case Make.STAGE if draft.group is not None:
            change = {"programme": value != NONE, "after_previous": value == PREVIOUS}
    return draft.model_copy(update=change)


NOBODY: Final[dict[str, object]] = {
    "group": None,
    "programme": False,
    "after_previous": False,
    "event": None,
    "places": (),
}
"""What each way of saying for whom a task is takes back of the others."""


def _ticked(
    chosen: Sequence[object], value: object, order: Sequence[object] | type, *, on: bool
) -> tuple[object, ...]:
    wanted = {*chosen, value} if on else set(chosen) - {value}
    return tuple(each for each in order if each in wanted)  # type: ignore[union-attr]  # an enum class is a sequence of its members


def _evening(now: datetime, days: int | None) -> datetime:
    return datetime.combine(now.date() + timedelta(days=days or 0), EVENING, now.tzinfo)
