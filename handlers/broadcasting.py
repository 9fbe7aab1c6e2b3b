"""/broadcast: one of the staff writes a notice, sees exactly what will be sent to whom, sends it.

What is chosen waits in the author's dialog; only steps that take something typed set a state.
"""

import secrets
from datetime import datetime, timedelta

from aiogram import F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.audiences import form as audience_form
from bot.audiences.form import Kind
from bot.callbacks import Go, Place
from bot.filters import May
from bot.notices import draft as notice_draft
from bot.notices import screens as notice_screens
from bot.notices.buttons import targets
from bot.notices.callbacks import Confirm, Draw, NewNotice, Notices, Set, Step
from bot.notices.content import deliver, fingerprint, link, read
from bot.notices.draft import AUDIENCE_STEPS, KINDS, MORNING, Draft
from bot.people.people_list import UnreadableListError, names_in
from bot.rights import Action, scopes_for
from bot.scope_keys import ref_key
from bot.screens import Screen, acknowledge, edit, send, show
from bot.settings import Settings
from bot.situation import Situation
from bot.texts import campaigns as campaign_words
from bot.texts import notices as words
from bot.when import read_moment
from storage.audiences import Attitude, Audience
from storage.notices import account as notice_account
from storage.notices import notices
from storage.notices.notices import Button, Content
from storage.people import roster
from storage.scopes import Scope, covered

router = Router(name="broadcasting")
MAY = May(Action.BROADCAST)
KEPT = "notice"
Scopes = tuple[Scope, ...]


class Composing(StatesGroup):
    """Steps that take something typed or sent."""

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


@router.message(Command("broadcast"), MAY)
@router.callback_query(Go.filter(F.to == Place.BROADCAST), MAY)
@router.callback_query(Notices.filter(), MAY)
async def listing(
    event: Message | CallbackQuery,
    situation: Situation,
    scopes: Scopes,
    callback_data: Notices | Go | None = None,
) -> None:
    """The notices in scope."""
    await situation.state.set_state(None)
    found = await situation.db.read(notices.list_for_staff, scopes)
    page = callback_data.page if isinstance(callback_data, Notices) else 0
    await show(event, notice_screens.listing(found, page))


@router.callback_query(NewNotice.filter(), MAY)
async def begin(
    press: CallbackQuery, situation: Situation, scopes: Scopes, settings: Settings
) -> None:
    """A new draft: for which territory, if there is a choice; then what it says."""
    draft = _within(Draft(key=secrets.token_hex(8)), scopes)
    await _keep(situation, draft)
    await _draw(press, situation, draft, scopes, settings, step=Step.CONTENT)


@router.callback_query(Draw.filter(), MAY)
async def draw(
    press: CallbackQuery,
    callback_data: Draw,
    situation: Situation,
    scopes: Scopes,
    settings: Settings,
) -> None:
    """Show one screen of the draft."""
    draft = await _draft(situation)
    if draft is None:
        await show(press, notice_draft.stale())
        return
    draft = draft.model_copy(update={"faults": (), "at": callback_data.group})
    if callback_data.step is Step.GROUP and draft.group_at(callback_data.group) is None:
        draft = draft.with_group(callback_data.group, Audience())
    await _keep(situation, draft)
    if callback_data.step is Step.SELF:
        await _preview(press, situation, draft)
        return
    await _draw(
        press,
        situation,
        draft,
        scopes,
        settings,
        step=callback_data.step,
        page=callback_data.page,
        name=callback_data.name,
    )


@router.callback_query(Set.filter(), MAY)
async def put(
    press: CallbackQuery,
    callback_data: Set,
    situation: Situation,
    scopes: Scopes,
    settings: Settings,
) -> None:
    """One thing is chosen by a button."""
    draft = await _draft(situation)
    if draft is None:
        await show(press, notice_draft.stale())
        return
    step, value, on = callback_data.step, callback_data.value, callback_data.on
    if step is Step.MEETINGS:
        await _attitude(press, callback_data, draft, situation, scopes)
        return
    following = Step.DRAFT
    if step is Step.SCOPE:
        chosen = [one for one in scopes if f"{one.kind.value[0]}{ref_key(one)}" == value]
        draft = _within(draft, tuple(chosen)) if chosen else draft
        following = Step.CONTENT
    elif step is Step.URGENT:
        draft = draft.model_copy(update={"urgent": on})
    elif step is Step.WHEN:
        starts = _tomorrow(situation.local) if value == "tomorrow" else None
        draft = draft.model_copy(update={"starts": starts})
    elif step is Step.BUTTONS and value.isdigit():
        kept = [one for place, one in enumerate(draft.content.buttons) if place != int(value)]
        draft, following = _with_buttons(draft, kept), Step.BUTTONS
    elif step is Step.TARGET:
        draft, following = await _with_target(draft, value, situation, scopes), Step.BUTTONS
    elif step is Step.GROUP and not on:
        draft, following = draft.with_group(callback_data.group, None), Step.AUDIENCE
    elif step in KINDS:
        draft, following = _ticked(draft, callback_data), step
    await _keep(situation, draft)
    await _draw(press, situation, draft, scopes, settings, step=following, page=callback_data.page)


@router.message(StateFilter(Composing.content), ~F.text.startswith("/"), MAY)
@router.message(StateFilter(Composing.album), F.media_group_id, MAY)
async def take_content(message: Message, situation: Situation, settings: Settings) -> None:
    """The notice itself, as one message or an album piece by piece."""
    draft = await _draft(situation)
    if draft is None or draft.scope is None:
        await show(message, notice_draft.stale())
        return
    scope = draft.scope
    joins = bool(message.media_group_id) and draft.group == message.media_group_id
    before = draft.content if joins else Content(buttons=draft.content.buttons)
    content = read(message, before)
    draft = draft.model_copy(
        update={
            "content": content,
            "group": message.media_group_id or "",
            "taken": "",
            "refused": "",
        }
    )
    screen = await notice_draft.hub(draft, scope, situation, settings.weekly_budget)
    shown = draft.shown
    # Pieces of an album come one by one: they change one screen, not ten.
    if not (joins and await edit(situation.bot, situation.telegram_id, shown, screen)):
        shown = await show(message, screen)
    await _keep(situation, draft.model_copy(update={"shown": shown}))
    await situation.state.set_state(Composing.album if message.media_group_id else None)


@router.message(StateFilter(Composing.link), F.text, ~F.text.startswith("/"), MAY)
async def take_link(message: Message, situation: Situation) -> None:
    """A button with an address."""
    draft = await _draft(situation)
    if draft is None:
        await show(message, notice_draft.stale())
        return
    found = link(message.text or "")
    if found is None:
        await show(message, notice_draft.link_screen(words.BAD_LINK))
        return
    made = Button(label=found[0], url=found[1])
    if made not in draft.content.buttons:
        draft = _with_buttons(draft, [*draft.content.buttons, made])
    await _keep(situation, draft)
    await situation.state.set_state(None)
    await show(message, notice_draft.buttons_screen(draft))


@router.message(StateFilter(Composing.people), F.text | F.document, ~F.text.startswith("/"), MAY)
async def take_people(message: Message, situation: Situation, scopes: Scopes) -> None:
    """A list of people, typed or as a file."""
    draft = await _draft(situation)
    if draft is None or draft.scope is None:
        await show(message, notice_draft.stale())
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
    await _keep(situation, draft)
    await show(
        message,
        await notice_draft.kind_screen(
            draft, draft.at, Step.PEOPLE, scope, situation, scopes=scopes
        ),
    )


@router.message(StateFilter(Composing.when), F.text, ~F.text.startswith("/"), MAY)
async def take_moment(
    message: Message, situation: Situation, scopes: Scopes, settings: Settings
) -> None:
    """When it shall go."""
    draft = await _draft(situation)
    if draft is None:
        await show(message, notice_draft.stale())
        return
    at = read_moment(message.text or "", situation.local, otherwise=MORNING)
    if at is None or at <= situation.local:
        past = campaign_words.IN_THE_PAST if at else campaign_words.NOT_A_MOMENT
        await show(message, notice_draft.when_screen(past))
        return
    draft = draft.model_copy(update={"starts": at})
    await _keep(situation, draft)
    await _draw(message, situation, draft, scopes, settings, step=Step.DRAFT)


@router.callback_query(Confirm.filter(), MAY)
async def confirm(
    press: CallbackQuery,
    callback_data: Confirm,
    situation: Situation,
    scopes: Scopes,
    settings: Settings,
) -> None:
    """Send it as checked; pressed again, show what was sent."""
    notice = await situation.db.read(notices.made_by, callback_data.key)
    draft = await _draft(situation)
    if notice is None and draft is not None and draft.key == callback_data.key:
        scope = draft.scope
        if scope is None or not await situation.db.read(covered, scopes, scope):
            await show(press, notice_draft.stale())
            return
        found = await notice_draft.burden(draft, scope, situation, settings.weekly_budget)
        asks = found.people >= settings.approval_from
        approvers = await _approvers(situation, scope) if asks else None
        if draft.taken != fingerprint(draft.content) or await notice_draft.obstacles(
            draft, found, situation, scopes
        ):
            await _draw(press, situation, draft, scopes, settings, step=Step.CHECK)
            return
        if approvers == []:
            await acknowledge(press, words.NOBODY_TO_APPROVE, alert=True)
            return
        notice = await situation.db.write(
            notices.create,
            draft.content,
            draft.audience,
            scope,
            author=situation.person.id,
            starts_at=notice_draft.begins(draft, situation.now),
            request_key=draft.key,
            now=situation.now,
            urgent=draft.urgent,
            approvers=approvers,
            by=situation.by,
        )
        await situation.state.clear()
    if notice is None or notice.author_id != situation.person.id:
        await show(press, notice_draft.stale())
        return
    account = await situation.db.read(notice_account.account, notice.id)
    screen = await notice_screens.card(situation.db, notice, account, situation.local)
    shown = await show(press, screen)
    await situation.db.write(notices.show_in, notice.id, shown)


async def _attitude(
    press: CallbackQuery, data: Set, draft: Draft, situation: Situation, scopes: Scopes
) -> None:
    """Those who stand so to a meeting of one's own territory."""
    number, _, attitude = data.value.partition("-")
    offered = dict(await targets["event"].offered(situation, scopes))
    if not number.isdigit() or int(number) not in offered:
        await show(press, notice_draft.stale())
        return
    meeting = int(number)
    if attitude in set(Attitude):
        group = draft.group_at(data.group) or Audience()
        changed = notice_draft.with_attitude(group, meeting, Attitude(attitude), on=data.on)
        draft = draft.with_group(data.group, changed)
        await _keep(situation, draft)
    title = offered[meeting]
    await show(press, notice_draft.attitudes_screen(draft, data.group, meeting, title))


async def _approvers(situation: Situation, scope: Scope) -> list[int]:
    """Everybody but the author whose word would do."""
    found = []
    for person in await situation.db.read(roster.staff, situation.admin_ids):
        wide = scopes_for(person, Action.APPROVE_NOTICES, situation.admin_ids)
        if person.id != situation.person.id and await situation.db.read(covered, wide, scope):
            found.append(person.id)
    return found


async def _draw(
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
    scope, budget = draft.scope, settings.weekly_budget
    if scope is None:
        await show(event, await notice_draft.territory(situation, scopes))
        return
    await situation.state.set_state(TYPED.get(step))
    if step is Step.CHECK:
        await _check(event, situation, draft, scopes, settings)
        return
    if step in AUDIENCE_STEPS:
        screen = await notice_draft.choosing(
            draft, step, scope, situation, scopes=scopes, budget=budget, page=page
        )
    elif step is Step.BUTTONS:
        most = len(draft.content.buttons) >= words.MOST_BUTTONS
        screen = notice_draft.buttons_screen(draft, words.TOO_MANY_BUTTONS if most else "")
    elif step is Step.LINK:
        screen = notice_draft.link_screen()
    elif step is Step.TARGET:
        screen = await notice_draft.target_screen(name, situation, scopes, page)
    elif step is Step.WHEN:
        screen = notice_draft.when_screen()
    else:
        # Asked for its content anew, a draft keeps the old one until there is another.
        content = Content() if step is Step.CONTENT else draft.content
        shown_draft = draft.model_copy(update={"content": content})
        screen = await notice_draft.hub(shown_draft, scope, situation, budget)
    shown = await show(event, screen)
    await _keep(situation, draft.model_copy(update={"shown": shown}))


async def _check(
    event: Message | CallbackQuery,
    situation: Situation,
    draft: Draft,
    scopes: Scopes,
    settings: Settings,
) -> None:
    """The exact notice, and under it the last look."""
    scope = draft.scope
    if scope is None:
        return
    draft = await _preview(event, situation, draft)
    screen = await notice_draft.check_screen(
        draft,
        scope,
        situation,
        scopes,
        budget=settings.weekly_budget,
        approval_from=settings.approval_from,
    )
    await send(situation.bot, situation.telegram_id, screen)


async def _preview(event: Message | CallbackQuery, situation: Situation, draft: Draft) -> Draft:
    """Send it to its author the way it will be sent: what Telegram refuses, it refuses here."""
    refused = ""
    try:
        await deliver(situation.bot, situation.telegram_id, draft.content, situation.person)
    except TelegramBadRequest as refusal:
        refused = refusal.message.removeprefix("Bad Request: ")
    draft = draft.model_copy(
        update={"taken": "" if refused else fingerprint(draft.content), "refused": refused}
    )
    await _keep(situation, draft)
    if isinstance(event, CallbackQuery):
        await acknowledge(event)
    if refused:
        problem = words.blocked("refused", why=refused)
        await send(situation.bot, situation.telegram_id, Screen(problem))
    return draft


async def _draft(situation: Situation) -> Draft | None:
    kept = (await situation.state.get_data()).get(KEPT)
    return None if kept is None else Draft.model_validate_json(kept)


async def _keep(situation: Situation, draft: Draft) -> None:
    await situation.state.update_data({KEPT: draft.model_dump_json()})


def _within(draft: Draft, scopes: Scopes) -> Draft:
    """With one territory to choose from there is nothing to ask."""
    if len(scopes) != 1:
        return draft
    return draft.model_copy(update={"scope_kind": scopes[0].kind, "scope_ref": scopes[0].ref})


def _ticked(draft: Draft, press: Set) -> Draft:
    group = draft.group_at(press.group) or Audience()
    kind = Kind(press.step.value)
    changed = audience_form.with_tick(group, kind, press.value, on=press.on)
    return draft.with_group(press.group, changed).model_copy(update={"at": press.group})


def _with_buttons(draft: Draft, buttons: list[Button]) -> Draft:
    kept = tuple(buttons[: words.MOST_BUTTONS])
    content = draft.content.model_copy(update={"buttons": kept})
    return draft.model_copy(update={"content": content, "taken": ""})


async def _with_target(draft: Draft, value: str, situation: Situation, scopes: Scopes) -> Draft:
    name, _, number = value.partition("-")
    target = targets.get(name)
    offered = [] if target is None else await target.offered(situation, scopes)
    if not number.isdigit() or int(number) not in {one for one, _ in offered}:
        return draft
    made = Button(label=words.TARGET_LABELS[name], target=name, ref=int(number))
    if made in draft.content.buttons:
        return draft
    return _with_buttons(draft, [*draft.content.buttons, made])


def _tomorrow(now: datetime) -> datetime:
    return datetime.combine((now + timedelta(days=1)).date(), MORNING, now.tzinfo)
