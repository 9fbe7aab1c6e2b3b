"""Somebody answers questionnaires: the list, the items one by one, the summary, sending.

One message shows it all and is edited in place. What the person types is taken, shown as recorded
and removed from the chat: no trail of answers stays there, and in an anonymous campaign none must.
"""

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Filter, StateFilter
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.answering import screens, summary_screens
from bot.answering.response_message import answer_message, present, refused
from bot.campaigns.callbacks import (
    Back,
    Change,
    Choose,
    Clear,
    Done,
    GiveDate,
    PutAt,
    Review,
    Send,
    Skip,
    Tick,
)
from bot.forms import screens as form_screens
from bot.screens import show
from bot.situation import Situation
from bot.texts import answering as words
from storage.database import Database
from storage.people.people import Person
from storage.questionnaires import answering, moving, responses, submitting
from storage.questionnaires.campaigns import Phase
from storage.questionnaires.responses import Response
from storage.questionnaires.steps import Outcome, Verdict
from storage.questionnaires.submitting import Sent

router = Router(name="answering")


class Underway(Filter):
    """Gives the handler the `response` that what this person types belongs to."""

    async def __call__(
        self, _event: TelegramObject, person: Person, db: Database, now: datetime
    ) -> bool | dict[str, Response]:
        """The active response, if there is one."""
        found = await db.read(responses.typed_into, person.id, now=now)
        return False if found is None else {"response": found}


@router.callback_query(Choose.filter())
async def choose(
    press: CallbackQuery,
    callback_data: Choose,
    situation: Situation,
) -> None:
    """A choice, or a value of a scale."""
    outcome = await situation.db.write(
        answering.record_option,
        callback_data.response,
        situation.person.id,
        callback_data.item,
        callback_data.option,
        now=situation.local,
    )
    await _reply(press, outcome, situation)


@router.callback_query(GiveDate.filter())
@router.callback_query(Skip.filter())
async def give(
    press: CallbackQuery,
    callback_data: GiveDate | Skip,
    situation: Situation,
) -> None:
    """A ready date, or no answer."""
    outcome = await situation.db.write(
        answering.record_answer,
        callback_data.response,
        situation.person.id,
        callback_data.item,
        callback_data.day if isinstance(callback_data, GiveDate) else None,
        now=situation.local,
    )
    await _reply(press, outcome, situation)


@router.callback_query(Tick.filter())
async def tick(
    press: CallbackQuery,
    callback_data: Tick,
    situation: Situation,
) -> None:
    """One of several on or off; «другое»."""
    outcome = await situation.db.write(
        answering.tick_choice,
        callback_data.response,
        situation.person.id,
        callback_data.item,
        callback_data.option,
        on=callback_data.on,
        now=situation.local,
    )
    await _reply(press, outcome, situation)


@router.callback_query(PutAt.filter())
async def put_at(
    press: CallbackQuery,
    callback_data: PutAt,
    situation: Situation,
) -> None:
    """A place in an order."""
    outcome = await situation.db.write(
        answering.place_choice,
        callback_data.response,
        situation.person.id,
        callback_data.item,
        callback_data.option,
        place=callback_data.place,
        now=situation.local,
    )
    await _reply(press, outcome, situation)


@router.callback_query(Done.filter())
@router.callback_query(Clear.filter())
@router.callback_query(Back.filter())
@router.callback_query(Change.filter())
async def step(
    press: CallbackQuery,
    callback_data: Done | Clear | Back | Change,
    situation: Situation,
) -> None:
    """Confirm what is ticked, clear it, go back, or go to an item."""
    job = {
        Done: answering.finish_choices,
        Clear: answering.clear,
        Back: moving.go_back,
        Change: moving.go_to,
    }[type(callback_data)]
    outcome = await situation.db.write(
        job,
        callback_data.response,
        situation.person.id,
        callback_data.item,
        now=situation.local,
    )
    await _reply(press, outcome, situation)


@router.message(F.text, ~F.text.startswith("/"), StateFilter(None), Underway())
async def typed(
    message: Message,
    response: Response,
    situation: Situation,
) -> None:
    """An answer in words."""
    assert message.text is not None  # noqa: S101 - the filter has seen it
    outcome = await situation.db.write(
        answering.record_typed,
        response.id,
        situation.person.id,
        message.text,
        message_id=message.message_id,
        now=situation.local,
    )
    await answer_message(message, outcome, situation, asked=response)


@router.message(~F.text, StateFilter(None), Underway())
async def not_words(message: Message, response: Response, situation: Situation) -> None:
    """A picture, a voice message, a sticker where words are asked for; or after the closing."""
    screen = screens.answering(response, now=situation.local, notice=words.NOT_A_TEXT)
    if response.campaign.phase(situation.now) is not Phase.OPEN:
        await situation.db.write(responses.pause, response.id, situation.person.id)
        screen = screens.closed(response.campaign, sent=response.submitted_at is not None)
    await present(message, situation, response, screen)


@router.callback_query(Review.filter())
async def turn_review(
    press: CallbackQuery,
    callback_data: Review,
    situation: Situation,
) -> None:
    """Another page of the summary."""
    response = await situation.db.read(responses.find, callback_data.response, situation.person.id)
    if response is None or response.sent:
        await show(press, screens.gone())
        return
    screen = screens.answering(response, now=situation.local, page=callback_data.page)
    await present(press, situation, response, screen)


@router.callback_query(Send.filter())
async def submit(
    press: CallbackQuery,
    callback_data: Send,
    situation: Situation,
) -> None:
    """Send the whole response."""
    done = await situation.db.write(
        submitting.submit, callback_data.response, situation.person.id, now=situation.local
    )
    if done.sent is Sent.SEALED:
        await situation.db.truncate_wal()
    if done.sent is Sent.INCOMPLETE and done.response is not None:
        screen = screens.answering(done.response, now=situation.local, notice=words.NOT_ALL)
    elif done.sent is Sent.CLOSED and done.campaign is not None and done.response is not None:
        screen = screens.closed(done.campaign, sent=done.response.submitted_at is not None)
    elif done.sent is Sent.GONE:
        screen = screens.gone()
    elif done.campaign is not None and done.campaign.trial:
        tried = done.campaign
        screen = form_screens.trial_done(tried.questionnaire_id, tried.title, done.results)
    else:
        mine = await situation.db.read(responses.mine, situation.person.id, now=situation.local)
        screen = screens.thanks(done, mine, now=situation.local)
    await show(press, screen)


async def _reply(press: CallbackQuery, outcome: Outcome, situation: Situation) -> None:
    """The screen after a press, with a short notice where the press changed nothing."""
    db, now = situation.db, situation.local
    response = outcome.response
    if response is None:
        await show(press, screens.gone())
        return
    if outcome.verdict is Verdict.SENT:
        given = await db.read(responses.submission, response.id)
        screen = summary_screens.sent(response, given, 0, now=now)
        await show(press, screen, notice=words.ALREADY_SENT)
        return
    if outcome.verdict is Verdict.CLOSED:
        await show(press, screens.closed(response.campaign, sent=response.submitted_at is not None))
        return
    notice = {Verdict.ALREADY: words.ALREADY, Verdict.NOT_NOW: words.NOT_NOW}.get(outcome.verdict)
    above = None
    if outcome.refusal is not None:
        above = refused(response, outcome, now=situation.local)
        notice = above
    screen = screens.answering(response, now=now, notice=above)
    await present(press, situation, response, screen, notice=notice)
