"""`python -m bot sandbox`: the real bot, over HTTP, against a local Telegram with a chat page.

Both live in one process and share one clock, so that a person at the page can move time forward.
Every run begins anew: what the local Telegram forgets, the bot must not remember. The demonstration
never begins at night: the bot would keep its quiet hours, and a newcomer would think it broken.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import webbrowser
from datetime import datetime, time, timedelta
from pathlib import Path

import uvloop

from bot.app import App
from bot.clock import utc_now
from bot.commands.common import OK, GivenUpError, give_up, say, settings_or_give_up
from bot.commands.running import started, stop_signal
from bot.delivery.quiet_hours import quiet
from bot.demo.furnishing import furnish
from bot.operations import logs
from bot.settings import Settings
from bot.texts import commands as words
from bot.texts import startup
from sandbox import demo
from sandbox.clock import Clock
from sandbox.page_api import serve_page
from sandbox.telegram import Telegram
from storage.people.people import Role

TOKEN = "1000000:local-telegram-without-any-secret"  # noqa: S105 - of a bot that exists here only
DEFAULT_PORT = 8080
MORNING = time(10)
STAFF = {
    Role.COORDINATOR: demo.COORDINATOR.person_id,
    Role.ORGANISER: demo.ORGANISER.person_id,
    Role.TRAINEE: demo.TRAINEE.person_id,
    Role.ADMIN: demo.ADMIN.person_id,
}


def run(argv: list[str]) -> int:
    """Serve until Ctrl+C."""
    parser = argparse.ArgumentParser(
        prog="python -m bot sandbox", description=words.COMMANDS["sandbox"]
    )
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=words.PORT)
    parser.add_argument("--no-browser", action="store_true", help=words.NO_BROWSER)
    parser.add_argument("--demo", action="store_true", help=words.DEMO)
    parser.add_argument("--start", type=_moment, metavar=words.MOMENT, help=words.START)
    options = parser.parse_args(argv)
    try:
        with tempfile.TemporaryDirectory(prefix="dvizhenie-vverh-") as folder:
            settings = settings_or_give_up(
                {
                    "bot_token": TOKEN,
                    "data_dir": Path(folder),
                    "admin_ids": frozenset({demo.ADMIN.person_id}),
                    "proxy_url": None,
                    "webhook_url": None,
                }
            )
            logs.configure(settings.log_format, settings.log_level)
            uvloop.run(
                live(
                    settings,
                    start=options.start,
                    port=options.port,
                    with_people=options.demo,
                    browser=not options.no_browser,
                )
            )
    except GivenUpError as refusal:
        return give_up(refusal)
    return OK


async def live(
    settings: Settings, *, start: datetime | None, port: int, with_people: bool, browser: bool
) -> None:
    """The local Telegram and the bot, until told to stop.

    Args:
        settings: of the bot.
        start: what their common clock shows at first, in the network's zone if it names none;
            None for the computer's time, or the morning after it for a demonstration at night.
        port: of the page and of the Bot API; 0 for any free one.
        with_people: the demonstration, with people to choose from and a furnished store.
        browser: open the page.

    Raises:
        GivenUpError: it cannot start.
    """
    stop = stop_signal()
    if start is not None and start.tzinfo is None:
        start = start.replace(tzinfo=settings.zone)
    morning = morning_after(utc_now().astimezone(settings.zone)) if with_people else None
    at_night = start is None and morning is not None
    clock = Clock(start or morning)
    telegram = Telegram(TOKEN, clock, bot_name=demo.BOT_NAME)
    notes = demo.add_characters(telegram) if with_people else {}
    try:
        runner = await serve_page(telegram, port, notes)
    except OSError as error:
        raise GivenUpError(startup.port_taken("--port", port)) from error
    try:
        address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        app = App(settings.model_copy(update={"bot_api_url": address}), clock=clock)
        async with started(app):
            if with_people:
                await app.db.write(furnish, STAFF, demo.add_crowd(telegram), now=clock())
            say(words.sandbox_started(address, at_night=at_night))
            if browser and can_show_a_browser():
                await asyncio.to_thread(webbrowser.open, address)
            await stop.wait()
    finally:
        await runner.cleanup()


def morning_after(now: datetime) -> datetime | None:
    """Ten o'clock after the night of this local moment; None by day."""
    if now.tzinfo is None or not quiet(now, now.tzinfo):
        return None
    day = now.date() + timedelta(days=now.hour >= MORNING.hour)
    return datetime.combine(day, MORNING, now.tzinfo)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(words.NOT_A_MOMENT.format(text=text)) from None


def can_show_a_browser() -> bool:
    """Whether this machine has a screen: without one Python would open a browser of text here."""
    return sys.platform != "linux" or bool({"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ))
