"""`python -m bot check`: each thing has a line, and a remedy where it is wrong."""

import asyncio
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.commands import check
from bot.commands.check import Sign, admins, database, disk, night, run, telegram
from bot.operations.watch import LEAST_DISK
from bot.settings import Settings
from sandbox.bot_api import serve
from sandbox.clock import Clock
from sandbox.telegram import Telegram
from storage.database import Database
from storage.locking import claim

TOKEN = "1000000:local-telegram-without-any-secret"


def settings(tmp_path: Path, **changes: object) -> Settings:
    return Settings(_env_file=None, data_dir=tmp_path / "data", **changes)  # type: ignore[arg-type]  # values of any field


def test_a_fresh_machine_is_told_what_is_there_and_what_not_yet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("BOT_TOKEN", raising=False)
    assert run([]) == 0
    said = capsys.readouterr().out
    for sentence in (
        "Настройки прочитаны",
        "Анкеты загружены: 5",
        "Опросник выгорания проверен",
        "Базы ещё нет",
        "Места на диске хватает",
        "Токена нет",
    ):
        assert sentence in said


def test_a_wrong_setting_is_one_sentence_and_no_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIMEZONE", "Mars/Olympus")
    assert run(["--offline"]) != 0
    assert capsys.readouterr().err.strip() == (
        "Такого часового пояса (TIMEZONE) нет; пример верного: Europe/Moscow."
    )


async def test_a_sound_database_is_said_to_be_so_and_a_damaged_one_not(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    chosen.data_dir.mkdir()
    await (await Database.open(chosen.database_path)).close()
    assert database(chosen).sign is Sign.GOOD
    content = bytearray(chosen.database_path.read_bytes())
    content[4096 * 2 : 4096 * 9] = b"\xff" * 4096 * 7
    chosen.database_path.write_bytes(content)
    found = database(chosen)
    assert found.sign is Sign.BAD
    assert "restore" in found.text


async def test_the_database_of_a_running_bot_is_left_alone(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    chosen.data_dir.mkdir()
    await (await Database.open(chosen.database_path)).close()
    held = claim(chosen.data_dir)
    assert database(chosen).sign is Sign.ASIDE
    held.close()


def test_a_full_disk_is_told_with_its_folder(tmp_path: Path) -> None:
    assert disk(tmp_path, free=LEAST_DISK).sign is Sign.GOOD
    found = disk(tmp_path, free=100 << 20)
    assert found.sign is Sign.BAD
    assert "100 МБ" in found.text
    assert str(tmp_path) in found.text


@pytest.fixture
async def server() -> AsyncIterator[str]:
    runner = await serve(Telegram(TOKEN, Clock()), "127.0.0.1", 0)
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_telegram_that_answers_is_named_and_the_clock_compared(
    tmp_path: Path, server: str
) -> None:
    chosen = settings(tmp_path, bot_token=SecretStr(TOKEN), bot_api_url=server)
    good = await check._ask(chosen, lambda: datetime.now(UTC))
    assert [each.sign for each in good] == [Sign.GOOD, Sign.GOOD]
    assert "@dvizhenie_vverh_bot" in good[0].text
    late = await check._ask(chosen, lambda: datetime.now(UTC) - timedelta(minutes=5))
    assert late[1].sign is Sign.BAD
    assert "300 с" in late[1].text or "299 с" in late[1].text or "301 с" in late[1].text


async def test_a_token_telegram_does_not_know_is_told_without_printing_it(
    tmp_path: Path, server: str
) -> None:
    other = "1000000:another-token-that-nobody-has-ever-had"
    chosen = settings(tmp_path, bot_token=SecretStr(other), bot_api_url=server)
    [found] = await check._ask(chosen, lambda: datetime.now(UTC))
    assert found.sign is Sign.BAD
    assert "BOT_TOKEN" in found.text
    assert other not in found.text


def test_silence_is_told_with_the_two_ways_round_it_and_without_the_token(tmp_path: Path) -> None:
    chosen = settings(tmp_path, bot_token=SecretStr(TOKEN), bot_api_url="http://127.0.0.1:9")
    [found] = telegram(chosen)
    assert found.sign is Sign.BAD
    assert "PROXY_URL" in found.text
    assert TOKEN not in found.text


def test_an_old_copy_is_a_fault_and_a_fresh_one_is_not(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    now = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
    assert night(chosen, now).sign is Sign.ASIDE
    folder = chosen.data_dir / "backups"
    folder.mkdir(parents=True)
    copy = folder / "nightly-2026-11-22.sqlite3"
    copy.write_bytes(b"x" * (3 << 20))
    for age, sign in ((timedelta(hours=20), Sign.GOOD), (timedelta(days=3), Sign.BAD)):
        made = (now - age).timestamp()
        os.utime(copy, (made, made))
        assert night(chosen, now).sign is sign
    assert "python -m bot backup" in night(chosen, now).text


def test_nobody_to_be_told_is_said(tmp_path: Path) -> None:
    assert "ADMIN_IDS" in admins(settings(tmp_path)).text
    assert admins(settings(tmp_path, admin_ids=frozenset({5}))).text == "Названо: 1 администратор."


async def test_a_webhook_that_telegram_cannot_reach_is_told_with_its_remedy(
    tmp_path: Path,
) -> None:
    local = Telegram(TOKEN, Clock())
    runner = await serve(local, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    hook = {"webhook_url": "https://bot.example.ru/telegram", "webhook_secret": SecretStr("s" * 20)}
    chosen = settings(tmp_path, bot_token=SecretStr(TOKEN), bot_api_url=address, **hook)
    found = await asyncio.to_thread(telegram, chosen)
    assert any("бот сделает это при запуске" in one.text for one in found)
    await local.call("setWebhook", {"url": chosen.webhook_url})
    found = await asyncio.to_thread(telegram, chosen)
    assert any("без ошибок" in one.text for one in found)
    polling = settings(tmp_path, bot_token=SecretStr(TOKEN), bot_api_url=address)
    found = await asyncio.to_thread(telegram, polling)
    assert any("снимет его при запуске" in one.text for one in found)
    await runner.cleanup()
