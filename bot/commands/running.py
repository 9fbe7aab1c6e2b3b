"""Start the bot or say in one sentence why not; shared by `run` and `sandbox`."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app import App, WrongTokenError
from bot.commands.common import GivenUpError, keys_refusal, store_refusal
from bot.operations.doors import PortTakenError
from bot.texts import forms, startup
from storage.backups.keys import KeysRefusedError
from storage.errors import StoreRefusedError
from storage.questionnaires.publishing import CannotPublishError
from surveys.loading import FaultyQuestionnaires


@asynccontextmanager
async def started(app: App) -> AsyncIterator[App]:
    """The bot at work; stopped gracefully at the end.

    Raises:
        GivenUpError: it cannot start.
    """
    try:
        await app.__aenter__()
    except KeysRefusedError as refusal:
        raise keys_refusal(app.settings) from refusal
    except StoreRefusedError as refusal:
        raise store_refusal(refusal, app.settings) from refusal
    except WrongTokenError as refusal:
        raise GivenUpError(startup.UNKNOWN_BOT) from refusal
    except PortTakenError as refusal:
        raise GivenUpError(startup.port_taken(refusal.name, refusal.port)) from refusal
    except FaultyQuestionnaires as refusal:
        found = [forms.fault(fault) for fault in refusal.faults]
        raise GivenUpError(startup.questionnaires_refused(found)) from refusal
    except CannotPublishError as refusal:
        raise GivenUpError(startup.not_published(refusal.form, refusal.items)) from refusal
    try:
        yield app
    finally:
        await app.__aexit__()


def stop_signal() -> asyncio.Event:
    """Set when somebody wants this process to end: SIGTERM, or Ctrl+C."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    return stop
