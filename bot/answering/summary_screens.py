"""All answers of a questionnaire, page by page: before sending, and after it."""

from collections.abc import Sequence
from datetime import datetime

from bot.answering.list_screens import to_surveys
from bot.campaigns.callbacks import (
    Change,
    Discard,
    Pause,
    Reopen,
    Review,
    Send,
    ShowFiles,
    ShowSent,
)
from bot.keyboards import Row, arrows, button, keyboard, rows
from bot.screens import Screen
from bot.texts import answering as words
from storage.questionnaires.campaigns import Phase
from storage.questionnaires.responses import Response
from storage.questionnaires.steps import REVIEW
from surveys import engine
from surveys.answers import Answer, Answers, is_file
from surveys.questionnaire import Item, Note
from surveys.scoring import results

PAGE_TEXT = 2600
"""Characters of answers on one page of a summary: with its frame far below Telegram's 4096."""
PAGE_ITEMS = 15
ANSWER_SHOWN = 1000
"""Characters of one answer in a summary; the whole of it is kept and sent."""
RESULT_AMONG_ANSWERS = 900
"""Characters: with all else on their screens below Telegram's 4096."""


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
    ways = (_files(response, given), change_sent(response, now), [to_surveys()])
    return Screen("\n\n".join(parts), keyboard(turn, *ways))


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


def change_sent(response: Response, now: datetime) -> Row:
    """The button that opens what was sent for changes, while that may be."""
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
