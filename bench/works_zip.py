"""The archive of 2 000 works: seconds and peak memory against building it in memory.

The baseline is the plain way: every file read whole into a ZIP in a BytesIO, which is then written
out. Each side runs in a process of its own, so that peak memory (`ru_maxrss`) is its own; the parts
are those that Telegram takes.
"""

import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from datetime import datetime
from pathlib import Path

from bot.packing import Entry, pack
from bot.tasks.archive import parts

ROOT = Path(__file__).parents[1]
WORKS = 2_000
BYTES = 150_000


def entries(folder: Path) -> list[Entry]:
    """So many works on the disk, of contents that differ."""
    made = []
    block = os.urandom(BYTES)
    for number in range(WORKS):
        path = folder / f"{number:05}"
        path.write_bytes(number.to_bytes(8, "big") + block[8:])
        name = f"Район {number % 44}/Иванова А. Б. {number}/Задание 4.1 – попытка 1.docx"
        made.append(Entry(name, BYTES, datetime(2026, 11, 22, 9, 0), path))  # noqa: DTZ001 - a ZIP's own time
    return made


def ours(folder: Path) -> int:
    """Packed as the bot does it; the bytes of all parts."""
    total = 0
    target = folder / "part.zip"
    for part in parts(entries(folder)):
        pack(part, target)
        total += target.stat().st_size
    return total


def plain(folder: Path) -> int:
    """Everything in memory."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for entry in entries(folder):
            if entry.path is not None:
                archive.writestr(entry.name, entry.path.read_bytes())
    (folder / "plain.zip").write_bytes(buffer.getvalue())
    return len(buffer.getvalue())


def measure(side: str) -> None:
    """One side, in this process."""
    with tempfile.TemporaryDirectory() as name:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        begun = time.perf_counter()
        size = {"ours": ours, "plain": plain}[side](Path(name))
        seconds = time.perf_counter() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        json.dumps(
            {"seconds": seconds, "peak_mb": peak / 1024, "grown_mb": (peak - before) / 1024}
            | {"archive_mb": size / 1e6}
        )
    )


def main() -> None:
    """Both sides, each in a process of its own."""
    for side in ("plain", "ours"):
        run = subprocess.run(
            [sys.executable, "-m", "bench.works_zip", side],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
        found = json.loads(run.stdout)
        print(
            f"{side:>6}: {WORKS} works, {found['archive_mb']:.0f} MB, {found['seconds']:.2f} s, "
            f"peak {found['peak_mb']:.0f} MB (grown by {found['grown_mb']:.0f} MB)"
        )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(sys.argv[1])
    else:
        main()
