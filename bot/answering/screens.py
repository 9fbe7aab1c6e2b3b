"""The screens of somebody who answers questionnaires: the list, before, during and after.

Everywhere `now` is in the network's zone: it says what «завтра» is.
"""

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from bot.answering.item_screens import Place, item_screen
from bot.campaigns.callbacks import (
    Change,
    Discard,
    Look,
    Pause,
    Reopen,
    Review,
    Send,
    ShowFiles,
    ShowSent,
    Start,
    Surveys,
)
from bot.keyboards import Row, arrows, button, keyboard, pages, rows, to_menu
from bot.screens import Screen
from bot.texts import answering as words
from storage.questionnaires.answering import REVIEW
from storage.questionnaires.campaigns import Campaign, Phase
from storage.questionnaires.responses import Entered, Entry, Mine, Response
from storage.questionnaires.submitting import Submitted
from surveys import engine
from surveys.answers import Answer, Answers, is_file
from surveys.engine import Ask
from surveys.questionnaire import Item, Note, Questionnaire
from surveys.scoring import results

PAGE_TEXT = 2600
"""Characters of answers on one page of a summary: with its frame far below Telegram's 4096."""
PAGE_ITEMS = 15
ANSWER_SHOWN = 1000
"""Characters of one answer in a summary; the whole of it is kept and sent."""
LIST_SIZE = 8
THANKS_BESIDE_RESULT = 1000
RESULT_AMONG_ANSWERS = 900
"""Characters: with all else on their screens below Telegram's 4096."""


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


def review(response: Response, page: int, *, now: datetime, notice: str | None = None) -> Screen:
    """The summary before sending, each answer with its button to change it."""
    campaign = response.campaign
    found = engine.summary(response.questionnaire, response.answers, now=now)
    shown, first, page, count = _page(found, page)
    number = {item.name: at for at, item in enumerate(response.questionnaire.items)}
    parts = [
        notice or "",
        words.review_head(campaign.title, campaign.subject),
        _lines(shown, first),
    ]
    if count > 1:
        parts.append(words.page_of(page + 1, count))
    parts.append(words.before_sending(campaign.anonymity))
    change = [
        button(str(at), Change(response=response.id, item=number[item.name]))
        for at, (item, _) in enumerate(shown, first + 1)
    ]
    send = words.SEND_AGAIN if response.editing else words.SEND
    leave = (
        button(words.FORGET_CHANGES, Discard(response=response.id, sure=True))
        if response.editing
        else button(words.PAUSE, Pause(response=response.id))
    )
    return Screen(
        "\n\n".join(filter(None, parts)),
        keyboard(
            *rows(change, 5),
            arrows(lambda to: Review(response=response.id, page=to), page=page, last=count - 1),
            _files(response, response.answers),
            [button(send, Send(response=response.id))],
            [leave],
        ),
    )


def sent(response: Response, given: dict[str, Answer], page: int, *, now: datetime) -> Screen:
    """What was sent, and whether it can still be changed."""
    campaign = response.campaign
    found = engine.summary(response.questionnaire, given, now=now)
    shown, first, page, count = _page(found, page)
    parts = [words.sent_head(campaign.title, campaign.subject), _lines(shown, first)]
    if count > 1:
        parts.append(words.page_of(page + 1, count))
    if result := words.results(results(response.questionnaire, given), RESULT_AMONG_ANSWERS):
        parts.append(result)
    turn = arrows(lambda to: ShowSent(response=response.id, page=to), page=page, last=count - 1)
    ways = (_files(response, given), _change_sent(response, now), [_to_surveys()])
    return Screen("\n\n".join(parts), keyboard(turn, *ways))


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
        text, keyboard([button(words.START, Start(campaign=campaign.id))], [_to_surveys()])
    )


def entered(found: Entered, *, now: datetime) -> Screen:
    """What came of wanting to answer: the step, or why there is none."""
    campaign, response = found.campaign, found.response
    if campaign is None:
        return Screen(words.NO_SUCH, keyboard([_to_surveys()]))
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
    return Screen(text, keyboard(_show_sent(response) if response else [], [_to_surveys()]))


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
    return Screen(text, keyboard([_to_surveys()]))


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
            [_to_surveys()],
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
    change = [] if response is None else _change_sent(response, now)
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
    return Screen(text, keyboard(change, [_to_surveys()]))


def surveys(mine: Mine, page: int, *, now: datetime) -> Screen:
    """The list: to answer, begun, sent."""
    parts = [words.LIST]
    made = []
    if mine.to_answer:
        lines = [
            words.listed(one.title, one.subject, words.closing(one.closes_at, now))
            for one in mine.to_answer[:LIST_SIZE]
        ]
        parts.append("\n".join([f"{words.WAITING}:", *lines]))
        made += [
            button(words.waiting_button(one.title, one.subject), Look(campaign=one.id))
            for one in mine.to_answer
        ]
    if mine.unfinished:
        lines = [
            words.listed(one.campaign.title, one.campaign.subject, standing(one, now))
            for one in mine.unfinished[:LIST_SIZE]
        ]
        parts.append("\n".join([f"{words.UNFINISHED}:", *lines]))
        made += [
            button(
                words.unfinished_button(one.campaign.title, one.campaign.subject),
                Start(campaign=one.campaign.id),
            )
            for one in mine.unfinished
        ]
    if not made:
        parts.append(words.NOTHING)
    named = [response for _, response in mine.sent if response is not None]
    hidden = [campaign for campaign, response in mine.sent if response is None]
    if hidden:
        lines = [
            words.listed(one.title, one.subject, words.ANONYMOUS_SENT) for one in hidden[:LIST_SIZE]
        ]
        parts.append("\n".join([f"{words.SENT}:", *lines]))
    made += [
        button(
            words.sent_button(one.campaign.title, one.campaign.subject), ShowSent(response=one.id)
        )
        for one in named
    ]
    turned = pages(made, lambda to: Surveys(page=to), page=page, size=LIST_SIZE)
    return Screen("\n\n".join(parts), keyboard(*turned, to_menu()))


def standing(response: Response, now: datetime) -> str:
    """«вопрос 3 из 9», or that only sending is left."""
    step = response.step(now)
    if not isinstance(step, Ask):
        return words.TO_SEND
    return words.question_of(max(1, step.number), step.total)


def gone() -> Screen:
    """A button of a response that is no more."""
    return Screen(words.GONE, keyboard([_to_surveys()]))


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


def _page(
    found: Sequence[tuple[Item, str | None]], page: int
) -> tuple[list[tuple[Item, str | None]], int, int, int]:
    """The page's entries, how many stand before it, its number, and how many pages there are."""
    starts = [0]
    room = PAGE_TEXT
    for at, (item, answer) in enumerate(found):
        need = min(len(item.label), 300) + min(len(answer or ""), ANSWER_SHOWN) + 10
        if at > starts[-1] and (need > room or at - starts[-1] >= PAGE_ITEMS):
            starts.append(at)
            room = PAGE_TEXT
        room -= need
    page = min(max(page, 0), len(starts) - 1)
    end = starts[page + 1] if page + 1 < len(starts) else len(found)
    return list(found[starts[page] : end]), starts[page], page, len(starts)


def _lines(shown: Sequence[tuple[Item, str | None]], first: int) -> str:
    return "\n".join(
        words.reviewed(
            number,
            words.clipped(item.label, 300),
            None if answer is None else words.clipped(answer, ANSWER_SHOWN),
        )
        for number, (item, answer) in enumerate(shown, first + 1)
        if not isinstance(item, Note)
    )


def _change_sent(response: Response, now: datetime) -> Row:
    if (
        not response.campaign.lets_edit(response.questionnaire)
        or response.campaign.phase(now) is not Phase.OPEN
    ):
        return []
    return [button(words.CHANGE, Reopen(response=response.id))]


def _files(response: Response, given: Answers) -> Row:
    if not any(is_file(answer) for answer in given.values()):
        return []
    return [button(words.SHOW_FILES, ShowFiles(response=response.id, item=REVIEW))]


def _show_sent(response: Response) -> Row:
    return [button(words.SHOW_SENT, ShowSent(response=response.id))]


def _to_surveys() -> InlineKeyboardButton:
    return button(words.TO_SURVEYS, Surveys())
