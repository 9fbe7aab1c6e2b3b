"""Answers per second, the reply's delay, CPU and memory: the whole bot beside bare ones.

Each bot runs in its own process against the same small server (bench/server.py), one after
another, in the same run; what to look at is the ratio. The bare bots have one handler that does
one insert with commit and two calls; ours does everything: the inbox, rights, the questionnaire's
engine, the limiter, marking.
"""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import orjson

ROOT = Path(__file__).parents[1]
PEOPLE = 100
ANSWERS = 5000
BOTS = {
    "this bot, everything on": "bench.bots.ours",
    "bare pyTelegramBotAPI": "bench.bots.telebot_bare",
    "bare aiogram": "bench.bots.aiogram_bare",
    "bare python-telegram-bot": "bench.bots.ptb_bare",
}
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Figures:
    """One bot's outcome."""

    name: str
    per_second: float
    p50_ms: float
    p99_ms: float
    cpu_ms: float
    memory_mib: float


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def memory_mib(pid: int) -> float:
    """Resident memory at its peak."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0.0


def measure(name: str, module: str, answers: int) -> Figures:
    """Run one bot through a crowd of people."""
    python = [sys.executable, "-m"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            [*python, "bench.server", str(PEOPLE), str(answers)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert server.stdin is not None
        assert server.stdout is not None
        address = f"http://127.0.0.1:{server.stdout.readline().strip()}"
        bot = subprocess.Popen(
            [*python, module, address, folder, str(PEOPLE)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert bot.stdout is not None
            assert bot.stdout.readline().strip() == "ready"
            before = cpu_seconds(bot.pid)
            server.stdin.write("go\n")
            server.stdin.flush()
            found = orjson.loads(server.stdout.readline())
            spent = cpu_seconds(bot.pid) - before
            assert not found["again"], f"{name} was given {found['again']} updates again"
            return Figures(
                name,
                found["answers"] / found["seconds"],
                found["p50_ms"],
                found["p99_ms"],
                spent * 1000 / found["answers"],
                memory_mib(bot.pid),
            )
        finally:
            for process in (bot, server):
                process.kill()
                process.wait()


def main(answers: int = ANSWERS) -> None:
    """Print the table."""
    print(f"{'':26} {'answers/s':>10} {'p50 ms':>8} {'p99 ms':>8} {'CPU ms':>8} {'MiB':>6}")
    for name, module in BOTS.items():
        one = measure(name, module, answers)
        print(
            f"{one.name:26} {one.per_second:10.0f} {one.p50_ms:8.1f} {one.p99_ms:8.1f} "
            f"{one.cpu_ms:8.2f} {one.memory_mib:6.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ANSWERS)
