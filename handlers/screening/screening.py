"""Somebody takes the burnout screening: what it is, the consent, 84 statements, the result.

A health record: nothing here is logged, typed or kept outside `storage.screening.taking`; every
function asks the store for the presser's own draft only.
"""

from functools import partial

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.callbacks import Go, Place
from bot.delivery.limiter import HAS_TURN
from bot.rights import Action, scopes_for
from bot.screening import screens
from bot.screening.callbacks import (
    About,
    Agree,
    AskPosition,
    Before,
    Consent,
    ForGroups,
    GoTo,
    Hide,
    HideResult,
    Home,
    Rest,
    Say,
    ShowResult,
    Stop,
)
from bot.screening.consent import CURRENT
from bot.screening.result import hide, show_card, show_result
from bot.screens import Screen, acknowledge, show
from bot.settings import Settings
from bot.situation import Situation
from bot.texts import screening as words
from storage.questionnaires import campaigns
from storage.screening import sealing as screening_sealing
from storage.screening import secrets as screening_secrets
from storage.screening import taking as screening
from storage.screening.taking import Ready, Step
from surveys.screening_groups import POSITIONS, SERVICE

router = Router(name="screening")


@router.message(Command("screening"))
@router.callback_query(Go.filter(F.to == Place.SCREENING))
@router.callback_query(Home.filter())
async def show_home(event: Message | CallbackQuery, situation: Situation) -> None:
    """What it is, and what is open to the person."""
    mine = await situation.db.read(screening.mine, situation.person.id, now=situation.now)
    staff = scopes_for(situation.person, Action.RUN_SCREENING, situation.admin_ids)
    await show(event, screens.home(mine, staff=bool(staff)))


@router.callback_query(Before.filter())
async def show_before(press: CallbackQuery, callback_data: Before, situation: Situation) -> None:
    """What it is and is not, who sees what."""
    await show(press, await screens.before(callback_data.campaign, situation))


@router.callback_query(Consent.filter())
async def show_consent(press: CallbackQuery, callback_data: Consent, situation: Situation) -> None:
    """The whole text, and the act of agreeing to it."""
    campaign = await situation.db.read(campaigns.find, callback_data.campaign)
    if campaign is None or not campaign.screening:
        await show(press, screens.gone())
        return
    await show(press, screens.consent(campaign))


@router.callback_query(Agree.filter())
async def agree(press: CallbackQuery, callback_data: Agree, situation: Situation) -> None:
    """Begin. A button under an old version of the text shows the present one instead."""
    if callback_data.version != CURRENT:
        campaign = await situation.db.read(campaigns.find, callback_data.campaign)
        await show(press, screens.gone() if campaign is None else screens.consent(campaign))
        return
    pressed = await situation.db.write(
        screening.begin,
        callback_data.campaign,
        situation.person.id,
        version=CURRENT,
        now=situation.now,
    )
    if pressed.draft is None:
        await show(press, await screens.before(callback_data.campaign, situation))
        return
    await show(press, screens.standing(pressed))


@router.callback_query(About.filter())
async def describe_oneself(
    press: CallbackQuery, callback_data: About, situation: Situation
) -> None:
    """The group of positions, or the length of service; the draft alone keeps it."""
    group, what = callback_data.group, callback_data.what
    if group not in (POSITIONS if what is ForGroups.POSITION else ("", *SERVICE)):
        await acknowledge(press)
        return
    pressed = await situation.db.write(
        screening.describe,
        callback_data.draft,
        situation.person.id,
        position=group if what is ForGroups.POSITION else None,
        service=group if what is ForGroups.SERVICE else None,
        now=situation.now,
    )
    await show(press, screens.standing(pressed))


@router.callback_query(AskPosition.filter())
async def ask_position(
    press: CallbackQuery, callback_data: AskPosition, situation: Situation
) -> None:
    """The list of groups."""
    draft = await situation.db.read(screening.own, callback_data.draft, situation.person.id)
    await show(press, screens.gone() if draft is None else screens.positions(draft))


@router.callback_query(Say.filter())
async def say(press: CallbackQuery, callback_data: Say, situation: Situation) -> None:
    """An answer. A second press on the same button costs no edit of the message."""
    pressed = await situation.db.write(
        screening.record,
        callback_data.draft,
        situation.person.id,
        callback_data.item,
        yes=callback_data.yes,
        now=situation.now,
    )
    if pressed.step is Step.SAME and pressed.draft is not None:
        await acknowledge(press)
        return
    await show(press, screens.standing(pressed))


@router.callback_query(GoTo.filter())
async def go_to(press: CallbackQuery, callback_data: GoTo, situation: Situation) -> None:
    """Back to an item, or on from where the answers end."""
    pressed = await situation.db.write(
        screening.go_to,
        callback_data.draft,
        situation.person.id,
        callback_data.item,
        now=situation.now,
    )
    await show(press, screens.standing(pressed))


@router.callback_query(Rest.filter())
async def rest(press: CallbackQuery, callback_data: Rest, situation: Situation) -> None:
    """A pause."""
    draft = await situation.db.read(screening.own, callback_data.draft, situation.person.id)
    await show(press, screens.gone() if draft is None else screens.resting(draft))


@router.callback_query(Hide.filter())
async def hide_form(press: CallbackQuery, callback_data: Hide) -> None:
    """Blank the message at once, ahead of the queue of messages; the draft stays as it is."""
    HAS_TURN.set(True)
    await show(press, screens.hidden(callback_data.draft))


@router.callback_query(Stop.filter())
async def stop(press: CallbackQuery, callback_data: Stop, situation: Situation) -> None:
    """Stop and erase; ask first."""
    draft = await situation.db.read(screening.own, callback_data.draft, situation.person.id)
    if draft is None:
        await show(press, screens.gone())
        return
    if not callback_data.sure:
        await show(press, screens.sure_stop(draft))
        return
    await situation.db.write(screening.stop, draft.id, situation.person.id, now=situation.now)
    await situation.db.truncate_wal()
    await show(press, screens.stopped())


@router.callback_query(ShowResult.filter())
async def show_own_result(
    press: CallbackQuery, callback_data: ShowResult, situation: Situation, settings: Settings
) -> None:
    """Show the result to the person, then cut the answers from them for good."""
    db, person = situation.db, situation.person.id
    ready = await db.write(screening.ready, callback_data.draft, person, now=situation.now)
    if not isinstance(ready, Ready):
        await show(press, screens.standing(ready))
        return
    await show(press, Screen(words.MAKING))
    edition = ready.draft.edition.name
    await show_result(situation, ready.result, edition)
    await show_card(situation, words.card(ready.code, situation.local), ready.code)
    secret_of = partial(screening_secrets.secret_of, settings.data_dir)
    await db.write(
        screening_sealing.seal,
        ready.draft.id,
        person,
        secret_of(ready.draft.campaign.id),
        answer_buttons=Say.__prefix__,
        now=situation.now,
    )
    await db.truncate_wal()
    await show(press, screens.sealed())


@router.callback_query(HideResult.filter())
async def hide_result(
    press: CallbackQuery, callback_data: HideResult, situation: Situation
) -> None:
    """Take a result, or its card, out of the chat."""
    await acknowledge(press, words.RESULT_HIDDEN)
    await hide(press, situation.bot, callback_data.picture)
