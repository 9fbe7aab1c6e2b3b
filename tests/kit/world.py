"""The whole bot in one process, over a local Telegram, with a clock that a test moves by hand.

Nothing of the bot is replaced: real receiving, inbox, conveyor, dispatcher, SQLite (in the test's
temporary folder). Only the speed limits and the throttle are off (they have tests of their own),
and the scheduler does not tick by itself: `settle` does, so that a test decides when time passes.

    async def test_a_teacher_is_greeted(world: World) -> None:
        anna = await world.person("Анна", "Смирнова")
        await anna.says("/start")                  # or anna.says("/start invite_abc")
        anna.sees("Здравствуйте")                  # in the newest message of the bot
        await anna.taps("Согласна")                # a button by its visible text, newest first
        assert anna.screen.buttons == [["Да", "Нет"]]
        await anna.sends_file("план.docx", content)
        world.clock.advance(timedelta(days=7))     # nothing happens yet …
        await world.settle()                       # … reminders that are due come now
        await world.restart()                      # the process ends and begins anew
        assert await world.db.read(people.find, anna.id)

A tap or a message returns when the bot has nothing left to do: the inbox is handled and nothing
in the outbox is due. `world.telegram` is the local Telegram itself (faults, limits, history).
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiogram import Router

import handlers
from bot.app import App
from bot.delivery.composers import Composer, composers
from bot.delivery.limiter import UNLIMITED
from bot.delivery.typesetting import UNBROKEN
from bot.settings import Settings
from bot.updates.receiving import PollRefusedError
from sandbox.clock import Clock
from sandbox.errors import ApiError, DroppedConnectionError
from sandbox.limits import Limits
from sandbox.model import Message
from sandbox.session import SandboxSession
from sandbox.telegram import Telegram
from storage.database import Database

TOKEN = "424242:AAtest-token-of-an-invented-bot-0000"
ADMIN = 7001
"""The id of the person that `world.admin()` makes."""

MONDAY_MORNING = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
"""10:00 in Moscow: outside quiet hours."""

PATIENCE = 120.0
"""Seconds of real time after which a bot that does not come to rest fails the test."""


class PlainSpaces(SandboxSession):
    """The way to the local Telegram, where unbreakable spaces become plain ones.

    So tests say what people read. Texts are set all the same, and must survive Telegram's rules;
    `raw` keeps the last one as the bot sent it.
    """

    def __init__(self, telegram: Telegram) -> None:
        super().__init__(telegram)
        self.raw = ""

    def prepare_value(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        """A parameter as it goes over the wire."""
        said = super().prepare_value(value, *args, **kwargs)
        if not isinstance(said, str):
            return said
        self.raw = said if UNBROKEN in said else self.raw
        return said.replace(UNBROKEN, " ")


class InProcessUpdates:
    """`bot.updates.receiving.UpdateSource` without HTTP."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram

    async def get_updates(
        self, offset: int, hold: int, allowed_updates: Sequence[str], limit: int = 100
    ) -> list[Any]:
        params = {
            "offset": offset,
            "timeout": hold,
            "limit": limit,
            "allowed_updates": list(allowed_updates),
        }
        try:
            updates: list[Any] = await self._telegram.call("getUpdates", params)
        except ApiError as refusal:
            raise PollRefusedError(refusal.code, refusal.description) from refusal
        except DroppedConnectionError as fault:
            raise PollRefusedError(0, "dropped") from fault
        return updates


@dataclass(frozen=True)
class Shown:
    """A message of the bot as the person sees it."""

    message_id: int
    text: str
    buttons: list[list[str]]

    @property
    def labels(self) -> list[str]:
        """Every button, row by row."""
        return [label for row in self.buttons for label in row]

    def __str__(self) -> str:
        keys = "\n".join(" ".join(f"[{label}]" for label in row) for row in self.buttons)
        return f"{self.text}\n{keys}".strip()


@dataclass(frozen=True)
class Document:
    """A file the bot sent."""

    name: str
    content: bytes
    caption: str


class Person:
    """Somebody with a phone; see the module's example."""

    def __init__(self, world: "World", person_id: int) -> None:
        self.world = world
        self.id = person_id
        self.toast = ""
        """What the last tap was answered with: a short notice or an alert, '' for nothing."""
        self.alerted = False
        """Whether that was an alert the person must close."""

    async def says(self, text: str) -> None:
        """Write a text or a command, and wait for the bot."""
        self.world.telegram.send_text(self.id, text)
        await self.world.settle()

    async def sends_file(self, name: str, content: bytes, caption: str = "") -> None:
        """Send a document, and wait for the bot."""
        self.world.telegram.send_file(self.id, name, content, caption=caption)
        await self.world.settle()

    async def sends_photo(self, content: bytes, caption: str = "") -> None:
        """Send a picture, and wait for the bot."""
        self.world.telegram.send_photo(self.id, content, caption=caption)
        await self.world.settle()

    async def taps(self, label: str, *, message_id: int | None = None) -> None:
        """Tap a button by its text (whole, else the only one that contains it), newest first."""
        shown, row, column = self._find(label, message_id)
        await self._press(shown.message_id, row=row, column=column)

    async def taps_data(self, data: str, *, message_id: int | None = None) -> None:
        """Tap a stale or forged button by its data, perhaps under a message that is gone."""
        await self._press(message_id or self.screen.message_id, data=data)

    def data_of(self, label: str) -> str:
        """The callback data of a visible button, to tap it later when it is gone."""
        shown, row, column = self._find(label, None)
        message = self.world.telegram.chats[self.id].messages[shown.message_id]
        return str(message.buttons()[row][column]["callback_data"])

    def blocks(self) -> None:
        """Stop the bot."""
        self.world.telegram.block(self.id)

    def unblocks(self) -> None:
        """Let the bot write again."""
        self.world.telegram.unblock(self.id)

    @property
    def messages(self) -> list[Shown]:
        """Everything of the bot that the chat shows now, oldest first."""
        return [_shown(message) for message in self._outgoing()]

    @property
    def screen(self) -> Shown:
        """The newest message of the bot."""
        found = self.messages
        assert found, "the bot has not written yet"
        return found[-1]

    @property
    def documents(self) -> list[Document]:
        """The files the bot sent, oldest first."""
        return [
            Document(
                name=message.content["document"]["file_name"],
                content=self.world.file(message.content["document"]["file_id"]),
                caption=message.text,
            )
            for message in self._outgoing()
            if "document" in message.content
        ]

    def sees(self, *parts: str) -> None:
        """Fail unless the newest message has all of these in its text or on its buttons."""
        missing = [part for part in parts if part not in str(self.screen)]
        assert not missing, f"not shown: {missing}; shown is:\n{self.screen}"

    def sees_not(self, *parts: str) -> None:
        """Fail if the newest message has any of these."""
        found = [part for part in parts if part in str(self.screen)]
        assert not found, f"shown: {found} in:\n{self.screen}"

    def has_seen(self, part: str) -> bool:
        """Whether any message of the bot in the chat has this."""
        return any(part in str(message) for message in self.messages)

    def _outgoing(self) -> list[Message]:
        return [message for message in self.world.telegram.history(self.id) if message.outgoing]

    def _find(self, label: str, message_id: int | None) -> tuple[Shown, int, int]:
        candidates = [
            shown for shown in reversed(self.messages) if message_id in {None, shown.message_id}
        ]
        for fits in (label.__eq__, lambda text: label in text):
            for shown in candidates:
                found = [
                    (row, column)
                    for row, labels in enumerate(shown.buttons)
                    for column, text in enumerate(labels)
                    if fits(text) is True
                ]
                if len(found) == 1:
                    return shown, *found[0]
                assert not found, f"several buttons say «{label}»: {shown.labels}"
        visible = [shown.labels for shown in candidates if shown.labels]
        raise AssertionError(f"no button «{label}»; visible, newest first: {visible}")

    async def _press(self, message_id: int, **how: Any) -> None:
        query = self.world.telegram.press(self.id, message_id, **how)
        await self.world.settle()
        answer = self.world.telegram.queries[query].answer
        self.toast = answer.text if answer else ""
        self.alerted = bool(answer and answer.show_alert)


class World:
    """One local Telegram with one running bot."""

    def __init__(
        self,
        folder: Path,
        routers: Callable[[], Iterable[Router]],
        composers: Mapping[str, Composer],
    ) -> None:
        self.clock = Clock(MONDAY_MORNING)
        self.telegram = Telegram(TOKEN, self.clock, limits=Limits(rate=False))
        self.folder = folder
        self._routers = routers
        self._composers = composers
        self.changes: dict[str, Any] = {}
        """Settings that differ from the defaults, from the next start on."""
        self.app: App

    @property
    def db(self) -> Database:
        """The bot's store."""
        return self.app.db

    async def start(self) -> None:
        """Start the bot."""
        values: dict[str, Any] = {
            "bot_token": TOKEN,
            "data_dir": self.folder,
            "admin_ids": frozenset({ADMIN}),
        } | self.changes
        settings = Settings(_env_file=None, **values)
        self.app = App(
            settings,
            clock=self.clock,
            session=PlainSpaces(self.telegram),
            source=InProcessUpdates(self.telegram),
            limits=UNLIMITED,
            pace=None,
            ticking=False,
            routers=self._routers,
            composers=self._composers,
        )
        await self.app.__aenter__()
        # A test waits for the mark after each tap: here it gains nothing by waiting for company.
        self.app.conveyor.gathering = 0

    async def stop(self) -> None:
        """Stop the bot as SIGTERM does."""
        await self.app.__aexit__()

    async def restart(self) -> None:
        """Stop and start anew, on the same data."""
        await self.stop()
        await self.start()

    async def person(
        self, first_name: str, last_name: str | None = None, *, person_id: int | None = None
    ) -> Person:
        """Somebody new, who has not written yet."""
        user = self.telegram.add_person(first_name, last_name, person_id=person_id)
        return Person(self, user.id)

    async def admin(self, first_name: str = "Ирина", last_name: str = "Главная") -> Person:
        """The person whose id is in ADMIN_IDS."""
        return await self.person(first_name, last_name, person_id=ADMIN)

    async def settle(self) -> None:
        """Return when the inbox is handled and nothing in the outbox is due."""
        until = time.monotonic() + PATIENCE
        while True:
            while len(self.telegram.updates) or not self.app.conveyor.idle:
                assert time.monotonic() < until, (
                    f"no rest after {PATIENCE} s: {len(self.telegram.updates)} updates waiting, "
                    f"{self.app.conveyor.backlog} at work"
                )
                await asyncio.sleep(0.001)
            if not await self.app.beats.once():
                return

    def file(self, file_id: str) -> bytes:
        """The bytes of a file in the local Telegram."""
        stored = self.telegram.files.find(file_id)
        assert stored is not None
        return stored.content


def _shown(message: Message) -> Shown:
    return Shown(
        message.message_id,
        message.text,
        [[str(button["text"]) for button in row] for row in message.buttons()],
    )


@asynccontextmanager
async def running_world(
    folder: Path,
    routers: Callable[[], Iterable[Router]] = handlers.routers,
    composers: Mapping[str, Composer] = composers,
) -> AsyncIterator[World]:
    """A started world; own `routers` and `composers` for tests of the machinery alone."""
    world = World(folder, routers, composers)
    await world.start()
    try:
        yield world
    finally:
        await world.stop()
