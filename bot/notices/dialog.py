"""The dialog in which a notice is written: its steps, where the draft waits, drawing a step.

Only steps that take something typed or sent have a state; all else is buttons.
"""

from aiogram.exceptions import TelegramBadRequest
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.notices import audience_screens, draft_screens
from bot.notices.callbacks import Step
from bot.notices.checking import check_screen
from bot.notices.content import deliver, fingerprint
from bot.notices.draft import Draft
from bot.screens import Screen, acknowledge, send, show
from bot.settings import Settings
from bot.situation import Situation
from bot.texts import writing_notices as words
from storage.notices.notices import Content
from storage.scopes import Scope

KEPT = "notice"
Scopes = tuple[Scope, ...]


class Composing(StatesGroup):
    """Steps that take something typed or sent."""

    fresh = State()  # the list of notices: what is sent here begins a new one
    content = State()
    album = State()  # more pieces of it may come; anything else is meant for somebody else
    link = State()
    people = State()
    when = State()


TYPED = {
    Step.CONTENT: Composing.content,
    Step.LINK: Composing.link,
    Step.PEOPLE: Composing.people,
    Step.WHEN: Composing.when,
}


async def kept(situation: Situation) -> Draft | None:
    """The author's draft; None if it is gone."""
    text = (await situation.state.get_data()).get(KEPT)
    return None if text is None else Draft.model_validate_json(text)


async def keep(situation: Situation, draft: Draft) -> None:
    """The draft as it is now."""
    await situation.state.update_data({KEPT: draft.model_dump_json()})


async def draw(
    event: Message | CallbackQuery,
    situation: Situation,
    draft: Draft,
    scopes: Scopes,
    settings: Settings,
    *,
    step: Step,
    page: int = 0,
    name: str = "",
) -> None:
    """Show a step of the draft, and take what is typed next as an answer to it."""
    scope, budget = draft.scope, settings.weekly_budget
    if scope is None:
        await show(event, await draft_screens.territory(situation, scopes))
        return
    await situation.state.set_state(TYPED.get(step))
    if step is Step.CHECK:
        await _check(event, situation, draft, scope, scopes, settings)
        return
    if step in audience_screens.STEPS:
        screen = await audience_screens.choosing(
            draft, step, scope, situation, scopes=scopes, budget=budget, page=page
        )
    elif step is Step.BUTTONS:
        most = len(draft.content.buttons) >= words.MOST_BUTTONS
        screen = draft_screens.buttons_screen(draft, words.TOO_MANY_BUTTONS if most else "")
    elif step is Step.LINK:
        screen = draft_screens.link_screen()
    elif step is Step.TARGET:
        screen = await draft_screens.target_screen(name, situation, scopes, page)
    elif step is Step.WHEN:
        screen = draft_screens.when_screen()
    else:
        # Asked for its content anew, a draft keeps the old one until there is another.
        content = Content() if step is Step.CONTENT else draft.content
        shown_draft = draft.model_copy(update={"content": content})
        screen = await draft_screens.hub(shown_draft, scope, situation, budget)
    shown = await show(event, screen)
    await keep(situation, draft.model_copy(update={"shown": shown}))


async def preview(event: Message | CallbackQuery, situation: Situation, draft: Draft) -> Draft:
    """Send it to its author the way it will be sent: what Telegram refuses, it refuses here."""
    refused = ""
    try:
        await deliver(situation.bot, situation.telegram_id, draft.content, situation.person)
    except TelegramBadRequest as refusal:
        refused = refusal.message.removeprefix("Bad Request: ")
    draft = draft.model_copy(
        update={"taken": "" if refused else fingerprint(draft.content), "refused": refused}
    )
    await keep(situation, draft)
    if isinstance(event, CallbackQuery):
        await acknowledge(event)
    if refused:
        problem = words.blocked("refused", why=refused)
        await send(situation.bot, situation.telegram_id, Screen(problem))
    return draft


async def _check(  # noqa: PLR0917 - everything that a draft is checked against
    event: Message | CallbackQuery,
    situation: Situation,
    draft: Draft,
    scope: Scope,
    scopes: Scopes,
    settings: Settings,
) -> None:
    """The exact notice, and under it the last look."""
    draft = await preview(event, situation, draft)
    screen = await check_screen(
        draft,
        scope,
        situation,
        scopes,
        budget=settings.weekly_budget,
        approval_from=settings.approval_from,
    )
    await send(situation.bot, situation.telegram_id, screen)
