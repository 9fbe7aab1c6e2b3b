"""/campaigns: coordinators see how their campaigns go, nudge, prolong, close, pass the link on."""

from datetime import UTC, datetime, timedelta

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot import qr
from bot.callbacks import Go, Place
from bot.campaigns import screens
from bot.campaigns.callbacks import (
    Awaited,
    Campaigns,
    Card,
    Close,
    Link,
    Nudge,
    Places,
    Prolong,
)
from bot.campaigns.opening_form import DAYS, LONGEST
from bot.filters import May
from bot.forms.callbacks import Repeat, Stops
from bot.keyboards import button, keyboard, rows
from bot.rights import Action
from bot.screens import Screen, show
from bot.situation import Situation
from bot.texts import campaigns as words
from storage.questionnaires import inviting, overseeing, repeats, turnout
from storage.questionnaires.campaigns import Phase
from storage.questionnaires.overseeing import Seen
from storage.scopes import Scope

router = Router(name="campaigns")
SEE = May(Action.SEE_PROGRESS)
MANAGE = May(Action.OPEN_CAMPAIGNS)
Scopes = tuple[Scope, ...]
STOP = -1


@router.message(Command("campaigns"), SEE)
@router.callback_query(Go.filter(F.to == Place.CAMPAIGNS), SEE)
@router.callback_query(Campaigns.filter(), SEE)
async def show_all(
    event: Message | CallbackQuery,
    situation: Situation,
    scopes: Scopes,
    callback_data: Campaigns | Go | None = None,
) -> None:
    """The campaigns in scope."""
    await situation.state.set_state(None)  # a step of a new campaign no longer takes what is typed
    seen = await situation.db.read(overseeing.list_for_staff, scopes)
    page = callback_data.page if isinstance(callback_data, Campaigns) else 0
    await show(event, screens.listing(seen, situation, page))


@router.callback_query(Card.filter(), SEE)
async def show_card(
    press: CallbackQuery, callback_data: Card, situation: Situation, scopes: Scopes
) -> None:
    """One campaign."""
    seen = await _seen(callback_data.campaign, situation, scopes)
    await _show_card(press, seen, situation, scopes)


@router.callback_query(Places.filter(), SEE)
async def show_places(
    press: CallbackQuery, callback_data: Places, situation: Situation, scopes: Scopes
) -> None:
    """Turnout by municipality."""
    seen = await _seen(callback_data.campaign, situation, scopes)
    if seen is None:
        await show(press, screens.gone())
        return
    await show(press, await screens.places(situation, seen.campaign, scopes, callback_data.page))


@router.callback_query(Awaited.filter(), SEE)
async def show_awaited(
    press: CallbackQuery, callback_data: Awaited, situation: Situation, scopes: Scopes
) -> None:
    """Who has not answered; of an anonymous campaign nobody is shown, whatever was pressed."""
    seen = await _seen(callback_data.campaign, situation, scopes)
    if seen is None or seen.campaign.anonymous:
        await _show_card(press, seen, situation, scopes)
        return
    await show(press, await screens.awaited(situation, seen.campaign, scopes, callback_data.page))


@router.callback_query(Nudge.filter(), May(Action.NUDGE))
async def nudge(
    press: CallbackQuery, callback_data: Nudge, situation: Situation, scopes: Scopes
) -> None:
    """Remind those who have not answered and may be reminded now; ask first."""
    seen = await _seen(callback_data.campaign, situation, scopes)
    if seen is None or seen.campaign.phase(situation.now) is not Phase.OPEN:
        await _show_card(press, seen, situation, scopes)
        return
    campaign = seen.campaign
    shown = await situation.db.read(turnout.turnout, campaign, scopes) is not None
    if callback_data.sure:
        total = 0
        while count := await situation.db.write(
            inviting.nudge, campaign, scopes, now=situation.now, by=situation.by
        ):
            total += count
        notice = words.nudged(total if shown else None)
        await _show_card(press, seen, situation, scopes, notice=notice)
        return
    standing = await situation.db.read(inviting.nudging, campaign, scopes, now=situation.now)
    if shown and not standing.people:
        later = standing.allowed_from
        notice = (
            words.nudged(0)
            if later is None
            else words.too_soon_to_nudge(words.local(later, situation.local))
        )
        await _show_card(press, seen, situation, scopes, notice=notice)
        return
    await show(
        press,
        Screen(
            words.sure_nudge(campaign.title, campaign.subject, standing.people if shown else None),
            keyboard(
                [button(words.NUDGE_SURE, Nudge(campaign=campaign.id, sure=True))],
                screens.to_card(campaign.id),
            ),
        ),
    )


@router.callback_query(Prolong.filter(), MANAGE)
async def prolong(
    press: CallbackQuery, callback_data: Prolong, situation: Situation, scopes: Scopes
) -> None:
    """Move the closing; ask to when."""
    seen = await _seen(callback_data.campaign, situation, scopes)
    if seen is None or not seen.manages:
        await _show_card(press, seen, situation, scopes)
        return
    campaign, now = seen.campaign, situation.now
    if callback_data.until:
        latest = int((max(now, campaign.closes_at) + LONGEST).timestamp())
        until = datetime.fromtimestamp(min(callback_data.until, latest), UTC)
        done = await situation.db.write(
            overseeing.prolong, campaign.id, until, now=now, by=situation.by
        )
        notice = (
            words.prolonged(words.closing(until, situation.local)) if done else words.CANNOT_PROLONG
        )
        fresh = await _seen(campaign.id, situation, scopes)
        await _show_card(press, fresh, situation, scopes, notice=notice)
        return
    base = max(campaign.closes_at, now)
    made = [
        button(
            words.plus(days),
            Prolong(campaign=campaign.id, until=int((base + timedelta(days=days)).timestamp())),
        )
        for days in DAYS
    ]
    closes = words.closing(campaign.closes_at, situation.local)
    text = words.ask_prolong(campaign.title, campaign.subject, closes)
    await show(press, Screen(text, keyboard(*rows(made, 3), screens.to_card(campaign.id))))


@router.callback_query(Close.filter(), MANAGE)
async def close(
    press: CallbackQuery, callback_data: Close, situation: Situation, scopes: Scopes
) -> None:
    """Close early; ask first."""
    seen = await _seen(callback_data.campaign, situation, scopes)
    if seen is None or not seen.manages:
        await _show_card(press, seen, situation, scopes)
        return
    campaign = seen.campaign
    if campaign.phase(situation.now) is Phase.CLOSED:
        await _show_card(press, seen, situation, scopes, notice=words.CANNOT_CLOSE)
        return
    if callback_data.sure:
        await situation.db.write(
            overseeing.close_now, campaign.id, now=situation.now, by=situation.by
        )
        fresh = await _seen(campaign.id, situation, scopes)
        await _show_card(press, fresh, situation, scopes)
        return
    await show(
        press,
        Screen(
            words.sure_close(campaign.title, campaign.subject, mode=campaign.anonymity),
            keyboard(
                [button(words.CLOSE_SURE, Close(campaign=campaign.id, sure=True))],
                screens.to_card(campaign.id),
            ),
        ),
    )


@router.callback_query(Stops.filter(), SEE)
async def show_stops(
    press: CallbackQuery, callback_data: Stops, situation: Situation, scopes: Scopes
) -> None:
    """Where people stop; of an anonymous campaign nothing is shown, whatever was pressed."""
    seen = await _seen(callback_data.campaign, situation, scopes)
    if seen is None or seen.campaign.anonymous:
        await _show_card(press, seen, situation, scopes)
        return
    await show(press, await screens.stops(situation, seen.campaign, scopes))


@router.callback_query(Repeat.filter(), MANAGE)
async def repeat(
    press: CallbackQuery, callback_data: Repeat, situation: Situation, scopes: Scopes
) -> None:
    """Hold it again every so many months, or no longer; ask how often."""
    seen = await _seen(callback_data.campaign, situation, scopes)
    if seen is None or not seen.manages:
        await _show_card(press, seen, situation, scopes)
        return
    campaign, months = seen.campaign, callback_data.months
    if months not in (*repeats.TERMS, STOP):
        standing = await situation.db.read(repeats.of, campaign.id)
        await show(press, screens.ask_repeat(campaign, standing))
        return
    wanted = None if months == STOP else months
    await situation.db.write(repeats.repeat, campaign, wanted, now=situation.now, by=situation.by)
    await _show_card(press, seen, situation, scopes)


@router.callback_query(Link.filter(), SEE)
async def show_link(
    press: CallbackQuery, callback_data: Link, situation: Situation, scopes: Scopes
) -> None:
    """The link for a chat, and its QR code for a screen or a sheet of paper."""
    seen = await _seen(callback_data.campaign, situation, scopes)
    if seen is None:
        await show(press, screens.gone())
        return
    campaign, bot = seen.campaign, situation.bot
    address = f"https://t.me/{(await bot.me()).username}?start=c_{campaign.id}"
    text = words.link(campaign.title, campaign.subject, address)
    await show(press, Screen(text, keyboard(screens.to_card(campaign.id))))
    picture = BufferedInputFile(qr.png(address), filename="qr.png")
    await bot.send_photo(situation.telegram_id, picture, caption=words.QR_CAPTION)


async def _seen(number: int, situation: Situation, scopes: Scopes) -> Seen | None:
    return await situation.db.read(overseeing.find_for_staff, number, scopes)


async def _show_card(
    press: CallbackQuery,
    seen: Seen | None,
    situation: Situation,
    scopes: Scopes,
    *,
    notice: str | None = None,
) -> None:
    screen = screens.gone() if seen is None else await screens.card(situation, seen, scopes)
    await show(press, screen, notice=notice)
