"""A roadmap that was read and is not confirmed yet: who may see it, and its summary."""

from functools import partial

from bot.callbacks import Go, Place
from bot.events import roadmap_screens as screens
from bot.events.audience import audience_of
from bot.keyboards import button, keyboard, to_menu
from bot.screens import Screen
from bot.situation import Situation
from bot.texts import importing as words
from bot.texts.people import scope as scope_words
from storage.events import roadmaps
from storage.events.roadmaps import Import, Preview
from storage.people import places
from storage.scopes import Scope, covered


async def draft_of(situation: Situation, scopes: tuple[Scope, ...], number: int) -> Import | None:
    """The draft, if it is still one and within the presser's scopes."""
    draft = await situation.db.read(roadmaps.find, number)
    if draft is None or draft.state != roadmaps.DRAFT:
        return None
    return draft if await situation.db.read(covered, scopes, draft.scope) else None


async def preview_of(situation: Situation, draft: Import) -> Preview:
    """What confirming it would do."""
    read = partial(roadmaps.preview, audience_of=audience_of, zone=situation.home)
    return await situation.db.read(read, draft)


async def card_of(situation: Situation, draft: Import, *, table: bool = False) -> Screen:
    """The summary, with what it would change; `table`: also what was set by hand."""
    titles = await situation.db.read(places.titles)
    preview = None
    if draft.roadmap.year or draft.year:
        preview = await preview_of(situation, draft)
    whose = scope_words(draft.scope, titles)
    return screens.summary(draft, whose, preview, situation.local, table=table)


def gone() -> Screen:
    """A button of an import that is over."""
    return Screen(words.GONE, keyboard([button(words.TO_EVENTS, Go(to=Place.EVENTS))], to_menu()))
