"""The queue of updates with getUpdates' real offset semantics.

An offset confirms everything before it; without one the same updates come again; a negative one
forgets all but the last n. The queue wakes whoever waits for news.
"""

import asyncio
import itertools
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

DEFAULT_EXCLUDED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Queued(NamedTuple):
    """An update that waits to be fetched and confirmed."""

    update_id: int
    chat_id: int  # 0 when the update belongs to no chat
    expires: float
    payload: Any  # the Update object; malformed ones may be anything with an update_id


class UpdateQueue:
    """Updates in order, until confirmed or expired."""

    def __init__(self, now: Callable[[], float], first_id: int = 100_000_001) -> None:
        self._now = now
        # Ordered, and cheap to take from the front and from the middle (a webhook confirms there).
        self._queue: OrderedDict[int, Queued] = OrderedDict()
        self._next_id = first_id
        self._next_look = 0.0
        self._waiters: list[asyncio.Future[None]] = []
        self._allowed: frozenset[str] | None = None  # None: all but DEFAULT_EXCLUDED

    def __len__(self) -> int:
        return len(self._queue)

    @property
    def allowed(self) -> list[str] | None:
        """The kinds asked for; None for the default."""
        return None if self._allowed is None else sorted(self._allowed)

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Sets the kinds wanted; an empty list is the default again."""
        self._allowed = frozenset(kinds or ()) or None

    def wants(self, kind: str) -> bool:
        """Whether an update of this kind is queued at all."""
        return kind in self._allowed if self._allowed else kind not in DEFAULT_EXCLUDED

    def put(self, kind: str, chat_id: int, body: Any, lifetime: float) -> int | None:
        """Queues an update and wakes the poller; None when its kind is not allowed."""
        if not self.wants(kind):
            return None
        update_id = self._next_id
        self.put_raw(chat_id, {"update_id": update_id, kind: body}, lifetime)
        return update_id

    def put_raw(self, chat_id: int, payload: dict[str, Any], lifetime: float) -> int:
        """Queues any object under the next update_id (the malformed ones come this way)."""
        update_id = self._next_id
        self._next_id += 1
        payload["update_id"] = update_id
        self._queue[update_id] = Queued(update_id, chat_id, self._now() + lifetime, payload)
        self.wake()
        return update_id

    def wake(self) -> None:
        """Wakes everybody who waits for news."""
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def news_or(self, ended: asyncio.Future[str]) -> None:
        """Waits for the next update, or until `ended` is."""
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.append(waiter)
        try:
            await asyncio.wait((waiter, ended), return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiter.cancel()
            if waiter in self._waiters:
                self._waiters.remove(waiter)

    def confirm(self, offset: int) -> None:
        """Forgets what the offset of a getUpdates call says was received."""
        if offset < 0:
            while len(self._queue) > -offset:
                self._queue.popitem(last=False)
        elif offset and offset <= self._next_id + 10:  # one further in the future is ignored
            while self._queue and next(iter(self._queue)) < offset:
                self._queue.popitem(last=False)

    def peek(self, limit: int) -> list[Any]:
        """The first updates that have not expired; they stay queued."""
        self.expire()
        return [queued.payload for queued in itertools.islice(self._queue.values(), limit)]

    def expire(self) -> None:
        """Drops what nobody fetched in time."""
        now = self._now()
        if now < self._next_look:
            return
        self._next_look = now + 1  # the whole queue is looked through once a second
        for queued in [q for q in self._queue.values() if q.expires < now]:
            del self._queue[queued.update_id]

    def waiting(self) -> Iterable[Queued]:
        """Everything queued, oldest first, for the webhook sender; not to be kept over an await."""
        self.expire()
        return self._queue.values()

    def done(self, update_id: int) -> None:
        """A webhook took this update."""
        self._queue.pop(update_id, None)

    def clear(self) -> None:
        """Drops everything pending."""
        self._queue.clear()
