"""The bot put together: the only place, with bot/__main__.py, that knows every room.

`async with App(settings):` is the bot at work. A test gives its own session, source of updates
and clock, and leaves the ticking to itself; all else is the same.
"""

import asyncio
import gc
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import IO, Self
from urllib.parse import urlsplit

from aiogram import Bot, Dispatcher, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.base import BaseSession
from aiogram.enums import ParseMode
from aiogram.exceptions import (
    TelegramNetworkError,
    TelegramNotFound,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.fsm.storage.memory import DisabledEventIsolation
from aiogram.types import Update

import handlers
from bot import command_menu
from bot.clock import Clock, utc_now
from bot.delivery.composers import URGENT, Composer, composers, manners
from bot.delivery.limiter import Limiter, Limits
from bot.delivery.outbox import Sender
from bot.delivery.outgoing import Outgoing
from bot.delivery.telegram_session import TelegramSession
from bot.delivery.typesetting import Typesetting
from bot.notices.progress import Progress
from bot.operations.doors import Doors
from bot.operations.health import Health, Heartbeat
from bot.operations.measures import readings, vitals
from bot.operations.status import Pulse, status
from bot.operations.watch import Watch
from bot.settings import Settings
from bot.updates import middleware
from bot.updates.conveyor import Conveyor, Pace
from bot.updates.fsm import DialogStorage
from bot.updates.handling import Handling, judge
from bot.updates.receiving import Intake, Poller, UpdateSource
from bot.updates.routing import PrefixDispatcher
from bot.updates.webhook import Webhook, announce
from scheduler.beats import Beats
from storage import outbox
from storage.backups import keys as backup_keys
from storage.database import Database
from storage.failpoints import failpoint
from storage.files import scratch
from storage.locking import claim
from storage.people import roster
from storage.questionnaires import publishing
from storage.screening import wordings as screening_wordings
from surveys.loading import load_all

log = logging.getLogger(__name__)

STOP_SECONDS = 5.0
"""From the signal to the end; what is not finished by then is in the inbox for the next run."""


class WrongTokenError(Exception):
    """Telegram does not know the token."""


class App:
    """One bot on one data folder.

    Args:
        settings: see bot/settings.py.
        clock: the time for everything people see and the database keeps.
        session: the way out; None = HTTP to the settings' server.
        source: the way in for polling; None = the same HTTP session.
        limits: how fast the bot may speak; None = the settings' rates.
        pace: how fast one chat is served; None = as fast as it goes.
        ticking: whether the scheduler runs by itself; a test ticks by hand.
        routers: the handlers; a test of the machinery brings its own.
        composers: who words what the outbox sends; the same.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock = utc_now,
        session: BaseSession | None = None,
        source: UpdateSource | None = None,
        limits: Limits | None = None,
        pace: Pace | None = Pace(),  # noqa: B008 - frozen
        ticking: bool = True,
        routers: Callable[[], Iterable[Router]] = handlers.routers,
        composers: Mapping[str, Composer] = composers,
    ) -> None:
        self.settings = settings
        self.clock = clock
        http = TelegramSession(
            settings.bot_api_url,
            settings.token,
            settings.proxy_url.get_secret_value() if settings.proxy_url else None,
        )
        self.session = session or http
        self.source: UpdateSource = source or http
        self.limiter = Limiter(limits or Limits(overall=settings.messages_per_second))
        self.outgoing = Outgoing(self.limiter)
        self.session.middleware(self.outgoing)
        self.session.middleware(Typesetting())
        self.bot = Bot(
            settings.token,
            session=self.session,
            default=DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview_is_disabled=True),
        )
        self._pace = pace
        self.routers = routers
        self.composers = composers
        self._username = ""
        self._ticking = ticking
        self.beats = Beats(self)
        self.doors = Doors(settings.listen_host)
        self.heartbeat = Heartbeat()
        self.pulse = Pulse()
        self.started = time.monotonic()
        self.webhook_port = 0
        self.health_port = 0
        self._tasks: list[asyncio.Task[None]] = []
        self._lock: IO[str] | None = None
        self.db: Database

    async def __aenter__(self) -> Self:
        """Start everything; when this returns the bot receives and answers.

        Raises:
            FaultyQuestionnaires: a questionnaire file is broken.
            StoreRefusedError: the data folder cannot be used.
            KeysRefusedError: the file of backup keys cannot be used.
            WrongTokenError: Telegram does not know the token.
            PortTakenError: a port of the settings cannot be listened on.
        """
        questionnaires = load_all()
        if self.settings.backup_key_file is not None:  # now, and not in the night, is it told
            backup_keys.renew(self.settings.backup_key_file, self.clock())
        self._lock = claim(self.settings.data_dir)
        swept = await asyncio.to_thread(scratch.sweep, self.settings.data_dir)
        if swept:
            log.info("%d folders of a run that was killed are removed", swept)
        try:
            self.db = await Database.open(self.settings.database_path)
        except BaseException:
            self._lock.close()
            raise
        self._assemble()
        try:
            for questionnaire in questionnaires.values():
                await self.db.write(publishing.publish, questionnaire, now=self.clock())
            await self.db.write(screening_wordings.publish_own, now=self.clock())
            await self._introduce()
            await self._begin()
        except BaseException:
            await self.__aexit__()
            raise
        return self

    def _assemble(self) -> None:
        handling = Handling(self.bot, dispatcher(self))
        self.conveyor = Conveyor(
            self.db,
            handling.handle,
            judge=judge,
            apologise=handling.apologise,
            pace=self._pace,
        )
        self.intake = Intake(self.db, self.conveyor, self.clock)
        self.poller = Poller(self.source, self.intake, self.conveyor)
        self.sender = Sender(
            self.db,
            self.bot,
            self.limiter,
            self.clock,
            zone=self.settings.zone,
            composers=self.composers,
            urgent=URGENT,
            manners=manners,
            budget=self.settings.weekly_budget,
        )
        self.watch = Watch(
            self.db,
            self.settings.data_dir,
            lambda: vitals(self).poll,
            self.settings.admin_ids,
        )
        logging.getLogger().addHandler(self.watch.faults)
        self.progress = Progress(self.db, self.bot, self.clock, zone=self.settings.zone)

    async def _begin(self) -> None:
        await self.db.write(outbox.recover)
        await self.conveyor.replay()
        if self.settings.health_port is not None:
            health = Health(partial(vitals, self), partial(readings, self))
            self.health_port = await self.doors.open(
                "HEALTH_PORT", self.settings.health_port, health.routes()
            )
        if self.settings.webhook_url is None:
            self._tasks.append(asyncio.create_task(self._poll(), name="poller"))
        else:
            await self._listen(self.settings.webhook_url)
        self._tasks.append(asyncio.create_task(self._publish_commands(), name="command menus"))
        if self._ticking:
            self.beats.start()
        # aiogram builds its models at first use: here, not while the first person waits.
        Update.model_validate({"update_id": 0})
        # What is loaded now stays: full collections need not look at it again, and young ones
        # come less often than Python's default of every 700 new objects (one update makes more).
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)

    async def __aexit__(self, *_: object) -> None:
        """Stop receiving, finish what is at work, close the store; at most `STOP_SECONDS`."""
        until = time.monotonic() + STOP_SECONDS
        logging.getLogger().removeHandler(self.watch.faults)
        self.sender.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.doors.close()
        failpoint("shutdown-receiving-stopped")
        await self.conveyor.stop(max(0.5, until - time.monotonic() - 1))
        await self.beats.stop(max(0.2, until - time.monotonic() - 1.2))
        failpoint("shutdown-handlers-finished")
        await self.db.close()
        failpoint("shutdown-writer-closed")
        await self.session.close()
        if self._lock is not None:
            self._lock.close()

    @property
    def username(self) -> str:
        """The bot's own; '' while Telegram was not reached yet."""
        return self._username

    async def _publish_commands(self) -> None:
        """Telegram's command menus, as this release has them; beside the work, not before it."""
        admins = self.settings.admin_ids
        staff = await self.db.read(roster.staff, admins)
        await command_menu.publish(self.bot, staff, admins)

    async def _introduce(self) -> None:
        """Ask Telegram who we are. Without a network the bot starts all the same and waits."""
        try:
            self._username = (await self.bot.me()).username or ""
            if self.settings.webhook_url is None:
                await self.bot.delete_webhook(drop_pending_updates=False)
        except (TelegramUnauthorizedError, TelegramNotFound) as error:
            raise WrongTokenError from error
        except (TelegramNetworkError, TelegramServerError) as error:
            log.warning("Telegram is not reachable yet (%s)", type(error).__name__)

    async def _poll(self) -> None:
        while True:
            try:
                await self.poller.run()
            except Exception:  # a bot that no longer polls looks well and is deaf
                log.exception("polling failed and is begun anew")
                await asyncio.sleep(1)

    async def _listen(self, url: str) -> None:
        """Open the door of the webhook, then tell Telegram of it."""
        secret = self.settings.webhook_secret
        assert secret is not None  # noqa: S101 - Settings refuse a webhook without one
        webhook = Webhook(self.intake, self.conveyor, secret.get_secret_value())
        self.webhook_port = await self.doors.open(
            "WEBHOOK_PORT", self.settings.webhook_port, webhook.routes(urlsplit(url).path)
        )
        self._tasks.append(asyncio.create_task(announce(self.bot, url, secret), name="webhook"))


def dispatcher(app: App) -> Dispatcher:
    """Aiogram's dispatcher with everything our handlers may ask for by name.

    `clock`, `settings`, `status` and `bot` are given here; the rest bot/updates/middleware.py adds
    and documents.
    """
    made = PrefixDispatcher(
        storage=DialogStorage(app.db, app.clock),
        events_isolation=DisabledEventIsolation(),  # the conveyor keeps a chat's order
        clock=app.clock,
        settings=app.settings,
        status=partial(status, app),
    )
    middleware.install(
        made,
        db=app.db,
        clock=app.clock,
        admin_ids=app.settings.admin_ids,
        zone=app.settings.zone,
    )
    for router in unattached(app.routers()):
        made.include_router(router)
    return made


def unattached(routers: Iterable[Router]) -> list[Router]:
    """Routers are module-level; a second App in one process (a test) takes them over."""
    found = list(routers)
    for router in found:
        router._parent_router = None  # noqa: SLF001 - aiogram has no way to detach a router
    return found
