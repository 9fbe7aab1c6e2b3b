"""The keys of backups: in one file outside the data folder, changed weekly, destroyed in a month.

A copy is encrypted in the age format (https://age-encryption.org/v1, X25519) with the newest key.
Every `PERIOD` there is a new one, and `LIFE` after it was made a key is destroyed; with it every
copy made under it becomes unreadable, wherever that copy was taken. So whoever is erased today is
unreadable in all copies at most `LIFE` and a day from now, and a copy can be restored for at least
`LIFE` less `PERIOD`.

The file is a list of age identities, newest last, each under the day it was made: age's own tools
read it too (`age --decrypt -i FILE`).
"""

import os
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pyrage
from pyrage import x25519

from storage.errors import StoreRefusedError, Trouble

PERIOD = timedelta(days=7)
LIFE = timedelta(days=29)
"""With the night's work that may come a day later: 30 days, as the consent text promises."""

HEADER = b"age-encryption.org/v1"
_ENTRY = re.compile(r"# (\d{4}-\d{2}-\d{2})\n(AGE-SECRET-KEY-1[0-9A-Z]+)\n")


class KeysRefusedError(Exception):
    """The key file cannot be read or written, or holds something else."""


@dataclass(frozen=True)
class Key:
    """One key; `secret` is age's text of it and stands in no log."""

    made: date
    secret: str

    def __repr__(self) -> str:
        """Without the secret."""
        return f"Key({self.made.isoformat()})"


def read(path: Path) -> list[Key]:
    """The keys of a file, oldest first.

    Raises:
        KeysRefusedError: it cannot be read, or is no key file.
    """
    try:
        text = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise KeysRefusedError(type(error).__name__) from error
    keys = [Key(date.fromisoformat(day), secret) for day, secret in _ENTRY.findall(text)]
    if not keys or _ENTRY.sub("", text).strip():
        message = "not a list of dated keys"
        raise KeysRefusedError(message)
    try:
        for key in keys:
            x25519.Identity.from_str(key.secret)
    except pyrage.IdentityError as error:
        message = "a key is damaged"
        raise KeysRefusedError(message) from error
    return sorted(keys, key=lambda key: key.made)


def renew(path: Path, now: datetime) -> Key:
    """Add a key if the newest is a `PERIOD` old, destroy those past `LIFE`; the newest.

    A missing file is made. Where nothing is due, nothing is written.

    Raises:
        KeysRefusedError: see `read`; or it cannot be written. Then it is as it was.
    """
    today = now.date()
    keys = read(path) if path.exists() else []
    kept = [key for key in keys if today - key.made < LIFE]
    if not kept or today - kept[-1].made >= PERIOD:
        kept.append(Key(today, str(x25519.Identity.generate())))
    if kept != keys:
        _write(path, kept)
    return kept[-1]


def encrypt(source: Path, target: Path, key: Key) -> None:
    """Write `source` to `target` so that only who holds the key reads it; in pieces."""
    recipient = x25519.Identity.from_str(key.secret).to_public()
    pyrage.encrypt_file(str(source), str(target), [recipient])


def encrypted(path: Path) -> bool:
    """Whether a file is in the age format."""
    with path.open("rb") as file:
        return file.read(len(HEADER)) == HEADER


def decrypt(source: Path, target: Path, keys: list[Key]) -> None:
    """Write the plain content to `target`, in pieces; nothing of it stays if that fails.

    Raises:
        StoreRefusedError: LOCKED, no key opens it; DAMAGED, it was cut or changed.
        OSError: it cannot be read or written.
    """
    identities = [x25519.Identity.from_str(key.secret) for key in keys]
    done = False
    try:
        pyrage.decrypt_file(str(source), str(target), identities)
        done = True
    except pyrage.DecryptError as error:
        raise StoreRefusedError(Trouble.LOCKED, "no key opens it") from error
    except OSError as error:
        if error.errno is not None:
            raise
        raise StoreRefusedError(Trouble.DAMAGED, str(error)) from error  # age's seal is broken
    finally:
        if not done:
            target.unlink(missing_ok=True)


def _write(path: Path, keys: list[Key]) -> None:
    """Put the new list in place, then overwrite the old one where it lay."""
    text = "".join(f"# {key.made.isoformat()}\n{key.secret}\n" for key in keys)
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        old = path.open("rb+") if path.exists() else None
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        if old is not None:
            with old:
                old.write(b"\0" * os.fstat(old.fileno()).st_size)
                old.flush()
                os.fsync(old.fileno())
    except OSError as error:
        raise KeysRefusedError(type(error).__name__) from error
