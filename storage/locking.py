"""One process per data folder: two bots on one database would answer every tap twice."""

import fcntl
import os
from pathlib import Path
from typing import IO

from storage.errors import StoreRefusedError, Trouble


def claim(folder: Path) -> IO[str]:
    """Hold the folder for this process until the returned file is closed or the process ends.

    The kernel releases the lock with the process, so a killed bot leaves nothing to clean up.

    Raises:
        StoreRefusedError: the folder cannot be written, or another process holds it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / "bot.lock").open("a+", encoding="utf-8")
    except OSError as error:
        raise StoreRefusedError(Trouble.UNWRITABLE, str(error.strerror)) from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.seek(0)
        holder = file.read().strip()
        file.close()
        raise StoreRefusedError(Trouble.BUSY, f"process {holder}") from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file
