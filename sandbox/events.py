"""What just happened in the chats, for whoever watches: the chat page and tests."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self

from sandbox.model import Message

Kind = Literal[
    "message",
    "edited",
    "deleted",
    "action",
    "answer",
    "pinned",
    "unpinned",
    "reaction",
    "keyboard",
    "commands",
    "menu",
    "person",
    "clock",
    "faults",
]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    `message` and `edited` carry the message as it stands; `deleted`, `pinned`, `unpinned` and
    `reaction` name it in `data["message_id"]`; `action` has `data["action"]` ("typing"); `answer`
    has `query_id`, `text`, `show_alert`, `url`; `keyboard` tells that what stands under the input
    field changed; `commands` and `menu` that the bot changed them (chat_id 0: for everybody);
    `person` that a person was added or (de)activated, blocked or unblocked the bot; `clock` and
    `faults` that somebody at the chat page moved the one or switched the others.
    """

    kind: Kind
    chat_id: int
    message: Message | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


class EventHub:
    """Hands every event to each subscriber; a slow one loses the oldest, never memory."""

    def __init__(self, backlog: int = 10_000) -> None:
        self._backlog = backlog
        self._subscribers: list[Subscription] = []

    def publish(
        self, kind: Kind, chat_id: int, message: Message | None = None, **data: Any
    ) -> None:
        """Costs nothing while nobody watches."""
        if self._subscribers:
            event = Event(kind, chat_id, message, data)
            for subscriber in self._subscribers:
                subscriber.put(event)

    def subscribe(self) -> "Subscription":
        """Events from now on; close the iterator (or leave it) to unsubscribe."""
        subscription = Subscription(self, self._backlog)
        self._subscribers.append(subscription)
        return subscription

    def leave(self, subscription: "Subscription") -> None:
        """No more events for this subscriber."""
        if subscription in self._subscribers:
            self._subscribers.remove(subscription)


class Subscription(AsyncIterator[Event]):
    """An endless iterator of events; `async with` or `aclose()` ends it."""

    def __init__(self, hub: EventHub, backlog: int) -> None:
        self._hub = hub
        self._events: deque[Event] = deque(maxlen=backlog)
        self._news = asyncio.Event()

    def put(self, event: Event) -> None:
        """Called by the hub."""
        self._events.append(event)
        self._news.set()

    async def __anext__(self) -> Event:
        while not self._events:
            self._news.clear()
            await self._news.wait()
        return self._events.popleft()

    async def aclose(self) -> None:
        """Unsubscribes."""
        self._hub.leave(self)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()
