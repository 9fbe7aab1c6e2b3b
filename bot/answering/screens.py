"""The screens of somebody who answers a questionnaire: before, during and after.

Everywhere `now` is in the network's zone: it says what «завтра» is.
"""

from datetime import datetime

from bot.answering.item_buttons import Place
from bot.answering.item_screens import item_screen
from bot.answering.list_screens import to_surveys
from bot.answering.summary_screens import change_sent, review
from bot.campaigns.callbacks import (
    Discard,
    ShowSent,
    Start,
)
from bot.keyboards import Row, button, keyboard
from bot.screens import Screen
from bot.texts import answering as words
from storage.questionnaires.campaigns import Campaign
from storage.questionnaires.responses import Entered, Entry, Mine, Response
from storage.questionnaires.submitting import Submitted
from surveys import engine
from surveys.engine import Ask
from surveys.questionnaire import Questionnaire

THANKS_BESIDE_RESULT = 1000
"""Characters: with all else on its screen below Telegram's 4096."""


def answering(
    response: Response, *, now: datetime, notice: str | None = None, page: int = 0
) -> Screen:
    """Where the person stands: the item asked, or the summary before sending."""
    campaign = response.campaign
    step = response.step(now)
    if not isinstance(step, Ask):
        return review(response, page, now=now, notice=notice)
    name = step.item.name
    place = Place(
        response=response.id,
        title=campaign.title,
        subject=campaign.subject,
        draft=response.drafts.get(name),
        drafted=name in response.drafts,
        changing=response.at_item is not None,
        notice=notice,
    )
    return item_screen(response.questionnaire, step, place, now=now)


def intro(campaign: Campaign, form: Questionnaire, *, now: datetime) -> Screen:
    """Before the first question."""
    first = engine.next_step(form, {}, now=now)
    text = words.intro(
        campaign.title,
        campaign.subject,
        form.about,
        anonymity=campaign.anonymity,
        cells=campaign.cells,
        editable=campaign.lets_edit(form),
        questions=first.total,
        closing=words.closing(campaign.closes_at, now),
    )
    return Screen(
        text, keyboard([button(words.START, Start(campaign=campaign.id))], [to_surveys()])
    )


def entered(found: Entered, *, now: datetime) -> Screen:
    """What came of wanting to answer: the step, or why there is none."""
    campaign, response = found.campaign, found.response
    if campaign is None:
        return Screen(words.NO_SUCH, keyboard([to_surveys()]))
    if response is not None and found.entry in (Entry.STARTED, Entry.CONTINUED):
        return answering(response, now=now)
    if response is not None and found.entry is Entry.BUSY:
        return _busy(campaign, response)
    if found.entry is Entry.CLOSED:
        return closed(campaign, sent=False)
    text = words.NOT_INVITED
    if found.entry is Entry.SENT:
        text = f"{words.heading(campaign.title, campaign.subject)}\n\n{words.TOOK_PART}"
    elif found.entry is Entry.PLANNED:
        opening = words.opening(campaign.opens_at, now)
        text = words.planned(campaign.title, campaign.subject, opening)
    return Screen(text, keyboard(_show_sent(response) if response else [], [to_surveys()]))


def arrived(found: Entered, form: Questionnaire | None, *, now: datetime) -> Screen:
    """What a link, an invitation or the list leads to: the introduction, or how things stand."""
    if found.entry is Entry.STARTED and found.campaign is not None and form is not None:
        return intro(found.campaign, form, now=now)
    if found.entry is Entry.CONTINUED and found.response is not None:
        return paused(found.response, now=now)
    return entered(found, now=now)


def closed(campaign: Campaign, *, sent: bool) -> Screen:
    """The campaign is over."""
    text = words.closed(campaign.title, campaign.subject, sent=sent)
    return Screen(text, keyboard([to_surveys()]))


def paused(response: Response, *, now: datetime) -> Screen:
    """Put aside."""
    campaign = response.campaign
    until = words.closing(campaign.closes_at, now)
    return Screen(
        words.paused(campaign.title, campaign.subject, until),
        keyboard(
            [button(words.CONTINUE, Start(campaign=campaign.id))],
            [button(words.DISCARD, Discard(response=response.id))]
            if response.submitted_at is None
            else [],
            [to_surveys()],
        ),
    )


def discarding(response: Response) -> Screen:
    """Asks before erasing what is not sent."""
    campaign = response.campaign
    return Screen(
        words.discard(campaign.title, campaign.subject),
        keyboard(
            [button(words.CONTINUE, Start(campaign=campaign.id))],
            [button(words.DISCARD_SURE, Discard(response=response.id, sure=True))],
        ),
    )


def thanks(done: Submitted, mine: Mine, *, now: datetime) -> Screen:
    """After sending."""
    campaign, response = done.campaign, done.response
    assert campaign is not None  # noqa: S101 - what was sent belongs to a campaign
    change = [] if response is None else change_sent(response, now)
    own = words.clipped(done.thanks, THANKS_BESIDE_RESULT) if done.results else done.thanks
    text = words.thanks(
        own,
        anonymity=campaign.anonymity,
        editable_until=words.closing(campaign.closes_at, now) if change else None,
        again=done.again,
    )
    if result := words.results(done.results):
        text += f"\n\n{result}"
    if mine.to_answer:
        text += "\n\n" + words.more_waiting(len(mine.to_answer))
    return Screen(text, keyboard(change, [to_surveys()]))


def gone() -> Screen:
    """A button of a response that is no more."""
    return Screen(words.GONE, keyboard([to_surveys()]))


def _busy(wanted: Campaign, other: Response) -> Screen:
    name = words.titled(other.campaign.title, other.campaign.subject)
    aim = words.titled(wanted.title, wanted.subject)
    return Screen(
        words.busy(name, aim),
        keyboard(
            [button(words.continue_with(name), Start(campaign=other.campaign.id))],
            [button(words.leave_for(aim), Start(campaign=wanted.id, leave=True))],
        ),
    )


def _show_sent(response: Response) -> Row:
    return [button(words.SHOW_SENT, ShowSent(response=response.id))]
