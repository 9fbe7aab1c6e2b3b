"""Folders for what lives a moment: copies of the database, files on their way to a chat.

They hold personal data. A bot that ends in good order takes them along; what a killed one left is
removed by the next at its start, when nothing can be in use.
"""

import shutil
import tempfile
from pathlib import Path

PREFIX = "making-"


def scratch(data_dir: Path) -> tempfile.TemporaryDirectory[str]:
    """A folder that goes with its `with` block."""
    return tempfile.TemporaryDirectory(dir=data_dir, prefix=PREFIX)


def sweep(data_dir: Path) -> int:
    """Remove what a killed run left; how many folders. Only for whoever holds the data folder."""
    found = [path for path in data_dir.glob(f"{PREFIX}*") if path.is_dir()]
    for path in found:
        shutil.rmtree(path, ignore_errors=True)
    return len(found)
