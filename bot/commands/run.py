"""`python -m bot run`: the bot itself, until SIGTERM or Ctrl+C."""

import uvloop

from bot.app import App
from bot.commands.common import OK, GivenUpError, give_up, say, settings_or_give_up
from bot.commands.running import started, stop_signal
from bot.operations import logs
from bot.settings import Settings, SettingsRefusedError
from bot.texts import commands as words
from bot.texts import startup


def run(argv: list[str]) -> int:
    """Run until told to stop."""
    del argv
    try:
        settings = settings_or_give_up()
        logs.configure(settings.log_format, settings.log_level)
        uvloop.run(live(settings))
    except GivenUpError as refusal:
        return give_up(refusal)
    return OK


async def live(settings: Settings) -> None:
    """The whole life of the bot.

    Raises:
        GivenUpError: it cannot start.
    """
    stop = stop_signal()
    try:
        app = App(settings)
    except SettingsRefusedError as refusal:
        raise GivenUpError(startup.settings_refused(refusal.names)) from refusal
    async with started(app):
        say(words.started(app.username))
        await stop.wait()
