"""When people are left in peace: what the bot starts itself waits for morning, unless urgent."""

from datetime import datetime, time, tzinfo

QUIET_FROM = time(21)
QUIET_UNTIL = time(8)


def quiet(now: datetime, zone: tzinfo) -> bool:
    """Whether people are left in peace at this moment."""
    local = now.astimezone(zone).time()
    return local >= QUIET_FROM or local < QUIET_UNTIL
