from datetime import UTC, datetime
from pathlib import Path

from aiogram.fsm.storage.base import StorageKey

from bot.updates.fsm import DialogStorage
from storage.database import Database

KEY = StorageKey(bot_id=1, chat_id=501, user_id=501)


def clock() -> datetime:
    return datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


async def test_a_half_filled_form_outlives_a_restart(tmp_path: Path) -> None:
    db = await Database.open(tmp_path / "bot.sqlite3")
    forms = DialogStorage(db, clock)
    await forms.set_state(KEY, "Inviting:role")
    await forms.update_data(KEY, {"role": "expert", "scope": ["region", ""]})
    await db.close()

    db = await Database.open(tmp_path / "bot.sqlite3")
    forms = DialogStorage(db, clock)
    assert await forms.get_state(KEY) == "Inviting:role"
    assert await forms.get_data(KEY) == {"role": "expert", "scope": ["region", ""]}
    await forms.set_data(KEY, {})
    await forms.set_state(KEY, None)
    await db.close()

    db = await Database.open(tmp_path / "bot.sqlite3")
    assert await DialogStorage(db, clock).get_state(KEY) is None
    await db.close()


async def test_what_a_handler_does_to_its_copy_is_not_kept(tmp_path: Path) -> None:
    db = await Database.open(tmp_path / "bot.sqlite3")
    forms = DialogStorage(db, clock)
    await forms.set_data(KEY, {"role": "expert"})
    (await forms.get_data(KEY))["role"] = "coordinator"
    assert await forms.get_data(KEY) == {"role": "expert"}
    await db.close()
