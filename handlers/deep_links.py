"""Links that lead into the bot: t.me/<bot>?start=<prefix><code>.

A module that understands a prefix registers its handler at import:

    @deep_link("c_")
    async def open_campaign(code: str, situation: Situation) -> Screen: ...

It is called for registered people only (before that the link is kept), at least once: after a
crash the same link may be followed again. Anything may be forged: check `code` and rights.
"""

from collections.abc import Awaitable, Callable
from typing import Final

from bot.menu import menu
from bot.screens import Screen
from bot.situation import Situation
from bot.texts import unknown as words

Follow = Callable[[str, Situation], Awaitable[Screen]]

_known: Final[dict[str, Follow]] = {}
_early: Final[set[str]] = set()


def deep_link(prefix: str, *, early: bool = False) -> Callable[[Follow], Follow]:
    """Register a handler for links that begin with `prefix`.

    An `early` one is followed as soon as there is consent, before the acquaintance.
    """

    def register(function: Follow) -> Follow:
        if prefix in _known:
            message = f"two handlers for links {prefix}"
            raise ValueError(message)
        _known[prefix] = function
        if early:
            _early.add(prefix)
        return function

    return register


def is_early(payload: str | None) -> bool:
    """Whether a link does not wait until its follower is registered."""
    return payload is not None and payload.startswith(tuple(_early))


async def follow(payload: str, situation: Situation) -> Screen:
    """The screen a link leads to; an unknown link leads to the menu, with a word about it."""
    for prefix, function in _known.items():
        if payload.startswith(prefix):
            return await function(payload.removeprefix(prefix), situation)
    return menu(situation.person, situation.admin_ids, first=words.UNKNOWN_LINK)
