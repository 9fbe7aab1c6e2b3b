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
from typing import Any

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
    answer = answer_of(CHILD, data, said.label if said else "")
    return Roadmap.model_validate(answer["roadmap"])


def answer_of(child: str, data: bytes, argument: str) -> dict[str, Any]:
    """What a child says about a file; its module limits itself (`confined.limit`) before it reads.

    Args:
        child: the module: bytes of a file on stdin and one argument in, one JSON object out,
            with `refused` and `args` in it where the file is not read.
        data: the file.
        argument: what the child is told beside the file.

    Raises:
        Refused: the file is too large, not read, or its reader met a limit or a fault.
    """
    if len(data) > MOST_BYTES:
        raise Refused(RefusalCode.TOO_LARGE, megabytes=MOST_BYTES // 1_000_000)
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-X", "utf8", "-m", child, argument],
            input=data,
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
            cwd=Path(__file__).parents[1],
            env={"PYTHONDONTWRITEBYTECODE": "1"},  # a stranger's file meets no token of ours
        )
    except subprocess.TimeoutExpired:
        raise Refused(RefusalCode.TOO_SLOW) from None
    if done.returncode < 0 or b"MemoryError" in done.stderr:
        raise Refused(RefusalCode.TOO_HEAVY)  # killed by a limit, or could not say so any more
    if done.returncode or not done.stdout:
        frames = re.findall(rb'File "[^"]*?(\w+\.py)", line (\d+)', done.stderr)
        where = ":".join(part.decode() for part in frames[-1]) if frames else "?"
        LOG.error("%s failed at %s", child, where)  # never the text that it failed on
        raise Refused(RefusalCode.FAILED)
    answer: dict[str, Any] = json.loads(done.stdout)
    if "refused" in answer:
        raise Refused(RefusalCode(answer["refused"]), **answer["args"])
    return answer
