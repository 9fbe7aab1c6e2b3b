"""Moments as the database keeps them: UTC, whole seconds, `2026-11-22T06:00:00Z`.

Text of one width sorts as time does and can be read by whoever opens the file.
"""

from datetime import UTC, datetime
from typing import overload


@overload
def stored(moment: datetime) -> str: ...
@overload
def stored(moment: None) -> None: ...
def stored(moment: datetime | None) -> str | None:
    """The column's text of an aware moment.

    Raises:
        ValueError: the moment has no zone; it would silently mean another time elsewhere.
    """
    if moment is None:
        return None
    if moment.tzinfo is None:
        message = "a stored moment needs a zone"
        raise ValueError(message)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@overload
def moment(text: str) -> datetime: ...
@overload
def moment(text: None) -> None: ...
def moment(text: str | None) -> datetime | None:
    """The aware UTC moment of a column's text."""
    return None if text is None else datetime.fromisoformat(text)
