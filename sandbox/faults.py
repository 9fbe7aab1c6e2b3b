"""Faults that are switched on: what a network and Telegram do on bad days.

Nothing is random unless a probability below 1 is asked for; each fault says how many calls it
spoils. Malformed updates are in `sandbox.malformed`.
"""

import asyncio
import random
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal

from sandbox.errors import ApiError, DroppedConnectionError, too_many_requests

Trouble = Literal["latency", "server_error", "drop_before", "drop_after", "silence", "too_many"]


@dataclass(slots=True)
class Fault:
    """One trouble.

    latency: the call takes effect `seconds` later, or when it is switched off · server_error: 5xx
    with `code` · drop_before: the connection breaks and nothing happened · drop_after: it happened,
    but no answer comes · silence: the call hangs for `seconds` and is then cut · too_many: 429
    with `retry_after`.
    """

    trouble: Trouble
    methods: frozenset[str] = frozenset()  # lower case; empty: every method
    times: int | None = None  # how many calls; None: until cleared
    probability: float = 1.0
    seconds: float = 0.0
    code: int = 502
    retry_after: int = 3
    over: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when it is switched off: what it held up goes on at once."""


class Faults:
    """The faults switched on now."""

    def __init__(self, seed: int = 0) -> None:
        self._faults: list[Fault] = []
        # Reproducible trouble for tests, nothing secret.
        self._random = random.Random(seed)  # noqa: S311

    @property
    def active(self) -> bool:
        """Whether any fault is on (the hot path asks only this)."""
        return bool(self._faults)

    def add(
        self,
        trouble: Trouble,
        *,
        methods: Iterable[str] = (),
        times: int | None = None,
        probability: float = 1.0,
        seconds: float = 0.0,
        code: int = 502,
        retry_after: int = 3,
    ) -> Fault:
        """Switches a fault on; hand the result to `remove` to switch it off."""
        names = frozenset(name.lower() for name in methods)
        fault = Fault(trouble, names, times, probability, seconds, code, retry_after)
        self._faults.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """Switches one fault off; nothing when it is off already."""
        fault.over.set()
        self._faults = [other for other in self._faults if other is not fault]

    def clear(self) -> None:
        """Switches everything off."""
        for fault in self._faults:
            fault.over.set()
        self._faults.clear()

    def list(self) -> list[Fault]:
        """What is on."""
        return list(self._faults)

    async def before(self, method: str) -> None:
        """Called before a method takes effect."""
        for trouble in ("latency", "silence", "drop_before", "server_error", "too_many"):
            if fault := self._hit(trouble, method):
                await self._strike(fault)

    def after(self, method: str) -> None:
        """Called when the method has taken effect and its answer is about to leave."""
        if self._hit("drop_after", method):
            message = "connection dropped after the call took effect"
            raise DroppedConnectionError(message)

    def _hit(self, trouble: str, method: str) -> Fault | None:
        for fault in self._faults:
            if fault.trouble != trouble or (fault.methods and method not in fault.methods):
                continue
            if fault.probability < 1 and self._random.random() >= fault.probability:
                continue
            if fault.times is not None:
                fault.times -= 1
                if fault.times <= 0:  # spent, but what it spoils last is spoilt in full
                    self._faults = [other for other in self._faults if other is not fault]
            return fault
        return None

    async def _strike(self, fault: Fault) -> None:
        if fault.trouble == "latency":
            with suppress(TimeoutError):
                await asyncio.wait_for(fault.over.wait(), fault.seconds)
        if fault.trouble == "silence":
            await asyncio.sleep(fault.seconds)
        if fault.trouble in {"silence", "drop_before"}:
            message = "connection dropped before the call took effect"
            raise DroppedConnectionError(message)
        if fault.trouble == "server_error":
            words = {500: "Internal Server Error", 502: "Bad Gateway", 504: "Gateway Timeout"}
            raise ApiError(fault.code, words.get(fault.code, "Internal Server Error"))
        if fault.trouble == "too_many":
            raise too_many_requests(fault.retry_after)
