"""Writing an archive, and nothing else: the process that does it imports this module alone.

A new process begins by importing where its function stands; beside the bot's texts and screens
that took longer than packing a few works.
"""

import logging
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

log = logging.getLogger(__name__)

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the archive: from the disk (`path`), or words (`text`). `made_at` is local."""

    name: str
    size: int
    made_at: datetime
    path: Path | None = None
    text: str = ""


def pack(part: Sequence[Entry], target: Path) -> None:
    """Write one archive. A file that is gone from the disk is left out, not the whole archive."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for entry in part:
            info = zipfile.ZipInfo(entry.name, entry.made_at.timetuple()[:6])
            info.file_size = entry.size  # decides about ZIP64 before the content is known
            if entry.path is None:
                archive.writestr(info, entry.text.encode())
                continue
            try:
                source = entry.path.open("rb")
            except FileNotFoundError:
                log.error("a stored file is missing")
                continue
            with source, archive.open(info, "w") as out:
                shutil.copyfileobj(source, out, CHUNK)
