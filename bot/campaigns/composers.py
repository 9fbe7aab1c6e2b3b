"""Invitations to answer and nudges, worded when they are sent: do they still apply?"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.campaigns.callbacks import Look, Start
from bot.delivery.composers import Drop, Later, composers
from bot.keyboards import button, keyboard
from bot.screens import Screen
from bot.texts import answering as words
from storage.database import Database
from storage.people.people import Person
from storage.questionnaires import inviting, responses
from storage.questionnaires.responses import Entered, Entry


async def invitation(
    db: Database, person: Person, payload: Mapping[str, Any], now: datetime
) -> Screen | Drop | Later:
    """A campaign has opened."""
    found = await _standing(db, person, payload, now)
    if not isinstance(found, Entered):
        return found
    campaign = found.campaign
    if campaign is None or found.entry is Entry.CONTINUED:
        return Drop("begun")
    return Screen(
        words.invitation(
            campaign.title,
            campaign.subject,
            anonymity=campaign.anonymity,
            closing=words.closing(campaign.closes_at, now),
        ),
        keyboard([button(words.LOOK, Look(campaign=campaign.id))]),
    )


async def nudge(
    db: Database, person: Person, payload: Mapping[str, Any], now: datetime
) -> Screen | Drop | Later:
    """Somebody has not answered yet."""
    found = await _standing(db, person, payload, now)
    if not isinstance(found, Entered):
        return found
    campaign = found.campaign
    if campaign is None:
        return Drop("gone")
    begun = found.entry is Entry.CONTINUED
    if begun and found.response is not None and now - found.response.touched_at < inviting.RECENT:
        return Drop("answering-now")
    way = (
        button(words.CONTINUE, Start(campaign=campaign.id))
        if begun
        else button(words.LOOK, Look(campaign=campaign.id))
    )
    return Screen(
        words.nudge(
            campaign.title,
            campaign.subject,
            closing=words.closing(campaign.closes_at, now),
            begun=begun,
        ),
        keyboard([way]),
    )


async def _standing(
    db: Database, person: Person, payload: Mapping[str, Any], now: datetime
) -> Entered | Drop | Later:
    """The same question /surveys asks; whoever is in the middle of another one is left in peace."""
    campaign_id = int(payload["campaign"])
    found = await db.read(responses.peek, campaign_id, person.id, now=now)
    if found.entry not in (Entry.STARTED, Entry.CONTINUED):
        return Drop(found.entry.value)
    if await db.read(inviting.busy_elsewhere, campaign_id, person.id, now=now):
        return Later(now + inviting.RECENT)
    return found


composers[inviting.INVITATION] = invitation
composers[inviting.NUDGE] = nudge
