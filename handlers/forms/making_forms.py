"""/forms: coordinators look at questionnaires, try them out, publish them, take them home."""

import asyncio

from aiogram import F, Router
from aiogram.enums import ParseMode
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.answering import screens as answering_screens
from bot.answering.response_message import present
from bot.callbacks import Go, Place
from bot.filters import May
from bot.forms import screens
from bot.forms.callbacks import (
    DraftCard,
    DropDraft,
    EndTrial,
    FormFile,
    Forms,
    HideForm,
    PublishDraft,
    SendTemplate,
    TryForm,
)
from bot.forms.files import form_file_name, written_form
from bot.forms.template import template
from bot.rights import Action
from bot.scope_keys import scope_by_key
from bot.screens import acknowledge, show
from bot.situation import Situation
from bot.texts import making_forms as words
from storage.audit import By
from storage.questionnaires import forms, trials
from storage.questionnaires.publishing import CannotPublishError
from storage.scopes import Scope

router = Router(name="making-forms")
MAY = May(Action.MAKE_FORMS)
Scopes = tuple[Scope, ...]


@router.message(Command("forms"), MAY)
@router.callback_query(Go.filter(F.to == Place.FORMS), MAY)
@router.callback_query(Forms.filter(), MAY)
async def show_all(
    event: Message | CallbackQuery,
    situation: Situation,
    scopes: Scopes,
    callback_data: Forms | Go | None = None,
) -> None:
    """Own ones, shipped ones, drafts."""
    await situation.state.set_state(None)
    known = await situation.db.read(forms.listing, scopes)
    drafts = await situation.db.read(forms.drafts_of, situation.person.id)
    page = callback_data.page if isinstance(callback_data, Forms) else 0
    await show(event, screens.listing(known, drafts, page))


@router.callback_query(DraftCard.filter(), MAY)
async def show_draft(
    press: CallbackQuery, callback_data: DraftCard, situation: Situation, scopes: Scopes
) -> None:
    """What was read; once published, the questionnaire it became."""
    await show(press, await screens.draft(situation, scopes, callback_data.draft))


@router.callback_query(PublishDraft.filter(), MAY)
async def publish(
    press: CallbackQuery, callback_data: PublishDraft, situation: Situation, scopes: Scopes
) -> None:
    """The next version, or a new questionnaire; pressed again, what came of it."""
    scope = scope_by_key(callback_data.kind, callback_data.ref)
    if scope not in scopes:
        await show(press, screens.message(words.GONE))
        return
    try:
        made = await situation.db.write(
            forms.publish_draft,
            callback_data.draft,
            situation.person.id,
            scope,
            apart=callback_data.apart,
            now=situation.now,
        )
    except CannotPublishError as refusal:
        text = words.files_in_anonymous(refusal.items)
        await show(press, screens.to_draft(text, callback_data.draft))
        return
    known = None
    if made is not None:
        known = await situation.db.read(forms.find, made.id, scopes)
    if known is None:
        await show(press, screens.message(words.DRAFT_GONE))
        return
    await show(press, await screens.card(situation, known, notice=words.PUBLISHED))


@router.callback_query(DropDraft.filter(), MAY)
async def drop(press: CallbackQuery, callback_data: DropDraft, situation: Situation) -> None:
    """Nothing of it is wanted."""
    await situation.db.write(forms.drop_draft, callback_data.draft, situation.person.id)
    await show(press, screens.message(words.DROPPED))


@router.callback_query(TryForm.filter(), MAY)
async def begin_trial(
    press: CallbackQuery, callback_data: TryForm, situation: Situation, scopes: Scopes
) -> None:
    """Answer as a respondent would; nobody counts it."""
    form = await screens.questionnaire(situation, scopes, callback_data.form)
    if form is None or not screens.may_leave(form):
        await show(press, screens.message(words.GONE))
        return
    response = await situation.db.write(
        trials.start, form, situation.person.id, subject=words.TRIAL, now=situation.now
    )
    screen = answering_screens.answering(response, now=situation.local)
    await present(press, situation, response, screen)


@router.callback_query(EndTrial.filter(), MAY)
async def end_trial(press: CallbackQuery, situation: Situation) -> None:
    """The answers of the trial go."""
    await situation.db.write(trials.discard, situation.person.id)
    await show(press, screens.message(words.TRIAL_OVER))


@router.callback_query(FormFile.filter(), MAY)
async def send_form(
    press: CallbackQuery, callback_data: FormFile, situation: Situation, scopes: Scopes
) -> None:
    """The questionnaire as a workbook that can be changed and sent back."""
    known = await situation.db.read(forms.find, callback_data.form, scopes)
    if known is None or not screens.may_leave(known.questionnaire):
        await show(press, screens.message(words.GONE))
        return
    await acknowledge(press)
    form = known.questionnaire
    content = await asyncio.to_thread(written_form, form, known.name)
    file = BufferedInputFile(content, filename=form_file_name(form.title))
    await situation.bot.send_document(situation.telegram_id, file)


@router.callback_query(SendTemplate.filter(), MAY)
async def send_template(press: CallbackQuery, situation: Situation) -> None:
    """The workbook to start from."""
    await acknowledge(press)
    content = await asyncio.to_thread(template)
    file = BufferedInputFile(content, filename=words.TEMPLATE_FILE)
    await situation.bot.send_document(
        situation.telegram_id, file, caption=words.TEMPLATE_CAPTION, parse_mode=ParseMode.HTML
    )


@router.callback_query(HideForm.filter(), MAY)
async def hide(
    press: CallbackQuery, callback_data: HideForm, situation: Situation, scopes: Scopes
) -> None:
    """Offer an own questionnaire no longer; ask first."""
    known = await situation.db.read(forms.find, callback_data.form, scopes)
    if known is None or not known.manages:
        await show(press, screens.message(words.GONE))
    elif callback_data.sure:
        by = By(situation.person.id, situation.now)
        await situation.db.write(forms.hide, callback_data.form, by=by)
        await show(press, screens.message(words.HIDDEN))
    else:
        await show(press, screens.sure_hide(known))
