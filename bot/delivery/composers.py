"""Who words what the bot starts itself: outbox kind → composer.

A composer is asked when the message is about to be sent, never when it is planned. It looks at
the world as it is then, with the same functions that draw the person's screens, and returns a
screen, `Drop` with a reason if the message no longer applies (answered, moved, left), or `Later`
if the person is in the middle of something.

To add a kind: write the composer beside its screens and enter it in `composers` below; plan rows
with `storage.outbox.put(conn, key, person_id=…, kind=…, …)`. What nobody asked for also says its
manner in `manners`.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiogram import Bot

from bot.screens import Screen
from storage.database import Database
from storage.peace import Topic
from storage.people.people import Person


@dataclass(frozen=True)
class Drop:
    """The message no longer applies; `reason` is a short code that is counted."""

    reason: str


@dataclass(frozen=True)
class Later:
    """The message applies, but would interrupt; ask again at that moment."""

    until: datetime


@dataclass(frozen=True)
class Letter:
    """What is more than one screen: an album, a copied message, a change of one sent before.

    `send` makes the calls and returns the ids of the messages; `weight` is how many messages
    that are for Telegram's limits. `headline` stands for it in a summary, and `covers` are the
    rows that this one says in their place. A `Drop` instead of ids is its outcome: Telegram no
    longer lets the message be changed.
    """

    send: Callable[[Bot, int], Awaitable[tuple[int, ...] | Drop]]
    weight: int = 1
    headline: str = ""
    covers: tuple[int, ...] = ()


Composer = Callable[
    [Database, Person, Mapping[str, Any], datetime], Awaitable[Screen | Letter | Drop | Later]
]
"""(db, recipient, the row's payload, now in the recipient's zone) → what to send."""

composers: dict[str, Composer] = {}
"""Every kind the outbox may hold."""


@dataclass(frozen=True)
class Manner:
    """How a kind respects people's peace; the sender asks before it sends.

    `topic` may be muted (None: never, or its composer asks itself). `unasked` counts towards the
    person's week, and what is over it is merged into their summary. `waits`: not in the middle of
    a questionnaire, unless the kind is urgent.
    """

    topic: Topic | None = None
    unasked: bool = False
    waits: bool = True


PLAIN = Manner()
"""What the person asked for or has to know: receipts, deadlines of their own tasks."""

manners: dict[str, Manner] = {}
"""Of every kind that is not `PLAIN`."""

URGENT: set[str] = set()
"""Kinds that answer something the person has just done: quiet hours do not hold them back."""
