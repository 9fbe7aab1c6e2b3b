"""`python -m sandbox --port P --token T`: the Bot API server; with `--page` also the chat page."""

import argparse
import asyncio
import logging
import signal

from sandbox.bot_api import serve
from sandbox.clock import Clock
from sandbox.demo import add_characters
from sandbox.limits import Limits
from sandbox.page_api import serve_page
from sandbox.telegram import Telegram

log = logging.getLogger("sandbox")


def main() -> None:
    """Reads the command line and serves until stopped."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default="1000000:sandbox")
    parser.add_argument("--no-rate", action="store_true", help="never answer 429")
    parser.add_argument("--page", action="store_true", help="the chat page, with demo people")
    options = parser.parse_args()
    if options.page and options.host != "127.0.0.1":
        parser.error("--page listens on the loopback only: leave --host out")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    try:
        telegram = Telegram(options.token, Clock(), limits=Limits(rate=not options.no_rate))
    except ValueError as fault:
        parser.error(f"--token: {fault}")
    asyncio.run(_serve(telegram, options.host, options.port, page=options.page))


async def _serve(telegram: Telegram, host: str, port: int, *, page: bool) -> None:
    if page:
        runner = await serve_page(telegram, port, add_characters(telegram))
    else:
        runner = await serve(telegram, host, port)
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    log.info("Bot API at http://%s:%d for @%s", *runner.addresses[0][:2], telegram.bot.username)
    await stopped.wait()
    await runner.cleanup()


if __name__ == "__main__":
    main()
