"""/broadcast: one of the staff writes a notice, sees exactly what will be sent to whom, sends it.

Here are the buttons; what is typed or sent on the way stands in `writing_notices` beside it.
"""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.audiences import form as audience_form
from bot.audiences.form import Kind
from bot.callbacks import Go, Place
from bot.filters import May
from bot.notices import audience_screens, checking, draft_screens
from bot.notices import screens as notice_screens
from bot.notices.buttons import targets
from bot.notices.callbacks import Confirm, Draw, NewNotice, Notices, Set, Step
from bot.notices.content import fingerprint
from bot.notices.dialog import Composing, Scopes, draw, keep, kept, preview
from bot.notices.draft import Draft, begins, burden, tomorrow
from bot.notices.standing import approvers
from bot.rights import Action
from bot.scope_keys import ref_key
from bot.screens import acknowledge, show
from bot.settings import Settings
from bot.situation import Situation
from bot.texts import writing_notices as words
from storage.audiences import Attitude, Audience
from storage.notices import account as notice_account
from storage.notices import confirming, notices
from storage.notices.notices import Button
from storage.scopes import covered

router = Router(name="broadcasting")
MAY = May(Action.BROADCAST)


@router.message(Command("broadcast"), MAY)
@router.callback_query(Go.filter(F.to == Place.BROADCAST), MAY)
@router.callback_query(Notices.filter(), MAY)
async def listing(
    event: Message | CallbackQuery,
    situation: Situation,
    scopes: Scopes,
    callback_data: Notices | Go | None = None,
) -> None:
    """The notices in scope; what is sent here begins a new one."""
    await situation.state.set_state(Composing.fresh)
    found = await situation.db.read(notices.list_for_staff, scopes)
    page = callback_data.page if isinstance(callback_data, Notices) else 0
    await show(event, notice_screens.listing(found, page))


@router.callback_query(NewNotice.filter(), MAY)
async def begin(
    press: CallbackQuery, situation: Situation, scopes: Scopes, settings: Settings
) -> None:
    """A new draft: for which territory, if there is a choice; then what it says."""
    draft = Draft.begun(scopes)
    await keep(situation, draft)
    await draw(press, situation, draft, scopes, settings, step=Step.CONTENT)


@router.callback_query(Draw.filter(), MAY)
async def show_step(
    press: CallbackQuery,
    callback_data: Draw,
    situation: Situation,
    scopes: Scopes,
    settings: Settings,
) -> None:
    """Show one screen of the draft."""
    draft = await kept(situation)
    if draft is None:
        await show(press, draft_screens.stale())
        return
    draft = draft.model_copy(update={"faults": (), "at": callback_data.group})
    if callback_data.step is Step.GROUP and draft.group_at(callback_data.group) is None:
        draft = draft.with_group(callback_data.group, Audience())
    await keep(situation, draft)
    if callback_data.step is Step.SELF:
        await preview(press, situation, draft)
        return
    await draw(
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
    draft = await kept(situation)
    if draft is None:
        await show(press, draft_screens.stale())
        return
    step, value, on = callback_data.step, callback_data.value, callback_data.on
    if step is Step.MEETINGS:
        await _attitude(press, callback_data, draft, situation, scopes)
        return
    following = Step.DRAFT
    if step is Step.SCOPE:
        chosen = [one for one in scopes if f"{one.kind.value[0]}{ref_key(one)}" == value]
        draft = draft.within(tuple(chosen))
        following = Step.CONTENT if draft.content.empty else Step.DRAFT
    elif step is Step.URGENT:
        draft = draft.model_copy(update={"urgent": on})
    elif step is Step.WHEN:
        starts = tomorrow(situation.local) if value == "tomorrow" else None
        draft = draft.model_copy(update={"starts": starts})
    elif step is Step.BUTTONS and value.isdigit():
        left = [one for place, one in enumerate(draft.content.buttons) if place != int(value)]
        draft, following = draft.with_buttons(left, words.MOST_BUTTONS), Step.BUTTONS
    elif step is Step.TARGET:
        draft, following = await _with_target(draft, value, situation, scopes), Step.BUTTONS
    elif step is Step.GROUP and not on:
        draft, following = draft.with_group(callback_data.group, None), Step.AUDIENCE
    elif step in audience_screens.KINDS:
        draft, following = await _ticked(draft, callback_data, situation, scopes), step
    await keep(situation, draft)
    await draw(press, situation, draft, scopes, settings, step=following, page=callback_data.page)


@router.callback_query(Confirm.filter(), MAY)
async def confirm(
    press: CallbackQuery,
    callback_data: Confirm,
    situation: Situation,
    scopes: Scopes,
    settings: Settings,
) -> None:
    """Send it as checked; pressed again, show what was sent."""
    notice = await situation.db.read(confirming.made_by, callback_data.key)
    draft = await kept(situation)
    if notice is None and draft is not None and draft.key == callback_data.key:
        scope = draft.scope
        if scope is None or not await situation.db.read(covered, scopes, scope):
            await show(press, draft_screens.stale())
            return
        found = await burden(draft, scope, situation, settings.weekly_budget)
        asks = found.people >= settings.approval_from
        author = situation.person.id
        asked = (
            await situation.db.read(approvers, scope, situation.admin_ids, besides=author)
            if asks
            else None
        )
        if draft.taken != fingerprint(draft.content) or await checking.obstacles(
            draft, found, situation, scopes
        ):
            await draw(press, situation, draft, scopes, settings, step=Step.CHECK)
            return
        if asked == []:
            await acknowledge(press, words.NOBODY_TO_APPROVE, alert=True)
            return
        notice = await situation.db.write(
            confirming.create,
            draft.content,
            draft.audience,
            scope,
            author=author,
            starts_at=begins(draft, situation.now),
            request_key=draft.key,
            now=situation.now,
            urgent=draft.urgent,
            approvers=asked,
            by=situation.by,
        )
        await situation.state.clear()
    if notice is None or notice.author_id != situation.person.id:
        await show(press, draft_screens.stale())
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
        await show(press, draft_screens.stale())
        return
    meeting = int(number)
    if attitude in set(Attitude):
        draft = draft.with_attitude(data.group, meeting, Attitude(attitude), on=data.on)
        await keep(situation, draft)
    title = offered[meeting]
    await show(press, audience_screens.attitudes_screen(draft, data.group, meeting, title))


async def _ticked(draft: Draft, press: Set, situation: Situation, scopes: Scopes) -> Draft:
    """One tick; of questionnaires and tasks only those of one's own territory."""
    kind = Kind(press.step.value)
    if kind in {Kind.SURVEYS, Kind.TASKS}:
        offered = await audience_form.offered(kind, situation, scopes)
        if press.value not in {str(number) for number, _ in offered}:
            return draft
    group = draft.group_at(press.group) or Audience()
    changed = audience_form.with_tick(group, kind, press.value, on=press.on)
    return draft.with_group(press.group, changed).model_copy(update={"at": press.group})


async def _with_target(draft: Draft, value: str, situation: Situation, scopes: Scopes) -> Draft:
    name, _, number = value.partition("-")
    target = targets.get(name)
    offered = [] if target is None else await target.offered(situation, scopes)
    if not number.isdigit() or int(number) not in {one for one, _ in offered}:
        return draft
    made = Button(label=words.TARGET_LABELS[name], target=name, ref=int(number))
    if made in draft.content.buttons:
        return draft
    return draft.with_buttons([*draft.content.buttons, made], words.MOST_BUTTONS)
