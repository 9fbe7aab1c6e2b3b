"""Filters that return what they found, so that a handler receives ready objects."""

from collections.abc import Collection

from aiogram.filters import Filter
from aiogram.types import TelegramObject

from bot.rights import Action, scopes_for
from storage.people.people import Person
from storage.scopes import Scope


class May(Filter):
    """Gives the handler `scopes`: where the person may do this.

    Passes with `scopes=()` as well: `RightsMiddleware` then refuses with a sentence instead of
    calling the handler. A filter that failed would hand the update on to «не понимаю».
    Checked at every command and every press, never when a button is drawn.
    """

    def __init__(self, action: Action) -> None:
        self.action = action

    async def __call__(
        self, _event: TelegramObject, person: Person | None, admin_ids: Collection[int]
    ) -> dict[str, tuple[Scope, ...]]:
        """The scopes, read anew from the person of this very update."""
        return {"scopes": scopes_for(person, self.action, admin_ids)}


class IfMay(May):
    """The same for what anybody may send (a file): whoever has not the right is not refused.

    Their update is handed on to the handlers below, which may know what to do with it.
    """

    async def __call__(
        self, event: TelegramObject, person: Person | None, admin_ids: Collection[int]
    ) -> dict[str, tuple[Scope, ...]]:
        """The scopes, or {} (the filter fails) where there are none."""
        found = await super().__call__(event, person, admin_ids)
        return found if found["scopes"] else {}
