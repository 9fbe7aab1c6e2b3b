"""What the author of a notice types or sends: the notice itself, a link, a list, a moment."""

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.types import Message

from bot.audiences import form as audience_form
from bot.filters import May
from bot.notices import audience_screens, draft_screens
from bot.notices.callbacks import Step
from bot.notices.content import link, read
from bot.notices.dialog import Composing, Scopes, draw, keep, kept
from bot.notices.draft import MORNING, Draft
from bot.people.people_list import UnreadableListError, names_in
from bot.rights import Action
from bot.screens import edit, show
from bot.settings import Settings
from bot.situation import Situation
from bot.texts import campaigns as campaign_words
from bot.texts import writing_notices as words
from bot.when import read_moment
from storage.audiences import Audience
from storage.notices.notices import Button, Content

router = Router(name="writing-notices")
MAY = May(Action.BROADCAST)
TEXT = F.text & ~F.text.startswith("/")


@router.message(StateFilter(Composing.fresh), ~F.text.startswith("/"), MAY)
async def take_first(
    message: Message, situation: Situation, scopes: Scopes, settings: Settings
) -> None:
    """A notice sent to the list of notices: a new draft."""
    await _take(message, Draft.begun(scopes), situation, scopes, settings)


@router.message(StateFilter(Composing.content), ~F.text.startswith("/"), MAY)
@router.message(StateFilter(Composing.album), F.media_group_id, MAY)
async def take_content(
    message: Message, situation: Situation, scopes: Scopes, settings: Settings
) -> None:
    """The notice itself, as one message or an album piece by piece."""
    draft = await kept(situation)
    if draft is None:
        await show(message, draft_screens.stale())
        return
    await _take(message, draft, situation, scopes, settings)


async def _take(
    message: Message, draft: Draft, situation: Situation, scopes: Scopes, settings: Settings
) -> None:
    joins = bool(message.media_group_id) and draft.group == message.media_group_id
    before = draft.content if joins else Content(buttons=draft.content.buttons)
    draft = draft.model_copy(
        update={
            "content": read(message, before),
            "group": message.media_group_id or "",
            "taken": "",
            "refused": "",
        }
    )
    screen = (
        await draft_screens.territory(situation, scopes)
        if draft.scope is None
        else await draft_screens.hub(draft, draft.scope, situation, settings.weekly_budget)
    )
    shown = draft.shown
    # Pieces of an album come one by one: they change one screen, not ten.
    if not (joins and await edit(situation.bot, situation.telegram_id, shown, screen)):
        shown = await show(message, screen)
    await keep(situation, draft.model_copy(update={"shown": shown}))
    await situation.state.set_state(Composing.album if message.media_group_id else None)


@router.message(StateFilter(Composing.link), TEXT, MAY)
async def take_link(message: Message, situation: Situation) -> None:
    """A button with an address."""
    draft = await kept(situation)
    if draft is None:
        await show(message, draft_screens.stale())
        return
    found = link(message.text or "")
    if found is None:
        await show(message, draft_screens.link_screen(words.BAD_LINK))
        return
    made = Button(label=found[0], url=found[1])
    if made not in draft.content.buttons:
        draft = draft.with_buttons([*draft.content.buttons, made], words.MOST_BUTTONS)
    await keep(situation, draft)
    await situation.state.set_state(None)
    await show(message, draft_screens.buttons_screen(draft))


@router.message(StateFilter(Composing.people), F.text | F.document, ~F.text.startswith("/"), MAY)
async def take_people(message: Message, situation: Situation, scopes: Scopes) -> None:
    """A list of people, typed or as a file."""
    draft = await kept(situation)
    if draft is None or draft.scope is None:
        await show(message, draft_screens.stale())
        return
    scope = draft.scope
    group = draft.group_at(draft.at) or Audience()
    faults: tuple[str, ...]
    try:
        text = await names_in(message, situation.bot)
    except UnreadableListError as error:
        faults = (words.LIST_TOO_LARGE if error.too_large else words.NO_LIST_IN_FILE,)
        draft = draft.model_copy(update={"faults": faults})
    else:
        group, faults = await audience_form.with_people(group, text, scope, situation)
        draft = draft.with_group(draft.at, group).model_copy(update={"faults": faults})
    await keep(situation, draft)
    await show(
        message,
        await audience_screens.kind_screen(
            draft, draft.at, Step.PEOPLE, scope, situation, scopes=scopes
        ),
    )


@router.message(StateFilter(Composing.when), TEXT, MAY)
async def take_moment(
    message: Message, situation: Situation, scopes: Scopes, settings: Settings
) -> None:
    """When it shall go."""
    draft = await kept(situation)
    if draft is None:
        await show(message, draft_screens.stale())
        return
    at = read_moment(message.text or "", situation.local, otherwise=MORNING)
    if at is None or at <= situation.local:
        past = campaign_words.IN_THE_PAST if at else campaign_words.NOT_A_MOMENT
        await show(message, draft_screens.when_screen(past))
        return
    draft = draft.model_copy(update={"starts": at})
    await keep(situation, draft)
    await draw(message, situation, draft, scopes, settings, step=Step.DRAFT)
