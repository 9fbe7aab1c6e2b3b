"""What the local Telegram saw of a bot: when its messages came, its edits, refusals for speed."""

import time
from dataclasses import dataclass, field
from typing import Any

from sandbox.errors import ApiError
from sandbox.telegram import Telegram


@dataclass
class Watch:
    """When each message of the bot came, each edit, and how often it was refused for speed.

    `notices` are those messages that end in `marker`; `shown` are the edits in the chat of
    `watcher`, who follows the progress.
    """

    marker: str = ""
    sent: list[float] = field(default_factory=list)
    edited: list[float] = field(default_factory=list)
    notices: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    watcher: int = 0
    refused: int = 0

    def on(self, telegram: Telegram) -> None:
        """Begin to watch."""
        publish, spend = telegram.events.publish, telegram.rate.spend

        def seen(kind: Any, chat_id: int, message: Any = None, **data: Any) -> None:
            if message is not None and message.outgoing and kind in {"message", "edited"}:
                now = time.perf_counter()
                (self.sent if kind == "message" else self.edited).append(now)
                if kind == "edited" and chat_id == self.watcher:
                    self.shown.append(now)
                if kind == "message" and self.marker and message.text.endswith(self.marker):
                    self.notices.append(now)
            publish(kind, chat_id, message, **data)

        def spent(chat_id: int, now: float, count: int = 1) -> None:
            try:
                spend(chat_id, now, count)
            except ApiError:
                self.refused += 1
                raise

        telegram.events.publish = seen  # type: ignore[method-assign]  # only this run looks
        telegram.rate.spend = spent  # type: ignore[method-assign]  # the same

    def others(self) -> int:
        """Messages and edits between the first notice and the last that were no notices."""
        first, last = self.notices[0], self.notices[-1]
        every = sum(first <= at <= last for at in (*self.sent, *self.edited))
        return every - len(self.notices)

    def progress(self) -> int:
        """Of those, the edits that show the author how the notice goes."""
        return sum(self.notices[0] <= at <= self.notices[-1] for at in self.shown)
