"""An audience in words, from the store's names."""

from collections.abc import Sequence

from bot.texts import campaigns as words
from bot.texts import writing_notices as notice_words
from bot.texts.answering import titled
from bot.texts.people import short_name
from storage.audiences import Attitude, Audience
from storage.database import Database
from storage.events import events
from storage.people import networks, people
from storage.questionnaires import campaigns
from storage.tasks import tasks

NAMED = 30
"""People of a list that are named on the screen."""


async def lines(db: Database, chosen: Audience) -> list[str]:
    """What is chosen in one group, a line per kind."""
    titles = await db.read(networks.titles)
    asked = [await db.read(campaigns.find, number) for number in chosen.unanswered]
    owed = [await db.read(tasks.find, number) for number in chosen.unsubmitted]
    values: dict[str, Sequence[str]] = {
        "roles": [words.role(role) for role in chosen.roles],
        "places": chosen.municipalities,
        "nets": [titles.get(str(number), "") for number in chosen.networks],
        "comm": chosen.communities,
        "people": await names_of(db, chosen),
        "surveys": [titled(one.title, one.subject) for one in asked if one is not None],
        "tasks": [one.title for one in owed if one is not None],
        "meetings": await _meetings(db, chosen),
    }
    return [words.audience_line(kind, shown) for kind, shown in values.items() if shown]


async def _meetings(db: Database, chosen: Audience) -> list[str]:
    named: dict[int, list[Attitude]] = {}
    for one in chosen.meetings:
        named.setdefault(one.occurrence, []).append(one.attitude)
    found = [(await db.read(events.find, number), said) for number, said in named.items()]
    return [
        notice_words.attitude(titled(meeting.title, meeting.label), said)
        for meeting, said in found
        if meeting is not None
    ]


async def spoken(db: Database, audience: Audience) -> str:
    """The whole expression: groups, unions and exclusions."""
    own = audience.model_copy(update={"also": (), "but": ()})
    included = [notice_words.group(await lines(db, one)) for one in (own, *audience.also)]
    excluded = [notice_words.group(await lines(db, one)) for one in audience.but]
    return notice_words.groups(included, excluded)


async def names_of(db: Database, chosen: Audience) -> list[str]:
    """The people of a typed list."""
    named = [await db.read(people.by_id, number) for number in chosen.people[:NAMED]]
    return [short_name(one) for one in named if one is not None]
