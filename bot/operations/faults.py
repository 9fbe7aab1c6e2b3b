"""An error gets an id that stays the same wherever and whenever it happens again.

The id is made of the error's kind and the place in our code that it came from (file and function,
no line: a release moves lines). The person whose update failed, the log, the notice to the
administrators and /status all name it, so that one can be found by the other.
"""

import hashlib
import logging
import traceback
from collections import deque
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT = Path(__file__).parents[2]
OURS: Final = (
    "bot",
    "handlers",
    "scheduler",
    "storage",
    "surveys",
    "roadmap",
    "reports",
    "sandbox",
)
UPDATE: ContextVar[int | None] = ContextVar("update", default=None)
"""The number of the update that is being handled, for every line written meanwhile."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An error without its message, which may quote somebody.

    `place` is «handlers/arriving/me.py:42 show_me», the innermost frame of ours.
    """

    id: str
    kind: str
    place: str


def fault_of(error: BaseException) -> Fault:
    """The id, kind and place of an error."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    place, where = "", ""
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        if not path.is_relative_to(ROOT):
            continue
        inside = path.relative_to(ROOT)
        if inside.parts[0] in OURS:
            where = f"{inside.as_posix()} {frame.name}"
            place = f"{inside.as_posix()}:{frame.lineno} {frame.name}"
    digest = hashlib.sha256(f"{kind} {where}".encode()).hexdigest()
    return Fault(digest[:6], kind, place)


class Collector(logging.Handler):
    """Gathers the faults that anything logs, until the next beat puts them into the store."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._found: deque[tuple[Fault, int | None]] = deque(maxlen=200)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the error of a line that has one."""
        if record.exc_info and record.exc_info[1] is not None:
            self._found.append((fault_of(record.exc_info[1]), UPDATE.get()))

    def drain(self) -> list[tuple[Fault, int | None]]:
        """What was gathered since the last time, with the update it happened in."""
        found = list(self._found)
        self._found.clear()
        return found
