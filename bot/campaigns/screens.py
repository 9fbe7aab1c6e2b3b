"""A campaign as staff see it: the list, the card, turnout by municipality, who has not answered."""

from aiogram.types import InlineKeyboardButton

from bot.campaigns.callbacks import (
    AnswerFiles,
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
from bot.forms.callbacks import Repeat, Stops
from bot.keyboards import Row, arrows, button, keyboard, pages, rows, to_menu
from bot.rights import Action, scopes_for
from bot.screens import Screen
from bot.situation import Situation
from bot.texts import campaigns as words
from storage import audiences
from storage.questionnaires import campaigns, inviting, progress, publishing, repeats, turnout
from storage.questionnaires.campaigns import Campaign, Phase
from storage.questionnaires.overseeing import Seen
from storage.questionnaires.progress import NOWHERE
from storage.scopes import Scope
from surveys.questionnaire import Calculate

SIZE = 8
STOPS_SHOWN = 20
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
        if not campaign.anonymous:
            took = (await db.read(progress.progress, campaign, scopes)).took
            lines += [words.took(took)] if took is not None else []
        answered = words.TOO_FEW_ASKED if counted is None else words.share(counted)
        tail = "\n".join(filter(None, lines))
    local = situation.local
    if (again := await db.read(repeats.of, campaign.id)) is not None:
        said = words.repeated(again.months, words.local(again.next_at, local))
        tail = "\n".join(filter(None, (tail, said)))
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
    form = await db.read(campaigns.questionnaire_of, campaign)
    files = bool(publishing.file_items(form)) and not campaign.anonymous
    return Screen(text, keyboard(*_ways(situation, seen, phase, files=files), to_list()))


def _ways(situation: Situation, seen: Seen, phase: Phase, *, files: bool) -> list[Row]:
    may = {
        action: bool(scopes_for(situation.person, action, situation.admin_ids))
        for action in (Action.NUDGE, Action.OPEN_CAMPAIGNS, Action.REPORT)
    }
    number = seen.campaign.id
    made: list[InlineKeyboardButton] = []
    if phase is not Phase.PLANNED:
        made += _looking(seen.campaign)
    if phase is Phase.OPEN and may[Action.NUDGE]:
        made.append(button(words.NUDGE, Nudge(campaign=number)))
    if may[Action.OPEN_CAMPAIGNS]:
        made += _managing(seen.campaign, phase) if seen.manages else []
        made.append(button(words.COPY, NewCampaign(copy_of=number)))
    if phase is not Phase.CLOSED:
        made.append(button(words.LINK, Link(campaign=number)))
    if may[Action.REPORT] and phase is not Phase.PLANNED:
        made.append(button(words.REPORT, MakeReport(campaign=number)))
        made += [button(words.FILES, AnswerFiles(campaign=number))] if files else []
    return rows(made, 2)


def _looking(campaign: Campaign) -> list[InlineKeyboardButton]:
    """What is to be seen of a campaign that has begun; of an anonymous one nothing of persons."""
    places = button(words.PLACES, Places(campaign=campaign.id))
    if campaign.anonymous:
        return [places]
    return [
        places,
        button(words.AWAITED, Awaited(campaign=campaign.id)),
        button(words.STOPS, Stops(campaign=campaign.id)),
    ]


def _managing(campaign: Campaign, phase: Phase) -> list[InlineKeyboardButton]:
    made = []
    if phase is not Phase.CLOSED or not campaign.anonymous:
        made.append(button(words.PROLONG, Prolong(campaign=campaign.id)))
    if phase is not Phase.CLOSED:
        made.append(button(words.CLOSE, Close(campaign=campaign.id)))
    return [*made, button(words.REPEAT, Repeat(campaign=campaign.id))]


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


async def stops(situation: Situation, campaign: Campaign, scopes: tuple[Scope, ...]) -> Screen:
    """Where people stop answering a named campaign, and how long those who finish take."""
    found = await situation.db.read(progress.progress, campaign, scopes)
    form = await situation.db.read(campaigns.questionnaire_of, campaign)
    asked = [
        (NOWHERE, ""),
        *(
            (place, item.label)
            for place, item in enumerate(form.items)
            if not isinstance(item, Calculate)
        ),
    ]
    lines = [
        words.stopped(number, label, found.stopped[place])
        for number, (place, label) in enumerate(asked)
        if place in found.stopped
    ]
    text = words.stops(campaign.title, campaign.subject, lines[:STOPS_SHOWN], found.took)
    return Screen(text, keyboard(to_card(campaign.id)))


def ask_repeat(campaign: Campaign, now: repeats.Repeat | None) -> Screen:
    """How often to hold it again."""
    made = [
        button(words.REPEATS[months], Repeat(campaign=campaign.id, months=months))
        for months in repeats.TERMS
    ]
    stop = [] if now is None else [button(words.NO_REPEAT, Repeat(campaign=campaign.id, months=-1))]
    text = words.ask_repeat(campaign.title, campaign.subject)
    return Screen(text, keyboard(*rows(made), stop, to_card(campaign.id)))


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
