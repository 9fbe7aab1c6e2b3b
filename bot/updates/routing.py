"""aiogram's dispatcher, asking fewer routers about a pressed button.

aiogram offers every update to every router in turn, and each asks all its filters; with dozens of
kinds of buttons that is the larger part of an answer's cost. A button's data names its kind by
its prefix, so a router none of whose handlers could take that prefix is passed over. What happens
is the same as without this file, only sooner; routers' outer middlewares are not called for
updates that the router could not take.

aiogram also hands every filter that is no coroutine to a thread. Our `F.…` filters read an
attribute or two, so they are resolved where they stand: a thread costs more than all the rest of
the routing.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Any

from aiogram import Dispatcher, Router
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.dispatcher.event.handler import FilterObject, HandlerObject
from aiogram.dispatcher.event.telegram import TelegramEventObserver
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.types import CallbackQuery, TelegramObject

ANY = None
"""In the place of a prefix: the handler may take any data."""


class PrefixDispatcher(Dispatcher):
    """Passes over routers that cannot take a button of this prefix."""

    def __init__(self, **workflow: Any) -> None:
        super().__init__(**workflow)
        self._takers: dict[str, tuple[Router, ...]] = {}
        self._prefixes: list[tuple[Router, frozenset[str | None]]] | None = None

    def include_router(self, router: Router) -> Router:
        """Include a router, its magic filters resolved without a thread."""
        for found in _filters((router,)):
            if found.magic is not None and not found.awaitable:
                found.callback, found.awaitable = _in_place(found.callback), True
        return super().include_router(router)

    async def _propagate_event(
        self,
        observer: TelegramEventObserver | None,
        update_type: str,
        event: TelegramObject,
        **kwargs: Any,
    ) -> Any:
        if not isinstance(event, CallbackQuery):
            return await super()._propagate_event(observer, update_type, event, **kwargs)
        # The dispatcher itself has no handlers of buttons: only its routers have.
        for router in self._takers_of(event.data or ""):
            response = await router.propagate_event(update_type=update_type, event=event, **kwargs)
            if response is not UNHANDLED:
                return response
        return UNHANDLED

    def _takers_of(self, data: str) -> tuple[Router, ...]:
        if self._prefixes is None:
            self._prefixes = [
                (router, frozenset(prefixes(router.chain_tail))) for router in self.sub_routers
            ]
            known = {prefix for _, found in self._prefixes for prefix in found if prefix}
            self._takers = {
                prefix: tuple(r for r, found in self._prefixes if found & {prefix, ANY})
                for prefix in known
            }
            self._takers[""] = tuple(r for r, found in self._prefixes if ANY in found)
        # Every CallbackData of ours uses aiogram's separator.
        return self._takers.get(data.partition(":")[0], self._takers[""])


def _filters(routers: Iterable[Router]) -> Iterator[FilterObject]:
    """Every filter of these routers and of those below them."""
    for router in routers:
        for observer in router.observers.values():
            # aiogram offers no way to the filters of a whole router.
            yield from observer._handler.filters or ()  # noqa: SLF001 - see above
            for handler in observer.handlers:
                yield from handler.filters or ()
        yield from _filters(router.sub_routers)


def _in_place(resolved: Callable[[TelegramObject], Any]) -> Callable[..., Awaitable[Any]]:
    async def resolve(event: TelegramObject) -> Any:
        return resolved(event)

    return resolve


def prefixes(routers: Iterable[Router]) -> set[str | None]:
    """What prefixes the handlers of these routers take; `ANY` among them if one takes any."""
    return {
        prefix
        for router in routers
        for handler in router.callback_query.handlers
        for prefix in _of(handler)
    }


def _of(handler: HandlerObject) -> set[str | None]:
    found = {
        part.callback.callback_data.__prefix__
        for part in handler.filters or ()
        if isinstance(part.callback, CallbackQueryFilter)
    }
    return set(found) or {ANY}
