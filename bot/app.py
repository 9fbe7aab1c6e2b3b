"""The bot put together: the only place, with bot/__main__.py, that knows every room.

`async with App(settings) as app: await app.run()` is the whole life of the bot. A test gives its
own session, source of updates and clock, and leaves the ticking to itself; all else is the same.
"""

import asyncio
import gc
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from typing import IO, Self

from aiogram import Bot, Dispatcher, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.base import BaseSession
from aiogram.enums import ParseMode
from aiogram.exceptions import (
    RestartingTelegram,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.fsm.storage.memory import DisabledEventIsolation
from aiogram.types import Update
from pydantic import ValidationError

import handlers
from bot import middleware
from bot.clock import Clock, utc_now
from bot.composers import URGENT, Composer, composers
from bot.conveyor import Conveyor, Pace, Verdict
from bot.fsm import DialogStorage
from bot.limiter import Limiter, Limits
from bot.outbox import Sender
from bot.outgoing import Outgoing
from bot.receiving import Intake, Poller, UpdateSource
from bot.settings import Settings
from bot.telegram_session import TelegramSession
from bot.texts import trouble
from scheduler import housekeeping, planning
from scheduler.ticking import Ticking
from storage import backup, campaigns, inbox, outbox
from storage.database import Database
from storage.failpoints import failpoint
from storage.locking import claim
from surveys.loading import load_all

log = logging.getLogger(__name__)

STOP_SECONDS = 5.0
"""From the signal to the end; what is not finished by then is in the inbox for the next run."""


class WrongTokenError(Exception):
    """Telegram does not know the token."""


class PortTakenError(Exception):
    """A port of the settings cannot be listened on."""

    def __init__(self, name: str, port: int) -> None:
        super().__init__(f"{name} {port}")
        self.name = name
        self.port = port


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
        self.ticking = Ticking(self.tick)
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._lock: IO[str] | None = None
        self.db: Database
        self.dispatcher: Dispatcher

    async def __aenter__(self) -> Self:
        """Start everything; when this returns the bot receives and answers.

        Raises:
            FaultyQuestionnaires: a questionnaire file is broken.
            StoreRefusedError: the data folder cannot be used.
            WrongTokenError: Telegram does not know the token.
        """
        questionnaires = load_all()
        self._lock = claim(self.settings.data_dir)
        try:
            self.db = await Database.open(self.settings.database_path)
        except BaseException:
            self._lock.close()
            raise
        self._assemble()
        try:
            for questionnaire in questionnaires.values():
                await self.db.write(campaigns.publish, questionnaire, now=self.clock())
            await self._introduce()
            await self._begin()
        except BaseException:
            await self.__aexit__()
            raise
        return self

    def _assemble(self) -> None:
        self.conveyor = Conveyor(
            self.db, self._handle, judge=judge, apologise=self._apologise, pace=self._pace
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
        )

    async def _begin(self) -> None:
        self.dispatcher = dispatcher(self)
        await self.db.write(outbox.recover)
        await self.conveyor.replay()
        self._tasks.append(asyncio.create_task(self.poller.run(), name="poller"))
        if self._ticking:
            self.ticking.start()
        # What is loaded now stays: full collections need not look at it again.
        gc.collect()
        gc.freeze()

    async def __aexit__(self, *_: object) -> None:
        """Stop receiving, finish what is at work, close the store; at most `STOP_SECONDS`."""
        until = time.monotonic() + STOP_SECONDS
        self.sender.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        failpoint("shutdown-receiving-stopped")
        await self.conveyor.stop(max(0.5, until - time.monotonic() - 1))
        await self.ticking.stop(max(0.2, until - time.monotonic() - 1))
        failpoint("shutdown-handlers-finished")
        await self.db.close()
        failpoint("shutdown-writer-closed")
        await self.session.close()
        if self._lock is not None:
            self._lock.close()

    async def run(self) -> None:
        """Return when `stop` was called."""
        await self._stop.wait()

    @property
    def username(self) -> str:
        """The bot's own; '' while Telegram was not reached yet."""
        return self._username

    def stop(self) -> None:
        """Let `run` return; safe to call from a signal handler of the loop."""
        self._stop.set()

    async def tick(self) -> int:
        """One beat of the scheduler: plan what is due, send what is due; returns how many."""
        now = self.clock()
        folder = self.settings.data_dir
        planned = await planning.plan(self.db, now)
        sent = await self.sender.run()
        await backup.serve_requests(self.db, folder)
        await housekeeping.by_night(
            self.db, now, zone=self.settings.zone, folder=folder, kept=self.settings.backups_kept
        )
        return planned + sent

    async def _introduce(self) -> None:
        """Ask Telegram who we are. Without a network the bot starts all the same and waits."""
        try:
            self._username = (await self.bot.me()).username or ""
            await self.bot.delete_webhook(drop_pending_updates=False)
        except (TelegramUnauthorizedError, TelegramNotFound) as error:
            raise WrongTokenError from error
        except (TelegramNetworkError, TelegramServerError) as error:
            log.warning("Telegram is not reachable yet (%s)", type(error).__name__)

    async def _handle(self, row: inbox.Update) -> None:
        update = Update.model_validate_json(row.payload, context={"bot": self.bot})
        await self.dispatcher.feed_update(self.bot, update)

    async def _apologise(self, row: inbox.Update) -> None:
        """One kind sentence to whoever waits for an answer; a failure of this is only logged."""
        try:
            update = Update.model_validate_json(row.payload, context={"bot": self.bot})
            if update.callback_query is not None:
                await update.callback_query.answer(trouble.FAILED_SHORT, show_alert=True)
            elif update.message is not None:
                await update.message.answer(trouble.FAILED)
        except Exception as error:  # whatever it is, it must not stop the conveyor
            log.warning("update %d: no apology (%s)", row.update_id, type(error).__name__)


def dispatcher(app: App) -> Dispatcher:
    """Aiogram's dispatcher with everything our handlers may ask for by name.

    `clock`, `settings` and `bot` are given here; the rest bot/middleware.py adds and documents.
    """
    made = Dispatcher(
        storage=DialogStorage(app.db, app.clock),
        events_isolation=DisabledEventIsolation(),  # the conveyor keeps a chat's order
        clock=app.clock,
        settings=app.settings,
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


def judge(error: Exception) -> Verdict:
    """What a handler's exception means for its update (see bot/conveyor.py)."""
    if isinstance(error, ValidationError) and error.title == Update.__name__:
        return Verdict.MALFORMED
    if isinstance(error, TelegramForbiddenError):
        return Verdict.GONE
    if isinstance(error, TelegramNetworkError | TelegramServerError | RestartingTelegram):
        return Verdict.AGAIN
    return Verdict.FAULT
