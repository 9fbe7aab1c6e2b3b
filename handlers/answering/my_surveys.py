"""Somebody's own questionnaires: the list, beginning, putting aside, what was sent."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.answering import list_screens, screens, summary_screens
from bot.answering.response_message import present
from bot.callbacks import Go, Place
from bot.campaigns import composers as campaign_composers  # noqa: F401 - enters its kinds
from bot.campaigns.callbacks import (
    Discard,
    Look,
    Pause,
    Reopen,
    ShowSent,
    Start,
    Surveys,
)
from bot.forms import screens as form_screens
from bot.screening import screens as screening_screens
from bot.screens import Screen, show
from bot.situation import Situation
from bot.texts import answering as words
from handlers.deep_links import deep_link
from storage.questionnaires import campaigns, inviting, responses
from storage.questionnaires.responses import Entry

router = Router(name="my-surveys")


@router.message(Command("surveys"))
@router.callback_query(Go.filter(F.to == Place.SURVEYS))
@router.callback_query(Surveys.filter())
async def show_list(
    event: Message | CallbackQuery,
    situation: Situation,
    callback_data: Surveys | Go | None = None,
) -> None:
    """The person's own questionnaires."""
    page = callback_data.page if isinstance(callback_data, Surveys) else 0
    mine = await situation.db.read(responses.mine, situation.person.id, now=situation.local)
    await show(event, list_screens.surveys(mine, page, now=situation.local))


@router.callback_query(Look.filter())
async def look(
    press: CallbackQuery,
    callback_data: Look,
    situation: Situation,
) -> None:
    """What a campaign is about."""
    await show(press, await _arrive(callback_data.campaign, situation))


@deep_link("c_")
async def follow_link(code: str, situation: Situation) -> Screen:
    """A campaign's own link, from a chat or a QR code."""
    number = int(code) if code.isascii() and code.isdigit() and len(code) < 16 else 0
    return await _arrive(number, situation)


@router.callback_query(Start.filter())
async def start(
    press: CallbackQuery,
    callback_data: Start,
    situation: Situation,
) -> None:
    """Begin, or go on where the answers end."""
    found = await situation.db.write(
        responses.start_or_continue,
        callback_data.campaign,
        situation.person.id,
        now=situation.local,
        leave_other=callback_data.leave,
    )
    if found.entry is Entry.SCREENING:
        await show(press, await screening_screens.before(callback_data.campaign, situation))
        return
    screen = screens.entered(found, now=situation.local)
    if found.entry in (Entry.STARTED, Entry.CONTINUED):
        await present(press, situation, found.response, screen)
    else:
        await show(press, screen)


@router.callback_query(Pause.filter())
async def pause(
    press: CallbackQuery,
    callback_data: Pause,
    situation: Situation,
) -> None:
    """Put aside."""
    response = await situation.db.write(
        responses.pause, callback_data.response, situation.person.id
    )
    if response is None or response.sent:
        await show(press, screens.gone(), notice=None if response is None else words.ALREADY_SENT)
        return
    if response.campaign.trial:  # no list of questionnaires has it
        await show(press, form_screens.trial_paused(response))
        return
    await show(
        press,
        screens.paused(response, now=situation.local),
        notice=words.PAUSED_NOTICE,
    )


@router.callback_query(Discard.filter())
async def discard(
    press: CallbackQuery,
    callback_data: Discard,
    situation: Situation,
) -> None:
    """Erase what is not sent."""
    response = await situation.db.read(responses.find, callback_data.response, situation.person.id)
    if response is None or response.sent:
        await show(press, screens.gone())
        return
    if not callback_data.sure:
        await show(press, screens.discarding(response))
        return
    await situation.db.write(responses.discard, response.id, situation.person.id)
    if response.campaign.anonymous:
        await situation.db.truncate_wal()
    notice = words.DISCARDED if response.submitted_at is None else words.UNCHANGED
    mine = await situation.db.read(responses.mine, situation.person.id, now=situation.local)
    await show(press, list_screens.surveys(mine, 0, now=situation.local), notice=notice)


@router.callback_query(ShowSent.filter())
async def show_sent(
    press: CallbackQuery,
    callback_data: ShowSent,
    situation: Situation,
) -> None:
    """What was sent."""
    response = await situation.db.read(responses.find, callback_data.response, situation.person.id)
    if response is None or response.submitted_at is None:
        await show(press, screens.gone())
        return
    given = await situation.db.read(responses.submission, response.id)
    await show(
        press,
        summary_screens.sent(response, given, callback_data.page, now=situation.local),
    )


@router.callback_query(Reopen.filter())
async def reopen(
    press: CallbackQuery,
    callback_data: Reopen,
    situation: Situation,
) -> None:
    """Change what was sent."""
    response = await situation.db.write(
        responses.reopen, callback_data.response, situation.person.id, now=situation.local
    )
    if response is not None:
        await present(
            press,
            situation,
            response,
            screens.answering(response, now=situation.local),
        )
        return
    kept = await situation.db.read(responses.find, callback_data.response, situation.person.id)
    screen = screens.gone() if kept is None else screens.closed(kept.campaign, sent=True)
    await show(press, screen)


async def _arrive(campaign_id: int, situation: Situation) -> Screen:
    db, now = situation.db, situation.local
    found = await db.read(responses.peek, campaign_id, situation.person.id, now=now)
    form = None
    if found.campaign is not None and found.campaign.screening:
        return await screening_screens.before(campaign_id, situation)
    if found.campaign is not None:
        if found.entry is Entry.STARTED:
            await db.write(inviting.mark_asked, campaign_id, situation.person.id, now=now)
        form = await db.read(campaigns.questionnaire_of, found.campaign)
    return screens.arrived(found, form, now=now)
