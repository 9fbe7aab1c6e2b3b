"""What commands share: settings or a refusal in a sentence, and the exit statuses."""

import sys
from collections.abc import Mapping
from typing import Any

from bot.clock import utc_now
from bot.settings import Settings, SettingsRefusedError, read_settings
from bot.texts import startup
from storage.backups.keys import Key, KeysRefusedError, renew
from storage.errors import StoreRefusedError

OK = 0
FAILED = 1
MISUSED = 2
REFUSED = 78
"""EX_CONFIG of sysexits.h: starting again would not mend it (deploy/ tells systemd so)."""


class GivenUpError(Exception):
    """A command cannot go on; `sentence` says why and what to do."""

    def __init__(self, sentence: str, status: int = REFUSED) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


def settings_or_give_up(overrides: Mapping[str, Any] | None = None) -> Settings:
    """The settings of this process.

    Raises:
        GivenUpError: with a sentence for each setting at fault.
    """
    try:
        return read_settings(overrides)
    except SettingsRefusedError as refusal:
        raise GivenUpError(startup.settings_refused(refusal.names)) from refusal


def store_refusal(refusal: StoreRefusedError, settings: Settings) -> GivenUpError:
    """The store's refusal as a sentence."""
    return GivenUpError(startup.store_refused(refusal.trouble, settings.data_dir))


def keys_refusal(settings: Settings) -> GivenUpError:
    """The key file's refusal as a sentence."""
    return GivenUpError(startup.KEYS_REFUSED.format(path=settings.backup_key_file))


def backup_key(settings: Settings) -> Key | None:
    """The newest key for copies, made if due; None where copies are plain.

    Raises:
        GivenUpError: the file is at fault.
    """
    if settings.backup_key_file is None:
        return None
    try:
        return renew(settings.backup_key_file, utc_now())
    except KeysRefusedError as refusal:
        raise keys_refusal(settings) from refusal


def say(text: str) -> None:
    """A line for the person at the terminal."""
    print(text, flush=True)  # noqa: T201 - this is the terminal's own door


def give_up(refusal: GivenUpError) -> int:
    """Say why, return the status."""
    print(refusal.sentence, file=sys.stderr, flush=True)  # noqa: T201 - the same
    return refusal.status
