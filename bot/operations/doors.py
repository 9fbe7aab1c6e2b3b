"""The ports the bot listens on: /healthz and /metrics on one, Telegram's webhook on another."""

from collections.abc import Iterable

from aiohttp import web

from bot.updates.webhook import LARGEST


class PortTakenError(Exception):
    """A port of the settings cannot be listened on.

    Attributes:
        name: the setting's variable.
        port: its value.
    """

    def __init__(self, name: str, port: int) -> None:
        super().__init__(f"{name} {port}")
        self.name = name
        self.port = port


class Doors:
    """Opens ports and closes them all."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._runners: list[web.AppRunner] = []

    async def open(self, name: str, port: int, routes: Iterable[web.RouteDef]) -> int:
        """Listen on a port (0 = any free one); returns which.

        Raises:
            PortTakenError: it cannot be listened on.
        """
        application = web.Application(client_max_size=LARGEST)
        application.add_routes(routes)
        # The log of accesses would hold addresses, and says nothing that /metrics does not.
        runner = web.AppRunner(
            application, access_log=None, handle_signals=False, shutdown_timeout=1
        )
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, port).start()
        except OSError as error:
            await runner.cleanup()
            raise PortTakenError(name, port) from error
        self._runners.append(runner)
        taken: int = runner.addresses[0][1]
        return taken

    async def close(self) -> None:
        """Close every port; calls under way are finished first."""
        for runner in self._runners:
            await runner.cleanup()
        self._runners.clear()
