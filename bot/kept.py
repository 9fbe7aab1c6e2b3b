"""A half-finished form of staff, kept in the person's dialog between two presses.

`Kept` is a filter: it passes where there is such a form and hands it to the handler as `draft`.
Behind the handlers that ask for it stands one for the same buttons without it, which says that the
form is over: a button in a chat works forever.
"""

from typing import Any, Generic, TypeVar

from aiogram.filters import Filter
from aiogram.fsm.state import State
from aiogram.types import TelegramObject
from pydantic import BaseModel

from bot.situation import Situation

D = TypeVar("D", bound=BaseModel)


class Kept(Filter, Generic[D]):
    """Forms of one kind, under one name."""

    def __init__(self, name: str, model: type[D]) -> None:
        self.name = name
        self.model = model

    async def __call__(self, _event: TelegramObject, situation: Situation) -> dict[str, Any]:
        """The person's form as `draft`; {} (the filter fails) where there is none."""
        draft = await self.find(situation)
        return {} if draft is None else {"draft": draft}

    async def find(self, situation: Situation) -> D | None:
        """The person's form, where it need not be there."""
        kept = (await situation.state.get_data()).get(self.name)
        return None if kept is None else self.model.model_validate_json(kept)

    async def keep(self, situation: Situation, draft: D, waits_for: State | None) -> None:
        """The form as it is now, and what typed words would mean."""
        await situation.state.update_data({self.name: draft.model_dump_json()})
        await situation.state.set_state(waits_for)
