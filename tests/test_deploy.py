"""The image cannot be built where there is no Docker engine; what can be known without one is."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def instructions(name: str, stage: int = -1) -> list[str]:
    stages = re.split(r"(?m)^FROM ", DOCKERFILE)[1:]
    joined = re.sub(r"\\\n\s*", " ", stages[stage])
    return re.findall(rf"(?m)^{name} (.+)$", joined)


def test_the_image_is_slim_two_staged_and_runs_as_nobody_special() -> None:
    assert len(re.findall(r"(?m)^FROM python:3\.\d+-slim", DOCKERFILE)) == 2
    assert instructions("USER") == ["10001:10001"]
    assert instructions("VOLUME") == ["/data"]
    assert json.loads(instructions("CMD")[0]) == ["python", "-m", "bot", "run"]


def test_the_healthcheck_asks_the_health_port() -> None:
    command = instructions("HEALTHCHECK")[0].split("CMD ", 1)[1]
    assert "/healthz" in json.loads(command)[-1]


IMPORT_ALL = """
import importlib, pathlib, sys
sys.path.insert(0, ".")
for file in sorted(pathlib.Path().rglob("*.py")):
    name = ".".join(file.with_suffix("").parts).removesuffix(".__init__")
    if not name.endswith("__main__"):
        importlib.import_module(name)
from bot.people import consent
from storage.migrating import migrations
from surveys.boyko import load_key
from surveys.loading import load_all
assert load_all() and consent.text() and migrations() and load_key()
"""


def test_what_the_image_copies_is_all_the_bot_needs(tmp_path: Path) -> None:
    """The Dockerfile's steps in a clean folder: copy, import every module, read every data file."""
    ignored = re.findall(r"(?m)^!(.+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"))
    for line in instructions("COPY"):
        if line.startswith("--from"):
            continue
        *sources, target = line.split()
        for source in sources:
            assert source.rstrip("/") in ignored
            shutil.copytree(
                ROOT / source,
                tmp_path / target / ("" if target.rstrip("./") else source),
                ignore=shutil.ignore_patterns("__pycache__"),
            )
    done = subprocess.run(
        [sys.executable, "-I", "-c", IMPORT_ALL],
        cwd=tmp_path,
        env={**os.environ, "DATA_DIR": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is missing")
def test_the_systemd_unit_has_no_unknown_setting(tmp_path: Path) -> None:
    unit = (ROOT / "deploy/dvizhenie-vverh-bot.service").read_text(encoding="utf-8")
    copy = tmp_path / "dvizhenie-vverh-bot.service"
    copy.write_text(re.sub(r"ExecStart=\S+", f"ExecStart={sys.executable}", unit), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(copy)], capture_output=True, text=True, check=False
    )
    complaints = [line for line in done.stderr.splitlines() if copy.name in line]
    assert complaints == []
    assert done.returncode == 0
