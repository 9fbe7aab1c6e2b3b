"""A coordinator prepares a campaign, step by step, and opens it.

What is chosen waits in the person's dialog; only a step that takes typed words sets a state, so
that everything else the person types stays free for their own questionnaires.
"""

import secrets
from datetime import datetime, timedelta

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.audiences.form import with_people
from bot.campaigns import opening_form
from bot.campaigns import screens as campaign_screens
from bot.campaigns.callbacks import (
    Ask,
    Campaigns,
    Fill,
    NewCampaign,
    OpenIt,
    PickForm,
    Preview,
    Put,
)
from bot.campaigns.opening_form import Draft, closing_after, mode_for, with_tick
from bot.filters import May
from bot.forms import screens as form_screens
from bot.kept import Kept
from bot.keyboards import button, keyboard, rows
from bot.rights import Action
from bot.scope_keys import ref_key
from bot.screens import Screen, acknowledge, show
from bot.situation import Situation
from bot.texts import campaigns as words
from bot.when import read_moment
from storage.questionnaires import campaigns, forms, inviting, overseeing, publishing
from storage.questionnaires.publishing import CannotPublishError
from storage.scopes import Scope, covered
from surveys.questionnaire import Anonymity

router = Router(name="opening")
MAY = May(Action.OPEN_CAMPAIGNS)
KEPT = Kept("campaign", Draft)


class Opening(StatesGroup):
    """Steps that take typed words."""

    subject = State()
    people = State()
    opens = State()
    closes = State()


TYPED = {
    Ask.SUBJECT: Opening.subject,
    Ask.PEOPLE: Opening.people,
    Ask.OPENS: Opening.opens,
    Ask.CLOSES: Opening.closes,
}


@router.callback_query(NewCampaign.filter(), MAY)
async def begin(
    press: CallbackQuery,
    callback_data: NewCampaign,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """Choose a questionnaire; or take over what an earlier campaign had."""
    if callback_data.copy_of:
        await _copy(press, callback_data.copy_of, situation, scopes)
        return
    known = await situation.db.read(forms.listing, scopes)
    made = [button(one.questionnaire.title, PickForm(form=one.questionnaire.id)) for one in known]
    back = [button(words.TO_LIST, Campaigns())]
    await show(press, Screen(words.CHOOSE_FORM, keyboard(*rows(made), back)))


@router.callback_query(PickForm.filter(), MAY)
async def pick_form(
    press: CallbackQuery,
    callback_data: PickForm,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """What the questionnaire is; or take it."""
    known = await situation.db.read(forms.find, callback_data.form, scopes)
    if known is None:
        await show(press, _stale())
        return
    if not callback_data.take:
        await show(press, await form_screens.card(situation, known))
        return
    form = known.questionnaire
    draft = Draft(
        key=secrets.token_hex(8),
        form=form.id,
        version=form.version,
        mode=mode_for(form, form.anonymity),
    )
    await _go(press, situation, _only_scope(draft, scopes), Ask.SUBJECT, scopes)


@router.callback_query(Preview.filter(), MAY)
async def preview(
    press: CallbackQuery,
    callback_data: Preview,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """An item as a respondent sees it, or a word that its buttons are only shown."""
    form = await form_screens.questionnaire(situation, scopes, callback_data.form)
    if form is None:
        await show(press, _stale())
    elif callback_data.item == form_screens.SEEN:
        await acknowledge(press, words.ONLY_SHOWN)
    else:
        await show(press, form_screens.preview(form, callback_data.item, situation.local))


@router.callback_query(Fill.filter(), MAY, KEPT)
async def ask(
    press: CallbackQuery,
    callback_data: Fill,
    draft: Draft,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """Show one question of the form."""
    await _go(press, situation, draft, callback_data.ask, scopes, page=callback_data.page)


@router.callback_query(Put.filter(), MAY, KEPT)
async def put(
    press: CallbackQuery,
    callback_data: Put,
    draft: Draft,
    situation: Situation,
    scopes: tuple[Scope, ...],
) -> None:
    """One thing is chosen by a button."""
    what, value, now = callback_data.ask, callback_data.value, situation.local
    following = what
    if what is Ask.SCOPE:
        chosen = [one for one in scopes if f"{one.kind.value[0]}{ref_key(one)}" == value]
        if chosen:
            draft, following = _only_scope(draft, tuple(chosen)), Ask.SUBJECT
    elif what is Ask.SUBJECT:
        draft, following = (
            draft.model_copy(update={"subject": ""}),
            opening_form.after_subject(draft),
        )
    elif what is Ask.MODE and value in set(Anonymity):
        draft = draft.model_copy(update={"mode": Anonymity(value)})
        following = Ask.AUDIENCE
    elif what is Ask.CONFIRM and value == opening_form.EDITS:
        draft = draft.model_copy(update={"editable": callback_data.on})
    elif what is Ask.OPENS:
        draft, following = _opening(draft, None if value != "tomorrow" else _tomorrow(now))
    elif what is Ask.CLOSES and value in {str(days) for days in opening_form.DAYS}:
        closes = closing_after((draft.opens or now).astimezone(situation.home), int(value))
        draft, following = draft.model_copy(update={"closes": closes}), Ask.CONFIRM
    else:
        draft = with_tick(draft, what, value, on=callback_data.on)
    await _go(press, situation, draft, following, scopes, page=callback_data.page)


@router.message(StateFilter(Opening), F.text, ~F.text.startswith("/"), MAY, KEPT)
async def typed(
    message: Message, draft: Draft, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """One thing is typed."""
    state = await situation.state.get_state()
    if message.message_id <= draft.last_typed:
        asked = next(what for what, waiting in TYPED.items() if waiting.state == state)
        await _go(message, situation, draft, asked, scopes)
        return
    draft = draft.model_copy(update={"last_typed": message.message_id})
    text, now = message.text or "", situation.local
    if state == Opening.subject.state:
        subject = " ".join(text.split())
        if len(subject) > words.SUBJECT_LIMIT:
            await _go(message, situation, draft, Ask.SUBJECT, scopes, note=words.SUBJECT_TOO_LONG)
            return
        draft = draft.model_copy(update={"subject": subject})
        await _go(message, situation, draft, opening_form.after_subject(draft), scopes)
    elif state == Opening.people.state:
        draft = await _with_people(draft, text, situation)
        await _go(message, situation, draft, Ask.PEOPLE, scopes)
    elif state == Opening.opens.state:
        when = read_moment(text, now, otherwise=opening_form.MORNING)
        if when is None or when <= now:
            note = words.NOT_A_MOMENT if when is None else words.IN_THE_PAST
            await _go(message, situation, draft, Ask.OPENS, scopes, note=note)
            return
        draft, following = _opening(draft, when)
        await _go(message, situation, draft, following, scopes)
    else:
        await _closes_typed(message, draft, situation, scopes)


@router.message(StateFilter(Opening), F.text, ~F.text.startswith("/"), MAY)
@router.callback_query(Fill.filter(), MAY)
@router.callback_query(Put.filter(), MAY)
async def say_it_is_over(event: Message | CallbackQuery, situation: Situation) -> None:
    """The form is opened already, or given up."""
    if isinstance(event, Message):
        await situation.state.set_state(None)
    await show(event, _stale())


@router.callback_query(OpenIt.filter(), MAY)
async def open_it(
    press: CallbackQuery, callback_data: OpenIt, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """Open it as shown; pressed again, show what was opened."""
    db, now = situation.db, situation.now
    draft = await KEPT.find(situation)
    number = await db.read(campaigns.opened_by, callback_data.key)
    if number is None and draft is not None and draft.key == callback_data.key:
        form = await opening_form.form_of(draft, situation)
        scope = draft.scope
        if form is None or scope is None or not await db.read(covered, scopes, scope):
            await show(press, _stale())
            return
        opens = max(draft.opens or now, now)
        if draft.closes is None or draft.closes <= opens:
            await _go(press, situation, draft, Ask.CLOSES, scopes, note=words.TOO_SOON)
            return
        try:
            made = await db.write(
                campaigns.open_campaign,
                form,
                subject=draft.subject,
                anonymity=draft.mode,
                audience=draft.audience,
                scope=scope,
                opens_at=opens,
                closes_at=draft.closes,
                author=situation.person.id,
                request_key=draft.key,
                now=now,
                editable=draft.editable,
            )
        except CannotPublishError:
            await show(press, Screen(words.CANNOT_PUBLISH, keyboard(campaign_screens.to_list())))
            return
        await situation.state.clear()
        number = made.id
        while await db.write(inviting.plan, now=now):
            pass  # in portions: others' taps go between
    seen = None
    if number is not None:
        seen = await db.read(overseeing.find_for_staff, number, scopes)
    if seen is None:
        await show(press, _stale())
        return
    await show(press, await campaign_screens.card(situation, seen, scopes))


async def _go(
    event: CallbackQuery | Message,
    situation: Situation,
    draft: Draft,
    to: Ask,
    scopes: tuple[Scope, ...],
    *,
    page: int = 0,
    note: str = "",
) -> None:
    """Keep the draft and show the next question."""
    where = Ask.SCOPE if draft.scope is None else to
    await KEPT.keep(situation, draft, TYPED.get(where))
    await show(
        event, await opening_form.screen(draft, where, situation, scopes, page=page, note=note)
    )


async def _copy(
    press: CallbackQuery, number: int, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    """The same questionnaire, mode and audience for the next event; subject and dates anew."""
    seen = await situation.db.read(overseeing.find_for_staff, number, scopes)
    form = None
    if seen is not None:
        wanted = seen.campaign.questionnaire_id
        form = await situation.db.read(publishing.published_version, wanted)
    if seen is None or form is None:
        await show(press, campaign_screens.gone())
        return
    campaign = seen.campaign
    draft = Draft(
        key=secrets.token_hex(8),
        form=form.id,
        version=form.version,
        mode=mode_for(form, campaign.anonymity),
        editable=campaign.editable,
        audience=campaign.audience
        if seen.manages
        else campaign.audience.model_copy(update={"people": ()}),
    )
    draft = _only_scope(draft, (campaign.scope,) if seen.manages else scopes)
    await _go(press, situation, draft, Ask.SUBJECT, scopes)


def _only_scope(draft: Draft, scopes: tuple[Scope, ...]) -> Draft:
    """With one territory to choose from there is nothing to ask."""
    if len(scopes) != 1:
        return draft
    return draft.model_copy(update={"scope_kind": scopes[0].kind, "scope_ref": scopes[0].ref})


def _opening(draft: Draft, opens: datetime | None) -> tuple[Draft, Ask]:
    """A changed opening asks for the closing again."""
    return draft.model_copy(update={"opens": opens, "closes": None}), Ask.CLOSES


def _tomorrow(now: datetime) -> datetime:
    return datetime.combine((now + timedelta(days=1)).date(), opening_form.MORNING, now.tzinfo)


async def _closes_typed(
    message: Message, draft: Draft, situation: Situation, scopes: tuple[Scope, ...]
) -> None:
    now = situation.local
    opens = draft.opens or now
    when = read_moment(message.text or "", now, otherwise=datetime.min.time())
    if when is not None and when.time() == datetime.min.time():
        # «до 5 декабря» means the end of that day, and the same moment for everybody.
        when = when.replace(tzinfo=situation.home) + timedelta(days=1)
    if when is None or when <= opens or when - opens > opening_form.LONGEST:
        note = words.NOT_A_MOMENT if when is None else words.TOO_SOON
        if when is not None and when > opens:
            note = words.TOO_LONG_OPEN
        await _go(message, situation, draft, Ask.CLOSES, scopes, note=note)
        return
    await _go(message, situation, draft.model_copy(update={"closes": when}), Ask.CONFIRM, scopes)


async def _with_people(draft: Draft, text: str, situation: Situation) -> Draft:
    if draft.scope is None:
        return draft
    audience, faults = await with_people(draft.audience, text, draft.scope, situation)
    return draft.model_copy(update={"audience": audience, "faults": faults})


def _stale() -> Screen:
    return Screen(words.STALE, keyboard([button(words.FROM_START, NewCampaign())]))
