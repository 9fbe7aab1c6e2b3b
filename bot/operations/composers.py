"""The notice of troubles to an administrator, worded when it is sent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.callbacks import Go, Place
from bot.delivery.composers import Drop, composers
from bot.keyboards import button, keyboard
from bot.screens import Screen
from bot.texts import operations as words
from storage.database import Database
from storage.operations import troubles
from storage.people.people import Person


async def notice(
    db: Database, person: Person, payload: Mapping[str, Any], now: datetime
) -> Screen | Drop:
    """All that this notice has to tell, as it is now."""
    del person
    found = await db.read(troubles.of_notice, int(payload["notice"]))
    if not found:
        return Drop("nothing-left")
    return Screen(
        words.notice(found, now), keyboard([button(words.TO_STATUS, Go(to=Place.STATUS))])
    )


composers[troubles.KIND] = notice
