"""Telegram's flood control: token buckets over all chats and for each chat."""

import math

from sandbox.errors import too_many_requests
from sandbox.limits import Limits


class RateLimiter:
    """Refuses a message beyond about 30 a second in all, or about 1 a second to one chat."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._total = (float(limits.burst), 0.0)
        self._chats: dict[int, tuple[float, float]] = {}

    def spend(self, chat_id: int, now: float, count: int = 1) -> None:
        """Takes `count` messages from both buckets, or raises 429 and takes nothing.

        An album larger than a bucket passes when the bucket is full, as one does at Telegram.
        """
        limits = self._limits
        total = self._level(self._total, now, limits.per_second, limits.burst)
        chat = self._level(
            self._chats.get(chat_id, (float(limits.chat_burst), now)),
            now,
            limits.chat_per_second,
            limits.chat_burst,
        )
        need_total = min(count, limits.burst)
        need_chat = min(count, limits.chat_burst)
        wait = max(
            (need_total - total) / limits.per_second, (need_chat - chat) / limits.chat_per_second
        )
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        self._total = (total - count, now)
        self._chats[chat_id] = (chat - count, now)
        if len(self._chats) > 10_000:
            self._forget_idle(now)

    @staticmethod
    def _level(bucket: tuple[float, float], now: float, per_second: float, size: int) -> float:
        level, at = bucket
        return min(float(size), level + (now - at) * per_second)

    def _forget_idle(self, now: float) -> None:
        # A bucket that has refilled says nothing any more.
        refill = self._limits.chat_burst / self._limits.chat_per_second
        self._chats = {k: v for k, v in self._chats.items() if now - v[1] < refill}
