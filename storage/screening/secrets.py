"""The secret of an open screening: a file beside the database, in no backup, destroyed at closing.

Without it the boxes of `screening_boxes` are noise: in last week's backup, and in the present one
on somebody else's disk. It is the price of that: whoever loses the data folder before the closing
loses what was submitted (docs/decisions/0015-screening.md).
"""

import os
import secrets
from pathlib import Path

FOLDER = "secrets"
BYTES = 32


def secret_of(data_dir: Path, campaign_id: int) -> bytes:
    """The campaign's secret, made at its first use."""
    path = _path(data_dir, campaign_id)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if not path.exists():
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(BYTES))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync(path.parent)
    return path.read_bytes()


def destroy(data_dir: Path, campaign_id: int) -> None:
    """Overwrite and remove it: what was ever copied of the boxes is unreadable from now on."""
    path = _path(data_dir, campaign_id)
    if not path.exists():
        return
    with path.open("rb+") as file:
        file.write(bytes(BYTES))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    _sync(path.parent)


def kept(data_dir: Path) -> list[int]:
    """The campaigns whose secrets are there."""
    return sorted(int(path.stem) for path in (data_dir / FOLDER).glob("*.key"))


def _path(data_dir: Path, campaign_id: int) -> Path:
    return data_dir / FOLDER / f"{campaign_id}.key"


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
