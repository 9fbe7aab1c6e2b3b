"""The one place that asks what time it is; everything else is given a clock or a moment."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the present moment, aware and in UTC."""


def utc_now() -> datetime:
    """The computer's time."""
    return datetime.now(UTC)
