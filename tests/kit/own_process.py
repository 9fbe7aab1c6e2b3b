"""Work of a process of its own, done in this one: for tests of what happens around it.

A spawned process costs seconds of imports; that the work runs in one is tried where it is made.
"""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from bot import own_process


class Here:
    """What `bot.own_process` needs of a process, as a thread."""

    def __init__(self, work: Callable[..., None], *args: Any) -> None:
        self.exitcode: int | None = None
        self._thread = threading.Thread(target=self._run, args=(work, args))
        self.start, self.join, self.is_alive = (
            self._thread.start,
            self._thread.join,
            self._thread.is_alive,
        )

    def _run(self, work: Callable[..., None], args: tuple[Any, ...]) -> None:
        self.exitcode = 1
        try:
            work(*args)
            self.exitcode = 0
        except SystemExit as end:
            self.exitcode = int(end.code or 0)


def work_here(patch: pytest.MonkeyPatch) -> None:
    """Until the end of the test."""
    patch.setattr(own_process, "spawned", Here)
