"""Half-filled forms (aiogram's FSM), one row per person; empty ones have no row."""

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storage.times import stored


def load_all(conn: sqlite3.Connection) -> dict[int, tuple[str | None, dict[str, Any]]]:
    """Every half-filled form: Telegram id → state and data. There are few of them."""
    rows = conn.execute("SELECT telegram_id, state, data FROM dialogs")
    return {row["telegram_id"]: (row["state"], json.loads(row["data"])) for row in rows}


def keep(
    conn: sqlite3.Connection,
    telegram_id: int,
    state: str | None,
    data: Mapping[str, Any],
    *,
    now: datetime,
) -> None:
    """Write one person's form, or remove it when nothing is in it."""
    if state is None and not data:
        conn.execute("DELETE FROM dialogs WHERE telegram_id = ?", (telegram_id,))
        return
    conn.execute(
        "INSERT INTO dialogs VALUES (?, ?, ?, ?) ON CONFLICT (telegram_id) DO UPDATE SET"
        " state = excluded.state, data = excluded.data, updated_at = excluded.updated_at",
        (telegram_id, state, json.dumps(data, ensure_ascii=False), stored(now)),
    )
