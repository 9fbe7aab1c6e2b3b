"""A process that has imported the bot once and forks a bot whenever it is asked to.

Importing aiogram costs seconds of CPU, and a hundred lives need a hundred processes. A fork of one
that has everything loaded, and neither threads nor a loop yet, is a bot process like any other:
own pid, own loop, own files, killed by SIGKILL alone.

Protocol, JSON lines. In: {"settings": {…}, "log": "a file", "failpoint": "name:3" | "", "paced":
false} begins a bot whose stderr is added to the log (`paced`: as slow as Telegram wants it), out:
its pid. In: {"wait": pid}, out: its wait status. The end of stdin ends it and every bot.
"""

import json
import os
import signal
import sys
import traceback
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import uvloop
from aiogram.types import Update

from bot.app import App
from bot.commands.common import OK
from bot.commands.running import started, stop_signal
from bot.delivery.composers import URGENT, composers
from bot.delivery.limiter import UNLIMITED
from bot.operations import logs
from bot.screens import Screen
from bot.settings import Settings
from storage import failpoints
from storage.database import Database
from storage.people.people import Person


async def drill(
    _db: Database, _person: Person, payload: Mapping[str, Any], _now: datetime
) -> Screen:
    """Words a row of the outbox that says itself what it says."""
    return Screen(str(payload["text"]))


async def live(settings: Settings, *, paced: bool) -> None:
    stop = stop_signal()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    words = {**composers, "drill": drill}
    app = (
        App(settings, composers=words)
        if paced
        # Without the speed limits: twenty people who answer at once are what most are about.
        else App(settings, limits=UNLIMITED, pace=None, composers=words)
    )
    async with started(app):
        await stop.wait()


URGENT.add("drill")  # the drill may come at night


def bear(order: dict[str, object]) -> int:
    """Become a bot; returns its exit status."""
    values = order["settings"]
    assert isinstance(values, dict)
    os.environ["FAILPOINT"] = str(order["failpoint"])
    failpoints._name, failpoints._left = failpoints._armed()
    settings = Settings(_env_file=None, **values)
    logs.configure("json", "INFO")
    uvloop.run(live(settings, paced=bool(order["paced"])))
    return OK


def answer(text: object) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    # aiogram builds its models at first use; once here is not in every life.
    Update.model_validate({"update_id": 1})
    # A SIGTERM to a bot that is only being born waits until the bot listens for it.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    answer("ready")
    alive: set[int] = set()
    # Whatever a bot begins as a process of its own would import this module, and the whole bot.
    main_module = sys.modules["__main__"]
    main_module.__spec__, main_module.__file__ = None, None
    for line in sys.stdin:
        order = json.loads(line)
        if "wait" in order:
            answer(os.waitpid(order["wait"], 0)[1])
            alive.discard(order["wait"])
            continue
        pid = os.fork()
        if pid:
            alive.add(pid)
            answer(pid)
            continue
        status = 70
        try:
            os.close(0)
            # Whoever reads the nursery's answers must see their end when the nursery ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(os.open(order["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), 2)
            status = bear(order)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    for pid in alive:  # a test that failed leaves its bot behind
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
