"""What the bot does by itself: planning, sending, making and upkeep, each in a beat of its own.

Apart from each other, because 20 000 notices take a quarter of an hour, the digests of a region a
minute, a copy of the database seconds, and what is due meanwhile must still be planned. What is due
is decided by rows and the clock, in the other modules; here stands only what follows what.
"""

import asyncio
from typing import TYPE_CHECKING

from scheduler import digests, housekeeping, planning, screening
from scheduler.ticking import Ticking
from storage import facts
from storage.backups import backup
from storage.files import files

if TYPE_CHECKING:
    from bot.app import App

SENDING_SECONDS = 0.5
"""How soon after its moment a message is noticed; also how exactly a pause of 429 is kept."""


class Beats:
    """The work of a running bot that nobody asked for."""

    def __init__(self, app: "App") -> None:
        self._app = app
        self._digest_pauses = digests.Pauses()
        self.planning = Ticking(self.plan)
        self.sending = Ticking(self._send, SENDING_SECONDS)
        self.making = Ticking(self.make)
        self.upkeep = Ticking(self._keep_up)

    def start(self) -> None:
        """Begin all of them."""
        for each in (self.planning, self.sending, self.making, self.upkeep):
            each.start()

    async def stop(self, grace: float) -> None:
        """No more of them; what is under way has `grace` seconds."""
        beats = (self.sending, self.planning, self.making, self.upkeep)
        await asyncio.gather(*(each.stop(grace) for each in beats))

    async def once(self) -> int:
        """One of each, one after another; returns how much was planned and sent."""
        await self._keep_up()
        planned = await self.plan() + await self.make()
        sent = await self._app.sender.run()
        await self._app.progress.beat()
        return planned + sent

    async def plan(self) -> int:
        """Plan what is due; returns how many messages were planned."""
        app, settings = self._app, self._app.settings
        app.heartbeat.ask()
        await app.db.read(facts.get, housekeeping.LAST_NIGHT)
        app.heartbeat.answered()
        app.pulse.note(app.intake.received)
        now = app.clock()
        await screening.settle(app.db, now, folder=settings.data_dir)
        planned = await planning.plan(
            app.db, now.astimezone(settings.zone), admin_ids=settings.admin_ids
        )
        await app.progress.beat()
        await files.clear(app.db, settings.data_dir)
        return planned + await app.watch.beat(now)

    async def make(self) -> int:
        """Make the digests whose hour has come; returns how many messages were planned."""
        app, settings = self._app, self._app.settings
        return await digests.make_due(
            app.db,
            app.clock(),
            zone=settings.zone,
            folder=settings.data_dir,
            pauses=self._digest_pauses,
        )

    async def _send(self) -> None:
        await self._app.sender.run()

    async def _keep_up(self) -> None:
        """Copies that were asked for, and the night's work."""
        app, settings = self._app, self._app.settings
        await backup.serve_requests(app.db, settings.data_dir)
        await housekeeping.by_night(
            app.db,
            app.clock(),
            zone=settings.zone,
            folder=settings.data_dir,
            kept=settings.backups_kept,
            key_file=settings.backup_key_file,
        )
