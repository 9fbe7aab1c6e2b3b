"""The local Telegram's clock: real time plus an offset that only grows."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Call it for the time (aware, UTC). A person at the chat page moves it forward."""

    def __init__(self, start: datetime | None = None) -> None:
        self._offset = timedelta()
        if start is not None:
            self._offset = _aware(start) - datetime.now(UTC)

    def __call__(self) -> datetime:
        """Now."""
        return datetime.now(UTC) + self._offset

    @property
    def offset(self) -> timedelta:
        """How far ahead of real time this clock is."""
        return self._offset

    def advance(self, step: timedelta) -> None:
        """Moves forward; a ValueError for a step back, as dates of messages never go back."""
        if step < timedelta():
            msg = f"the clock only goes forward, not by {step}"
            raise ValueError(msg)
        self._offset += step

    def set(self, moment: datetime) -> None:
        """Moves forward to a moment; a ValueError when it has passed already."""
        self.advance(_aware(moment) - self())


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        msg = f"a moment needs a time zone: {moment}"
        raise ValueError(msg)
    return moment.astimezone(UTC)
