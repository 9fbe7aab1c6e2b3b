"""Logs that hold no token, no name and nothing that anybody wrote.

* Our own lines name ids and kinds only; that is a habit, and tests/fault look for canaries.
* Of an exception the kind and the frames are written, never its message: messages quote values.
* Of other libraries' lines the first line of the template alone, never its arguments.
* Whatever looks like a token is blotted out of every line, as the last step.
"""

import logging
import re
import sys
import threading
import traceback
import warnings
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Literal, TextIO

import orjson

from bot.operations.faults import OURS, UPDATE, fault_of

TOKEN = re.compile(r"\d{5,20}:[A-Za-z0-9_-]{20,}")
BLOT = "<token>"

_log = logging.getLogger("bot")
_Info = tuple[type[BaseException], BaseException, TracebackType | None]


def configure(style: Literal["plain", "json"] = "plain", level: str = "INFO") -> None:
    """Send every line of this process to stderr, in one style; call it first of all."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if style == "json" else PlainLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel("WARNING")
    for room in OURS:
        logging.getLogger(room).setLevel(level)
    warnings.showwarning = _warned
    # An exception that nobody caught would be printed by Python itself, message and all.
    sys.excepthook = lambda kind, error, trace: _log.critical(
        "not caught", exc_info=(kind, error, trace)
    )
    threading.excepthook = lambda args: _log.critical(
        "not caught in a thread", exc_info=args.exc_value
    )
    sys.unraisablehook = lambda args: _log.error("not raisable", exc_info=args.exc_value)


def _warned(  # noqa: PLR0917 - warnings' own signature
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    del message, file, line
    _log.warning("%s at %s:%d", category.__name__, filename, lineno)


def told(record: logging.LogRecord) -> str:
    """What of a line's message may be written."""
    if record.name.split(".")[0] in OURS:
        return record.getMessage()
    return str(record.msg).partition("\n")[0][:200]


def blotted(text: str) -> str:
    """The text without tokens."""
    return TOKEN.sub(BLOT, text)


def frames(info: _Info) -> list[str]:
    """The way of an exception, outermost first, with its kind at the end; causes included."""
    lines: list[str] = []
    seen: set[int] = set()
    error: BaseException | None = info[1]
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        part = [
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
        lines = [*part, f"{type(error).__module__}.{type(error).__qualname__}", *lines]
        if isinstance(error, BaseExceptionGroup):
            lines += [f"… and {type(inner).__qualname__}" for inner in error.exceptions]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return lines


class PlainLines(logging.Formatter):
    """For a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and the frames of an exception below it."""
        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%d %H:%M:%SZ")
        line = f"{at} {record.levelname.lower():8} {record.name}: {told(record)}"
        if record.exc_info and record.exc_info[1] is not None:
            line += f" (error {fault_of(record.exc_info[1]).id})"
            line += "".join(f"\n    {frame}" for frame in frames(record.exc_info))
        return blotted(line)


class JsonLines(logging.Formatter):
    """For a collector: one JSON object per line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": told(record),
        }
        if (update := UPDATE.get()) is not None:
            line["update"] = update
        if record.exc_info and record.exc_info[1] is not None:
            line["id"] = fault_of(record.exc_info[1]).id
            line["error"] = type(record.exc_info[1]).__qualname__
            line["frames"] = frames(record.exc_info)
        return blotted(orjson.dumps(line, default=str).decode())
