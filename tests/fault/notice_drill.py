"""A notice to many while its bot is killed again and again: the crowd, the kills, the reckoning.

Shared by the test (thousands, as fast as it goes) and the soak (20 000 at Telegram's pace).
"""

import asyncio
import random
import signal
import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.delivery.outbox import AT_ONCE
from bot.notices.callbacks import Turn, TurnNotice
from bot.people import consent
from sandbox.telegram import Telegram
from storage.audiences import Audience
from storage.notices import confirming
from storage.notices.notices import Content
from storage.people import organisations, people
from storage.people.people import Field, Grant, Role
from storage.scopes import REGION
from storage.times import stored
from tests.fault.lives import Life, Nursery
from tests.kit.forms import register

AUTHOR = 9001
FIRST = 10_001
TEXT = "Семинар переносится"
PAUSING = "notice-pausing"
POINTS = (
    "outbox-claimed-before-send",
    "outbox-sent-before-mark",
    "transaction-before-commit",  # of the rows at the start, of a claim, of a mark
)


def fill(conn: sqlite3.Connection, crowd: Iterable[int]) -> None:
    """The author, the crowd, all registered, and one notice for all of them."""
    now = datetime.now(UTC)
    author = 0
    for telegram_id in (AUTHOR, *crowd):
        person = register(conn, telegram_id)
        people.consent(conn, person, consent.CURRENT, now=now, kind=people.PERSONAL_DATA)
        if telegram_id == AUTHOR:
            school = organisations.add(conn, "Крымский район", "МБОУ СОШ № 5", "сош 5")
            people.say(conn, person, {Field.ORGANISATION: school}, search="")
            author = person
            grant = Grant(Role.ORGANISER, REGION)
            conn.execute(
                "INSERT INTO grants (person_id, role, scope_kind, granted_at)"
                " VALUES (?, ?, 'region', ?)",
                (person, grant.role, stored(now)),
            )
    confirming.create(
        conn,
        Content(text=TEXT),
        Audience(),
        REGION,
        author=author,
        starts_at=now,
        request_key="drill",
        now=now,
        urgent=True,  # whatever the hour is
    )


def ask(folder: Path, query: str) -> list[tuple[int | str, ...]]:
    """Look at the store from outside, read-only and between writes: this is not the product."""
    with closing(sqlite3.connect(f"file:{folder / 'bot.sqlite3'}?mode=ro", uri=True)) as conn:
        return conn.execute(query).fetchall()


def count(folder: Path, condition: str) -> int:
    """Rows of the notice of which this holds."""
    [(found,)] = ask(folder, f"SELECT count(*) FROM outbox WHERE notice_id = 1 AND {condition}")
    return int(found)


async def until_state(folder: Path, *wanted: str, seconds: float = 120) -> None:
    """Return when the notice is in one of these states."""
    async with asyncio.timeout(seconds):
        while str(ask(folder, "SELECT state FROM notices WHERE id = 1")[0][0]) not in wanted:
            await asyncio.sleep(0.05)


@dataclass
class Drill:
    """One notice and its deaths.

    `seconds` is how long a life lasts that is killed at random, `sends` at which of its messages
    one dies that is killed at a point, `patience` how long a point is waited for.
    """

    folder: Path
    telegram: Telegram
    bots: Nursery
    chance: random.Random
    seconds: tuple[float, float]
    sends: tuple[int, int]
    patience: float = 60
    kills: Counter[str] = field(default_factory=Counter)
    in_doubt: set[int] = field(default_factory=set)
    most_in_doubt: int = 0

    def press(self, to: Turn) -> None:
        """The author presses a button of the notice."""
        shown = self.telegram.send_text(AUTHOR, "/menu")
        data = TurnNotice(notice=1, to=to).pack()
        self.telegram.press(AUTHOR, shown.message_id, data=data)

    async def kill(self, kind: str) -> None:
        """One life and its violent end, and what it left in doubt."""
        if kind in POINTS:
            life = await self.bots.born(f"{kind}:{self.chance.randint(*self.sends)}")
        elif kind == PAUSING:
            life = await self.bots.born(kind)
            await asyncio.sleep(self.chance.uniform(*self.seconds) / 2)
            self.press(Turn.PAUSE)
        else:
            life = await self.bots.born()
            await asyncio.sleep(self.chance.uniform(*self.seconds))
            life.signal(signal.SIGKILL)
        self.kills[kind] += await self._ended(life, kind)
        self._reckon()
        if kind == PAUSING:
            await self._resumed()

    async def _ended(self, life: Life, kind: str) -> bool:
        """Whether it died of `kind`; one that never came to its point is killed all the same."""
        ending = asyncio.ensure_future(life.end())
        try:
            async with asyncio.timeout(self.patience):
                status = await asyncio.shield(ending)
        except TimeoutError:
            life.signal(signal.SIGKILL)
            await ending
            return False
        assert status == -signal.SIGKILL, f"{kind}: ended by itself with {status}"
        return True

    async def _resumed(self) -> None:
        """The press is handled again by the next life: nothing is lost of a pause."""
        life = await self.bots.born()
        await until_state(self.folder, "paused", "done")
        held = count(self.folder, "state = 'sent'")
        await asyncio.sleep(0.3)
        assert count(self.folder, "state = 'sent'") <= held + AT_ONCE
        self.press(Turn.RESUME)
        await until_state(self.folder, "sending", "done")
        life.signal(signal.SIGKILL)
        await life.end()
        self.kills["after resuming"] += 1
        self._reckon()

    def _reckon(self) -> None:
        rows = ask(self.folder, "SELECT id FROM outbox WHERE notice_id = 1 AND state = 'sending'")
        # By number: a life that ends before it has begun leaves those of the life before it.
        self.most_in_doubt = max(self.most_in_doubt, len(rows))
        self.in_doubt.update(int(row[0]) for row in rows)


@dataclass(frozen=True)
class Reckoning:
    """The account of the notice against what the chats of the local Telegram show."""

    planned: int
    outcomes: Counter[tuple[str, str]]
    came: dict[int, int]
    wrong: list[str]

    @property
    def unknown(self) -> int:
        """How many rows say that nobody knows."""
        return self.outcomes["unknown", "interrupted"]


def reckon(
    folder: Path, telegram: Telegram, crowd: Iterable[int], refused: dict[int, str], in_doubt: int
) -> Reckoning:
    """Compare both for every person; `refused` are those whom Telegram does not deliver to."""
    everybody = (AUTHOR, *crowd)
    came = {
        person: sum(one.outgoing and one.text == TEXT for one in telegram.history(person))
        for person in everybody
    }
    rows = ask(
        folder,
        "SELECT p.telegram_id, o.state, coalesce(o.reason, '') FROM outbox o"
        " JOIN people p ON p.id = o.person_id WHERE o.notice_id = 1 AND o.kind = 'notice-urgent'",
    )
    account = {int(row[0]): (str(row[1]), str(row[2])) for row in rows}
    wrong = [f"{person} has no row" for person in everybody if person not in account]
    for person, found in account.items():
        expected = {
            ("sent", ""): came[person] == 1,
            # Killed between sending and marking: either is true, and that is what it says.
            ("unknown", "interrupted"): came[person] <= 1,
            ("failed", refused.get(person, "")): person in refused and came[person] == 0,
        }
        if not expected.get(found, False):
            wrong.append(f"{person}: the account says {found}, {came[person]} came")
    outcomes = Counter(account.values())
    [(planned,)] = ask(folder, "SELECT planned FROM notices")
    if len(rows) != planned or len(account) != planned:
        wrong.append(f"{planned} planned, {len(rows)} rows of {len(account)} people")
    if outcomes["unknown", "interrupted"] != in_doubt:
        wrong.append(f"{in_doubt} in flight at the kills, not as many unknown: {outcomes}")
    return Reckoning(int(planned), outcomes, came, wrong)
