import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.database import connect_file
from storage.migrating import migrate


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect_file(tmp_path / "bot.sqlite3")) as raw:
        migrate(raw)
        yield raw
