"""A campaign as staff see it: the list, the card, turnout by municipality, who has not answered."""

from aiogram.types import InlineKeyboardButton

from bot.keyboards import Row, arrows, button, keyboard, pages, rows, to_menu
from bot.rights import Action, scopes_for
from bot.screens import Screen
from bot.situation import Situation
from bot.survey_callbacks import (
    Awaited,
    Campaigns,
    Card,
    Close,
    Link,
    MakeReport,
    NewCampaign,
    Nudge,
    Places,
    Prolong,
)
from bot.texts import campaigns as words
from storage import audiences, inviting, turnout
from storage.campaigns import Campaign, Phase, Seen
from storage.scopes import Scope

SIZE = 8
PEOPLE = 15
"""Names on one page: with place and school at most 3 000 characters."""


def to_list() -> Row:
    """The way back to the list of campaigns."""
    return [button(words.TO_LIST, Campaigns())]


def to_card(campaign: int) -> Row:
    """The way back to the card."""
    return [button(words.TO_CARD, Card(campaign=campaign))]


def listing(seen: list[Seen], situation: Situation, page: int) -> Screen:
    """All campaigns in scope, newest first, and the way to a new one."""
    made = [
        button(
            words.listed(
                one.campaign.phase(situation.now), one.campaign.title, one.campaign.subject
            ),
            Card(campaign=one.campaign.id),
        )
        for one in seen
    ]
    shown = pages(made, lambda to: Campaigns(page=to), page=page, size=SIZE)
    text = words.LIST_HEAD if made else words.LIST_EMPTY
    return Screen(text, keyboard([button(words.NEW, NewCampaign())], *shown, to_menu()))


async def card(situation: Situation, seen: Seen, scopes: tuple[Scope, ...]) -> Screen:
    """One campaign: how it stands and what can be done with it, by right."""
    campaign, db, now = seen.campaign, situation.db, situation.now
    phase = campaign.phase(now)
    if phase is Phase.PLANNED:
        found = await db.read(audiences.reach, campaign.audience, campaign.scope)
        answered, tail = words.people(0), words.reach(found)
    else:
        counted = await db.read(turnout.turnout, campaign, scopes)
        lines = [words.begun(counted.unfinished)] if counted and counted.unfinished else []
        if phase is Phase.OPEN and counted is not None:
            nudging = await db.read(inviting.nudging, campaign, scopes, now=now)
            allowed = nudging.allowed_from
            lines.append(
                words.nudges(
                    nudging.round,
                    campaign.nudges_max,
                    nudging.people,
                    None if allowed is None else words.local(allowed, situation.local),
                )
            )
        answered = words.TOO_FEW_ASKED if counted is None else words.share(counted)
        tail = "\n".join(filter(None, lines))
    local = situation.local
    standing = words.phase(
        phase, words.local(campaign.opens_at, local), words.closing(campaign.closes_at, local)
    )
    text = words.card(
        campaign.title,
        campaign.subject,
        mode=campaign.anonymity,
        standing=standing,
        turnout=answered,
        part=not seen.manages,
        tail=tail,
    )
    return Screen(text, keyboard(*_ways(situation, seen, phase), to_list()))


def _ways(situation: Situation, seen: Seen, phase: Phase) -> list[Row]:
    campaign = seen.campaign
    number = campaign.id
    may = {
        action: bool(scopes_for(situation.person, action, situation.admin_ids))
        for action in (Action.NUDGE, Action.OPEN_CAMPAIGNS, Action.REPORT)
    }
    made: list[InlineKeyboardButton] = []
    if phase is not Phase.PLANNED:
        made.append(button(words.PLACES, Places(campaign=number)))
        if not campaign.anonymous:
            made.append(button(words.AWAITED, Awaited(campaign=number)))
    if phase is Phase.OPEN and may[Action.NUDGE]:
        made.append(button(words.NUDGE, Nudge(campaign=number)))
    if seen.manages and may[Action.OPEN_CAMPAIGNS]:
        if phase is not Phase.CLOSED or not campaign.anonymous:
            made.append(button(words.PROLONG, Prolong(campaign=number)))
        if phase is not Phase.CLOSED:
            made.append(button(words.CLOSE, Close(campaign=number)))
    if may[Action.OPEN_CAMPAIGNS]:
        made.append(button(words.COPY, NewCampaign(copy_of=number)))
    if phase is not Phase.CLOSED:
        made.append(button(words.LINK, Link(campaign=number)))
    if may[Action.REPORT] and phase is not Phase.PLANNED:
        made.append(button(words.REPORT, MakeReport(campaign=number)))
    return rows(made, 2)


async def places(
    situation: Situation, campaign: Campaign, scopes: tuple[Scope, ...], page: int
) -> Screen:
    """Turnout by municipality, the lowest rate first."""
    counted = list((await situation.db.read(turnout.by_municipality, campaign, scopes)).items())
    last = max(0, (len(counted) - 1) // PEOPLE)
    page = min(page, last)
    lines = [words.place(*pair) for pair in counted[page * PEOPLE : (page + 1) * PEOPLE]]
    turn = arrows(lambda to: Places(campaign=campaign.id, page=to), page=page, last=last)
    text = words.places(campaign.title, campaign.subject, lines)
    return Screen(text, keyboard(turn, to_card(campaign.id)))


async def awaited(
    situation: Situation, campaign: Campaign, scopes: tuple[Scope, ...], page: int
) -> Screen:
    """Who has not answered a named campaign."""
    found = await situation.db.read(turnout.awaited, campaign, scopes)
    if not found:
        return Screen(words.EVERYBODY_ANSWERED, keyboard(to_card(campaign.id)))
    last = (len(found) - 1) // PEOPLE
    page = min(page, last)
    lines = [words.awaited_one(one) for one in found[page * PEOPLE : (page + 1) * PEOPLE]]
    turn = arrows(lambda to: Awaited(campaign=campaign.id, page=to), page=page, last=last)
    text = words.awaited(campaign.title, campaign.subject, lines, len(found))
    way = [button(words.NUDGE, Nudge(campaign=campaign.id))]
    return Screen(text, keyboard(turn, way, to_card(campaign.id)))


def gone() -> Screen:
    """No such campaign in scope."""
    return Screen(words.GONE, keyboard(to_list()))
