"""`python -m bot check [--offline]`: everything the bot stands on, a line each, with remedies."""

import argparse
import asyncio
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from bot.clock import utc_now
from bot.commands.common import FAILED, OK, GivenUpError, give_up, say, settings_or_give_up
from bot.operations.watch import LEAST_DISK
from bot.people import consent
from bot.settings import Settings
from bot.texts import checks as words
from bot.texts import commands, forms, startup
from storage.backups import backup
from storage.backups import keys as backup_keys
from storage.errors import StoreRefusedError, Trouble
from storage.operations.load import newest_copy
from surveys.boyko import load_key
from surveys.boyko_key import PackRefusedError
from surveys.boyko_words import load_advice, load_wording
from surveys.loading import FaultyQuestionnaires, load_all

if TYPE_CHECKING:
    from bot.delivery.telegram_session import TelegramSession

PATIENCE = 10
"""Seconds for one answer of Telegram."""
STALE_COPY = timedelta(days=2)
"""A night may be missed while the machine is down; two are a fault."""
DRIFT = 30
"""Seconds by which the clock may differ: reminders are planned by the minute."""


class Sign(Enum):
    """How a check went; ASIDE is neither good nor bad."""

    GOOD = words.GOOD
    BAD = words.BAD
    ASIDE = words.ASIDE


@dataclass(frozen=True)
class Finding:
    """One line."""

    sign: Sign
    text: str


def run(argv: list[str]) -> int:
    """Look at everything, say all of it; 0 if nothing is wrong, else 1."""
    parser = argparse.ArgumentParser(
        prog="python -m bot check", description=commands.COMMANDS["check"]
    )
    parser.add_argument("--offline", action="store_true")
    options = parser.parse_args(argv)
    try:
        settings = settings_or_give_up()
    except GivenUpError as refusal:
        return give_up(refusal)
    found = [
        Finding(Sign.GOOD, words.SETTINGS),
        *packs(),
        database(settings),
        copies(settings),
        night(settings, utc_now()),
        admins(settings),
        disk(settings.data_dir, free=_free(settings.data_dir)),
        *([Finding(Sign.ASIDE, words.OFFLINE)] if options.offline else telegram(settings)),
    ]
    for each in found:
        say(f"{each.sign.value} {each.text}")
    return FAILED if any(each.sign is Sign.BAD for each in found) else OK


def packs() -> Iterator[Finding]:
    """Questionnaires, the screening, the consent: what ships with the code."""
    try:
        yield Finding(Sign.GOOD, words.FORMS.format(count=len(load_all())))
    except FaultyQuestionnaires as refusal:
        sentences = [forms.fault(fault) for fault in refusal.faults]
        yield Finding(Sign.BAD, startup.questionnaires_refused(sentences))
    try:
        key, wording = load_key().edition, load_wording().edition
        load_advice()
        yield Finding(Sign.GOOD, words.PACK.format(key=key, wording=wording))
    except PackRefusedError as refusal:
        yield Finding(Sign.BAD, words.PACK_FAULTY.format(faults=refusal))
    consent.text()
    yield Finding(Sign.GOOD, words.CONSENT.format(version=consent.CURRENT))


def database(settings: Settings) -> Finding:
    """SQLite's full check, if the bot does not run."""
    path = settings.database_path
    if not path.exists():
        return Finding(Sign.ASIDE, words.DATABASE_NONE.format(path=path))
    try:
        held = backup.check_folder(settings.data_dir)
    except StoreRefusedError as refusal:
        if refusal.trouble is Trouble.BUSY:
            return Finding(Sign.ASIDE, words.DATABASE_BUSY)
        return Finding(Sign.BAD, startup.store_refused(refusal.trouble, settings.data_dir))
    if held.chain is not None and held.chain.broken is not None:
        return Finding(Sign.BAD, words.CHAIN_BROKEN.format(row=held.chain.broken))
    said = words.database(path, held.version, held.rows)
    return Finding(Sign.GOOD, " ".join(filter(None, (said, words.chain(held.chain)))))


def copies(settings: Settings) -> Finding:
    """Whether backups are encrypted, with keys that can be read and nobody else can read."""
    path = settings.backup_key_file
    if path is None:
        return Finding(Sign.ASIDE, words.COPIES_PLAIN)
    if not path.exists():
        return Finding(Sign.ASIDE, words.KEYS_NONE.format(path=path))
    try:
        keys = backup_keys.read(path)
    except backup_keys.KeysRefusedError:
        return Finding(Sign.BAD, startup.KEYS_REFUSED.format(path=path))
    if path.stat().st_mode & 0o077:
        return Finding(Sign.BAD, words.KEYS_OPEN.format(path=path))
    return Finding(Sign.GOOD, words.keys(len(keys), keys[-1].made))


def night(settings: Settings, now: datetime) -> Finding:
    """Whether the nights leave copies."""
    found = newest_copy(settings.data_dir, now)
    if found is None:
        if settings.database_path.exists():
            return Finding(Sign.ASIDE, words.NIGHT_NONE)
        return Finding(Sign.ASIDE, words.NIGHT_NOT_YET)
    said = {"day": f"{found.made_at.astimezone(settings.zone):%d.%m.%Y %H:%M}"}
    if now - found.made_at > STALE_COPY:
        return Finding(Sign.BAD, words.NIGHT_OLD.format(**said))
    return Finding(Sign.GOOD, words.NIGHT.format(size=words.megabytes(found.size), **said))


def admins(settings: Settings) -> Finding:
    """Whether anybody is told of troubles."""
    if not settings.admin_ids:
        return Finding(Sign.ASIDE, words.ADMINS_NONE)
    return Finding(Sign.GOOD, words.admins(len(settings.admin_ids)))


def _free(folder: Path) -> int:
    existing = next(each for each in (folder, *folder.resolve().parents) if each.exists())
    return shutil.disk_usage(existing).free


def disk(folder: Path, *, free: int) -> Finding:
    """Whether the copies of the next nights fit."""
    if free >= LEAST_DISK:
        return Finding(Sign.GOOD, words.DISK.format(free=words.megabytes(free)))
    said = {"free": words.megabytes(free), "least": words.megabytes(LEAST_DISK), "folder": folder}
    return Finding(Sign.BAD, words.DISK_LOW.format(**said))


def telegram(settings: Settings, now: Callable[[], datetime] = utc_now) -> list[Finding]:
    """Whether Telegram can be reached the way the bot would, knows the token, and the time."""
    if settings.bot_token is None:
        return [Finding(Sign.ASIDE, words.UNCONNECTED)]
    return asyncio.run(_ask(settings, now))


async def _ask(settings: Settings, now: Callable[[], datetime]) -> list[Finding]:
    # Not above: aiogram costs seconds, which --offline need not wait for.
    from bot.delivery.telegram_session import NO_ANSWER, TelegramSession  # noqa: PLC0415

    proxy = settings.proxy_url.get_secret_value() if settings.proxy_url else None
    way = words.THROUGH_PROXY if proxy else ""
    if settings.bot_api_url != type(settings).model_fields["bot_api_url"].default:
        way += words.OWN_SERVER
    session = TelegramSession(settings.bot_api_url, settings.token, proxy)
    begun = time.monotonic()
    try:
        async with asyncio.timeout(PATIENCE):
            url = f"{settings.bot_api_url}/bot{settings.token}/getMe"
            async with session.client().get(url) as answer:
                body = await answer.json(content_type=None)
                date = answer.headers.get("Date")
            hook = await _webhook(session, settings)
    except (*NO_ANSWER, ValueError) as error:
        # The name of the error only: its text may hold the address, and the address the token.
        reason = type(error).__name__
        return [Finding(Sign.BAD, words.TELEGRAM_SILENT.format(way=way, reason=reason))]
    finally:
        await session.close()
    if not (isinstance(body, dict) and body.get("ok")):
        return [Finding(Sign.BAD, words.TELEGRAM_REFUSED)]
    took = round((time.monotonic() - begun) * 1000)
    said = {"way": way, "username": body["result"].get("username", "?"), "milliseconds": took}
    return [Finding(Sign.GOOD, words.TELEGRAM.format(**said)), *hook, *_clock(date, now())]


async def _webhook(session: "TelegramSession", settings: Settings) -> list[Finding]:
    """Whether Telegram sends updates where the settings say, and what last went wrong with it."""
    url = f"{settings.bot_api_url}/bot{settings.token}/getWebhookInfo"
    async with session.client().get(url) as answer:
        body = await answer.json(content_type=None)
    info = body.get("result") if isinstance(body, dict) else None
    if not isinstance(info, dict):
        return []  # the token is unknown: said by getMe
    if settings.webhook_url is None:
        return [Finding(Sign.ASIDE, words.WEBHOOK_LEFT)] if info.get("url") else []
    if info.get("url") != settings.webhook_url:
        return [Finding(Sign.ASIDE, words.WEBHOOK_UNSET)]
    error = info.get("last_error_message")
    if error:
        waiting = info.get("pending_update_count", 0)
        return [Finding(Sign.BAD, words.WEBHOOK_FAILS.format(error=error, waiting=waiting))]
    return [Finding(Sign.GOOD, words.WEBHOOK)]


def _clock(date: str | None, now: datetime) -> Iterator[Finding]:
    if date is None:
        return
    off = abs(round((parsedate_to_datetime(date) - now).total_seconds()))
    if off > DRIFT:
        yield Finding(Sign.BAD, words.CLOCK_OFF.format(seconds=off))
    else:
        yield Finding(Sign.GOOD, words.CLOCK)
