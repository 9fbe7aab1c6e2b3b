"""Named points at which a fault test kills the process.

`FAILPOINT=name` in the environment makes the process kill itself (SIGKILL, nothing is flushed)
when it reaches that name; `FAILPOINT=name:3` at the third time. Unset, a point costs one
comparison. Lives in the lowest room that has points, so that every room above can name its own.
"""

import os
import signal
from typing import Final

POINTS: Final = (
    "received-before-inbox",
    "inbox-before-offset",
    "transaction-before-commit",
    "commit-before-reply",
    "reply-before-done",
    "outbox-claimed-before-send",
    "outbox-sent-before-mark",
    "notice-pausing",
    "digest-made-before-kept",
    "digest-kept-before-next",
    "file-downloaded-before-record",
    "item-recorded-before-reply",
    "submission-sent-before-reply",
    "shutdown-receiving-stopped",
    "shutdown-handlers-finished",
    "shutdown-writer-closed",
)


def _armed() -> tuple[str, int]:
    name, _, times = os.environ.get("FAILPOINT", "").partition(":")
    if name and name not in POINTS:
        message = f"FAILPOINT={name}: no such point, known are {', '.join(POINTS)}"
        raise ValueError(message)
    return name, int(times or 1)


_name, _left = _armed()


def failpoint(name: str) -> None:
    """Kill this process here if the environment asked for it."""
    if name == _name:
        _strike()


def _strike() -> None:
    global _left  # noqa: PLW0603 - one process has one death
    _left -= 1
    if _left <= 0:
        os.kill(os.getpid(), signal.SIGKILL)
