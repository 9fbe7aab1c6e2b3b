"""Who words what the bot starts itself: outbox kind → composer.

A composer is asked when the message is about to be sent, never when it is planned. It looks at
the world as it is then, with the same functions that draw the person's screens, and returns a
screen, `Drop` with a reason if the message no longer applies (answered, moved, left), or `Later`
if the person is in the middle of something.

To add a kind: write the composer beside its screens and enter it in `composers` below; plan rows
with `storage.outbox.put(conn, key, person_id=…, kind=…, …)`.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.screens import Screen
from storage.database import Database
from storage.people import Person


@dataclass(frozen=True)
class Drop:
    """The message no longer applies; `reason` is a short code that is counted."""

    reason: str


@dataclass(frozen=True)
class Later:
    """The message applies, but would interrupt; ask again at that moment."""

    until: datetime


Composer = Callable[
    [Database, Person, Mapping[str, Any], datetime], Awaitable[Screen | Drop | Later]
]
"""(db, recipient, the row's payload, now in the network's zone) → what to send."""

composers: dict[str, Composer] = {}
"""Every kind the outbox may hold."""

URGENT: set[str] = set()
"""Kinds that answer something the person has just done: quiet hours do not hold them back."""
