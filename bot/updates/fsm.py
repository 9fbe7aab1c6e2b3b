"""aiogram's FSM over SQLite: half-filled forms outlive a restart.

Held in memory as well and written through: the state is asked for at every update, and one
process owns the data folder, so memory and rows cannot part.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from storage import dialogs
from storage.database import Database

_Dialog = tuple[str | None, dict[str, Any]]
_EMPTY: _Dialog = (None, {})


class DialogStorage(BaseStorage):
    """One dialog per person: the bot talks in private chats only, so the user is the key."""

    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock
        self._dialogs: dict[int, _Dialog] | None = None

    async def _all(self) -> dict[int, _Dialog]:
        if self._dialogs is None:
            loaded = await self._db.read(dialogs.load_all)
            if self._dialogs is None:  # another update may have loaded them meanwhile
                self._dialogs = loaded
        return self._dialogs

    async def _keep(self, user: int, state: str | None, data: Mapping[str, Any]) -> None:
        known = await self._all()
        if known.get(user, _EMPTY) == (state, data):
            return
        await self._db.write(dialogs.keep, user, state, data, now=self._clock())
        if state is None and not data:
            known.pop(user, None)
        else:
            known[user] = (state, dict(data))

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Change where the person is in a form."""
        _, data = (await self._all()).get(key.user_id, _EMPTY)
        name = state.state if isinstance(state, State) else state
        await self._keep(key.user_id, name, data)

    async def get_state(self, key: StorageKey) -> str | None:
        """Where the person is in a form, if in any."""
        return (await self._all()).get(key.user_id, _EMPTY)[0]

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Replace what was filled in."""
        state, _ = (await self._all()).get(key.user_id, _EMPTY)
        await self._keep(key.user_id, state, data)

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """What was filled in; a copy."""
        return dict((await self._all()).get(key.user_id, _EMPTY)[1])

    async def close(self) -> None:
        """Nothing to close: the database belongs to the composition root."""
