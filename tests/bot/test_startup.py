"""The bot refuses to start half-configured, in one human sentence each, with exit status 78."""

import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.commands import sandbox
from bot.commands.common import REFUSED
from bot.settings import Settings, SettingsRefusedError, read_settings
from bot.texts import startup
from storage.errors import Trouble

ROOT = Path(__file__).parents[2]
TOKEN = "424242:AAtest-token-of-an-invented-bot-0000"

WRONG = {
    "BOT_TOKEN": "hello",
    "BOT_API_URL": "telegram.org",
    "PROXY_URL": "ftp://x",
    "ADMIN_IDS": "7,anna",
    "TIMEZONE": "Mars/Olympus",
    "WEBHOOK_URL": "example",
    "WEBHOOK_SECRET": "short",
    "WEBHOOK_PORT": "99999",
    "HEALTH_PORT": "x",
    "LOG_FORMAT": "xml",
    "LOG_LEVEL": "LOUD",
    "MESSAGES_PER_SECOND": "0",
    "BACKUPS_KEPT": "0",
}


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)  # no .env of whoever runs this
    for name in [*WRONG, "DATA_DIR", "LISTEN_HOST"]:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(("name", "value"), WRONG.items())
def test_a_setting_that_cannot_be_used_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsRefusedError) as refusal:
        read_settings()
    assert refusal.value.names == (name,)
    assert value not in str(refusal.value)


def test_all_faults_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in WRONG.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsRefusedError) as refusal:
        read_settings()
    assert set(refusal.value.names) == set(WRONG)
    assert len(startup.settings_refused(refusal.value.names).splitlines()) == len(WRONG)


def test_a_webhook_needs_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://bot.example.ru/telegram")
    with pytest.raises(SettingsRefusedError) as refusal:
        read_settings()
    assert refusal.value.names == ("WEBHOOK_SECRET",)


def test_settings_are_read_as_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "BOT_TOKEN": TOKEN,
        "ADMIN_IDS": "1, 22,",
        "BOT_API_URL": "http://127.0.0.1:8081/",
        "HEALTH_PORT": "",
    }.items():
        monkeypatch.setenv(name, value)
    settings = read_settings()
    assert settings.token == TOKEN
    assert settings.admin_ids == {1, 22}
    assert settings.bot_api_url == "http://127.0.0.1:8081"
    assert settings.health_port is None
    assert TOKEN not in repr(settings)


def test_every_setting_and_every_trouble_has_its_sentence() -> None:
    assert set(startup.SETTINGS) == {name.upper() for name in Settings.model_fields}
    assert set(startup.STORE) == set(Trouble)


def test_every_setting_is_in_the_example_file() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE))
    assert named == {name.upper() for name in Settings.model_fields}


def test_secrets_are_no_plain_text_in_settings() -> None:
    secret = {"bot_token", "proxy_url", "webhook_secret"}
    typed = {
        name
        for name, field in Settings.model_fields.items()
        if field.annotation == SecretStr | None
    }
    assert typed == secret


def test_run_without_a_token_says_so_and_exits_as_the_unit_file_expects(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "DATA_DIR": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == REFUSED
    assert done.stderr.strip() == startup.SETTINGS["BOT_TOKEN"]
    unit = next((ROOT / "deploy").glob("*.service")).read_text(encoding="utf-8")
    assert f"RestartPreventExitStatus={REFUSED}" in unit


def test_commands_that_talk_to_nobody_do_not_import_aiogram(tmp_path: Path) -> None:
    code = (
        "import sys; from bot.__main__ import main; status = main(sys.argv[1:]);"
        "assert 'aiogram' not in sys.modules, 'aiogram was imported'; sys.exit(status)"
    )
    for arguments in (["--help"], ["nosuch"], ["check"], ["backup", str(tmp_path / "x")]):
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(ROOT), "DATA_DIR": str(tmp_path / "data")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert "aiogram was imported" not in done.stderr, arguments
        assert "Traceback" not in done.stderr, done.stderr


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        ("2026-11-28T20:59+03:00", None),
        ("2026-11-28T21:00+03:00", "2026-11-29T10:00+03:00"),
        ("2026-11-29T03:30+03:00", "2026-11-29T10:00+03:00"),
        ("2026-11-29T08:00+03:00", None),
    ],
)
def test_the_demonstration_does_not_begin_in_quiet_hours(now: str, morning: str | None) -> None:
    expected = datetime.fromisoformat(morning) if morning else None
    assert sandbox.morning_after(datetime.fromisoformat(now)) == expected


def test_a_start_that_is_no_moment_is_refused_in_one_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as refusal:
        sandbox.run(["--start", "вчера"])
    assert refusal.value.code == 2
    last = capsys.readouterr().err.strip().splitlines()[-1]
    assert last.endswith("«вчера» — не момент времени; напишите, например, 2026-11-25T10:00")
