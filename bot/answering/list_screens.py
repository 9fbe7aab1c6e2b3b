"""The list of one's questionnaires: to answer, begun, sent."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton

from bot.campaigns.callbacks import (
    Look,
    ShowSent,
    Start,
    Surveys,
)
from bot.keyboards import button, keyboard, pages, to_menu
from bot.screens import Screen
from bot.texts import answering as words
from storage.questionnaires.responses import Mine, Response
from surveys.engine import Ask

LIST_SIZE = 8


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


def to_surveys() -> InlineKeyboardButton:
    """The way to the list of one's questionnaires."""
    return button(words.TO_SURVEYS, Surveys())
