"""A school year of meetings: real planners, real outbox, real sender, a local Telegram, bad luck.

The bot's own planners and sender run over `SandboxSession` on a clock that jumps. Telegram is out
of reach, answers 5xx or 429 or not at all; the process dies while planning, just before a call and
just after it, and begins anew on the same file. `Year.reckon` then compares what the chats show
with what should have come (tests/kit/year_reckoning.py).

    async with Year(folder, Scale(people=100, events=12, outages=60, kills=60)) as year:
        await year.pass_by()
        account = await year.reckon()
    assert account.wrong == []
"""

import asyncio
import random
from bisect import bisect_right
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal, Self

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.enums import ParseMode
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType

import bot.events.composers
from bot.delivery.composers import URGENT, composers, manners
from bot.delivery.limiter import UNLIMITED, Limiter
from bot.delivery.outbox import Sender
from bot.delivery.quiet_hours import quiet
from sandbox.clock import Clock
from sandbox.limits import Limits
from sandbox.session import SandboxSession
from sandbox.telegram import Telegram
from scheduler import planning
from storage import outbox
from storage.database import Connection, Database
from storage.events import attending, events, own_times
from storage.people import people
from storage.questionnaires import publishing
from storage.scopes import Scope, ScopeKind
from surveys.loading import load_all
from surveys.reference import municipalities
from tests.kit.world import TOKEN
from tests.kit.year_reckoning import (
    BEGINS,
    FIRST_CHAT,
    OWN,
    REMINDING,
    ZONE,
    Account,
    Scale,
    all_expected,
    marked,
    reckon,
)

assert bot.events.composers  # enters its kinds

LASTS = timedelta(days=300)
COMING = 5
"""How many of the audience said that they come to a meeting."""

Death = Literal["before-call", "after-call", "planning", "sending"]
Trouble = Literal["unreachable", "no-answer", "5xx", "429", "down"]


class Killed(BaseException):
    """The process ends here."""


class Mortal(SandboxSession):
    """The way out, and where the process may die: before or after Telegram did what was asked.

    `struck` is set at the call after which a process that dies while sending has some turns left.
    """

    death: Death | None = None
    calls_left = 0
    struck: asyncio.Event

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,
    ) -> TelegramType:
        """As the local Telegram does it, unless this is the process's last call."""
        self.calls_left -= 1
        last = self.calls_left <= 0
        if last and self.death == "before-call":
            raise Killed
        result = await super().make_request(bot, method, timeout)
        if last and self.death == "after-call":
            raise Killed
        if last:
            self.struck.set()
        return result


class Year:
    """One store, one local Telegram, one process after another."""

    def __init__(self, folder: Path, scale: Scale) -> None:
        self.scale = scale
        self.dice = random.Random(scale.seed)  # reproducible, nothing secret
        self.now = BEGINS
        self.latest = BEGINS
        self.file = folder / "bot.sqlite3"
        self.telegram = Telegram(TOKEN, Clock(BEGINS), limits=Limits(rate=False))
        self.session = Mortal(self.telegram)
        self.bot = Bot(
            TOKEN,
            session=self.session,
            default=DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview_is_disabled=True),
        )
        self.meetings: dict[int, int] = {}
        """Meeting → the place of its town."""
        self.coming: dict[int, set[int]] = {}
        self.account = Account()
        self.doubtful: set[str] = set()
        """Keys of what may have arrived although nobody knows: these alone may come twice."""
        self.moments: list[datetime] = []
        self.planned: list[datetime] = []
        self.sent: list[datetime] = []
        """Moments at which planning, and sending, went through undisturbed."""
        self.db: Database

    async def __aenter__(self) -> Self:
        """Furnish the store; everybody has started the bot."""
        self.db = await Database.open(self.file)
        for questionnaire in load_all().values():
            await self.db.write(publishing.publish, questionnaire, now=BEGINS)
        await self.db.write(self._furnish)
        for number in range(self.scale.people):
            self.telegram.add_person("Саша", person_id=FIRST_CHAT + number, listed=False)
            self.telegram.chats[FIRST_CHAT + number].started = True
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the store."""
        await self.db.close()

    def _furnish(self, conn: Connection) -> None:
        towns = municipalities()[: self.scale.towns]
        for number in range(self.scale.people):
            person = people.arrive(conn, FIRST_CHAT + number, payload=None, now=BEGINS).id
            assert person == number + 1
            conn.execute(
                "UPDATE people SET municipality = ?, registered_at = ? WHERE id = ?",
                (towns[number % len(towns)], "2026-09-01T06:00:00Z", person),
            )
            if number % 10 == number // 10 % 10:
                for name in OWN:
                    usual = OWN if own_times.of(conn, person) else ()
                    own_times.choose(conn, person, name, on=True, usual=usual, now=BEGINS)
        for number in range(self.scale.events):
            place = number % len(towns)
            scope = Scope(ScopeKind.MUNICIPALITY, towns[place])
            meeting = events.create(
                conn, scope, f"Встреча {number}", created_by=1, request_key=str(number), now=BEGINS
            )
            start = BEGINS + timedelta(
                days=self.dice.randint(9, 280), hours=self.dice.randint(-4, 12)
            )
            events.name_time(conn, meeting, start, start + timedelta(hours=2), now=BEGINS)
            conn.execute("DELETE FROM event_organisers")  # nobody is left out for knowing it
            conn.execute("UPDATE events SET created_by = NULL")
            town = range(place + 1, self.scale.people + 1, len(towns))
            self.coming[meeting] = set(self.dice.sample(town, min(COMING, len(town))))
            for person in self.coming[meeting]:
                attending.say(conn, meeting, person, attending.Choice.COMING, now=BEGINS)
            self.meetings[meeting] = place

    # -- time goes by

    async def pass_by(self) -> None:
        """The whole year, beat by beat."""
        expected = await self.db.read(lambda conn: dict(all_expected(conn, self)))
        self.moments = sorted({reminder.due_at for reminder in expected.values()})
        while self.now < BEGINS + LASTS:
            waiting = bool(await self.db.read(outbox.due, self.now, limit=1))
            before = bisect_right(self.moments, self.now)
            self._step(waiting=waiting)
            self.account.beats += 1
            await self._beat(busy=waiting or bisect_right(self.moments, self.now) > before)
        self.now += timedelta(days=2)
        self.latest = self.now
        await self._beat(busy=False, calm=True)

    def _step(self, *, waiting: bool) -> None:
        dice = self.dice
        if waiting:
            self.now += timedelta(minutes=dice.choice((1, 3, 10, 20)))
        elif dice.random() < 0.01:
            self.now += timedelta(days=dice.randint(1, 8))
        elif dice.random() < 0.02:
            self.now -= timedelta(minutes=dice.randint(1, 50))  # somebody set the clock right
        else:
            # A few looks between two moments at which something is due, and some just after one.
            step = timedelta(minutes=dice.choice((15, 30, 60, 90)))
            place = bisect_right(self.moments, self.now)
            following = self.moments[place] if place < len(self.moments) else BEGINS + LASTS
            self.now += max(step, (following - self.now) * dice.choice((0.3, 0.6, 1.0)))

    async def _beat(self, *, busy: bool, calm: bool = False) -> None:
        trouble = None if calm else self._trouble(busy=busy)
        if trouble == "down":
            return
        death = None if calm or trouble else self._death(busy=busy)
        behind = self.now < self.latest
        self.latest = max(self.latest, self.now)
        try:
            await self._live(trouble, death)
        except (Killed, BaseExceptionGroup) as end:
            if isinstance(end, BaseExceptionGroup) and end.split(Killed)[1] is not None:
                raise
            self.account.kills[str(death)] += 1
            await self._born_again()
            return
        finally:
            self.session.death = None
            self.telegram.faults.clear()
        if trouble:
            self.doubtful |= await self.db.read(_where, f"reason = '{outbox.REPEATED}'")
        if not (trouble or death or behind):
            self.planned.append(self.now)
            if not quiet(self.now, ZONE):
                self.sent.append(self.now)

    def _trouble(self, *, busy: bool) -> Trouble | None:
        if self.account.outages.total() >= self.scale.outages:
            return None
        if self.dice.random() >= (0.3 if busy else 0.1):
            return None
        kinds: tuple[Trouble, ...] = ("unreachable", "no-answer", "5xx", "429", "down")
        kind = self.dice.choice(kinds) if busy else "down"
        if not busy and self.account.outages["down"] * 5 >= self.scale.outages:
            return None
        self.account.outages[kind] += 1
        return kind

    def _death(self, *, busy: bool) -> Death | None:
        if self.account.kills.total() >= self.scale.kills:
            return None
        if self.dice.random() >= (0.9 if busy else 0.2):
            return None
        if not busy and self.account.kills["planning"] * 5 >= self.scale.kills:
            return None
        kinds: tuple[Death, ...] = ("before-call", "after-call", "sending")
        return self.dice.choice(kinds) if busy else "planning"

    async def _live(self, trouble: Trouble | None, death: Death | None) -> None:
        """Plan and send once, as a process does between its birth and its end."""
        faults = self.telegram.faults
        if trouble == "unreachable":
            faults.add("drop_before")
        elif trouble == "no-answer":
            faults.add("drop_after", times=self.dice.randint(1, 4))
        elif trouble == "5xx":
            faults.add("server_error", probability=0.5)
        elif trouble == "429":
            faults.add("too_many", times=self.dice.randint(1, 3), retry_after=7)
        self.session.death = death
        self.session.calls_left = self.dice.randint(1, 4)
        self.session.struck = asyncio.Event()
        sender = Sender(
            self.db,
            self.bot,
            Limiter(UNLIMITED),
            lambda: self.now,
            zone=ZONE,
            composers=composers | {kind: marked(kind) for kind in REMINDING},
            urgent=URGENT,
            manners=manners,
        )
        await self._perhaps_dying(planning.plan(self.db, self.now.astimezone(ZONE)), "planning")
        await self._perhaps_dying(sender.run(), "sending")

    async def _perhaps_dying(self, work: Any, at: Death) -> None:
        """Do it, or be cut off in the middle, wherever that is."""
        if self.session.death != at:
            await work
            return
        task = asyncio.ensure_future(work)
        if at == "planning":
            await asyncio.sleep(self.dice.random() * 0.01)
        else:
            struck = asyncio.ensure_future(self.session.struck.wait())
            await asyncio.wait((task, struck), return_when=asyncio.FIRST_COMPLETED)
            struck.cancel()
            if not self.session.struck.is_set():
                return  # there was less to send than it had to live for
            for _ in range(self.dice.randint(0, 12)):
                await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        raise Killed

    async def _born_again(self) -> None:
        await self.db.close()
        self.db = await Database.open(self.file)
        self.doubtful |= await self.db.read(_where, "state = 'sending'")
        await self.db.write(outbox.recover)

    async def reckon(self) -> Account:
        """Compare the chats with what should have come."""
        return await self.db.read(reckon, self)


def _where(conn: Connection, condition: str) -> set[str]:
    rows = conn.execute(f"SELECT key FROM outbox WHERE {condition}")
    return {row["key"] for row in rows}
