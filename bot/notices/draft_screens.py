"""A draft as its author sees it: everything chosen, its buttons, its moment."""

from bot.audiences.words import spoken
from bot.keyboards import Row, button, keyboard, pages, rows
from bot.notices.buttons import targets
from bot.notices.callbacks import Draw, NewNotice, Notices, Set, Step
from bot.notices.draft import Draft, burden
from bot.scope_keys import ref_key
from bot.screens import Screen
from bot.situation import Situation
from bot.texts import writing_notices as words
from bot.texts.notices import NEW, TO_LIST, local
from bot.texts.people import scope as scope_words
from storage.people import places
from storage.scopes import Scope


async def territory(situation: Situation, scopes: tuple[Scope, ...]) -> Screen:
    """For which of the author's territories?"""
    titles = await situation.db.read(places.titles)
    made = [
        button(
            scope_words(one, titles),
            Set(step=Step.SCOPE, value=f"{one.kind.value[0]}{ref_key(one)}"),
        )
        for one in scopes
    ]
    return Screen(words.ASK_SCOPE, keyboard(*rows(made), [button(TO_LIST, Notices())]))


async def hub(
    draft: Draft, scope: Scope, situation: Situation, budget: int, note: str = ""
) -> Screen:
    """Everything chosen, and the way to each part of it."""
    if draft.content.empty:
        ask = f"{words.ASK_CONTENT}\n\n{note}" if note else words.ASK_CONTENT
        return Screen(ask, keyboard([button(TO_LIST, Notices())]))
    text = words.draft(
        draft.content,
        await spoken(situation.db, draft.audience),
        when(draft, situation),
        urgent=draft.urgent,
        found=await burden(draft, scope, situation, budget),
        note=note,
    )
    urgency = words.MAKE_ORDINARY if draft.urgent else words.MAKE_URGENT
    return Screen(
        text,
        keyboard(
            [button(words.CHECK, Draw(step=Step.CHECK))],
            [
                button(words.AUDIENCE, Draw(step=Step.AUDIENCE)),
                button(words.WHEN, Draw(step=Step.WHEN)),
            ],
            [
                button(words.CONTENT, Draw(step=Step.CONTENT)),
                button(words.BUTTONS, Draw(step=Step.BUTTONS)),
            ],
            [
                button(urgency, Set(step=Step.URGENT, on=not draft.urgent)),
                button(words.TO_SELF, Draw(step=Step.SELF)),
            ],
            [button(TO_LIST, Notices())],
        ),
    )


def when(draft: Draft, situation: Situation) -> str:
    """The moment in words."""
    return words.NOW.lower() if draft.starts is None else local(draft.starts, situation.local)


def buttons_screen(draft: Draft, note: str = "") -> Screen:
    """The buttons under the notice; pressing one takes it away."""
    made = [
        [button(f"✕ {one.label}", Set(step=Step.BUTTONS, value=str(place), on=False))]
        for place, one in enumerate(draft.content.buttons)
    ]
    more = [button(words.ADD_LINK, Draw(step=Step.LINK))] + [
        button(words.TARGETS[name], Draw(step=Step.TARGET, name=name)) for name in targets
    ]
    text = f"{words.ASK_BUTTONS}\n\n{note}" if note else words.ASK_BUTTONS
    return Screen(text, keyboard(*made, *rows(more, 2), _done()))


async def target_screen(
    name: str, situation: Situation, scopes: tuple[Scope, ...], page: int
) -> Screen:
    """What a button may lead to."""
    target = targets.get(name)
    offered = [] if target is None else await target.offered(situation, scopes)
    made = [
        button(label, Set(step=Step.TARGET, value=f"{name}-{number}")) for number, label in offered
    ]
    shown = pages(made, lambda to: Draw(step=Step.TARGET, name=name, page=to), page=page, size=8)
    text = words.TARGET_HEADS.get(name, "") if made else words.NO_TARGETS
    back = [button(words.READY, Draw(step=Step.BUTTONS))]
    return Screen(text or words.NO_TARGETS, keyboard(*shown, back))


def when_screen(note: str = "") -> Screen:
    """When shall it go?"""
    made = [
        button(words.NOW, Set(step=Step.WHEN, value="now")),
        button(words.TOMORROW, Set(step=Step.WHEN, value="tomorrow")),
    ]
    text = f"{note}\n\n{words.ASK_WHEN}" if note else words.ASK_WHEN
    return Screen(text, keyboard(made, _done()))


def link_screen(note: str = "") -> Screen:
    """A label and an address, please."""
    text = f"{note}\n\n{words.ASK_LINK}" if note else words.ASK_LINK
    return Screen(text, keyboard([button(words.READY, Draw(step=Step.BUTTONS))]))


def stale() -> Screen:
    """The draft is gone."""
    return Screen(words.STALE, keyboard([button(NEW, NewNotice())]))


def _done() -> Row:
    return [button(words.READY, Draw(step=Step.DRAFT))]
