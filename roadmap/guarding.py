"""The door for files that strangers send: refused early, or read in a process with limits.

The checks of `roadmap.packages` need only the standard library and come first; what passes is read
by python-docx or openpyxl in a child interpreter that imports this room alone, with a ceiling on
memory and CPU time, so that whatever they can be made to do ends with the child.
"""

import json
import logging
import re
import subprocess
import sys
from pathlib import Path

from roadmap.model import Roadmap
from roadmap.packages import MOST_BYTES
from roadmap.periods import Period
from roadmap.refusals import RefusalCode, Refused

LOG = logging.getLogger(__name__)
CHILD = "roadmap.confined"
WALL_SECONDS = 20  # far beyond the CPU limit: only a machine that is busy elsewhere meets it


def read_file(path: Path, said: Period | None = None) -> Roadmap:
    """What a roadmap file says; `said` is the year that the coordinator gave.

    Raises `Refused` with a code (and what its sentence needs) for anything but a readable roadmap.
    """
    if not path.is_file():
        raise Refused(RefusalCode.NOT_A_FILE)
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise Refused(RefusalCode.TOO_LARGE, megabytes=MOST_BYTES // 1_000_000)
    return read_bytes(path.read_bytes(), said)


def read_bytes(data: bytes, said: Period | None = None) -> Roadmap:
    """The same for a file in memory."""
    if len(data) > MOST_BYTES:
        raise Refused(RefusalCode.TOO_LARGE, megabytes=MOST_BYTES // 1_000_000)
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-X", "utf8", "-m", CHILD, said.label if said else ""],
            input=data,
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
            cwd=Path(__file__).parents[1],
            env={"PYTHONDONTWRITEBYTECODE": "1"},  # a stranger's file meets no token of ours
        )
    except subprocess.TimeoutExpired:
        raise Refused(RefusalCode.TOO_SLOW) from None
    if child.returncode < 0 or b"MemoryError" in child.stderr:
        raise Refused(RefusalCode.TOO_HEAVY)  # killed by a limit, or could not say so any more
    if child.returncode or not child.stdout:
        frames = re.findall(rb'File "[^"]*?(\w+\.py)", line (\d+)', child.stderr)
        where = ":".join(part.decode() for part in frames[-1]) if frames else "?"
        LOG.error("Reading a roadmap failed at %s", where)  # never the text that it failed on
        raise Refused(RefusalCode.FAILED)
    answer = json.loads(child.stdout)
    if "refused" in answer:
        raise Refused(RefusalCode(answer["refused"]), **answer["args"])
    return Roadmap.model_validate(answer["roadmap"])
