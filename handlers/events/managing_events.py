"""Organisers: the panel of a meeting; take it over, cancel it, set its reminders."""

from functools import partial

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.events import managing_screens as screens
from bot.events.callbacks import (
    CancelMeeting,
    Manage,
    Reminders,
    SetReminder,
    SetSurvey,
    SetSurveyForm,
    SurveyForms,
    TakeOver,
)
from bot.events.managing import change, managed, show_panel_of
from bot.events.screens import gone
from bot.filters import May
from bot.keyboards import button, keyboard
from bot.rights import Action
from bot.screens import Screen, show
from bot.situation import Situation
from bot.texts import managing as words
from storage.database import Connection
from storage.events import after_events, events
from storage.events import notices as event_notices
from storage.events.events import Meeting
from storage.questionnaires import forms
from storage.scopes import Scope
from surveys.boyko_form import FORM as SCREENING

router = Router(name="managing-events")
MAY = May(Action.MANAGE_EVENTS)
Scopes = tuple[Scope, ...]


@router.callback_query(Manage.filter(), MAY)
async def show_panel(
    press: CallbackQuery, callback_data: Manage, situation: Situation, scopes: Scopes
) -> None:
    """Everything an organiser may do with a meeting."""
    await situation.state.clear()
    await show_panel_of(press, situation, scopes, callback_data.meeting)


@router.callback_query(TakeOver.filter(), MAY)
async def take_over(
    press: CallbackQuery, callback_data: TakeOver, situation: Situation, scopes: Scopes
) -> None:
    """I hold this event."""
    meeting = await managed(situation, scopes, callback_data.meeting)
    if meeting is None:
        await show(press, gone())
        return
    await situation.db.write(
        events.add_organiser, meeting.event_id, situation.person.id, by=situation.by
    )
    await show_panel_of(press, situation, scopes, meeting.id, words.TAKEN_OVER)


@router.callback_query(CancelMeeting.filter(), MAY)
async def cancel(
    press: CallbackQuery, callback_data: CancelMeeting, situation: Situation, scopes: Scopes
) -> None:
    """Ask once more, then cancel; whoever it concerns hears of it."""
    meeting = await managed(situation, scopes, callback_data.meeting)
    if meeting is None:
        await show(press, gone())
        return
    if not callback_data.sure:
        people = await situation.db.read(event_notices.concerned, meeting.id)
        sure = CancelMeeting(meeting=meeting.id, sure=True)
        made = [
            [button(words.CANCEL_YES, sure)],
            [button(words.KEEP, Manage(meeting=meeting.id))],
        ]
        await show(press, Screen(words.sure(meeting, len(people)), keyboard(*made)))
        return
    await situation.db.write(partial(_cancel, situation=situation), meeting.id)
    await show_panel_of(press, situation, scopes, meeting.id, words.CANCELLED)


@router.callback_query(Reminders.filter(), MAY)
@router.callback_query(SetReminder.filter(), MAY)
@router.callback_query(SetSurvey.filter(), MAY)
async def set_reminders(
    press: CallbackQuery,
    callback_data: Reminders | SetReminder | SetSurvey,
    situation: Situation,
    scopes: Scopes,
) -> None:
    """When people are reminded, and how long they are asked afterwards."""
    meeting = await managed(situation, scopes, callback_data.meeting)
    if meeting is None:
        await show(press, gone())
        return
    if isinstance(callback_data, SetReminder):
        chosen = partial(events.set_reminder, minutes=callback_data.minutes, on=callback_data.on)
        await change(situation, meeting.id, chosen)
    elif isinstance(callback_data, SetSurvey):
        days = partial(events.set_survey_days, days=callback_data.days)
        await change(situation, meeting.id, days)
    await _show_reminders(press, situation, meeting)


@router.callback_query(SurveyForms.filter(), MAY)
async def choose_survey(
    press: CallbackQuery, callback_data: SurveyForms, situation: Situation, scopes: Scopes
) -> None:
    """Which questionnaire is asked afterwards."""
    meeting = await managed(situation, scopes, callback_data.meeting)
    if meeting is None:
        await show(press, gone())
        return
    known = await situation.db.read(forms.listing, (meeting.scope,))
    now_asked = await situation.db.read(after_events.questionnaire_after, meeting)
    await show(press, screens.survey_forms(meeting, known, now_asked, callback_data.page))


@router.callback_query(SetSurveyForm.filter(), MAY)
async def set_survey(
    press: CallbackQuery, callback_data: SetSurveyForm, situation: Situation, scopes: Scopes
) -> None:
    """This one is asked, if it may be used on the meeting's territory."""
    meeting = await managed(situation, scopes, callback_data.meeting)
    if meeting is None:
        await show(press, gone())
        return
    form = callback_data.form or None
    known = None
    if form is not None:
        known = await situation.db.read(forms.find, form, (meeting.scope,))
    if form is None or (known is not None and form != SCREENING):
        await change(situation, meeting.id, partial(events.set_survey_form, form=form))
    await _show_reminders(press, situation, meeting)


async def _show_reminders(press: CallbackQuery, situation: Situation, meeting: Meeting) -> None:
    now_so = await situation.db.read(events.find, meeting.id) or meeting
    form = await situation.db.read(after_events.questionnaire_after, now_so)
    await show(press, screens.reminders(now_so, form))


def _cancel(conn: Connection, number: int, *, situation: Situation) -> None:
    if events.cancel(conn, number, now=situation.now, by=situation.by):
        event_notices.changed(conn, number, now=situation.now)
